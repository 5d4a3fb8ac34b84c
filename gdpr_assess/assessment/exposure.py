"""Exposure: the highest fine the law allows in each tier of Art. 83, from the turnover of the group. No prediction."""

from __future__ import annotations

from typing import Any

from gdpr_assess.law import fines
from gdpr_assess.model import Profile

TIERS = ("83(4)", "83(5)")
"""Tier of the duties of controllers and processors, and tier of principles, rights and transfers."""


def exposure(profile: Profile) -> dict[str, Any]:
    """Return the legal maximum of each tier with its terms and sources; nothing where the turnover is unknown."""
    if profile.turnover_eur is None:
        return {}
    maxima = []
    for tier in TIERS:
        rule = fines().maxima[tier]
        share = profile.turnover_eur * rule.turnover_percent / 100
        maxima.append(
            {
                "tier": tier,
                "maximum_eur": round(max(float(rule.fixed), share), 2),
                "fixed_eur": float(rule.fixed),
                "turnover_percent": rule.turnover_percent,
                "articles": list(rule.articles),
                "status": rule.status,
                "sources": list(rule.source),
            }
        )
    return {"turnover_eur": profile.turnover_eur, "turnover_year": profile.turnover_year, "maxima": maxima}
