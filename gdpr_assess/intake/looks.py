"""How the workbook looks: few, quiet colours, one meaning each."""

from __future__ import annotations

import math
import unicodedata
from copy import copy
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

INK, QUIET, OFF, WHITE = "1F2A33", "5F6B76", "9AA4AD", "FFFFFF"
HEAD, ACCENT, GROUP = "1F4E5F", "0B7A75", "DCE8EC"
INPUT, NEEDED, SHOWN, MUTED = "FFFFFF", "FFF4D6", "F3F5F6", "ECEEF0"
FONT = "Calibri"
_LINE = Side(style="thin", color="C9D1D6")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class Look:
    """The look of a cell; `colour` is its background, `form` its number format."""

    colour: str | None = None
    ink: str = INK
    size: int = 10
    bold: bool = False
    italic: bool = False
    link: bool = False
    vertical: str = "top"
    wrap: bool = True
    indent: int = 1
    border: bool = True
    form: str = "General"


TITLE = Look(ink=HEAD, size=16, bold=True, vertical="center", wrap=False, indent=0, border=False)
SECTION = Look(ink=HEAD, size=12, bold=True, wrap=False, indent=0, border=False)
NOTE = Look(ink=QUIET, indent=0, border=False)
SUBTITLE = Look(ink=QUIET, vertical="center", wrap=False, indent=0, border=False)
HELP = Look(ink=QUIET, size=9, italic=True, border=False)
GROUP_LINE = Look(GROUP, HEAD, size=11, bold=True, vertical="center")
LINK = Look(ink=ACCENT, bold=True, link=True)
HEADING = Look(HEAD, WHITE, bold=True, vertical="center")
NEEDED_HEADING = Look(ACCENT, WHITE, bold=True, vertical="center")
_done: WeakKeyDictionary[Workbook, dict[Look, Any]] = WeakKeyDictionary()


def fill(colour: str) -> PatternFill:
    """Return a plain fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def dress(cell: Any, look: Look) -> None:
    """Give a cell its look; openpyxl is slow in finding equal styles, so each look is built once per workbook."""
    known = _done.setdefault(cell.parent.parent, {})
    if look not in known:
        cell.font = Font(FONT, look.size, look.bold, look.italic, u="single" if look.link else None, color=look.ink)
        cell.alignment = Alignment("left", look.vertical, wrap_text=look.wrap, indent=look.indent)
        cell.number_format = look.form
        if look.border:
            cell.border = _BORDER
        if look.colour:
            cell.fill = fill(look.colour)
        known[look] = copy(cell._style)
    cell._style = copy(known[look])


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; Chinese characters are two wide."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return max(1, math.ceil(wide * 1.05 / max(width - 2, 4)))


def height(texts: list[tuple[str, float]], least: float = 18) -> float:
    """Return the height of a row from its texts and the widths of their columns."""
    most = max((sum(lines(part, width) for part in text.split("\n")) for text, width in texts), default=1)
    return max(least, 13.5 * most + 4)


def paper(sheet: Worksheet, heading_row: int | None, page: str) -> None:
    """Set landscape A4, as wide as one page, headings on every page, page numbers at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.4, 0.7
    sheet.page_margins.header, sheet.page_margins.footer = 0.2, 0.3
    foot: Any = sheet.oddFooter
    foot.left.text, foot.right.text = "&A", page
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.sheet_view.showGridLines = False
