"""How the workbook looks: few, quiet colours, one meaning each."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

INK, QUIET, OFF = "1F2A33", "5F6B76", "9AA4AD"
HEAD, ACCENT, GROUP = "1F4E5F", "0B7A75", "DCE8EC"
INPUT, NEEDED, SHOWN, MUTED = "FFFFFF", "FFF4D6", "F3F5F6", "ECEEF0"
FONT = "Calibri"
_LINE = Side(style="thin", color="C9D1D6")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TOP = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment(wrap_text=True, vertical="center")


def fill(colour: str) -> PatternFill:
    """Return a plain fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def dress(cell: Any, colour: str | None = None, font: Font | None = None, alignment: Alignment = TOP) -> None:
    """Give a cell its font, fill and thin border."""
    cell.font = font or Font(name=FONT, size=10, color=INK)
    cell.alignment = alignment
    cell.border = BORDER
    if colour:
        cell.fill = fill(colour)


def title(cell: Any, text: str) -> None:
    """Write the title of a sheet."""
    cell.value = text
    cell.font = Font(name=FONT, size=16, bold=True, color=HEAD)
    cell.alignment = Alignment(vertical="center")


def note(cell: Any, text: str) -> None:
    """Write an explanation without a border."""
    cell.value = text
    cell.font = Font(name=FONT, size=10, color=QUIET)
    cell.alignment = TOP


def heading(cell: Any, text: str, required: bool = False) -> None:
    """Write the heading of a column; what is needed has a colour of its own and an asterisk."""
    cell.value = f"{text} *" if required else text
    dress(cell, ACCENT if required else HEAD, Font(name=FONT, size=10, bold=True, color="FFFFFF"), MIDDLE)


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; Chinese characters are two wide."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return max(1, math.ceil(wide * 1.08 / width))


def height(texts: list[tuple[str, float]], least: float = 16) -> float:
    """Return the height of a row from its texts and the widths of their columns."""
    return max(least, 13.5 * max((lines(text, width) for text, width in texts), default=1) + 4)


def paper(sheet: Worksheet, heading_row: int | None, page: str) -> None:
    """Set landscape A4, as wide as one page, headings on every page, page numbers at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = f"{page} &P / &N"
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
