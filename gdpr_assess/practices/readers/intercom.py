"""Intercom: conversations with their parts, and contacts (people, opt-outs, consent to text messages)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.within import first_of, from_html, inner, objects, text_at

Rows = Iterator[tuple[str, dict[str, str | None]]]
TALK_NEEDS = frozenset({"id", "source.delivered_as", "source.type", "state", "created_at"})
TALK_FILLS: dict[str, tuple[str, ...]] = {
    "messages": (
        "message_id", "thread_id", "channel", "sent_at", "direction", "customer_address", "agent", "subject", "text",
        "_author", "_customer", "_updated",
    ),
    "people": ("person_id", "address", "side", "_updated"),
}  # fmt: skip
CONTACT_NEEDS = frozenset({"id", "unsubscribed_from_emails", "role", "email", "signed_up_at"})
CONTACT_FILLS: dict[str, tuple[str, ...]] = {
    "people": ("person_id", "address", "phone", "side", "_updated"),
    "consents": ("customer_id", "contact", "purpose", "channel", "status"),
    "suppressions": ("contact", "channel", "source"),
}
VALUES = {
    "channel": {
        "conversation": "chat", "facebook": "social", "twitter": "social", "instagram": "social", "phone_call": "phone",
        "phone_switch": "phone", "push": "",
    }
}  # fmt: skip
_OURS = ("admin", "bot", "team", "fin", "workflow")
_THEIRS = ("user", "lead", "contact")
_NOTE = "note"


def talk_rows(record: dict[str, Any]) -> Rows:
    """Yield every text of a conversation; assignments and other events hold none."""
    source = record.get("source")
    known = {"thread_id": text_at(record, "id"), "channel": text_at(record, "source", "type")}
    listed = inner(record, "contacts", "contacts")
    customer = next((text_at(item, "id") for item in objects(listed)), None)
    common = known | {"_customer": customer, "_updated": text_at(record, "updated_at")}
    if isinstance(source, dict):
        opened = {"created_at": record.get("created_at")} | source
        yield "messages", common | _part(opened) | {"subject": text_at(source, "subject")}
        yield from _person(source)
    for item in objects(inner(record, "conversation_parts", "conversation_parts")):
        if text_at(item, "body"):
            yield "messages", common | _part(item)
            yield from _person(item)


def _part(item: dict[str, Any]) -> dict[str, str | None]:
    kind, author = text_at(item, "author", "type"), text_at(item, "author", "id")
    inbound = kind in _THEIRS
    direction = "inbound" if inbound else "outbound" if kind in _OURS else None
    if text_at(item, "part_type") == _NOTE:
        direction = "internal"
    return {
        "message_id": text_at(item, "id"),
        "sent_at": text_at(item, "created_at"),
        "direction": direction,
        "customer_address": text_at(item, "author", "email") if inbound else None,
        "agent": first_of(text_at(item, "author", "name"), author) if kind == "admin" else None,
        "subject": None,
        "text": from_html(text_at(item, "body")),
        "_author": author,
    }


def _person(item: dict[str, Any]) -> Rows:
    if text_at(item, "author", "type") in _THEIRS and (number := text_at(item, "author", "id")):
        address = text_at(item, "author", "email")
        yield "people", {"person_id": number, "address": address, "side": "customer", "_updated": None}


def contact_rows(record: dict[str, Any]) -> Rows:
    """Yield a person, the channels that it has opted out of, and a consent where one is marked."""
    number, address, phone = (text_at(record, name) for name in ("id", "email", "phone"))
    updated = text_at(record, "updated_at")
    yield (
        "people",
        {"person_id": number, "address": address, "phone": phone, "side": "customer", "_updated": updated},
    )
    for mark, channel, contact in (
        ("unsubscribed_from_emails", "email", address),
        ("unsubscribed_from_sms", "sms", phone),
    ):
        if text_at(record, mark) == "true":
            yield "suppressions", {"contact": contact, "channel": channel, "source": mark}
    if text_at(record, "sms_consent") == "true":
        given = {"customer_id": number, "contact": phone, "purpose": "marketing", "channel": "sms", "status": "granted"}
        yield "consents", given
