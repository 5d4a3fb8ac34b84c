"""Rules: does the period start, end and get kept to, and do the sheets agree on it (GDPR Art. 5(1)(e), 25(2))?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.retention import at_system, in_use
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import Flow, System

LONG_LIVED = frozenset(["contract", "order", "payment"])
"""Data that trade and tax law usually demand for years."""
SHORT_LIVED = frozenset(["call_recording", "transcript", "location", "behaviour"])
LONG_DAYS = 180


def _in_words(system: System) -> bool:
    return bool((system.retention_rule or "").strip())


def _once(subject: str, systems: list[System]) -> Iterator[Seen]:
    if systems:
        params = {"systems": [system.id for system in systems]}
        yield Seen(subject, f"systems/{systems[0].id}", params)


def start_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, from which event the periods of its systems run."""
    open_ = [s for s in in_use(world) if s.retention_start is None and not _in_words(s)]
    return _once("client#retention_start", open_)


def deletion_none(world: World) -> Iterator[Seen]:
    """Report a system out of which data are never deleted."""
    return (at_system(system, days=system.retention_days) for system in in_use(world) if system.deletion == "none")


def deletion_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, how data leave its systems when the period is over."""
    return _once("client#deletion", [s for s in in_use(world) if s.deletion is None and not _in_words(s)])


def one_for_all_ask(world: World) -> Iterator[Seen]:
    """Ask about one long period for data that need it and for data that do not."""
    for system in in_use(world):
        kept = set(system.data_categories)
        long_ = system.retention_days is not None and system.retention_days > LONG_DAYS
        if long_ and kept & LONG_LIVED and kept & SHORT_LIVED and not _in_words(system):
            params = {"days": system.retention_days, "categories": sorted(kept & SHORT_LIVED)}
            yield at_system(system, **params)


def two_periods_ask(world: World) -> Iterator[Seen]:
    """Ask about a system that keeps data longer than a flow into it says."""
    for flow in world.intake.flows:
        system = world.systems.get(flow.target)
        if system is None or system.in_use is False or flow.kind == "deletion":
            continue
        if flow.retention_days is not None and (system.retention_days or 0) > flow.retention_days:
            params = {"flow": flow.id, "said": flow.retention_days, "system": system.id, "name": system.name}
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", params | {"days": system.retention_days})


def _promised(world: World, flow: Flow) -> int | None:
    """Return the shortest of the client's own periods for the recordings and messages in a flow."""
    p, kinds = world.profile, set(flow.data_categories)
    said = [p.recording_retention_days] if "call_recording" in kinds else []
    said += [p.message_retention_days] if "message" in kinds else []
    return min((days for days in said if days is not None), default=None)


def flow_above_policy(world: World) -> Iterator[Seen]:
    """Report recipients that keep recordings or messages longer than the client's own policy."""
    for flow in world.intake.flows:
        promised = _promised(world, flow)
        own = flow.kind != "deletion" and world.decides(flow) is not False and flow.target not in world.systems
        if own and promised is not None and flow.retention_days is not None and flow.retention_days > promised:
            params = {"flow": flow.id, "days": flow.retention_days, "promised": promised}
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", params)
