"""What a result says beyond its counts: reasons, declarations that were tested, an effect that depends on them."""

from __future__ import annotations

from typing import Any

from gdpr_assess.model import Effect, Intake
from gdpr_assess.practices import policy


def declared(name: str, intake: Intake) -> dict[str, Any]:
    """Return the declaration (or good practice) that a check was held against."""
    profile = intake.profile
    match name:
        case "recording.retention":
            return {"days": profile.recording_retention_days}
        case "message.retention":
            return {"days": profile.message_retention_days}
        case "marketing.suppressed" | "marketing.after_objection" | "consent.withdrawal_honoured":
            return {"hours": policy.grace_hours(profile)}
        case "training.refresh":
            return {"days": policy.refresh_days(profile), "standard": policy.basis(profile.refresh_days)}
        case "training.failed_followup" | "drills.followup" | "spot_checks.followup":
            return {"days": policy.FOLLOWUP_DAYS, "standard": "good_practice"}
        case "drills.coverage":
            return {"days": policy.GOOD_PRACTICE_DAYS, "standard": "good_practice"}
        case "incidents.controller_told":
            hours = profile.incident_report_hours
            return {"hours": policy.INDICATOR_HOURS if hours is None else hours, "standard": policy.basis(hours)}
        case "recording.consent_before":
            return {"standard": "declared" if profile.recording_basis == "consent" else "national_law"}
    return {}


def effect(name: str, inherent: Effect, intake: Intake) -> Effect:
    """Return what an exception may do: without an agreed time, a late report to the controller only asks a question."""
    if name == "incidents.controller_told" and intake.profile.incident_report_hours is None:
        return "indicator"
    return inherent
