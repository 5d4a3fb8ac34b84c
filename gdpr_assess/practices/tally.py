"""Counts judged rows as they come, so that the rows of a large table never lie in memory together."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from gdpr_assess.practices.case import BAD, CHANNEL, IN
from gdpr_assess.practices.checks.consent import REASONS
from gdpr_assess.practices.checks.rights import FROM_IDENTITY
from gdpr_assess.practices.exports import FILE, Exports
from gdpr_assess.practices.readers.typed import ROW

PLACES, PLACES_OF_CHANNEL = 100, 20
_COUNTS = ("population", "exceptions", "clean")


class Tally:
    """What a result keeps of its rows: counts in all and by channel, the first exceptions, counts given besides."""

    def __init__(self) -> None:
        self._channels: dict[str | None, Counter[str]] = {}
        self._places = pl.DataFrame(schema={FILE: pl.String, ROW: pl.Int64})
        self._places_of = pl.DataFrame(schema={CHANNEL: pl.String, FILE: pl.String, ROW: pl.Int64})
        self._reasons: Counter[str] = Counter()
        self.apart: dict[str, Any] = {}

    def add(self, rows: pl.DataFrame) -> None:
        """Count more rows."""
        population = rows.filter(pl.col(IN).is_null() | pl.col(IN))
        counted = population.group_by(CHANNEL).agg(
            pl.len(), (pl.col(IN) & pl.col(BAD)).sum(), (pl.col(IN) & ~pl.col(BAD)).sum().alias("clean")
        )
        for channel, *numbers in counted.iter_rows():
            self._channels.setdefault(channel, Counter()).update(dict(zip(_COUNTS, numbers, strict=True)))
        exceptions = population.filter(pl.col(IN) & pl.col(BAD))
        self._places = pl.concat([self._places, exceptions.select(FILE, ROW)]).sort(FILE, ROW).head(PLACES)
        of_channel = pl.concat([self._places_of, exceptions.select(CHANNEL, FILE, ROW)]).sort(FILE, ROW)
        self._places_of = of_channel.group_by(CHANNEL, maintain_order=True).head(PLACES_OF_CHANNEL)
        self._besides(exceptions)

    def _besides(self, exceptions: pl.DataFrame) -> None:
        """Count why consents are not valid, and how many answers are late from the check of identity."""
        if REASONS in exceptions.columns:
            self._reasons.update(dict(exceptions[REASONS].explode().drop_nulls().value_counts().iter_rows()))
            self.apart["reasons"] = dict(sorted(self._reasons.items()))
        if FROM_IDENTITY in exceptions.columns:
            known = self.apart.get("exceptions_from_identity", 0)
            self.apart["exceptions_from_identity"] = known + exceptions.filter(pl.col(FROM_IDENTITY)).height

    @property
    def counts(self) -> dict[str, int]:
        """Population, exceptions and untested."""
        return _shown(sum(self._channels.values(), Counter()))

    @property
    def by_channel(self) -> dict[str | None, dict[str, int]]:
        """The counts per channel where rows have one; those without one come last."""
        if not any(self._channels):
            return {}
        ordered = sorted(self._channels, key=lambda channel: (channel is None, channel or ""))
        return {channel: _shown(self._channels[channel]) for channel in ordered}

    def places_of(self, channel: str | None) -> list[tuple[str, int]]:
        """Return file (and sheet) and row of the first exceptions of a channel."""
        mine = self._places_of.filter(pl.col(CHANNEL).eq_missing(pl.lit(channel, pl.String)))
        return mine.sort(FILE, ROW).select(FILE, ROW).rows()

    @property
    def places(self) -> list[tuple[str, int]]:
        """File (and sheet) and row of the first exceptions."""
        return self._places.rows()


def _shown(counter: Counter[str]) -> dict[str, int]:
    population, exceptions, clean = (counter[name] for name in _COUNTS)
    return {"population": population, "exceptions": exceptions, "untested": population - exceptions - clean}


def tallied(rows: pl.LazyFrame, exports: Exports) -> Tally:
    """Return the counts of judged rows; those of large tables are judged and counted batch by batch."""
    tally = Tally()
    if not exports.large:
        tally.add(rows.collect())
        return tally
    seen = False
    population = rows.filter(pl.col(IN).fill_null(value=True))
    for batch in population.collect_batches(maintain_order=False, engine="streaming"):
        tally.add(batch)
        seen = True
    if not seen:
        tally.add(rows.head(0).collect())
    return tally
