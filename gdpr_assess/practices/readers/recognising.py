"""Which table (or tables) a source gives, and which of its columns is which of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gdpr_assess.practices.mapping import FileMap, canonical, plain
from gdpr_assess.practices.readers.bare_list import LIST_NAMES, BareList
from gdpr_assess.practices.readers.formats import Part, Vendor, fitting, named, vendor_of
from gdpr_assess.practices.readers.nested import Nested, nested_of
from gdpr_assess.practices.readers.source import Problem, Source
from gdpr_assess.practices.tables import TABLES

ATTRIBUTES = "attributes."
"""Names under which nested readers offer what clients store in records of their own accord."""
_PROGRAM = re.compile(r"[a-z][a-z0-9_.]*")
"""Names such as programs give; any other may be that of a person and is not said."""
SIDES = ("caller", "called")
"""Names for numbers whose owner follows from the direction of the call or message."""


@dataclass
class Taken:
    """What one table takes from a source: our name -> the source's name; `part` is what a flat format says of it."""

    table: str
    columns: dict[str, str]
    part: Part | None = None


@dataclass
class Meaning:
    """How one source is read: its format's name, and what each table takes from it."""

    form: str
    parts: list[Taken]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    zone: str | None = None
    nested: Nested | None = None
    verified: bool = True
    unused: list[str] = field(default_factory=list)
    vendor: Vendor | None = None
    lost: list[str] = field(default_factory=list)
    """Tables that the source should give, but whose rows cannot be told from others."""


def meaning_of(source: Source, stem: str, given: FileMap | None) -> Meaning | None:
    """Return how a source is read: as evidence.yaml says, as a vendor's format, or by our own column names.

    A source that states its own format (an attribute `format`) is not looked at for another one.
    """
    header = source.header
    stated = named(given.format) if given is not None and given.format else named(getattr(source, "format", None) or "")
    if isinstance(stated, Vendor):
        return _flat(header, stated, given)
    nested = stated or nested_of(frozenset(header))
    if nested is not None and (stated or given is None or given.table is None or given.table in nested.fills):
        return _nested(nested, given)
    if given is not None and given.table is not None:
        return _by_map(header, given)
    if (vendor := vendor_of(header, source.sheet, stem)) is not None:
        return _flat(header, vendor, given)
    if source.form == BareList.form:
        named_so = plain(stem).startswith(LIST_NAMES)
        return Meaning(BareList.form, [Taken("suppressions", {"contact": header[0]})]) if named_so else None
    table = canonical(header, stem) or canonical(header, source.sheet or stem)
    if table is None:
        return None
    columns = {plain(name): name for name in header if plain(name) in table.names}
    return Meaning(
        "canonical", [Taken(table.name, columns)], unused=[name for name in header if plain(name) not in table.names]
    )


def _flat(header: list[str], vendor: Vendor, given: FileMap | None) -> Meaning | None:
    taken = []
    if not vendor.columns:
        return Meaning(vendor.name, [], verified=vendor.verified, vendor=vendor)
    for part in vendor.parts:
        said = given.columns if given is not None and given.table in (None, part.table) else {}
        wanted = part.columns | part.filled | part.proves | said
        columns = {ours: theirs for ours, theirs in wanted.items() if theirs in header or theirs.startswith("$")}
        if any(theirs in header for theirs in columns.values()):
            words = _values(part.values, given) if part is not vendor else {}
            taken.append(Taken(part.table, columns, part.model_copy(update={"values": words})))
    if not taken:
        return None
    used = {theirs for item in taken for theirs in item.columns.values()}
    unused = [name for name in header if name not in used]
    values = _values(vendor.values, given)
    return Meaning(vendor.name, taken, values, vendor.time_zone, None, vendor.verified, unused, vendor)


def _values(known: Mapping[str, Mapping[str, str]], given: FileMap | None) -> dict[str, dict[str, str]]:
    """Return a format's words with those of evidence.yaml over them."""
    said = given.values if given is not None else {}
    return {name: {**known.get(name, {}), **said.get(name, {})} for name in (*known, *said)}


