"""The columns of the register and their order in each layout, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from gdpr_assess.intake.words import fold
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Noun
from gdpr_assess.yamlfile import load

Layout = Literal["ico", "cnil"]


class RegisterColumn(Noun):
    """One column: `edits` names a field of the intake (`flows.purpose`), `own` the sheet that keeps the entry."""

    width: int
    edits: str | None = None
    own: Literal["flows"] | None = None


class LayoutColumns(Noun):
    """The columns of one layout of the controller's record, and those that we add to its right."""

    controller: tuple[str, ...]
    after: tuple[str, ...]


class Layouts(Noun):
    """Every column, the layouts, the processor's record, and the lists of partners and systems beside it."""

    columns: dict[str, RegisterColumn]
    layouts: dict[Layout, LayoutColumns]
    processor: tuple[str, ...]
    processor_after: tuple[str, ...]
    lists: dict[Literal["partners", "systems"], tuple[str, ...]]


@cache
def layouts() -> Layouts:
    """Return the columns and layouts."""
    return load(Path(__file__).with_suffix(".yaml"), Layouts)


@cache
def _own_labels() -> dict[str, str]:
    own = [key for key, column in layouts().columns.items() if column.own]
    return {fold(texts(lang)(f"register.column_{key}")): key for lang in LANGUAGES for key in own}


def own_keys(cells: dict[str, str]) -> dict[str, str]:
    """Return those of the client's own cells that belong in the register, by our name of the column."""
    named = {_own_labels().get(fold(heading)): text for heading, text in cells.items()}
    return {key: text for key, text in named.items() if key is not None}


def heading_of(key: str, cells: dict[str, str], lang: str) -> str:
    """Return the heading under which the intake keeps a column: the one it has already, else that of the language."""
    known = (heading for heading in cells if _own_labels().get(fold(heading)) == key)
    return next(known, texts(lang)(f"register.column_{key}"))
