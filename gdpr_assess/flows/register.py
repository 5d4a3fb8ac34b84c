"""The register of processing (Art. 30), made from the declared flows: as controller and as processor."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdpr_assess.flows.duty import Duty, duties, idle_principals
from gdpr_assess.flows.register_lines import Lines, unique
from gdpr_assess.flows.world import PEOPLE, World
from gdpr_assess.law import eea
from gdpr_assess.model import CLIENT, Flow, Intake

GENERAL = ("encrypted_transit", "encrypted_rest", "mfa", "access_logs")
CONTROLLER, PROCESSOR = "30(1)", "30(2)"


def _third(world: World, flows: list[Flow]) -> list[dict[str, Any]]:
    chosen = {flow.id for flow in flows}
    return [
        {"country": transfer.land, "recipient": transfer.importer.name, "tool": transfer.flow.transfer_tool}
        for transfer in world.transfers
        if transfer.flow.id in chosen and transfer.land not in eea()
    ]


def _roles(world: World, duty: Duty) -> list[str]:
    own = {"controller", "joint_controller"} & set(world.profile.roles)
    return ["processor"] if duty.article == PROCESSOR else sorted(own)


def _row(world: World, lines: Lines, duty: Duty, purpose: str | None, flows: list[Flow]) -> dict[str, Any]:
    ends = [spot for flow in flows for spot in (world.spots.get(flow.source), world.spots.get(flow.target)) if spot]
    systems = [world.systems[spot.id] for spot in ends if spot.id in world.systems]
    principals = set(duty.principals)
    made = lines.of(flows, duty)
    return {
        "article": duty.article,
        "activity": purpose,
        "role": _roles(world, duty),
        "controllers": [world.name(principal) for principal in duty.principals],
        "principals": list(duty.principals),
        "joint_controllers": unique([name for line in made for name in line["joint_controllers"]]),
        "data_subjects": unique([kind for line in made for kind in line["data_subjects"]]),
        "categories": unique([category for flow in flows for category in flow.data_categories]),
        "legal_basis": unique([flow.legal_basis for flow in flows]),
        "art9_condition": unique([flow.art9_condition for flow in flows]),
        "recipients": unique([world.name(s.org) for s in ends if s.org not in {CLIENT, PEOPLE} | principals]),
        "third_countries": _third(world, flows),
        "retention_days": sorted(
            {flow.retention_days for flow in flows if flow.retention_days is not None}
            | {system.retention_days for system in systems if system.retention_days is not None}
        ),
        "security": [name for name in GENERAL if systems and all(getattr(system, name) for system in systems)],
        "systems": unique([system.name for system in systems]),
        "flows": [flow.id for flow in flows],
        "open": list(duty.open),
        "lines": made,
    }


def register(intake: Intake, as_of: date = date.max) -> list[dict[str, Any]]:
    """Return one row per purpose with what Art. 30 asks for, those of Art. 30(1) first; `lines` are its details.

    A line speaks for all flows that agree in everything a person may edit, so that an edit of it has one meaning.
    """
    world = World(intake, as_of)
    lines = Lines(world)
    groups: dict[tuple[Duty, str | None], list[Flow]] = {}
    for flow, duty in zip(intake.flows, duties(world), strict=True):
        groups.setdefault((duty, flow.purpose), []).append(flow)
    for partner in idle_principals(world):
        groups[Duty(PROCESSOR, (partner,), ("no_flow",)), None] = []
    rows = [_row(world, lines, duty, purpose, flows) for (duty, purpose), flows in groups.items()]
    return sorted(rows, key=lambda row: (row["article"], row["principals"]))
