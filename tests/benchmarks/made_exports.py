"""Makes the exports of a large, fictional contact centre: as many calls and messages as wanted, the same for each seed.

    python tests/benchmarks/made_exports.py --calls 5000000 --messages 5000000 FOLDER

writes calls, recordings, messages, consents, suppressions, requests, staff and training as canonical CSV. What makes
work in real exports is in them: numbers in three forms, a fifth without a country, texts in four languages of which
hardly two are alike, transcripts, times with offsets and local ones, duplicates, late withdrawals, erased people.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from gdpr_assess.practices.tables import TABLES

START, DAYS, AGENTS = datetime(2025, 10, 1, 6, tzinfo=UTC), 360, 400
LANDS = ("DE", "DE", "DE", "FR", "SE", "PL", "NL", "ES", "GB", "IT")
CODES = {
    "DE": "+4930", "FR": "+331", "SE": "+468", "PL": "+4822", "NL": "+3120", "ES": "+3491", "GB": "+4420", "IT": "+3906"
}  # fmt: skip
TRUNK = {"DE": "030", "FR": "01", "SE": "08", "PL": "22", "NL": "020", "ES": "91", "GB": "020", "IT": "06"}
NAMES = ("Alva", "Bruno", "Clara", "Dario", "Edda", "Filip", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Lena")
THINGS = ("router", "invoice", "meter", "parcel", "contract", "tariff", "heater", "licence", "booking", "refund")
TEXTS = (
    "Hello {name}, thank you for your message about the {thing}. We looked into case {n} and will answer by {day}.",
    "Guten Tag {name}, Ihre Anfrage {n} zum Vertrag ist bearbeitet. Der Techniker kommt am {day} von 9 bis 12 Uhr.",
    "Hej {name}, tack för ditt meddelande om {thing}. Ärende {n} är klart och pengarna kommer den {day}.",
    "Dzień dobry {name}, dziękujemy za wiadomość. Zgłoszenie {n} zostało przyjęte, odpowiemy do dnia {day}.",
    "The {thing} was delivered to the wrong address, order {n}. Could somebody call me back before {day}? {name}",
    "{name}, your {thing} {n} is on its way. Delivery on {day}. Please have the code from the parcel ready.",
)
FOOTER = (
    "\n\nExample Service Ltd. How we use your data, your rights and how to object: https://example.com/privacy",
    "\n\nReply STOP to hear no more offers. You may withdraw your consent at any time.",
    "\n\nMit freundlichen Grüßen\nIhr Kundendienst\nDatenschutzhinweise: https://example.com/datenschutz",
    "",
    "",
)
RARE = (
    " My card is 4111 1111 1111 1111, expiry 10/27.",
    " PESEL 44051401359.",
    " I was in hospital because of my depression, so I could not pay.",
    " Call me on +49 30 901820 or write to someone@example.org.",
)
Line = list[str]


def person(number: int) -> tuple[str, str]:
    """Return the country and the subscriber's digits of a customer."""
    return LANDS[number % len(LANDS)], f"{1_000_000 + number * 7 % 8_999_999:07}"


def number_of(who: int, pick: Random) -> str:
    """Return a customer's number, mostly as E.164, else as people write it."""
    land, digits = person(who)
    form = pick.random()
    if form < 0.85:
        return CODES[land] + digits
    return f"{TRUNK[land]} {digits[:3]} {digits[3:]}" if form < 0.95 else f"00{CODES[land][1:]}{digits}"


def address_of(who: int) -> str:
    """Return a customer's e-mail address."""
    return f"customer{who}@mail{who % 37}.example"


def some_thing(pick: Random) -> str:
    """Return a word that makes texts differ."""
    return THINGS[int(pick.random() * len(THINGS))]


