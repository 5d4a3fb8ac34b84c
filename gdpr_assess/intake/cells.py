"""The cells of a workbook as plain data, read in a process of its own with limits on memory and time.

Runs as a script and imports nothing of ours: a workbook comes from outside and may be made to exhaust memory.
"""

from __future__ import annotations

import json
import sys
import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS, MAX_TEXT = 20_000, 60, 60, 40_000
MEMORY, SECONDS = 1 << 30, 25


def limit() -> None:
    """Bound memory and processor time of this process, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the clock of the parent remains
            continue


def _cell(kind: str, value: Any) -> tuple[str, Any] | None:
    if kind == "f":
        return "f", str(getattr(value, "text", value))[:MAX_TEXT]
    if isinstance(value, datetime | date):
        return "d", value.isoformat()
    if kind == "e" or isinstance(value, bool | int | float):
        return ("e" if kind == "e" else "b" if isinstance(value, bool) else "n"), value
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n")[:MAX_TEXT]
    return ("s", text) if text.strip() else None


def _sheet(worksheet: Any) -> dict[str, Any]:
    worksheet.reset_dimensions()
    rows, beyond = [], None
    for row in worksheet.iter_rows():
        cells = [
            (cell.column, *typed)
            for cell in row
            if cell.value is not None and (typed := _cell(cell.data_type, cell.value))
        ]
        far = [cell for cell in cells if cell[0] > MAX_COLUMNS]
        number = next((cell.row for cell in row if cell.value is not None), 0)
        if cells and (far or number > MAX_ROWS):
            column = far[0][0] if far else cells[0][0]
            beyond = beyond or [number, column]
        if number > MAX_ROWS and cells:
            break
        near = [cell for cell in cells if cell[0] <= MAX_COLUMNS]
        if near:
            rows.append((number, near))
    return {"name": worksheet.title, "rows": rows, "beyond": beyond}


def parse(path: str | Path | BinaryIO) -> dict[str, Any]:
    """Return the sheets of a workbook: names, rows of (column, kind, value), and the first cell out of bounds.

    Kinds: s text, n number, b yes/no, d date (ISO), f formula, e error value. Whatever openpyxl raises goes through.
    """
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: openpyxl would expand XML entities")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        try:
            sheets = [_sheet(sheet) for sheet in workbook.worksheets[:MAX_SHEETS]]
        finally:
            workbook.close()
    return {"sheets": sheets}


def main() -> None:
    """Print the cells of the workbook named on the command line as JSON."""
    for heavy in ("numpy", "PIL", "lxml"):  # openpyxl takes them if it finds them; not needed here, and slow to load
        sys.modules[heavy] = None  # type: ignore[assignment]
    import openpyxl  # noqa: F401  (loaded before the limits, so that a small limit cannot stop the import)

    limit()
    sys.stdout.buffer.write(json.dumps(parse(sys.argv[1])).encode())


if __name__ == "__main__":
    main()
