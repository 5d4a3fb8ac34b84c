"""Facts of the assessment that weigh on a fine (Art. 83(2)): which way, never by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdpr_assess.assessment.infringements import Infringement, gdpr_number
from gdpr_assess.model import Profile, Verdict

OPEN = {
    "duration": "83(2)(a)",
    "fault": "83(2)(b)",
    "damage": "83(2)(c)",
    "previous": "83(2)(e)",
    "cooperation": "83(2)(f)",
    "known": "83(2)(h)",
    "orders": "83(2)(i)",
    "codes": "83(2)(j)",
    "gain": "83(2)(k)",
}
"""What an authority would weigh and an assessment cannot know."""
MEASURES = frozenset([25, 32])
SHOWN = ("tested", "documented")


def _fact(name: str, way: str, article: str, count: int | None = None, *, in_band: bool = False) -> dict[str, Any]:
    return {"fact": name, "direction": way, "article": article, "count": count, "in_band": in_band}


def circumstances(profile: Profile, found: Sequence[Infringement], verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Return what speaks against and for the client, and what is open; `in_band`: already in the seriousness band."""
    contradicted = sum(one.contradicted for one in found)
    records = sum(one.records for one in found)
    weak = sum(any(gdpr_number(article) in MEASURES for article in one.articles) for one in found)
    breaches = sum(one.domain == "BRE" for one in found)
    shown = sum(verdict.verdict == "met" and verdict.method in SHOWN for verdict in verdicts)
    facts = [
        _fact("contradicted", "up", "83(2)(b)", contradicted, in_band=True) if contradicted else None,
        _fact("records", "up", "83(2)(a)", records, in_band=True) if records else None,
        _fact("special_categories", "up", "83(2)(g)", in_band=True)
        if profile.special_categories or profile.voice_biometrics
        else None,
        _fact("children", "up", "83(2)(g)", in_band=True) if profile.serves_children else None,
        _fact("weak_measures", "up", "83(2)(d)", weak) if weak else None,
        _fact("breach_handling", "up", "83(2)(h)", breaches) if breaches else None,
        _fact("shown_measures", "down", "83(2)(d)", shown) if shown else None,
        *(_fact(name, "open", article) for name, article in OPEN.items()),
    ]
    return [fact for fact in facts if fact is not None]
