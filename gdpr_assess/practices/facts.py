"""What is known of an export beside its rows: where it lies, how it was read, when it was made, what it covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

import polars as pl

from gdpr_assess.masking import masked
from gdpr_assess.model import Evidence, Profile
from gdpr_assess.practices.exports import AS_OF, AS_OF_DAY, FILE, Fact, file_key
from gdpr_assess.practices.readers.source import Source
from gdpr_assess.practices.readers.times import is_zone
from gdpr_assess.practices.records import FORM
from gdpr_assess.practices.tables import MOMENT


def own_domains(profile: Profile) -> frozenset[str]:
    """Return the mail domains of the contacts that a profile names."""
    words = [word for text in profile.contacts for word in text.casefold().split() if "@" in word]
    return frozenset(word.rpartition("@")[2].strip(".,;:<>()") for word in words)


def extracted(entry: Evidence | None, as_of: date, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return when an export was made, and whether only its day is known; the as-of date where nothing is stated."""
    moment = entry.extracted_at if entry else None
    if moment is None:
        return datetime.combine(as_of, time(), zone), True
    is_day = moment.time() == time() and moment.tzinfo is None
    local = ZoneInfo(entry.time_zone) if entry and entry.time_zone and is_zone(entry.time_zone) and not is_day else zone
    return (moment if moment.tzinfo else moment.replace(tzinfo=local)), is_day


def fact_of(
    file: str, table: str, form: str, source: Source, height: int, entry: Evidence | None, when: tuple[datetime, bool]
) -> Fact:
    """Return what a run keeps of one table of one file."""
    moment, is_day = when
    return {
        "file": file,
        "table": table,
        "format": form,
        "sheet": source.sheet,
        "rows": height + source.bad_rows,
        "bad_rows": source.bad_rows,
        "extracted_at": moment.date().isoformat() if is_day else moment.isoformat(),
        "extracted_is_day": is_day,
        "extracted_at_default": entry is None or entry.extracted_at is None,
        "indexed": entry is not None,
        "covers": _period(entry),
        "filter": masked(entry.filter) if entry and entry.filter else None,
        "stated_rows": entry.stated_rows if entry else None,
        "basis": entry.basis if entry else None,
        "system": entry.system if entry else None,
    }


Rows = TypeVar("Rows", pl.DataFrame, pl.LazyFrame)


def marked(frame: Rows, fact: Fact, zone: ZoneInfo) -> Rows:
    """Return rows that say which file they come from, when it was extracted, and in which format it came."""
    moment = datetime.fromisoformat(fact["extracted_at"])
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return frame.with_columns(
        pl.lit(file_key(fact)).alias(FILE),
        pl.lit(moment.astimezone(UTC)).cast(MOMENT).alias(AS_OF),
        pl.lit(bool(fact["extracted_is_day"])).alias(AS_OF_DAY),
        pl.lit(fact["format"]).alias(FORM),
    )


def _period(entry: Evidence | None) -> list[str | None] | None:
    if entry is None or (entry.covers_from is None and entry.covers_to is None):
        return None
    return [day.isoformat() if day else None for day in (entry.covers_from, entry.covers_to)]
