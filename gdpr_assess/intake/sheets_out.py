"""Writes the profile with a line per question, and the sheets with a row per entry."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import FORMATS, put, put_raw, put_text
from gdpr_assess.intake.content import Content, Entry
from gdpr_assess.intake.layout import PROFILE_GROUPS, Column, Sheet
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.looks import Look
from gdpr_assess.intake.offered import Offered
from gdpr_assess.lang import texts

HEADING_ROW = 4
"""Above the headings: the hidden field names (tables only), the title and the explanations."""
SPARE_ROWS, LAST_CHECKED = 22, 1000
_TALLEST = 400
"""Excel allows no row higher than 409 points."""
_PROFILE = {"field": 14, "label": 44, "value": 42, "help": 76}
"""Columns of the profile with their widths; the first is hidden."""


class Extra:
    """The columns of a sheet that are the user's own, to the right of ours."""

    def __init__(self, sheet: Worksheet, headings: list[str], entries: Iterable[Entry], first: int) -> None:
        self._sheet = sheet
        names = dict.fromkeys([*headings, *(heading for entry in entries for heading in entry.extra)])
        self._columns = {name: first + number for number, name in enumerate(names)}
        for name, number in self._columns.items():
            put_text(sheet.cell(HEADING_ROW, number), name, looks.HEADING)
            sheet.column_dimensions[get_column_letter(number)].width = 24

    def write(self, row: int, entry: Entry) -> None:
        """Write what a row holds in these columns."""
        for name, raw in entry.extra.items():
            cell = self._sheet.cell(row, self._columns[name])
            looks.dress(cell, Look())
            put_raw(cell, raw)


def write_profile(sheet: Worksheet, of: Sheet, content: Content, offered: Offered, lang: str) -> None:
    """Write the profile: hidden key, question, entry and explanation per line, in groups."""
    t = texts(lang)
    for number, (name, width) in enumerate(_PROFILE.items(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        put_text(sheet.cell(HEADING_ROW, number), t(f"intake.profile_column.{name}"), looks.HEADING)
    sheet.column_dimensions["A"].hidden = True
    put_text(sheet["B1"], t(of.text, "title"), looks.TITLE)
    put_text(sheet["B2"], t(of.text, "help"), looks.SUBTITLE)
    sheet.row_dimensions[1].height = 28
    entries = [*content.profile.values(), *content.strays]
    extra = Extra(sheet, content.headings.get("profile", []), entries, len(_PROFILE) + 1)
    row = HEADING_ROW + 1
    for group, fields in PROFILE_GROUPS.items():
        for number in range(2, len(_PROFILE) + 1):
            put_text(sheet.cell(row, number), t(f"intake.group.{group}") if number == 2 else "", looks.GROUP_LINE)
        sheet.row_dimensions[row].height = 20
        for row, field in enumerate(fields, row + 1):  # noqa: B020 (goes on where the group begins)
            _profile_line(sheet, row, of.column(field), offered, lang)
            entry = content.profile.get(field, Entry())
            put(sheet.cell(row, 3), of.column(field), entry.cells.get("value"), lang)
            extra.write(row, entry)
        row += 1
    _strays(sheet, row + 1, content.strays, extra)
    sheet.freeze_panes = f"C{HEADING_ROW + 1}"
    looks.paper(sheet, HEADING_ROW, t("intake.page", page="&P", pages="&N"))


def _strays(sheet: Worksheet, first: int, strays: list[Entry], extra: Extra) -> None:
    for row, entry in enumerate(strays, first):
        for number, name in enumerate(_PROFILE, 1):
            if name in entry.cells:
                looks.dress(sheet.cell(row, number), Look())
                put_raw(sheet.cell(row, number), entry.cells[name])
        extra.write(row, entry)


def _form(column: Column) -> str:
    return "#,##0" if column.field == "turnover_eur" else FORMATS.get(column.kind, "General")


def _profile_line(sheet: Worksheet, row: int, column: Column, offered: Offered, lang: str) -> None:
    t = texts(lang)
    label = t(column.text, "label") + (" *" if column.required else "")
    help_text = " ".join(part for part in (t(column.text, "help"), offered.hint(column)) if part)
    put_text(sheet.cell(row, 1), column.field, Look())
    put_text(sheet.cell(row, 2), label, Look(looks.SHOWN, bold=column.required))
    put_text(sheet.cell(row, 4), help_text, Look(looks.SHOWN, looks.QUIET, size=9))
    looks.dress(sheet.cell(row, 3), Look(looks.INPUT, form=_form(column)))
    sheet.row_dimensions[row].height = looks.height([(help_text, 84), (label, 44)])
    check = offered.check(column)
    if check:
        check.add(f"C{row}")
        sheet.add_data_validation(check)
    if column.required:
        style = DifferentialStyle(fill=looks.fill(looks.NEEDED))
        rule = Rule("expression", formula=[f"LEN(TRIM(C{row}))=0"], dxf=style)
        sheet.conditional_formatting.add(f"C{row}", rule)


def write_table(sheet: Worksheet, of: Sheet, content: Content, offered: Offered, lang: str) -> None:
    """Write a sheet with a row per entry: hidden field names, title, explanations, headings, entries, spare rows."""
    t, entries = texts(lang), content.rows[of.name]
    _head(sheet, of, lang)
    extra = Extra(sheet, content.headings.get(of.name, []), entries, len(of.columns) + 1)
    spare = 0 if of.name == "answers" else SPARE_ROWS
    last = HEADING_ROW + len(entries) + spare
    for row, entry in enumerate([*entries, *(Entry() for _ in range(spare))], HEADING_ROW + 1):
        _row(sheet, row, of, entry, lang)
        extra.write(row, entry)
    for number, column in enumerate(of.columns, 1):
        letter, check = get_column_letter(number), offered.check(column)
        if check:
            check.add(f"{letter}{HEADING_ROW + 1}:{letter}{max(LAST_CHECKED, last)}")
            sheet.add_data_validation(check)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(of.columns))}{last}"
    sheet.freeze_panes = f"{'B' if of.name == 'answers' else 'C'}{HEADING_ROW + 1}"
    looks.paper(sheet, HEADING_ROW, t("intake.page", page="&P", pages="&N"))


