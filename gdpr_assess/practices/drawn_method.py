"""The second sheet of a drawn workbook: how the records were drawn, how to repeat it, how to fill the first sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import put_text
from gdpr_assess.intake.looks import Look
from gdpr_assess.lang import Texts, texts
from gdpr_assess.practices.drawn_layout import METHOD, METHOD_VALUE, Key
from gdpr_assess.practices.sampling import clean_size, precision_of

if TYPE_CHECKING:
    from gdpr_assess.practices.drawn_sheet import Sheet

TOLERATED = 0.05
"""The share of exceptions below which a clean sample must stay (DESIGN 4.3a, row 7)."""
_WIDTHS = {"A": 4, "B": 34, "C": 96, "D": 10}
_STEPS = ("open", "answer", "not_applicable", "unclear", "remark", "save")


def write_method(sheet: Worksheet, made: Sheet, lang: str) -> None:
    """Write the sheet: a line per fact, with the form that is read back in a hidden column."""
    t = texts(lang)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for number, name in enumerate((METHOD, "label", "shown", METHOD_VALUE), 1):
        put_text(sheet.cell(1, number), name, looks.HELP)
    sheet.row_dimensions[1].hidden = True
    for letter in ("A", "D"):
        sheet.column_dimensions[letter].hidden = True
    put_text(sheet["B2"], t("sampling.method_title"), looks.TITLE)
    sheet.row_dimensions[2].height = 30
    row = _lines(sheet, 4, t("sampling.method_draw"), list(_facts(made, t)))
    row = _lines(sheet, row + 1, t("sampling.method_fill"), list(_steps(t)))
    _lines(sheet, row + 1, t("sampling.method_questions"), list(_questions(made, t)))
    sheet.freeze_panes = "A3"
    looks.paper(sheet, None, t("intake.page", page="&P", pages="&N"))


Line = tuple[str, str, str, Any]
"""Key, label, text, and what is read back (None: nothing)."""


def _lines(sheet: Worksheet, row: int, title: str, lines: list[Line]) -> int:
    for column in (2, 3):
        put_text(sheet.cell(row, column), title if column == 2 else "", looks.GROUP_LINE)
    sheet.row_dimensions[row].height = 20
    for row, (key, label, text, value) in enumerate(lines, row + 1):  # noqa: B020 (goes on where the title stands)
        put_text(sheet.cell(row, 1), key, Look())
        put_text(sheet.cell(row, 2), label, Look(looks.SHOWN, bold=True))
        put_text(sheet.cell(row, 3), text, Look(looks.INPUT))
        if value is not None:
            put_text(sheet.cell(row, 4), json.dumps(value, ensure_ascii=False), Look())
        sheet.row_dimensions[row].height = looks.height([(label, _WIDTHS["B"]), (text, _WIDTHS["C"])])
    return row + 1


def _facts(made: Sheet, t: Texts) -> Iterator[Line]:
    size, population = len(made.drawn.rows), made.drawn.population
    clean = clean_size(population, TOLERATED)

    def line(key: Key, value: Any, text: str | None = None) -> Line:
        return key, t(f"sampling.method_{key}"), str(value) if text is None else text, value

    yield line("file", made.file)
    yield line("table", made.of.table, t(f"forms.table_{made.of.table}"))
    where = [list(pair) for pair in made.of.where]
    pairs = [restriction(pair, t) for pair in made.of.where]
    yield line("where", where, t("sampling.where", pairs=pairs) if pairs else t("sampling.where_all"))
    yield line("population", population, t("sampling.population", count=population))
    yield line("size", size, t("sampling.size", count=size))
    yield line("by", made.of.by, groups_text(made, t))
    yield "", t("sampling.method_precision"), t("sampling.precision", points=precision_of(size, population)), None
    told = "clean_none" if clean is None else "clean" if clean <= size else "clean_more"
    yield "", t("sampling.method_clean"), t(f"sampling.{told}", count=clean, below=TOLERATED), None
    yield line("seed", made.seed)
    yield line("sha256", made.sha256)
    yield line("drawn_on", made.drawn_on.isoformat(), t("sampling.day", on=made.drawn_on.isoformat()))
    yield "", t("sampling.method_repeat"), f"{command(made)}\n{t('sampling.repeat')}", None


def restriction(pair: tuple[str, str], t: Texts) -> str:
    """Return one restriction in words."""
    column, value = pair
    key = f"mapping.is_{column}"
    return t("sampling.is", column=t(key) if t.has(key) else column, value=t.word(value))


def groups_text(made: Sheet, t: Texts) -> str:
    """Return the groups with their numbers of records and of drawn rows."""
    if made.of.by is None:
        return t("sampling.no_groups")
    key = f"mapping.is_{made.of.by}"
    drawn = made.drawn.groups
    lines = [
        t("sampling.group", group=t.word(group) if group else t("sampling.group_none"), drawn=drawn.count(group),
          count=count)
        for group, count in made.drawn.counts.items()
    ]  # fmt: skip
    return "\n".join([t(key) if t.has(key) else made.of.by, *lines])


def command(made: Sheet) -> str:
    """Return the command that draws the same rows."""
    parts = ["gdpr-assess sample DIR", _quoted(made.file), f"--table {made.of.table}", f"--size {len(made.drawn.rows)}",
             f"--seed {made.seed}"]  # fmt: skip
    parts += [f"--where {column}={value}" for column, value in made.of.where]
    parts += [f"--by {made.of.by}"] if made.of.by else []
    return " ".join([*parts, f"--as-of {made.drawn_on.isoformat()}"])


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _steps(t: Texts) -> Iterator[Line]:
    for number, step in enumerate(_STEPS, 1):
        yield "", t("sampling.step", number=number), t(f"sampling.fill_{step}"), None


def _questions(made: Sheet, t: Texts) -> Iterator[Line]:
    for name, question in made.questions.items():
        controls = [f"{control} {t(f'control.{control}', 'title')}" for control in question.controls]
        articles = ", ".join(f"Art. {article}" for article in question.articles)
        right = t(f"sampling.answer_{question.right}")
        text = t("sampling.evidence_for", controls=controls, articles=articles, right=right)
        yield "", t(f"sampling.{name}"), text, None
