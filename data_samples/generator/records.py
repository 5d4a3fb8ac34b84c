"""Seeded records of a contact centre in which nothing is wrong; each client then plants its own faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

COLUMNS = {
    "calls": "call_id started_at answered_at ended_at direction customer_number company_number customer_country agent"
    " queue campaign purpose disposition recorded recording_started_at recording_stopped_at announced_at consent"
    " consent_at transcript wording_id",
    "recordings": "recording_id call_id created_at duration_s state purpose legal_hold delete_due_at deleted_at"
    " location encrypted",
    "messages": "message_id thread_id channel sent_at direction customer_address customer_country agent subject text"
    " purpose existing_customer public unsubscribe_header",
    "consents": "consent_id customer_id contact purpose channel status captured_at method wording_id source"
    " withdrawn_at expires_at",
    "suppressions": "contact channel added_at reason source",
    "requests": "request_id type scope received_at acknowledged_at identity_verified_at extended_until"
    " extension_notified_at answered_at outcome reason contact channel answer_format",
    "training": "person course topic completed_at score passed",
    "staff": "person role team language country access_from left_at mfa",
    "drills": "drill_id team scenario held_at led_by person result followup_at",
    "incidents": "incident_id client_role aware_at personal_data risk controller_notified_at authority_notified_at"
    " people_informed_at documented",
    "spot_checks": "check_id person channel checked_at result followup_at",
}
"""Canonical columns of every table, in order."""

EXTRACTED = datetime(2026, 9, 28, 12, 0, tzinfo=UTC)
# Number ranges that the national regulators keep for fiction, or that are too short to reach anybody.
NUMBERS = {
    "GB": "+447700900{:03d}",
    "SE": "+467017406{:02d}",
    "US": "+120255501{:02d}",
    "FR": "+3363998{:04d}",
    "IE": "+35320910{:04d}",
    "DE": "+493023125{:03d}",
    "AT": "+43999000{:03d}",
    "CH": "+41100000{:03d}",
    "PL": "+48100000{:03d}",
    "ES": "+34500000{:03d}",
    "IT": "+39100000{:03d}",
    "NL": "+31970000{:03d}",
    "NO": "+4700000{:03d}",
}


@dataclass
class Centre:
    """A contact centre to make records for; `countries` are those of the customers, `texts` what agents write."""

    seed: int
    countries: tuple[str, ...]
    teams: tuple[str, ...]
    agents: int
    agent_countries: tuple[str, ...]
    company_number: str
    consent_wording: str = ""
    recording_wording: str = ""
    email_text: str = ""
    chat_greeting: str = ""
    retention_days: int = 90
    refresh_days: int = 92
    log_in: str = "agent{:03d}"
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def person(self, number: int) -> str:
        """Return an agent's log-in name."""
        return self.log_in.format(number)

    def customer(self, number: int) -> tuple[str, str, str]:
        """Return country, phone number and e-mail address of a customer."""
        country = self.countries[number % len(self.countries)]
        return country, NUMBERS[country].format(number % 10 ** _digits(country)), f"customer{number}@example.com"


def _digits(country: str) -> int:
    return int(NUMBERS[country].split("{:0")[1][0])


def iso(moment: datetime | date | None) -> str:
    """Return ISO 8601, with Z for UTC moments."""
    if moment is None:
        return ""
    return moment.isoformat().replace("+00:00", "Z")


def working_hour(rng: random.Random, first: date, last: date) -> datetime:
    """Return a moment on a Tuesday to Thursday between 9:00 and 13:00 UTC: allowed for calls everywhere in Europe."""
    while True:
        day = first + timedelta(days=rng.randrange((last - first).days + 1))
        if day.weekday() in (1, 2, 3):
            return datetime(day.year, day.month, day.day, rng.randrange(9, 13), rng.randrange(60), tzinfo=UTC)


def staff(centre: Centre) -> Rows:
    """Return the agents, a leader for every team first."""
    rows = []
    for number in range(1, centre.agents + 1):
        leads = number <= len(centre.teams)
        rows.append(
            {
                "person": centre.person(number),
                "role": "team_lead" if leads else "agent",
                "team": centre.teams[(number - 1) % len(centre.teams)],
                "language": "",
                "country": centre.agent_countries[number % len(centre.agent_countries)],
                "access_from": iso(date(2025, 3, 3) + timedelta(days=number * 3)),
                "left_at": "",
                "mfa": "true",
            }
        )
    return rows


