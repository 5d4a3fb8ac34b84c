"""Writes calls as Zendesk Talk's incremental export gives them: no customer number, consent as a menu choice."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from data_samples.generator.records import Row, Rows, iso

_ACTIONS = {"granted": "caller_opted_in", "refused": "caller_opted_out"}


def _call(number: int, row: Row, setting: str) -> dict[str, Any]:
    start, end = datetime.fromisoformat(row["started_at"]), datetime.fromisoformat(row["ended_at"])
    talk = int((end - datetime.fromisoformat(row["answered_at"])).total_seconds())
    recorded = talk if row["recorded"] == "true" else 0
    return {
        "id": int(row["call_id"]), "created_at": row["started_at"], "updated_at": iso(end + timedelta(minutes=2)),
        "agent_id": int(row["agent"]), "call_charge": "0.0", "call_group_id": row["queue"],
        "call_recording_consent": setting, "call_recording_consent_action": _ACTIONS.get(row["consent"]),
        "call_recording_consent_keypress": {"granted": "1", "refused": "2"}.get(row["consent"]),
        "callback": False, "completion_status": "completed", "customer_id": 905_000_000 + number,
        "direction": row["direction"], "duration": int((end - start).total_seconds()), "hold_time": 0,
        "minutes_billed": talk // 60 + 1, "not_recording_time": talk - recorded, "outside_business_hours": False,
        "phone_number": row["company_number"], "recording_control_interactions": 0, "recording_time": recorded,
        "talk_time": talk, "ticket_id": 70_000 + number,
    }  # fmt: skip


def talk_bytes(rows: Rows, setting: dict[str, str]) -> bytes:
    """Return the export, one call per line; `setting` is each queue's rule of consent, opt_in where none is given."""
    calls = [_call(number, row, setting.get(row["queue"], "opt_in")) for number, row in enumerate(rows, start=1)]
    lines = ",\n".join(json.dumps(call, separators=(",", ":")) for call in calls)
    return f'{{"calls":[\n{lines}\n],"count":{len(calls)},"next_page":null}}\n'.encode()
