"""Writes the Guide: what the workbook is for, how it is filled, and what its colours mean."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import put_text
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.looks import Look
from gdpr_assess.lang import texts

_RULES = ("required", "lists", "many", "dates", "ids", "refresh", "columns", "people")
_COLOURS = (("input", looks.INPUT), ("needed", looks.NEEDED), ("shown", looks.SHOWN), ("off", looks.MUTED))
_WIDTHS = (26, 96)


def write_guide(sheet: Worksheet, lang: str) -> None:
    """Write the guide; it holds nothing that is read."""
    t = texts(lang)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDTHS
    put_text(sheet["A1"], t("intake.workbook.title"), looks.TITLE)
    sheet.row_dimensions[1].height = 30
    row = _wide(sheet, 2, t("intake.guide.purpose"))
    row = _section(sheet, row + 1, t("intake.guide.steps"))
    for item in SHEETS:
        cell, help_text = sheet.cell(row, 1), t(item.text, "help")
        title = t(item.text, "title")
        cell.hyperlink = f"#'{title}'!A1"
        put_text(cell, title, looks.LINK)
        put_text(sheet.cell(row, 2), help_text, Look())
        sheet.row_dimensions[row].height = looks.height([(help_text, _WIDTHS[1])])
        row += 1
    row = _section(sheet, row + 1, t("intake.guide.rules"))
    for rule in _RULES:
        row = _wide(sheet, row, f"•  {t(f'intake.guide.rule_{rule}')}")
    row = _section(sheet, row + 1, t("intake.guide.colours"))
    for row, (name, colour) in enumerate(_COLOURS, row):  # noqa: B020 (starts where the last part ended)
        put_text(sheet.cell(row, 1), "", Look(colour))
        put_text(sheet.cell(row, 2), t(f"intake.guide.colour_{name}"), Look())
    looks.paper(sheet, None, t("intake.page", page="&P", pages="&N"))


def _wide(sheet: Worksheet, row: int, text: str) -> int:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    put_text(sheet.cell(row, 1), text, looks.NOTE)
    sheet.row_dimensions[row].height = looks.height([(text, sum(_WIDTHS))])
    return row + 1


def _section(sheet: Worksheet, row: int, text: str) -> int:
    put_text(sheet.cell(row, 1), text, looks.SECTION)
    sheet.row_dimensions[row].height = 22
    return row + 1
