"""What a check works with: the client's tables with three-valued questions about a row, declarations, wordings, linter.

Every question is a Polars expression: true, false, or null where the row cannot tell (no such column, or a value that
could not be read). `&`, `|` and `~` keep that meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl

from gdpr_assess.model import Intake, LintResult
from gdpr_assess.practices.exports import AS_OF, AS_OF_DAY, FILE, EvidenceTable, Exports
from gdpr_assess.practices.readers.typed import ROW, UNREAD, day_flag
from gdpr_assess.practices.text_reader import Linter, TextReader

IN, BAD, CHANNEL = "_in", "_bad", "_channel"
UNKNOWN = pl.lit(None, pl.Boolean)
NEVER = pl.lit(value=False)


class NotTestableError(Exception):
    """A check has nothing to work on; `reason` is a text key, `params` its details."""

    def __init__(self, reason: str, **params: Any) -> None:
        self.reason, self.params = reason, params
        super().__init__(reason)


@dataclass(frozen=True)
class Records:
    """One table as seen by a check."""

    source: EvidenceTable
    zone: str

    @property
    def rows(self) -> pl.LazyFrame:
        """Its rows."""
        return self.source.rows

    def there(self, name: str) -> pl.Expr:
        """Tell whether the row's file has the column."""
        files = self.source.present.get(name, frozenset())
        if files >= set(self.source.files):
            return pl.lit(value=True)
        return pl.col(FILE).is_in(sorted(files)) if files else NEVER

    def known(self, name: str) -> pl.Expr:
        """Tell whether the row says anything about a column: it is there, and its value could be read."""
        return self.there(name) & ((pl.col(UNREAD) & self.source.table.bit(name)) == 0)

    def unread(self, name: str) -> pl.Expr:
        """Tell whether there is a value that could not be read."""
        return (pl.col(UNREAD) & self.source.table.bit(name)) != 0

    def empty(self, name: str) -> pl.Expr:
        """Tell whether the value is empty; null where the row cannot tell."""
        return pl.when(self.known(name)).then(pl.col(name).is_null())

    def filled(self, name: str) -> pl.Expr:
        """Tell whether there is a value; null where the row cannot tell."""
        return ~self.empty(name)

    def not_marked(self, name: str) -> pl.Expr:
        """Tell whether a mark is absent: a column that is not there or empty marks nothing; null if unreadable."""
        return pl.when(~self.unread(name)).then(~pl.col(name).fill_null(value=False))

    def is_not(self, name: str, value: str) -> pl.Expr:
        """Tell whether the value is another one; an empty value is another one."""
        return pl.when(self.known(name)).then(pl.col(name).ne_missing(value))

    def after(self, name: str, other: str, hours: int = 0) -> pl.Expr:
        """Tell whether a time is more than `hours` later than another; where one is a bare day, by days."""
        return later(pl.col(name), pl.col(day_flag(name)), pl.col(other), pl.col(_flag(other)), self.zone, hours)

    def day(self, name: str) -> pl.Expr:
        """Return the local day of a time."""
        return local_day(pl.col(name), self.zone)

    def days_after(self, name: str, other: str, days: int) -> pl.Expr:
        """Tell whether a time lies more than `days` calendar days after another."""
        return self.day(name) > self.day(other) + timedelta(days=days)


def _flag(name: str) -> str:
    return AS_OF_DAY if name == AS_OF else day_flag(name)


def local_day(moment: pl.Expr, zone: str) -> pl.Expr:
    """Return the day of a moment in a time zone."""
    return moment.dt.convert_time_zone(zone).dt.date()


def later(left: pl.Expr, left_day: pl.Expr, right: pl.Expr, right_day: pl.Expr, zone: str, hours: int = 0) -> pl.Expr:
    """Tell whether `left` is more than `hours` later than `right`; where one is a bare day, the same day is in time."""
    limit = right + timedelta(hours=hours)
    by_day = left_day.fill_null(value=False) | right_day.fill_null(value=False)
    return pl.when(by_day).then(local_day(left, zone) > local_day(limit, zone)).otherwise(left > limit)


@dataclass(frozen=True)
class Case:
    """Everything a check may look at."""

    exports: Exports
    intake: Intake
    as_of: date
    wordings: Mapping[str, LintResult]
    lint: Linter

    @property
    def zone(self) -> str:
        """The client's time zone: its days and months are counted there."""
        return self.intake.profile.time_zone

    def records(self, name: str) -> Records:
        """Return one table."""
        return Records(self.exports[name], self.zone)

    def given(self, name: str) -> bool:
        """Whether a table was handed over."""
        return self.exports[name].given

    def require(self, table: str, *columns: str) -> None:
        """Stop a check that picks its rows by columns which no file has."""
        missing = [f"{table}.{column}" for column in columns if not self.exports[table].has(column)]
        if missing:
            raise NotTestableError("missing_columns", missing=missing)

    @cached_property
    def _reader(self) -> TextReader:
        return TextReader(self.lint, large=self.exports.large)

    def elements(self, texts: Sequence[str]) -> list[frozenset[str] | None]:
        """Return the codes of the information seen in each text; None where its language has no packs."""
        return self._reader.elements(texts)


def judged(
    rows: pl.LazyFrame, member: pl.Expr, bad: pl.Expr, channel: pl.Expr | str = "", **more: pl.Expr
) -> pl.LazyFrame:
    """Return the verdict on every row: is it in the population, is it an exception (both three-valued)."""
    where = pl.lit(channel or None, pl.String) if isinstance(channel, str) else channel
    return rows.select(FILE, ROW, member.alias(IN), bad.alias(BAD), where.alias(CHANNEL), **more)