def training(centre: Centre, people: Rows, lead_days: int | None = None) -> Rows:
    """Return courses: one before access, then one in every refresh period (team leads as often as declared)."""
    rows = []
    for person in people:
        start = date.fromisoformat(person["access_from"]) - timedelta(days=4)
        step = lead_days if lead_days and person["role"] == "team_lead" else centre.refresh_days - 7
        end = date.fromisoformat(person["left_at"]) if person["left_at"] else EXTRACTED.date()
        day = start
        while day <= end:
            score = centre.rng.randrange(84, 100)
            rows.append(
                {"person": person["person"], "course": "GDPR in customer service", "topic": "data_protection",
                 "completed_at": iso(day), "score": score, "passed": "true"}
            )  # fmt: skip
            day += timedelta(days=step)
    return sorted(rows, key=lambda row: (row["completed_at"], row["person"]))


def calls(centre: Centre, people: Rows, count: int, first: date, last: date) -> Rows:
    """Return inbound service calls: announced, asked, and recorded only after a yes."""
    rows = []
    moments = sorted(working_hour(centre.rng, first, last) for _ in range(count))
    for number, start in enumerate(moments, start=1):
        country, phone, _ = centre.customer(number)
        answered = start + timedelta(seconds=centre.rng.randrange(15, 90))
        ended = answered + timedelta(seconds=centre.rng.randrange(120, 900))
        consent_at = answered + timedelta(seconds=20)
        granted = centre.rng.random() < 0.85
        rows.append(
            {
                "call_id": f"C{number:06d}", "started_at": iso(start), "answered_at": iso(answered),
                "ended_at": iso(ended), "direction": "inbound", "customer_number": phone,
                "company_number": centre.company_number, "customer_country": country,
                "agent": centre.rng.choice(people)["person"], "queue": "service", "campaign": "", "purpose": "service",
                "disposition": "resolved", "recorded": "true" if granted else "false",
                "recording_started_at": iso(consent_at + timedelta(seconds=2)) if granted else "",
                "recording_stopped_at": iso(ended) if granted else "",
                "announced_at": iso(answered + timedelta(seconds=5)), "consent": "granted" if granted else "refused",
                "consent_at": iso(consent_at), "transcript": "", "wording_id": centre.recording_wording,
            }
        )  # fmt: skip
    return rows


def recordings(centre: Centre, call_rows: Rows) -> Rows:
    """Return one recording for each recorded call, deleted when its time is over."""
    rows = []
    for call in (row for row in call_rows if row["recorded"] == "true"):
        created = datetime.fromisoformat(call["recording_started_at"])
        due = created + timedelta(days=centre.retention_days)
        gone = due <= EXTRACTED
        rows.append(
            {
                "recording_id": f"R{call['call_id'][1:]}", "call_id": call["call_id"], "created_at": iso(created),
                "duration_s": int((datetime.fromisoformat(call["ended_at"]) - created).total_seconds()),
                "state": "deleted" if gone else "available", "purpose": "quality", "legal_hold": "false",
                "delete_due_at": iso(due), "deleted_at": iso(due + timedelta(hours=2)) if gone else "",
                "location": "", "encrypted": "true",
            }
        )  # fmt: skip
    return rows


def emails(centre: Centre, people: Rows, count: int, first: date, last: date) -> Rows:
    """Return service e-mails in pairs: a customer's question and the answer with the privacy statement."""
    rows: Rows = []
    moments = sorted(working_hour(centre.rng, first, last) for _ in range(count))
    for number, asked in enumerate(moments, start=1):
        country, _, address = centre.customer(number)
        shared = {
            "thread_id": f"T{number:05d}", "channel": "email", "customer_address": address, "customer_country": country,
            "subject": "", "purpose": "service", "existing_customer": "true", "public": "false",
            "unsubscribe_header": "",
        }  # fmt: skip
        answered = asked + timedelta(hours=2)
        rows.append(
            {**shared, "message_id": f"M{2 * number - 1:06d}", "sent_at": iso(asked), "direction": "inbound",
             "agent": "", "text": "?"}
        )  # fmt: skip
        rows.append(
            {**shared, "message_id": f"M{2 * number:06d}", "sent_at": iso(answered), "direction": "outbound",
             "agent": centre.rng.choice(people)["person"], "text": centre.email_text}
        )  # fmt: skip
    return rows


