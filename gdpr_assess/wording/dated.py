"""Authorities and laws that have been replaced: the dated names come from the law data."""

from __future__ import annotations

from datetime import date

from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.match import Matcher
from gdpr_assess.wording.windows import Seen


def outdated(folded: Folded, found: Matcher, country: str | None, on: date | None) -> list[Seen]:
    """Return every replaced authority or law that a text names as if it still existed."""
    return []