def _nested(nested: Nested, given: FileMap | None) -> Meaning:
    columns = {table: dict.fromkeys(names, "") for table, names in nested.fills.items()}
    if given is not None and given.columns:
        target = given.table if given.table in columns else next(iter(columns), None)
        if target is not None:
            columns[target] |= given.columns
    values = _values(nested.values, given)
    taken = [Taken(table, names) for table, names in columns.items()]
    return Meaning(nested.vendor, taken, values, nested.zone, nested, nested.verified)


def _by_map(header: list[str], given: FileMap) -> Meaning:
    assert given.table is not None
    own = {plain(name): name for name in header if plain(name) in TABLES[given.table].names}
    taken = set(given.columns.values())
    named = {ours: theirs for ours, theirs in own.items() if theirs not in taken and ours not in given.columns}
    listed = {ours: theirs for ours, theirs in given.columns.items() if ours in (*TABLES[given.table].names, *SIDES)}
    columns = named | {ours: theirs for ours, theirs in listed.items() if theirs in header or theirs.startswith("$")}
    unused = [name for name in header if name not in columns.values()]
    return Meaning("mapped", [Taken(given.table, columns)], given.values, given.time_zone, unused=unused)


def unmeant(source: Source) -> Problem | None:
    """Return what is to be said of a source without a meaning, where its header is known."""
    alike = [vendor.name for vendor in fitting(source.header)]
    words = ", ".join(vendor.named for vendor in fitting(source.header))
    return Problem("format_by_name", params={"allowed": ", ".join(alike), "found": words}) if len(alike) > 1 else None


def mistakes(source: Source, meaning: Meaning, given: FileMap | None) -> list[Problem]:
    """Return what is to be said of a meaning before a row is read; columns whose header stands twice are taken out."""
    form = {"format": meaning.form}
    if meaning.vendor is not None and not meaning.vendor.columns:
        count = sum(1 for _ in source.rows([]))
        return [Problem("never_subscribed", count, params=form, warning=True)]
    if not meaning.parts:
        return [Problem("not_useful", params=form)]
    found = [] if meaning.verified else [Problem("format_unverified", params=form, warning=True)]
    found += [Problem("header_twice", rows=[1], params={"column": name}) for name in _without_doubles(source, meaning)]
    absent = sorted(absent_in(source, given, meaning))
    return found + [Problem("map_absent", rows=[1], params={"column": name}) for name in absent]


def _without_doubles(source: Source, meaning: Meaning) -> list[str]:
    """Take out columns whose header stands twice, and tables whose rows such a column picks; return their names."""
    if meaning.nested is not None:
        return _doubles_of_record(source, meaning)
    doubled = {plain(name) for name, count in Counter(map(plain, source.header)).items() if count > 1 and name}
    lost = []
    for taken in list(meaning.parts):
        picks = [name for name in (taken.part.only if taken.part else ()) if plain(name) in doubled]
        if picks:
            lost += [name for name in picks if name not in lost]
            meaning.parts.remove(taken)
            meaning.lost.append(taken.table)
            continue
        for ours, theirs in list(taken.columns.items()):
            if theirs and plain(theirs) in doubled:
                lost.append(ours)
                del taken.columns[ours]
    return lost


def _doubles_of_record(source: Source, meaning: Meaning) -> list[str]:
    """Return names that stand twice in the header of nested records given as a table; needed ones end the reading."""
    assert meaning.nested is not None
    doubled = twice(source.header)
    if doubled & meaning.nested.needs:
        meaning.lost, meaning.parts = [taken.table for taken in meaning.parts], []
    return sorted(name for name in doubled if name in meaning.nested.needs or _PROGRAM.fullmatch(name))


def absent_in(source: Source, given: FileMap | None, meaning: Meaning) -> set[str]:
    """Return the columns that evidence.yaml names and the file lacks; attributes of nested records differ by record."""
    names = set(source.header)
    wanted = given.columns.values() if given else ()
    per_record = ATTRIBUTES if meaning.nested is not None else "$"
    return {theirs for theirs in wanted if theirs not in names and not theirs.startswith(("$", per_record))}


def twice(header: list[str]) -> frozenset[str]:
    """Return the names that stand twice in a header."""
    return frozenset(name for name, count in Counter(header).items() if count > 1)


def stem_of(path: Path) -> str:
    """Return a file's name up to its first dot."""
    return path.name.split(".")[0]
