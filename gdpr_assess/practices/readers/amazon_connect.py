"""Amazon Connect contact records: one call per voice contact, one recording per stored audio file.

Consent and announcement stand in contact attributes that each client names itself: evidence.yaml says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.json_records import as_text

NEEDS = frozenset({"ContactId", "InitiationMethod", "InitiationTimestamp", "Channel"})
FILLS: dict[str, tuple[str, ...]] = {
    "calls": (
        "call_id", "started_at", "answered_at", "ended_at", "direction", "customer_number", "company_number", "agent",
        "queue", "campaign", "disposition", "recorded", "recording_started_at", "recording_stopped_at", "_updated",
    ),
    "recordings": ("recording_id", "call_id", "created_at", "state", "location", "_updated"),
}  # fmt: skip
_DIRECTIONS = {"INBOUND": "inbound", "OUTBOUND": "outbound", "CALLBACK": "outbound", "EXTERNAL_OUTBOUND": "outbound"}
_STATES = {"AVAILABLE": "available", "DELETED": "deleted"}


def rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield the call and the recordings of one contact record; other channels than voice give nothing."""
    if record.get("Channel") != "VOICE":
        return
    stored = _stored(record)
    yield "calls", _call(record, stored)
    for number, item in enumerate(stored, 1):
        yield "recordings", _recording(record, item, number)


def _within(record: dict[str, Any], *names: str) -> Any:
    value: Any = record
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _stored(record: dict[str, Any]) -> list[dict[str, Any]]:
    listed = record.get("Recordings")
    found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    single = record.get("Recording")
    return found or ([single] if isinstance(single, dict) else [])


def _call(record: dict[str, Any], stored: list[dict[str, Any]]) -> dict[str, str | None]:
    starts = sorted(item["StartTimestamp"] for item in stored if isinstance(item.get("StartTimestamp"), str))
    stops = sorted(item["StopTimestamp"] for item in stored if isinstance(item.get("StopTimestamp"), str))
    return {
        "call_id": as_text(record.get("ContactId")),
        "started_at": as_text(record.get("InitiationTimestamp")),
        "answered_at": as_text(_within(record, "Agent", "ConnectedToAgentTimestamp")),
        "ended_at": as_text(record.get("DisconnectTimestamp")),
        "direction": _DIRECTIONS.get(str(record.get("InitiationMethod"))),
        "customer_number": _number(record, "CustomerEndpoint"),
        "company_number": _number(record, "SystemEndpoint"),
        "agent": as_text(_within(record, "Agent", "Username")),
        "queue": as_text(_within(record, "Queue", "Name")),
        "campaign": as_text(_within(record, "Campaign", "CampaignId")),
        "disposition": as_text(record.get("DisconnectReason")),
        "recorded": "true" if stored else "false",
        "recording_started_at": starts[0] if starts else None,
        "recording_stopped_at": stops[-1] if stops else None,
        "_updated": as_text(record.get("LastUpdateTimestamp")),
    }


def _number(record: dict[str, Any], end: str) -> str | None:
    kind = _within(record, end, "Type")
    return as_text(_within(record, end, "Address")) if kind in (None, "TELEPHONE_NUMBER") else None


def _recording(record: dict[str, Any], item: dict[str, Any], number: int) -> dict[str, str | None]:
    # audio that lies in storage has no start of its own: the contact's beginning is at most the call's length earlier
    return {
        "recording_id": f"{record.get('ContactId')}#{number}",
        "call_id": as_text(record.get("ContactId")),
        "created_at": as_text(item.get("StartTimestamp") or record.get("InitiationTimestamp")),
        "state": _STATES.get(str(item.get("Status")), "deleted" if item.get("DeletionReason") else None),
        "location": as_text(item.get("Location")),
        "_updated": as_text(record.get("LastUpdateTimestamp")),
    }
