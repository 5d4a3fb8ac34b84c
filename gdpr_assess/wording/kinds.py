"""What each kind of text must say, and what one text therefore lacks."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from gdpr_assess.issue import DataError, nearest
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


def lacking(kind: WordingKind, seen: Collection[str], basis: LegalBasis | None = None) -> list[Requirement]:
    """Return the duties of a kind that the elements seen do not meet; good practice is no duty."""
    return [
        duty
        for duty in requirements()[kind]
        if duty.authority != "good_practice" and _applies(duty, seen, basis) and not _met(duty, seen)
    ]


def _applies(duty: Requirement, seen: Collection[str], basis: LegalBasis | None) -> bool:
    if basis in duty.not_bases or (duty.bases and basis not in duty.bases):
        return False
    return not duty.when_seen or any(code in seen for code in duty.when_seen)


def _met(duty: Requirement, seen: Collection[str]) -> bool:
    return any(code in seen for code in (*duty.any, *duty.relaxed_by))
