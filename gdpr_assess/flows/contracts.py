"""Rules: is everybody who works with the data bound as the law demands (GDPR Art. 26, 28)?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import Partner


def _works_for_others(partner: Partner) -> bool:
    return partner.role in {"processor", "sub_processor"}


def _seen(partner: Partner, **more: object) -> Seen:
    params = {"partner": partner.id, "name": partner.name} | more
    scope = f"processor:{partner.id}" if _works_for_others(partner) else None
    return Seen(f"partner:{partner.id}", f"partners/{partner.id}", params, scope=scope)


def no_contract(world: World) -> Iterator[Seen]:
    """Report a processor or sub-processor without a contract."""
    return (_seen(p) for p in world.intake.partners if _works_for_others(p) and p.contract is False)


def contract_ask(world: World) -> Iterator[Seen]:
    """Ask whether there is a contract where that is left open."""
    return (_seen(p) for p in world.intake.partners if _works_for_others(p) and p.contract is None)


def joint_no_arrangement(world: World) -> Iterator[Seen]:
    """Report a joint controller without an arrangement."""
    return (_seen(p) for p in world.intake.partners if p.role == "joint_controller" and p.contract is False)


def joint_arrangement_ask(world: World) -> Iterator[Seen]:
    """Ask for the arrangement with a joint controller where that is left open."""
    return (_seen(p) for p in world.intake.partners if p.role == "joint_controller" and p.contract is None)


def client_contract_ask(world: World) -> Iterator[Seen]:
    """Ask for the contract with a controller on whose behalf the client processes."""
    served = {flow.on_behalf_of for flow in world.intake.flows}
    return (_seen(p) for p in world.intake.partners if p.id in served and p.role == "controller" and not p.contract)


def sub_not_authorised(world: World) -> Iterator[Seen]:
    """Report a sub-processor whose use nobody authorised."""
    for partner in world.intake.partners:
        if partner.role == "sub_processor" and partner.authorised is False:
            yield _seen(partner, by=world.name(partner.engaged_by))


def sub_authorisation_ask(world: World) -> Iterator[Seen]:
    """Ask whether a sub-processor was authorised where that is left open."""
    for partner in world.intake.partners:
        if partner.role == "sub_processor" and partner.authorised is None:
            yield _seen(partner, by=world.name(partner.engaged_by))


def in_no_flow(world: World) -> Iterator[Seen]:
    """Ask about a partner that gets data by its role, but runs no site, no system and is in no flow."""
    used = {flow.source for flow in world.intake.flows} | {flow.target for flow in world.intake.flows}
    used |= {flow.on_behalf_of for flow in world.intake.flows if flow.on_behalf_of}
    used |= {site.operator for site in world.intake.sites} | {system.operator for system in world.intake.systems}
    return (_seen(p) for p in world.intake.partners if p.role != "representative" and p.id not in used)


def own_purposes(world: World) -> Iterator[Seen]:
    """Report a processor that uses the data for purposes of its own."""
    return (_seen(p) for p in world.intake.partners if _works_for_others(p) and p.own_purposes is True)


def own_purposes_ask(world: World) -> Iterator[Seen]:
    """Ask whether a processor uses the data for itself where that is left open."""
    return (_seen(p) for p in world.intake.partners if _works_for_others(p) and p.own_purposes is None)
