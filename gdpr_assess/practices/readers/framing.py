"""The rows of a source as text under our names: one frame per table, with the number of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import polars as pl

from gdpr_assess.practices.readers.json_records import JsonRecords, flat
from gdpr_assess.practices.readers.recognising import SIDES, Meaning, Taken, twice
from gdpr_assess.practices.readers.source import SHOWN_ROWS, Cell, Source
from gdpr_assess.practices.readers.typed import ROW, in_our_words
from gdpr_assess.practices.tables import READ

BATCH = 50_000
Frames = dict[str, pl.DataFrame]
_NUMBERS = ("caller", "called", "customer_number", "customer_address", "company_number", "phone", "contact")
_BARE = r"^\s*(\d{8,15})\s*$"


def frames(source: Source, meaning: Meaning) -> tuple[Frames, int]:
    """Return the text of every table of a source, row numbers included, and how many records were read."""
    if meaning.nested is not None:
        return _nested_frames(source, meaning)
    headers = {name for taken in meaning.parts for name in (*taken.columns.values(), *_only(taken))}
    wanted = [name for name in dict.fromkeys(source.header) if name in headers]
    read = _gathered(source.rows(wanted), [f"={name}" for name in wanted])
    made = [(taken, _part(read.filter(_means(taken, wanted)), taken, meaning)) for taken in meaning.parts]
    _others(read, meaning, wanted, source)
    tables: dict[str, list[pl.DataFrame]] = {}
    for taken, frame in made:
        tables.setdefault(taken.table, []).append(frame)
    return {name: _together(parts) for name, parts in tables.items()}, read[ROW].n_unique()


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return parts[0] if len(parts) == 1 else pl.concat(parts, how="diagonal").sort(ROW, maintain_order=True)


def _only(taken: Taken) -> dict[str, tuple[str, ...]]:
    return taken.part.only if taken.part is not None else {}


def _means(taken: Taken, wanted: Sequence[str]) -> pl.Expr:
    """Tell whether a row is of the kind that a part takes."""
    asked = [
        pl.col(f"={name}").str.strip_chars().str.to_lowercase().is_in([word.casefold() for word in words])
        for name, words in _only(taken).items()
        if name in wanted
    ]
    whole = reduce(lambda left, right: left & right, asked, pl.col(ROW).is_not_null())
    return whole.fill_null(value=False)


def _others(read: pl.DataFrame, meaning: Meaning, wanted: Sequence[str], source: Source) -> None:
    """Count and place the rows that no part takes."""
    taken = reduce(lambda left, right: left | right, (_means(part, wanted) for part in meaning.parts))
    rows = read.filter(~taken)[ROW]
    for row in rows.head(SHOWN_ROWS):
        source.problems.add("rows_other", row, count=0, warning=True)
    if len(rows):
        source.problems.add("rows_other", count=len(rows), warning=True)


def _part(rows: pl.DataFrame, taken: Taken, meaning: Meaning) -> pl.DataFrame:
    cells = {
        ours: pl.lit(theirs[1:]) if theirs.startswith("$") else pl.col(f"={theirs}")
        for ours, theirs in taken.columns.items()
    }
    frame = rows.select(ROW, **cells)
    frame = _marks(frame, taken, meaning)
    words = meaning.values | (taken.part.values if taken.part is not None else {})
    if taken.part is not None:
        given = {name: said for name, said in taken.part.values.items() if name in frame.columns}
        frame = frame.with_columns(in_our_words(frame[name], said).alias(name) for name, said in given.items())
    return _sides(frame, words.get("direction", {}), READ[taken.table].names)


def _marks(frame: pl.DataFrame, taken: Taken, meaning: Meaning) -> pl.DataFrame:
    """Empty what stands for nothing, and turn cells whose being filled is the answer into yes and no."""
    vendor, part = meaning.vendor, taken.part
    if vendor is None or part is None:
        return frame
    names = [name for name in frame.columns if name != ROW]
    if vendor.nulls:
        nothing = {name: pl.col(name).str.strip_chars().is_in(vendor.nulls) for name in names}
        frame = frame.with_columns(pl.when(~nothing[name]).then(pl.col(name)).alias(name) for name in names)
    if vendor.international:
        numbers = [name for name in _NUMBERS if name in names]
        frame = frame.with_columns(pl.col(name).str.replace(_BARE, "+${1}") for name in numbers)
    there = {name: pl.col(name).str.strip_chars().str.len_chars().fill_null(0) > 0 for name in names}
    yes, no = pl.lit("true"), pl.lit("false")
    made = {name: pl.when(there[name]).then(yes).otherwise(no) for name in part.filled if name in there}
    made |= {name: pl.when(there[name]).then(yes) for name in part.proves if name in there}
    return frame.with_columns(**made)


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


def _nested_frames(source: Source, meaning: Meaning) -> tuple[Frames, int]:
    assert meaning.nested is not None
    names = {taken.table: taken.columns for taken in meaning.parts}
    held: dict[str, tuple[list[int], list[Sequence[Cell]]]] = {table: ([], []) for table in names}
    count = 0
    for number, record, extra in _records(source):
        count += 1
        without = True
        for table, row in meaning.nested.rows(record):
            without = False
            held[table][0].append(number)
            held[table][1].append([_cell(ours, theirs, row, extra) for ours, theirs in names[table].items()])
        if without:
            source.problems.add("rows_other", number, warning=True)
    found = {
        table: _frame(numbers, cells, list(names[table]))
        for table, (numbers, cells) in held.items()
        if numbers or table not in meaning.nested.sometimes
    }
    return found, count


def _cell(ours: str, theirs: str, row: dict[str, Cell], extra: dict[str, Cell]) -> Cell:
    """Return a cell as the reader gives it, or from where evidence.yaml says."""
    return (extra.get(theirs) or row.get(theirs)) if theirs else row.get(ours)


def _records(source: Source) -> Iterator[tuple[int, dict[str, object], dict[str, Cell]]]:
    if isinstance(source, JsonRecords):
        for number, record in source.records():
            yield number, record, flat(record)
        return
    doubled = twice(source.header)
    for number, cells in source.rows(source.header):
        record = dict(zip(source.header, cells, strict=True)) | dict.fromkeys(doubled)
        yield number, dict(record), record
