"""Exposure: what Art. 83 and the guidelines on fines lead to for what was found. An orientation, no prediction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gdpr_assess.assessment.circumstances import circumstances
from gdpr_assess.assessment.comparable import comparable
from gdpr_assess.assessment.exposure_steps import Span, Start, between, fine_range, gravest, starting_range, steps
from gdpr_assess.assessment.infringements import Infringement, infringements
from gdpr_assess.catalogue import Catalogue
from gdpr_assess.law import TIERS, FineRules, eea, fines, iso
from gdpr_assess.model import Finding, Profile, Verdict

UK = "GB"
EPRIVACY = "ePrivacy"


def _maxima(turnover: float, rules: FineRules) -> list[dict[str, Any]]:
    return [
        {
            "tier": tier,
            "currency": rules.currency,
            "maximum": rules.maxima[tier].amount(turnover),
            "fixed": float(rules.maxima[tier].fixed),
            "turnover_percent": rules.maxima[tier].turnover_percent,
            "articles": list(rules.maxima[tier].articles),
            "status": rules.maxima[tier].status,
            "sources": list(rules.maxima[tier].source),
        }
        for tier in TIERS
    ]


def _starts(found: Sequence[Infringement], turnover: Span, rules: FineRules) -> list[Start]:
    starts = []
    for tier, one in gravest(found).items():
        low, high = (starting_range(amount, tier, one.seriousness, rules) for amount in turnover)
        starts.append(low if turnover[0] == turnover[1] else between(low, high))
    return starts


def _order(
    found: Sequence[Infringement], turnover: Span, rules: FineRules, facts: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return maxima, steps and range of one legal order; no steps and no range where nothing was found."""
    starts = _starts(found, turnover, rules)
    return {
        "document": rules.document,
        "maxima": _maxima(turnover[1], rules),
        "steps": steps(found, starts, turnover, rules, facts) if starts else [],
        "range": fine_range(starts, rules.currency),
    }


def _under_pecr(found: Sequence[Infringement], as_of: date) -> list[Infringement]:
    """Return the infringements as the UK sees them: breaches of its marketing rules reach the higher tier too."""
    pecr = fines().pecr
    if as_of < pecr.since:
        return list(found)
    return [
        one.model_copy(update={"highest": pecr.tier, "tier": one.tier or pecr.tier})
        if any(article.startswith(EPRIVACY) for article in one.articles)
        else one
        for one in found
    ]


def _pounds(turnover_eur: float) -> Span:
    rate = fines().gbp_per_eur
    return round(turnover_eur * rate.lowest, 2), round(turnover_eur * rate.highest, 2)


def exposure(
    profile: Profile,
    findings: Iterable[Finding],
    verdicts: Iterable[Verdict],
    catalogue: Catalogue,
    as_of: date,
) -> dict[str, Any]:
    """Return infringements, circumstances and comparable cases, and with a known turnover each step and the range.

    Union law, and likewise UK law, where people there are served or there is an establishment.
    """
    judged, turnover = tuple(verdicts), profile.turnover_eur
    found = infringements(profile, findings, judged, catalogue)
    facts = circumstances(profile, found, judged)
    result: dict[str, Any] = {
        "turnover_eur": turnover,
        "turnover_year": profile.turnover_year,
        "infringements": [one.model_dump(mode="json") for one in found],
        "circumstances": facts,
        **comparable(profile, found),
    }
    if turnover is None:
        return result
    served = set(map(iso, profile.countries_served))
    if profile.eu_establishments or (served | {iso(profile.main_country)}) & eea():
        result |= _order(found, (turnover, turnover), fines().eu, facts)
    if profile.uk_establishment or UK in served | {iso(profile.main_country)}:
        pounds = _pounds(turnover)
        rate = fines().gbp_per_eur
        order = _order(_under_pecr(found, as_of), pounds, fines().uk, facts)
        result["uk"] = order | {"turnover_gbp": list(pounds), "rate": [rate.lowest, rate.highest]}
    return result
