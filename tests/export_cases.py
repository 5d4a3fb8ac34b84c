"""Real records of vendors' exports, put into evidence folders and read, for the tests of readers."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence_cases import AS_OF, profile

from gdpr_assess.issue import Issue
from gdpr_assess.model import Intake
from gdpr_assess.practices import Exports, read_evidence

REAL = Path(__file__).parent / "data" / "contact_centre"


def take(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(REAL / name, folder / name)


def real(name: str) -> dict[str, Any]:
    return dict(json.loads((REAL / name).read_text()))


def put(folder: Path, name: str, *records: dict[str, Any]) -> None:
    (folder / name).write_text("\n".join(json.dumps(record) for record in records) + "\n")


def of(folder: Path, **changes: Any) -> tuple[Exports, list[Issue]]:
    return read_evidence(folder, Intake(profile=profile(**changes)), AS_OF)


def rows(exports: Exports, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return exports[table].frame.select(columns).rows()


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code.removeprefix("practices.") for issue in issues} - {"not_indexed"}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")
