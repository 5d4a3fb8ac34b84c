"""Exports as Excel workbooks, the same bytes every time (openpyxl writes the time of saving into them)."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook

from data_samples.generator.records import COLUMNS, Rows

SAVED = datetime(2026, 9, 28, 12, 0)
_ENTRY_TIME = (2026, 9, 28, 12, 0, 0)


def xlsx_bytes(table: str, rows: Rows, sheet: str) -> bytes:
    """Return a table as a workbook with one sheet, every cell as text."""
    columns = COLUMNS[table].split()
    book = Workbook(write_only=True)
    book.properties.creator = "export"
    page = book.create_sheet(sheet)
    page.append(columns)
    for row in rows:
        page.append([str(row.get(column, "")) or None for column in columns])
    stream = io.BytesIO()
    book.save(stream)
    return _same_every_time(stream.getvalue())


def _same_every_time(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in sorted(source.namelist()):
            part = source.read(entry)
            if entry == "docProps/core.xml":
                part = _without_clock(part)
            copy.writestr(zipfile.ZipInfo(entry, _ENTRY_TIME), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _without_clock(core: bytes) -> bytes:
    text = core.decode("utf-8")
    for name in ("created", "modified"):
        start = text.index(">", text.index(f"<dcterms:{name} ")) + 1
        text = text[:start] + SAVED.isoformat() + "Z" + text[text.index("<", start) :]
    return text.encode("utf-8")
