"""What a processing contract must settle, and what the intake and the findings say about it for one partner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gdpr_assess.flows.world import World
from gdpr_assess.law import eea
from gdpr_assess.model import CLIENT, Assessment, Finding, Intake, Noun, Partner
from gdpr_assess.yamlfile import load

Status = Literal["shown", "stated", "missing", "ask"]
Facts = Literal["contract", "purposes", "systems", "authorisation", "flow_down", "transfers"]
_SECURITY = ("encrypted_transit", "encrypted_rest", "mfa")


class ContractPoint(Noun):
    """One point of the contract; `facts` names the entries of the intake that are shown beside it."""

    id: str
    articles: tuple[str, ...]
    controls: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    facts: Facts | None = None


class _Points(Noun):
    points: tuple[ContractPoint, ...]


@dataclass(frozen=True)
class Fact:
    """One thing that the intake says: the name of its text, the text's params, and whether it is good or bad news."""

    code: str
    params: dict[str, Any]
    good: bool | None


@dataclass(frozen=True)
class Point:
    """A point of the contract with one partner: its status and everything it rests on."""

    point: ContractPoint
    status: Status
    facts: tuple[Fact, ...]
    answers: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


@cache
def contract_points() -> tuple[ContractPoint, ...]:
    """Return every point in the order of the checklist."""
    return load(Path(__file__).with_suffix(".yaml"), _Points).points


def world_of(run: Assessment) -> World:
    """Return what a run says as places, organisations and flows."""
    parts = {"sites": run.sites, "partners": run.partners, "systems": run.systems, "flows": run.flows}
    return World(Intake.model_validate({"profile": run.client} | parts), run.as_of)


class Checklist:
    """Fills the points in for the processors of one run."""

    def __init__(self, run: Assessment) -> None:
        self._run, self._world = run, world_of(run)
        self._verdicts = {(v.control, v.scope): v for v in run.verdicts}
        rejected = {d.finding for d in run.review if d.decision == "false_positive"}
        self._findings = [f for f in run.findings if f.id not in rejected]
        self._facts: dict[Facts, Callable[[Partner], list[Fact]]] = {
            "contract": self._contract,
            "purposes": self._purposes,
            "systems": self._systems,
            "authorisation": self._authorisation,
            "flow_down": self._flow_down,
            "transfers": self._transfers,
        }

    def partners(self) -> list[Partner]:
        """Return the processors and sub-processors, in the order of the intake."""
        return [p for p in self._run.partners if p.role in ("processor", "sub_processor")]

    def of(self, partner: Partner) -> list[Point]:
        """Return every point for a partner; what concerns sub-processors or transfers only where there are any."""
        made = [self._point(point, partner) for point in contract_points()]
        return [p for p in made if p.facts or p.point.facts not in ("flow_down", "transfers")]

    def _point(self, point: ContractPoint, partner: Partner) -> Point:
        facts = tuple(self._facts[point.facts](partner)) if point.facts else ()
        verdicts = [self._verdicts.get((control, f"processor:{partner.id}")) for control in point.controls]
        known = [verdict for verdict in verdicts if verdict is not None]
        named = {finding for verdict in known for finding in verdict.findings}
        findings = tuple(
            f
            for f in self._findings
            if f.id in named or (f.rule in point.rules and self._about(f, partner, point.facts))
        )
        bad = any(fact.good is False for fact in facts) or any(f.effect == "violation" for f in findings)
        if bad or any(verdict.claimed in ("no", "partly") for verdict in known):
            status: Status = "missing"
        elif any(v.verdict == "met" and v.method in ("tested", "documented") for v in known):
            status = "shown"
        elif findings or any(fact.good is None for fact in facts):
            status = "ask"
        else:
            stated = bool(facts) or any(verdict.claimed == "yes" for verdict in known)
            status = "stated" if stated else "ask"
        answers = tuple((v.control, v.claimed) for v in known if v.claimed)
        return Point(point, status, facts, answers, findings)

    def _about(self, finding: Finding, partner: Partner, facts: Facts | None) -> bool:
        if finding.params.get("partner") == partner.id:
            return True
        if (sub := self._world.partners.get(str(finding.params.get("partner")))) is not None:
            return facts == "authorisation" and sub.engaged_by == partner.id
        system = self._world.systems.get(str(finding.params.get("system")))
        if system is not None:
            return system.operator == partner.id
        return finding.params.get("flow") in {t.flow.id for t in self._world.transfers if t.importer.org == partner.id}

    def _contract(self, partner: Partner) -> list[Fact]:
        code = {True: "contract_dated" if partner.contract_date else "contract_undated", False: "contract_none"}
        on = partner.contract_date.isoformat() if partner.contract_date else None
        name = "contract_open" if partner.contract is None else code[partner.contract]
        return [Fact(name, {"name": partner.name, "on": on}, partner.contract)]

    def _purposes(self, partner: Partner) -> list[Fact]:
        good = None if partner.own_purposes is None else not partner.own_purposes
        return [Fact(_coded("purposes", good), {"name": partner.name}, good)]

    def _systems(self, partner: Partner) -> list[Fact]:
        found = []
        for system in self._run.systems:
            if system.operator == partner.id:
                values = [getattr(system, name) for name in _SECURITY]
                good = False if False in values else None if None in values else True
                found.append(Fact(_coded("system", good), {"name": system.name}, good))
        return found

    def _authorisation(self, partner: Partner) -> list[Fact]:
        own = [partner] if partner.role == "sub_processor" and partner.engaged_by == CLIENT else []
        return [
            Fact(_coded("authorised", sub.authorised), {"name": sub.name}, sub.authorised)
            for sub in own + self._subs(partner)
        ]

    def _flow_down(self, partner: Partner) -> list[Fact]:
        return [fact for sub in self._subs(partner) for fact in self._contract(sub)]

    def _subs(self, partner: Partner) -> list[Partner]:
        return [sub for sub in self._run.partners if sub.engaged_by == partner.id and sub.role != "representative"]

    def _transfers(self, partner: Partner) -> list[Fact]:
        found = []
        for transfer in self._world.transfers:
            if transfer.importer.org == partner.id and transfer.land not in eea():
                tool = transfer.flow.transfer_tool
                params = {"flow": transfer.flow.id, "land": transfer.land, "tool": tool}
                bare = transfer.protection != "safe" and tool in (None, "none")
                good = True if transfer.protection == "safe" else None if tool is None else False if bare else None
                found.append(Fact("transfer_fact", params, good))
        return found


def _coded(name: str, good: bool | None) -> str:
    return f"{name}_{ {True: 'yes', False: 'no', None: 'open'}[good] }"
