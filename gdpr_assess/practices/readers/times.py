"""Moments from text, a whole column at once: ISO, RFC 2822, Unix seconds and milliseconds, and dates of a locale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl
from polars.exceptions import PolarsError

from gdpr_assess.practices.tables import MOMENT

Order = Literal["dmy", "mdy"]
_CLOCK = (
    r"(?:[T ,]\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2}(?:[.,]\d{1,9})?))?\s*(?P<ap>[AaPp]\.?\s?[Mm]\.?)?)?"
)
_ZONE = r"\s*(?P<z>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$"
_YEAR_FIRST = r"^(?P<y>\d{4})[-/.年](?P<mo>\d{1,2})[-/.月](?P<d>\d{1,2})日?" + _CLOCK + _ZONE
_DAY_FIRST = r"^(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK + _ZONE
_NAMED = (
    r"^(?:[A-Za-z]{3},\s*)?(?P<d>\d{1,2})[ -](?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ -](?P<y>\d{4})"
    + _CLOCK
    + _ZONE
)
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_UNIX = r"^[12]\d{9}(?:\d{3})?(?:\.0+)?$"
FORMAT = "%Y-%m-%d %H:%M:%S%.f"


def is_zone(name: str) -> bool:
    """Tell whether a time zone of this name is known, to Python and to Polars."""
    try:
        ZoneInfo(name)
        pl.select(pl.lit(datetime(2026, 1, 1)).dt.replace_time_zone(name))
    except (ValueError, OSError, KeyError, PolarsError):
        return False
    return True


Found = Order | Literal["ambiguous", "conflict"]
Signs = tuple[bool, bool, bool]
"""Whether the first number of some date is above 12, whether the second is, and whether all are written with dots."""


def day_signs(text: pl.Series) -> Signs | None:
    """Return what dates like 3/4/2026 tell of their order; None where a column has no such dates."""
    parts = text.drop_nulls().str.strip_chars().str.extract_groups(_DAY_FIRST).struct.unnest()
    parts = parts.filter(pl.col("a").is_not_null())
    if parts.is_empty():
        return None
    first, second = (parts[name].cast(pl.Int32).max() for name in ("a", "b"))
    return int(first or 0) > 12, int(second or 0) > 12, bool((parts["sep"] == ".").all())  # type: ignore[arg-type]


def order_by(signs: Signs | None) -> Found | None:
    """Return how dates like 3/4/2026 are written; dots mean day first; None where there are no such dates."""
    if signs is None:
        return None
    day_first, month_first, dots = signs
    if day_first or month_first:
        return "conflict" if day_first and month_first else "dmy" if day_first else "mdy"
    return "dmy" if dots else "ambiguous"


def day_order(text: pl.Series) -> Found | None:
    """Return how a column writes dates like 3/4/2026; None where it has no such dates."""
    return order_by(day_signs(text))


def all_unix(text: pl.Series) -> bool:
    """Tell whether a column holds nothing but Unix times."""
    return bool(text.drop_nulls().str.contains(_UNIX).all())


def order_of(columns: Iterable[pl.Series]) -> Found | None:
    """Return the order of a whole file: what its decided columns agree on."""
    return agreed(day_order(column) for column in columns)


def agreed(orders: Iterable[Found | None]) -> Found | None:
    """Return what the columns of a file agree on."""
    found = {order for order in orders if order is not None}
    decided = found - {"ambiguous"}
    if len(decided) > 1:
        return "conflict"
    return next(iter(decided or found), None)


def _two(name: str) -> pl.Expr:
    return pl.col(name).str.zfill(2)


def _joined(parts: pl.DataFrame, year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.DataFrame:
    """Return the columns moment (naive), offset (minutes), is_day from named groups."""
    hour = pl.col("h").cast(pl.Int32, strict=False)
    half = pl.col("ap").str.to_lowercase().str.slice(0, 1)
    hour = pl.when(half == "p").then(hour % 12 + 12).when(half == "a").then(hour % 12).otherwise(hour)
    second = pl.coalesce(pl.col("s").str.replace(",", ".", literal=True), pl.lit("00"))
    clock = pl.concat_str(
        [hour.fill_null(0).cast(pl.String).str.zfill(2), pl.col("mi").fill_null("00"), second], separator=":"
    )
    stamp = pl.concat_str([pl.concat_str([year, month, day], separator="-"), clock], separator=" ")
    zone = pl.col("z").str.replace(":", "", literal=True)
    hours, minutes = (
        zone.str.slice(1, 2).cast(pl.Int32, strict=False),
        zone.str.slice(3, 2).cast(pl.Int32, strict=False),
    )
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    offset = pl.when(zone.is_in(["Z", "UTC", "GMT"])).then(0).otherwise(sign * (hours * 60 + minutes.fill_null(0)))
    return parts.select(
        moment=stamp.str.to_datetime(FORMAT, time_unit="us", strict=False),
        offset=offset,
        is_day=pl.col("h").is_null(),
    )


def _year_first(text: pl.Series) -> pl.DataFrame:
    parts = text.str.extract_groups(_YEAR_FIRST).struct.unnest()
    return _joined(parts, pl.col("y"), _two("mo"), _two("d"))


def _locale(text: pl.Series, order: Order) -> pl.DataFrame:
    parts = text.str.extract_groups(_DAY_FIRST).struct.unnest()
    year = pl.when(pl.col("y").str.len_chars() == 2).then("20" + pl.col("y")).otherwise(pl.col("y"))
    day, month = (_two("a"), _two("b")) if order == "dmy" else (_two("b"), _two("a"))
    return _joined(parts, year, month, day)


def _named(text: pl.Series) -> pl.DataFrame:
    parts = text.str.extract_groups(_NAMED).struct.unnest()
    return _joined(parts, pl.col("y"), pl.col("mon").replace_strict(_MONTHS, default=None), _two("d"))


def _unix(text: pl.Series) -> pl.DataFrame:
    digits = text.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    factor = pl.when(digits >= 100_000_000_000).then(1_000).otherwise(1_000_000)
    return pl.DataFrame({"t": digits}).select(
        moment=(pl.col("t") * factor).cast(pl.Datetime("us")), offset=pl.lit(0, pl.Int32), is_day=pl.lit(value=False)
    )


def _forms(text: pl.Series, order: Order | None, unix: bool | None) -> list[pl.DataFrame]:
    if all_unix(text) if unix is None else unix:
        return [_unix(text)]
    found = [_year_first(text)]
    if order is not None and text.str.contains(_DAY_FIRST).any():
        found.append(_locale(text, order))
    if text.str.contains(_NAMED).any():
        found.append(_named(text))
    return found


def moments(
    text: pl.Series, zone: str, client_zone: str, order: Order | None = None, unix: bool | None = None
) -> pl.DataFrame:
    """Return columns `at` (UTC), `is_day` (no clock: midnight of the client's day), `unread`, `naive` (no zone).

    `unix` says whether the whole file has Unix times in this column, where only a part of it is given.
    """
    text = text.str.strip_chars()
    text = text.set(text == "", None)
    forms = _forms(text, order, unix)
    frame = forms[0]
    for other in forms[1:]:
        use = pl.Series(frame["moment"].is_null())
        frame = pl.DataFrame({name: other[name].zip_with(use, frame[name]) for name in frame.columns})
    local = pl.col("moment").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    as_day = pl.col("moment").dt.replace_time_zone(client_zone, ambiguous="earliest", non_existent="null")
    fixed = (pl.col("moment") - pl.duration(minutes=pl.col("offset"))).dt.replace_time_zone("UTC")
    at = (
        pl.when(pl.col("is_day"))
        .then(as_day.dt.convert_time_zone("UTC"))
        .when(pl.col("offset").is_not_null())
        .then(fixed)
        .otherwise(local.dt.convert_time_zone("UTC"))
    )
    return frame.with_columns(text).select(
        at=at.cast(MOMENT),
        is_day=(pl.col("is_day") & at.is_not_null()).fill_null(value=False),
        unread=pl.Series(text.is_not_null()) & at.is_null(),
        naive=pl.col("offset").is_null() & ~pl.col("is_day") & at.is_not_null(),
    )
