"""The rows of the sheets with a row per entry: each becomes a noun or an issue; what they name must exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.locate import Found, Line
from gdpr_assess.intake.typed import Wrong, value_of
from gdpr_assess.issue import nearest
from gdpr_assess.model import Noun

_ORDERED = (("valid_from", "valid_to"), ("covers_from", "covers_to"))
ID_SHEETS = ("sites", "partners", "systems")


@dataclass(frozen=True)
class Row:
    """A line that was understood; `key` names it within its sheet."""

    line: Line
    noun: Noun
    key: str


def own_cells(line: Line) -> dict[str, str]:
    """Return what stands in the user's own columns of a line, by heading; a day without a time is written as a day."""
    return {
        heading: raw.value[:10] if raw.kind == "d" and raw.value.endswith("T00:00:00") else raw.text
        for heading, raw in line.extra.items()
    }


def _values(found: Found, line: Line, lang: str) -> tuple[dict[str, Any], bool]:
    """Return the values of a line by field, and whether all of them are right."""
    values: dict[str, Any] = {}
    right = True
    for column in found.sheet.columns:
        raw = line.cells.get(column.field)
        if column.kind == "shown" or raw is None:
            continue
        value = value_of(raw, column, lang)
        if isinstance(value, Wrong):
            found.problem(value.code, line.row, raw.column, field=found.labels[column.field], **value.params)
            right = False
        values[column.field] = value
    for column in found.sheet.columns:
        if column.required and values.get(column.field) in (None, []) and column.field in found.columns:
            found.problem("required", line.row, found.columns[column.field], field=found.labels[column.field])
            right = False
    return {name: value for name, value in values.items() if not isinstance(value, Wrong)}, right


def _together(found: Found, line: Line, values: dict[str, Any]) -> bool:
    """Check what several cells of a line say together."""
    right = True
    for first, last in _ORDERED:
        if values.get(first) and values.get(last) and values[first] > values[last]:
            found.problem("dates_reversed", line.row, found.column_of(last), field=found.labels[last],
                          first=values[first].isoformat(), last=values[last].isoformat())  # fmt: skip
            right = False
    if found.sheet.name == "wordings" and ("text" in values) == ("file" in values):
        code = "text_and_file" if "text" in values else "text_or_file"
        found.problem(code, line.row, found.column_of("text"), found=str(values.get("id", "–")))
        right = False
    return right


def _blank(found: Found, line: Line) -> bool:
    """Tell whether nothing that is read stands in a line; an Answers row as written by us says nothing either."""
    ours = {c.field for c in found.sheet.columns if c.kind != "shown"}
    said = ours - {"control", "scope"} if found.sheet.name == "answers" else ours
    return not said & line.cells.keys()


def read_rows(found: Found, lang: str) -> list[Row]:
    """Return the lines that are right as nouns; note every mistake in the others."""
    rows: list[Row] = []
    seen: dict[str, int] = {}
    if any(column.required and column.field not in found.columns for column in found.sheet.columns):
        return rows
    for line in found.lines:
        if _blank(found, line):
            continue
        values, right = _values(found, line, lang)
        right = _together(found, line, values) and right
        right = _unique(found, line, values, seen) and right
        if right:
            noun = found.sheet.model.model_validate(values)
            key = found.sheet.key
            rows.append(Row(line, noun, getattr(noun, key) if key else f"{noun.control}/{noun.scope}"))  # type: ignore[attr-defined]
    return rows


def _unique(found: Found, line: Line, values: dict[str, Any], seen: dict[str, int]) -> bool:
    key = found.sheet.key
    if key is None or key not in values:
        return True
    name, label = str(values[key]), found.labels[key]
    first = seen.setdefault(name.casefold(), line.row)
    if first != line.row:
        found.problem("twice", line.row, found.columns[key], field=label, found=name, first=first)
    return first == line.row


def _across(found: dict[str, Found], rows: dict[str, list[Row]]) -> None:
    """Sites, partners and systems share one set of ids, since flows name them all."""
    seen: dict[str, str] = {}
    for name in ID_SHEETS:
        kept = []
        for row in rows.get(name, []):
            sheet, first = found[name], seen.get(row.key.casefold())
            if first is None:
                seen[row.key.casefold()] = f"{sheet.title}, {row.line.row}"
                kept.append(row)
            else:
                sheet.problem("id_twice", row.line.row, sheet.columns["id"], field=sheet.labels["id"], found=row.key,
                              first=first)  # fmt: skip
        if name in rows:
            rows[name] = kept


def typed_ids(found: Found, lang: str = "en") -> list[str]:
    """Return every id typed in a sheet, also those of rows that are left out for another mistake."""
    ids = []
    for line in found.lines:
        raw = line.cells.get("id")
        value = value_of(raw, found.sheet.column("id"), lang) if raw else None
        if isinstance(value, str):
            ids.append(value)
    return ids


def _meant(column: Column, value: str, ids: dict[str, list[str]]) -> tuple[str | None, list[str]]:
    """Return the id that a reference means (case does not matter), and all that it could be."""
    allowed = [n for part in column.refs for n in (ids.get(part, []) if part in ID_SHEETS else [part])]
    return {name.casefold(): name for name in allowed}.get(value.casefold()), allowed


def drop_dangling(found: dict[str, Found], rows: dict[str, list[Row]]) -> None:
    """Leave out rows that refer to nothing, then those that refer to a row left out, and note both."""
    _across(found, rows)
    typed = {name: typed_ids(found[name]) for name in ID_SHEETS if name in found}
    for name in rows:
        rows[name] = [row for row in (_resolved(found[name], row, typed, "unknown_ref") for row in rows[name]) if row]
    while True:
        kept = {name: [row.key for row in rows[name]] for name in ID_SHEETS if name in rows}
        before = sum(map(len, rows.values()))
        for name in rows:
            checked = [_resolved(found[name], row, kept, "refers_to_left_out") for row in rows[name]]
            rows[name] = [row for row in checked if row]
        if sum(map(len, rows.values())) == before:
            return


def _resolved(found: Found, row: Row, ids: dict[str, list[str]], code: str) -> Row | None:
    """Return the row with its references in the spelling of what they name, or None with an issue noted."""
    changes: dict[str, str] = {}
    wrong = False
    for column in found.sheet.columns:
        value = getattr(row.noun, column.field, None) if column.kind == "ref" else None
        if value is None:
            continue
        meant, allowed = _meant(column, value, ids)
        if meant is None:
            wrong = True
            level = "error" if code == "unknown_ref" else "warning"
            found.problem(code, row.line.row, found.column_of(column.field), level, field=found.labels[column.field],
                          found=value[:60], nearest=nearest(value, allowed))  # fmt: skip
        elif meant != value:
            changes[column.field] = meant
    if wrong:
        return None
    return Row(row.line, row.noun.model_copy(update=changes), row.key) if changes else row
