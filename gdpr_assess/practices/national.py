"""Law of the called person's country, asked for whole columns at once; only facts that were read in a source count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import holidays
import polars as pl

from gdpr_assess import law
from gdpr_assess.installed import PACKAGE
from gdpr_assess.yamlfile import raw

Collect = Callable[[pl.LazyFrame], pl.DataFrame]
COUNTRY, CHANNEL, AT, DAY = "country", "channel", "at", "at~day"
OPT_IN, SOFT, MONTHS, IN_HOURS = "opt_in", "soft", "months", "in_hours"
_OPT_IN = {"opt_in": True, "opt_out": False, "opt_out_register": False, "opt_out_directory": False}
"""Regimes that decide whether consent is needed; the others (a register and consent together, unclear) do not."""


def zones(country: str) -> tuple[str, ...]:
    """Return the time zones of a country, or none where we hold none."""
    return tuple(raw(PACKAGE / "practices" / "zones.yaml").get(country, ()))


def consent_to_record(country: str, on: date) -> bool | None:
    """Tell whether verified law demands consent of all parties to a recording; None where it says neither."""
    land = law.country(country)
    rule = land.recording.party_rule.known(on) if land else None
    return {"all_party": True, "one_party": False}.get(rule or "")


def _regime(country: str, channel: str, on: date) -> tuple[bool | None, bool | None, int | None]:
    land = law.country(country)
    if land is None or channel not in ("phone", "email", "sms"):
        return None, None, None
    marketing = land.marketing
    rule = {"phone": marketing.live_call, "email": marketing.email, "sms": marketing.sms}[channel].known(on)
    allowed = marketing.soft_opt_in.known(on) if marketing.soft_opt_in else None
    soft = False if channel == "phone" else None if allowed is None else channel in allowed
    return _OPT_IN.get(rule or ""), soft, consent_months(country, on)


def consent_months(country: str, on: date) -> int | None:
    """Return after how many months a consent to marketing ends by verified law, or None where no rule is known."""
    land = law.country(country)
    months = land.marketing.consent_months if land else None
    return months.known(on) if months else None


def with_regime(contacts: pl.LazyFrame, collect: Collect = pl.LazyFrame.collect) -> pl.LazyFrame:
    """Add to contacts (country, channel, `day`) whether consent is needed, a soft opt-in is open, and its age limit."""
    asked = collect(contacts.select(COUNTRY, CHANNEL, "day").drop_nulls().unique()).sort(COUNTRY, CHANNEL, "day")
    found = [_regime(*row) for row in asked.iter_rows()]
    schema = {OPT_IN: pl.Boolean, SOFT: pl.Boolean, MONTHS: pl.Int32}
    answers = pl.DataFrame(found, schema=schema, orient="row")
    return contacts.join(pl.concat([asked, answers], how="horizontal").lazy(), on=[COUNTRY, CHANNEL, "day"], how="left")


def _versions(country: str, first: date, last: date) -> Iterator[tuple[date, date, law.Hours]]:
    """Yield each binding, verified rule on calling hours with the days on which it holds, newest first."""
    land = law.country(country)
    dated = land.marketing.hours if land else None
    for fact in reversed(dated.versions if dated else ()):
        start, end = max(first, fact.since or first), min(last, fact.until or last)
        if fact.verified and fact.value.binding == "law" and start <= end:
            yield start, end, fact.value


def _within(local: pl.Expr, rule: law.Hours, days_off: list[date]) -> pl.Expr:
    clock, allowed = local.dt.time(), pl.lit(value=False)
    for number, day in enumerate(law.DAYS, 1):
        for span in rule.spans.get(day, ()):
            start, end = (time.fromisoformat(part) if part != "24:00" else time.max for part in span.split("-"))
            allowed = allowed | ((local.dt.weekday() == number) & (clock >= start) & (clock < end))
    return allowed if rule.public_holidays else allowed & ~local.dt.date().is_in(days_off)


def _days_off(country: str, first: date, last: date) -> list[date]:
    if country not in holidays.list_supported_countries(include_aliases=False):
        return []
    found = holidays.country_holidays(country, years=range(first.year, last.year + 1))
    return sorted(day for day in found if first <= day <= last)


def with_hours(calls: pl.LazyFrame, collect: Collect = pl.LazyFrame.collect) -> pl.LazyFrame:
    """Add to calls (country, `at`) whether they were inside the permitted hours: null where no rule decides."""
    span = collect(calls.select(first=pl.col(AT).min(), last=pl.col(AT).max())).row(0)
    lands = collect(calls.select(COUNTRY).drop_nulls().unique())[COUNTRY].sort().to_list() if span[0] else []
    inside: pl.Expr = pl.lit(None, pl.Boolean)
    has_rule: pl.Expr = pl.lit(value=False)
    for country in lands:
        first, last = span[0].date() - timedelta(days=1), span[1].date() + timedelta(days=1)
        for start, end, rule in _versions(country, first, last):
            by_zone = [_in_zone(zone, country, (start, end), rule) for zone in zones(country)]
            if by_zone:
                holds = (pl.col(COUNTRY) == country) & pl.any_horizontal(held for held, _ in by_zone)
                has_rule = has_rule | holds
                verdict = _agreed([answer for _, answer in by_zone])
                inside = pl.when(inside.is_null() & holds).then(verdict).otherwise(inside)
    return calls.with_columns(inside.alias(IN_HOURS), has_rule.alias("has_hours"))


def _in_zone(zone: str, country: str, period: tuple[date, date], rule: law.Hours) -> tuple[pl.Expr, pl.Expr]:
    local = pl.col(AT).dt.convert_time_zone(zone)
    return local.dt.date().is_between(*period), _within(local, rule, _days_off(country, *period))


def _agreed(answers: list[pl.Expr]) -> pl.Expr:
    return pl.when(pl.all_horizontal(answers)).then(True).when(~pl.any_horizontal(answers)).then(False)
