"""Which rows stand for a record: rows dated after the extraction leave, of duplicates the newest stays."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.exports import AS_OF, AS_OF_DAY, FILE
from gdpr_assess.practices.readers.source import SHOWN_ROWS, Problem
from gdpr_assess.practices.readers.typed import ROW, UPDATED, day_flag
from gdpr_assess.practices.tables import Table

FORM = "_form"
"""The format a row came in: ids of two systems may be the same number without being the same record."""
Found = list[tuple[str, list[Problem]]]


def later(left: str, left_day: str, right: pl.Expr, right_day: pl.Expr, zone: str) -> pl.Expr:
    """Tell whether a moment is later than another; where one is a bare day, by days in the client's zone."""
    day = pl.col(left_day) | right_day
    left_date = pl.col(left).dt.convert_time_zone(zone).dt.date()
    return pl.when(day).then(left_date > right.dt.convert_time_zone(zone).dt.date()).otherwise(pl.col(left) > right)


def current(frame: pl.DataFrame, table: Table, zone: str) -> tuple[pl.DataFrame, Found]:
    """Return the rows that count, and what left, by file."""
    found: Found = []
    if table.dated is not None:
        future = later(table.dated, day_flag(table.dated), pl.col(AS_OF), pl.col(AS_OF_DAY), zone).fill_null(
            value=False
        )
        found += told("row_after_extraction", frame.filter(future), {"column": table.dated})
        frame = frame.filter(~future)
    if not table.key:
        return frame, found
    kept = _newest(frame, table)
    gone = frame.join(kept.select(FILE, ROW), on=[FILE, ROW], how="anti")
    return kept, found + told("row_twice", gone, {"column": table.key[0]})


def _newest(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    named = frame.filter(pl.col(table.key[0]).is_not_null())
    nameless = frame.filter(pl.col(table.key[0]).is_null())
    if not named.select(FORM, *table.key).is_duplicated().any():
        return frame
    dated = [table.dated] if table.dated else []
    # `_updated` is the source's own word for newer, ISO in one form: the order of text is that of time
    ordered = named.sort([UPDATED, AS_OF, *dated, FILE, ROW], nulls_last=False)
    kept = ordered.unique(subset=[FORM, *table.key], keep="last", maintain_order=True)
    return pl.concat([kept, nameless]).sort(FILE, ROW, maintain_order=True)


def told(code: str, rows: pl.DataFrame, params: dict[str, str]) -> Found:
    """Return what left, as a problem of each file."""
    found: Found = []
    for (file,), part in rows.sort(FILE, ROW).group_by(FILE, maintain_order=True):
        first = part[ROW].head(SHOWN_ROWS).to_list()
        found.append((str(file), [Problem(code, part.height, first, dict(params), warning=True)]))
    return found
