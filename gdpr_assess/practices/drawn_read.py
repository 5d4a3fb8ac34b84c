"""Reads a drawn sheet that people filled in: who may have moved columns, sorted rows, or typed something else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from gdpr_assess.intake.words import fold
from gdpr_assess.issue import Issue
from gdpr_assess.model import Place
from gdpr_assess.practices.drawing import Wanted, wanted
from gdpr_assess.practices.drawn_layout import HEADING_ROW, KEYS, MARK, METHOD, METHOD_VALUE, QUESTION, known_answers
from gdpr_assess.practices.questions import SAMPLED, Said, questions_of
from gdpr_assess.practices.readers.source import Source

SHOWN_CELLS = 50
"""So many wrong cells of a sheet are named one by one; the others are counted."""
_LONGEST = 10_000_000


@dataclass
class Filled:
    """A filled sheet: how it was drawn (None: cannot be told), and the answers by sheet and row of the drawn file."""

    name: str
    sheet: str | None = None
    of: Wanted | None = None
    sha256: str = ""
    file: str = ""
    seed: int = 1
    size: int = 0
    population: int = 0
    drawn_on: str | None = None
    asked: tuple[str, ...] = ()
    answers: dict[tuple[str | None, int], dict[str, Said | None]] = field(default_factory=dict)
    lines: dict[tuple[str | None, int], int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether nothing was answered yet."""
        return not any(said for row in self.answers.values() for said in row.values())

    def say(self, code: str, *, cell: str | None = None, warning: bool = False, **params: Any) -> None:
        """Note what is wrong with the sheet."""
        place = Place(file=self.name, sheet=self.sheet, cell=cell)
        level = "warning" if warning else "error"
        self.issues.append(Issue(code=f"practices.{code}", place=place, params=params, level=level))


def is_drawn(opened: Iterable[Source]) -> bool:
    """Tell whether a file is a drawn sheet, filled or not, whatever it is called."""
    return any(MARK in source.header for source in opened)


def read_filled(opened: Sequence[Source], name: str) -> Filled:
    """Return what a drawn sheet says; `name` is the file's, as it may be shown."""
    rows = next(source for source in opened if MARK in source.header)
    found = Filled(name, rows.sheet)
    method = next((source for source in opened if METHOD in source.header), None)
    try:
        _method(found, _values(method) if method is not None else {})
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        found.of = None
        found.say("sample_no_method")
        return found
    _answers(found, rows)
    return found


def _values(method: Source) -> dict[str, Any]:
    pairs = method.rows([METHOD, METHOD_VALUE]) if METHOD_VALUE in method.header else ()
    return {str(key): json.loads(text) for _, (key, text) in pairs if key in KEYS and text}


def _method(found: Filled, said: dict[str, Any]) -> None:
    """Take over how the rows were drawn; raises where it is not there or no longer as it was written."""
    table, sha, by = said["table"], said["sha256"], said.get("by")
    if table not in SAMPLED or not isinstance(sha, str) or len(sha) != 64 or not isinstance(by, str | None):
        raise ValueError("no draw")
    where = [f"{column}={value}" for column, value in said.get("where", [])]
    found.of = wanted(table, where, by)
    found.sha256, found.file = sha, str(said["file"])
    found.seed, found.size, found.population = (int(said[key]) for key in ("seed", "size", "population"))
    if not 0 < found.size <= _LONGEST or not 0 <= found.population <= _LONGEST * 100:
        raise ValueError("no size")
    found.drawn_on = date.fromisoformat(said["drawn_on"]).isoformat()


def _answers(found: Filled, rows: Source) -> None:
    assert found.of is not None
    known, allowed = questions_of(found.of.table), known_answers()
    columns = [name for name in rows.header if name.startswith(QUESTION)]
    asked = [name for name in columns if name.removeprefix(QUESTION) in known and columns.count(name) == 1]
    for name in sorted(set(columns) - set(asked)):
        found.say("sample_column", cell=f"{get_column_letter(rows.header.index(name) + 1)}1")
    found.asked = tuple(name.removeprefix(QUESTION) for name in asked)
    if not {"row", "file_sheet"} <= set(rows.header) or not asked:
        found.say("sample_no_rows")
        return
    wrong: list[str] = []
    for number, (row, sheet, *cells) in rows.rows(["row", "file_sheet", *asked]):
        if number <= HEADING_ROW or not any((row, *cells)):
            continue
        given = _row(found, number, row, sheet)
        if given is None:
            continue
        for name, text in zip(asked, cells, strict=True):
            said = allowed.get(fold(text)) if text else None
            if text and text.strip() and said is None:
                wrong.append(f"{get_column_letter(rows.header.index(name) + 1)}{number}")
            question = name.removeprefix(QUESTION)
            given[question] = _agreed(given, question, said)
    _say_wrong(found, wrong)


def _row(found: Filled, number: int, row: str | None, sheet: str | None) -> dict[str, Said | None] | None:
    """Return where the answers of a row belong; None where it cannot be told which record it is about."""
    at = _at(row, sheet)
    if at is None:
        found.say("sample_row", cell=f"A{number}")
        return None
    if at in found.answers:
        found.say("sample_row_twice", cell=f"A{number}")
    found.lines[at] = number
    return found.answers.setdefault(at, {})


def _agreed(given: dict[str, Said | None], question: str, said: Said | None) -> Said | None:
    """Return the answer; what was answered twice and differently was not judged."""
    before = given.get(question)
    return before if said is None else said if before in (None, said) else "not_audible"


def _at(row: str | None, sheet: str | None) -> tuple[str | None, int] | None:
    plain = (row or "").strip()
    return (sheet or None, int(plain)) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def _say_wrong(found: Filled, cells: list[str]) -> None:
    assert found.of is not None
    for cell in cells[:SHOWN_CELLS]:
        found.say("sample_cell" if found.of.table == "calls" else "sample_cell_read", cell=cell)
    if len(cells) > SHOWN_CELLS:
        found.say("sample_cells", count=len(cells) - SHOWN_CELLS)
