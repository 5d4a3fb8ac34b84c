"""One table from the parts that files give of it: what leaves (after the extraction, told twice), the rest in order.

Small tables are frames in memory. A table with a large part is gone through by its keys' hashes first, and only rows
that may be doubles are looked at, a bounded number at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import polars as pl

from gdpr_assess.practices.exports import AS_OF, AS_OF_DAY, FILE, Fact, schema_of
from gdpr_assess.practices.facts import marked
from gdpr_assess.practices.readers.typed import ROW, UPDATED, day_flag
from gdpr_assess.practices.records import FORM, Found, current, later, told
from gdpr_assess.practices.stored import Rows, Stored
from gdpr_assess.practices.tables import Table

Parts = Sequence[tuple[Rows, Fact]]
Whole = tuple[pl.DataFrame | pl.LazyFrame, int, Found]
"""The rows that count, how many they are, and what left."""
_PART, _AT, _MARK, _FUTURE = "_part", "_at", "_mark", "_future"
AT_ONCE = 1_000_000
"""So many rows that may be doubles are compared at once."""


def together(parts: Parts, table: Table, zone: ZoneInfo) -> Whole:
    """Return the rows of a table that count, and what left, by file."""
    if any(isinstance(rows, Stored) for rows, _ in parts):
        return _large(parts, table, zone)
    whole = pl.concat([marked(rows.lazy(), fact, zone) for rows, fact in parts], how="diagonal").collect()
    kept, found = current(whole, table, zone.key)
    return kept.select(list(schema_of(table))), kept.height, found


def shown(rows: Rows, table: Table) -> pl.DataFrame:
    """Return rows with the first and last date of a part: what is needed to hold it against the stated period."""
    if isinstance(rows, pl.DataFrame):
        return rows
    if table.dated is None:
        return pl.DataFrame()
    return rows.lazy().select(pl.concat([pl.col(table.dated).min(), pl.col(table.dated).max()])).collect()


def _large(parts: Parts, table: Table, zone: ZoneInfo) -> Whole:
    looked = [_looked(number, rows, fact, table, zone) for number, (rows, fact) in enumerate(parts)]
    files = [marked(pl.DataFrame({ROW: [0]}), fact, zone)[FILE].item() for _, fact in parts]
    names = pl.DataFrame({_PART: pl.Series(range(len(files)), dtype=pl.UInt32), FILE: files})
    later_ones = pl.concat([frame.filter(_FUTURE) for frame in looked]).join(names, on=_PART)
    found: Found = []
    if table.dated is not None:
        found += told("row_after_extraction", later_ones, {"column": table.dated})
    gone = later_ones.select(_PART, _AT)
    if table.key:
        doubles = _doubles(parts, looked, table, zone)
        found += told("row_twice", doubles, {"column": table.key[0]})
        gone = pl.concat([gone, doubles.select(_PART, _AT)])
    kept = [(_without(rows, gone.filter(pl.col(_PART) == number)[_AT]), fact)
            for number, (rows, fact) in enumerate(parts)]  # fmt: skip
    columns = list(schema_of(table))
    lazy = pl.concat([marked(rows.lazy(), fact, zone).select(columns) for rows, fact in kept])
    return lazy, sum(rows.height for rows, _ in kept), found


def _looked(number: int, rows: Rows, fact: Fact, table: Table, zone: ZoneInfo) -> pl.DataFrame:
    """Return for each row of a part where it stands, whether it is from after the extraction, and its key's hash."""
    future = pl.lit(value=False)
    if table.dated is not None:
        moment = later(table.dated, day_flag(table.dated), pl.col(AS_OF), pl.col(AS_OF_DAY), zone.key)
        future = moment.fill_null(value=False)
    lazy = marked(rows.lazy(), fact, zone).with_row_index(_AT)
    return lazy.select(
        pl.lit(number, pl.UInt32).alias(_PART), _AT, ROW, future.alias(_FUTURE), _hash(table).alias(_MARK)
    ).collect(engine="streaming")  # fmt: skip


def _hash(table: Table) -> pl.Expr:
    """Return a number that is the same for the same record; null where a row has no key."""
    if not table.key:
        return pl.lit(None, pl.UInt64)
    mixed = pl.struct(FORM, *table.key).hash()
    return pl.when(pl.col(table.key[0]).is_not_null()).then(mixed)


def _doubles(parts: Parts, looked: list[pl.DataFrame], table: Table, zone: ZoneInfo) -> pl.DataFrame:
    """Return the rows that a newer one of the same record replaces."""
    marks = pl.concat([frame.filter(~pl.col(_FUTURE))[_MARK].drop_nulls() for frame in looked])
    again = marks.filter(marks.is_duplicated())
    nothing = pl.DataFrame(schema={_PART: pl.UInt32, _AT: pl.get_index_type(), FILE: pl.String, ROW: pl.Int64})
    found = [nothing]
    turns = len(again) // AT_ONCE + 1
    for turn in range(turns):
        wanted = again.filter(again % turns == turn).unique()
        if len(wanted):
            found.append(_replaced(parts, looked, table, zone, wanted))
    return pl.concat(found)


def _replaced(
    parts: Parts, looked: list[pl.DataFrame], table: Table, zone: ZoneInfo, wanted: pl.Series
) -> pl.DataFrame:
    dated = [table.dated] if table.dated else []
    order = [UPDATED, AS_OF, *dated, FILE, ROW]
    frames = []
    for (rows, fact), frame in zip(parts, looked, strict=True):
        at = frame.filter(~pl.col(_FUTURE), pl.col(_MARK).is_in(wanted.implode())).select(_PART, _AT)
        lazy = marked(rows.lazy(), fact, zone).with_row_index(_AT).join(at.lazy(), on=_AT)
        frames.append(lazy.select(_PART, _AT, FORM, *table.key, *order).collect(engine="streaming"))
    whole = pl.concat(frames)
    kept = whole.sort(order, nulls_last=False).unique([FORM, *table.key], keep="last", maintain_order=True)
    return whole.join(kept, on=[_PART, _AT], how="anti").select(_PART, _AT, FILE, ROW)


def _without(rows: Rows, gone: pl.Series) -> Rows:
    if not len(gone):
        return rows
    if isinstance(rows, pl.DataFrame):
        return _dropped(0, rows, gone)
    return rows.changed(lambda first, frame: _dropped(first, frame, gone))


def _dropped(first: int, frame: pl.DataFrame, gone: pl.Series) -> pl.DataFrame:
    at = pl.Series(range(first, first + frame.height), dtype=gone.dtype)
    return frame.filter(~at.is_in(gone.implode()))
