"""Real decisions beside the client's case: chosen by theme and article, with what is alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gdpr_assess.assessment.infringements import Infringement, gdpr_number
from gdpr_assess.law import BANDS, Case, cases, iso
from gdpr_assess.model import Profile

MOST_FINED, MOST_OTHERS = 8, 3


def _domains(case: Case) -> frozenset[str]:
    return frozenset(domain for theme in case.themes for domain in cases().themes[theme])


def _numbers(articles: Iterable[str]) -> frozenset[int]:
    return frozenset(number for article in articles if (number := gdpr_number(article)) is not None)


def _weights(found: Sequence[Infringement]) -> dict[str, int]:
    """Weigh each domain by its most serious infringement."""
    weights: dict[str, int] = {}
    for one in found:
        weights[one.domain] = max(weights.get(one.domain, 0), BANDS.index(one.seriousness) + 1)
    return weights


def _rank(case: Case, weights: dict[str, int], numbers: frozenset[int], home: frozenset[str]) -> tuple[Any, ...]:
    alike = sum(weights.get(domain, 0) for domain in _domains(case))
    return (-alike, -len(_numbers(case.articles) & numbers), case.country not in home, case.id)


def _shown(case: Case, weights: dict[str, int], numbers: frozenset[int], home: frozenset[str]) -> dict[str, Any]:
    kept = case.model_dump(mode="json", exclude={"source"})
    return kept | {
        "sources": list(case.source),
        "shared_domains": sorted(_domains(case) & weights.keys()),
        "shared_articles": [str(number) for number in sorted(_numbers(case.articles) & numbers)],
        "same_country": case.country in home,
    }


def _chosen(ranked: list[Case], weights: dict[str, int], most: int) -> list[Case]:
    """Take the best case of each domain in turn, the gravest domain first, so that one theme does not fill the list."""
    chosen: list[Case] = []
    order = sorted(weights, key=lambda domain: (-weights[domain], domain))
    while len(chosen) < most:
        before = len(chosen)
        for domain in order:
            best = next((case for case in ranked if case not in chosen and domain in _domains(case)), None)
            if best is not None and len(chosen) < most:
                chosen.append(best)
        if len(chosen) == before:
            break
    return chosen


def comparable(profile: Profile, found: Sequence[Infringement]) -> dict[str, list[dict[str, Any]]]:
    """Return fined cases like this one and decisions without a fine; nothing where nothing was found."""
    if not found:
        return {"cases": [], "no_fine": []}
    weights, numbers = _weights(found), _numbers(article for one in found for article in one.articles)
    home = frozenset(map(iso, (*profile.countries_served, profile.main_country)))
    known = cases()

    def pick(group: Sequence[Case], most: int) -> list[Case]:
        return _chosen(sorted(group, key=lambda case: _rank(case, weights, numbers, home)), weights, most)

    general = [case for case in known.no_fine if not _domains(case)]
    return {
        "cases": [_shown(case, weights, numbers, home) for case in pick(known.fined, MOST_FINED)],
        "no_fine": [_shown(case, weights, numbers, home) for case in [*general, *pick(known.no_fine, MOST_OTHERS)]],
    }
