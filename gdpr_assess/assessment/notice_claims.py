"""What the notices in use say otherwise than the declared flows: how long data are kept, and whether they leave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel import Locale

from gdpr_assess.assessment.declared import Declared
from gdpr_assess.assessment.notices import Period, Span, Subject, never_leaves, periods, stored_inside
from gdpr_assess.model import Effect, WordingResult

SUBJECTS: tuple[Subject, ...] = ("recordings", "messages")
_ALSO = {"US": ("USA", "US", "U.S."), "GB": ("UK",)}
ENDED = 5
"""Longer names are compared without their last two letters, which change with the case in Polish and Swedish."""
_WORDS: dict[Subject, str] = {"recordings": "call_recording", "messages": "message"}


@dataclass(frozen=True)
class Claim:
    """One statement of a notice that does not fit; `about` tells several in one notice apart."""

    wording: WordingResult
    span: Span
    about: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    effect: Effect | None = None


def in_use(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[WordingResult]:
    """Give the results of listed wordings that are in use; what the intake does not list may be a draft."""
    listed = {wording.id: wording for wording in declared.intake.wordings}
    for result in wordings:
        own = listed.get(result.wording)
        if own is None or result.result.not_analysed:
            continue
        if (own.valid_from is None or own.valid_from <= on) and (own.valid_to is None or on <= own.valid_to):
            yield result


def period_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give the first period of recordings or messages in each notice that names none of the declared ones."""
    for wording in in_use(declared, wordings, on):
        told = periods(wording)
        for subject in SUBJECTS:
            days, named = declared.periods(subject), [period for period in told if period.subject == subject]
            if days and named and not any(period.holds(number) for period in named for number in days):
                yield _period(wording, named[0], days)


def _period(wording: WordingResult, told: Period, days: frozenset[int]) -> Claim:
    params = {"kept": _WORDS[told.subject], "days": sorted(days)}
    return Claim(wording, told.span, f"#{told.subject}", params, _weight(told, days))


def _weight(told: Period, days: frozenset[int]) -> Effect | None:
    """A promise of less than is declared is broken; one of more is only wrong; a period read loosely is a question."""
    if not told.plain:
        return "indicator"
    return None if told.most < min(days) else "practice"


def country_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give each notice that says that data stay in the Union while the declared flows take them elsewhere."""
    for wording in in_use(declared, wordings, on):
        if any(hit.code == "transfer_safeguard" for hit in wording.result.sure):
            continue  # it speaks of a transfer somewhere
        stays = (never_leaves(wording), declared.reached_outside)
        for span, lands in (stays, (stored_inside(wording), declared.stored_outside)):
            unnamed = [land for land in lands if not _names(wording, land)]
            if span and unnamed:
                yield Claim(wording, span, params={"lands": unnamed})
                break


def _names(wording: WordingResult, land: str) -> bool:
    """Tell whether a notice names a country in its language, in whatever case its ending stands."""
    name = Locale(wording.result.language or "en").territories.get(land, land)
    if not name.isascii() and wording.result.language == "zh":
        return name in wording.text
    stem = name[:-2] if len(name) > ENDED else name
    return any(re.search(rf"\b{re.escape(other)}", wording.text) for other in (stem, *_ALSO.get(land, ())))
