"""Rules: does every use of data have a ground in law (GDPR Art. 6, 9; national marketing law)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.law import country, iso
from gdpr_assess.model import Effect, Flow

SPECIAL = frozenset(
    ["health", "ethnic_origin", "political", "religion", "trade_union", "genetic", "sex_life", "voice_biometrics"]
)
MARKETING_BASES = frozenset(["consent", "legitimate_interest"])


def _seen(flow: Flow, effect: Effect | None = None, **more: object) -> Seen:
    params = {"flow": flow.id, "purpose": flow.purpose} | more
    return Seen(f"flow:{flow.id}", f"flows/{flow.id}", params, effect=effect)


def own_flows(world: World) -> Iterator[tuple[Flow, Effect | None]]:
    """Yield flows whose ground the client must have; where it may be another controller's, it is only asked."""
    for flow in world.intake.flows:
        decides = world.decides(flow)
        if flow.kind != "deletion" and decides is not False:
            yield flow, None if decides else "indicator"


def no_basis(world: World) -> Iterator[Seen]:
    """Report a declared flow without a legal basis."""
    return (_seen(flow, asks) for flow, asks in own_flows(world) if flow.legal_basis is None)


def special_no_condition(world: World) -> Iterator[Seen]:
    """Report special categories of data without a condition of Art. 9(2)."""
    for flow, asks in own_flows(world):
        special = sorted(SPECIAL & set(flow.data_categories))
        if special and flow.art9_condition is None:
            yield _seen(flow, asks, categories=special)


def marketing_wrong_basis(world: World) -> Iterator[Seen]:
    """Report marketing that rests on a basis which cannot carry it."""
    for flow, asks in own_flows(world):
        if flow.purpose == "marketing" and flow.legal_basis and flow.legal_basis not in MARKETING_BASES:
            yield _seen(flow, asks, basis=flow.legal_basis)


def consent_rule(land: str, on: date) -> str | None:
    """Tell what verified law of a country says of calls without consent: `banned`, `doubtful`, or None (no ban known).

    `doubtful`: a consent rule that is unread, or one with an exception that the intake does not let us judge.
    """
    law = country(land)
    rule = law.marketing.live_call.on(on) if law else None
    if law is None or rule is None or rule.value != "opt_in":
        return None
    own = law.marketing.customer_calls.known(on) if law.marketing.customer_calls else None
    return "banned" if rule.verified and own == "consent" else "doubtful"


def _citations(lands: list[str]) -> list[str]:
    """Return where the rule on sales calls stands in each country's law, as far as somebody read it."""
    found = {land: law.marketing.citation for land in lands if (law := country(land))}
    return [f"{land}: {fact.value}" for land, fact in found.items() if fact is not None and fact.verified]


def _calls_without_consent(world: World, answer: str) -> Iterator[Seen]:
    p = world.profile
    if "phone" not in p.channels or "outbound_sales" not in p.services:
        return
    served = sorted({iso(land) for land in p.countries_served})
    lands = [land for land in served if consent_rule(land, world.as_of) == answer]
    for flow, asks in own_flows(world):
        if lands and flow.purpose == "marketing" and flow.legal_basis == "legitimate_interest":
            yield _seen(flow, asks, lands=lands, laws=_citations(lands))


def marketing_needs_consent(world: World) -> Iterator[Seen]:
    """Report sales calls on legitimate interest into countries whose law demands consent without exception."""
    return _calls_without_consent(world, "banned")


def marketing_consent_ask(world: World) -> Iterator[Seen]:
    """Ask about sales calls on legitimate interest into countries whose consent rule has exceptions or is unread."""
    return _calls_without_consent(world, "doubtful")
