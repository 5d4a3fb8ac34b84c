"""Rules: the safeguards that the intake itself shows to be missing (GDPR Art. 32)."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import System


def _in_use(world: World) -> Iterator[System]:
    return (system for system in world.intake.systems if system.in_use is not False)


def _seen(system: System) -> Seen:
    params = {"system": system.id, "name": system.name}
    return Seen(f"system:{system.id}", f"systems/{system.id}", params, scope=f"system:{system.id}")


def flow_unencrypted(world: World) -> Iterator[Seen]:
    """Report a flow that is said to travel unencrypted."""
    for flow in world.intake.flows:
        if flow.encrypted is False and flow.kind != "deletion":
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", {"flow": flow.id})


def flow_encryption_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, which flows travel encrypted where that is left open."""
    moved = ("disclosure", "remote_access", "collection")
    flows = [flow.id for flow in world.intake.flows if flow.encrypted is None and flow.kind in moved]
    if flows:
        yield Seen("client#flow_encryption", f"flows/{flows[0]}", {"flows": flows})


def system_unencrypted(world: World) -> Iterator[Seen]:
    """Report a system that is said to send or store data unencrypted."""
    for system in _in_use(world):
        if system.encrypted_transit is False or system.encrypted_rest is False:
            yield _seen(system)


def system_encryption_ask(world: World) -> Iterator[Seen]:
    """Ask whether a system sends and stores data encrypted where that is left open."""
    for system in _in_use(world):
        values = (system.encrypted_transit, system.encrypted_rest)
        if None in values and False not in values:
            yield _seen(system)


def logs_none(world: World) -> Iterator[Seen]:
    """Report a system that does not record who opened which data."""
    return (_seen(system) for system in _in_use(world) if system.access_logs is False)


def logs_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, which systems log access where that is left open."""
    systems = [system.id for system in _in_use(world) if system.access_logs is None]
    if systems:
        yield Seen("client#access_logs", f"systems/{systems[0]}", {"systems": systems})


def _at_home(world: World) -> bool:
    return world.profile.home_working is True or any(site.home_working for site in world.intake.sites)


def _home_rules(world: World, said: bool | None) -> Iterator[Seen]:
    if _at_home(world) and world.profile.home_working_rules is said:
        yield Seen("client", "profile/home_working_rules")


def home_no_rules(world: World) -> Iterator[Seen]:
    """Report work from home without written rules for it."""
    return _home_rules(world, False)


def home_rules_ask(world: World) -> Iterator[Seen]:
    """Ask for the rules for work from home where that is left open."""
    return _home_rules(world, None)


def _remote(world: World) -> Iterator[System]:
    """Yield systems that people reach from elsewhere: from other countries, by a remote flow, or from home."""
    reached = {end for flow in world.intake.flows if flow.kind == "remote_access" for end in (flow.source, flow.target)}
    home = _at_home(world)
    for system in _in_use(world):
        if home or system.id in reached or set(system.access_countries) - {system.hosting_country}:
            yield system


def remote_no_mfa(world: World) -> Iterator[Seen]:
    """Report a remotely reached system without a second factor."""
    return (_seen(system) for system in _remote(world) if system.mfa is False)


def remote_mfa_ask(world: World) -> Iterator[Seen]:
    """Ask for the second factor of a remotely reached system where that is left open."""
    return (_seen(system) for system in _remote(world) if system.mfa is None)
