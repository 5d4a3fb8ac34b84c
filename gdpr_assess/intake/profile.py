"""Reads the Profile sheet: one field per line, found by its label in any language or by the hidden key beside it."""

from __future__ import annotations

from typing import Any

from gdpr_assess.intake.locate import Found, Line
from gdpr_assess.intake.typed import Wrong, value_of
from gdpr_assess.intake.words import field_labels, fold
from gdpr_assess.issue import nearest
from gdpr_assess.lang import texts
from gdpr_assess.model import Place, Profile


def field_of(line: Line) -> str | None:
    """Return the field a line is about: its label where known in any language, else its key."""
    labels = field_labels("profile")
    for part in ("label", "field"):
        if part in line.cells and fold(line.cells[part].text) in labels:
            return labels[fold(line.cells[part].text)]
    return None


def profile_lines(found: Found) -> dict[str, Line]:
    """Return the line of each field: the first with a value where a field stands on several lines."""
    lines: dict[str, Line] = {}
    for line in found.lines:
        name = field_of(line)
        if name and (name not in lines or "value" not in lines[name].cells):
            lines[name] = line
    return lines


def _label(line: Line) -> str:
    for part in ("label", "field"):
        if part in line.cells:
            return line.cells[part].text.rstrip(" *")[:60]
    return "–"


def _strays(found: Found, lines: dict[str, Line], lang: str) -> None:
    """Note values beside a label that is not ours, and second values of a field."""
    for line in found.lines:
        name, raw = field_of(line), line.cells.get("value")
        if raw is None or (name and lines[name] is line):
            continue
        if name:
            found.problem("field_twice", line.row, raw.column, field=_label(line), first=lines[name].row)
        else:
            known = [texts(lang)(column.text, "label") for column in found.sheet.columns]
            close = nearest(_label(line), known)
            found.problem("unknown_field", line.row, raw.column, field=_label(line), nearest=close)


def _required(found: Found, lines: dict[str, Line], lang: str) -> None:
    for column in found.sheet.columns:
        line = lines.get(column.field)
        if not column.required or (line and "value" in line.cells):
            continue
        if line is None:
            found.problem("field_missing", None, None, field=texts(lang)(column.text, "label"))
        else:
            found.problem("required", line.row, found.columns.get("value"), field=_label(line))


def read_profile(found: Found, lang: str, places: dict[str, Place]) -> Profile | None:
    """Return the profile, without the optional fields that are wrong; None when a required one is missing or wrong."""
    if not found.columns:
        return None
    if "value" not in found.columns:
        found.problem("column_missing", None, None, label=texts(lang)("intake.profile_column.value"), nearest=None)
        return None
    lines = profile_lines(found)
    values: dict[str, Any] = {}
    for name, line in lines.items():
        places[f"profile/{name}"] = found.place(line.row, found.columns["value"])
        raw = line.cells.get("value")
        value = value_of(raw, found.sheet.column(name), lang) if raw else None
        if isinstance(value, Wrong):
            found.problem(value.code, line.row, found.columns["value"], field=_label(line), **value.params)
        elif value not in (None, []):
            values[name] = value
    _strays(found, lines, lang)
    _required(found, lines, lang)
    complete = all(column.field in values for column in found.sheet.columns if column.required)
    return Profile.model_validate(values) if complete else None