def text_of(n: int, pick: Random) -> str:
    """Return the text of a message."""
    made = TEXTS[int(pick.random() * len(TEXTS))].format(
        n=200_000 + n,
        name=NAMES[int(pick.random() * len(NAMES))],
        thing=THINGS[int(pick.random() * len(THINGS))],
        day=f"{1 + n % 28}.{1 + n % 12}.2026",
    )
    noted = f" {NAMES[int(pick.random() * len(NAMES))]}: {some_thing(pick)}, {some_thing(pick)}, {n % 997}."
    return made + noted + FOOTER[n % len(FOOTER)] + (RARE[n // 500 % len(RARE)] if n % 500 == 0 else "")


def calls(count: int, people: int, pick: Random) -> Iterator[Line]:
    """Yield calls over most of a year: 60 % recorded, mostly after consent; every twentieth with a transcript."""
    step = DAYS * 86_400 / max(count, 1)
    for n in range(count):
        at = START + timedelta(seconds=int(step * n))
        moments = [(at + timedelta(seconds=second)).isoformat() for second in (0, 20, 26, 40, 45, 300 + n % 600)]
        who, chance = int(pick.random() * people), pick.random()
        land = person(who)[0]
        recorded = chance < 0.6
        consent = "none" if chance < 0.01 else "granted" if chance < 0.62 else "refused" if chance < 0.75 else ""
        outbound = pick.random() < 0.35
        yield [
            f"{n:08x}-5ca1-4e00-8000-{n * 7919 % 2**48:012x}",
            *moments[:2],
            moments[5],
            "outbound" if outbound else "inbound",
            number_of(who, pick),
            f"+49302312{n % 20:04}",
            land if pick.random() < 0.8 else "",
            f"agent{int(pick.random() * AGENTS):04}",
            "sales" if outbound else "service",
            f"spring{n % 9}" if outbound else "",
            "marketing" if outbound and n % 2 else "service",
            "resolved" if n % 3 else "open",
            "true" if recorded else "false",
            moments[4] if recorded else "",
            moments[5] if recorded else "",
            moments[2] if recorded and n % 97 else "",
            consent,
            moments[3] if consent and consent != "none" else "",
            " ".join(text_of(n + part, pick) for part in range(4)) if n % 20 == 0 else "",
            "W1" if recorded else "",
        ]


def recordings(count: int) -> Iterator[Line]:
    """Yield the recordings of every sixth call; a few are older than they should be."""
    step = DAYS * 86_400 / max(count, 1)
    for n in range(0, count, 6):
        at = START + timedelta(seconds=int(step * n))
        state = "deleted" if at.month < 7 and at.year == 2026 and n % 5 else "available"
        yield [
            f"R{n:09}",
            f"{n:08x}-5ca1-4e00-8000-{n * 7919 % 2**48:012x}",
            at.isoformat(),
            str(60 + n % 900),
            state,
            "quality",
            "true" if n % 1000 == 0 else "false",
            (at + timedelta(days=90)).isoformat(),
            (at + timedelta(days=90)).isoformat() if state == "deleted" else "",
            "DE",
            "true" if n % 50 else "false",
        ]


def messages(count: int, people: int, pick: Random) -> Iterator[Line]:
    """Yield e-mails, chats and short messages, three or four to a thread, times local."""
    step = DAYS * 86_400 / max(count, 1)
    channels = ("email",) * 45 + ("chat",) * 30 + ("sms",) * 10 + ("whatsapp",) * 10 + ("social",) * 5
    for n in range(count):
        thread = n // 4
        who = thread * 31 % people
        channel = channels[thread % 100]
        outbound = n % 4 in (1, 3)
        at = START + timedelta(seconds=int(step * n))
        yield [
            f"M{n:010}",
            f"T{thread:09}",
            channel,
            at.strftime("%Y-%m-%d %H:%M:%S"),
            "outbound" if outbound else "inbound",
            address_of(who) if channel in ("email", "chat", "social") else number_of(who, pick),
            person(who)[0] if pick.random() < 0.8 else "",
            f"agent{int(pick.random() * AGENTS):04}" if outbound else "",
            f"Your request {thread}" if channel == "email" else "",
            text_of(n, pick),
            "marketing" if outbound and thread % 5 == 0 else "service",
            "true" if n % 3 else "false",
            "true" if channel == "social" and n % 2 else "false",
            "List-Unsubscribe" if thread % 10 == 0 and outbound else "",
        ]


def consents(count: int, people: int, pick: Random) -> Iterator[Line]:
    """Yield consents to marketing by number or address; some withdrawn, some expired."""
    for n in range(count):
        who = int(pick.random() * people)
        at = START - timedelta(days=400) + timedelta(seconds=n * 700 * 86_400 // max(count, 1))
        phone, chance = n % 2 == 0, pick.random()
        yield [
            f"C{n:08}",
            f"K{who}",
            CODES[person(who)[0]] + person(who)[1] if phone else address_of(who),
            "marketing",
            "phone" if phone else "email",
            "withdrawn" if chance < 0.05 else "refused" if chance < 0.1 else "granted",
            at.isoformat(),
            "web form",
            "W1" if n % 50 else "W9",
            "campaign",
            (at + timedelta(days=200)).isoformat() if chance < 0.05 else "",
            (at + timedelta(days=300)).isoformat() if chance > 0.9 else "",
        ]


def suppressions(count: int, people: int, pick: Random) -> Iterator[Line]:
    """Yield people who opted out."""
    for n in range(count):
        who = int(pick.random() * people)
        at = START + timedelta(days=n % DAYS)
        contact = CODES[person(who)[0]] + person(who)[1] if n % 2 else address_of(who)
        yield [contact, "", at.isoformat(), "opt_out", ""]


def requests(count: int, people: int, pick: Random) -> Iterator[Line]:
    """Yield requests of people, some answered late, some erased who still occur."""
    kinds = ("access", "erasure", "objection", "rectification", "withdrawal", "portability")
    for n in range(count):
        at, who = START + timedelta(days=n % (DAYS - 60)), int(pick.random() * people)
        done = (at + timedelta(days=10 + n % 35)).date().isoformat()
        kind, outcome = kinds[n % 6], "done" if n % 9 else "refused"
        when = [at.date().isoformat(), "", "", "", "", done]
        copy = ("pdf", "csv", "json")[n % 3] if kind == "portability" else ""
        yield [f"Q{n:06}", kind, "", *when, outcome, "", address_of(who), "email", copy]


def staff(_: int) -> Iterator[Line]:
    """Yield the people at work; some left and some are not on the list."""
    for n in range(AGENTS - 3):
        left = "2026-06-30" if n % 40 == 0 else ""
        mfa = "false" if n % 25 == 0 else "true"
        yield [f"agent{n:04}", "agent", f"team{n % 12}", "en", "DE", "2025-01-15", left, mfa]


def training(_: int) -> Iterator[Line]:
    """Yield courses on data protection."""
    for n in range(AGENTS - 20):
        yield [f"agent{n:04}", "Data protection", "data_protection", f"2025-{1 + n % 12:02}-10", "90", "true"]


def make(folder: Path, count_calls: int, count_messages: int, seed: int = 7) -> None:
    """Write every export into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people = max(100, (count_calls + count_messages) // 8)
    tenth = max(50, people // 10)
    made: dict[str, Callable[[Random], Iterator[Line]]] = {
        "calls": lambda pick: calls(count_calls, people, pick),
        "recordings": lambda _: recordings(count_calls),
        "messages": lambda pick: messages(count_messages, people, pick),
        "consents": lambda pick: consents(people // 2, people, pick),
        "suppressions": lambda pick: suppressions(tenth // 5, people, pick),
        "requests": lambda pick: requests(tenth // 20, people, pick),
        "staff": lambda _: staff(0),
        "training": lambda _: training(0),
    }
    for number, (name, rows) in enumerate(made.items()):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header(name))
            writer.writeheader()
            writer.writerows(dict(zip(header(name), row, strict=True)) for row in rows(Random(seed * 100 + number)))


def header(table: str) -> list[str]:
    """Return the columns of a table in the order in which rows are made here."""
    return list(TABLES[table].names)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the exports of a large, fictional contact centre.")
    parser.add_argument("--calls", type=int, default=50_000)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    make(given.folder, given.calls, given.messages, given.seed)
