"""The register as tables: which columns, which rows, what stands in a cell, and where an edit of it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gdpr_assess.flows.register_layouts import Layout, RegisterColumn, layouts
from gdpr_assess.intake.layout import Column, sheet
from gdpr_assess.lang import texts
from gdpr_assess.model import Noun, Partner, Profile, System
from gdpr_assess.report.register_words import Words

Name = Literal["controller", "processor", "partners", "systems"]
NAMES: tuple[Name, ...] = ("controller", "processor", "partners", "systems")
LOCKED = frozenset(["id", "engaged_by", "operator", "role", "kind"])
"""Columns of the lists that name or join entries; they are changed in the intake only."""


@dataclass(frozen=True)
class Head:
    """A column: `column` where an edit changes a field of the intake, `own` where the entry is the client's own."""

    key: str
    label: str
    width: int
    column: Column | None = None
    own: bool = False

    @property
    def open(self) -> bool:
        """Whether people may write here."""
        return self.own or self.column is not None


@dataclass(frozen=True)
class TableRow:
    """One row: what it is called (`key`), which entries of the intake it speaks for, and its values by column."""

    key: str
    ids: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One sheet of the register; `about` is the sheet of the intake that its rows come from."""

    name: Name
    about: str
    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...] = field(default=())


@dataclass(frozen=True)
class RegisterSource:
    """What a register is made from: out of a run for readers, out of the intake for an export that is edited."""

    profile: Profile
    rows: Sequence[dict[str, Any]]
    partners: Sequence[Partner]
    systems: Sequence[System]
    as_of: date


def heads(name: Name, layout: Layout, lang: str) -> tuple[Head, ...]:
    """Return the columns of a table in the order of a layout."""
    data = layouts()
    if name in ("partners", "systems"):
        return tuple(_list_head(name, key, lang) for key in data.lists[name])
    chosen = data.layouts[layout]
    keys = chosen.controller + chosen.after if name == "controller" else data.processor + data.processor_after
    return tuple(_head(key, data.columns[key], lang) for key in keys)


def _head(key: str, data: RegisterColumn, lang: str) -> Head:
    column = sheet("flows").column(data.edits.partition(".")[2]) if data.edits else None
    return Head(key, texts(lang)(f"register.column_{key}"), data.width, column, data.own is not None)


def _list_head(name: str, key: str, lang: str) -> Head:
    column = sheet(name).column(key)
    label = texts(lang)(column.text, "label")
    return Head(key, label, max(column.width, 12), None if key in LOCKED else column)


def tables(source: RegisterSource, layout: Layout, lang: str) -> list[Table]:
    """Return the tables of a register: the records that have rows, then the recipients and systems they name."""
    words = Words(source.profile, lang)
    made = [_record(name, article, source, layout, words) for name, article in _RECORDS]
    made += [_list("partners", source.partners, layout, words), _list("systems", source.systems, layout, words)]
    return [table for table in made if table.rows]


_RECORDS: tuple[tuple[Name, str], ...] = (("controller", "30(1)"), ("processor", "30(2)"))


def _record(name: Name, article: str, source: RegisterSource, layout: Layout, words: Words) -> Table:
    found = heads(name, layout, words.lang)
    rows = [
        TableRow(_key(line, row), tuple(line["flows"]), _values(found, line, _key(line, row), words))
        for row in source.rows
        if row.get("article") == article
        for line in row["lines"]
    ]
    return Table(name, "flows", found, tuple(rows))


def _key(line: dict[str, Any], row: dict[str, Any]) -> str:
    return ", ".join(line["flows"]) or f"({', '.join(row['principals'])})"


def _values(found: tuple[Head, ...], line: dict[str, Any], key: str, words: Words) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for head in found:
        if head.column is not None:
            values[head.key] = typed(line[head.column.field], head.column)
        elif head.own:
            values[head.key] = line["own"].get(head.key) or words.default(head.key, line)
        else:
            values[head.key] = words.derived(head.key, line)
    values["entry"] = key
    return values


def typed(value: Any, column: Column) -> Any:
    """Return a value of a run as the model holds it: days as dates, several values as a tuple."""
    if isinstance(value, str) and column.kind == "date":
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _list(name: Literal["partners", "systems"], nouns: Sequence[Noun], layout: Layout, words: Words) -> Table:
    found = heads(name, layout, words.lang)
    rows = []
    for noun in nouns:
        values = {head.key: getattr(noun, head.key) for head in found}
        rows.append(TableRow(values["id"], (values["id"],), values))
    return Table(name, name, found, tuple(rows))
