"""Time limits: one month for answers to people (Art. 12(3) with Regulation 1182/71) and 72 hours for breaches."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays

from gdpr_assess.law import iso

BREACH_HOURS = timedelta(hours=72)


@cache
def _calendar(country: str) -> holidays.HolidayBase | None:
    known = country in holidays.list_supported_countries(include_aliases=False)
    return holidays.country_holidays(country) if known else None


def is_working_day(day: date, country: str) -> bool:
    """Tell whether a day is neither Saturday, Sunday nor a national holiday (regional ones are not looked at)."""
    days_off = _calendar(iso(country))
    return day.weekday() < 5 and (days_off is None or day not in days_off)


def months_later(start: date, months: int) -> date:
    """Return the same-numbered day some months on, or that month's last day where there is none (Art. 3(2)(c))."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def next_working_day(day: date, works: Callable[[date], bool]) -> date:
    """Return the day itself or the next one that `works` (Art. 3(4): a period never ends on a day off)."""
    while not works(day):
        day += timedelta(days=1)
    return day


def answer_due(received: date, country: str, months: int = 1) -> date:
    """Return the last day to answer a request received on a day; 3 months after an extension that was told in time.

    `country` is the controller's. An extension must be told by `answer_due(received, country)`.
    """
    return next_working_day(months_later(received, months), lambda day: is_working_day(day, country))


def breach_limit(aware: datetime) -> datetime:
    """Return the plain end of the 72 hours of Art. 33(1): elapsed hours, through nights, weekends and holidays."""
    if aware.tzinfo is None:
        raise ValueError("the moment of awareness needs a time zone")
    return (aware.astimezone(UTC) + BREACH_HOURS).astimezone(aware.tzinfo)


def breach_limit_full_hours(aware: datetime) -> datetime:
    """Return the later reading (Art. 3(1): the hour of the event does not count); information only, never an alarm."""
    return breach_limit(aware.replace(minute=0, second=0, microsecond=0)) + timedelta(hours=1)
