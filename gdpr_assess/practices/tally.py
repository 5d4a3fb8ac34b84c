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

PLACES = 100
_COUNTS = ("population", "exceptions", "clean")


class Tally:
    """What a result keeps of its rows: counts in all and by channel, the first exceptions, counts given besides."""

    def __init__(self) -> None:
        self._channels: dict[str | None, Counter[str]] = {}
        self._places = pl.DataFrame(schema={FILE: pl.String, ROW: pl.Int64})
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
    def by_channel(self) -> dict[str, dict[str, int]]:
        """The counts per channel where rows have one."""
        named = {channel: counter for channel, counter in self._channels.items() if channel is not None}
        return {channel: _shown(named[channel]) for channel in sorted(named)}

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
