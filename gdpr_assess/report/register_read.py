"""Finds in a register workbook what a person changed: each edit, and everything that cannot be taken over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from gdpr_assess.flows.register_layouts import layouts
from gdpr_assess.intake.child import Book, cells_of
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.words import fold
from gdpr_assess.issue import Issue, UserError, nearest
from gdpr_assess.lang import LANGUAGES, SOURCE, texts
from gdpr_assess.model import Place
from gdpr_assess.report.register_tables import NAMES, Head, Name, heads

Cells = dict[int, Raw]
Written = dict[tuple[str, str], dict[str, Raw]]
"""Every cell as it was written, by table and row, then by column."""
EMPTY = Raw("s", "")


@dataclass(frozen=True)
class Change:
    """One cell that differs from what was written: in which table and row, and where it stands."""

    table: Name
    row: str
    head: Head
    old: Raw
    new: Raw
    place: Place


@dataclass
class Reading:
    """What was read: changes, issues on the way, and the language of the workbook."""

    changes: list[Change]
    issues: list[Issue]
    language: str


def read_changes(path: Path) -> Reading:
    """Return what was changed in a register workbook; raises UserError where it is not one of ours."""
    book, issue = cells_of(path, path.name)
    if book is None:
        raise UserError([issue] if issue else [])
    written = _written(book)
    if not written:
        raise UserError([Issue(code="register.not_ours", place=Place(file=path.name))])
    reading = Reading([], [], _language(book))
    left = set(written)
    for data in book["sheets"]:
        name = _titles().get(fold(data["name"]))
        if name in NAMES:
            left -= set(_Sheet(path.name, data, name, written, reading).read())
    for _, row in sorted(left):
        reading.issues.append(_issue("row_gone", Place(file=path.name), "warning", found=row))
    return reading


def _issue(code: str, place: Place, level: str = "error", **params: Any) -> Issue:
    return Issue.model_validate({"code": f"register.{code}", "place": place, "level": level, "params": params})


def _language(book: Book) -> str:
    shown = {fold(data["name"]) for data in book["sheets"]}
    return next((lang for lang in LANGUAGES if fold(texts(lang)("register.sheet_base")) in shown), SOURCE)


@cache
def _titles() -> dict[str, Any]:
    return {fold(texts(lang)(f"register.sheet_{name}")): name for lang in LANGUAGES for name in (*NAMES, "base")}


@cache
def _columns(name: Name) -> dict[str, Head]:
    """Return every column of a table, in whichever layout it stands, for each word accepted as its heading."""
    known: dict[str, Head] = {}
    for layout in layouts().layouts:
        for lang in LANGUAGES:
            for head in heads(name, layout, lang):
                known |= {fold(head.label): head, fold(head.key): head}
    return known


def _written(book: Book) -> Written:
    found: Written = {}
    for data in book["sheets"]:
        if _titles().get(fold(data["name"])) != "base":
            continue
        for _, line in data["rows"]:
            cells = {column: Raw(kind, value, column) for column, kind, value in line}
            if 1 in cells and 2 in cells:
                row = found.setdefault((cells[1].text, cells[2].text), {})
                if 3 in cells and 4 in cells:
                    row[cells[3].text] = cells[4]
    return found


class _Sheet:
    """One table of the workbook, compared with what was written."""

    def __init__(self, file: str, data: dict[str, Any], name: Name, written: Written, into: Reading) -> None:
        self._file, self._title, self._name = file, data["name"], name
        self._written, self._into = written, into
        self._rows = [
            (n, {column: Raw(kind, value, column) for column, kind, value in line}) for n, line in data["rows"]
        ]

    def read(self) -> Iterator[tuple[str, str]]:
        """Note what differs; yield each row that was found."""
        top, columns = self._head()
        key = next((index for index, head in columns.items() if head.key in ("entry", "id")), None)
        if key is None:
            self._note("no_heading", None, None)
            return
        seen: dict[str, int] = {}
        for number, cells in self._rows:
            if number > top and (found := self._row(number, cells, key, columns, seen)):
                yield found

    def _head(self) -> tuple[int, dict[int, Head]]:
        """Return the last row of headings and what stands in which column; a hidden name says more than a label."""
        known, top, columns = _columns(self._name), 0, dict[int, Head]()
        for number, cells in self._rows[:40]:
            heading = {i: known[fold(raw.text)] for i, raw in cells.items() if fold(raw.text) in known}
            if len(heading) < max(2, len(columns) // 2):
                continue
            names = columns if top == number - 1 else {}
            columns = {
                i: replace(names.get(i) or heading[i], label=cells[i].text)
                for i in names.keys() | heading
                if i in cells
            }
            top = number
        return top, columns

    def _row(self, number: int, cells: Cells, key: int, columns: dict[int, Head], seen: dict[str, int]) -> Any:
        name = cells.get(key, EMPTY).text
        old = self._written.get((self._name, name))
        if name in seen:
            self._note("row_twice", number, key, found=name, first=seen[name])
        elif old is None and name:
            rows = [row for table, row in self._written if table == self._name]
            self._note("unknown_entry", number, key, found=name[:60], nearest=nearest(name, rows))
        elif old is None:
            self._note("no_entry", number, key)
        else:
            seen[name] = number
            self._compare(number, cells, columns, name, old)
            return (self._name, name)
        return None

    def _compare(self, number: int, cells: Cells, columns: dict[int, Head], row: str, old: dict[str, Raw]) -> None:
        for index, head in columns.items():
            before, now = old.get(head.key, EMPTY), cells.get(index, EMPTY)
            if before.text != now.text:
                place = self._place(number, index)
                self._into.changes.append(Change(self._name, row, head, before, now, place))
        for index, raw in cells.items():
            if index not in columns and raw.text:
                self._note("own_column", number, index, "warning", letter=get_column_letter(index))

    def _place(self, row: int | None, column: int | None) -> Place:
        cell = f"{get_column_letter(column)}{row}" if row and column else None
        return Place(file=self._file, sheet=self._title, cell=cell, row=row)

    def _note(self, code: str, row: int | None, column: int | None, level: str = "error", **params: Any) -> None:
        self._into.issues.append(_issue(code, self._place(row, column), level, **params))


def sheet_of(name: Name) -> str:
    """Return the sheet of the intake that a table comes from."""
    return name if name in {item.name for item in SHEETS} else "flows"
