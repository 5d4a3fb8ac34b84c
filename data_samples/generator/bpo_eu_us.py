"""An outsourcing company with cards, a health helpline and US telephone sales: records and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from data_samples.generator import bpo_eu_us_said as said
from data_samples.generator import messages, records
from data_samples.generator.bpo_eu_us_answers import ANSWERS
from data_samples.generator.connect import contact_bytes
from data_samples.generator.described import Tables, described
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.records import Centre, Rows, iso, put
from data_samples.generator.said import with_answers

NAME = "bpo_eu_us"
FIRST, LAST = date(2026, 6, 2), date(2026, 9, 24)
SMALL_TALK = "Agent: How can I help you? Customer: I would like to know more about the plan."
CARD = "Customer: My card number is 4111 1111 1111 1111. Agent: And the security code? Customer: CVV 123."

SYSTEM_OF = {
    "connect_contacts.jsonl": "connect", "calls_us.csv": "dialler", "recordings_us.csv": "archive",
    "messages.csv": "desk",
}  # fmt: skip


def _ireland() -> Centre:
    return Centre(
        seed=4, countries=("IE", "DE"), teams=("shops", "health", "nights"), agents=48, agent_countries=("IE", "US"),
        company_number="+353209100017", email_text=wording(NAME, "email_footer_en.txt"),
        chat_greeting=wording(NAME, "chat_greeting_en.txt"), recording_wording="announcement",
        consent_wording="offers", retention_days=60, refresh_days=365, log_in="hl{:03d}",
    )  # fmt: skip


def _florida() -> Centre:
    return Centre(
        seed=41, countries=("US",), teams=(), agents=0, agent_countries=(), company_number="+12025550199",
        recording_wording="us_sales", consent_wording="us_web_form", retention_days=60,
    )  # fmt: skip


def _staff(centre: Centre) -> Rows:
    rows = records.staff(centre)
    put(rows, (20,), left_at="2026-07-10")
    put(rows, range(30, 35), mfa="false")
    return rows


def _calls(centre: Centre, people: Rows) -> Rows:
    working = [person for person in people if not person["left_at"]]
    rows = records.calls(centre, working, 800, FIRST, LAST)
    for number, row in enumerate(rows):
        row["queue"] = ("shops", "health", "nights")[number % 3]
    late = [number for number, row in enumerate(rows) if row["started_at"] > "2026-07-14"][:9]
    put(rows, late, agent=people[20]["person"])
    taped = [number for number, row in enumerate(rows) if row["recorded"] == "true"]
    for number in taped[100:112]:  # announced only when the tape was running
        begun = datetime.fromisoformat(rows[number]["recording_started_at"])
        put(rows, (number,), announced_at=iso(begun + timedelta(seconds=30)))
    return rows


def _states(centre: Centre, calls: Rows) -> dict[str, str]:
    states = {}
    for row in calls:
        age = records.EXTRACTED - datetime.fromisoformat(row["started_at"])
        states[row["call_id"]] = "DELETED" if age > timedelta(days=centre.retention_days) else "AVAILABLE"
    overdue = [call for call, state in states.items() if state == "DELETED"][50:65]
    return states | dict.fromkeys(overdue, "AVAILABLE")


def _sales_calls(centre: Centre, people: Rows) -> Rows:
    sellers = [person for person in people if person["country"] == "US" and not person["left_at"]]
    rows = records.calls(centre, sellers, 400, date(2026, 8, 3), LAST)
    for number, row in enumerate(rows, start=1):
        later = timedelta(hours=5)  # working hours of the American east coast
        times = ("started_at", "answered_at", "ended_at", "recording_started_at", "recording_stopped_at",
                 "announced_at", "consent_at")  # fmt: skip
        moved = {name: iso(datetime.fromisoformat(row[name]) + later) if row[name] else "" for name in times}
        row |= moved | {"call_id": f"US{number:05d}", "direction": "outbound", "campaign": "warranty",
                        "purpose": "marketing", "queue": "sales",
                        "transcript": SMALL_TALK if row["recorded"] == "true" else ""}  # fmt: skip
    taped = [number for number, row in enumerate(rows) if row["recorded"] == "true"]
    put(rows, taped[30:38], transcript=CARD)
    return rows


def _recordings(centre: Centre, calls: Rows) -> Rows:
    rows = records.recordings(centre, calls)
    put(rows, range(60), location="tampa", encrypted="false")
    return rows


def _messages(centre: Centre, people: Rows) -> Rows:
    working = [person for person in people if not person["left_at"]]
    mails = records.emails(centre, working, 220, date(2025, 11, 3), LAST)
    put(mails, range(100, 108, 2), text="Please charge my card 5555 5555 5555 4444, CVC 987, for the order.")
    chats = messages.chats(centre, working, 120, FIRST, LAST)
    put(chats, range(61, 91, 3), text="ok my card is 4111-1111-1111-1111 exp 09/28")
    put(chats, range(150, 168, 3), text="Hello, how can I help you with your order today?")
    put(chats, range(211, 226, 3), text="I take insulin for my diabetes, can the nurse call me back?")
    return [*mails, *chats]


def _suppressions(calls: Rows) -> Rows:
    rows = [
        {"contact": row["customer_number"], "channel": "phone", "added_at": iso(_moment(row) - timedelta(days=20)),
         "reason": "asked not to be called", "source": "agent"}
        for row in calls[90:97]
    ]  # fmt: skip
    other = [
        {"contact": f"+1202555{number:04d}", "channel": "phone", "added_at": "2026-05-04T09:00:00Z",
         "reason": "register", "source": "do not call register"}
        for number in range(200, 240)
    ]  # fmt: skip
    return [*rows, *other]


def _moment(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["started_at"])


def _consents(ireland: Centre, florida: Centre) -> Rows:
    mail = records.consents(ireland, 60, "email", date(2025, 4, 7))
    calls = records.consents(florida, 90, "phone", date(2026, 3, 2))
    calls = [{**row, "consent_id": f"US{row['consent_id']}", "customer_id": f"US{row['customer_id']}"} for row in calls]
    put(mail, range(20, 24), method="")
    return [*mail, *calls]


def _requests(centre: Centre) -> Rows:
    rows = records.requests(centre, 18, date(2026, 3, 3), date(2026, 8, 20))
    put(rows, (4,), outcome="refused")
    put(rows, (9,), answered_at="", outcome="open")
    return rows


def _incidents() -> Rows:
    rows = records.incidents("processor", datetime(2026, 4, 7, 9, tzinfo=UTC), 5)
    aware = datetime.fromisoformat(rows[1]["aware_at"])
    put(rows, (1,), controller_notified_at=iso(aware + timedelta(hours=61)))
    put(rows, (3,), documented="false")
    return rows


def _training(centre: Centre, people: Rows) -> Rows:
    rows = records.training(centre, people)
    late = people[25]["person"]
    return [row for row in rows if row["person"] != late or row["completed_at"] > people[25]["access_from"]]


def _drills(centre: Centre) -> Rows:
    rows = records.drills(centre.teams, date(2026, 3, 2))
    return [row for row in rows if (row["team"], row["scenario"]) != ("nights", "breach")]


def _tables(centre: Centre, people: Rows) -> Tables:
    florida = _florida()
    sales = _sales_calls(florida, people)
    return {
        "calls_us.csv": ("calls", sales),
        "recordings_us.csv": ("recordings", _recordings(florida, sales)),
        "messages.csv": ("messages", _messages(centre, people)),
        "suppressions.csv": ("suppressions", _suppressions(sales)),
        "consents.csv": ("consents", _consents(centre, florida)),
        "requests.csv": ("requests", _requests(centre)),
        "staff.csv": ("staff", people),
        "training.csv": ("training", _training(centre, people)),
        "drills.csv": ("drills", _drills(centre)),
        "incidents.csv": ("incidents", _incidents()),
        "spot_checks.csv": ("spot_checks", records.spot_checks(centre, people, 30, date(2026, 5, 4))),
    }


def sample() -> Sample:
    """Return the client with its files."""
    centre = _ireland()
    people = _staff(centre)
    calls = _calls(centre, people)
    tables = _tables(centre, people)
    exports = {file: csv_bytes(table, rows) for file, (table, rows) in tables.items()}
    exports["connect_contacts.jsonl"] = contact_bytes(calls, _states(centre, calls))
    index = described(tables | {"connect_contacts.jsonl": ("calls", calls)}, unfiltered="无", systems=SYSTEM_OF)
    intake = said.intake().model_copy(update={"evidence": index})
    return Sample(name=NAME, language="zh", said=with_answers(intake, *ANSWERS), exports=exports)
