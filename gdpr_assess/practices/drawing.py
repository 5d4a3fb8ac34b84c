"""The draw: which records of an export are looked at. Anybody who repeats it with the same file gets the same rows.

Each row gets the SHA-256 of `seed|SHA-256 of the file|row` (`...|sheet|row` in a workbook). Within a group the rows
with the smallest values come first; between groups the next row goes to the group that has the largest number of
records for each row it has already got (method of Webster), after each has got one. So every group gets its share and
at least one row, and a draw of n + k rows begins with the n rows of a smaller one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from heapq import heappop, heappush, heapreplace
from operator import and_
from typing import Any

import polars as pl

from gdpr_assess.issue import nearest
from gdpr_assess.practices.exports import FILE, Exports, file_and_sheet
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.tables import TABLES

BATCH = 100_000
GROUP = "_group"
_SHORT = {"country": "customer_country", "site": "team"}
"""What people call a column, and its name; a site is the team of the agent, by the list of staff."""
TEAM = "team"
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
At = tuple[str, int]
"""A record: file (and sheet) as in `_file`, and row."""


class WrongChoice(ValueError):
    """A restriction or grouping names something that is not there; `code` is the issue, `params` its details."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)


@dataclass(frozen=True)
class Wanted:
    """Which records may be drawn: of a table, restricted to values, in groups."""

    table: str
    where: tuple[tuple[str, str], ...] = ()
    by: str | None = None


@dataclass(frozen=True)
class Drawn:
    """The rows in the order of the draw with their groups, and how many records each group has."""

    rows: tuple[At, ...]
    groups: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def population(self) -> int:
        """How many records could have been drawn."""
        return sum(self.counts.values())


def groupable(table: str) -> list[str]:
    """Return the columns that may restrict or group a draw: closed values, countries and yes or no."""
    kinds = ("choice", "country", "flag")
    return [column.name for column in TABLES[table].columns if column.kind in kinds]


def wanted(table: str, where: Iterable[str], by: str | None) -> Wanted:
    """Return what is wanted from words such as `recorded=yes` and `channel`; raises WrongChoice."""
    conditions = []
    for text in where:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign:
            raise WrongChoice("where_form", found=text)
        column = _column(table, name, groupable(table))
        conditions.append((column, _value(table, column, value)))
    group = _column(table, by, [*groupable(table), TEAM]) if by else None
    return Wanted(table, tuple(sorted(set(conditions))), group)


def _column(table: str, name: str, allowed: list[str]) -> str:
    plain = name.strip().casefold()
    column = plain if plain in allowed else _SHORT.get(plain, plain)
    if column not in allowed:
        raise WrongChoice("no_column", found=name, table=table, allowed=allowed, nearest=nearest(plain, allowed))
    return column


def _value(table: str, column: str, value: str) -> str:
    kind, allowed = TABLES[table].column(column).kind, list(TABLES[table].column(column).allowed)
    if kind == "country":
        return value.upper()
    allowed = ["yes", "no"] if kind == "flag" else allowed
    plain = {"true": "yes", "false": "no"}.get(value.casefold(), value.casefold())
    if plain not in allowed:
        raise WrongChoice("no_value", found=value, column=column, allowed=allowed, nearest=nearest(value, allowed))
    return plain


def chosen(exports: Exports, of: Wanted, files: Iterable[str]) -> pl.LazyFrame:
    """Return the rows of some files that fit, with the group of each; one that holds several messages is one."""
    table = exports[of.table]
    rows = table.rows.filter(pl.col(FILE).is_in(sorted(files)), reduce(and_, _conditions(of), pl.lit(value=True)))
    if of.table == "messages":
        rows = rows.unique([FILE, ROW], keep="first", maintain_order=True)
    if of.by is None:
        return rows.with_columns(pl.lit("").alias(GROUP))
    if of.by == TEAM:
        return _with_team(exports, rows)
    return rows.with_columns(_as_word(pl.col(of.by)).alias(GROUP))


def _conditions(of: Wanted) -> Iterator[pl.Expr]:
    for column, value in of.where:
        flag = TABLES[of.table].column(column).kind == "flag"
        yield (pl.col(column) == (_FLAGS[value] if flag else value)).fill_null(value=False)


def _as_word(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.String).replace({"true": "yes", "false": "no"}).fill_null("")


def _with_team(exports: Exports, rows: pl.LazyFrame) -> pl.LazyFrame:
    if not exports["staff"].has(TEAM):
        raise WrongChoice("no_teams")
    staff = exports["staff"].rows.select(_name(pl.col("person")).alias("_who"), pl.col(TEAM).alias(GROUP))
    teams = staff.drop_nulls("_who").sort("_who", GROUP).unique("_who", keep="first", maintain_order=True)
    joined = rows.with_columns(_name(pl.col("agent")).alias("_who")).join(teams, on="_who", how="left")
    return joined.with_columns(pl.col(GROUP).fill_null("")).drop("_who")


def _name(person: pl.Expr) -> pl.Expr:
    return person.str.strip_chars().str.to_lowercase()


def mark(seed: int, sha: str, at: At) -> int:
    """Return the number that decides on a row's place in the draw."""
    sheet = file_and_sheet(at[0])[1]
    where = f"{sheet}|{at[1]}" if sheet else str(at[1])
    return int.from_bytes(hashlib.sha256(f"{seed}|{sha}|{where}".encode()).digest())


def draw(exports: Exports, of: Wanted, files: Iterable[str], sha: str, *, seed: int, size: int) -> Drawn:
    """Return the first `size` rows of the draw (all where there are fewer), at least one of each group."""
    counts: Counter[str] = Counter()
    kept: dict[str, list[tuple[int, At]]] = {}
    for batch in exports.batches(chosen(exports, of, files).select(FILE, ROW, GROUP), BATCH):
        for file, row, group in batch.iter_rows():
            counts[group] += 1
            _keep(kept.setdefault(group, []), (-mark(seed, sha, (file, row)), (file, row)), size)
    ordered = {group: [at for _, at in sorted(rows, key=lambda one: -one[0])] for group, rows in kept.items()}
    order = list(_seats(counts, max(size, len(counts))))
    nexts = {group: iter(rows) for group, rows in ordered.items()}
    rows = tuple(next(nexts[group]) for group in order)
    return Drawn(rows, tuple(order), {group: counts[group] for group in sorted(counts)})


def _keep(heap: list[tuple[int, At]], item: tuple[int, At], size: int) -> None:
    """Keep the `size` rows with the smallest numbers (stored negative: the largest of them lies on top)."""
    if len(heap) < max(size, 1):
        heappush(heap, item)
    elif item[0] > heap[0][0]:
        heapreplace(heap, item)


def _seats(counts: dict[str, int], size: int) -> Iterator[str]:
    """Yield the group of each row to draw: first one of each, the largest first, then by share."""
    ordered = sorted(counts, key=lambda group: (-counts[group], group))
    yield from ordered
    waiting: list[tuple[float, str, int]] = []
    for group in ordered:
        if counts[group] > 1:
            heappush(waiting, (-counts[group] / 3, group, 1))
    for _ in range(min(size, sum(counts.values())) - len(ordered)):
        _, group, has = heappop(waiting)
        yield group
        if has + 1 < counts[group]:
            heappush(waiting, (-counts[group] / (2 * has + 3), group, has + 1))
