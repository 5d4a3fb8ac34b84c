"""Where things stand in a workbook: its sheets by title, their columns by heading, and the lines below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from gdpr_assess.intake.layout import SHEETS, Sheet
from gdpr_assess.intake.words import field_labels, fold, sheet_titles
from gdpr_assess.issue import Issue, nearest
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.lang.texts import entries
from gdpr_assess.model import Place

HEAD_ROWS = 40
"""So many rows of a sheet are searched for its headings."""
_PROFILE_COLUMNS = ("field", "label", "value", "help")


@dataclass(frozen=True)
class Raw:
    """A cell as typed; kinds as in `cells.parse`."""

    kind: str
    value: Any
    column: int = 0

    @property
    def text(self) -> str:
        """What a person sees in the cell, for comparison."""
        if isinstance(self.value, float) and self.value.is_integer() and abs(self.value) < 1e15:
            return str(int(self.value))
        return str(self.value).strip()


@dataclass(frozen=True)
class Line:
    """One row of a sheet: cells by field, and by heading those that are not ours."""

    row: int
    cells: dict[str, Raw]
    extra: dict[str, Raw] = field(default_factory=dict)


@dataclass
class Found:
    """A sheet as it was found: its title, the column of each field, and its lines."""

    sheet: Sheet
    title: str
    file: str
    columns: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of a cell, a row or the sheet."""
        cell = f"{get_column_letter(column)}{row}" if row and column else None
        return Place(file=self.file, sheet=self.title, cell=cell, row=row)

    def column_of(self, name: str) -> int:
        """Return the column of a field, or the first column where the sheet has no such column."""
        return self.columns.get(name) or min(self.columns.values(), default=1)

    def problem(self, code: str, row: int | None, column: int | None, level: str = "error", **params: Any) -> None:
        """Note one mistake."""
        self.issues.append(
            Issue.model_validate(
                {"code": f"intake.{code}", "place": self.place(row, column), "level": level, "params": params}
            )
        )


Rows = list[tuple[int, dict[int, Raw]]]


def _rows(sheet: dict[str, Any]) -> Rows:
    return [
        (number, {column: Raw(kind, value, column) for column, kind, value in cells}) for number, cells in sheet["rows"]
    ]


def _labels(sheet: Sheet) -> dict[str, str]:
    if sheet.name != "profile":
        return field_labels(sheet.name)
    own = {fold(texts(lang)(f"intake.profile_column.{name}")): name for lang in LANGUAGES for name in _PROFILE_COLUMNS}
    return own | {name: name for name in _PROFILE_COLUMNS}


