"""Weights made by hand: what is learnt of words, and of concepts, counts as it is."""

from __future__ import annotations

from collections.abc import Mapping

from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.likely import Concept, Judged, Likely
from gdpr_assess.wording.odds import Learnt, Weights
from gdpr_assess.wording.whole import NEVER, Final

BOTH = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Only what words and concepts of one sentence say together counts."""


def made(
    needed: Mapping[str, float],
    weights: Mapping[str, Weights],
    *,
    common: frozenset[str] = frozenset(),
    doubts: Mapping[str, float] | None = None,
    concepts: Mapping[str, Weights] | None = None,
    others: Mapping[str, Weights] | None = None,
) -> Likely:
    """Return English weights; a code is said where a sentence adds what is needed, doubted where it adds too little."""
    words = Learnt({code: -least for code, least in needed.items()}, dict(weights), common)
    shared = Learnt(dict.fromkeys(needed, 0.0), dict(concepts or {}), frozenset())
    last = {code: Final(0.0, BOTH, dict((others or {}).get(code, ()))) for code in needed}
    return Likely("en", words, shared, last, {code: (0.0, (doubts or {}).get(code, -NEVER)) for code in needed})


def judged(weights: Likely, text: Folded, found: frozenset[str] = frozenset(), *concepts: Concept) -> Judged:
    """Return what is judged of a text that holds some concepts."""
    return weights.judge(text, lambda: list(concepts), found)
