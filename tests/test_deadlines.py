"""Time limits against worked cases, and properties that hold for every date and country."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.law.deadlines import (
    answer_due,
    breach_limit,
    breach_limit_full_hours,
    is_working_day,
    months_later,
    next_working_day,
)
from gdpr_assess.yamlfile import raw

CASES = raw(Path(__file__).parent / "data" / "deadlines.yaml")
DAY = date.fromisoformat


@pytest.mark.parametrize("case", CASES["answers"], ids=lambda case: case["received"])
def test_month_limits_of_every_worked_case(case: dict[str, str]) -> None:
    received, off = DAY(case["received"]), {DAY(day) for day in case["holidays"]}

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in off

    one, three = months_later(received, 1), months_later(received, 3)
    assert (one, three) == (DAY(case["raw_one_month"]), DAY(case["raw_three_months"]))
    assert next_working_day(one, works) == DAY(case["due_one_month"]) == DAY(case["extension_notice_by"])
    assert next_working_day(three, works) == DAY(case["due_extended"])


@pytest.mark.parametrize(
    ("received", "country", "due"),
    [
        ("2026-03-05", "DE", "2026-04-07"),  # Easter Monday
        ("2026-03-05", "US", "2026-04-06"),  # no holiday there
        ("2026-11-25", "SE", "2026-12-28"),  # Christmas Day, Boxing Day, Sunday
        ("2026-12-01", "PL", "2027-01-04"),
        ("2026-12-01", "UK", "2027-01-04"),
        ("2026-08-31", "FR", "2026-09-30"),
    ],
)
def test_answer_due_knows_the_holidays_of_the_country(received: str, country: str, due: str) -> None:
    assert answer_due(DAY(received), country) == DAY(due)


def test_country_without_known_holidays_has_weekends() -> None:
    assert answer_due(DAY("2026-03-05"), "XK-unknown") == DAY("2026-04-06")


@given(
    st.dates(DAY("2018-05-25"), DAY("2040-01-01")), st.sampled_from(["DE", "SE", "GB", "CH"]), st.sampled_from([1, 3])
)
def test_a_limit_is_a_working_day_at_or_soon_after_the_month(received: date, country: str, months: int) -> None:
    due, plain = answer_due(received, country, months), months_later(received, months)
    assert is_working_day(due, country)
    assert timedelta(0) <= due - plain <= timedelta(days=7)
    assert plain.day == received.day or (plain + timedelta(days=1)).day == 1


@pytest.mark.parametrize("case", CASES["breaches"], ids=lambda case: case["aware"])
def test_72_hours_of_every_worked_case(case: dict[str, str]) -> None:
    aware = datetime.fromisoformat(case["aware"]).replace(tzinfo=ZoneInfo(case["zone"]))
    assert breach_limit(aware).isoformat(timespec="minutes") == case["plain_72h"]
    assert breach_limit_full_hours(aware).isoformat(timespec="minutes") == case["reg1182_full_hours"]


def test_awareness_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        breach_limit(datetime(2026, 11, 20, 16, 30))