def _head(rows: Rows, labels: dict[str, str]) -> list[tuple[int, dict[int, Raw]]]:
    """Return the rows of headings: those that hold about as many known headings as the best row."""
    counts = [
        (len({labels[fold(raw.text)] for raw in cells.values() if raw.kind == "s" and fold(raw.text) in labels}), row)
        for row, cells in rows[:HEAD_ROWS]
    ]
    best = max((count for count, _ in counts), default=0)
    chosen = {row for count, row in counts if count >= max(2, (best + 1) // 2)}
    return [(row, cells) for row, cells in rows[:HEAD_ROWS] if row in chosen]


def _columns(found: Found, head: Rows, labels: dict[str, str]) -> dict[int, str]:
    """Give each column its field (the lowest heading wins); return the headings of columns that are not ours."""
    heading: dict[int, str] = {}
    by_column: dict[int, str] = {}
    for _, cells in head:
        for column, raw in sorted(cells.items()):
            heading[column] = raw.text
            if fold(raw.text) in labels:
                by_column[column] = labels[fold(raw.text)]
    for column, name in sorted(by_column.items()):
        if name in found.columns:
            found.problem("column_twice", head[-1][0], column, label=heading[column])
            continue
        found.columns[name], found.labels[name] = column, heading[column].rstrip(" *")
    others: dict[int, str] = {}
    for column, text in sorted(heading.items()):
        if column not in found.columns.values():
            double = text in others.values() or column in by_column
            others[column] = f"{text} ({get_column_letter(column)})" if double else text
    return others


def _missing(found: Found, head: Rows, others: dict[int, str]) -> None:
    """Say which columns are missing, and which unknown heading may be meant."""
    lang = language_of(head, found.sheet)
    for column in found.sheet.columns:
        if column.kind == "shown" or column.field in found.columns:
            continue
        label = texts(lang)(column.text, "label")
        close = nearest(label, others.values())
        level = "error" if column.required else "warning"
        found.problem("column_missing", head[-1][0], None, level, label=label, nearest=close)


def language_of(rows: Rows, sheet: Sheet) -> str:
    """Return the language of the headings or labels in some rows: the one most of them are written in."""
    seen = {fold(raw.text) for _, cells in rows for raw in cells.values() if raw.kind == "s"}
    counts = {
        lang: sum(fold(texts(lang)(column.text, "label")) in seen for column in sheet.columns) for lang in LANGUAGES
    }
    return max(LANGUAGES, key=lambda lang: counts[lang])


def _lines(found: Found, rows: Rows) -> Iterator[Line]:
    fields = {column: name for name, column in found.columns.items()}
    for row, cells in rows:
        own = {fields[column]: raw for column, raw in cells.items() if column in fields}
        extra = {
            found.others.get(column) or get_column_letter(column): raw
            for column, raw in cells.items()
            if column not in fields
        }
        if own or extra:
            yield Line(row, own, extra)


def locate(sheet: Sheet, data: dict[str, Any], file: str) -> Found:
    """Find the headings of one sheet and return its lines by field."""
    found = Found(sheet, data["name"], file)
    if data["beyond"]:
        found.problem("beyond", data["beyond"][0], data["beyond"][1])
    rows, labels = _rows(data), _labels(sheet)
    head = _head(rows, labels)
    if not head:
        found.problem("no_heading", None, None, label=next(iter(labels_shown(sheet)), ""))
        return found
    found.others = _columns(found, head, labels)
    if sheet.name != "profile":
        _missing(found, head, found.others)
    found.lines = list(_lines(found, [item for item in rows if item[0] > head[-1][0]]))
    found.lines += _above(rows, head)
    return found


def _above(rows: Rows, head: Rows) -> Iterator[Line]:
    """Yield what a user wrote above the headings; it says nothing to us but must not get lost."""
    ours = {fold(text) for lang in LANGUAGES for key, entry in entries(lang).items() if key.startswith("intake.")
            for text in entry.values()}  # fmt: skip
    heads = {row for row, _ in head}
    for row, cells in rows:
        notes = {get_column_letter(c): raw for c, raw in cells.items() if fold(raw.text) not in ours}
        if row < head[-1][0] and row not in heads and notes:
            yield Line(row, {}, notes)


def labels_shown(sheet: Sheet) -> list[str]:
    """Return the English labels of a sheet that is read, as an example of what is looked for."""
    return [texts("en")(column.text, "label") for column in sheet.columns if column.kind != "shown"]


def find_sheets(book: dict[str, Any], file: str) -> tuple[dict[str, Found], list[dict[str, Any]], list[Issue]]:
    """Return our sheets by name, the sheets that are not ours, and what is missing or double."""
    titles, found, others, issues = sheet_titles(), dict[str, Found](), [], list[Issue]()
    for data in book["sheets"]:
        name = titles.get(fold(data["name"]))
        if name is None:
            others.append(data)
        elif name in found:
            issues.append(Issue(code="intake.sheet_twice", place=Place(file=file, sheet=data["name"])))
            others.append(data)
        elif name not in ("guide", "lists"):
            found[name] = locate(next(s for s in SHEETS if s.name == name), data, file)
    lang = book_language(found)
    for sheet in SHEETS:
        if sheet.name not in found:
            title = texts(lang)(sheet.text, "title")
            close = nearest(title, [data["name"] for data in others])
            issues.append(
                Issue(code="intake.sheet_missing", place=Place(file=file), params={"title": title, "nearest": close})
            )
    return found, others, issues


def book_language(found: dict[str, Found]) -> str:
    """Return the language of a workbook by its sheet titles; English when they say nothing."""
    counts = {
        lang: sum(fold(texts(lang)(f.sheet.text, "title")) == fold(f.title) for f in found.values())
        for lang in LANGUAGES
    }
    return max(LANGUAGES, key=lambda lang: counts[lang])
