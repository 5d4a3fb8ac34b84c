"""Workbooks that a client fills in: one look, drop-downs from a hidden sheet, and text that never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import FORMATS, put, put_text
from gdpr_assess.intake.content import Content
from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.looks import Look
from gdpr_assess.intake.offered import Offered
from gdpr_assess.intake.write import stable
from gdpr_assess.lang import texts
from gdpr_assess.workspace import write_atomic

TALLEST = 400
"""Excel allows no row higher than 409 points."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: `column` says how a value is written and what may be chosen; `open` is for the client."""

    value: Any = None
    column: Column | None = None
    open: bool = False
    bold: bool = False
    colour: str | None = None


class FillIn:
    """One workbook in one language."""

    def __init__(self, title: str, lang: str) -> None:
        self.lang, self.t = lang, texts(lang)
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.title, self._book.properties.creator = title, "gdpr-assess"
        self._lists = Offered(self._book.create_sheet(self.t("intake.sheet.lists", "title")), Content(), lang)

    def sheet(self, title: str, widths: Sequence[int]) -> Worksheet:
        """Add a sheet before the hidden one; a title that Excel does not allow or that is taken is changed."""
        plain, number = title.translate(_FORBIDDEN).strip("' ")[:31] or "–", 2
        free = plain
        while free.casefold() in {name.casefold() for name in self._book.sheetnames}:
            free, number = f"{plain[:27]} {number}", number + 1
        made: Worksheet = self._book.create_sheet(free, len(self._book.sheetnames) - 1)
        for index, width in enumerate(widths, 1):
            made.column_dimensions[get_column_letter(index)].width = width
        return made

    def hidden(self, title: str, rows: Sequence[Sequence[tuple[Any, Column | None]]]) -> None:
        """Add a sheet that people do not see; each value comes with the column that says how it is written."""
        made = self._book.create_sheet(title)
        made.sheet_state = "veryHidden"
        for number, row in enumerate(rows, 1):
            for index, (value, column) in enumerate(row, 1):
                cell = made.cell(number, index)
                cell.number_format = FORMATS.get(column.kind, "General") if column else "@"
                _write(cell, value, column, self.lang)

    def line(self, sheet: Worksheet, row: int, text: str, look: Look = looks.SUBTITLE) -> None:
        """Write a title or a note that may run over the columns to its right."""
        put_text(sheet.cell(row, 1), text, look)
        sheet.row_dimensions[row].height = 28 if look is looks.TITLE else 18

    def section(self, sheet: Worksheet, row: int, text: str, columns: int) -> None:
        """Write the heading of a part of a sheet over all its columns."""
        for index in range(1, columns + 1):
            put_text(sheet.cell(row, index), text if index == 1 else "", replace(looks.GROUP_LINE, wrap=False))
        sheet.row_dimensions[row].height = 20

    def headings(self, sheet: Worksheet, row: int, labels: Sequence[tuple[str, bool]]) -> None:
        """Write headings; those of columns that people fill in have their own colour."""
        for index, (label, is_open) in enumerate(labels, 1):
            put_text(sheet.cell(row, index), label, looks.NEEDED_HEADING if is_open else looks.HEADING)
        sheet.row_dimensions[row].height = looks.height(
            [(label, _width(sheet, i)) for i, (label, _) in _count(labels)], 20
        )

    def row(self, sheet: Worksheet, row: int, entries: Sequence[Entry]) -> None:
        """Write one row: white where people write, grey where we wrote."""
        shown: list[tuple[str, float]] = []
        for index, entry in _count(entries):
            cell = sheet.cell(row, index)
            colour = entry.colour or (looks.INPUT if entry.open else looks.SHOWN)
            form = FORMATS.get(entry.column.kind, "General") if entry.column else "@" if entry.open else "General"
            looks.dress(cell, Look(colour, looks.INK, bold=entry.bold, form=form))
            _write(cell, entry.value, entry.column, self.lang)
            shown.append((str(cell.value or ""), _width(sheet, index)))
        sheet.row_dimensions[row].height = min(looks.height(shown), TALLEST)

    def choice(self, sheet: Worksheet, cells: str, column: Column) -> None:
        """Offer the values of a column in some cells."""
        check = self._lists.check(column)
        if check is not None:
            check.add(cells)
            sheet.add_data_validation(check)

    def save(self, path: Path) -> Path:
        """Write the workbook; the same content gives the same bytes."""
        self._book.active = 0
        out = io.BytesIO()
        self._book.save(out)
        write_atomic(path, stable(out.getvalue()))
        return path


def _count(items: Sequence[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(items, 1))


def _width(sheet: Worksheet, index: int) -> float:
    return float(sheet.column_dimensions[get_column_letter(index)].width)


def _write(cell: Any, value: Any, column: Column | None, lang: str) -> None:
    if column is not None:
        put(cell, column, value, lang)
    elif value is not None:
        put_text(cell, str(value))
