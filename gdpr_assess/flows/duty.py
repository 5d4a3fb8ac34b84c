"""In which record a flow belongs: the client's own (Art. 30(1)), or that of a controller it works for (Art. 30(2))."""

from __future__ import annotations

from dataclasses import dataclass

from gdpr_assess.flows.world import World
from gdpr_assess.model import CLIENT, Flow


@dataclass(frozen=True)
class Duty:
    """The record a flow belongs in, for which controllers (partner ids), and what is open about that."""

    article: str
    principals: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def _principals(world: World) -> tuple[str, ...]:
    """Return the controllers that the client works for; to a client that only decides itself, they are recipients."""
    found = (partner.id for partner in world.intake.partners if partner.role == "controller")
    return tuple(found) if world.is_processor else ()


def _direct(world: World, flow: Flow, principals: tuple[str, ...]) -> tuple[str, ...]:
    orgs = {spot.org for spot in world.ends(flow) or ()}
    return tuple(principal for principal in principals if principal in orgs)


def _by_system(world: World, principals: tuple[str, ...]) -> dict[str, set[str]]:
    """Return for each system the controllers whose data demonstrably pass through it."""
    found: dict[str, set[str]] = {}
    for flow in world.intake.flows:
        for end in {flow.source, flow.target} & world.systems.keys():
            found.setdefault(end, set()).update(_direct(world, flow, principals))
    return found


def _duty(world: World, flow: Flow, principals: tuple[str, ...], shared: dict[str, set[str]]) -> Duty:
    if flow.on_behalf_of == CLIENT:
        return Duty("30(1)")
    if flow.on_behalf_of in world.partners:
        return Duty("30(2)", (str(flow.on_behalf_of),))
    if not world.is_processor:
        return Duty("30(1)")
    direct = _direct(world, flow, principals)
    if direct:
        return Duty("30(2)", direct)
    near = {principal for end in (flow.source, flow.target) for principal in shared.get(end, ())}
    if near and (world.is_controller or len(near) < len(principals)):
        return Duty("30(2)", tuple(p for p in principals if p in near), ("controller_derived",))
    if world.is_controller:
        return Duty("30(1)", open=("role",))
    if len(principals) == 1:
        return Duty("30(2)", principals)
    return Duty("30(2)", principals, ("which_controller" if principals else "no_controller",))


def duties(world: World) -> list[Duty]:
    """Return for each flow, in order, the record it belongs in; what is only likely or not stated is open.

    What the intake says of a flow goes before everything that may be derived from roles and systems.
    """
    principals = _principals(world)
    shared = _by_system(world, principals)
    return [_duty(world, flow, principals, shared) for flow in world.intake.flows]


def idle_principals(world: World) -> list[str]:
    """Return the controllers that no flow can be given to; their record is empty."""
    used = {principal for duty in duties(world) for principal in duty.principals}
    return [principal for principal in _principals(world) if principal not in used]
