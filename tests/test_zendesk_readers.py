"""Zendesk: tickets, comments, users, chats, calls; each alone and put together by their ids."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
from evidence_cases import AS_OF, intake
from export_cases import codes, of, put, real, rows, take, utc

from gdpr_assess.practices.case import Case
from gdpr_assess.practices.checks.registry import CHECKS
from gdpr_assess.practices.run import run_check


def test_zendesk_voicemail_ticket(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_ticket_voicemail.json")
    exports, issues = of(tmp_path)
    columns = ("message_id", "channel", "direction", "customer_address", "sent_at")
    assert rows(exports, "messages", *columns) == [
        ("121", "phone", "inbound", "+16896898023", utc("2022-06-17T14:49:20"))
    ]
    assert codes(issues) == set()


def test_zendesk_users_are_people_and_agents_are_staff(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_user.json", "zendesk_admin.json")
    exports, _ = of(tmp_path)
    assert rows(exports, "staff", "person", "access_from", "mfa") == [("Face Toe", utc("2015-07-25T02:23:12"), None)]
    assert [fact["table"] for fact in exports.facts].count("people") == 2


def test_zendesk_closed_account_left_at_its_last_change(tmp_path: Path) -> None:
    put(tmp_path, "users.json", real("zendesk_admin.json") | {"suspended": True, "two_factor_auth_enabled": False})
    assert rows(of(tmp_path)[0], "staff", "left_at", "mfa") == [(utc("2015-07-25T04:51:44"), False)]


def test_zendesk_comments_alone_do_not_tell_who_wrote(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_comment.json")
    exports, issues = of(tmp_path)
    assert rows(exports, "messages", "message_id", "direction", "agent") == [("1274", None, None)]
    assert codes(issues) == {"not_linked"}


def zendesk_pages(folder: Path) -> None:
    ticket = real("zendesk_ticket.json") | {"via": {"channel": "email", "source": {"from": {}, "to": {}}}}
    ticket |= {"id": 35, "requester_id": 6128164851599, "submitter_id": 6128164851599}
    comment = real("zendesk_comment.json") | {"ticket_id": 35}
    said = [(1, 6128164851599, True, "Hello"), (2, 1159307768, True, "Good day"), (3, 1159307768, False, "rude")]
    comments = [
        comment | {"id": number, "author_id": author, "public": public, "body": body}
        for number, author, public, body in said
    ]
    folder.mkdir(exist_ok=True)
    (folder / "tickets.json").write_text(json.dumps({"tickets": [ticket], "next_page": None, "count": 1}))
    pages = [json.dumps({"comments": part, "next_page": "x", "count": 3}) for part in (comments[:2], comments[2:])]
    (folder / "comments.json").write_text("".join(pages))
    put(folder, "users.jsonl", real("zendesk_user.json"), real("zendesk_admin.json"))


def test_zendesk_comments_are_linked_with_users_and_tickets(tmp_path: Path) -> None:
    zendesk_pages(tmp_path)
    exports, issues = of(tmp_path)
    address = "integration-test+amberblanchard@airbyte.io"
    assert rows(exports, "messages", "text", "direction", "agent", "customer_address", "channel") == [
        ("Hello", "inbound", None, address, "email"),
        ("Good day", "outbound", "Face Toe", address, "email"),
        ("rude", "internal", "Face Toe", address, "email"),
    ]
    assert codes(issues) == {"message_twice"}


def test_internal_notes_are_sent_to_nobody(tmp_path: Path) -> None:
    zendesk_pages(tmp_path)
    exports, _ = of(tmp_path)
    said = intake()
    case = Case(exports, said, AS_OF, {}, lambda text, **_: None)  # type: ignore[arg-type,return-value]
    assert run_check("marketing.suppressed", CHECKS["marketing.suppressed"], case).outcome == "not_testable"
    outbound = exports["messages"].frame.filter(pl.col("direction") == "outbound")
    assert outbound["text"].to_list() == ["Good day"]


def test_zendesk_rows_of_a_warehouse(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_ticket_data.csv", "zendesk_ticket_comment_data.csv", "zendesk_user_data.csv")
    exports, issues = of(tmp_path)
    frame = exports["messages"].frame
    ticket = frame.filter(pl.col("message_id") == "11071").row(0, named=True)
    assert (ticket["channel"], ticket["direction"], ticket["customer_address"]) == (
        "email", "inbound", "example@email.com",
    )  # fmt: skip
    assert ticket["sent_at"] == utc("2020-08-28T18:06:36")
    assert rows(exports, "staff", "person", "role", "mfa") == [("Arthur Agent", "agent", False)]
    unlinked = next(issue for issue in issues if issue.code == "practices.not_linked")
    assert (unlinked.params["count"], unlinked.place.row) == (20, 2)
    assert frame.filter(pl.col("thread_id") == "7636")["sent_at"][0] == utc("2020-06-26T20:47:27")


def test_zendesk_chat_lines(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_chat.json")
    exports, _ = of(tmp_path)
    frame = exports["messages"].frame
    assert frame["direction"].value_counts(sort=True).rows() == [("outbound", 11), ("inbound", 8)]
    assert rows(exports, "messages", "message_id", "sent_at", "text", "customer_country")[0] == (
        "1704.2314815.QHgVx6SOrRuSx#1", utc("2017-04-24T04:36:45.165"), "so many things", "TH",
    )  # fmt: skip
    assert frame.filter(pl.col("direction") == "outbound")["agent"].unique().to_list() == ["facetoe"]


def test_zendesk_chat_with_one_name_for_both_stays_open(tmp_path: Path) -> None:
    chat = real("zendesk_chat.json")
    put(tmp_path, "chat.json", chat | {"visitor": chat["visitor"] | {"name": "facetoe"}})
    assert set(of(tmp_path)[0]["messages"].frame["direction"].to_list()) == {None}


def test_zendesk_chat_events_of_a_warehouse(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_chat_event_data.csv")
    exports, issues = of(tmp_path)
    assert rows(exports, "messages", "direction") == [
        (way,) for way in ("outbound", "outbound", None, None, None, "outbound")
    ]
    assert codes(issues) == set()


def test_zendesk_audit_holds_the_comments_of_its_ticket(tmp_path: Path) -> None:
    (tmp_path / "audits.json").write_text(json.dumps({"audits": [real("zendesk_audit.json")], "count": 1}))
    exports, _ = of(tmp_path)
    assert rows(exports, "messages", "message_id", "thread_id", "text", "sent_at") == [
        ("55882825747", "7", "THIS IS MY FUNCY COMMENT", utc("2015-08-29T03:45:36"))
    ]
    assert not exports["calls"].given


def test_records_without_use_are_said(tmp_path: Path) -> None:
    take(tmp_path, "zendesk_audit_log.json")
    assert codes(of(tmp_path)[1]) == {"not_useful"}


def test_zendesk_talk_calls_find_their_customer_through_the_users(tmp_path: Path) -> None:
    call = {
        "id": 9, "agent_id": 1159307768, "customer_id": 6128164851599, "call_recording_consent": "never",
        "completion_status": "completed", "created_at": "2025-09-01T08:00:00Z", "direction": "inbound", "duration": 9,
    }  # fmt: skip
    put(tmp_path, "calls.jsonl", call)
    put(tmp_path, "users.jsonl", real("zendesk_user.json") | {"phone": "+46701234567"}, real("zendesk_admin.json"))
    exports, _ = of(tmp_path)
    assert rows(exports, "calls", "agent", "customer_number", "direction") == [("Face Toe", "+46701234567", "inbound")]
