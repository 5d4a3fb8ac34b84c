"""The form of a flow rule's data file, and what a rule function yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from gdpr_assess.model import Effect, Intake, Noun, Severity
from gdpr_assess.yamlfile import load

RULES = Path(__file__).parent / "rules"
EXAMPLE_DAY = date(2026, 9, 30)
EXAMPLE_PROFILE: dict[str, Any] = {
    "client_name": "Example",
    "main_country": "DE",
    "roles": ["controller"],
    "eu_establishments": ["DE"],
    "countries_served": ["DE"],
    "channels": ["phone"],
    "services": ["inbound_support"],
}


class RuleSource(Noun):
    """Where the law of a rule was read."""

    id: str
    status: Literal["verified", "memory"]


class Example(Noun):
    """A small intake that the rule must or must not report; its profile is laid over a sound German controller's."""

    because: str
    as_of: date = EXAMPLE_DAY
    intake: dict[str, Any] = Field(default_factory=dict)

    def built(self) -> Intake:
        """Return the intake."""
        return Intake.model_validate(self.intake | {"profile": EXAMPLE_PROFILE | self.intake.get("profile", {})})


class Rule(Noun):
    """What a rule's code means: law, weight and examples. `decision` says how silence or a doubtful point is taken."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    controls: tuple[str, ...] = Field(min_length=1)
    severity: Severity
    effect: Effect
    articles: tuple[str, ...] = Field(min_length=1)
    sources: tuple[RuleSource, ...] = Field(min_length=1)
    reviewed: date
    decision: str | None = None
    triggers: tuple[Example, ...] = Field(min_length=1)
    sound: tuple[Example, ...] = Field(min_length=1)

    @property
    def verified(self) -> bool:
        """Whether at least one source was read; a rule by memory only asks."""
        return any(source.status == "verified" for source in self.sources)


@dataclass(frozen=True)
class Seen:
    """One thing a rule saw: about `subject` (`flow:F3`), at an entry of the intake (`flows/F3`), with its words.

    `effect` and `severity` are given where they differ from the rule's; `scope` only for one processor, site or system.
    """

    subject: str
    at: str
    params: dict[str, Any] = field(default_factory=dict)
    effect: Effect | None = None
    severity: Severity | None = None
    scope: str | None = None


@cache
def rule(code: str) -> Rule:
    """Return a rule's data; raises DataError when its file is wrong."""
    return load(RULES / f"{code}.yaml", Rule)
