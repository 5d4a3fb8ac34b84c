# ruff: noqa: E501  (rows of exports are easier to read on one line)
"""Exports of consent, marketing, training and rights requests: what each reader makes of a record."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from evidence_cases import AS_OF, intake, seen_elements

from gdpr_assess.issue import Issue
from gdpr_assess.model import CheckResult
from gdpr_assess.practices import TABLES, Exports, read_evidence, run_checks
from gdpr_assess.practices.readers.formats import vendors

REAL = Path(__file__).parent / "data" / "exports_consent"
MINE = ("mailchimp", "hubspot", "salesforce", "fides", "moodle", "mail", "whatsapp")


def of(folder: Path) -> tuple[Exports, list[Issue]]:
    return read_evidence(folder, intake(), AS_OF)


def real(tmp_path: Path, *names: str) -> tuple[Exports, list[Issue]]:
    for name in names:
        shutil.copy(REAL / name, tmp_path / name)
    return of(tmp_path)


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code.removeprefix("practices.") for issue in issues}


def rows(exports: Exports, table: str, *columns: str) -> list[tuple[object, ...]]:
    frame = exports[table].frame.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%d %H:%M"))
    return frame.select(columns).rows()


def put(folder: Path, name: str, text: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def outcomes(exports: Exports) -> dict[str, CheckResult]:
    results, _ = run_checks(exports, intake(), AS_OF, {}, seen_elements)
    return {result.check: result for result in results}


def test_mailchimp_subscribers(tmp_path: Path) -> None:
    exports, issues = real(tmp_path, "subscribed_members_export.csv")
    assert rows(exports, "consents", "customer_id", "purpose", "channel", "status", "captured_at") == [
        ("55331253", "marketing", "email", "granted", "2016-04-18 13:51"),
        ("55331257", "marketing", "email", "granted", "2016-04-18 13:51"),
    ]
    assert codes(issues) == {"not_indexed"}
    evidence = outcomes(exports)["consent.evidence"]
    assert (evidence.outcome, evidence.untested) == ("not_testable", 2)  # neither method nor wording is exported


def test_mailchimp_leavers_are_withdrawals_and_opt_outs(tmp_path: Path) -> None:
    exports, issues = real(tmp_path, "mailchimp_unsub.csv")
    assert rows(exports, "consents", "status", "captured_at", "withdrawn_at") == [
        ("withdrawn", "2020-02-03 04:06", None)
    ]
    assert rows(exports, "suppressions", "contact", "channel", "added_at") == [("mc@x.fr", "email", None)]
    assert "format_unverified" in codes(issues)


def test_mailchimp_members_of_a_warehouse(tmp_path: Path) -> None:
    exports, _ = real(tmp_path, "mailchimp_member.csv")
    assert exports["consents"].frame["status"].to_list().count("withdrawn") == 1
    assert rows(exports, "consents", "source")[-1] == ("8e423a4180",)  # the same member of another list is kept
    assert exports["consents"].frame.height == 9


def test_hubspot_rows_of_a_warehouse(tmp_path: Path) -> None:
    exports, issues = real(
        tmp_path, "hubspot_calls.csv", "hubspot_emails.csv", "hubspot_tickets.csv", "hubspot_email_events.csv"
    )
    assert rows(exports, "calls", "call_id", "started_at") == [("19732910159", "2014-08-27 20:50")]
    assert rows(exports, "messages", "message_id", "channel", "sent_at")[0] == (
        "19732367783",
        "email",
        "2014-08-27 20:50",
    )
    assert exports["messages"].frame.height == 8
    assert "not_useful" in codes(issues)


def test_hubspot_subscriptions_are_parted_by_status(tmp_path: Path) -> None:
    record = {
        "subscriberIdString": "Anna@example.se",
        "channel": "EMAIL",
        "subscriptionId": "7",
        "legalBasis": "CONSENT_WITH_NOTICE",
        "source": "x",
        "timestamp": "2026-02-01T10:00:00Z",
    }
    states = [record | {"status": state} for state in ("SUBSCRIBED", "UNSUBSCRIBED", "NOT_SPECIFIED")]
    put(tmp_path, "subscriptions.json", json.dumps({"results": states}))
    exports, issues = of(tmp_path)
    assert rows(exports, "consents", "contact", "status", "captured_at") == [
        ("anna@example.se", "granted", "2026-02-01 10:00")
    ]
    assert rows(exports, "suppressions", "contact", "channel", "added_at") == [
        ("anna@example.se", "email", "2026-02-01 10:00")
    ]
    assert "bad_choice" not in codes(issues)


def test_hubspot_contacts_give_opt_outs_without_a_date(tmp_path: Path) -> None:
    put(
        tmp_path,
        "contacts.csv",
        "email,hs_email_optout,hs_legal_basis\na@x.se,true,\nb@x.se,,Freely given consent from contact\n",
    )
    put(
        tmp_path,
        "api.json",
        json.dumps({"results": [{"id": "1", "properties": {"email": "c@x.se", "hs_email_optout": "true"}}]}),
    )
    exports, _ = of(tmp_path)
    assert rows(exports, "suppressions", "contact", "channel") == [("c@x.se", "email"), ("a@x.se", "email")]
    assert not exports["suppressions"].has("added_at")
    assert not exports["consents"].given


def test_salesforce_consents_and_opt_outs(tmp_path: Path) -> None:
    header = "Id,ContactPointId,CaptureContactPointType,CaptureDate,CaptureSource,DataUsePurposeId,EffectiveFrom,EffectiveTo,PrivacyConsentStatus\n"
    put(
        tmp_path,
        "cpc.csv",
        header
        + "1,0OP1,Web,2026-01-05T10:00:00.000Z,Form,0ZW1,,2027-01-05T00:00:00.000Z,OptIn\n2,0OP2,Email,2026-01-06T10:00:00.000Z,,0ZW1,,,OptOut\n3,0OP3,Email,,,,,,NotSeen\n",
    )
    put(
        tmp_path,
        "individual.csv",
        "Id,FirstName,HasOptedOutSolicit,HasOptedOutProfiling,ShouldForget\n9,Ann,true,true,false\n8,Bo,false,false,false\n",
    )
    put(
        tmp_path,
        "contact.csv",
        "Id,Email,Phone,HasOptedOutOfEmail,DoNotCall\n5,a@x.se,070-123 45 67,1,1\n6,b@x.se,,0,0\n",
    )
    put(
        tmp_path,
        "evidence.yaml",
        "files:\n  cpc.csv:\n    columns: {purpose: DataUsePurposeId}\n    values: {purpose: {0ZW1: marketing}}\n",
    )
    exports, issues = of(tmp_path)
    assert rows(exports, "consents", "customer_id", "purpose", "status", "method") == [
        ("0OP1", "marketing", "granted", "Web"), ("0OP2", "marketing", "refused", "Email"),
        ("9", "marketing", "refused", None), ("9", "profiling", "refused", None),
    ]  # fmt: skip
    assert rows(exports, "suppressions", "contact", "channel") == [("a@x.se", "email"), ("+46701234567", "phone")]
    assert "rows_other" in codes(issues)


def test_a_subscription_consent_of_salesforce(tmp_path: Path) -> None:
    put(
        tmp_path,
        "s.csv",
        "Id,CommSubscriptionChannelTypeId,ConsentCapturedDateTime,ConsentCapturedSource,ConsentGiverId,PrivacyConsentStatus\n1,0eB,2026-01-05T10:00:00Z,Form 7,003X,OptIn\n",
    )
    exports, _ = of(tmp_path)
    assert rows(exports, "consents", "customer_id", "source", "status") == [("003X", "Form 7", "granted")]


def test_fides_requests(tmp_path: Path) -> None:
    header = (REAL / "fides_header.csv").read_text().strip() + ",email\n"
    lines = [
        "complete,access+erasure,2026-03-01 10:00:00+00:00,2026-04-15,,r1,2026-03-02 10:00:00+00:00,,,2026-03-20 10:00:00+00:00,A@x.se",
        "denied,access,2026-03-01 10:00:00+00:00,,,r2,2026-03-05 10:00:00+00:00,not ours,,,b@x.se",
        "pending,update,2026-03-01 10:00:00+00:00,,,r3,,,,,c@x.se",
        "canceled,access,2026-03-01 10:00:00+00:00,,,r4,,,,,d@x.se",
        "complete,consent,2026-03-01 10:00:00+00:00,,,r5,,,,2026-03-20 10:00:00+00:00,e@x.se",
    ]
    put(tmp_path, "requests.csv", header + "\n".join(lines) + "\n")
    exports, issues = of(tmp_path)
    assert rows(exports, "requests", "request_id", "type", "outcome", "answered_at", "reason", "contact") == [
        ("r1", "erasure", "done", "2026-03-20 10:00", None, "a@x.se"),
        ("r2", "access", "refused", "2026-03-05 10:00", "not ours", "b@x.se"),
        ("r3", "rectification", "open", None, None, "c@x.se"),
    ]
    assert "rows_other" in codes(issues)
    assert outcomes(exports)["rights.deadline"].exceptions == 1


def test_a_header_alone_is_an_empty_log(tmp_path: Path) -> None:
    exports, _ = real(tmp_path, "fides_header.csv")
    assert exports["requests"].given
    assert exports["requests"].frame.is_empty()


def test_kantara_receipt(tmp_path: Path) -> None:
    exports, _ = real(tmp_path, "kantara_receipt.json")
    receipt = "c1befd3e-b7e5-4ea6-8688-e9a565aade21"
    assert rows(exports, "consents", "consent_id", "purpose", "status", "captured_at") == [
        (f"{receipt}#1", None, "granted", "2017-11-13 17:00"),
        (f"{receipt}#2", "profiling", "granted", "2017-11-13 17:00"),
        (f"{receipt}#3", "marketing", "granted", "2017-11-13 17:00"),
    ]
    assert not exports["consents"].has("wording_id")


RECORD = {
    "schema_version": "ISO/IEC TS 27560", "record_id": "r1", "pii_principal_id": "p1",
    "pii_processing": {"privacy_notice": {"id": "W1", "version": 3}, "purposes": [{"purpose": "Newsletter", "purpose_type": "dpv:Marketing"}, "recording"]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("2026-01-01", "given")], ("granted", "2026-01-01", None)),
        (
            [("2026-02-01", "withdrawn"), ("2026-01-01", "dpv:ConsentGiven"), ("2026-01-01", "given")],
            ("withdrawn", "2026-01-01", "2026-02-01"),
        ),
        ([("2026-01-01", "refused")], ("refused", "2026-01-01", None)),
        ([("2026-01-01", "paused")], (None, None, None)),
        ([], (None, None, None)),
    ],
)
def test_iso_27560_records(events: list[tuple[str, str]], expected: tuple[str | None, ...], tmp_path: Path) -> None:
    listed = [
        {"event_time": f"{day}T10:00:00Z", "event_state": state, "event_type": "explicit"}
        if state != "paused"
        else {"event_time": day, "event_state": state}
        for day, state in events
    ]
    put(tmp_path, "records.jsonl", json.dumps(RECORD | {"events": listed}) + "\n" + json.dumps({"other": 1}) + "\n")
    exports, _ = of(tmp_path)
    found = exports["consents"].frame
    days = [
        moment.date().isoformat() if isinstance(moment, datetime) else None
        for moment in (found["captured_at"][0], found["withdrawn_at"][0])
    ]
    assert (found["status"][0], *days) == expected
    assert found.select("consent_id", "purpose", "wording_id").rows() == [
        ("r1#1", "marketing", "W1"),
        ("r1#2", "recording", "W1"),
    ]


MOODLE = {
    "en": ("ID,Name,Email address,Quiz,Quiz - Completion date,Course complete", "Completed (achieved pass grade)", ","),
    "de": ("ID\tName\tE-Mail-Adresse\tTest\tTest - Abschlussdatum\tKurs abgeschlossen", "Abgeschlossen", "\t"),
}


@pytest.mark.parametrize(("lang", "encoding"), [("en", "utf-8"), ("de", "utf-16")])
def test_moodle_course_report(lang: str, encoding: str, tmp_path: Path) -> None:
    header, word, mark = MOODLE[lang]
    done = mark.join(["7", "Anna Berg", "anna@x.se", word, '"21/11/25, 18:04"', '"21/11/25, 18:05"'])
    still = mark.join(["8", "Bo Ek", "bo@x.se", "", "", ""])
    put(tmp_path, "completion-gdpr_2025.csv", "\r\n".join([header, done, still, ""]).encode(encoding))
    exports, issues = of(tmp_path)
    assert rows(exports, "training", "person", "course", "completed_at", "passed") == [
        ("Anna Berg", "gdpr_2025", "2025-11-21 17:05", True), ("Bo Ek", "gdpr_2025", None, None),
    ]  # fmt: skip
    assert "bad_time" not in codes(issues)
    assert "training.refresh" in outcomes(exports)


def test_moodle_activities_and_what_the_map_adds(tmp_path: Path) -> None:
    header = "Namn,E-postadress,Prov,Prov - Slutförandedatum,Film,Film - Slutförandedatum"
    put(tmp_path, "progress.csv", header + '\nAnna,anna@x.se,Slutförd,"21/11/25, 18:04",Ej slutförd,\n')
    put(
        tmp_path,
        "evidence.yaml",
        "files:\n  progress.csv:\n    table: training\n    columns: {person: E-postadress, course: Course, completed_at: Completed on, passed: Passed, topic: $data_protection}\n",
    )
    exports, _ = of(tmp_path)
    assert rows(exports, "training", "person", "course", "passed", "topic") == [
        ("anna@x.se", "Prov", True, "data_protection"), ("anna@x.se", "Film", None, "data_protection"),
    ]  # fmt: skip


def test_an_unknown_word_never_makes_a_pass(tmp_path: Path) -> None:
    put(tmp_path, "progress.csv", 'Name,Quiz,Quiz - Completion date\nAnna,Zrobione,"21/11/25, 18:04"\n')
    exports, _ = of(tmp_path)
    assert exports["training"].frame["passed"].to_list() == [None]


@pytest.mark.parametrize("vendor", [v for v in vendors() if v.vendor in MINE], ids=lambda vendor: vendor.name)
def test_flat_formats_name_our_columns_and_say_what_they_rest_on(vendor: object) -> None:
    for part in vendor.parts:  # type: ignore[attr-defined]
        assert {name for name in part.columns if not name.startswith("_")} <= set(TABLES[part.table].names)
    assert vendor.source  # type: ignore[attr-defined]
    assert vendor.verified or "no " in vendor.source  # type: ignore[attr-defined]
