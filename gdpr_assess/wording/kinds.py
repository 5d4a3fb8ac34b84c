"""What each kind of text must say, and what one text therefore lacks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache

from gdpr_assess.issue import DataError, nearest
from gdpr_assess.law import country as law_of
from gdpr_assess.model import LegalBasis, WordingKind
from gdpr_assess.wording.pack import WORDING, rules
from gdpr_assess.wording.schema import Kinds, Requirement
from gdpr_assess.yamlfile import load

FILE = WORDING / "kinds.yaml"


@cache
def requirements() -> dict[WordingKind, tuple[Requirement, ...]]:
    """Return the duties of every kind; raises DataError when one names an element that does not exist."""
    found = load(FILE, Kinds).root
    elements = [code for code, rule in rules().items() if rule.kind == "element"]
    named = {code for duties in found.values() for d in duties for code in (*d.any, *d.relaxed_by, *d.when_seen)}
    problems = [f"{FILE}:1: no element {c!r}, nearest {nearest(c, elements)!r}" for c in sorted(named - set(elements))]
    if problems:
        raise DataError("\n".join(problems))
    return found


def lacking(
    kind: WordingKind,
    seen: Collection[str],
    basis: LegalBasis | None = None,
    country: str | None = None,
    on: date | None = None,
) -> list[Requirement]:
    """Return the duties of a kind that the elements seen do not meet; good practice is no duty."""
    everybody = _all_must_agree(country, on)
    return [
        duty
        for duty in requirements()[kind]
        if duty.authority != "good_practice" and _applies(duty, seen, basis, everybody) and not _met(duty, seen)
    ]


def _all_must_agree(country: str | None, on: date | None) -> bool:
    """Tell whether the country's law, as read in a source, asks for the consent of all parties to a recording."""
    law = law_of(country) if country else None
    if law is None:
        return False
    rule = law.recording.party_rule
    fact = rule.on(on) if on else rule.versions[-1]
    return fact is not None and fact.verified and fact.value == "all_party"


def _applies(duty: Requirement, seen: Collection[str], basis: LegalBasis | None, everybody: bool) -> bool:
    if basis in duty.not_bases:
        return False
    if (duty.bases or duty.where_all_must_agree) and not (
        basis in duty.bases or (duty.where_all_must_agree and everybody)
    ):
        return False
    return not duty.when_seen or any(code in seen for code in duty.when_seen)


def _met(duty: Requirement, seen: Collection[str]) -> bool:
    return any(code in seen for code in (*duty.any, *duty.relaxed_by))
