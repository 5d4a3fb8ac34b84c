"""Destinations: everything that goes to one third country, what the law says of it on the day, and what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from gdpr_assess.flows.clauses import fitting_modules
from gdpr_assess.flows.contract_points import Fact, world_of
from gdpr_assess.flows.world import Spot, Transfer, World
from gdpr_assess.law import adequacy, eea, superseded
from gdpr_assess.model import CLIENT, Assessment, Finding

LIST_SOURCE = "S10"
"""Where the list of adequacy decisions was read; that a country is not on it rests on the same source."""
QUESTIONS = ("needed", "minimised", "law", "importer_bound", "practice", "remedies", "onward", "warranty", "keys")
MEASURES = ("transit", "rest", "mfa", "pseudonyms", "view_only", "logs", "challenge", "notify", "suspend")


@dataclass(frozen=True)
class LawFact:
    """A statement of law with how sure we are, and the id of the source it was read in."""

    code: str
    params: dict[str, Any]
    status: Literal["verified", "memory", "open"]
    source: str | None


@dataclass(frozen=True)
class Movement:
    """One transfer: who passes which data to whom, on which tool, and the modules that would fit the roles."""

    transfer: Transfer
    exporter_roles: tuple[str, ...]
    importer_roles: tuple[str, ...]
    fitting: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Destination:
    """One third country with all that goes there; `known` holds facts of the intake by question or measure."""

    land: str
    safe: bool
    movements: tuple[Movement, ...]
    law: tuple[LawFact, ...]
    findings: tuple[Finding, ...]
    known: dict[str, tuple[Fact, ...]]


def destinations(run: Assessment) -> list[Destination]:
    """Return every third country that data go to, or from where systems are opened, in the order of the flows."""
    world = world_of(run)
    rejected = {d.finding for d in run.review if d.decision == "false_positive"}
    findings = [f for f in run.findings if f.source == "flows" and f.id not in rejected]
    by_land: dict[str, list[Transfer]] = {}
    for transfer in world.transfers:
        if transfer.land not in eea():
            by_land.setdefault(transfer.land, []).append(transfer)
    for finding in findings:
        if finding.rule == "REMOTE_ACCESS_NOT_MAPPED":
            by_land.setdefault(str(finding.params["land"]), [])
    return [_destination(world, land, transfers, findings) for land, transfers in by_land.items()]


def _destination(world: World, land: str, transfers: list[Transfer], findings: list[Finding]) -> Destination:
    unmapped = [f for f in findings if f.rule == "REMOTE_ACCESS_NOT_MAPPED" and f.params["land"] == land]
    return Destination(
        land=land,
        safe=bool(transfers) and all(transfer.protection == "safe" for transfer in transfers),
        movements=tuple(_movement(world, transfer, findings) for transfer in transfers),
        law=tuple(_law(world, land, transfers)),
        findings=tuple(unmapped),
        known=_known(world, transfers),
    )


def _movement(world: World, transfer: Transfer, findings: list[Finding]) -> Movement:
    return Movement(
        transfer,
        _roles(world, transfer.exporter),
        _roles(world, transfer.importer),
        tuple(sorted(fitting_modules(world, transfer))),
        tuple(f for f in findings if f.params.get("flow") == transfer.flow.id and "XFR" in "".join(f.controls)),
    )


def _roles(world: World, spot: Spot) -> tuple[str, ...]:
    partner = world.partners.get(spot.org)
    return world.profile.roles if spot.org == CLIENT else (partner.role,) if partner else ()


def _law(world: World, land: str, transfers: list[Transfer]) -> list[LawFact]:
    decision, on = adequacy(land, world.as_of), world.as_of.isoformat()
    found = []
    if decision is None:
        found.append(LawFact("adequacy_none", {"land": land, "on": on}, "verified", LIST_SOURCE))
    else:
        params = {"land": land, "on": on, "instrument": decision.instrument}
        until = decision.until.isoformat() if decision.until else None
        code = f"adequacy_{decision.scope}" + ("_until" if until else "")
        found.append(LawFact(code, params | {"until": until}, decision.status, decision.source[0]))
        if decision.limits:
            found.append(LawFact(f"limits_{land}", {}, decision.status, decision.source[-1]))
        if decision.note and land == "US":
            found.append(LawFact("note_US", {}, decision.status, decision.source[-1]))
    if any((transfer.flow.transfer_tool or "").startswith("scc_") for transfer in transfers):
        old = next(item for item in superseded() if item.id == "eu_old_scc")
        found.append(LawFact("old_clauses", {"since": old.since.isoformat()}, old.status, old.source[0]))
    return [*found, LawFact("local_law", {"land": land}, "open", None)]


def _known(world: World, transfers: list[Transfer]) -> dict[str, tuple[Fact, ...]]:
    importers = list(dict.fromkeys(transfer.importer.org for transfer in transfers))
    onward = [t for t in world.transfers if t.exporter.org in importers and t.importer.org not in importers]
    partners = [world.partners[org] for org in importers if org in world.partners]
    systems = [
        s for s in world.intake.systems if s.id in {e for t in transfers for e in (t.flow.source, t.flow.target)}
    ]
    parents = [{"name": p.name, "land": p.parent_country} for p in partners if p.parent_country]
    passed = [{"name": world.name(t.importer.org), "land": t.land, "tool": t.flow.transfer_tool} for t in onward]
    found = {
        "needed": [_flow(t, "known_kind", kind=t.flow.kind) for t in transfers],
        "minimised": [_flow(t, "known_data", data=list(t.flow.data_categories)) for t in transfers],
        "importer_bound": [Fact("known_parent", params, None) for params in parents],
        "onward": [Fact("known_onward", params, None) for params in passed],
        "transit": [_flow(t, "known_transit", answer=_answer(t.flow.encrypted)) for t in transfers],
        "rest": [Fact("known_system", {"name": s.name, "answer": _answer(s.encrypted_rest)}, None) for s in systems],
        "mfa": [Fact("known_system", {"name": s.name, "answer": _answer(s.mfa)}, None) for s in systems],
        "logs": [Fact("known_system", {"name": s.name, "answer": _answer(s.access_logs)}, None) for s in systems],
        "view_only": [_flow(t, "known_kind", kind=t.flow.kind) for t in transfers],
    }
    return {code: tuple(facts) for code, facts in found.items()}


def _flow(transfer: Transfer, code: str, **params: Any) -> Fact:
    return Fact(code, {"flow": transfer.flow.id} | params, None)


def _answer(value: bool | None) -> str:
    return "do_not_know" if value is None else "yes" if value else "no"
