"""Rules: is it clear, and free of contradiction, who decides on each use (GDPR Art. 4(7), 4(8), 26, 28, 30(2))?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import CLIENT, Flow

NO_PRINCIPAL = frozenset(["processor", "sub_processor", "representative"])


def _at(flow: Flow, **more: object) -> Seen:
    return Seen(f"flow:{flow.id}", f"flows/{flow.id}", {"flow": flow.id, "purpose": flow.purpose} | more)


def not_of_client(world: World) -> Iterator[Seen]:
    """Ask about a flow that gives the client a role which its profile does not name."""
    for flow in world.intake.flows:
        decides = world.decides(flow)
        named = world.is_controller if decides else world.is_processor
        if flow.on_behalf_of is not None and not named:
            yield _at(flow, role="controller" if decides else "processor")


def of_principal(world: World) -> Iterator[Seen]:
    """Ask about a partner that is declared a processor, though a flow says that it decides."""
    flows: dict[str, list[str]] = defaultdict(list)
    for flow in world.intake.flows:
        partner = world.partners.get(flow.on_behalf_of or "")
        if partner is not None and partner.role in NO_PRINCIPAL:
            flows[partner.id].append(flow.id)
    for key, found in flows.items():
        params = {"partner": key, "name": world.name(key), "role": world.partners[key].role, "flows": found}
        yield Seen(f"partner:{key}", f"partners/{key}", params)


def two_answers(world: World) -> Iterator[Seen]:
    """Ask about flows between the same places for the same purpose, once for the client and once for another."""
    alike: dict[tuple[str, str, str], list[Flow]] = defaultdict(list)
    for flow in world.intake.flows:
        if flow.on_behalf_of is not None:
            alike[flow.source, flow.target, flow.purpose].append(flow)
    for flows in alike.values():
        own = {flow.on_behalf_of == CLIENT for flow in flows}
        if len(own) > 1:
            yield _at(flows[0], flows=[flow.id for flow in flows])


def joint_purposes_ask(world: World) -> Iterator[Seen]:
    """Ask for which purposes a joint controller decides jointly where it gets data for several."""
    purposes: dict[str, list[str]] = defaultdict(list)
    for flow in world.intake.flows:
        for org in {end.org for end in world.ends(flow) or ()}:
            if flow.kind != "deletion" and flow.on_behalf_of is None and flow.purpose not in purposes[org]:
                purposes[org].append(flow.purpose)
    for partner in world.intake.partners:
        if partner.role == "joint_controller" and len(purposes[partner.id]) > 1:
            params = {"partner": partner.id, "name": partner.name, "purposes": purposes[partner.id]}
            yield Seen(f"partner:{partner.id}", f"partners/{partner.id}", params)


def _choice(world: World) -> bool:
    principals = [partner for partner in world.intake.partners if partner.role == "controller"]
    return world.is_processor and (world.is_controller or len(principals) > 1)


def not_stated(world: World) -> Iterator[Seen]:
    """Ask, once for the client, on whose behalf flows run where it may be its own or one of several others'."""
    flows = [flow.id for flow in world.intake.flows if flow.on_behalf_of is None and flow.kind != "deletion"]
    if flows and _choice(world):
        yield Seen("client#on_behalf_of", f"flows/{flows[0]}", {"flows": flows})
