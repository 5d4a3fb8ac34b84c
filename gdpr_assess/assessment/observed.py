"""Declared against observed: what exports and notices show and the intake does not say. Reads no client file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from gdpr_assess.assessment.declared import Declared
from gdpr_assess.assessment.notice_claims import Claim, country_claims, period_claims
from gdpr_assess.assessment.notice_recipients import (
    denied_recipient_claims,
    missing_country_claims,
    other_country_claims,
    other_recipient_claims,
)
from gdpr_assess.assessment.observed_rule import observed_rule
from gdpr_assess.assessment.seen import Seen, as_finding
from gdpr_assess.law import adequate, eea, iso
from gdpr_assess.model import Effect, Finding, Intake, WordingResult
from gdpr_assess.practices import Observed, Sighting

ENOUGH, SHARE = 5, 100
"""Fewer records than this, or less than a hundredth, are a traveller or a slip and no service of its own."""
ALSO_CALLED = {"Amazon Connect": ("aws",)}


@dataclass(frozen=True)
class Case:
    """Both sides of the comparison."""

    intake: Intake
    observed: Observed
    wordings: Sequence[WordingResult]
    as_of: date

    @cached_property
    def declared(self) -> Declared:
        """What the intake says of countries, channels, names and periods."""
        return Declared(self.intake)


def observed_findings(
    intake: Intake, observed: Observed, wordings: Sequence[WordingResult], as_of: date
) -> list[Finding]:
    """Return a finding for everything that the exports or the notices show otherwise than it was declared."""
    case = Case(intake, observed, wordings, as_of)
    found = ((code, seen) for code, compare in RULES.items() for seen in compare(case))
    return [as_finding("flows", code, observed_rule(code), seen) for code, seen in found]


def _many(sightings: Iterable[Sighting]) -> Iterator[Sighting]:
    return (one for one in sightings if one.count >= max(ENOUGH, one.total / SHARE))


def _counted(one: Sighting, **more: object) -> dict[str, Any]:
    return {"count": one.count, "total": one.total} | more


def _customers(case: Case) -> Iterator[Seen]:
    for one in _many(case.observed.customers):
        if iso(one.value) not in case.declared.served:
            effect: Effect | None = (
                None if one.stated >= ENOUGH else "indicator"
            )  # a prefix is not where somebody lives
            yield Seen(f"country:{one.value}", one.place, _counted(one, land=one.value), effect)


def _agents(case: Case) -> Iterator[Seen]:
    for one in case.observed.agents:
        land = iso(one.value)
        if land in case.declared.workplaces:
            continue
        params = _counted(one, land=land)
        if land in eea():
            yield Seen(f"agents:{land}", one.place, params, "indicator", "low")
        elif adequate(land, case.as_of):
            yield Seen(f"agents:{land}", one.place, params, "practice", "medium")
        else:
            yield Seen(f"agents:{land}", one.place, params)


def _channels(case: Case) -> Iterator[Seen]:
    for one in _many(case.observed.channels):
        if one.value not in case.declared.channels:
            yield Seen(f"channel:{one.value}", one.place, _counted(one, channel=one.value))


def _storage(case: Case) -> Iterator[Seen]:
    for one in _many(case.observed.locations):
        land = iso(one.value)
        if land not in case.declared.storage:
            effect: Effect | None = "indicator" if land in eea() else None
            yield Seen(f"storage:{land}", one.place, _counted(one, land=land), effect)


def _systems(case: Case) -> Iterator[Seen]:
    for one in case.observed.vendors:
        names = {*one.value.casefold().split(), *ALSO_CALLED.get(one.value, ())}
        if not any(name in declared for name in names for declared in case.declared.names):
            yield Seen(f"vendor:{one.value}", one.place, {"vendor": one.value, "count": one.count})


def _staff_domains(case: Case) -> Iterator[Seen]:
    """Give domains of staff that nothing declared explains; that of more than half of the staff is the client's own."""
    for one in case.observed.staff_domains:
        if one.count * 2 <= one.total and not case.declared.knows_domain(one.value):
            yield Seen(f"domain:{one.value}", one.place, _counted(one, domain=one.value))


def _recipient_domains(case: Case) -> Iterator[Seen]:
    for one in _many(case.observed.recipient_domains):
        if not case.declared.knows_domain(one.value):
            yield Seen(f"domain:{one.value}", one.place, _counted(one, domain=one.value))


def _claimed(claims: Iterable[Claim]) -> Iterator[Seen]:
    for claim in claims:
        place = claim.wording.place.model_copy(update={"span": claim.span})
        quote = claim.wording.text[claim.span[0] : claim.span[1]]
        params = {"wording": claim.wording.wording, "quote": quote} | claim.params
        yield Seen(f"wording:{claim.wording.wording}{claim.about}", place, params, claim.effect)


def _periods(case: Case) -> Iterator[Seen]:
    return _claimed(period_claims(case.declared, case.wordings, case.as_of))


def _notice_countries(case: Case) -> Iterator[Seen]:
    return _claimed(country_claims(case.declared, case.wordings, case.as_of))


def _other_countries(case: Case) -> Iterator[Seen]:
    return _claimed(other_country_claims(case.declared, case.wordings, case.as_of))


def _missing_countries(case: Case) -> Iterator[Seen]:
    return _claimed(missing_country_claims(case.declared, case.wordings, case.as_of))


def _other_recipients(case: Case) -> Iterator[Seen]:
    return _claimed(other_recipient_claims(case.declared, case.wordings, case.as_of))


def _denied_recipients(case: Case) -> Iterator[Seen]:
    return _claimed(denied_recipient_claims(case.declared, case.wordings, case.as_of))


RULES: dict[str, Callable[[Case], Iterator[Seen]]] = {
    "OBSERVED_COUNTRY_NOT_DECLARED": _customers,
    "OBSERVED_AGENT_COUNTRY_NOT_DECLARED": _agents,
    "OBSERVED_CHANNEL_NOT_DECLARED": _channels,
    "OBSERVED_STORAGE_NOT_DECLARED": _storage,
    "OBSERVED_SYSTEM_NOT_DECLARED": _systems,
    "OBSERVED_STAFF_DOMAIN_NOT_DECLARED": _staff_domains,
    "OBSERVED_RECIPIENT_NOT_DECLARED": _recipient_domains,
    "NOTICE_PERIOD_DIFFERS": _periods,
    "NOTICE_COUNTRY_DIFFERS": _notice_countries,
    "NOTICE_COUNTRY_OTHER": _other_countries,
    "NOTICE_COUNTRY_MISSING": _missing_countries,
    "NOTICE_RECIPIENT_OTHER": _other_recipients,
    "NOTICE_RECIPIENT_DENIED": _denied_recipients,
}
