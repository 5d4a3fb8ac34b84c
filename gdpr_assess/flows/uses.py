"""Rules: one basis per purpose, new uses of data, special categories and children (GDPR Art. 5(1)(b), 6(4), 8, 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gdpr_assess.flows.purposes import SPECIAL, own_flows
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.law import country, iso
from gdpr_assess.model import Flow

CHOSEN = frozenset(["consent", "contract", "legitimate_interest", "public_task"])
"""Bases between which a controller chooses; a legal obligation may stand beside another basis for a part."""
SECOND_USES = frozenset(["marketing", "survey", "quality", "training", "analytics"])
NO_BASIS_OF_ITS_OWN = frozenset([None, "contract"])
OF_SERVICE = frozenset(["health_care", "vital_interests", "employment_law", "legal_claims"])
"""Conditions of Art. 9(2) that are bound to one purpose and seldom carry another."""
ON_OWN_GROUND = frozenset(["marketing", "analytics"])


def _seen(flow: Flow, **more: object) -> Seen:
    return Seen(f"flow:{flow.id}", f"flows/{flow.id}", {"flow": flow.id, "purpose": flow.purpose} | more)


def _of_staff(flow: Flow) -> bool:
    """Tell whether a flow is about agents alone: their data rest on a basis of their own."""
    return set(flow.data_categories) == {"agent_data"}


def two_bases(world: World) -> Iterator[Seen]:
    """Ask about a purpose of the client's own that rests on different bases in different flows."""
    bases: dict[tuple[str, bool], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for flow, _ in own_flows(world):
        if flow.legal_basis in CHOSEN:
            bases[flow.purpose, _of_staff(flow)][str(flow.legal_basis)].append(flow.id)
    for (purpose, staff), found in bases.items():
        if len(found) > 1:
            flows = [flow for ids in found.values() for flow in ids]
            params = {"purpose": purpose, "bases": list(found), "flows": flows}
            yield Seen(f"purpose:{purpose}" + ("#staff" if staff else ""), f"flows/{flows[0]}", params)


def reuse_ask(world: World) -> Iterator[Seen]:
    """Ask about data that a system got for one purpose and gives on for another without a basis for that."""
    got: dict[str, set[str]] = defaultdict(set)
    for flow in world.intake.flows:
        if flow.kind != "deletion" and flow.target in world.systems:
            got[flow.target].add(flow.purpose)
    for flow, _ in own_flows(world):
        first = got.get(flow.source, set())
        new = flow.purpose in SECOND_USES and first and flow.purpose not in first
        if new and flow.legal_basis in NO_BASIS_OF_ITS_OWN:
            yield _seen(flow, first=sorted(first), name=world.name(flow.source))


def condition_ask(world: World) -> Iterator[Seen]:
    """Ask about special categories used for marketing, quality and the like under a condition made for service."""
    for flow, _ in own_flows(world):
        special = sorted(SPECIAL & set(flow.data_categories))
        if special and flow.purpose in SECOND_USES and flow.art9_condition in OF_SERVICE:
            yield _seen(flow, categories=special, condition=flow.art9_condition)


def _with_children(world: World, flow: Flow) -> bool:
    return world.profile.serves_children is True or "children" in flow.data_categories


def ages(world: World) -> list[str]:
    """Return the age of consent for each country served, as far as we hold one; unread ones carry a mark."""
    found = []
    for land in sorted({iso(land) for land in world.profile.countries_served}):
        law = country(land)
        fact = law.digital_age.on(world.as_of) if law and law.digital_age else None
        if fact is not None:
            found.append(f"{land}: {fact.value}" + ("" if fact.verified else " (?)"))
    return found


def child_consent_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, how the age of children is checked where uses of data rest on consent."""
    flows = [f.id for f, _ in own_flows(world) if f.legal_basis == "consent" and _with_children(world, f)]
    if flows:
        yield Seen("client#child_consent", f"flows/{flows[0]}", {"flows": flows, "ages": ages(world)})


def child_marketing_ask(world: World) -> Iterator[Seen]:
    """Ask about marketing or analytics with data of children on the client's own interest."""
    for flow, _ in own_flows(world):
        own = flow.purpose in ON_OWN_GROUND and flow.legal_basis == "legitimate_interest"
        if own and _with_children(world, flow):
            yield _seen(flow)
