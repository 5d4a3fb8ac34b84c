"""Scores per domain and for all: tested, documented, declared and not assessed stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from gdpr_assess.catalogue.scoring import load_scoring
from gdpr_assess.model import Score, Verdict

ALL = "all"
"""Key of the score over every domain."""


def _score(domain: str, found: Sequence[Verdict]) -> Score:
    points = load_scoring().score
    number = Counter(verdict.verdict for verdict in found)
    met = Counter(verdict.method for verdict in found if verdict.verdict == "met")
    assessed = sum(number[value] for value in points)
    gained = sum(number[value] * worth for value, worth in points.items())
    return Score(
        domain=domain,
        score=round(100 * gained / assessed, 1) if assessed else None,
        applicable=assessed + number["not_assessed"],
        met_tested=met["tested"],
        met_documented=met["documented"],
        met_declared=met["declared"],
        partly=number["partly"],
        not_met=number["not_met"],
        not_assessed=number["not_assessed"],
        contradicted=sum(verdict.contradicted for verdict in found),
    )


def scores(found: Iterable[Verdict]) -> dict[str, Score]:
    """Return the score of every domain that has verdicts, by domain, and under `all` the score of everything."""
    everything = list(found)
    by_domain: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in everything:
        by_domain[verdict.control[:3]].append(verdict)
    return {name: _score(name, part) for name, part in sorted(by_domain.items())} | {ALL: _score(ALL, everything)}