def consents(centre: Centre, count: int, channel: str, captured: date, days: int = 60) -> Rows:
    """Return marketing consents, each with time, method and the wording it rests on."""
    rows = []
    for number in range(1, count + 1):
        _, phone, address = centre.customer(number)
        moment = datetime(captured.year, captured.month, captured.day, 10, tzinfo=UTC)
        moment += timedelta(days=centre.rng.randrange(days), minutes=number)
        rows.append(
            {
                "consent_id": f"K{number:05d}", "customer_id": f"U{number:05d}",
                "contact": address if channel == "email" else phone, "purpose": "marketing", "channel": channel,
                "status": "granted", "captured_at": iso(moment), "method": "web form",
                "wording_id": centre.consent_wording, "source": "account page", "withdrawn_at": "", "expires_at": "",
            }
        )  # fmt: skip
    return rows


def requests(centre: Centre, count: int, first: date, last: date) -> Rows:
    """Return requests of data subjects, each acknowledged at once and answered within three weeks."""
    kinds = ("access", "erasure", "rectification", "access", "portability", "restriction")
    rows = []
    for number in range(1, count + 1):
        received = working_hour(centre.rng, first, last)
        done = received + timedelta(days=centre.rng.randrange(3, 21))
        rows.append(
            {
                "request_id": f"D{number:04d}", "type": kinds[number % len(kinds)], "scope": "",
                "received_at": iso(received), "acknowledged_at": iso(received + timedelta(hours=3)),
                "identity_verified_at": "", "extended_until": "", "extension_notified_at": "",
                "answered_at": iso(done), "outcome": "done", "reason": "", "contact": f"subject{number}@example.com",
                "channel": "email", "answer_format": {"access": "PDF", "portability": "CSV"}.get(kinds[number % 6], ""),
            }
        )  # fmt: skip
    return rows


def drills(teams: tuple[str, ...], held: date) -> Rows:
    """Return one passed drill of each scenario that must be practised, in every team."""
    rows = []
    for number, (team, scenario) in enumerate(
        ((team, scenario) for team in teams for scenario in ("rights_request", "breach", "recording_refusal")), start=1
    ):
        rows.append(
            {"drill_id": f"P{number:03d}", "team": team, "scenario": scenario,
             "held_at": iso(held + timedelta(days=number)), "led_by": "", "person": "", "result": "passed",
             "followup_at": ""}
        )  # fmt: skip
    return rows


def spot_checks(centre: Centre, people: Rows, count: int, first: date) -> Rows:
    """Return passed spot checks over the channels."""
    return [
        {"check_id": f"S{number:03d}", "person": centre.rng.choice(people)["person"],
         "channel": ("phone", "email", "chat")[number % 3], "checked_at": iso(first + timedelta(days=2 * number)),
         "result": "passed", "followup_at": ""}
        for number in range(1, count + 1)
    ]  # fmt: skip


def incidents(role: str, aware: datetime, count: int = 3) -> Rows:
    """Return incidents that were documented, and notified in time where the law asks for it."""
    rows = []
    for number in range(1, count + 1):
        moment = aware + timedelta(days=20 * number)
        risky = number % 2 == 1
        rows.append(
            {
                "incident_id": f"I{number:03d}", "client_role": role, "aware_at": iso(moment), "personal_data": "true",
                "risk": "risk" if risky else "none",
                "controller_notified_at": iso(moment + timedelta(hours=6)) if role == "processor" else "",
                "authority_notified_at": iso(moment + timedelta(hours=40)) if risky and role == "controller" else "",
                "people_informed_at": "", "documented": "true",
            }
        )  # fmt: skip
    return rows


def change(rows: Rows, numbers: range, how: Callable[[Row], Row]) -> None:
    """Plant a fault: replace the rows at these positions (0 is the first record) by what `how` makes of them."""
    for number in numbers:
        rows[number] = {**rows[number], **how(rows[number])}


def put(rows: Rows, numbers: Iterable[int], **values: Any) -> None:
    """Plant a fault: give the rows at these positions (0 is the first record) these values."""
    for number in numbers:
        rows[number] = rows[number] | values
