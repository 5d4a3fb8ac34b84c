"""A Polish fashion shop with an outsourced call centre and consents from before 2018: records and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data_samples.generator import messages, outbound, records
from data_samples.generator import polish_fashion_said as said
from data_samples.generator.described import described
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.outbound import Person, consent, moment, person
from data_samples.generator.records import Centre, Row, Rows, change, iso, put
from data_samples.generator.said import with_answers
from data_samples.generator.workbook import xlsx_bytes

NAME = "polish_fashion"
FIRST, LAST = date(2026, 4, 7), date(2026, 9, 24)
OLD = (
    (range(0, 130), "regulamin_2014", "email", date(2014, 5, 6)),
    (range(130, 220), "newsletter_2016", "email", date(2016, 2, 2)),
    (range(220, 300), "uzupelnienie_2018", "phone", date(2018, 4, 24)),
    (range(300, 420), "zgoda_telefon_2018", "phone", date(2018, 6, 5)),
)
"""Who agreed by which wording; customers 420 to 559 agreed to good wordings of 2025."""
REFUSED, STRANGERS = range(600, 612), range(620, 634)
"""Customers who said no when asked anew, and customers who never agreed to calls; both are called all the same."""
REQUEST_NAMES = {
    "request_id": "nr_wniosku", "type": "rodzaj", "scope": "zakres", "received_at": "data_wpływu",
    "acknowledged_at": "potwierdzono", "identity_verified_at": "tożsamość_sprawdzona", "extended_until":
    "przedłużono_do", "extension_notified_at": "zawiadomiono", "answered_at": "data_odpowiedzi", "outcome": "wynik",
    "reason": "uzasadnienie", "contact": "kontakt", "channel": "kanał", "answer_format": "forma_odpowiedzi",
}  # fmt: skip
REQUEST_WORDS = {"access": "dostęp", "erasure": "usunięcie", "rectification": "sprostowanie", "done": "załatwiony",
                 "portability": "przeniesienie", "restriction": "ograniczenie", "refused": "odmowa"}  # fmt: skip

SYSTEM_OF = {"calls.csv": "phone", "recordings.csv": "phone", "zgody.xlsx": "zgody"}


def _centre() -> Centre:
    return Centre(
        seed=2, countries=("PL",), teams=("kutno", "lviv"), agents=34, agent_countries=("PL",),
        company_number="+48100000999", recording_wording="zapowiedz", email_text=wording(NAME, "stopka_email.txt"),
        chat_greeting=wording(NAME, "czat.txt"), retention_days=180, refresh_days=365,
    )  # fmt: skip


def _people(numbers: range) -> list[Person]:
    return [person("PL", number) for number in numbers]


def _consents(centre: Centre) -> Rows:
    rows: Rows = []
    for numbers, text, channel, since in OLD:
        rows += [_given(centre, number, channel, since, text) for number in numbers]
    for numbers, text, channel in (
        (range(420, 500), "zgoda_sms_2025", "sms"),
        (range(500, 560), "zgoda_email_2025", "email"),
    ):
        rows += [_given(centre, number, channel, date(2025, 2, 4), text) for number in numbers]
    rows += [
        {**_given(centre, number, "phone", date(2026, 4, 7), "zgoda_telefon_2018"), "status": "refused"}
        for number in REFUSED
    ]
    put(rows, range(90, 112), captured_at="", method="", wording_id="")  # "documented" only as a tick in a list
    put(rows, range(112, 120), wording_id="konkurs_2015", method="postcard")  # a competition of which no text is left
    change(rows, range(550, 558), _withdrawn)
    return [{**row, "consent_id": f"K{number:05d}"} for number, row in enumerate(rows, start=1)]


def _given(centre: Centre, number: int, channel: str, since: date, text: str) -> Row:
    at = moment(centre.rng, since, since + timedelta(days=20))
    return consent(number, person("PL", number), channel, at, text)


def _withdrawn(row: Row) -> Row:
    number = int(row["customer_id"][1:])
    return {
        "status": "withdrawn",
        "withdrawn_at": iso(datetime(2026, 5, 5, 9, tzinfo=UTC) + timedelta(days=number % 5)),
    }


def _calls(centre: Centre, people: Rows) -> Rows:
    rows = records.calls(centre, people, 700, FIRST, LAST)
    granted = [number for number, row in enumerate(rows) if row["consent"] == "granted"]
    change(
        rows,
        granted[40:66],
        lambda row: {"recording_started_at": row["answered_at"], "announced_at": row["answered_at"]},
    )
    refused = [number for number, row in enumerate(rows) if row["consent"] == "refused"]
    change(rows, refused[:9], _recorded_all_the_same)
    called = [(who, moment(centre.rng, date(2026, 6, 2), LAST)) for numbers in (range(220, 420), REFUSED, STRANGERS)
              for who in _people(numbers)]  # fmt: skip
    return [*rows, *outbound.sales_calls(centre, people, called)]


def _recorded_all_the_same(row: Row) -> Row:
    start = row["answered_at"]
    return {"recorded": "true", "recording_started_at": start, "recording_stopped_at": row["ended_at"],
            "announced_at": start}  # fmt: skip


def _recordings(centre: Centre, calls: Rows) -> Rows:
    rows = records.recordings(centre, calls)
    start = datetime(2025, 11, 4, 10, tzinfo=UTC)
    for number in range(1, 19):  # kept for two years "as proof of the service", though 180 days are declared
        created = start + timedelta(days=number)
        rows.append(
            {"recording_id": f"RS{number:03d}", "call_id": "", "created_at": iso(created), "duration_s": 300,
             "state": "archived", "purpose": "proof", "legal_hold": "false",
             "delete_due_at": iso(created + timedelta(days=730)), "deleted_at": "", "location": "", "encrypted": "true"}
        )  # fmt: skip
    return rows


def _messages(centre: Centre, people: Rows) -> Rows:
    mails = records.emails(centre, people, 320, date(2025, 10, 7), LAST)
    put(
        mails,
        [number for number, row in enumerate(mails) if row["direction"] == "outbound"][30:64],
        text="Wysłaliśmy nową paczkę.",
    )
    chats = messages.chats(centre, people, 90, FIRST, LAST)
    polish = {"My device does not connect any more.": "Gdzie jest moja paczka?"}
    for row in chats:
        if row["text"] != centre.chat_greeting:
            row["text"] = polish.get(row["text"], "Kurier dostarczy ją jutro.")
    sms, letter = wording(NAME, "sms_tresc.txt"), wording(NAME, "newsletter_tresc.txt")
    texts = outbound.mailing("sms", "S", "", sms, _sent(centre, range(420, 500)))
    put(texts, range(20, 44), text=sms.partition(" Cofnij")[0])
    letters = outbound.mailing(
        "email", "N", "", letter, _sent(centre, range(130, 220)) + _sent(centre, range(500, 556))
    )
    return [*mails, *chats, *texts, *letters]


def _sent(centre: Centre, numbers: range) -> list[tuple[Person, datetime]]:
    return [(who, moment(centre.rng, date(2026, 6, 9), LAST)) for who in _people(numbers)]


def _suppressions() -> Rows:
    return [outbound.suppression(who, "all", date(2026, 1, 13), "objection") for who in _people(range(700, 740))]


def _requests(centre: Centre) -> Rows:
    rows = records.requests(centre, 30, date(2026, 3, 3), date(2026, 8, 19))
    change(
        rows,
        range(7, 10),
        lambda row: {"answered_at": iso(datetime.fromisoformat(row["received_at"]) + timedelta(days=52))},
    )
    put(rows, range(15, 17), outcome="refused")
    put(rows, (21,), answer_format="wydruk")
    return rows


def _as_the_shop_writes(row: Row) -> Row:
    """Return a request in the words and local times of the shop's own register."""
    warsaw = ZoneInfo("Europe/Warsaw")
    local = {
        name: datetime.fromisoformat(row[name]).astimezone(warsaw).strftime("%d.%m.%Y %H:%M")
        for name in ("received_at", "acknowledged_at", "answered_at")
    }
    return {**row, **local, "type": REQUEST_WORDS[row["type"]], "outcome": REQUEST_WORDS[row["outcome"]]}


