"""Weights that order gaps and size work: `scoring.yaml`, checked and dated."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from pydantic import Field, PositiveFloat, field_validator

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Method, Noun, Severity
from gdpr_assess.yamlfile import load

SCORING = PACKAGE / "catalogue" / "scoring.yaml"
GapVerdict = Literal["not_met", "partly"]
AssessedVerdict = Literal["met", "partly", "not_met"]


class Step(Noun):
    """The factor that holds from a number of affected records, texts or flows on."""

    at_least: int = Field(ge=0)
    factor: PositiveFloat


class RiskWeights(Noun):
    """Factors whose product is the risk of a gap."""

    severity: dict[Severity, PositiveFloat]
    verdict: dict[GapVerdict, PositiveFloat]
    method: dict[Method, PositiveFloat]
    contradicted: float = Field(ge=1)
    improvement: float = Field(gt=0, le=1)
    scale: tuple[Step, ...] = Field(min_length=1)

    @field_validator("severity", "verdict", "method")
    @classmethod
    def _complete(cls, value: dict[str, float]) -> dict[str, float]:
        sets = (get_args(Severity), get_args(GapVerdict), get_args(Method))
        if set(value) not in [set(names) for names in sets]:
            raise ValueError("every value of the set needs its weight")
        return value

    @field_validator("scale")
    @classmethod
    def _rising(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        rises = all(a.at_least < b.at_least and a.factor <= b.factor for a, b in pairwise(value))
        if value[0].at_least != 0 or not rises:
            raise ValueError("steps begin at 0 and rise")
        return value

    def scale_of(self, affected: int) -> float:
        """Return the factor for a number of affected records, texts or flows."""
        return [step.factor for step in self.scale if step.at_least <= affected][-1]


class PlanRules(Noun):
    """How the effort of an action grows and how fast work goes."""

    weekly_capacity_days: PositiveFloat
    least_weekly_capacity_days: PositiveFloat
    pace_days: float = Field(gt=0, le=1)
    further_scope: float = Field(ge=0, le=1)
    effort_step_days: PositiveFloat


class Scoring(Noun):
    """All weights, with the date on which they were last reviewed."""

    reviewed: date
    tolerated_rate: float = Field(ge=0, lt=1)
    risk: RiskWeights
    score: dict[AssessedVerdict, float]
    plan: PlanRules


@cache
def load_scoring() -> Scoring:
    """Load the weights; raises DataError with every `file:line: problem` when the file is wrong."""
    return load(SCORING, Scoring)
