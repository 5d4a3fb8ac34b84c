"""The register of processing (Art. 30), made from the declared flows."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdpr_assess.flows.world import PEOPLE, World
from gdpr_assess.law import eea
from gdpr_assess.model import CLIENT, Flow, Intake

GENERAL = ("encrypted_transit", "encrypted_rest", "mfa")


def _unique(values: list[Any]) -> list[Any]:
    return [value for value in dict.fromkeys(values) if value is not None]


def _third(world: World, flows: list[Flow]) -> list[dict[str, Any]]:
    chosen = {flow.id for flow in flows}
    return [
        {"country": transfer.land, "recipient": transfer.importer.name, "tool": transfer.flow.transfer_tool}
        for transfer in world.transfers
        if transfer.flow.id in chosen and transfer.land not in eea()
    ]


def _row(world: World, purpose: str, flows: list[Flow]) -> dict[str, Any]:
    ends = [spot for flow in flows for spot in (world.spots.get(flow.source), world.spots.get(flow.target)) if spot]
    systems = [world.systems[spot.id] for spot in ends if spot.id in world.systems]
    return {
        "activity": purpose,
        "role": sorted(world.profile.roles),
        "data_subjects": ["customers"] + (["agents"] if _about_agents(flows) else []),
        "categories": _unique([category for flow in flows for category in flow.data_categories]),
        "legal_basis": _unique([flow.legal_basis for flow in flows]),
        "art9_condition": _unique([flow.art9_condition for flow in flows]),
        "recipients": _unique([world.name(spot.org) for spot in ends if spot.org not in (CLIENT, PEOPLE)]),
        "third_countries": _third(world, flows),
        "retention_days": sorted(
            {flow.retention_days for flow in flows if flow.retention_days is not None}
            | {system.retention_days for system in systems if system.retention_days is not None}
        ),
        "security": [name for name in GENERAL if systems and all(getattr(system, name) for system in systems)],
        "systems": _unique([system.name for system in systems]),
        "flows": [flow.id for flow in flows],
    }


def _about_agents(flows: list[Flow]) -> bool:
    return any("agent_data" in flow.data_categories for flow in flows)


def register(intake: Intake, as_of: date = date.max) -> list[dict[str, Any]]:
    """Return one row per purpose with what Art. 30(1) asks for; `security` lists what holds for all its systems."""
    world = World(intake, as_of)
    by_purpose: dict[str, list[Flow]] = {}
    for flow in intake.flows:
        by_purpose.setdefault(flow.purpose, []).append(flow)
    return [_row(world, purpose, flows) for purpose, flows in by_purpose.items()]
