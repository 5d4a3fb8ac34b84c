"""Zendesk Support: tickets (their first message) from the interface or a warehouse, and users (people, and staff)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers import zendesk_talk
from gdpr_assess.practices.readers.within import first_of, inner, objects, text_at
from gdpr_assess.practices.tables import INTERNAL

Rows = Iterator[tuple[str, dict[str, str | None]]]
TICKET_NEEDS = frozenset({"id", "requester_id", "submitter_id", "via.channel", "created_at"})
TABLE_NEEDS = frozenset({"id", "requester_id", "submitter_id", "via_channel", "created_at"})
TICKET_FILLS: dict[str, tuple[str, ...]] = {
    "messages": (
        "message_id", "thread_id", "channel", "sent_at", "direction", "customer_address", "subject", "text",
        "_author", "_customer", "_opening", "_updated",
    ),
    "threads": ("thread_id", "customer_id", "channel", "_updated"),
}  # fmt: skip
AUDIT_NEEDS = frozenset({"id", "ticket_id", "author_id", "via.channel", "created_at"})
AUDIT_FILLS: dict[str, tuple[str, ...]] = {
    "messages": ("message_id", "thread_id", "channel", "sent_at", "direction", "text", "_author"),
    "calls": zendesk_talk.COMMENT_FILLS["calls"],
}
USER_NEEDS = frozenset({"id", "role", "email", "ticket_restriction", "two_factor_auth_enabled"})
USER_FILLS: dict[str, tuple[str, ...]] = {
    "people": ("person_id", "address", "phone", "name", "side", "_updated"),
    "staff": ("person", "role", "language", "access_from", "left_at", "mfa"),
}
VALUES = {
    "channel": {
        "voice": "phone", "native_messaging": "chat", "messaging": "chat", "chat_transcript": "chat",
        "twitter": "social", "facebook": "social", "instagram_dm": "social", "any_channel": "social", "web": "",
        "api": "", "mobile": "",
        "mobile_sdk": "", "rule": "", "system": "", "sample_ticket": "", "closed_ticket": "", "web_widget": "",
        "help_center": "",
    }
}  # fmt: skip
"""A ticket opened on a web page or by a program does not say how the customer is answered."""
_SYSTEM = "-1"
_SIDES = {"end-user": "customer", "agent": "agent", "admin": "agent"}


def ticket_rows(record: dict[str, Any]) -> Rows:
    """Yield the comments that came with a ticket, else its first message; and whose ticket it is."""
    source = inner(record, "via", "source", "from")
    address = first_of(text_at(source, "address"), text_at(source, "phone"))
    rows = _ticket(record, text_at(record, "via", "channel"), address)
    comments = list(objects(record.get("comments")))
    yield from (row for row in rows if not comments or row[0] != "messages")  # the first comment is the first message
    for comment in comments:
        yield "messages", _comment(comment, record)


def _comment(comment: dict[str, Any], ticket: dict[str, Any]) -> dict[str, str | None]:
    number = text_at(comment, "id")
    return {
        "message_id": number and f"comment-{number}",  # numbers of tickets are message ids too
        "thread_id": text_at(ticket, "id"),
        "channel": first_of(text_at(comment, "via", "channel"), text_at(ticket, "via", "channel")),
        "sent_at": text_at(comment, "created_at"),
        "direction": INTERNAL if comment.get("public") is False else None,
        "subject": text_at(ticket, "subject"),
        "text": first_of(text_at(comment, "plain_body"), text_at(comment, "body")),
        "_author": text_at(comment, "author_id"),
        "_customer": _person(ticket, "requester_id"),
        "_opening": "true",
        "_updated": text_at(ticket, "updated_at"),
    }


def table_rows(record: dict[str, Any]) -> Rows:
    """Yield the same from a row of a warehouse."""
    yield from _ticket(record, text_at(record, "via_channel"), text_at(record, "via_source_from_address"))


def _ticket(record: dict[str, Any], channel: str | None, address: str | None) -> Rows:
    requester, submitter = (_person(record, name) for name in ("requester_id", "submitter_id"))
    inbound = requester is not None and requester == submitter
    number, updated = text_at(record, "id"), text_at(record, "updated_at")
    yield (
        "messages",
        {
            "message_id": number,
            "thread_id": number,
            "channel": channel,
            "sent_at": text_at(record, "created_at"),
            "direction": "inbound" if inbound else None,
            "customer_address": address if inbound else None,
            "subject": text_at(record, "subject"),
            "text": text_at(record, "description"),
            "_author": submitter,
            "_customer": requester,
            "_opening": "true",
            "_updated": updated,
        },
    )
    yield "threads", {"thread_id": number, "customer_id": requester, "channel": channel, "_updated": updated}


def audit_rows(record: dict[str, Any]) -> Rows:
    """Yield the comments among the events of a ticket; changes of fields and automatic notices are not read."""
    for event in objects(record.get("events")):
        if event.get("type") == "VoiceComment":
            yield from zendesk_talk.comment_rows(event)
        if event.get("type") == "Comment":
            yield (
                "messages",
                {
                    "message_id": text_at(event, "id"),
                    "thread_id": text_at(record, "ticket_id"),
                    "channel": text_at(record, "via", "channel"),
                    "sent_at": text_at(record, "created_at"),
                    "direction": INTERNAL if event.get("public") is False else None,
                    "text": text_at(event, "body"),
                    "_author": first_of(text_at(event, "author_id"), text_at(record, "author_id")),
                },
            )


def _person(record: dict[str, Any], name: str) -> str | None:
    found = text_at(record, name)
    return None if found in (_SYSTEM, "None") else found


def user_rows(record: dict[str, Any]) -> Rows:
    """Yield a person; an agent or admin is a member of staff as well."""
    role = text_at(record, "role")
    side = _SIDES.get(str(role))
    yield (
        "people",
        {
            "person_id": text_at(record, "id"),
            "address": text_at(record, "email"),
            "phone": text_at(record, "phone"),
            "name": text_at(record, "name") if side == "agent" else None,
            "side": side,
            "_updated": text_at(record, "updated_at"),
        },
    )
    if side == "agent":
        yield "staff", _member(record, role)


def _member(record: dict[str, Any], role: str | None) -> dict[str, str | None]:
    active, suspended = (str(text_at(record, name)).casefold() for name in ("active", "suspended"))
    closed = active == "false" or suspended == "true"
    return {
        "person": text_at(record, "name"),
        "role": "agent" if role == "agent" else None,
        "language": text_at(record, "locale"),
        "access_from": text_at(record, "created_at"),
        "left_at": text_at(record, "updated_at") if closed else None,
        "mfa": text_at(record, "two_factor_auth_enabled"),
    }
