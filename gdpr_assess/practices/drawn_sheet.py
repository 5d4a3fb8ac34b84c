"""Writes the sheet of drawn records for listening or reading: a row per record, a column per question, the method."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake import looks
from gdpr_assess.intake.cell_out import put_text
from gdpr_assess.intake.looks import Look
from gdpr_assess.intake.write import stable
from gdpr_assess.lang import texts
from gdpr_assess.practices.drawing import At, Drawn, Wanted
from gdpr_assess.practices.drawn_layout import (
    ANSWERS,
    HEADING_ROW,
    HIDDEN,
    MARK,
    QUESTION,
    REMARK,
    SHOWN,
    answer_word,
    answer_words,
)
from gdpr_assess.practices.drawn_method import write_method
from gdpr_assess.practices.exports import file_and_sheet
from gdpr_assess.practices.questions import Question, Said, questions
from gdpr_assess.workspace import write_atomic

WRONG = "F8D7D3"
_WIDTHS = {MARK: 6, "place": 26, "id": 18, "at": 19, "direction": 12, "channel": 11, "country": 10, "group": 16}
_QUESTION_WIDTH, _REMARK_WIDTH, _CENTRED, _A3 = 19, 30, "center", 8


@dataclass(frozen=True)
class Sheet:
    """Everything that a drawn sheet says: what was drawn, from where, and what of each record helps to find it."""

    of: Wanted
    drawn: Drawn
    file: str
    sha256: str
    seed: int
    drawn_on: date
    asked: tuple[str, ...]
    records: Mapping[At, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[At, Mapping[str, Said]] = field(default_factory=dict)
    """What earlier sheets of the same draw already say."""

    @property
    def questions(self) -> dict[str, Question]:
        """The questions, in order."""
        return {name: questions()[name] for name in questions() if name in self.asked}

    @property
    def shown(self) -> list[str]:
        """The columns beside the answers that say anything."""
        wanted = [name for name in SHOWN if any(record.get(name) for record in self.records.values())]
        return ["place", *(name for name in wanted if name != "place")]


def write_sheet(path: Path, made: Sheet, lang: str) -> None:
    """Write the workbook; the same draw gives the same bytes."""
    t, book, out = texts(lang), Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = t("sampling.sheet_rows")
    _records(sheet, made, lang)
    write_method(book.create_sheet(t("sampling.sheet_method")), made, lang)
    book.properties.title = t("sampling.title")
    book.properties.creator = "gdpr-assess"
    book.save(out)
    write_atomic(path, stable(out.getvalue()))


def _records(sheet: Worksheet, made: Sheet, lang: str) -> None:
    t, last = texts(lang), HEADING_ROW + len(made.drawn.rows)
    columns = [MARK, *made.shown, *(QUESTION + name for name in made.questions), REMARK, *HIDDEN]
    for number, name in enumerate(columns, 1):
        put_text(sheet.cell(1, number), name, looks.HELP)
        sheet.column_dimensions[get_column_letter(number)].width = _width(name)
    sheet.row_dimensions[1].hidden = True
    for number in range(len(columns) - len(HIDDEN) + 1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    put_text(sheet["A2"], t(f"sampling.title_{made.of.table}"), looks.TITLE)
    sheet.row_dimensions[2].height = 30
    _headings(sheet, columns, lang)
    for row, (at, group) in enumerate(zip(made.drawn.rows, made.drawn.groups, strict=True), HEADING_ROW + 1):
        cells = _cells(made, at, lang) | {MARK: row - HEADING_ROW, "group": t.word(group)}
        for number, name in enumerate(columns, 1):
            _put(sheet.cell(row, number), name, cells.get(name, ""))
        sheet.row_dimensions[row].height = 22
    _choices(sheet, made, columns, last, lang)
    letters = get_column_letter(len(columns) - len(HIDDEN))
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{letters}{last}"
    first = columns.index(QUESTION + next(iter(made.questions))) + 1
    sheet.freeze_panes = f"{get_column_letter(min(first, 4))}{HEADING_ROW + 1}"
    looks.paper(sheet, HEADING_ROW, t("intake.page", page="&P", pages="&N"))
    sheet.page_setup.paperSize = _A3
    sheet.print_area = f"A2:{letters}{last}"


def _width(name: str) -> float:
    return _WIDTHS.get(name, _QUESTION_WIDTH if name.startswith(QUESTION) else _REMARK_WIDTH)


def _headings(sheet: Worksheet, columns: Sequence[str], lang: str) -> None:
    t, helps, heads = texts(lang), list[tuple[str, float]](), list[tuple[str, float]]()
    for number, name in enumerate(columns, 1):
        about, look = "", looks.HEADING
        if name.startswith(QUESTION):
            asked = name.removeprefix(QUESTION)
            head, look = t(f"sampling.{asked}"), looks.NEEDED_HEADING
            about = t(f"sampling.{asked}", "help")
        else:
            head = t(f"sampling.head_{'no' if name == MARK else name}")
        put_text(sheet.cell(3, number), about, looks.HELP)
        put_text(sheet.cell(HEADING_ROW, number), head, look)
        helps.append((about, _width(name) * 1.1))
        heads.append((head, _width(name) - 3))
    sheet.row_dimensions[3].height = looks.height(helps)
    sheet.row_dimensions[HEADING_ROW].height = looks.height(heads, 30)


def _cells(made: Sheet, at: At, lang: str) -> dict[str, Any]:
    """Return what the cells of a record's row hold: where it lies, what helps to find it, answers given before."""
    t, (file, of_sheet) = texts(lang), file_and_sheet(at[0])
    name = file.rpartition("/")[2]
    place = t("sampling.place", file=f"{name} [{of_sheet}]" if of_sheet else name, row=at[1])
    record = made.records.get(at, {})
    cells: dict[str, Any] = {"place": place, "file_sheet": of_sheet or "", "row": str(at[1])}
    cells |= {key: text if key in ("id", "at") else t.word(text) for key, text in record.items()}
    said = made.answers.get(at, {})
    return cells | {QUESTION + asked: answer_word(answer, made.of.table, t) for asked, answer in said.items()}


