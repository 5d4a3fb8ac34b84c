# ruff: noqa: E501  (rows of exports are easier to read on one line)
"""Exports that look like something else: each is read as what it is, or said, placed and counted."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from evidence_cases import AS_OF, index, intake, seen_elements

from gdpr_assess.issue import Issue
from gdpr_assess.model import CheckResult, Intake
from gdpr_assess.practices import Exports, read_evidence, run_checks
from gdpr_assess.practices.coverage import coverage
from gdpr_assess.practices.proposing import likely_table, looks, propose, propose_values
from gdpr_assess.practices.readers.contacts import phones
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.tables import TABLES

MEMBERS = "Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,EUID\n"
CALLS = "call_id,started_at,direction,customer_number,recorded\n"


def of(folder: Path, said: Intake | None = None, **files: str | bytes) -> tuple[Exports, list[Issue]]:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_evidence(folder, said or intake(), AS_OF)


def placed(issues: list[Issue], code: str) -> list[tuple[str, int | None, object]]:
    """Return level, row and count of each issue of a kind."""
    return [(i.level, i.place.row, i.params.get("count")) for i in issues if i.code == f"practices.{code}"]


def outcome(exports: Exports, check: str, said: Intake | None = None) -> CheckResult:
    results, _ = run_checks(exports, said or intake(), AS_OF, {}, seen_elements)
    return next(result for result in results if result.check == check)


def test_people_who_never_subscribed_gave_no_consent(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "audience.zip", "w") as package:
        for kind, name in (("subscribed", "a"), ("nonsubscribed", "b")):
            row = f"{name}@x.se,2,2025-01-01 10:00:00,2025-01-01 10:00:00,{name},e\n"
            package.writestr(f"{kind}_email_audience_export_ab12.csv", MEMBERS + row)
    mails = "message_id,channel,sent_at,direction,purpose,customer_address,customer_country,existing_customer\n1,email,2026-02-01 10:00,outbound,marketing,a@x.se,DE,no\n2,email,2026-02-01 10:00,outbound,marketing,b@x.se,DE,no\n"
    exports, issues = of(tmp_path, messages__csv=mails)
    assert exports["consents"].frame.select("contact", "status").rows() == [("a@x.se", "granted")]
    assert placed(issues, "never_subscribed") == [("warning", None, 1)]
    found = outcome(exports, "marketing.consent")
    assert (found.population, found.exceptions, [place.row for place in found.places]) == (2, 1, [3])


def test_only_the_name_of_a_file_tells_who_subscribed(tmp_path: Path) -> None:
    exports, issues = of(tmp_path, list__csv=MEMBERS + "a@x.se,2,,,a,e\n")
    assert not exports["consents"].given
    assert len(placed(issues, "format_by_name")) == 1
    told = "files:\n  list.csv: {format: mailchimp_subscribed}\n"
    assert of(tmp_path, evidence__yaml=told)[0]["consents"].height == 1
    (tmp_path / "list.csv").rename(tmp_path / "nonsubscribed_email_audience_export.csv")
    exports, issues = of(tmp_path, evidence__yaml="files: {}\n")
    assert not exports["consents"].given
    assert {issue.code for issue in issues} == {"practices.never_subscribed"}


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("DE", "+49 (0)151 00000003", "+4915100000003"),
        ("DE", "0049 (0)30 1234567", "+49301234567"),
        ("SE", "+44 (0)20 7946 0958", "+442079460958"),
        ("DE", "+390151 1234567", "+3901511234567"),  # the zero of an Italian number stays
        ("DE", "'+4915100000007", "+4915100000007"),
        ("DE", "4917612345678", "+4917612345678"),
        ("SE", "46701234567", "+46701234567"),
        ("PL", "486012345", "+48486012345"),  # a national number that begins like the country code
        ("DK", "45123456", "+4545123456"),
        ("IT", "3933312345", "+393933312345"),
    ],
)
def test_numbers_become_what_they_are(country: str, text: str, number: str) -> None:
    assert phones(pl.Series([text]), None, country).to_list() == [number]


def test_numbers_that_nobody_can_decide_are_said_and_not_tested(tmp_path: Path) -> None:
    rows = ["490301234567", '"4,91510E+11"', "anonymous", "4915100000001"]
    calls = "".join(f"{n},2026-02-01 10:00,outbound,{number},no,marketing\n" for n, number in enumerate(rows))
    exports, issues = of(
        tmp_path, intake(main_country="DE"), calls__csv=CALLS.replace("\n", ",purpose\n") + calls,
        suppressions__csv="contact,channel,added_at\n4.9e11,phone,2025-01-01\n+4915100000001,phone,2025-01-01\n",
    )  # fmt: skip
    assert exports["calls"].frame["customer_number"].to_list() == [None, None, None, "+4915100000001"]
    assert placed(issues, "number_undecided") == [("error", 2, 1)]
    assert sorted(placed(issues, "number_rounded"), key=str) == [("error", 2, 1), ("error", 3, 1)]
    assert placed(issues, "numbers_assumed") == []  # a code without a plus is a code
    unread = TABLES["calls"].bit("customer_number")
    assert [bool(bits & unread) for bits in exports["calls"].frame["_unread"]] == [True, True, False, False]


@pytest.mark.parametrize(
    ("header", "row", "lost"),
    [
        ("Id,HasOptedOutSolicit,HasOptedOutProfiling,ShouldForget,HasOptedOutSolicit", "1,true,false,false,true", "HasOptedOutSolicit"),
        ("subscriberIdString,channel,subscriptionId,status,legalBasis,status", "a@x.se,EMAIL,1,SUBSCRIBED,x,y", "status"),
        ("Request ID,Request Type,Status,Request Type,Time Received,Time Approved/Denied,Completed On", "1,access,complete,erasure,,,", "Request Type"),
        ("id,requester_id,submitter_id,via_channel,created_at,id", "1,2,2,email,2026-01-01T10:00:00Z,3", "id"),
    ],
)  # fmt: skip
def test_a_heading_that_stands_twice_picks_no_rows(header: str, row: str, lost: str, tmp_path: Path) -> None:
    _, issues = of(tmp_path, export__csv=f"{header}\n{row}\n")
    said = [issue for issue in issues if issue.code == "practices.header_twice"]
    assert lost in [issue.params["column"] for issue in said]
    assert {(issue.level, issue.place.row) for issue in said} == {("error", 1)}


def calls(first: int, last: int) -> str:
    return "".join(f"{n},2026-02-01 10:00,inbound,+4670{n:07},yes\n" for n in range(first, last))


@pytest.mark.parametrize("closing", ["150,2026-02-01 10:00,in\"bound,,yes\n", "150,2026-02-01 10:00,5\",,yes\n", ""])  # fmt: skip
def test_a_stray_quotation_mark_swallows_no_rows(closing: str, tmp_path: Path) -> None:
    text = (
        CALLS + calls(1, 51) + '51,2026-02-01 10:00,inbound,"+46701,yes\n' + calls(52, 150) + closing + calls(151, 200)
    )
    exports, issues = of(tmp_path, calls__csv=text)
    assert placed(issues, "row_stray_quote") == [("error", 52, 1)]
    assert exports["calls"].height == 197 + bool(closing)
    assert exports.facts[0]["bad_rows"] == 1


@pytest.mark.parametrize(
    "text",
    [
        'm1,"Dear Anna,\nthank you, and\nbye, Bo",email\nm2,x,email\n',
        'm1,"a, b\nc, d\ne, f\n",email\nm2,x,email\n',
        'm1,"1, 2, 3\n",email\nm2,"4, 5, 6\n7, 8, 9",email\n',
        'm1,"He said ""no"", and\nleft",email\nm2,x,email\n',
    ],
)
def test_texts_of_several_lines_stay_texts(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("message_id,text,channel\n" + text, encoding="utf-8")
    source = Delimited(tmp_path / "m.csv", frozenset())
    assert [row[0] for _, row in source.rows(["message_id"])] == ["m1", "m2"]
    assert source.bad_rows == 0


MAIL = """From MAILER Thu Jan  1 00:00:00 2026
From: news@shop.example
To: a@x.se, B@Y.se
Cc: c@z.se, boss@shop.example
Bcc: b@y.se
Date: Thu, 01 Jan 2026 10:00:00 +0100
Subject: Offer
Message-ID: <1@shop.example>
Content-Type: text/plain

