"""Writes the register of processing as a workbook that can be edited and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.flows.register_layouts import Layout
from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import put_text
from gdpr_assess.intake.layout import Column
from gdpr_assess.lang import texts
from gdpr_assess.report.fill_in import Entry, FillIn
from gdpr_assess.report.register_tables import Head, RegisterSource, Table, tables
from gdpr_assess.report.register_words import Words

FILE = "register.xlsx"
KEY_ROW, HEADING_ROW = 8, 9
"""Above the headings (in row 9, as in the ICO's template): who is responsible, and hidden names of the columns."""
_YES_NO = frozenset(["dpia_required", "breach", "policy_followed"])


def usual_layout(country: str) -> Layout:
    """Return the layout that the authority of a country publishes; the ICO's where we know none."""
    return "cnil" if country == "FR" else "ico"


def write_register(source: RegisterSource, path: Path, layout: Layout, lang: str) -> Path | None:
    """Write the register and return its path; None, and no file, where there is nothing to record."""
    made = tables(source, layout, lang)
    if not any(table.about == "flows" for table in made):
        return None
    book = FillIn(texts(lang)("register.title"), lang)
    for table in made:
        _table(book, table, source)
    book.hidden(texts(lang)("register.sheet_base"), _base(made))
    return book.save(path)


def _base(made: list[Table]) -> list[list[tuple[Any, Column | None]]]:
    """Return every cell as written, so that an import can tell what was edited and what changed meanwhile."""
    return [
        [(table.name, None), (row.key, None), (head.key, None), (row.values[head.key], head.column)]
        for table in made
        for row in table.rows
        for head in table.heads
        if row.values[head.key] not in (None, ())
    ] + [[(table.name, None), (row.key, None), ("", None)] for table in made for row in table.rows]


def _table(book: FillIn, table: Table, source: RegisterSource) -> None:
    t, lang = book.t, book.lang
    sheet = book.sheet(t(f"register.sheet_{table.name}"), [head.width for head in table.heads])
    book.line(sheet, 1, t(f"register.title_{table.name}"), looks.TITLE)
    book.line(sheet, 2, t("register.how"))
    for number, text in enumerate(Words(source.profile, lang).party(), 3):
        book.line(sheet, number, text)
    book.line(sheet, 7, t("register.as_of", on=source.as_of))
    for index, head in enumerate(table.heads, 1):
        put_text(sheet.cell(KEY_ROW, index), head.key, looks.HELP)
    sheet.row_dimensions[KEY_ROW].hidden = True
    book.headings(sheet, HEADING_ROW, [(head.label, head.open) for head in table.heads])
    for number, row in enumerate(table.rows, HEADING_ROW + 1):
        can = bool(row.ids)
        book.row(sheet, number, [_entry(head, row.values[head.key], can) for head in table.heads])
    _drop_downs(book, sheet, table)
    _paper(sheet, table, t("intake.page", page="&P", pages="&N"))


def _entry(head: Head, value: Any, can: bool) -> Entry:
    colour = looks.NEEDED if head.key == "open" and value else None
    return Entry(value, head.column, head.open and can, bold=head.key in ("entry", "id"), colour=colour)


def _drop_downs(book: FillIn, sheet: Worksheet, table: Table) -> None:
    for index, head in enumerate(table.heads, 1):
        own = Column("register", head.key, "bool") if head.key in _YES_NO else None
        column, letter = head.column or own, get_column_letter(index)
        if column is not None and column.kind != "ref":  # people write the id of a partner
            book.choice(sheet, f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + len(table.rows)}", column)


def _paper(sheet: Worksheet, table: Table, page: str) -> None:
    looks.paper(sheet, HEADING_ROW, page)
    total = sum(head.width for head in table.heads)
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth = max(1, round(total / 240))
    sheet.print_title_cols = "A:B"
    sheet.freeze_panes = f"C{HEADING_ROW + 1}"
    last = get_column_letter(len(table.heads))
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}{HEADING_ROW + len(table.rows)}"
