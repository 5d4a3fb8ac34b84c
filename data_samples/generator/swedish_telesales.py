"""A Swedish telesales brand with an outsourced seller, calling Sweden and Norway: records and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from data_samples.generator import outbound, records
from data_samples.generator import swedish_telesales_said as said
from data_samples.generator.described import described
from data_samples.generator.files import Sample, csv_bytes, wording
from data_samples.generator.outbound import Person, consent, moment, person, suppression
from data_samples.generator.records import Centre, Row, Rows, change, iso, put
from data_samples.generator.said import with_answers

NAME = "swedish_telesales"
FIRST, LAST = date(2026, 4, 7), date(2026, 9, 24)
EVENING = datetime(2026, 9, 8, 19, 30, tzinfo=UTC)
"""21:30 in Oslo, on a Tuesday."""
SATURDAY = datetime(2026, 9, 12, 10, 5, tzinfo=UTC)
NIX, REFUSED = range(400, 470), range(470, 490)
"""Swedes on the register of those who want no sales calls, and those who said no to this company."""

SYSTEM_OF = {
    "calls.csv": "ringlista", "recordings.csv": "inspelning", "messages.csv": "sms", "consents.csv": "kundsystem",
}  # fmt: skip


def _centre() -> Centre:
    return Centre(
        seed=5, countries=("SE",), teams=("mariehamra", "norrviken"), agents=46, agent_countries=("SE",),
        company_number="+46842300000", recording_wording="inspelning", retention_days=180, refresh_days=365,
        log_in="saljare{:02d}",
    )  # fmt: skip


def _people(country: str, numbers: range) -> list[Person]:
    return [person(country, number) for number in numbers]


def _calls(centre: Centre, sellers: Rows) -> Rows:
    called = [(who, moment(centre.rng, FIRST, LAST)) for who in _people("SE", range(0, 400))]
    called += [(who, moment(centre.rng, FIRST, LAST)) for who in _people("NO", range(0, 320))]
    called += [(who, moment(centre.rng, date(2026, 5, 5), LAST)) for who in _people("SE", range(400, 422))]
    called += [(who, moment(centre.rng, date(2026, 8, 4), LAST)) for who in _people("SE", range(470, 476))]
    called += [(who, EVENING + timedelta(minutes=who.number - 320)) for who in _people("NO", range(320, 334))]
    called += [(who, SATURDAY + timedelta(minutes=who.number - 320)) for who in _people("NO", range(334, 340))]
    rows = outbound.sales_calls(centre, sellers, called)
    sold = [number for number, row in enumerate(rows) if row["disposition"] == "sold"]
    change(rows, sold, _recorded)
    put(rows, sold[30:52], announced_at="")
    put(rows, range(120, 150), agent="extra1")
    put(rows, range(300, 318), agent="extra2")
    notes = ("Kunden är sjukskriven efter en operation, ring om en månad.", "Hon har demens, prata med dottern.")
    for place, number in enumerate(range(500, 512)):
        rows[number]["transcript"] = notes[place % 2]
    return rows


def _recorded(row: Row) -> Row:
    start = datetime.fromisoformat(row["answered_at"]) + timedelta(seconds=20)
    return {
        "recorded": "true", "recording_started_at": iso(start), "recording_stopped_at": row["ended_at"],
        "announced_at": iso(start - timedelta(seconds=8)), "wording_id": "inspelning",
    }  # fmt: skip


def _messages(centre: Centre) -> Rows:
    after, offer = wording(NAME, "sms_efter.txt"), "Norrviken Bredband: fiber för 199 kr i månaden till söndag."
    told = [(who, moment(centre.rng, date(2026, 6, 2), LAST)) for who in _people("SE", range(0, 200))]
    rows = outbound.mailing("sms", "A", "", after, told)
    put(rows, range(len(rows)), purpose="service")
    stop = f"{offer} Svara STOPP om du vill återkalla ditt samtycke."
    asked = [(who, moment(centre.rng, date(2026, 6, 2), LAST)) for who in _people("NO", range(0, 120))]
    offers = outbound.mailing("sms", "B", "", stop, asked)
    put(offers, range(40, 70), text=offer)
    return [*rows, *offers]


def _consents(centre: Centre) -> Rows:
    rows: Rows = []
    for number in range(0, 100):  # 20 of the Norwegians who get the offer never agreed
        rows.append(_given(centre, person("NO", number), "sms", "samtycke_sms"))
    for number in range(0, 90):
        rows.append(_given(centre, person("SE", number), "phone", "tavling"))
    change(rows, range(60, 65), lambda _row: {"status": "withdrawn", "withdrawn_at": "2026-05-20T10:00:00Z"})
    put(rows, range(150, 162), method="", captured_at="")
    return [{**row, "consent_id": f"K{number:05d}"} for number, row in enumerate(rows, start=1)]


def _given(centre: Centre, who: Person, channel: str, text: str) -> Row:
    return consent(who.number, who, channel, moment(centre.rng, date(2025, 9, 2), date(2025, 12, 4)), text)


def _suppressions() -> Rows:
    nix = [suppression(who, "phone", date(2026, 3, 2), "NIX") for who in _people("SE", NIX)]
    own = [suppression(who, "all", date(2026, 7, 2), "refusal") for who in _people("SE", range(476, 490))]
    return [*nix, *own]


def _requests(centre: Centre) -> Rows:
    rows = records.requests(centre, 28, date(2026, 3, 3), date(2026, 8, 19))
    change(
        rows,
        range(10, 13),
        lambda row: {"answered_at": iso(datetime.fromisoformat(row["received_at"]) + timedelta(days=45))},
    )
    said_no = datetime(2026, 7, 14, 9, tzinfo=UTC)
    for place, who in enumerate(_people("SE", range(470, 482)), start=1):
        received = said_no + timedelta(hours=3 * place)
        rows.append(
            {"request_id": f"N{place:03d}", "type": "objection", "scope": "marketing", "received_at": iso(received),
             "acknowledged_at": iso(received), "identity_verified_at": "", "extended_until": "",
             "extension_notified_at": "", "answered_at": iso(received + timedelta(days=1)), "outcome": "done",
             "reason": "", "contact": who.phone, "channel": "phone"}
        )  # fmt: skip
    return rows


def _training(centre: Centre, sellers: Rows) -> Rows:
    rows = records.training(centre, sellers)
    untrained = {row["person"] for row in sellers[30:37]}
    change(rows, [n for n, row in enumerate(rows) if row["person"] in untrained], _a_month_late)
    return rows


def _a_month_late(row: Row) -> Row:
    return {"completed_at": iso(date.fromisoformat(row["completed_at"]) + timedelta(days=31))}


def _tables() -> dict[str, Rows]:
    centre = _centre()
    sellers = records.staff(centre)
    calls = _calls(centre, sellers)
    return {
        "calls": calls, "recordings": records.recordings(centre, calls), "messages": _messages(centre),
        "consents": _consents(centre), "suppressions": _suppressions(), "requests": _requests(centre),
        "training": _training(centre, sellers), "staff": sellers,
        "drills": records.drills(centre.teams[:1], date(2026, 3, 2)),
        "incidents": records.incidents("controller", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        "spot_checks": records.spot_checks(centre, sellers, 30, date(2026, 4, 6)),
    }  # fmt: skip


def sample() -> Sample:
    """Return the client with its files."""
    tables = _tables()
    files = {f"{table}.csv": (table, rows) for table, rows in tables.items()}
    exports = {name: csv_bytes(table, rows) for name, (table, rows) in files.items()}
    intake = said.said().model_copy(update={"evidence": described(files, systems=SYSTEM_OF)})
    return Sample(name=NAME, language="en", said=with_answers(intake, *said.ANSWERS), exports=exports)
