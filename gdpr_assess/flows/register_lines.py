"""The lines of the register: flows that agree in everything a person may edit, with all that is derived from them."""

from __future__ import annotations

from typing import Any

from gdpr_assess.flows.clauses import ASSESSED
from gdpr_assess.flows.duty import Duty
from gdpr_assess.flows.purposes import SPECIAL
from gdpr_assess.flows.register_layouts import own_keys
from gdpr_assess.flows.world import PEOPLE, Spot, Transfer, World
from gdpr_assess.law import eea
from gdpr_assess.model import CLIENT, Flow, Partner, System

EDITABLE = ("purpose", "on_behalf_of", "data_categories", "legal_basis", "art9_condition", "transfer_tool", "tia_date",
            "retention_days", "remark")  # fmt: skip
"""Fields of a flow that may be edited in the register; flows of a line agree in them and in the country of transfer."""
_SYSTEM_SECURITY = ("encrypted_transit", "encrypted_rest", "mfa", "access_logs")


def unique(values: list[Any]) -> list[Any]:
    """Return each value once, in the order of its first occurrence, without None."""
    return [value for value in dict.fromkeys(values) if value is not None]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value.isoformat() if hasattr(value, "isoformat") else value


class Lines:
    """Makes lines; knows which flows leave for third countries and what the client wrote into columns of its own."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._transfers = {t.flow.id: t for t in world.transfers if t.land not in eea()}

    def of(self, flows: list[Flow], duty: Duty) -> list[dict[str, Any]]:
        """Return the lines of some flows, in the order of their first flows; one empty line where there are none."""
        groups: dict[Any, list[Flow]] = {}
        for flow in flows:
            groups.setdefault(self._same(flow), []).append(flow)
        return [self._line(group, duty) for group in groups.values()] or [self._line([], duty)]

    def _same(self, flow: Flow) -> Any:
        fields = [tuple(sorted(v)) if isinstance(v := getattr(flow, name), tuple) else v for name in EDITABLE]
        transfer = self._transfers.get(flow.id)
        return *fields, transfer.land if transfer else None, tuple(sorted(self._own(flow).items()))

    def _own(self, flow: Flow) -> dict[str, str]:
        return own_keys(self._world.intake.own.get(f"flows/{flow.id}", {}))

    def _line(self, flows: list[Flow], duty: Duty) -> dict[str, Any]:
        world = self._world
        ends = unique([spot for flow in flows for spot in world.ends(flow) or ()])
        partners = [world.partners[org] for org in unique([spot.org for spot in ends]) if org in world.partners]
        others = [partner for partner in partners if partner.id not in duty.principals]
        systems = [world.systems[spot.id] for spot in ends if spot.id in world.systems]
        transfers = [self._transfers[flow.id] for flow in flows if flow.id in self._transfers]
        first = flows[0] if flows else None
        return {
            "flows": [flow.id for flow in flows],
            **{name: _plain(getattr(first, name)) if first else None for name in EDITABLE},
            "data_categories": list(first.data_categories) if first else [],
            "kinds": unique([flow.kind for flow in flows]),
            "controllers": [world.name(principal) for principal in duty.principals],
            "data_subjects": _subjects(flows),
            "joint_controllers": [p.name for p in partners if p.role == "joint_controller"],
            "internal": unique([spot.name for spot in ends if spot.org == CLIENT and spot.kind == "site"]),
            "external": [p.name for p in others if p.role not in ("processor", "sub_processor")],
            "processors": [_contract(p) for p in others if p.role in ("processor", "sub_processor")],
            "third_country": transfers[0].land if transfers else None,
            "importers": unique([world.name(transfer.importer.org) for transfer in transfers]),
            "sources": unique([_source(spot) for flow in flows if (spot := world.spots.get(flow.source))]),
            "locations": unique([land for spot in ends if spot.org != PEOPLE for land in spot.lands]),
            "systems": [system.name for system in systems],
            "system_retention": [_kept(system) for system in systems],
            "security": _security(flows, systems),
            "sensitive": any(SPECIAL & set(flow.data_categories) for flow in flows),
            "own": self._own(first) if first else {},
            "open": [*duty.open, *_open(flows, systems, transfers, duty)],
        }


def _subjects(flows: list[Flow]) -> list[str]:
    categories = {category for flow in flows for category in flow.data_categories}
    customers = ["customers"] if not flows or categories != {"agent_data"} else []
    return (
        customers * bool(flows) + ["agents"] * ("agent_data" in categories) + ["children"] * ("children" in categories)
    )


def _contract(partner: Partner) -> dict[str, Any]:
    return {"name": partner.name, "contract": partner.contract, "date": _plain(partner.contract_date)}


def _source(spot: Spot) -> str | None:
    return spot.org if spot.org == PEOPLE else None if spot.org == CLIENT else spot.name


def _kept(system: System) -> dict[str, Any]:
    start = system.retention_start
    return {"name": system.name, "days": system.retention_days, "rule": system.retention_rule, "start": start}


def _security(flows: list[Flow], systems: list[System]) -> list[str]:
    found = [name for name in _SYSTEM_SECURITY if systems and all(getattr(system, name) for system in systems)]
    return found + ["encrypted"] * (bool(flows) and all(flow.encrypted for flow in flows))


def _open(flows: list[Flow], systems: list[System], transfers: list[Transfer], duty: Duty) -> list[str]:
    """Return what Art. 30 (or the tool that is named) asks for and the intake does not say."""
    if not flows:
        return []
    first, own = flows[0], duty.article == "30(1)"
    kept = first.retention_days is not None or (
        bool(systems) and all(s.retention_days is not None or s.retention_rule for s in systems)
    )
    bare = any(transfer.protection != "safe" for transfer in transfers)
    uncovered = any(transfer.protection in ("none", "out_of_scope") for transfer in transfers)
    asked = {
        "categories": not first.data_categories,
        "retention": own and not kept,
        "basis": own and first.legal_basis is None,
        "art9": own and first.art9_condition is None and bool(SPECIAL & set(first.data_categories)),
        "tool": (bare and first.transfer_tool in (None, "none")) or (uncovered and first.transfer_tool == "adequacy"),
        "tia": bare and first.transfer_tool in ASSESSED and first.tia_date is None,
        "security": not _security(flows, systems),
    }
    return [name for name, missing in asked.items() if missing]
