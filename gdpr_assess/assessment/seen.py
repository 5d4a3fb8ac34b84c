"""One thing that a rule of the comparison saw, and the finding that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from gdpr_assess.flows.rule import Rule
from gdpr_assess.model import Effect, Finding, Place, Severity, finding_id


@dataclass(frozen=True)
class Seen:
    """One thing that was seen; `effect` and `severity` where they differ from the rule's."""

    subject: str
    place: Place
    params: dict[str, Any] = field(default_factory=dict)
    effect: Effect | None = None
    severity: Severity | None = None


def as_finding(
    source: Literal["flows", "rights"], code: str, rule: Rule, seen: Seen, of: Rule | None = None
) -> Finding:
    """Return the finding; `of` is the rule whose law and weight it has, if that is another one than its own.

    What rests on a rule that nobody has read at its source only asks.
    """
    law = of or rule
    return Finding(
        id=finding_id(code, seen.subject),
        source=source,
        rule=code,
        effect=(seen.effect or rule.effect) if rule.verified and law.verified else "indicator",
        controls=law.controls,
        severity=seen.severity or law.severity,
        articles=law.articles,
        place=seen.place,
        params=seen.params,
    )
