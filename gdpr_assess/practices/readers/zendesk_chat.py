"""Zendesk Chat: every line of a conversation, and messages left while nobody was there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.within import first_of, inner, objects, text_at

Rows = Iterator[tuple[str, dict[str, str | None]]]
CHAT_NEEDS = frozenset({"id", "visitor.id", "visitor.email", "visitor.notes", "timestamp"})
CHAT_FILLS: dict[str, tuple[str, ...]] = {
    "messages": (
        "message_id", "thread_id", "channel", "sent_at", "direction", "customer_address", "customer_country", "agent",
        "text",
    )
}  # fmt: skip
_SENDERS = {"visitor": "inbound", "agent": "outbound", "trigger": "outbound", "system": "outbound"}


def chat_rows(record: dict[str, Any]) -> Rows:
    """Yield one message for each line that somebody wrote; comings and goings, tags and ratings are none."""
    chat = text_at(record, "id")
    known = {
        "thread_id": chat,
        "channel": "chat",
        "customer_address": first_of(text_at(record, "visitor", "email"), text_at(record, "visitor", "phone")),
        "customer_country": text_at(record, "session", "country_code"),
    }
    if left := text_at(record, "message"):
        sent = text_at(record, "timestamp")
        yield "messages", known | {"message_id": chat, "sent_at": sent, "direction": "inbound", "text": left}
    written = (item for item in objects(record.get("history")) if item.get("type") == "chat.msg")
    for number, item in enumerate(written, 1):
        yield "messages", known | _line(item, record) | {"message_id": f"{chat}#{number}"}


def _line(item: dict[str, Any], record: dict[str, Any]) -> dict[str, str | None]:
    name, direction = text_at(item, "name"), _direction(item, record)
    return {
        "sent_at": text_at(item, "timestamp"),
        "direction": direction,
        "agent": name if direction == "outbound" else None,
        "text": text_at(item, "msg"),
    }


def _direction(item: dict[str, Any], record: dict[str, Any]) -> str | None:
    stated = _SENDERS.get(str(text_at(item, "sender_type")).casefold())
    if stated is not None:
        return stated
    name, agents = text_at(item, "name"), inner(record, "agent_names")
    by_visitor = name is not None and name == text_at(record, "visitor", "name")
    by_agent = isinstance(agents, list) and name in agents
    if by_visitor == by_agent:
        return None
    return "inbound" if by_visitor else "outbound"
