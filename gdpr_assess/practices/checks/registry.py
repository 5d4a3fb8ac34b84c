"""Every check by name, written by hand: one line per check."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from gdpr_assess.practices.case import Case
from gdpr_assess.practices.checks import (
    consent,
    exercises,
    incidents,
    marketing,
    messages,
    personal_data,
    recording,
    rights,
    staff,
    training,
)

Check = Callable[[Case], pl.LazyFrame]

CHECKS: dict[str, Check] = {
    "recording.consent_before": recording.consent_before,
    "recording.announced_before": recording.announced_before,
    "recording.after_refusal": recording.after_refusal,
    "recording.retention": recording.retention,
    "recording.deletion_overdue": recording.deletion_overdue,
    "recording.encrypted": recording.encrypted,
    "recording.card_data": recording.card_data,
    "marketing.consent": marketing.consent,
    "marketing.suppressed": marketing.suppressed,
    "marketing.hours": marketing.hours,
    "marketing.after_objection": marketing.after_objection,
    "message.privacy_statement": messages.privacy_statement,
    "message.chat_notice": messages.chat_notice,
    "message.unsubscribe": messages.unsubscribe,
    "message.retention": messages.retention,
    "message.public_data": messages.public_data,
    "consent.evidence": consent.evidence,
    "consent.wording_valid": consent.wording_valid,
    "consent.unknown_wording": consent.unknown_wording,
    "consent.withdrawal_honoured": consent.withdrawal_honoured,
    "consent.expired_in_use": consent.expired_in_use,
    "rights.deadline": rights.deadline,
    "rights.reasoned_refusal": rights.reasoned_refusal,
    "rights.erasure_done": rights.erasure_done,
    "training.before_access": training.before_access,
    "training.refresh": training.refresh,
    "training.failed_followup": training.failed_followup,
    "training.roster": training.roster,
    "staff.left_active": staff.left_active,
    "staff.mfa": staff.mfa,
    "drills.coverage": exercises.coverage,
    "drills.followup": exercises.drill_followup,
    "spot_checks.followup": exercises.spot_check_followup,
    "incidents.notified_72h": incidents.notified_72h,
    "incidents.controller_told": incidents.controller_told,
    "incidents.people_informed": incidents.people_informed,
    "incidents.documented": incidents.documented,
    "personal_data.cards": personal_data.cards,
    "personal_data.special": personal_data.special,
    "personal_data.national_id": personal_data.national_id,
}