def _put(cell: Any, name: str, value: str | int) -> None:
    if isinstance(value, int):
        looks.dress(cell, Look(looks.SHOWN, looks.QUIET, vertical=_CENTRED, form="0"))
        cell.value = value
        return
    own = name == REMARK or name.startswith(QUESTION)
    look = Look(looks.INPUT if own else looks.SHOWN, looks.INK if own else looks.QUIET, size=10 if own else 9,
                vertical=_CENTRED, form="@")  # fmt: skip
    looks.dress(cell, look)
    if value:
        put_text(cell, value)


def _choices(sheet: Worksheet, made: Sheet, columns: Sequence[str], last: int, lang: str) -> None:
    """Offer the answers in every question's cells, and colour what is an exception or could not be judged."""
    t, words = texts(lang), answer_words(made.of.table, texts(lang))
    check = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, errorStyle="stop")
    check.showErrorMessage = True
    check.errorTitle, check.error = t("sampling.wrong_title"), t("sampling.wrong_answer", allowed=words)[:250]
    for number, name in enumerate(columns, 1):
        if not name.startswith(QUESTION):
            continue
        letter = get_column_letter(number)
        cells = f"{letter}{HEADING_ROW + 1}:{letter}{last}"
        check.add(cells)
        right = made.questions[name.removeprefix(QUESTION)].right
        bad: Said = "no" if right == "yes" else "yes"
        _coloured(sheet, cells, answer_word(bad, made.of.table, t), WRONG)
        for quiet in ANSWERS[2:]:
            _coloured(sheet, cells, answer_word(quiet, made.of.table, t), looks.MUTED)
    sheet.add_data_validation(check)


def _coloured(sheet: Worksheet, cells: str, word: str, colour: str) -> None:
    first = cells.partition(":")[0]
    style: Any = DifferentialStyle(fill=looks.fill(colour))
    sheet.conditional_formatting.add(cells, Rule("expression", formula=[f'{first}="{word}"'], dxf=style))
