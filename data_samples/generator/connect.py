"""Writes calls as Amazon Connect contact records: nested JSON, one per line; consent stands in contact attributes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from data_samples.generator.records import Row, Rows, iso


def _end(address: str) -> dict[str, str]:
    return {"Address": address, "Type": "TELEPHONE_NUMBER"}


def _recordings(row: Row, state: str) -> list[dict[str, Any]]:
    if row["recorded"] != "true":
        return []
    day = row["started_at"][:10].replace("-", "/")
    return [
        {"DeletionReason": "retention" if state == "DELETED" else None, "FragmentStartNumber": None,
         "FragmentStopNumber": None, "Location": f"harbourline-recordings/connect/{day}/{row['call_id']}.wav",
         "MediaStreamType": "AUDIO", "ParticipantType": None, "StartTimestamp": row["recording_started_at"],
         "Status": state, "StopTimestamp": row["recording_stopped_at"], "StorageType": "S3"}
    ]  # fmt: skip


def _contact(row: Row, state: str) -> dict[str, Any]:
    ended = datetime.fromisoformat(row["ended_at"])
    attributes = {"greetingPlayedAt": row["announced_at"], "recordingConsent": row["consent"],
                  "recordingConsentAt": row["consent_at"], "customerCountry": row["customer_country"]}  # fmt: skip
    stored = _recordings(row, state)
    return {
        "AWSAccountId": "000000000000", "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": {"ConnectedToAgentTimestamp": row["answered_at"], "NumberOfHolds": 0, "Username": row["agent"]},
        "Attributes": attributes, "Campaign": {"CampaignId": None}, "Channel": "VOICE", "ContactId": row["call_id"],
        "CustomerEndpoint": _end(row["customer_number"]), "DisconnectReason": "CUSTOMER_DISCONNECT",
        "DisconnectTimestamp": row["ended_at"], "InitialContactId": None, "InitiationMethod": row["direction"].upper(),
        "InitiationTimestamp": row["started_at"], "LastUpdateTimestamp": iso(ended + timedelta(minutes=3)),
        "MediaStreams": [{"Type": "AUDIO"}], "Queue": {"Name": row["queue"]},
        "Recording": {**{name: stored[0][name] for name in ("DeletionReason", "Location", "Status")}, "Type": "AUDIO"}
        if stored else None,
        "Recordings": stored, "SystemEndpoint": _end(row["company_number"]), "VoiceIdResult": None,
    }  # fmt: skip


def contact_bytes(rows: Rows, states: dict[str, str]) -> bytes:
    """Return the records, one per line; `states` says for each call whether its audio is AVAILABLE or DELETED."""
    lines = [json.dumps(_contact(row, states.get(row["call_id"], "AVAILABLE")), separators=(",", ":")) for row in rows]
    return ("\n".join(lines) + "\n").encode()
