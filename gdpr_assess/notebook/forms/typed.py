"""Between forms and the intake: what stands in a form is text as typed, judged by the code that reads the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from gdpr_assess.intake.layout import SHEETS, Column, Sheet, sheet
from gdpr_assess.intake.read import interpret
from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.model import Intake, Noun

Typed = dict[str, str]
"""One entry as typed: text by field; what is empty is left out."""
Sheets = Mapping[str, list[Typed]]


@dataclass(frozen=True)
class Mistake:
    """An issue at a field of an entry; `index` and `field` are None where it concerns the whole."""

    issue: Issue
    sheet: str | None = None
    index: int | None = None
    field: str | None = None


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a sheet that people fill in."""
    return tuple(column for column in sheet(name).columns if column.kind != "shown")


def typed_value(value: Any) -> str:
    """Return a value of the model as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(typed_value(item) for item in value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def typed_noun(noun: Noun | None) -> Typed:
    """Return an entry of the model as it would be typed."""
    values = {name: typed_value(getattr(noun, name)) for name in type(noun).model_fields} if noun else {}
    return {name: text for name, text in values.items() if text}


def typed_sheets(intake: Intake) -> dict[str, list[Typed]]:
    """Return a whole intake as it would be typed."""
    lists = {item.name: [typed_noun(noun) for noun in getattr(intake, item.name)] for item in SHEETS[1:]}
    return {"profile": [typed_noun(intake.profile)], **lists}


def _cells(texts_in_order: Iterable[str]) -> list[tuple[int, str, str]]:
    return [(number, "s", text) for number, text in enumerate(texts_in_order, 1) if text.strip()]


def _table(item: Sheet, entries: list[Typed], lang: str) -> dict[str, Any]:
    columns = columns_of(item.name)
    heads = [texts(lang)(column.text, "label") for column in columns]
    rows = [(number, _cells(entry.get(c.field, "") for c in columns)) for number, entry in enumerate(entries, 1)]
    return {"name": texts(lang)(item.text, "title"), "rows": [(0, _cells(heads)), *rows], "beyond": None}


def _profile(item: Sheet, entry: Typed, lang: str) -> dict[str, Any]:
    t = texts(lang)
    rows = [(0, _cells(t(f"intake.profile_column.{name}") for name in ("label", "value")))]
    for number, column in enumerate(item.columns, 1):
        rows.append((number, _cells([t(column.text, "label"), entry.get(column.field, "")])))
    return {"name": t(item.text, "title"), "rows": rows, "beyond": None}


def _book(sheets: Sheets, lang: str) -> dict[str, Any]:
    """Return the cells of a workbook that holds what was typed; entries are numbered from 1."""
    first, *others = SHEETS
    profile = _profile(first, next(iter(sheets["profile"]), {}), lang)
    return {"sheets": [profile, *(_table(item, sheets[item.name], lang) for item in others)]}


def _mistake(issue: Issue, titles: dict[str, Sheet]) -> Mistake:
    item = titles.get(issue.place.sheet or "")
    if item is None or not issue.place.row:
        return Mistake(issue)
    index = issue.place.row - 1
    if item.name == "profile":
        return Mistake(issue, item.name, 0, item.columns[index].field)
    letter = coordinate_from_string(issue.place.cell)[0] if issue.place.cell else "A"
    return Mistake(issue, item.name, index, columns_of(item.name)[column_index_from_string(letter) - 1].field)


def judge(sheets: Sheets, lang: str) -> tuple[Intake | None, list[Mistake]]:
    """Return the intake that was typed (None where the profile is incomplete) and every mistake, at its field."""
    result = interpret(_book(sheets, lang))
    titles = {texts(lang)(item.text, "title"): item for item in SHEETS}
    intake = result.intake.model_copy(update={"places": {}}) if result.intake else None
    return intake, [_mistake(issue, titles) for issue in result.issues]
