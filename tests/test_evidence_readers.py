# ruff: noqa: E501  (tables are easier to count on one line per record)
"""Exports as they come: encodings, delimiters, vendors' records, times, contacts, what is said of each file."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from evidence_cases import AS_OF, index, intake, read, seen_elements, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.model import CheckResult, Evidence
from gdpr_assess.practices import TABLES, Exports, read_evidence, run_checks
from gdpr_assess.practices.mapping import known_headers, vendors
from gdpr_assess.practices.readers.contacts import contacts, phones
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.readers.times import day_order, moments
from gdpr_assess.practices.readers.typed import AUTHOR, CUSTOMER
from gdpr_assess.practices.tables import READ

REAL = Path(__file__).parent / "data" / "exports"


def of(folder: Path, *files: Evidence) -> tuple[Exports, list[Issue]]:
    return read_evidence(folder, intake(files), AS_OF)


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code.removeprefix("practices.") for issue in issues}


def put(folder: Path, name: str, content: bytes | str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


cells = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\ufffd\u2028\u2029\x85"), max_size=12
)
words = cells.map(lambda text: text.strip() or "x")
tables = st.lists(st.tuples(words, cells, cells, cells), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    rows=tables,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    newline=st.sampled_from(["\r\n", "\n"]),
    breaks=st.booleans(),
)
def test_delimited_text_round_trip(
    tmp_path: Path, rows: list[tuple[str, ...]], encoding: str, delimiter: str, newline: str, breaks: bool
) -> None:
    header = ["call_id", "queue", "campaign", "transcript"]
    rows = [(row[0], *(f"{cell}\n{cell}" if breaks and cell else cell for cell in row[1:])) for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows([header, *rows])
    path = put(tmp_path, "calls.csv", out.getvalue().encode(encoding))
    source = Delimited(path, known_headers(), None if encoding != "utf-16-le" else "utf-16-le")
    assert source.header == header
    assert [tuple(cell or "" for cell in row) for _, row in source.rows(header)] == rows
    assert source.bad_rows == 0


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1250", "Zażółć gęślą jaźń, łódź, proszę"), ("cp1252", "Größe, Übermaß, façade, für Sie")]
)
def test_legacy_encodings_are_recognised(encoding: str, text: str, tmp_path: Path) -> None:
    lines = ["call_id;transcript"] + [f'{n};"{text} {text}"' for n in range(30)]
    source = Delimited(put(tmp_path, "calls.csv", "\n".join(lines).encode(encoding)), known_headers())
    assert [row[0] for _, row in source.rows(["transcript"])] == [f"{text} {text}"] * 30


def test_wide_text_without_a_mark_is_recognised(tmp_path: Path) -> None:
    put(tmp_path, "training.csv", "person\tcourse\ttopic\nAnna\tDP\tdata_protection\n".encode("utf-16-le"))
    exports, _ = of(tmp_path)
    assert exports["training"].frame["person"].to_list() == ["Anna"]


def test_everything_is_text_first(tmp_path: Path) -> None:
    exports, issues = read(
        tmp_path, calls="call_id | queue | transcript\n00123456789012345678 | NA | null\n007 | 1.10 | None"
    )
    frame = exports["calls"].frame
    assert frame["call_id"].to_list() == ["00123456789012345678", "007"]
    assert frame["queue"].to_list() == ["NA", "1.10"]
    assert frame["transcript"].to_list() == ["null", "None"]
    assert codes(issues) == set()


def test_file_rows_are_counted_from_the_header(tmp_path: Path) -> None:
    put(tmp_path, "calls.csv", 'call_id,transcript\n1,"two\nlines"\n\n2,x\n')
    exports, _ = of(tmp_path)
    assert exports["calls"].frame.select("call_id", "_row").rows() == [("1", 2), ("2", 4)]


def test_amazon_connect_record() -> None:
    exports, _ = of(REAL, Evidence(file="amazon_connect_ctr.json"))
    call = exports["calls"].frame.filter(pl.col("call_id") == "15a5cf14-3212-45a1-9f86-a8e97db8afaf").row(0, named=True)
    assert call["started_at"] == datetime.fromisoformat("2022-04-08T14:59:38+00:00")
    assert (call["direction"], call["recorded"], call["agent"], call["queue"]) == (
        "inbound",
        True,
        "admin1",
        "BasicQueue",
    )
    assert (call["customer_number"], call["company_number"]) == ("+17208401003", "+14065003978")
    recording = exports["recordings"].frame.row(0, named=True)
    assert (recording["call_id"], recording["state"]) == (call["call_id"], "available")
    assert not exports["calls"].present.get("announced_at", frozenset()) & {"inputs/evidence/amazon_connect_ctr.json"}


@pytest.mark.parametrize("gap", ["", "\n"])
def test_connect_records_one_after_another_keep_the_newest(gap: str, tmp_path: Path) -> None:
    record = json.loads((REAL / "amazon_connect_ctr.json").read_text())
    new = json.dumps(record | {"LastUpdateTimestamp": "2022-04-09T00:00:00Z", "InitiationMethod": "OUTBOUND"})
    old = json.dumps(record | {"LastUpdateTimestamp": "2022-04-08T00:00:00Z"})
    put(tmp_path, "stream", new + gap + old + gap)
    exports, issues = of(tmp_path)
    assert exports["calls"].frame["direction"].to_list() == ["outbound"]
    assert "row_twice" in codes(issues)


def test_connect_attributes_are_named_in_the_map(tmp_path: Path) -> None:
    shutil.copy(REAL / "amazon_connect_ctr.json", tmp_path / "ctr.json")
    put(
        tmp_path,
        "evidence.yaml",
        "files:\n  ctr.json:\n    table: calls\n    columns: {consent: Attributes.greetingPlayed}\n    values: {consent: {'true': granted}}\n",
    )
    exports, _ = of(tmp_path)
    assert exports["calls"].frame["consent"].to_list() == ["granted"]


def test_zendesk_voice_comment() -> None:
    exports, _ = of(REAL)
    call = exports["calls"].frame.filter(pl.col("_file").str.ends_with("zendesk_voice_comment.json")).row(0, named=True)
    assert (call["call_id"], call["direction"], call["recorded"]) == ("171", "inbound", True)
    assert (call["customer_number"], call["company_number"]) == ("+14156973270", "+14129996294")
    assert call["started_at"] == datetime.fromisoformat("2012-11-16T22:36:22+00:00")
    assert call["ended_at"] == datetime.fromisoformat("2012-11-16T22:37:22+00:00")
    assert call["transcript"] == "Hello"


TALK = {
    "id": 360000000001, "agent_id": 77, "call_group_id": 5, "call_recording_consent": "opt_in",
    "call_recording_consent_action": None, "call_recording_consent_keypress": None, "completion_status": "completed",
    "created_at": "2026-09-01T08:00:00Z", "direction": "inbound", "duration": 90, "phone_number": "+46812345678",
    "recording_time": 60, "updated_at": "2026-09-01T08:02:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "action", "seconds", "expected"),
    [
        ("opt_in", "caller_opted_in", 60, ("granted", True)),
        ("opt_out", "caller_opted_out", 0, ("refused", False)),
        ("opt_out", None, 60, ("none", True)),
        ("always", None, 60, ("none", True)),
        ("never", None, None, ("none", None)),
    ],
)
def test_zendesk_talk_calls_carry_consent(
    setting: str, action: str | None, seconds: int | None, expected: tuple[str, bool | None], tmp_path: Path
) -> None:
    call = TALK | {
        "call_recording_consent": setting,
        "call_recording_consent_action": action,
        "recording_time": seconds,
    }
    put(tmp_path, "incremental.json", json.dumps({"calls": [call], "count": 1, "next_page": None}, indent=1))
    exports, _ = of(tmp_path)
    row = exports["calls"].frame.row(0, named=True)
    assert (row["consent"], row["recorded"]) == expected
    assert (row["call_id"], row["agent"]) == ("360000000001", "77")


def test_zendesk_talk_calls_as_a_table(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TALK))
    writer.writeheader()
    writer.writerow(TALK | {"call_recording_consent_action": "caller_opted_out"})
    put(tmp_path, "talk.csv", out.getvalue())
    exports, _ = of(tmp_path)
    assert exports["calls"].frame.select("call_id", "consent").rows() == [("360000000001", "refused")]


def test_zendesk_legs_are_recognised_and_said_to_be_of_no_use(tmp_path: Path) -> None:
    put(
        tmp_path,
        "legs.json",
        json.dumps({"legs": [{"id": 1, "call_id": 2, "talk_time": 3, "wrap_up_time": 4, "minutes_billed": 1}]}),
    )
    assert "not_useful" in codes(of(tmp_path)[1])


def test_caller_and_called_become_customer_and_company(tmp_path: Path) -> None:
    shutil.copy(REAL / "five9_call_log.csv", tmp_path / "log.csv")
    exports, _ = read_evidence(tmp_path, intake(main_country="US"), AS_OF)
    got = exports["calls"].frame.select("direction", "customer_number", "company_number").rows()
    assert got[:2] == [("outbound", "+12813240116", "+18329178826"), ("inbound", "+17135550000", "+12813240116")]


def test_real_rows_with_impossible_dates_are_placed() -> None:
    exports, issues = of(REAL)
    bad = next(
        issue for issue in issues if issue.code == "practices.bad_time" and issue.params["column"] == "started_at"
    )
    assert (bad.place.row, bad.params["rows"]) == (5, [5])
    assert exports["messages"].frame["channel"].unique().to_list() == ["sms"]


def test_every_flat_vendor_maps_known_columns() -> None:
    for vendor in vendors():
        names = {*READ[vendor.table].names, "caller", "called"}
        assert {name for name in vendor.columns if name not in (AUTHOR, CUSTOMER)} <= names
        assert {*vendor.filled, *vendor.proves} <= names
        assert set(vendor.values) <= names


def test_own_columns_through_the_map(tmp_path: Path) -> None:
    put(tmp_path, "anrufe.csv", "Nr;Beginn;Richtung;Aufnahme\n1;03.04.2026 10:00;Eingehend;ja\n")
    put(
        tmp_path,
        "evidence.yaml",
        "files:\n  anrufe*.csv:\n    table: calls\n    columns: {call_id: Nr, started_at: Beginn, direction: Richtung, recorded: Aufnahme}\n"
        "    values: {direction: {Eingehend: inbound}}\n    time_zone: Europe/Berlin\n",
    )
    exports, issues = of(tmp_path)
    row = exports["calls"].frame.row(0, named=True)
    assert (row["direction"], row["recorded"]) == ("inbound", True)
    assert row["started_at"] == datetime.fromisoformat("2026-04-03T08:00:00+00:00")
    assert codes(issues) == {"not_indexed"}


def test_interval_for_samples_only(tmp_path: Path) -> None:
    write(tmp_path, staff="person | mfa\n" + "\n".join(f"P{n} | {'no' if n < 5 else 'yes'}" for n in range(100)))

    def result(basis: str) -> CheckResult:
        said = intake(index("staff.csv", basis=basis, stated_rows=100))
        exports, _ = read_evidence(tmp_path, said, AS_OF)
        results, _ = run_checks(exports, said, AS_OF, {}, seen_elements)
        return next(item for item in results if item.check == "staff.mfa")

    census, sample = result("census"), result("sample")
    assert (census.rate, census.ci95, census.basis, census.reconciled) == (0.05, None, "census", True)
    assert (sample.rate, sample.ci95, sample.basis) == (0.05, (0.021544, 0.11175), "sample")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("files: {a.csv: {table: kalls}}", "map_value"),
        ("files: {a.csv: {dates: ymd}}", "map_value"),
        ("files: {a.csv: {ignore: perhaps}}", "map_value"),
        ("files: {a.csv: {tabel: calls}}", "map_key"),
        ("files: {a.csv: {1: calls}}", "map_key"),
        ("fils: {a.csv: {table: calls}}", "map_key"),
        ("files: {a.csv: calls}", "map_form"),
        ("files: {a.csv: {columns: calls}}", "map_form"),
        ("files: [a.csv]", "map_form"),
        ("- a.csv", "map_form"),
        ("files: {a.csv: {columns: {call_id: 7}}}", "map_text"),
        ("files: {a.csv: {encoding: [utf-8]}}", "map_text"),
        ("files: {b*.csv: {ignore: true}}", "map_pattern"),
        ("files: {a.csv: {table: kalls, time_zone: Mars/One}}", "bad_zone"),
        ("files: [a.csv", "files.yaml_invalid"),
        ("files: {a.csv: {table: calls, columns: {anounced_at: X}}}", "map_column"),
        ("files: {a.csv: {table: calls, columns: {announced_at: Y}}}", "map_absent"),
        ("files: {a.csv: {table: calls, time_zone: Mars/One}}", "bad_zone"),
    ],
)
def test_mistakes_in_the_map_are_issues(text: str, code: str, tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "call_id,started_at\n1,2026-01-01\n")
    put(tmp_path, "evidence.yaml", text)
    issues = of(tmp_path)[1]
    assert code in codes(issues)
    shown = " ".join(issue_text(issue, "en") for issue in issues)
    assert not [word for word in ("Input should", "instance of", "Value error") if word in shown]


@pytest.mark.parametrize(
    ("name", "near"), [("konsents.csv", "consents.csv"), ("../calls.csv", "calls.csv"), ("/etc/passwd", None)]
)
def test_unknown_files_in_the_map_are_issues(name: str, near: str | None, tmp_path: Path) -> None:
    put(tmp_path, "calls.csv", "call_id,started_at\n1,2026-01-01\n")
    put(tmp_path, "consents.csv", "consent_id,contact\n1,a@b.se\n")
    put(tmp_path, "evidence.yaml", f"files:\n  {name}: {{ignore: true}}\n  calls.csv: {{dates: dmy}}\n")
    found = [issue for issue in of(tmp_path)[1] if issue.code == "practices.map_file"]
    assert [(issue.level, issue.params["file"], issue.params["nearest"]) for issue in found] == [("error", name, near)]


def test_mistake_in_the_map_says_line_and_what_is_allowed(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "call_id,started_at\n1,2026-01-01\n")
    put(tmp_path, "evidence.yaml", "files:\n  a.csv:\n    dates: dmy\n    table: kalls\n")
    issue = next(issue for issue in of(tmp_path)[1] if issue.code == "practices.map_value")
    assert (issue.place.row, issue.params["nearest"]) == (4, "calls")
    assert "calls, " in issue_text(issue, "en")


def test_unreadable_time_says_which_forms_are_read(tmp_path: Path) -> None:
    _, issues = read(tmp_path, calls="call_id | started_at\n1 | soon")
    issue = next(issue for issue in issues if issue.code == "practices.bad_time")
    assert "2026-09-30T14:05:00+02:00" in issue_text(issue, "en")
    written = ["2026-09-30", "2026-09-30 14:05", "2026-09-30T14:05:00+02:00", "30.09.2026 14:05", "30 Sep 2026 14:05"]
    for lang in ("en", "zh"):
        assert all(form in issue_text(issue, lang) for form in [*written, "1790000000"])
    assert moments(pl.Series(written), "UTC", "UTC", "dmy")["unread"].to_list() == [False] * len(written)
    assert moments(pl.Series(["1790000000"]), "UTC", "UTC")["unread"].to_list() == [False]


def test_unknown_files_are_said_and_ignored_ones_are_left(tmp_path: Path) -> None:
    put(tmp_path, "lunch.csv", "dish,price\nsoup,3\n")
    put(tmp_path, "notes.csv", "a,b\n1,2\n")
    put(tmp_path, "evidence.yaml", "files: {notes.csv: {ignore: true}}")
    _, issues = of(tmp_path, Evidence(file="gone.csv"))
    said = {(issue.code.removeprefix("practices."), issue.place.file.rpartition("/")[2]) for issue in issues}
    assert {("not_recognised", "lunch.csv"), ("file_ignored", "notes.csv")} <= said
    assert "file_missing" in codes(issues)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00"),
        ("2026-03-01T10:00:00.5+02:00", "2026-03-01T08:00:00.500000"),
        ("2026-03-01 10:00", "2026-03-01T09:00:00"),
        ("2026-07-01 10:00:00", "2026-07-01T08:00:00"),
        ("Fri, 14 Oct 2016 21:56:34 +0000", "2016-10-14T21:56:34"),
        ("1700000000", "2023-11-14T22:13:20"),
        ("1700000000123", "2023-11-14T22:13:20.123000"),
        ("01.03.2026 10:00", "2026-03-01T09:00:00"),
        ("2026/03/01 10:00", "2026-03-01T09:00:00"),
        ("2026年3月1日 10:00", "2026-03-01T09:00:00"),
        ("2022-07-25 16:37:07.000000 UTC", "2022-07-25T16:37:07"),
        ("2026-02-30 10:00", None),
        ("2026-03-29 02:30", None),
        ("later", None),
    ],
)
def test_times(text: str, expected: str | None) -> None:
    row = moments(pl.Series([text]), "Europe/Stockholm", "Europe/Stockholm", "dmy").row(0, named=True)
    assert (row["at"].replace(tzinfo=None).isoformat() if row["at"] else None) == expected
    assert (row["unread"], row["is_day"]) == (expected is None, False)


@settings(deadline=None, max_examples=50)
@given(st.datetimes(datetime(2001, 10, 1), datetime(2049, 12, 31)).map(lambda t: t.replace(microsecond=0, second=0)))
def test_times_are_read_as_written(moment: datetime) -> None:
    forms = ["%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y %H:%M +00:00", "%a, %d %b %Y %H:%M:%S +0000", "%Y/%m/%d %H:%M Z"]
    for form in forms:
        read_back = moments(pl.Series([moment.strftime(form)]), "Asia/Manila", "Asia/Manila", "dmy")["at"][0]
        assert read_back.replace(tzinfo=None) == moment


def test_day_and_month_are_decided_over_the_whole_column() -> None:
    assert day_order(pl.Series(["3/4/2026", "13/4/2026"])) == "dmy"
    assert day_order(pl.Series(["3/4/2026", "4/13/2026"])) == "mdy"
    assert day_order(pl.Series(["3/4/2026"])) == "ambiguous"
    assert day_order(pl.Series(["3.4.2026"])) == "dmy"
    assert day_order(pl.Series(["13/4/2026", "4/13/2026"])) == "conflict"
    assert day_order(pl.Series(["2026-04-03"])) is None


def test_undecided_dates_are_not_guessed(tmp_path: Path) -> None:
    exports, issues = read(tmp_path, calls="call_id | started_at\n1 | 3/4/2026 10:00")
    assert exports["calls"].frame["started_at"].to_list() == [None]
    assert {"dates_ambiguous", "bad_time"} <= codes(issues)


def test_contacts_have_one_form() -> None:
    numbers = pl.Series(["+46 70-123 45 67", "0046701234567", "070-123 45 67", "tel:+46701234567", "anonymous", None])
    assert phones(numbers, None, "SE").to_list() == ["+46701234567"] * 4 + [None, None]
    lands = pl.Series(["DE", None])
    assert phones(pl.Series(["0151 12345678", "0151 12345678"]), lands, None).to_list() == ["+4915112345678", None]
    mixed = pl.Series([" Anna@Example.COM ", "070 123 45 67", "@anna", None])
    assert contacts(mixed, None, "SE").to_list() == ["anna@example.com", "+46701234567", "@anna", None]


def test_wrong_values_are_issues_with_the_nearest_right_one(tmp_path: Path) -> None:
    _, issues = read(
        tmp_path, calls="call_id | direction | recorded\n1 | inbond | yes\n2 | inbond | perhaps\n3 | Inbound | 0"
    )
    bad = {issue.code: issue for issue in issues}
    choice = bad["practices.bad_choice"]
    assert (choice.params["nearest"], choice.params["count"], choice.params["rows"]) == ("inbound", 2, [2, 3])
    assert bad["practices.bad_flag"].place.row == 3


def test_rows_after_the_extraction_and_repeated_ids_leave(tmp_path: Path) -> None:
    text = (
        "call_id | started_at | agent\n1 | 2026-09-01 10:00 | old\n1 | 2026-09-02 10:00 | new\n2 | 2026-09-30 12:01 | x"
    )
    exports, issues = read(tmp_path, calls=text)
    assert exports["calls"].frame.select("_row", "agent").rows() == [(3, "new")]
    assert {(issue.code, issue.place.row) for issue in issues} == {
        ("practices.row_after_extraction", 4),
        ("practices.row_twice", 2),
    }


def test_a_file_is_reconciled_with_what_is_stated_of_it(tmp_path: Path) -> None:
    write(tmp_path, calls="call_id | started_at\n" + "\n".join(f"{n} | 2026-09-{n:02} 10:00" for n in range(1, 11)))

    def fact(**stated: object) -> tuple[object, list[str]]:
        exports, _ = of(tmp_path, *index("calls.csv", **stated))
        return exports.facts[0]["reconciled"], exports.facts[0]["because"]

    assert fact() == (None, [])
    assert fact(stated_rows=10) == (True, [])
    assert fact(stated_rows=11) == (False, ["rows"])
    assert fact(stated_rows=10, covers_from=date(2026, 9, 1), covers_to=date(2026, 9, 30)) == (False, ["gap"])
    assert fact(stated_rows=10, covers_from=date(2026, 9, 5)) == (False, ["outside"])
    assert fact(stated_rows=10, covers_from=date(2026, 9, 1), covers_to=date(2026, 9, 12)) == (True, [])


def test_default_moment_of_extraction_is_said(tmp_path: Path) -> None:
    write(tmp_path, calls="call_id | started_at\n1 | 2026-09-30 23:00")
    exports, issues = of(tmp_path)
    fact = exports.facts[0]
    assert (fact["extracted_at"], fact["extracted_at_default"], fact["indexed"]) == ("2026-09-30", True, False)
    assert exports["calls"].frame.height == 1
    assert codes(issues) == {"not_indexed", "zone_assumed"}


def test_a_zone_is_only_missed_where_times_have_none(tmp_path: Path) -> None:
    write(
        tmp_path / "a",
        calls="call_id | started_at\n1 | 2026-09-01T10:00:00Z",
        staff="person | access_from\nA | 2026-09-01",
    )
    assert codes(of(tmp_path / "a")[1]) == {"not_indexed"}
    write(tmp_path / "b", calls="call_id | started_at\n1 | 2026-09-01 10:00")
    assert codes(of(tmp_path / "b")[1]) == {"not_indexed", "zone_assumed"}


def test_tables_always_have_all_columns(tmp_path: Path) -> None:
    exports, _ = read(tmp_path, calls="call_id | agent\n1 | x")
    for name, table in TABLES.items():
        assert set(table.names) <= set(exports[name].frame.columns)
    assert exports["calls"].has("agent")
    assert not exports["calls"].has("recorded")
    assert not exports["messages"].given


def test_every_issue_has_a_text(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "gdpr_assess" / "practices"
    text = "\n".join(path.read_text() for path in source.rglob("*.py"))
    known = {
        key.removeprefix("issues_practices.") for key in texts("en")._source if key.startswith("issues_practices.")
    }
    for code in known:
        stem = code.rpartition("_")[0] + "_" if code.startswith(("bad_", "dates_")) else code
        assert f'"{code}"' in text or f'f"{stem}' in text or f".{code}" in text, code
