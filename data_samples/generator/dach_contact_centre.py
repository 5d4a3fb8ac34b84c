"""A contact centre for Germany, Austria and Switzerland with an American recording suite: records and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from data_samples.generator import dach_contact_centre_said as said
from data_samples.generator import records
from data_samples.generator.described import described
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.records import Centre, Row, Rows, change, iso, put
from data_samples.generator.said import with_answers
from data_samples.generator.workbook import xlsx_bytes

NAME = "dach_contact_centre"
SYSTEM_OF = {"calls.csv": "acd", "recordings.csv": "rec", "messages.csv": "mail"}
FIRST, LAST = date(2026, 7, 7), date(2026, 9, 24)


def _centre() -> Centre:
    return Centre(
        seed=3, countries=("DE", "DE", "AT", "DE", "CH"), teams=("rheinau_1", "rheinau_2", "dornbirn"), agents=48,
        agent_countries=("DE", "DE", "AT"), company_number="+493023125999", email_text=wording(NAME, "email_fuss.txt"),
        retention_days=90, refresh_days=365,
    )  # fmt: skip


def _calls(centre: Centre, people: Rows) -> Rows:
    rows = records.calls(centre, people, 1500, FIRST, LAST)
    for row in rows:
        row["wording_id"] = f"ansage_{row['customer_country'].lower()}"
    german = [number for number, row in enumerate(rows) if row["customer_country"] == "DE"]
    granted = [number for number in german if rows[number]["consent"] == "granted"]
    put(rows, granted[100:340], consent="none", consent_at="")  # nobody asked: who stays on the line counts as a yes
    refused = [number for number in german if rows[number]["consent"] == "refused"]
    change(rows, refused[:40], _recorded_all_the_same)
    return rows


def _recorded_all_the_same(row: Row) -> Row:
    start = iso(datetime.fromisoformat(row["answered_at"]) + timedelta(seconds=8))
    return {"recorded": "true", "recording_started_at": start, "recording_stopped_at": row["ended_at"]}


def _recordings(centre: Centre, calls: Rows) -> Rows:
    rows = records.recordings(centre, calls)
    refused = {row["call_id"] for row in calls if row["consent"] == "refused"}
    deleted = [number for number, row in enumerate(rows) if row["call_id"] in refused][:28]
    change(rows, deleted, _deleted_after_the_call)
    kept = [number for number, row in enumerate(rows) if row["state"] == "available"]
    put(rows, kept[200:236], encrypted="false")
    old = datetime(2026, 4, 2, 9, tzinfo=UTC)
    for number in range(1, 25):
        created = old + timedelta(days=number)
        rows.append(
            {"recording_id": f"RA{number:03d}", "call_id": "", "created_at": iso(created), "duration_s": 200,
             "state": "archived", "purpose": "training", "legal_hold": "false",
             "delete_due_at": iso(created + timedelta(days=90)), "deleted_at": "", "location": "", "encrypted": "true"}
        )  # fmt: skip
    return rows


def _deleted_after_the_call(row: Row) -> Row:
    gone = iso(datetime.fromisoformat(row["created_at"]) + timedelta(hours=2))
    return {"state": "deleted", "delete_due_at": gone, "deleted_at": gone}


def _messages(centre: Centre, people: Rows) -> Rows:
    rows = records.emails(centre, people, 600, date(2025, 9, 2), LAST)
    answers = [number for number, row in enumerate(rows) if row["direction"] == "outbound"]
    put(rows, answers[80:125], text="Guten Tag, die Rechnung wurde korrigiert. Freundliche Grüße")
    put(rows, answers[300:420], text=wording(NAME, "email_sicherheit.txt"))
    return rows


def _requests(centre: Centre, calls: Rows, sent: Rows) -> Rows:
    rows = records.requests(centre, 60, date(2026, 3, 3), date(2026, 8, 19))
    put(rows, range(4, 60, 10), type="objection", scope="recording")
    put(rows, range(2, 60, 20), type="complaint")
    late = [number for number, row in enumerate(rows) if row["type"] in {"access", "portability", "restriction"}]
    change(rows, late[3:9], lambda row: {"answered_at": _after(row, 49)})
    put(rows, late[12:14], answered_at="", outcome="open")
    change(rows, late[14:16], _extended_in_time)
    put(rows, [number for number, row in enumerate(rows) if row["type"] == "objection"][:3], outcome="refused")
    put(rows, late[20:21], outcome="partly", reason="Data of another customer were blackened")
    moved = [number for number, row in enumerate(rows) if row["type"] == "portability"]
    put(rows, moved[1:4], answer_format="PDF")
    erased = [number for number, row in enumerate(rows) if row["type"] == "erasure"]
    kept = _kept_numbers(calls)
    for number, contact in zip(erased[:3], kept, strict=True):
        rows[number] |= {"contact": contact, "received_at": "2026-08-18T09:12:00Z",
                         "acknowledged_at": "2026-08-18T12:12:00Z", "answered_at": "2026-08-27T10:00:00Z"}  # fmt: skip
    mailed = [row["customer_address"] for row in sent if row["sent_at"] < "2026-02"][:60:40]
    for number, contact in zip(erased[3:5], mailed, strict=True):
        rows[number] |= {"contact": contact}
    return rows


def _after(row: Row, days: int) -> str:
    return iso(datetime.fromisoformat(row["received_at"]) + timedelta(days=days))


def _extended_in_time(row: Row) -> Row:
    return {"extended_until": _after(row, 80)[:10], "extension_notified_at": _after(row, 20),
            "answered_at": _after(row, 70)}  # fmt: skip


def _kept_numbers(calls: Rows) -> list[str]:
    """Return numbers of callers whose recording is still there after their erasure was said to be done."""
    found = [
        row["customer_number"]
        for row in calls
        if (row["recorded"], row["consent"]) == ("true", "granted") and "2026-08-01" < row["started_at"] < "2026-08-16"
    ]
    return found[:30:10]


def _staff(centre: Centre) -> Rows:
    rows = records.staff(centre)
    put(rows, range(20, 26), mfa="false")
    put(rows, (30, 31), left_at="2026-08-14")
    return rows


def _incidents() -> Rows:
    rows = records.incidents("controller", datetime(2026, 2, 2, 9, tzinfo=UTC), 5)
    rows += [{**row, "incident_id": f"P{row['incident_id']}"} for row in
             records.incidents("processor", datetime(2026, 3, 3, 10, tzinfo=UTC), 3)]  # fmt: skip
    change(rows, range(2, 3), lambda row: {"authority_notified_at": iso(_at(row["aware_at"]) + timedelta(hours=118))})
    change(rows, range(6, 7), lambda row: {"controller_notified_at": iso(_at(row["aware_at"]) + timedelta(hours=77))})
    return rows


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _tables() -> dict[str, Rows]:
    centre = _centre()
    people = _staff(centre)
    calls = _calls(centre, people)
    sent = _messages(centre, people)
    return {
        "calls": calls, "recordings": _recordings(centre, calls), "messages": sent,
        "requests": _requests(centre, calls, sent), "training": records.training(centre, people), "staff": people,
        "drills": records.drills(centre.teams, date(2026, 3, 2)), "incidents": _incidents(),
        "spot_checks": records.spot_checks(centre, people, 45, date(2026, 4, 6)),
    }  # fmt: skip


def _export(table: str, rows: Rows) -> tuple[str, bytes]:
    if table == "requests":
        return "requests.xlsx", xlsx_bytes(table, rows, "Betroffenenanfragen")
    return f"{table}.csv", csv_bytes(table, rows)


def sample() -> Sample:
    """Return the client with its files."""
    tables = _tables()
    named = {table: _export(table, rows) for table, rows in tables.items()}
    files = {name: (table, tables[table]) for table, (name, _) in named.items()}
    intake = said.said().model_copy(update={"evidence": described(files, systems=SYSTEM_OF)})
    return Sample(name=NAME, language="en", said=with_answers(intake, *said.ANSWERS), exports=dict(named.values()))
