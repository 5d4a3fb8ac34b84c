"""The steps of the fine framework for one legal order: starting range, size of the undertaking, maximum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gdpr_assess.assessment.infringements import Infringement
from gdpr_assess.law import BANDS, TIERS, Band, FineRules, Tier, fines
from gdpr_assess.model import Noun

Span = tuple[float, float]


class Start(Noun):
    """The starting range of the gravest infringement of a tier, before and after (`adjusted`) the size step."""

    tier: Tier
    band: Band
    maximum: float
    seriousness: Span
    start: Span
    size: Span
    size_from: int
    size_to: int | None
    adjusted: Span
    verified: bool
    sources: tuple[str, ...]


def starting_range(turnover: float, tier: Tier, band: Band, rules: FineRules) -> Start:
    """Return the starting range for a turnover in the currency of the rules."""
    top, share, size = rules.maxima[tier], rules.seriousness[band], rules.size_of(turnover)
    maximum = top.amount(turnover)
    low, high = (maximum * percent / 100 for percent in share.percent)
    used = (top, share, size)
    return Start(
        tier=tier,
        band=band,
        maximum=maximum,
        seriousness=share.percent,
        start=(round(low, 2), round(high, 2)),
        size=size.percent,
        size_from=size.above,
        size_to=size.up_to,
        adjusted=(round(low * size.percent[0] / 100, 2), round(high * size.percent[1] / 100, 2)),
        verified=all(fact.verified for fact in used),
        sources=tuple(dict.fromkeys(source for fact in used for source in fact.source)),
    )


def between(first: Start, second: Start) -> Start:
    """Return what holds between two turnovers, the smaller first: the widest range of both."""
    return second.model_copy(
        update={
            "start": (first.start[0], second.start[1]),
            "size": (first.size[0], second.size[1]),
            "size_from": first.size_from,
            "adjusted": (first.adjusted[0], second.adjusted[1]),
            "verified": False,
        }
    )


def gravest(found: Iterable[Infringement]) -> dict[Tier, Infringement]:
    """Return the gravest infringement of each tier that an authority may charge."""
    worst: dict[Tier, Infringement] = {}
    for one in found:
        if one.highest and (one.highest not in worst or one.points > worst[one.highest].points):
            worst[one.highest] = one
    return {tier: worst[tier] for tier in TIERS if tier in worst}


def fine_range(starts: Sequence[Start], currency: str) -> dict[str, Any] | None:
    """Return the range over the tiers; linked processing: never above the maximum of the gravest (Art. 83(3))."""
    if not starts:
        return None
    maximum = max(start.maximum for start in starts)
    return {
        "currency": currency,
        "low": max(start.adjusted[0] for start in starts),
        "high": min(max(start.adjusted[1] for start in starts), maximum),
        "maximum": maximum,
        "tier": max(start.tier for start in starts),
        "seriousness": max((start.band for start in starts), key=BANDS.index),
        "status": _status(all(start.verified for start in starts)),
    }


def _status(verified: bool) -> str:
    return "verified" if verified else "memory"


def _sources(facts: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(source for fact in facts for source in fact.source))


def _step(name: str, facts: Sequence[Any], article: str, rows: Sequence[Any] = (), **params: Any) -> dict[str, Any]:
    return {
        "step": name,
        "article": article,
        "status": _status(all(fact.verified for fact in facts)),
        "sources": _sources(facts),
        "params": params,
        "tiers": list(rows),
    }


def steps(
    found: Sequence[Infringement], starts: Sequence[Start], turnover: Span, rules: FineRules, facts: Sequence[Any]
) -> list[dict[str, Any]]:
    """Return every step with its numbers, sources and status; the tiers of a step stand in its rows."""
    worst, currency = gravest(found), rules.currency
    law = list(fines().tiers.values())
    maxima = [rules.maxima[start.tier] for start in starts]
    shares = [rules.seriousness[start.band] for start in starts]
    sizes = [rules.size_of(amount) for amount in dict.fromkeys(turnover)]
    in_tiers = {tier: sum(one.highest == tier for one in found) for tier in TIERS}
    charged = [
        {"tier": tier, "count": count, "first": sum(one.tier == tier for one in found)}
        for tier, count in in_tiers.items()
    ]
    bands = [
        {"tier": s.tier, "band": s.band, "control": worst[s.tier].control, "points": worst[s.tier].points,
         "low": s.seriousness[0], "high": s.seriousness[1]}
        for s in starts
    ]  # fmt: skip
    opened = [{"tier": s.tier, "maximum": s.maximum, "low": s.start[0], "high": s.start[1]} for s in starts]
    sized = [
        {"tier": s.tier, "low": s.adjusted[0], "high": s.adjusted[1], "percent": list(s.size),
         "above": s.size_from, "up_to": s.size_to}
        for s in starts
    ]  # fmt: skip
    tops = [{"tier": s.tier, "maximum": s.maximum} for s in starts]
    counts = {way: sum(fact["direction"] == way for fact in facts) for way in ("up", "down", "open")}
    others = sum(one.highest is None for one in found)
    return [
        _step("infringements", law, "83(3)", charged, count=len(found), others=others),
        _step("seriousness", shares, "83(2)(a), (b), (g)", bands),
        _step("starting", [*maxima, *shares], "83(4)-(6)", opened, currency=currency),
        _step("size", sizes, "83(1)", sized, currency=currency, turnover=list(turnover)),
        _step("circumstances", law, "83(2)(c)-(f), (h)-(k)", (), **counts),
        _step("maximum", maxima, "83(4)-(6)", tops, currency=currency),
        _step("proportionate", law, "83(1)"),
    ]
