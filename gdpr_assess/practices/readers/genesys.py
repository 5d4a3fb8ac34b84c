"""Genesys Cloud: conversation details (voice), requests of the GDPR interface, descriptions of do-not-call lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.within import first_of, inner, objects, text_at

Rows = Iterator[tuple[str, dict[str, str | None]]]
TALK_NEEDS = frozenset({"conversationId", "conversationStart", "originatingDirection"})
TALK_FILLS: dict[str, tuple[str, ...]] = {
    "calls": (
        "call_id", "started_at", "answered_at", "ended_at", "direction", "customer_number", "company_number", "agent",
        "queue", "campaign", "disposition", "recorded",
    )
}  # fmt: skip
REQUEST_NEEDS = frozenset({"id", "requestType", "createdDate", "status"})
REQUEST_FILLS: dict[str, tuple[str, ...]] = {
    "requests": ("request_id", "type", "acknowledged_at", "outcome", "contact"),
}
REQUEST_VALUES = {
    "type": {"gdpr_export": "access", "gdpr_update": "rectification", "gdpr_delete": "erasure"},
    "outcome": {
        "completed": "done", "fulfilled": "done", "initiated": "open", "searching": "open", "updating": "open",
        "deleting": "open", "error": "open",
    },
}  # fmt: skip
LIST_NEEDS = frozenset({"id", "dncSourceType", "importStatus.state"})
_CUSTOMER, _OURS = ("customer", "external"), ("agent", "user")
_Session = tuple[dict[str, Any], dict[str, Any]]


def talk_rows(record: dict[str, Any]) -> Rows:
    """Yield the call of a conversation; conversations without voice hold no text and give nothing."""
    voice = [pair for pair in _sessions(record) if text_at(pair[1], "mediaType") == "voice"]
    if not voice:
        return
    customer = next((pair for pair in voice if text_at(pair[0], "purpose") in _CUSTOMER), voice[0])
    ours = [pair for pair in voice if text_at(pair[0], "purpose") in _OURS]
    direction = text_at(record, "originatingDirection")
    caller, called = (_number(text_at(customer[1], side)) for side in ("ani", "dnis"))
    outbound = direction == "outbound"
    segments = [segment for _, session in voice for segment in objects(session.get("segments"))]
    talks = [segment for _, session in ours for segment in objects(session.get("segments")) if _talks(segment)]
    yield (
        "calls",
        {
            "call_id": text_at(record, "conversationId"),
            "started_at": text_at(record, "conversationStart"),
            "answered_at": min(filter(None, (text_at(item, "segmentStart") for item in talks)), default=None),
            "ended_at": text_at(record, "conversationEnd"),
            "direction": direction,
            "customer_number": called if outbound else caller,
            "company_number": caller if outbound else called,
            "agent": _agent(ours),
            "queue": next(filter(None, (text_at(item, "queueId") for item in segments)), None),
            "campaign": next(filter(None, (text_at(session, "outboundCampaignId") for _, session in voice)), None),
            "disposition": _disposition(voice, segments),
            "recorded": _recorded(voice),
        }
        | _attributes(record),
    )


def _sessions(record: dict[str, Any]) -> list[_Session]:
    people = objects(record.get("participants"))
    return [(person, session) for person in people for session in objects(person.get("sessions"))]


def _talks(segment: dict[str, Any]) -> bool:
    return text_at(segment, "segmentType") == "interact"


def _number(address: str | None) -> str | None:
    """Return the number of `tel:+49…` or `sip:+49…@host`."""
    return address.partition("@")[0].partition(";")[0] if address else None


def _agent(ours: list[_Session]) -> str | None:
    found = (first_of(text_at(person, "participantName"), text_at(person, "userId")) for person, _ in ours)
    return next(filter(None, found), None)


def _disposition(voice: list[_Session], segments: list[dict[str, Any]]) -> str | None:
    codes = [text_at(item, "wrapUpCode") for item in segments]
    named = [text_at(session, "dispositionName") for _, session in voice]
    return next(filter(None, (*reversed(codes), *named)), None)


def _recorded(voice: list[_Session]) -> str | None:
    """Return whether any leg was recorded; the mark is left out where nothing was said about it."""
    marks = {text_at(session, "recording") for _, session in voice} - {None}
    return "true" if "true" in marks else "false" if marks else None


def _attributes(record: dict[str, Any]) -> dict[str, str | None]:
    """Return the attributes that the client's flows set, for evidence.yaml to name."""
    found: dict[str, str | None] = {}
    for person in objects(record.get("participants")):
        attributes = person.get("attributes")
        for name in attributes if isinstance(attributes, dict) else ():
            found.setdefault(f"attributes.{name}", text_at(attributes, name))
    return found


def request_rows(record: dict[str, Any]) -> Rows:
    """Yield a request; it was known at the latest when it was entered."""
    yield (
        "requests",
        {
            "request_id": text_at(record, "id"),
            "type": text_at(record, "requestType"),
            "acknowledged_at": text_at(record, "createdDate"),
            "outcome": text_at(record, "status"),
            "contact": first_of(_first(record, "emailAddresses"), _first(record, "phoneNumbers")),
        },
    )


def _first(record: dict[str, Any], name: str) -> str | None:
    listed = inner(record, "subject", name)
    return str(listed[0]) if isinstance(listed, list) and listed else None
