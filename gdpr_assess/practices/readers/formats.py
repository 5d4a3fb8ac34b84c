"""Every format recognised by content: flat ones are mapping files beside this module, nested ones are Python."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Noun
from gdpr_assess.practices.readers.nested import NESTED, Nested
from gdpr_assess.practices.tables import TABLES
from gdpr_assess.yamlfile import load

FOLDER = PACKAGE / "practices" / "readers"


class Part(Noun):
    """What one table takes from a row: as in a format, for the rows that `only` means."""

    table: str
    columns: dict[str, str]
    filled: dict[str, str] = Field(default_factory=dict)
    proves: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Vendor(Part):
    """A vendor's flat table: recognised when all of `recognise` are among the headers; its name is the file's.

    `columns`: our name -> the source's name (`$word`: that word in every row; names that begin with `_` serve to link
    records). `filled`: true where the source's cell holds anything, false where it is empty; `proves`: true where it
    holds anything, unknown where it is empty. `values`: our column -> its word -> ours (`word*`: beginning with; an
    empty text: the word says nothing about ours). `only`: rows whose cell is one of these words; others are counted.
    `named`: a word in the file's name that tells a format from another one with the same header. Without `columns` the
    file's people gave no consent: they are counted, and nothing is read of them. `nulls`: texts that stand for nothing.
    `international`: numbers carry their country code, with or without a plus. `also`: further tables (or the same with
    other columns) from the same rows. `note`: what to know, and why an unverified reader is unverified.
    """

    name: str = ""
    vendor: str
    recognise: tuple[str, ...] = Field(min_length=2)
    named: str = ""
    also: tuple[Part, ...] = ()
    nulls: tuple[str, ...] = ()
    international: bool = False
    time_zone: str | None = None
    verified: bool
    source: str
    note: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The format's own table, and what it gives besides."""
        return (self, *self.also)


@cache
def vendors() -> tuple[Vendor, ...]:
    """Return every vendor's flat format, by name."""
    paths = sorted(FOLDER.glob("*.yaml"))
    return tuple(load(path, Vendor).model_copy(update={"name": path.stem}) for path in paths)


def fitting(header: list[str]) -> list[Vendor]:
    """Return the vendors' formats that a header has, the most demanding ones only."""
    names = set(header)
    found = [vendor for vendor in vendors() if set(vendor.recognise) <= names]
    most = max((len(vendor.recognise) for vendor in found), default=0)
    return [vendor for vendor in found if len(vendor.recognise) == most]


def vendor_of(header: list[str], *names: str | None) -> Vendor | None:
    """Return the vendor's format that a header has; where several have it, the first name that tells decides."""
    found = fitting(header)
    if len(found) < 2:
        return next(iter(found), None)
    for name in names:
        words = set(re.split(r"[\W_]+", (name or "").casefold()))
        if told := next((vendor for vendor in found if vendor.named in words), None):
            return told
    return next((vendor for vendor in found if not vendor.named), None)


def format_names() -> tuple[str, ...]:
    """Return the name of every format, flat and nested."""
    return tuple(sorted([*(vendor.name for vendor in vendors()), *(nested.vendor for nested in NESTED)]))


def named(name: str) -> Vendor | Nested | None:
    """Return a format by its name."""
    flat = next((vendor for vendor in vendors() if vendor.name == name), None)
    return flat or next((nested for nested in NESTED if nested.vendor == name), None)


def _headers(vendor: Vendor) -> list[str]:
    return [*vendor.recognise, *(name for part in vendor.parts for name in part.columns.values())]


def known_headers() -> frozenset[str]:
    """Return every header that some table or vendor uses, folded; helps to find the delimiter."""
    ours = {name for table in TABLES.values() for name in table.names}
    flat = {name.casefold() for vendor in vendors() for name in _headers(vendor)}
    return frozenset(ours | flat | {name.casefold() for nested in NESTED for name in nested.needs})
