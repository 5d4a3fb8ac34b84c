"""Duties that apply from a day or under conditions: the AI Act in customer service, impact assessments (Art. 35)."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from gdpr_assess.law.model import Status
from gdpr_assess.model import Noun
from gdpr_assess.yamlfile import load

HERE = Path(__file__).parent
Feature = Literal[
    "emotion_analysis", "speech_analytics", "automated_decisions", "records_calls", "monitors_agents",
    "special_categories", "voice_biometrics", "large_scale", "buys_leads", "serves_children", "debtors", "uses_ai",
    "ai_talks_to_customers",
]  # fmt: skip
"""What the intake can show of a client: a yes in the profile, or a fact of its systems and flows."""


class AiDuty(Noun):
    """A duty of the AI Act, whom it binds and from which day."""

    id: str
    article: str
    binds: Literal["provider", "deployer", "everybody"]
    since: date
    status: Status
    source: tuple[str, ...] = ()


class Criterion(Noun):
    """One of the nine criteria of WP248 with the features that show it."""

    id: str
    number: int = Field(ge=1, le=9)
    features: tuple[Feature, ...]
    status: Status
    source: tuple[str, ...] = ()


class ListPoint(Noun):
    """A point of a national list of processing that needs an impact assessment (Art. 35(4))."""

    country: str
    point: str
    feature: Feature
    status: Status
    source: tuple[str, ...] = ()
    note: str | None = None


class Impact(Noun):
    """When an impact assessment is due: criteria and national lists."""

    reviewed: date
    criteria: tuple[Criterion, ...]
    lists: tuple[ListPoint, ...]


class _AiAct(Noun):
    reviewed: date
    duties: tuple[AiDuty, ...]


@cache
def ai_duty(key: str) -> AiDuty:
    """Return a duty of the AI Act; raises KeyError for one we do not hold."""
    return {duty.id: duty for duty in load(HERE / "ai_act.yaml", _AiAct).duties}[key]


@cache
def impact() -> Impact:
    """Return the criteria and national lists for impact assessments."""
    return load(HERE / "impact.yaml", Impact)
