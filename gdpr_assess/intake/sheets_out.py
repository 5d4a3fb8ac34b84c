"""Writes the sheets: the guide, the profile with a line per question, and the sheets with a row per entry."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import FORMATS, put, put_raw, put_text
from gdpr_assess.intake.content import Content, Entry
from gdpr_assess.intake.layout import PROFILE_GROUPS, SHEETS, Column, Sheet
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.offered import Offered
from gdpr_assess.lang import texts

HEADING_ROW = 4
"""Row 1 holds the hidden field names, row 2 the title, row 3 explanations."""
SPARE_ROWS, LAST_CHECKED = 30, 1000
_RULES = ("required", "lists", "many", "dates", "ids", "refresh", "columns", "people")


def write_guide(sheet: Worksheet, lang: str) -> None:
    """Write what the workbook is for, how it is filled, and what its colours mean."""
    t = texts(lang)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 96
    looks.title(sheet["A1"], t("intake.workbook.title"))
    sheet.row_dimensions[1].height = 30
    row = _wide(sheet, 2, t("intake.guide.purpose"))
    row = _section(sheet, row + 1, t("intake.guide.steps"))
    for name in (item.name for item in SHEETS):
        cell, what = sheet.cell(row, 1), sheet.cell(row, 2)
        put_text(cell, t(f"intake.sheet.{name}", "title"))
        cell.hyperlink = f"#'{cell.value}'!A1"
        put_text(what, t(f"intake.sheet.{name}", "help"))
        looks.dress(cell, font=Font(name=looks.FONT, size=10, bold=True, color=looks.ACCENT, underline="single"))
        looks.dress(what)
        sheet.row_dimensions[row].height = looks.height([(str(what.value), 96)], 18)
        row += 1
    row = _section(sheet, row + 1, t("intake.guide.rules"))
    for rule in _RULES:
        row = _wide(sheet, row, f"•  {t(f'intake.guide.rule_{rule}')}")
    row = _section(sheet, row + 1, t("intake.guide.colours"))
    colours = (("input", looks.INPUT), ("needed", looks.NEEDED), ("shown", looks.SHOWN), ("off", looks.MUTED))
    for name, colour in colours:
        looks.dress(sheet.cell(row, 1), colour)
        looks.dress(sheet.cell(row, 2))
        put_text(sheet.cell(row, 2), t(f"intake.guide.colour_{name}"))
        row += 1
    looks.paper(sheet, None, t("intake.page"))


def _wide(sheet: Worksheet, row: int, text: str) -> int:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    looks.note(sheet.cell(row, 1), text)
    sheet.row_dimensions[row].height = looks.height([(text, 122)], 18)
    return row + 1


def _section(sheet: Worksheet, row: int, text: str) -> int:
    cell = sheet.cell(row, 1)
    put_text(cell, text)
    cell.font = Font(name=looks.FONT, size=12, bold=True, color=looks.HEAD)
    sheet.row_dimensions[row].height = 22
    return row + 1


def write_profile(sheet: Worksheet, of: Sheet, content: Content, offered: Offered, lang: str) -> None:
    """Write the profile: hidden key, question, entry and explanation per line, in groups."""
    t = texts(lang)
    for letter, width in zip("ABCD", (14, 44, 42, 76), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["A"].hidden = True
    looks.title(sheet["B1"], t(of.text, "title"))
    looks.note(sheet["B2"], t(of.text, "help"))
    sheet["B2"].alignment = looks.Alignment(vertical="center")
    sheet.row_dimensions[1].height = 28
    extra = _extra_columns(content, "profile", [*content.profile.values(), *content.strays], 5)
    for number, name in enumerate(("field", "label", "value", "help"), 1):
        looks.heading(sheet.cell(HEADING_ROW, number), t(f"intake.profile_column.{name}"))
    _write_extra_headings(sheet, extra)
    row = HEADING_ROW + 1
    for group, fields in PROFILE_GROUPS.items():
        put_text(sheet.cell(row, 2), t(f"intake.group.{group}"))
        for number in (2, 3, 4):
            bold = Font(name=looks.FONT, size=11, bold=True, color=looks.HEAD)
            looks.dress(sheet.cell(row, number), looks.GROUP, bold, looks.MIDDLE)
        sheet.row_dimensions[row].height = 20
        row += 1
        for field in fields:
            _profile_line(sheet, row, of.column(field), offered, lang)
            entry = content.profile.get(field, Entry())
            put(sheet.cell(row, 3), of.column(field), entry.cells.get("value"), lang)
            _write_extra(sheet, row, entry, extra)
            row += 1
    for row, entry in enumerate(content.strays, row + 1):
        for number, name in enumerate(("label", "value", "help"), 2):
            if name in entry.cells:
                put_raw(sheet.cell(row, number), entry.cells[name])
            looks.dress(sheet.cell(row, number))
        _write_extra(sheet, row, entry, extra)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    looks.paper(sheet, HEADING_ROW, t("intake.page"))


def _profile_line(sheet: Worksheet, row: int, column: Column, offered: Offered, lang: str) -> None:
    t = texts(lang)
    key, label, value, explained = (sheet.cell(row, number) for number in (1, 2, 3, 4))
    put_text(key, column.field)
    put_text(label, t(column.text, "label") + (" *" if column.required else ""))
    help_text = " ".join(part for part in (t(column.text, "help"), offered.hint(column)) if part)
    put_text(explained, help_text)
    looks.dress(label, looks.SHOWN, Font(name=looks.FONT, size=10, bold=column.required, color=looks.INK))
    looks.dress(value, looks.INPUT)
    looks.dress(explained, looks.SHOWN, Font(name=looks.FONT, size=9, color=looks.QUIET))
    value.number_format = "#,##0" if column.field == "turnover_eur" else FORMATS.get(column.kind, "General")
    value.alignment = looks.Alignment(wrap_text=True, vertical="top", horizontal="left")
    sheet.row_dimensions[row].height = looks.height([(help_text, 84), (str(label.value), 44)], 18)
    check = offered.check(column)
    if check:
        check.add(value.coordinate)
        sheet.add_data_validation(check)
    if column.required:
        _warn_when_empty(sheet, value.coordinate)


def _warn_when_empty(sheet: Worksheet, cell: str) -> None:
    rule = FormulaRule(formula=[f"LEN(TRIM({cell}))=0"], fill=looks.fill(looks.NEEDED))
    sheet.conditional_formatting.add(cell, rule)


def write_table(sheet: Worksheet, of: Sheet, content: Content, offered: Offered, lang: str) -> None:
    """Write a sheet with a row per entry: hidden field names, title, explanations, headings, entries, spare rows."""
    t, entries = texts(lang), content.rows[of.name]
    last = len(of.columns)
    looks.title(sheet["A2"], f"{t(of.text, 'title')}")
    sheet.row_dimensions[2].height = 28
    looks.note(sheet["C2"], t(of.text, "help"))
    sheet["C2"].alignment = looks.Alignment(vertical="center")
    sheet.row_dimensions[1].hidden = True
    for number, column in enumerate(of.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        put_text(sheet.cell(1, number), column.field)
        looks.note(sheet.cell(3, number), t(column.text, "help"))
        sheet.cell(3, number).font = Font(name=looks.FONT, size=9, italic=True, color=looks.QUIET)
        looks.heading(sheet.cell(HEADING_ROW, number), t(column.text, "label"), column.required)
    sheet.row_dimensions[3].height = looks.height([(t(c.text, "help"), c.width) for c in of.columns])
    sheet.row_dimensions[HEADING_ROW].height = looks.height([(t(c.text, "label"), c.width - 2) for c in of.columns], 20)
    extra = _extra_columns(content, of.name, entries, last + 1)
    _write_extra_headings(sheet, extra)
    spare = 0 if of.name == "answers" else SPARE_ROWS
    padded = [*entries, *(Entry() for _ in range(spare))]
    for row, entry in enumerate(padded, HEADING_ROW + 1):
        _row(sheet, row, of, entry, lang)
        _write_extra(sheet, row, entry, extra)
    end = max(LAST_CHECKED, HEADING_ROW + len(padded))
    for number, column in enumerate(of.columns, 1):
        letter, check = get_column_letter(number), offered.check(column)
        if check:
            check.add(f"{letter}{HEADING_ROW + 1}:{letter}{end}")
            sheet.add_data_validation(check)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last)}{HEADING_ROW + len(padded)}"
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 2 if of.name == "answers" else 3)
    looks.paper(sheet, HEADING_ROW, t("intake.page"))


def _row(sheet: Worksheet, row: int, of: Sheet, entry: Entry, lang: str) -> None:
    ours = of.name == "answers" and bool(entry.cells)
    for number, column in enumerate(of.columns, 1):
        cell = sheet.cell(row, number)
        shown = column.kind in ("shown", "control", "scope")
        colour = looks.MUTED if entry.muted else looks.SHOWN if shown and ours else looks.INPUT
        ink = looks.OFF if entry.muted else looks.QUIET if shown and column.field != "question" else looks.INK
        looks.dress(cell, colour, Font(name=looks.FONT, size=10, color=ink))
        cell.number_format = FORMATS.get(column.kind, "General")
        put(cell, column, entry.cells.get(column.field), lang)


def _extra_columns(content: Content, name: str, entries: list[Entry], first: int) -> dict[str, int]:
    headings = [*content.headings.get(name, []), *(heading for entry in entries for heading in entry.extra)]
    return {heading: first + number for number, heading in enumerate(dict.fromkeys(headings))}


def _write_extra_headings(sheet: Worksheet, extra: dict[str, int]) -> None:
    for text, number in extra.items():
        looks.heading(sheet.cell(HEADING_ROW, number), "")
        put_text(sheet.cell(HEADING_ROW, number), text)
        sheet.column_dimensions[get_column_letter(number)].width = 24


def _write_extra(sheet: Worksheet, row: int, entry: Entry, extra: dict[str, int]) -> None:
    for heading, raw in entry.extra.items():
        put_raw(sheet.cell(row, extra[heading]), raw)
        looks.dress(sheet.cell(row, extra[heading]))


def write_other(sheet: Worksheet, rows: list[tuple[int, list[tuple[int, str, object]]]]) -> None:
    """Write a sheet that is the user's own, as it was."""
    for row, cells in rows:
        for column, kind, value in cells:
            put_raw(sheet.cell(row, column), Raw(kind, value))
