"""A Chinese smart-home brand whose multilingual support is outsourced to four countries: records and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from data_samples.generator import chinese_smart_home_said as said
from data_samples.generator import messages, records
from data_samples.generator.chinese_smart_home_answers import ANSWERS
from data_samples.generator.described import described
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.records import Centre, Row, Rows, change, iso, put
from data_samples.generator.said import with_answers
from data_samples.generator.zendesk import talk_bytes

NAME = "chinese_smart_home"
FIRST, LAST = date(2026, 7, 6), date(2026, 9, 25)
ALWAYS = "7003"
"""The queue of the Bolivian centre, which records whatever the caller says."""
TEXT = "Lanwu Smart Home: 20 % off all smart lamps until Sunday. lanwu.example/lamps To stop these texts reply STOP."
CALLS, COURSES = "zendesk_talk_calls.json", "peixun.csv"
COURSE_NAMES = {"person": "客服编号", "course": "课程", "topic": "主题", "completed_at": "完成日期", "score": "分数",
                "passed": "是否通过"}  # fmt: skip

SYSTEM_OF = {CALLS: "talk", "recordings.csv": "talk", "messages.csv": "desk"}


def _centre() -> Centre:
    return Centre(
        seed=1, countries=("GB", "DE", "FR", "ES", "IT", "NL"), teams=("cebu", "leon", "cochabamba", "changsha"),
        agents=86, agent_countries=("PH", "NI", "BO", "CN"), company_number="+442079460017",
        consent_wording="sms_optin", email_text=wording(NAME, "email_footer_en.txt"),
        chat_greeting=wording(NAME, "chat_greeting_en.txt"), retention_days=90, refresh_days=92, log_in="3765{:04d}",
    )  # fmt: skip


def _calls(centre: Centre, people: Rows) -> Rows:
    rows = records.calls(centre, people, 1200, FIRST, LAST)
    for number, row in enumerate(rows):
        row |= {"call_id": str(48_300_000 + number + 1), "queue": str(7000 + number % 3)}
    put(rows, range(300, 360), queue=ALWAYS, consent="none", recorded="true")
    put(rows, [number for number, row in enumerate(rows) if row["consent"] == "refused"][:44], recorded="true")
    change(rows, range(600, 618), lambda row: {"agent": "37659901" if int(row["call_id"]) % 2 else "37659902"})
    return rows


def _recordings(centre: Centre, calls: Rows) -> Rows:
    timed = [{**row, "recording_started_at": row["recording_started_at"] or row["consent_at"]} for row in calls]
    rows = records.recordings(centre, timed)
    consent = {row["call_id"]: row["consent"] for row in calls}
    kept = 0
    for row in rows:
        if consent[row["call_id"]] != "refused":
            continue
        kept += 1
        if kept > 14:  # the script's promise: recorded all the same, deleted after the call
            gone = datetime.fromisoformat(row["created_at"]) + timedelta(hours=1)
            row |= {"state": "deleted", "delete_due_at": iso(gone), "deleted_at": iso(gone)}
    old = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for number in range(1, 13):
        rows.append(
            {"recording_id": f"ROLD{number:02d}", "call_id": "", "created_at": iso(old + timedelta(days=number)),
             "duration_s": 240 + number, "state": "available", "purpose": "training", "legal_hold": "false",
             "delete_due_at": "", "deleted_at": "", "location": "", "encrypted": "true"}
        )  # fmt: skip
    return rows


def _messages(centre: Centre, people: Rows) -> Rows:
    german = wording(NAME, "email_footer_de.txt")
    mails = records.emails(centre, people, 450, date(2025, 11, 3), LAST)
    for row in mails:
        if row["direction"] == "outbound" and row["customer_country"] == "DE":
            row["text"] = german
    bare = [number for number, row in enumerate(mails) if row["direction"] == "outbound"][40:65]
    put(mails, bare, text="Thank you, a new lamp is on its way.")
    chats = messages.chats(centre, people, 80, FIRST, LAST)
    put(chats, range(30, 54, 3), text="Hi, what can I do for you?")
    british = Centre(seed=11, countries=("GB",), teams=(), agents=0, agent_countries=(), company_number="")
    texts = messages.marketing_texts(british, 120, TEXT, FIRST, LAST)
    put(texts, range(20, 50), text=TEXT.partition(" To stop")[0])
    posts = messages.public_answers(centre, people, 40, FIRST, LAST)
    put(posts, range(5, 7), text="We have found your order under buyer.name@example.com.")
    return [*mails, *chats, *texts, *posts]


def _consents(sent: Rows) -> Rows:
    british = Centre(seed=12, countries=("GB",), teams=(), agents=0, agent_countries=(), company_number="",
                     consent_wording="sms_optin")  # fmt: skip
    rows = records.consents(british, 160, "sms", date(2025, 10, 6))
    last = {row["customer_address"]: row["sent_at"] for row in sent if row["channel"] == "sms"}

    def withdrawn(row: Row) -> Row:
        moment = datetime.fromisoformat(last[row["contact"]]) - timedelta(days=9)
        return {"status": "withdrawn", "withdrawn_at": iso(moment)}

    change(rows, range(10, 14), withdrawn)
    return rows


def _requests(centre: Centre, sent: Rows) -> Rows:
    rows = records.requests(centre, 36, date(2026, 3, 3), date(2026, 8, 20))
    change(rows, range(3, 5), lambda row: {"answered_at": iso(_day(row["received_at"]) + timedelta(days=47))})
    erasures = [number for number, row in enumerate(rows) if row["type"] == "erasure"][:3]
    addresses = [row["customer_address"] for row in sent if row["sent_at"] < "2026-02"][:30:14]
    for number, address in zip(erasures, addresses, strict=True):
        rows[number] = {**rows[number], "contact": address}
    return rows


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _staff(centre: Centre) -> Rows:
    rows = records.staff(centre)
    put(rows, range(50, 54), mfa="false")
    return rows


def _training(centre: Centre, people: Rows) -> Rows:
    rows = records.training(centre, people, lead_days=6)
    lead, late = people[1]["person"], {people[30]["person"], people[31]["person"]}
    rows = [row for row in rows if row["person"] != lead or row["completed_at"] < "2026-08"]
    first = {person: min(row["completed_at"] for row in rows if row["person"] == person) for person in late}
    rows = [row for row in rows if row["person"] not in late or row["completed_at"] != first[row["person"]]]
    return [{**row, "topic": "数据保护", "course": "GDPR 客服培训", "passed": "是"} for row in rows]


def _drills(centre: Centre) -> Rows:
    rows = records.drills(centre.teams, date(2026, 6, 1))
    rows = [row for row in rows if (row["team"], row["scenario"]) != ("cochabamba", "breach")]
    put(rows, (2, 5), result="failed")
    put(rows, (5,), followup_at="2026-06-12")
    return rows


def _spot_checks(centre: Centre, people: Rows) -> Rows:
    rows = records.spot_checks(centre, people, 60, date(2026, 4, 6))
    put(rows, (8, 9), result="failed")
    return rows


def _incidents() -> Rows:
    rows = records.incidents("controller", datetime(2026, 4, 1, 9, tzinfo=UTC), 4)
    change(rows, range(2, 3), lambda row: {"authority_notified_at": iso(_day(row["aware_at"]) + timedelta(hours=130))})
    return rows


def sample() -> Sample:
    """Return the client with its files."""
    centre = _centre()
    people = _staff(centre)
    calls = _calls(centre, people)
    sent = _messages(centre, people)
    plain = {
        "recordings": _recordings(centre, calls), "messages": sent, "consents": _consents(sent),
        "requests": _requests(centre, sent), "staff": people, "drills": _drills(centre), "incidents": _incidents(),
        "spot_checks": _spot_checks(centre, people),
    }  # fmt: skip
    training = _training(centre, people)
    exports = {f"{name}.csv": csv_bytes(name, rows) for name, rows in plain.items()}
    exports[CALLS] = talk_bytes(calls, {ALWAYS: "always"})
    exports[COURSES] = csv_bytes("training", training, delimiter=";", encoding="gb18030", names=COURSE_NAMES)
    tables = {f"{name}.csv": (name, rows) for name, rows in plain.items()}
    index = described(
        tables | {CALLS: ("calls", calls), COURSES: ("training", training)}, unfiltered="无", systems=SYSTEM_OF
    )
    intake = said.intake().model_copy(update={"evidence": index})
    return Sample(name=NAME, language="zh", said=with_answers(intake, *ANSWERS), exports=exports)
