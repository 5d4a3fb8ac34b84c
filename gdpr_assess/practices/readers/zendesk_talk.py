"""Zendesk Talk: calls (with the recording consent of each), and voice comments of tickets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gdpr_assess.practices.readers.json_records import as_text

CALL_NEEDS = frozenset({"id", "call_recording_consent", "completion_status", "direction"})
CALL_FILLS: dict[str, tuple[str, ...]] = {
    "calls": (
        "call_id", "started_at", "ended_at", "direction", "company_number", "agent", "queue", "disposition", "recorded",
        "consent", "_author", "_customer", "_updated",
    )
}  # fmt: skip
COMMENT_NEEDS = frozenset({"type", "data.recording_url", "data.call_id"})
COMMENT_FILLS: dict[str, tuple[str, ...]] = {
    "calls": (
        "call_id", "started_at", "ended_at", "direction", "customer_number", "company_number", "agent", "recorded",
        "transcript", "_author",
    ),
    "messages": ("message_id", "thread_id", "sent_at", "direction", "text", "_author"),
}  # fmt: skip
LEG_NEEDS = frozenset({"call_id", "talk_time", "wrap_up_time", "minutes_billed"})
_CHOICES = {"caller_opted_in": "granted", "caller_opted_out": "refused"}
_NO_COLONS = re.compile(r"^(\d{4}-\d{2}-\d{2}) (\d{2})(\d{2})(\d{2})( UTC)?$")


def call_rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield the call. No key pressed is no consent, whatever the account's setting makes of silence."""
    seconds = as_text(record.get("recording_time"))
    started = as_text(record.get("created_at"))
    yield (
        "calls",
        {
            "call_id": as_text(record.get("id")),
            "started_at": started,
            "ended_at": _later(started, as_text(record.get("duration"))),
            "direction": as_text(record.get("direction")),
            "company_number": as_text(record.get("phone_number")),
            "agent": as_text(record.get("agent_id")),
            "queue": as_text(record.get("call_group_id")),
            "disposition": as_text(record.get("completion_status")),
            "recorded": None if seconds is None else "false" if seconds in ("0", "0.0") else "true",
            "consent": _consent(record),
            "_author": as_text(record.get("agent_id")),
            "_customer": as_text(record.get("customer_id")),
            "_updated": as_text(record.get("updated_at")),
        },
    )


def _consent(record: dict[str, Any]) -> str:
    return _CHOICES.get(str(record.get("call_recording_consent_action")), "none")


def comment_rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield the call that a voice comment tells of; comments in writing may stand among them."""
    data = record.get("data")
    if record.get("type") == "Comment":
        yield "messages", _written(record)
    if record.get("type") != "VoiceComment" or not isinstance(data, dict):
        return
    outbound = data.get("outbound") is True
    customer, company = ("to", "from") if outbound else ("from", "to")
    started = _NO_COLONS.sub(r"\1 \2:\3:\4\5", str(data.get("started_at") or ""))
    yield (
        "calls",
        {
            "call_id": as_text(data.get("call_id")),
            "started_at": started or None,
            "ended_at": _later(started, as_text(data.get("call_duration"))),
            "direction": "outbound" if outbound else "inbound",
            "customer_number": as_text(data.get(customer)),
            "company_number": as_text(data.get(company)),
            "agent": as_text(data.get("answered_by_id")),
            "_author": as_text(data.get("answered_by_id")),
            "recorded": "true" if data.get("recording_url") else "false",
            "transcript": as_text(data.get("transcription_text")),
        },
    )


def _written(record: dict[str, Any]) -> dict[str, str | None]:
    return {
        "message_id": as_text(record.get("id")),
        "thread_id": as_text(record.get("ticket_id")),
        "sent_at": as_text(record.get("created_at")),
        "direction": "internal" if record.get("public") is False else None,
        "text": as_text(record.get("body")),
        "_author": as_text(record.get("author_id")),
    }


def _later(started: str | None, seconds: str | None) -> str | None:
    """Return the moment some seconds after an ISO time; None where either is missing or unreadable."""
    try:
        begin = datetime.fromisoformat(str(started).replace(" UTC", "+00:00"))
        return (begin + timedelta(seconds=float(str(seconds)))).isoformat()
    except ValueError:
        return None
