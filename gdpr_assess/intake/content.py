"""What is to be written into a workbook: values of the model, and cells as typed where they could not be understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.intake.layout import SHEETS, Sheet, sheet
from gdpr_assess.intake.locate import Found, Line, Raw
from gdpr_assess.intake.profile import field_of, profile_lines
from gdpr_assess.intake.rows import Row, own_cells
from gdpr_assess.intake.typed import Wrong, value_of
from gdpr_assess.model import Intake, Noun


@dataclass
class Entry:
    """One row: a value, or the cell as typed, per field; `extra` by the heading of a column that is not ours."""

    cells: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Raw] = field(default_factory=dict)
    muted: bool = False


@dataclass
class Content:
    """Everything that goes into a workbook; `strays` are lines of the profile that are not ours."""

    profile: dict[str, Entry] = field(default_factory=dict)
    strays: list[Entry] = field(default_factory=list)
    rows: dict[str, list[Entry]] = field(default_factory=lambda: {s.name: [] for s in SHEETS if s.name != "profile"})
    headings: dict[str, list[str]] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)


def _plain(noun: Noun) -> dict[str, Any]:
    return {name: value for name in type(noun).model_fields if (value := getattr(noun, name)) not in (None, ())}


def of_intake(intake: Intake) -> Content:
    """Return the content of a workbook that says what the intake says."""
    content = Content()
    content.profile = {name: Entry({"value": value}) for name, value in _plain(intake.profile).items()}
    for name in content.rows:
        content.rows[name] = [Entry(_plain(noun)) for noun in getattr(intake, name)]
        for entry in content.rows[name]:
            own = intake.own.get(f"{name}/{'/'.join(_key(name, entry))}", {})
            entry.extra = {heading: Raw("s", text) for heading, text in own.items()}
    return content


def _merged(old: dict[str, Raw], new: dict[str, Raw], line: Line) -> dict[str, Raw]:
    """Return a row's own columns: as typed where the intake says the same, emptied where it says nothing there."""
    shown = own_cells(line)
    kept = {head: raw for head, raw in old.items() if head not in new or new[head].value == shown.get(head)}
    return {head: raw for head, raw in (new | kept).items() if raw.value != ""}


def _entry(line: Line, of: Sheet, lang: str) -> Entry:
    entry = Entry(extra=dict(line.extra))
    for name, raw in line.cells.items():
        column = of.column(name)
        value = raw if column.kind == "shown" else value_of(raw, column, lang)
        unknown = column.kind == "control" and value not in load_catalogue().controls
        entry.cells[name] = raw if unknown or isinstance(value, Wrong) else value
    return entry


def _profile_entry(line: Line, lang: str) -> Entry:
    name, entry = field_of(line), Entry(extra=dict(line.extra))
    raw = line.cells.get("value")
    if raw:
        value = value_of(raw, sheet("profile").column(name), lang) if name else raw
        entry.cells["value"] = raw if isinstance(value, Wrong) else value
    return entry


def _stray(line: Line) -> Entry | None:
    """Return a line of the profile that is not ours, unless it is one of our group headings or empty."""
    own = {name: raw for name, raw in line.cells.items() if name in ("label", "value", "help")}
    return Entry(dict(own), dict(line.extra)) if "value" in own or line.extra else None


def of_workbook(found: dict[str, Found], others: list[dict[str, Any]], lang: str) -> Content:
    """Return the content of a workbook as it is: understood values, and everything else as typed."""
    content = Content(others=others)
    for name, sheet_found in found.items():
        content.headings[name] = sorted(set(sheet_found.others.values()))
        if name == "profile":
            lines = profile_lines(sheet_found)
            content.profile = {key: _profile_entry(line, lang) for key, line in lines.items()}
            strays = (_stray(line) for line in sheet_found.lines if not any(line is own for own in lines.values()))
            content.strays = [stray for stray in strays if stray]
        else:
            content.rows[name] = [_entry(line, sheet_found.sheet, lang) for line in sheet_found.lines]
    return content


def keep_the_rest(content: Content, found: dict[str, Found], old: Content, rows: dict[str, list[Row]]) -> None:
    """Take over from an existing workbook what its intake does not hold: wrong cells, extra columns and sheets."""
    content.others, content.headings, content.strays = old.others, old.headings, old.strays
    for name, entry in old.profile.items():
        new_line = content.profile.setdefault(name, Entry())
        new_line.extra = entry.extra
        if isinstance(entry.cells.get("value"), Raw):
            new_line.cells.setdefault("value", entry.cells["value"])
    for name, kept in rows.items():
        new = {_key(name, entry): entry for entry in content.rows[name]}
        understood = {row.line.row for row in kept}
        for line, entry in zip(found[name].lines, old.rows[name], strict=True):
            same = new.get(_key(name, entry))
            if same is not None:
                same.extra = _merged(entry.extra, same.extra, line)
            elif line.row not in understood:
                content.rows[name].append(entry)


def _key(name: str, entry: Entry) -> tuple[str, ...]:
    parts = ("control", "scope") if name == "answers" else (sheet(name).key or "",)
    return tuple(str(entry.cells.get(part)) for part in parts)
