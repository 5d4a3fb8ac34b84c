"""Which table (or tables) a source gives, and its rows as text under our names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from gdpr_assess.practices.mapping import FileMap, canonical, plain, vendor_of
from gdpr_assess.practices.readers.json_records import JsonRecords, flat
from gdpr_assess.practices.readers.nested import Nested, nested_of
from gdpr_assess.practices.readers.source import Cell, Source
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.tables import TABLES

BATCH = 50_000
SIDES = ("caller", "called")
"""Names for numbers whose owner follows from the direction of the call or message."""


@dataclass
class Meaning:
    """How one source is read: its format's name, and for each table our name -> the source's name."""

    form: str
    columns: dict[str, dict[str, str]]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    zone: str | None = None
    nested: Nested | None = None
    verified: bool = True
    unused: list[str] = field(default_factory=list)


def meaning_of(source: Source, stem: str, given: FileMap | None) -> Meaning | None:
    """Return how a source is read: as evidence.yaml says, as a vendor's format, or by our own column names."""
    header = source.header
    nested = nested_of(frozenset(header))
    if nested is not None and (given is None or given.table is None or given.table in nested.fills):
        return _nested(nested, given)
    if given is not None and given.table is not None:
        return _by_map(header, given)
    if (vendor := vendor_of(header)) is not None:
        columns = {
            ours: theirs for ours, theirs in vendor.columns.items() if theirs in header or theirs.startswith("$")
        }
        unused = [name for name in header if name not in columns.values()]
        return Meaning(
            vendor.vendor, {vendor.table: columns}, vendor.values, vendor.time_zone, None, vendor.verified, unused
        )
    table = canonical(header, stem) or canonical(header, source.sheet or stem)
    if table is None:
        return None
    columns = {plain(name): name for name in header if plain(name) in table.names}
    return Meaning(
        "canonical", {table.name: columns}, unused=[name for name in header if plain(name) not in table.names]
    )


def _nested(nested: Nested, given: FileMap | None) -> Meaning:
    columns = {table: dict.fromkeys(names, "") for table, names in nested.fills.items()}
    if given is not None and given.table in columns:
        columns[given.table] |= given.columns
    values = given.values if given is not None else {}
    return Meaning(nested.vendor, columns, values, nested.zone, nested, nested.verified)


def _by_map(header: list[str], given: FileMap) -> Meaning:
    assert given.table is not None
    own = {plain(name): name for name in header if plain(name) in TABLES[given.table].names}
    taken = set(given.columns.values())
    named = {ours: theirs for ours, theirs in own.items() if theirs not in taken and ours not in given.columns}
    listed = {ours: theirs for ours, theirs in given.columns.items() if ours in (*TABLES[given.table].names, *SIDES)}
    columns = named | {ours: theirs for ours, theirs in listed.items() if theirs in header or theirs.startswith("$")}
    unused = [name for name in header if name not in columns.values()]
    return Meaning("mapped", {given.table: columns}, given.values, given.time_zone, unused=unused)


def without_doubles(source: Source, meaning: Meaning) -> list[str]:
    """Take columns out whose header stands twice in the source; return our names of them."""
    doubled = {plain(name) for name, count in Counter(map(plain, source.header)).items() if count > 1 and name}
    lost = []
    for columns in meaning.columns.values():
        for ours, theirs in list(columns.items()):
            if theirs and plain(theirs) in doubled:
                lost.append(ours)
                del columns[ours]
    return lost


def frames(source: Source, meaning: Meaning) -> dict[str, pl.DataFrame]:
    """Return the text of every table of a source, row numbers included."""
    if meaning.nested is not None:
        return _nested_frames(source, meaning)
    ((table, columns),) = meaning.columns.items()
    wanted = [theirs for theirs in columns.values() if not theirs.startswith("$")]
    names = [ours for ours, theirs in columns.items() if not theirs.startswith("$")]
    frame = _gathered(source.rows(wanted), names)
    fixed = {ours: theirs[1:] for ours, theirs in columns.items() if theirs.startswith("$")}
    frame = frame.with_columns(**{ours: pl.lit(value) for ours, value in fixed.items()})
    return {table: _sides(frame, meaning.values.get("direction", {}), TABLES[table].names)}


def _gathered(rows: Iterator[tuple[int, Sequence[Cell]]], names: list[str]) -> pl.DataFrame:
    schema = {ROW: pl.Int64()} | {name: pl.String() for name in names}
    parts = [pl.DataFrame(schema=schema)]
    numbers: list[int] = []
    cells: list[Sequence[Cell]] = []
    for number, row in rows:
        numbers.append(number)
        cells.append(row)
        if len(numbers) >= BATCH:
            parts.append(_frame(numbers, cells, names))
            numbers, cells = [], []
    parts.append(_frame(numbers, cells, names))
    return pl.concat(parts)


def _frame(numbers: list[int], cells: list[Sequence[Cell]], names: list[str]) -> pl.DataFrame:
    columns = list(zip(*cells, strict=True)) if cells else [()] * len(names)
    made = [pl.Series(name, column, dtype=pl.String) for name, column in zip(names, columns, strict=True)]
    return pl.DataFrame([pl.Series(ROW, numbers, dtype=pl.Int64), *made])


def _sides(frame: pl.DataFrame, words: dict[str, str], allowed: tuple[str, ...]) -> pl.DataFrame:
    """Turn caller and called into the customer's and the company's number, by direction."""
    if not set(SIDES) & set(frame.columns):
        return frame
    empty = pl.lit(None, pl.String)
    caller, called = (pl.col(side) if side in frame.columns else empty for side in SIDES)
    outbound: pl.Expr = pl.lit(None, pl.Boolean)
    if "direction" in frame.columns:
        word = pl.col("direction").str.strip_chars().str.to_lowercase()
        ours = word.replace({key.strip().casefold(): value for key, value in words.items()})
        outbound = pl.when(ours.str.starts_with("out")).then(True).when(ours.str.starts_with("in")).then(False)
    customer = "customer_number" if "customer_number" in allowed else "customer_address"
    made = {customer: pl.when(outbound).then(called).when(~outbound).then(caller)}
    if "company_number" in allowed:
        made["company_number"] = pl.when(outbound).then(caller).when(~outbound).then(called)
    return frame.with_columns(**made).drop([side for side in SIDES if side in frame.columns])


def _nested_frames(source: Source, meaning: Meaning) -> dict[str, pl.DataFrame]:
    assert meaning.nested is not None
    held: dict[str, tuple[list[int], list[Sequence[Cell]]]] = {table: ([], []) for table in meaning.columns}
    for number, record, extra in _records(source):
        for table, row in meaning.nested.rows(record):
            names = meaning.columns[table]
            held[table][0].append(number)
            held[table][1].append([extra.get(theirs) if theirs else row.get(ours) for ours, theirs in names.items()])
    return {table: _frame(numbers, cells, list(meaning.columns[table])) for table, (numbers, cells) in held.items()}


def _records(source: Source) -> Iterator[tuple[int, dict[str, object], dict[str, Cell]]]:
    if isinstance(source, JsonRecords):
        for number, record in source.records():
            yield number, record, flat(record)
        return
    for number, cells in source.rows(source.header):
        record = dict(zip(source.header, cells, strict=True))
        yield number, dict(record), record


def stem_of(path: Path) -> str:
    """Return a file's name up to its first dot."""
    return path.name.split(".")[0]
