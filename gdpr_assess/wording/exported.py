"""Wordings inside exports: a column of a table, or the fields in which a vendor's export holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pydantic import Field

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Noun, WordingKind
from gdpr_assess.wording.files import visible
from gdpr_assess.yamlfile import load

FILE = PACKAGE / "wording" / "export_fields.yaml"
COLUMNS = ("text", "wording", "message", "body", "script", "announcement")
"""Headers under which a table usually holds its texts, in the order in which they are taken."""
_DEEPEST = 60
"""Levels of objects and lists that are looked into; no vendor nests half as deep."""
Said = dict[str, tuple[str, ...]]


class ExportField(Noun):
    """One field that holds wordings; see export_fields.yaml."""

    path: str
    kind: WordingKind | None = None
    when: Said = Field(default_factory=dict)
    unless: Said = Field(default_factory=dict)
    beside: tuple[str, ...] = ()
    if_empty: str = ""
    conversation: bool = False
    once: bool = False
    unread: str = ""


class Exports(Noun):
    """What is known of exports: lists whose records stand for themselves, and fields by vendor."""

    lists: frozenset[str]
    fields: dict[str, tuple[ExportField, ...]]


@dataclass(frozen=True)
class Held:
    """A known field met in an export: where, and the words; they are empty where there is nothing to be read."""

    where: str
    field: ExportField
    text: str


class _Way(NamedTuple):
    """The way to a value: its names, how it may be shown, and the objects around it, the nearest last."""

    names: tuple[str, ...]
    place: str
    around: tuple[dict[str, Any], ...] = ()
    depth: int = 0

    def member(self, number: int, name: str, beside: dict[str, Any]) -> _Way:
        dotted = f"{self.place}.{name}" if self.place else name
        place = dotted if name in _known_names() else f"{self.place}[{number}]"
        return _Way((*self.names, name), place, (*self.around, beside), self.depth + 1)

    def item(self, number: int, value: Any) -> _Way:
        names = self.names if isinstance(value, dict | list) else (*self.names, str(number))
        return _Way(names, f"{self.place}[{number}]", self.around, self.depth + 1)


@cache
def exports() -> Exports:
    """Return what is known of exports."""
    return load(FILE, Exports)


@cache
def export_fields() -> tuple[ExportField, ...]:
    """Return the fields of all vendors."""
    return tuple(field for fields in exports().fields.values() for field in fields)


def held(record: Any, where: str = "") -> Iterator[Held]:
    """Yield the known fields inside one record of an export; HTML becomes what people see.

    Names that no vendor uses may be those of people: in their stead the place shows a number.
    """
    yield from _inside(record, _Way((where,) if where else (), where))


def _inside(value: Any, way: _Way) -> Iterator[Held]:
    if way.depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for number, (name, inner) in enumerate(value.items()):
            if name in _endings() or isinstance(inner, dict | list):
                yield from _inside(inner, way.member(number, name, value))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if isinstance(inner, dict | list) or str(number) in _endings():
                yield from _inside(inner, way.item(number, inner))
    elif way.around and way.names[-1] in _endings():
        yield from _met(value, way)


@cache
def _known_names() -> frozenset[str]:
    return exports().lists.union(*(field.path.split(".") for field in export_fields()))


@cache
def _endings() -> dict[str, list[tuple[tuple[str, ...], ExportField]]]:
    """Return the fields by the last name of their paths."""
    found: dict[str, list[tuple[tuple[str, ...], ExportField]]] = {}
    for field in export_fields():
        path = tuple(field.path.split("."))
        found.setdefault(path[-1], []).append((path, field))
    return found


def _met(value: Any, way: _Way) -> Iterator[Held]:
    """Yield the first field that fits a value and may be read, or else one that fits, without words."""
    met = [field for path, field in _endings()[way.names[-1]] if _fits(path, way.names)]
    for field in met:
        if _applies(field, way.around):
            text = value.strip() if isinstance(value, str) else ""
            yield Held(way.place, field, visible(text) if "<" in text else text)
            return
    if met:
        yield Held(way.place, met[0], "")


def _fits(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    ends = names[-len(path) :]
    if "*" not in path or len(ends) < len(path):
        return ends == path
    return all(name in ("*", theirs) for name, theirs in zip(path, ends, strict=True))


def _applies(field: ExportField, around: tuple[dict[str, Any], ...]) -> bool:
    beside = around[-1]
    return (
        all(name in beside for name in field.beside)
        and all(_said(beside, name) in allowed for name, allowed in field.when.items())
        and all(_said(beside, name) not in barred for name, barred in field.unless.items())
        and not (field.if_empty and any(str(one.get(field.if_empty) or "").strip() for one in around))
    )


def _said(beside: dict[str, Any], name: str) -> str:
    value: Any = beside
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return str(value).lower() if isinstance(value, bool) else str(value)
