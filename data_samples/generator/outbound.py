"""Seeded outbound contacts in which nothing is wrong: calls, text messages and newsletters to known people."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from data_samples.generator.records import NUMBERS, Centre, Row, Rows, iso, working_hour

# Ranges that the Swedish regulator keeps for books and films: mobile, Stockholm, Gothenburg, Malmö, Kiruna.
SWEDEN = ("+467017406{:02d}", "+4684650{:04d}", "+46313900{:03d}", "+46406280{:03d}", "+46980319{:03d}")
_SWEDISH = (
    *(SWEDEN[0].format(n) for n in range(5, 100)),
    *(SWEDEN[1].format(n) for n in range(400, 500)),
    *(SWEDEN[2].format(n) for n in range(600, 700)),
    *(SWEDEN[3].format(n) for n in range(400, 500)),
    *(SWEDEN[4].format(n) for n in range(200, 300)),
)
DAYS_OFF = frozenset((date(2026, 4, 2), date(2026, 5, 14), date(2026, 11, 11), date(2026, 12, 24)))
"""Public holidays of 2026 in the north and in Poland that fall on a Tuesday, Wednesday or Thursday."""


@dataclass(frozen=True)
class Person:
    """Somebody who is contacted."""

    number: int
    country: str
    phone: str
    email: str


def person(country: str, number: int) -> Person:
    """Return the person with this number; each has a phone number of its own."""
    phone = _SWEDISH[number] if country == "SE" else NUMBERS[country].format(number)
    return Person(number, country, phone, f"customer{number}@example.com")


def moment(rng: random.Random, first: date, last: date) -> datetime:
    """Return a moment at which calls are allowed everywhere in Europe."""
    while True:
        found = working_hour(rng, first, last)
        if found.date() not in DAYS_OFF:
            return found


def sales_calls(centre: Centre, sellers: Rows, called: Sequence[tuple[Person, datetime]], start: int = 1) -> Rows:
    """Return one sales call to each person at that moment; not recorded."""
    rows: Rows = []
    for number, (who, at) in enumerate(sorted(called, key=lambda item: (item[1], item[0].number)), start=start):
        answered = at + timedelta(seconds=centre.rng.randrange(5, 25))
        rows.append(
            {
                "call_id": f"V{number:06d}", "started_at": iso(at), "answered_at": iso(answered),
                "ended_at": iso(answered + timedelta(seconds=centre.rng.randrange(60, 600))), "direction": "outbound",
                "customer_number": who.phone, "company_number": centre.company_number, "customer_country": who.country,
                "agent": centre.rng.choice(sellers)["person"], "queue": "sales", "campaign": "autumn",
                "purpose": "marketing", "disposition": centre.rng.choice(("sold", "no", "no", "later")),
                "recorded": "false", "recording_started_at": "", "recording_stopped_at": "", "announced_at": "",
                "consent": "none", "consent_at": "", "transcript": "", "wording_id": "",
            }
        )  # fmt: skip
    return rows


def mailing(channel: str, prefix: str, sender: str, text: str, sent: Sequence[tuple[Person, datetime]]) -> Rows:
    """Return one marketing message to each person; `prefix` begins the message ids."""
    rows: Rows = []
    for number, (who, at) in enumerate(sorted(sent, key=lambda item: (item[1], item[0].number)), start=1):
        rows.append(
            {
                "message_id": f"{prefix}{number:05d}", "thread_id": f"{prefix}T{number:05d}", "channel": channel,
                "sent_at": iso(at), "direction": "outbound",
                "customer_address": who.email if channel == "email" else who.phone, "customer_country": who.country,
                "agent": sender, "subject": "", "text": text, "purpose": "marketing", "existing_customer": "false",
                "public": "false", "unsubscribe_header": "",
            }
        )  # fmt: skip
    return rows


def suppression(who: Person, channel: str, added: date, reason: str) -> Row:
    """Return an entry of the list of people who must not be contacted."""
    contact = who.email if channel == "email" else who.phone
    at = datetime(added.year, added.month, added.day, 7, tzinfo=UTC)
    return {"contact": contact, "channel": channel, "added_at": iso(at), "reason": reason, "source": "list"}


def consent(number: int, who: Person, channel: str, captured: datetime, wording: str) -> Row:
    """Return a granted marketing consent."""
    return {
        "consent_id": f"K{number:05d}", "customer_id": f"U{who.number:05d}",
        "contact": who.email if channel == "email" else who.phone, "purpose": "marketing", "channel": channel,
        "status": "granted", "captured_at": iso(captured), "method": "phone" if channel == "phone" else "web form",
        "wording_id": wording, "source": "", "withdrawn_at": "", "expires_at": "",
    }  # fmt: skip
