"""Exports of contact-centre systems: real records where there are any, and what stays open with one file alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from export_cases import codes, of, put, real, rows, take, utc

from gdpr_assess.lang.sentences import issue_text


def test_freshdesk_ticket_and_reply(tmp_path: Path) -> None:
    take(tmp_path, "freshdesk_ticket.json", "freshdesk_conversation.json")
    exports, _ = of(tmp_path)
    columns = ("message_id", "thread_id", "channel", "direction", "customer_address", "agent")
    assert sorted(rows(exports, "messages", *columns)) == [
        ("67105779604", "23", None, "inbound", None, None),
        ("ticket-21", "21", "email", "outbound", "sarah.james@freshdesk.com", "67013469919"),
    ]


def test_freshdesk_replies_take_the_channel_of_their_ticket(tmp_path: Path) -> None:
    ticket = real("freshdesk_ticket.json")
    ticket |= {"source": 1, "requester": ticket["requester"] | {"id": ticket["requester_id"]}}
    reply = real("freshdesk_conversation.json") | {"ticket_id": 21, "incoming": False, "to_emails": ["a@b.se"]}
    note = reply | {"id": 3, "private": True}
    put(tmp_path, "tickets.jsonl", ticket)
    put(tmp_path, "replies.jsonl", reply, note)
    exports, _ = of(tmp_path)
    columns = ("direction", "channel", "customer_address", "agent")
    assert sorted(rows(exports, "messages", *columns)) == [
        ("inbound", "email", "sarah.james@freshdesk.com", None),
        ("internal", "email", "sarah.james@freshdesk.com", "67042965499"),
        ("outbound", "email", "a@b.se", "67042965499"),
    ]


def test_intercom_conversation(tmp_path: Path) -> None:
    talk = real("intercom_conversation.json")
    contact = {"type": "user", "id": talk["contacts"]["contacts"][0]["id"], "name": "U", "email": "U@example.com"}
    parts = [
        {
            "id": "1",
            "part_type": "assignment",
            "body": None,
            "created_at": 1719492900,
            "author": {"type": "bot", "id": "0"},
        },
        {"id": "2", "part_type": "comment", "body": "<p>Hi</p>", "created_at": 1719492901, "author": contact},
        {"id": "3", "part_type": "note", "body": "odd", "created_at": 1719492902, "author": talk["source"]["author"]},
    ]
    put(tmp_path, "talks.json", talk | {"conversation_parts": {"conversation_parts": parts}})
    exports, issues = of(tmp_path)
    assert rows(exports, "messages", "text", "direction", "channel", "agent", "customer_address") == [
        ("this is the message body", "outbound", "chat", "Ciaran153 Lee", "u@example.com"),
        ("Hi", "inbound", "chat", None, "u@example.com"),
        ("odd", "internal", "chat", "Ciaran153 Lee", "u@example.com"),
    ]
    assert exports["messages"].frame["sent_at"][0] == utc("2024-06-27T12:53:45")
    assert codes(issues) == set()


def test_intercom_campaigns_become_marketing_where_the_client_says_so(tmp_path: Path) -> None:
    talk = real("intercom_conversation.json")
    put(tmp_path, "talks.json", talk | {"source": talk["source"] | {"delivered_as": "campaign_initiated"}})
    (tmp_path / "evidence.yaml").write_text(
        "files:\n  talks.json:\n    columns: {purpose: source.delivered_as}\n"
        "    values: {purpose: {campaign_initiated: marketing, '*': ''}}\n"
    )
    assert rows(of(tmp_path)[0], "messages", "purpose", "direction") == [("marketing", "outbound")]


def test_intercom_contact_marks(tmp_path: Path) -> None:
    contact = real("intercom_contact.json")
    marked = {"id": "2", "unsubscribed_from_emails": True, "sms_consent": True, "phone": "+46 70 123 45 67"}
    put(tmp_path, "contacts.json", contact, contact | marked)
    exports, _ = of(tmp_path)
    assert rows(exports, "suppressions", "contact", "channel") == [("user20.sample@gmail.com", "email")]
    assert rows(exports, "consents", "contact", "channel", "status", "captured_at") == [
        ("+46701234567", "sms", "granted", None)
    ]
    assert not exports["suppressions"].has("added_at")


def test_intercom_contact_without_marks_gives_people_only(tmp_path: Path) -> None:
    take(tmp_path, "intercom_contact.json")
    exports, _ = of(tmp_path)
    assert (exports["consents"].given, [fact["table"] for fact in exports.facts]) == (False, ["people"])


def test_genesys_conversation(tmp_path: Path) -> None:
    take(tmp_path, "genesys_conversation.json")
    exports, _ = of(tmp_path)
    columns = ("call_id", "direction", "customer_number", "company_number", "recorded")
    assert rows(exports, "calls", *columns) == [
        ("32d23263-e5bd-4567-bff3-143e38f7b095", "inbound", "+5551999599880", "+559830208562", True)
    ]


def test_genesys_attributes_are_named_in_the_map(tmp_path: Path) -> None:
    talk = real("genesys_conversation.json")
    talk["participants"][0]["attributes"] = {"consent": "Y"}
    chat = {
        **talk,
        "conversationId": "c",
        "participants": [{"purpose": "customer", "sessions": [{"mediaType": "chat"}]}],
    }
    put(tmp_path, "talks.json", talk, chat)
    (tmp_path / "evidence.yaml").write_text(
        "files:\n  talks.json:\n    table: calls\n    columns: {consent: attributes.consent}\n"
        "    values: {consent: {Y: granted}}\n"
    )
    exports, issues = of(tmp_path)
    assert rows(exports, "calls", "consent") == [("granted",)]
    assert codes(issues) == {"rows_other"}


def test_twilio_pages(tmp_path: Path) -> None:
    take(tmp_path, "twilio_calls_page.json", "twilio_messages_page.json", "twilio_recordings_page.json")
    exports, issues = of(tmp_path)
    columns = ("direction", "customer_number", "company_number", "started_at")
    assert rows(exports, "calls", *columns)[0] == (
        "outbound", "+13051913581", "+13051416799", utc("2019-10-18T17:02:00"),
    )  # fmt: skip
    assert rows(exports, "messages", "channel", "direction", "customer_address")[1] == (
        "sms",
        "inbound",
        "+12019235161",
    )
    assert sorted(rows(exports, "recordings", "state", "encrypted")) == [("available", True), ("deleted", True)]
    assert codes(issues) == set()


@pytest.mark.parametrize(("prefix", "channel"), [("whatsapp:", "whatsapp"), ("", "sms"), ("messenger:", "social")])
def test_twilio_channel_follows_the_address(prefix: str, channel: str, tmp_path: Path) -> None:
    page = real("twilio_messages_page.json")
    message = page["messages"][0] | {
        "from": f"{prefix}+4670",
        "to": f"{prefix}+46701234567",
        "direction": "outbound-api",
    }
    put(tmp_path, "m.json", page | {"messages": [message]})
    assert rows(of(tmp_path)[0], "messages", "channel") == [(channel,)]


AIRCALL = {
    "id": 12, "sid": "CA1", "direct_link": "https://x", "direction": "outbound", "status": "done",
    "missed_call_reason": None, "started_at": 1756713600, "answered_at": 1756713610, "ended_at": 1756713700,
    "raw_digits": "+46 70 123 45 67", "recording": "https://x/r", "user": {"id": 1, "name": "Ann"},
    "number": {"digits": "+46 8 123 456 78"}, "comments": [{"id": 1, "content": "x"}],
}  # fmt: skip
TALKDESK = (
    "interaction_id,call_type,start_time,end_time,talkdesk_phone_number,customer_phone_number,record,agent_name,transfer?\n"
    "a1,outbound_missed,2025-09-01 08:00:00,2025-09-01 08:02:00,+46812345678,+46701234567,,Ann,false\n"
)


def test_readers_from_descriptions_say_that_they_are_unverified(tmp_path: Path) -> None:
    (tmp_path / "aircall.json").write_text(json.dumps({"meta": {"total": 1}, "calls": [AIRCALL]}, indent=1))
    (tmp_path / "explore.csv").write_text(TALKDESK)
    exports, issues = of(tmp_path)
    columns = ("call_id", "direction", "customer_number", "company_number", "recorded", "agent", "started_at")
    assert rows(exports, "calls", *columns) == [
        ("12", "outbound", "+46701234567", "+46812345678", True, "Ann", utc("2025-09-01T08:00:00")),
        ("a1", "outbound", "+46701234567", "+46812345678", False, "Ann", utc("2025-09-01T06:00:00")),
    ]
    said = [issue for issue in issues if issue.code == "practices.format_unverified"]
    assert [issue.params["format"] for issue in said] == ["aircall_calls", "talkdesk_calls"]
    assert "aircall_calls" in issue_text(said[0], "en")


def test_genesys_recordings_and_requests(tmp_path: Path) -> None:
    recording = {
        "id": "r", "conversationId": "c", "startTime": "2025-01-01T10:00:00Z", "media": "audio",
        "fileState": "ARCHIVED",
        "deleteDate": "2025-03-01T00:00:00Z", "region": "eu-central-1",
    }  # fmt: skip
    asked = {
        "id": "g", "requestType": "GDPR_DELETE", "createdDate": "2025-02-01T10:00:00Z", "status": "COMPLETED",
        "subject": {"emailAddresses": ["A@b.se"], "phoneNumbers": []},
    }  # fmt: skip
    put(tmp_path, "recordings.json", {"entities": [recording], "pageSize": 25})
    put(tmp_path, "gdpr.json", {"entities": [asked], "pageSize": 25})
    exports, issues = of(tmp_path)
    assert rows(exports, "recordings", "state", "delete_due_at") == [("archived", utc("2025-03-01T00:00:00"))]
    assert rows(exports, "requests", "type", "outcome", "contact") == [("erasure", "done", "a@b.se")]
    assert not exports["requests"].has("received_at")
    assert codes(issues) == {"format_unverified"}