Buy

"""


def test_each_person_whom_a_mail_went_to_was_contacted(tmp_path: Path) -> None:
    said = intake(privacy_contact="privacy@shop.example")
    given = {
        "sent__mbox": MAIL,
        "again__mbox": MAIL,  # the same mail in a second mailbox is not counted again
        "suppressions__csv": "contact,channel,added_at\nb@y.se,email,2025-01-01 10:00\n",
        "consents__csv": "consent_id,contact,purpose,channel,status,captured_at\n1,a@x.se,marketing,email,granted,2025-01-01\n2,b@y.se,marketing,email,granted,2025-06-01\n",
        "evidence__yaml": "files:\n  '*.mbox': {columns: {purpose: $marketing, customer_country: $DE, existing_customer: $no}}\n",
    }
    exports, _ = of(tmp_path, said, **given)
    assert exports["messages"].frame["customer_address"].to_list() == ["a@x.se", "b@y.se", "c@z.se"]
    assert {fact["records"] for fact in exports.facts if fact["table"] == "messages"} == {1}
    consent = outcome(exports, "marketing.consent", said)
    assert (consent.population, consent.exceptions) == (3, 1)  # only the one without consent, not the whole mail
    (tmp_path / "consents.csv").unlink()
    suppressed = outcome(of(tmp_path, said)[0], "marketing.suppressed", said)
    assert (suppressed.population, suppressed.exceptions, suppressed.untested) == (3, 1, 0)


def ticket(number: int, **more: object) -> str:
    known = {
        "id": number,
        "requester_id": 7,
        "submitter_id": 7,
        "via": {"channel": "email"},
        "created_at": "2026-02-01T10:00:00Z",
        "subject": "Help",
        "description": "first",
    }
    return json.dumps(known | more) + "\n"


def test_comments_that_came_with_a_ticket_are_messages(tmp_path: Path) -> None:
    comments = [
        {"id": 1, "type": "Comment", "author_id": 7, "body": "first", "public": True, "created_at": "2026-02-01T10:00:00Z"},
        {"id": 2, "type": "Comment", "author_id": 9, "body": "answer", "public": True, "created_at": "2026-02-01T11:00:00Z"},
        {"id": 3, "type": "Comment", "author_id": 9, "body": "note", "public": False, "created_at": "2026-02-01T12:00:00Z"},
    ]  # fmt: skip
    exports, issues = of(tmp_path, export__json=ticket(1, comments=comments) + ticket(2))
    found = exports["messages"].frame.select("message_id", "thread_id", "direction", "text").rows()
    assert sorted(found, key=str) == [
        ("2", "2", "inbound", "first"), ("comment-1", "1", "inbound", "first"), ("comment-2", "1", None, "answer"),
        ("comment-3", "1", "internal", "note"),
    ]  # fmt: skip
    assert placed(issues, "not_linked") == [("warning", 1, 1)]


def test_comments_handed_over_twice_count_once(tmp_path: Path) -> None:
    comment = {
        "id": 1,
        "type": "Comment",
        "author_id": 7,
        "body": "first",
        "public": True,
        "created_at": "2026-02-01T10:00:00Z",
    }
    own = comment | {"ticket_id": 1}
    exports, issues = of(tmp_path, tickets__json=ticket(1, comments=[comment]), comments__json=json.dumps([own]))
    assert exports["messages"].frame["text"].to_list() == ["first"]
    assert placed(issues, "message_twice") == [("warning", 1, 1)]


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("24.12.2025, 8:55 vorm. - Anna: x", "08:55"),
        ("24.12.2025, 8:55 nachm. - Anna: x", "20:55"),
        ("24/12/25, 8:55\u202fμ.μ. - Anna: x", "20:55"),
        ("24/12/25, 12:05 π.μ. - Anna: x", "00:05"),
        ("2025-12-24 8:55 em - Anna: x", "20:55"),
        ("2025-12-24 8:55 fm - Anna: x", "08:55"),
        ("24/12/25, 8:55 p.\u00a0m. - Anna: x", "20:55"),
        ("[24/12/25, 8:55:01\u202fPM] Anna: x", "20:55"),
        ("24.12.2025 klo 8.55 ip. - Anna: x", "20:55"),
        ("24.12.2025 8:55 odp. - Anna: x", "20:55"),
        ("24/12/2025, 8:55 da tarde - Anna: x", "20:55"),
        ("2025/12/24 凌晨1:05 - Anna: x", "01:05"),
        ("2025/12/24 晚上8:55 - Anna: x", "20:55"),
        ("2025/12/24, PM 8:55 - Anna: x", "20:55"),
    ],
)
def test_halves_of_the_day_in_the_languages_of_telephones(line: str, moment: str, tmp_path: Path) -> None:
    zone = "files:\n  chat.txt: {time_zone: UTC}\n"
    frame = of(tmp_path, chat__txt=f"{line}\n", evidence__yaml=zone)[0]["messages"].frame
    assert frame["sent_at"].dt.strftime("%Y-%m-%d %H:%M").to_list() == [f"2025-12-24 {moment}"]


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Chat with Anna", "WhatsApp Chat - Anna", "WhatsApp Chat mit Anna", "WhatsApp-chatt med Anna",
        "WhatsApp-chat med Anna", "WhatsApp-chat met Anna", "Conversa do WhatsApp com Anna", "Chat de WhatsApp con Anna",
        "Chat WhatsApp con Anna", "Discussion WhatsApp avec Anna", "Czat WhatsApp z Anna", "Konverzace WhatsApp s Anna",
        "WhatsApp-keskustelu käyttäjän Anna kanssa", "Συνομιλία WhatsApp με Anna", "与Anna的 WhatsApp 聊天",
        "WhatsApp Chat with Anna(1)",
    ],
)  # fmt: skip
def test_the_name_of_a_chat_tells_the_other_side_in_every_language(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.txt").write_text(
        "24.12.25, 08:55 - Anna: hi\n24.12.25, 08:56 - Shop Anna Nord: yes\n", encoding="utf-8"
    )
    exports, issues = read_evidence(tmp_path, intake(), AS_OF)
    assert exports["messages"].frame["direction"].to_list() == ["inbound", "outbound"]
    assert not placed(issues, "chat_side")


def proposed(folder: Path, stem: str, text: str) -> tuple[str, dict[str, str], dict[str, dict[str, str]]]:
    (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    found = looks(Delimited(folder / f"{stem}.csv", frozenset()))
    table = TABLES[likely_table(found, stem)]
    columns = propose(found, table)
    by_header = {look.header: look for look in found}
    words = {
        ours: propose_values(by_header[theirs], table.column(ours))
        for ours, theirs in columns.items()
        if table.column(ours).kind == "choice"
    }
    return table.name, columns, words


def test_the_number_of_a_customer_is_no_number_of_a_call(tmp_path: Path) -> None:
    text = "Nr połączenia;Data i godzina rozpoczęcia;Kierunek;Numer klienta;Konsultant\n1;03.04.2026 10:00;wychodzące;+48601234567;Jan\n2;13.04.2026 10:00;wychodzące;+48601234567;Jan\n"
    table, columns, _ = proposed(tmp_path, "export", text)
    assert (table, columns["call_id"], columns["customer_number"]) == ("calls", "Nr połączenia", "Numer klienta")
    table, columns, _ = proposed(
        tmp_path, "export", text.replace("Nr połączenia", "Uwaga").replace("+48601234567", "K-17")
    )
    assert "Numer klienta" not in columns.values()


def test_words_of_exports_are_proposed(tmp_path: Path) -> None:
    table, columns, words = proposed(
        tmp_path, "aufnahmen", "Aufnahme-ID;Aufgenommen am;Status\n1;01.02.2026;gelöscht\n2;02.02.2026;vorhanden\n"
    )
    assert (table, columns["recording_id"]) == ("recordings", "Aufnahme-ID")
    assert words["state"] == {"gelöscht": "deleted", "vorhanden": "available"}
    table, columns, words = proposed(
        tmp_path,
        "anfragen",
        "Nr wniosku;Art der Anfrage;Eingegangen am;Ergebnis\n1;Datenübertragbarkeit;01.02.2026;teilweise\n",
    )
    assert (table, columns["request_id"], words["outcome"]) == ("requests", "Nr wniosku", {"teilweise": "partly"})
    assert words["type"] == {"Datenübertragbarkeit": "portability"}
    table, columns, words = proposed(
        tmp_path,
        "calls",
        "Anruf-ID;Anrufbeginn;Syfte;Einwilligung;Einwilligungszeitpunkt\n1;01.02.2026 10:00;marknadsföring;Nein;01.02.2026 10:00\n",
    )
    assert columns["consent_at"] == "Einwilligungszeitpunkt"
    assert words["purpose"] == {"marknadsföring": "marketing"}
    assert words["consent"] == {"Nein": "none"}  # not given, which need not mean that it was refused
    table, columns, words = proposed(
        tmp_path, "schulungen", "Mitarbeiter;Kurs;Thema;Abgeschlossen am\nEva;X;Datenschutz;01.02.2026\n"
    )
    assert (columns["topic"], words["topic"]) == ("Thema", {"Datenschutz": "data_protection"})


def test_two_encodings_in_one_short_file_are_said(tmp_path: Path) -> None:
    rows = b"1,email,2026-02-01 10:00,inbound,gr\xc3\xbcn\n2,email,2026-02-01 10:00,inbound,gr\xfcn\n"
    exports, issues = of(tmp_path, messages__csv=b"message_id,channel,sent_at,direction,text\n" + rows)
    assert exports["messages"].frame["text"].to_list() == ["grün"]
    assert placed(issues, "row_encoding") == [("error", 2, 1)]


def test_a_header_without_rows_is_said_unless_it_was_stated(tmp_path: Path) -> None:
    assert placed(of(tmp_path, calls__csv=CALLS)[1], "no_rows") == [("warning", None, None)]
    stated = Intake(profile=intake().profile, evidence=index("calls.csv", stated_rows=0))
    assert placed(of(tmp_path, stated)[1], "no_rows") == []


@pytest.mark.parametrize("name", ["mail", "whatsapp"])
def test_the_list_of_formats_names_no_check_of_another_channel(name: str) -> None:
    found = coverage(name)
    assert "message.chat_notice" not in {*found.whole, *found.partly, *found.untestable}
