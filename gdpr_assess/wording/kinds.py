"""What each kind of text must say, and what one text therefore lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from gdpr_assess.issue import DataError
from gdpr_assess.law.recording import asking
from gdpr_assess.model import Lack, NationalLaw, WordingKind
from gdpr_assess.wording.known import Known
from gdpr_assess.wording.pack import WORDING, hint, located, rules
from gdpr_assess.wording.schema import Kinds, Requirement
from gdpr_assess.yamlfile import load

FILE = WORDING / "kinds.yaml"


@cache
def _matrix() -> Kinds:
    """Return the duties; raises DataError when one names an element that does not exist."""
    found = load(FILE, Kinds)
    elements = [code for code, rule in rules().items() if rule.kind == "element"]
    named = {code for duties in found.kinds.values() for duty in duties for code in (*duty.any, *duty.when_seen)}
    problems = [
        located(FILE, code, f"no element {code!r}{hint(code, elements)}") for code in sorted(named - set(elements))
    ]
    if problems:
        raise DataError("\n".join(problems))
    return found


def requirements() -> dict[WordingKind, tuple[Requirement, ...]]:
    """Return the duties of every kind; raises DataError when one names an element that does not exist."""
    return _matrix().kinds


def lacking(known: Known, seen: Collection[str]) -> Iterator[tuple[Requirement, Lack]]:
    """Yield what a text of a known kind lacks, given the elements seen; good practice is no duty.

    Source: `kinds.yaml`, and the law of the person's country on recordings.
    """
    duties = requirements()[known.kind] if known.kind else ()
    own = {code for duty in duties for code in duty.any}
    for duty in duties:
        if duty.authority == "good_practice" or _said(duty, seen) or not _concerned(duty, known, seen):
            continue
        due, left = _due(duty, known), _left_to_full(known, seen) if duty.or_full else ()
        if due is None or (duty.or_full and not left):
            continue
        lack = Lack(
            code=duty.any[0],
            articles=_articles(duty, known),
            authority=duty.authority,
            instead=tuple(code for code in left if code not in own),
            asks=due.asks,
            law=due.law,
        )
        yield duty, lack


def _said(duty: Requirement, seen: Collection[str]) -> bool:
    return any(code in seen for code in duty.any)


def _left_to_full(known: Known, seen: Collection[str]) -> tuple[str, ...]:
    """Return what a full notice would have to say of the same, and the text does not."""
    whole = lacking(replace(known, kind="privacy_notice"), seen)
    return tuple(lack.code for _, lack in whole if not lack.asks)


def _concerned(duty: Requirement, known: Known, seen: Collection[str]) -> bool:
    if known.basis in duty.not_bases or (duty.when_seen and not any(code in seen for code in duty.when_seen)):
        return False
    return not duty.bases or known.basis in duty.bases


class _Due(NamedTuple):
    """A duty that applies; `asks` says what it depends on where that is not known."""

    asks: str | None = None
    law: NationalLaw | None = None


def _due(duty: Requirement, known: Known) -> _Due | None:
    """Return how a duty applies to the client and by the law of the country; None where it does not."""
    if duty.national is not None:
        law = _by_law(duty.national, known)
        return law if not duty.bases else _Due(law=law.law if law and not law.asks else None)
    holds = known.situation.holds(duty.when) if duty.when else True
    return None if holds is False else _Due(duty.when if holds is None else None)


def _by_law(subject: str, known: Known) -> _Due | None:
    ruling = asking(known.country, known.situation.recorded_for, known.on) if known.country else None
    if known.country is None or ruling is None or ruling.needed is False:
        return None
    fact = ruling.fact
    law = NationalLaw(
        country=known.country, citation=fact.citation, sources=fact.source, as_of=fact.as_of, verified=fact.verified
    )
    return _Due(None if ruling.needed and fact.verified else subject, law)


def _articles(duty: Requirement, known: Known) -> tuple[str, ...]:
    """Return the articles behind a duty: those of Art. 14 where no data come from the person."""
    if known.situation.from_person is not False:
        return duty.articles
    return tuple(_matrix().elsewhere.get(article, article) for article in duty.articles)
