"""Which compliant text is wanted in place of a client's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gdpr_assess.model import LegalBasis, LintResult, WordingKind
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.match import matcher

ADVERTISING = frozenset({"MARKETING"})


@dataclass(frozen=True)
class About:
    """Which text is wanted: its kind and language, the country of the people addressed, its basis, the day.

    `records`: it also asks to record the call.
    """

    kind: WordingKind
    language: str
    country: str | None = None
    basis: LegalBasis | None = None
    on: date = field(default_factory=date.today)
    records: bool = False


def wanted(text: str, seen: LintResult, country: str | None, basis: LegalBasis | None, on: date) -> About | None:
    """Return what is wanted in place of a text; None where its kind or language is not known.

    A request for consent that is about recordings alone is answered with the text that asks to record.
    """
    if seen.kind is None or seen.language is None:
        return None
    records = any(hit.code == "recording_stated" for hit in seen.sure)
    if seen.kind == "consent_request" and records and not _advertises(text, seen.language):
        return About("recording_notice", seen.language, country, "consent", on)
    return About(
        seen.kind, seen.language, country, basis, on, records and seen.kind in ("consent_request", "sales_script")
    )


def _advertises(text: str, language: str) -> bool:
    found = matcher(language)
    return bool(found.places(found.look(fold(text)), ADVERTISING))
