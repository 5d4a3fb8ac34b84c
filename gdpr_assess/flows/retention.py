"""Rules: is every system known, used and emptied in time (GDPR Art. 5(1)(e), 30)?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import System

MESSAGE_SYSTEMS = frozenset(["email", "chat", "messaging"])
CALL_SYSTEMS = frozenset(["telephony", "storage", "quality", "analytics"])


def at_system(system: System, **more: object) -> Seen:
    """Return what a rule saw at a system."""
    params = {"system": system.id, "name": system.name} | more
    return Seen(f"system:{system.id}", f"systems/{system.id}", params, scope=f"system:{system.id}")


def in_use(world: World) -> Iterator[System]:
    """Yield the systems that are not said to be out of use."""
    return (system for system in world.intake.systems if system.in_use is not False)


def no_retention(world: World) -> Iterator[Seen]:
    """Report a system for which neither it nor a flow into it says how long data stay."""
    told = {flow.target for flow in world.intake.flows if flow.retention_days is not None}
    for system in in_use(world):
        stated = system.retention_days is not None or bool((system.retention_rule or "").strip())
        if not stated and system.id not in told:
            yield at_system(system)


def in_no_flow(world: World) -> Iterator[Seen]:
    """Report a system in use that no flow touches."""
    used = {flow.source for flow in world.intake.flows} | {flow.target for flow in world.intake.flows}
    return (at_system(system) for system in in_use(world) if system.id not in used)


def unused_but_fed(world: World) -> Iterator[Seen]:
    """Ask about a flow into a system that is said not to be in use."""
    for flow in world.intake.flows:
        system = world.systems.get(flow.target)
        if system is not None and system.in_use is False and flow.kind != "deletion":
            params = {"flow": flow.id, "system": system.id, "name": system.name}
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", params)


def _promised(world: World, system: System) -> int | None:
    p = world.profile
    if system.kind == "recording" or (system.kind in CALL_SYSTEMS and "call_recording" in system.data_categories):
        return p.recording_retention_days
    return p.message_retention_days if system.kind in MESSAGE_SYSTEMS else None


def above_policy(world: World) -> Iterator[Seen]:
    """Report a system that keeps recordings or messages longer than the client's own policy."""
    for system in in_use(world):
        promised = _promised(world, system)
        if promised is not None and system.retention_days is not None and system.retention_days > promised:
            yield at_system(system, days=system.retention_days, promised=promised)