def _head(sheet: Worksheet, of: Sheet, lang: str) -> None:
    t = texts(lang)
    put_text(sheet["A2"], t(of.text, "title"), looks.TITLE)
    put_text(sheet["C2"], t(of.text, "help"), looks.SUBTITLE)
    for number, column in enumerate(of.columns, 1):
        label = t(column.text, "label")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        put_text(sheet.cell(1, number), column.field, looks.HELP)
        put_text(sheet.cell(3, number), t(column.text, "help"), looks.HELP)
        look = looks.NEEDED_HEADING if column.required else looks.HEADING
        put_text(sheet.cell(HEADING_ROW, number), f"{label} *" if column.required else label, look)
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[2].height = 28
    sheet.row_dimensions[3].height = looks.height([(t(c.text, "help"), c.width * 1.15) for c in of.columns])
    sheet.row_dimensions[HEADING_ROW].height = looks.height([(t(c.text, "label"), c.width - 2) for c in of.columns], 20)


def _row(sheet: Worksheet, row: int, of: Sheet, entry: Entry, lang: str) -> None:
    ours, written = of.name == "answers", list[tuple[str, float]]()
    for number, column in enumerate(of.columns, 1):
        cell = sheet.cell(row, number)
        shown = column.kind in ("shown", "control", "scope")
        colour = looks.MUTED if entry.muted else looks.SHOWN if shown and ours else looks.INPUT
        ink = looks.OFF if entry.muted else looks.QUIET if shown and column.field != "question" else looks.INK
        looks.dress(cell, Look(colour, ink, form=_form(column)))
        put(cell, column, entry.cells.get(column.field), lang)
        written.append((str(cell.value or ""), column.width))
    if entry.cells:
        sheet.row_dimensions[row].height = min(looks.height(written), _TALLEST)


def write_other(sheet: Worksheet, rows: list[tuple[int, list[tuple[int, str, object]]]]) -> None:
    """Write a sheet that is the user's own, as it was."""
    for row, cells in rows:
        for column, kind, value in cells:
            put_raw(sheet.cell(row, column), Raw(kind, value))
