"""What the client declared, and what holds where nothing was declared."""

from __future__ import annotations

from gdpr_assess.model import Profile

GRACE_HOURS = 48
GOOD_PRACTICE_DAYS = 365
FOLLOWUP_DAYS = 14
PASS_MARK = 80
INDICATOR_HOURS = 24


def grace_hours(profile: Profile) -> int:
    """Return how long an opt-out may take to reach the dialler and the mailer: 48 hours, or less where declared."""
    declared = profile.suppression_grace_hours
    return GRACE_HOURS if declared is None else min(GRACE_HOURS, declared)


def refresh_days(profile: Profile) -> int:
    """Return after how many days training must be repeated."""
    return GOOD_PRACTICE_DAYS if profile.refresh_days is None else profile.refresh_days


def pass_mark(profile: Profile) -> int:
    """Return the score from which a course counts as passed."""
    return PASS_MARK if profile.training_pass_mark is None else profile.training_pass_mark


def basis(declared: object) -> str:
    """Return whether a promise of the client or good practice is tested."""
    return "good_practice" if declared is None else "declared"
