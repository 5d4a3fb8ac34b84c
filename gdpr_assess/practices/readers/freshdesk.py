"""Freshdesk: tickets (their first message, the replies where included), replies of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.within import first_of, from_html, objects, text_at

Rows = Iterator[tuple[str, dict[str, str | None]]]
TICKET_NEEDS = frozenset({"id", "requester_id", "responder_id", "fr_escalated", "source", "created_at"})
TICKET_FILLS: dict[str, tuple[str, ...]] = {
    "messages": (
        "message_id", "thread_id", "channel", "sent_at", "direction", "customer_address", "agent", "subject", "text",
        "_author", "_customer", "_updated",
    ),
    "threads": ("thread_id", "customer_id", "channel", "_updated"),
    "people": ("person_id", "address", "phone", "side", "_updated"),
}  # fmt: skip
REPLY_NEEDS = frozenset({"id", "ticket_id", "incoming", "private", "user_id", "body_text"})
REPLY_FILLS: dict[str, tuple[str, ...]] = {
    "messages": (
        "message_id", "thread_id", "sent_at", "direction", "customer_address", "agent", "text", "_author", "_customer",
        "_updated",
    )
}  # fmt: skip
VALUES = {"channel": {"1": "email", "2": "", "3": "phone", "7": "chat", "9": "", "10": "email"}}
"""Source codes of tickets; 2 (portal) and 9 (feedback form) do not say how the customer is answered."""
_SENT_BY_AGENT, _PHONE = "10", "3"


def ticket_rows(record: dict[str, Any]) -> Rows:
    """Yield the first message of a ticket, the replies that came with it, and who stands behind it."""
    number, requester, source = (text_at(record, name) for name in ("id", "requester_id", "source"))
    updated = text_at(record, "updated_at")
    outbound = source == _SENT_BY_AGENT
    yield (
        "messages",
        {
            "message_id": f"ticket-{number}",
            "thread_id": number,
            "channel": source,
            "sent_at": text_at(record, "created_at"),
            "direction": "outbound" if outbound else "inbound",
            "customer_address": _reached(record.get("requester"), by_phone=source == _PHONE),
            "agent": None,
            "subject": text_at(record, "subject"),
            "text": first_of(text_at(record, "description_text"), from_html(text_at(record, "description"))),
            "_author": text_at(record, "responder_id") if outbound else requester,
            "_customer": requester,
            "_updated": updated,
        },
    )
    yield "threads", {"thread_id": number, "customer_id": requester, "channel": source, "_updated": updated}
    if person := text_at(record, "requester", "id"):
        yield "people", _customer(record["requester"], person, updated)
    for item in objects(record.get("conversations")):
        yield from reply_rows({"ticket_id": number} | item)


def _customer(requester: dict[str, Any], person: str, updated: str | None) -> dict[str, str | None]:
    phone = first_of(text_at(requester, "mobile"), text_at(requester, "phone"))
    address = text_at(requester, "email")
    return {"person_id": person, "address": address, "phone": phone, "side": "customer", "_updated": updated}


def _reached(requester: Any, *, by_phone: bool) -> str | None:
    number = first_of(text_at(requester, "mobile"), text_at(requester, "phone"))
    address = text_at(requester, "email")
    return first_of(number, address) if by_phone else first_of(address, number)


def reply_rows(record: dict[str, Any]) -> Rows:
    """Yield one reply; a private note goes to nobody outside."""
    private, incoming = (text_at(record, name) == "true" for name in ("private", "incoming"))
    writer = text_at(record, "user_id")
    to = record.get("to_emails")
    sent_to = str(to[0]) if isinstance(to, list) and to else None
    yield (
        "messages",
        {
            "message_id": text_at(record, "id"),
            "thread_id": text_at(record, "ticket_id"),
            "sent_at": text_at(record, "created_at"),
            "direction": "inbound" if incoming else "internal" if private else "outbound",
            "customer_address": text_at(record, "from_email") if incoming else None if private else sent_to,
            "agent": None,
            "text": first_of(text_at(record, "body_text"), from_html(text_at(record, "body"))),
            "_author": writer,
            "_customer": writer if incoming else None,
            "_updated": text_at(record, "updated_at"),
        },
    )
