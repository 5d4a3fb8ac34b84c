"""Workbooks: a look at the package, then its rows through a limited child process; one source per sheet."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gdpr_assess.practices.readers import workbook_rows
from gdpr_assess.practices.readers.source import Problems, Row, Unreadable

WALL_SECONDS = 700
MAX_CONTENT, RATIO_FROM, MAX_RATIO, MAX_ENTRIES = 2_000_000_000, 100_000_000, 150, 2_000
_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
_DECLARATIONS = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le"))


def _look(path: Path) -> str | None:
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        names = [entry.filename for entry in entries]
        total, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
        if not set(names) >= _PARTS:
            return "not_supported"
        if any(entry.flag_bits & 1 for entry in entries):
            return "workbook_password"
        if len(names) > MAX_ENTRIES or len(set(names)) != len(names):
            return "workbook_damaged"
        if total > MAX_CONTENT or (total > RATIO_FROM and total > packed * MAX_RATIO):
            return "workbook_too_heavy"
        return next((bad for entry in entries if (bad := _declares(package, entry))), None)


def _declares(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str | None:
    if not entry.filename.endswith((".xml", ".rels")):
        return None
    with package.open(entry) as stream:
        start = stream.read(4096)
    return "workbook_damaged" if any(word in start for word in _DECLARATIONS) else None


def sheets(path: Path, folder: Path) -> list[SheetRows]:
    """Return the sheets of a workbook that hold rows; raises Unreadable."""
    try:
        problem = _look(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        problem = "workbook_damaged"
    if problem:
        raise Unreadable(problem)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", str(Path(workbook_rows.__file__)), str(path.absolute()), str(folder.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Unreadable("workbook_too_heavy") from None
    if done.returncode:
        heavy = done.returncode < 0 or b"MemoryError" in done.stderr[-2000:] or b"File too large" in done.stderr[-2000:]
        raise Unreadable("workbook_too_heavy" if heavy else "workbook_damaged")
    found = [SheetRows(part) for part in sorted(folder.glob("*.jsonl"))]
    return [sheet for sheet in found if sheet.header]


class SheetRows:
    """One sheet; its first row that holds anything is the header."""

    form = "xlsx"

    def __init__(self, part: Path) -> None:
        self._part = part
        self.problems = Problems()
        self.bad_rows = 0
        self._about = self._last()
        self.sheet: str | None = self._about["sheet"]
        first = next(self._rows(), None)
        self._header_row = first[0] if first else 0
        self.header = [str(cell or "").strip() for cell in first[1]] if first else []

    def _last(self) -> dict[str, Any]:
        with self._part.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - 10_000))
            found: dict[str, Any] = json.loads(stream.read().splitlines()[-1])
        return found

    def _rows(self) -> Iterator[tuple[int, list[str | None]]]:
        with self._part.open(encoding="utf-8") as stream:
            for line in stream:
                if line.startswith("["):
                    number, cells = json.loads(line)
                    yield number, cells

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every row below the header with the wanted cells."""
        self.problems, self.bad_rows = Problems(), 0
        for code, key, warning in (("cell_formula", "formulas", False), ("cell_far", "far", True)):
            count, numbers = self._about[key]
            for number in numbers:
                self.problems.add(code, number, count=0, warning=warning)
            if count:
                self.problems.add(code, count=count, warning=warning)
        at = [self.header.index(name) for name in wanted]
        for number, cells in self._rows():
            if number > self._header_row:
                yield number, [cells[i] if i < len(cells) else None for i in at]
