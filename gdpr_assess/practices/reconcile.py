"""Whether a file is what it is said to be: its rows against the stated total, its dates against the stated period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from gdpr_assess.practices.tables import Table

_DENSE = frozenset({"calls", "messages", "recordings"})
"""Tables in which a week without a single row is a gap; requests or incidents may well be rarer."""
WEEK = timedelta(days=7)


def reconciled(frame: pl.DataFrame, table: Table, fact: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return `reconciled` (True, False, or None when nothing was stated), `seen` (first and last day) and `because`."""
    first, last = _days(frame, table, zone)
    because: list[str] = []
    stated = fact["stated_rows"]
    if stated is not None and stated != fact["rows"]:
        because.append("rows")
    if fact["bad_rows"]:
        because.append("bad_rows")
    because += _period(first, last, fact["covers"], table.name in _DENSE)
    result = False if because else True if stated is not None else None
    seen = [day.isoformat() if day else None for day in (first, last)]
    return {"reconciled": result, "seen": seen, "because": because}


def _days(frame: pl.DataFrame, table: Table, zone: str) -> tuple[date | None, date | None]:
    if table.dated is None or frame.is_empty():
        return None, None
    days = frame[table.dated].dt.convert_time_zone(zone).dt.date()
    return days.min(), days.max()  # type: ignore[return-value]


def _period(first: date | None, last: date | None, covers: list[str | None] | None, dense: bool) -> list[str]:
    if covers is None or first is None or last is None:
        return []
    start, end = (date.fromisoformat(day) if day else None for day in covers)
    found = []
    if (start and first < start - timedelta(days=1)) or (end and last > end + timedelta(days=1)):
        found.append("outside")
    if dense and ((start and first > start + WEEK) or (end and last < end - WEEK)):
        found.append("gap")
    return found
