"""The rows of a workbook as JSON lines, one file per sheet, written by a process of its own with limits.

Runs as a script and imports nothing of ours: a workbook comes from outside and may be made to exhaust memory.
"""

from __future__ import annotations

import json
import sys
import warnings
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MAX_SHEETS, MAX_COLUMNS, MAX_TEXT, MAX_ROWS = 30, 300, 100_000, 1_048_576
MEMORY, SECONDS, OUTPUT = 1_500_000_000, 600, 2_000_000_000
NOT_READ = "\ufffd"


def limit() -> None:
    """Bound memory, processor time and size of written files, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    bounds = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, OUTPUT))
    for what, most in bounds:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the clock of the parent remains
            continue


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)


def as_text(kind: str, value: Any) -> str | None:
    """Return a cell as text: dates as ISO (a bare day where there is no clock), numbers without loss."""
    if value is None:
        return None
    if kind in ("f", "e"):
        return NOT_READ
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\0", "")[:MAX_TEXT] or None


def _write_sheet(sheet: Any, target: Path) -> None:
    sheet.reset_dimensions()
    formulas, rows_with, far, far_rows = 0, list[int](), 0, list[int]()
    with target.open("w", encoding="utf-8") as stream:
        for row in sheet.iter_rows():
            filled = [cell for cell in row if cell.value is not None]
            if not filled:
                continue
            if filled[0].row > MAX_ROWS:
                break
            if filled[-1].column > MAX_COLUMNS:
                far += sum(cell.column > MAX_COLUMNS for cell in filled)
                far_rows = [*far_rows, filled[0].row][:20]
            cells = [
                as_text(cell.data_type, cell.value) if cell.value is not None else None for cell in row[:MAX_COLUMNS]
            ]
            while cells and cells[-1] is None:
                cells.pop()
            if any(cell.data_type == "f" for cell in filled):
                formulas += 1
                rows_with = [*rows_with, filled[0].row][:20]
            if cells:
                stream.write(json.dumps([filled[0].row, cells], ensure_ascii=True) + "\n")
        stream.write(
            json.dumps({"sheet": sheet.title, "formulas": [formulas, rows_with], "far": [far, far_rows]}) + "\n"
        )


def write_rows(path: str, folder: str) -> None:
    """Write one JSON-lines file per sheet: [row number, [cells]], and last a line about the sheet."""
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: openpyxl would expand XML entities")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        for number, sheet in enumerate(workbook.worksheets[:MAX_SHEETS]):
            _write_sheet(sheet, Path(folder) / f"{number:02}.jsonl")
        workbook.close()


def main() -> None:
    """Write the rows of the workbook named first into the folder named second."""
    for heavy in ("numpy", "PIL", "lxml"):
        sys.modules[heavy] = None  # type: ignore[assignment]
    import openpyxl  # noqa: F401  (loaded before the limits, so that a small limit cannot stop the import)

    limit()
    write_rows(sys.argv[1], sys.argv[2])


if __name__ == "__main__":
    main()