def _tables() -> dict[str, Rows]:
    centre = _centre()
    people = records.staff(centre)
    put(people, (5, 17), left_at="2026-05-20")
    consents = _consents(centre)
    calls = _calls(centre, people)
    return {
        "calls": calls, "recordings": _recordings(centre, calls), "messages": _messages(centre, people),
        "consents": consents, "suppressions": _suppressions(), "requests": _requests(centre),
        "training": records.training(centre, people), "staff": people,
        "drills": records.drills(centre.teams, date(2026, 3, 2)),
        "incidents": records.incidents("controller", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        "spot_checks": records.spot_checks(centre, people, 36, date(2026, 4, 6)),
    }  # fmt: skip


def _export(table: str, rows: Rows) -> tuple[str, bytes]:
    if table == "consents":
        return "zgody.xlsx", xlsx_bytes(table, rows, "Zgody")
    if table == "requests":
        local = [_as_the_shop_writes(row) for row in rows]
        return "wnioski.csv", csv_bytes(table, local, delimiter=";", encoding="cp1250", names=REQUEST_NAMES)
    return f"{table}.csv", csv_bytes(table, rows, delimiter=";", encoding="cp1250")


def sample() -> Sample:
    """Return the client with its files."""
    tables = _tables()
    named = {table: _export(table, rows) for table, rows in tables.items()}
    files = {name: (table, tables[table]) for table, (name, _) in named.items()}
    index = described(files, {"wnioski.csv": "Europe/Warsaw"}, systems=SYSTEM_OF)
    intake = said.said().model_copy(update={"evidence": index})
    return Sample(name=NAME, language="en", said=with_answers(intake, *said.ANSWERS), exports=dict(named.values()))
