"""Starts the process that reads the cells, and turns its end (also a violent one) into an answer or an issue."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from gdpr_assess.intake import cells
from gdpr_assess.intake.preflight import preflight
from gdpr_assess.issue import Issue
from gdpr_assess.model import Place

WALL_SECONDS = 40
Book = dict[str, Any]


def _failed(result: subprocess.CompletedProcess[bytes]) -> str:
    too_heavy = result.returncode < 0 or b"MemoryError" in result.stderr[-2000:]
    return "intake.too_heavy" if too_heavy else "intake.damaged"


def cells_of(path: Path, shown: str) -> tuple[Book | None, Issue | None]:
    """Return the cells of a workbook (see `cells.parse`), or why it cannot be read."""
    issue = preflight(path, shown)
    if issue:
        return None, issue
    command = [sys.executable, "-P", str(Path(cells.__file__)), str(path.absolute())]
    try:
        result = subprocess.run(
            command, capture_output=True, timeout=WALL_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
        code = _failed(result) if result.returncode else None
    except subprocess.TimeoutExpired:
        code = "intake.too_heavy"
    if code:
        return None, Issue(code=code, place=Place(file=shown))
    book: Book = json.loads(result.stdout)
    return book, None
