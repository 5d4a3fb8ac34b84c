"""From an intake to findings: every rule once, in a fixed order."""

from __future__ import annotations

from datetime import date

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows.rule import Rule, Seen, rule
from gdpr_assess.flows.rulebook import RULES
from gdpr_assess.flows.world import World
from gdpr_assess.model import CLIENT, Effect, Finding, Intake, finding_id


def _scope(data: Rule, seen: Seen) -> str:
    """Return the narrow scope only where every control is asked in it; a verdict is per control and scope."""
    controls = load_catalogue().controls
    kind = (seen.scope or "").partition(":")[0]
    asked = {controls[code].scope if code in controls else CLIENT for code in data.controls}
    return seen.scope if seen.scope and asked == {kind} else CLIENT


def _effect(data: Rule, seen: Seen) -> Effect:
    return (seen.effect or data.effect) if data.verified else "indicator"


def _finding(data: Rule, seen: Seen, intake: Intake) -> Finding:
    return Finding(
        id=finding_id(data.code, seen.subject),
        source="flows",
        rule=data.code,
        effect=_effect(data, seen),
        controls=data.controls,
        scope=_scope(data, seen),
        severity=seen.severity or data.severity,
        articles=data.articles,
        place=intake.place(seen.at),
        params=seen.params,
    )


def assess(intake: Intake, as_of: date) -> list[Finding]:
    """Return what the declared systems, partners and flows show, by rule and then in the order of the intake."""
    world = World(intake, as_of)
    return [_finding(rule(code), seen, intake) for code, function in RULES.items() for seen in function(world)]
