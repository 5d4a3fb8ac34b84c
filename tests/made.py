"""Small controls, findings and checks, made in code: tests of judgement do not depend on the catalogue's files."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdpr_assess.catalogue import Catalogue, Control
from gdpr_assess.model import Answer, CheckResult, Finding, Gap, Intake, Place, Profile, Site, finding_id

AS_OF = date(2026, 9, 30)


def control(name: str = "REC-01", **changes: Any) -> Control:
    remedy = {
        "action": "Do it.",
        "effort_days": changes.pop("effort_days", 2),
        "owner": "legal",
        "depends_on": changes.pop("depends_on", ()),
    }
    status = changes.pop("status", "verified")
    data: dict[str, Any] = {
        "id": name,
        "title": "A control",
        "articles": ["Art. 5"],
        "binds": ["controller"],
        "severity": "high",
        "authority": "law",
        "question": "Is it so?",
        "evidence": "A document.",
        "remedy": remedy,
        "sources": [{"id": "S01", "status": status}],
        "reviewed": date(2026, 9, 1),
        "cases": [{"because": "no answer", "verdict": "not_assessed"}] * 2,
    }
    return Control.model_validate(data | changes)


def catalogue(*controls: Control) -> Catalogue:
    return Catalogue({one.id: one for one in controls}, "fingerprint")


def finding(effect: str = "violation", severity: str = "high", subject: str = "flow:F1", **changes: Any) -> Finding:
    rule = changes.setdefault("rule", "A_RULE")
    data = {"id": finding_id(rule, subject), "source": "flows", "controls": ["REC-01"], "place": Place(file="f")}
    return Finding.model_validate(data | {"effect": effect, "severity": severity} | changes)


def check(exceptions: int = 0, population: int = 100, **changes: Any) -> CheckResult:
    data = {
        "check": "recording.encrypted",
        "outcome": "ran",
        "controls": ["REC-01"],
        "basis": "census",
        "reconciled": True,
        "population": population,
        "exceptions": exceptions,
        "rate": exceptions / population if population else None,
    }
    return CheckResult.model_validate(data | changes)


def of_check(effect: str = "violation", severity: str = "high", **changes: Any) -> Finding:
    return finding(effect, severity, rule="recording.encrypted", source="practices", **changes)


def answer(value: str | None, name: str = "REC-01", scope: str = "client", **changes: Any) -> Answer:
    return Answer.model_validate({"control": name, "scope": scope, "answer": value} | changes)


def profile(**changes: Any) -> Profile:
    data = {
        "client_name": "Client",
        "main_country": "SE",
        "roles": ["controller"],
        "countries_served": ["SE"],
        "channels": ["phone"],
        "services": ["inbound_support"],
    }
    return Profile.model_validate(data | changes)


def intake(*answers: Answer, sites: tuple[str, ...] = (), **changes: Any) -> Intake:
    made = tuple(Site(id=name, name=name, country="SE") for name in sites)
    return Intake(profile=profile(**changes), sites=made, answers=answers)


def gap(name: str = "REC-01", **changes: Any) -> Gap:
    data = {"control": name, "verdict": "not_met", "severity": "high", "risk": 100.0}
    return Gap.model_validate(data | changes)
