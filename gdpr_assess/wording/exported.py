"""Wordings inside exports: a column of a table, or the fields in which a vendor's export holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import Field, RootModel

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Noun, WordingKind
from gdpr_assess.wording.files import visible
from gdpr_assess.yamlfile import load

FILE = PACKAGE / "wording" / "export_fields.yaml"
COLUMNS = ("text", "wording", "message", "body", "script", "announcement")
"""Headers under which a table usually holds its texts, in the order in which they are taken."""


class ExportField(Noun):
    """One field that holds wordings; see export_fields.yaml."""

    path: str
    kind: WordingKind | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class ExportFields(RootModel[dict[str, tuple[ExportField, ...]]]):
    """Fields by vendor."""


@dataclass(frozen=True)
class Held:
    """A text found in an export: where, what it is used for if that is certain, and the words."""

    where: str
    kind: WordingKind | None
    text: str


@cache
def export_fields() -> tuple[ExportField, ...]:
    """Return the fields of all vendors."""
    return tuple(field for fields in load(FILE, ExportFields).root.values() for field in fields)


def held(record: Any, where: str = "") -> Iterator[Held]:
    """Yield the wordings inside one record of an export, however deep; HTML becomes what people see."""
    if isinstance(record, list):
        for item in record:
            yield from held(item, where)
    elif isinstance(record, dict):
        for name, value in record.items():
            path = f"{where}.{name}" if where else str(name)
            if isinstance(value, str):
                yield from _fitting(path, value, record)
            else:
                yield from held(value, path)


def _fitting(path: str, value: str, beside: dict[str, Any]) -> Iterator[Held]:
    for field in export_fields():
        fits = path == field.path or path.endswith(f".{field.path}")
        if fits and value.strip() and all(_said(beside.get(name)) in allowed for name, allowed in field.when.items()):
            yield Held(path, field.kind, visible(value) if "<" in value else value)
            return


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
