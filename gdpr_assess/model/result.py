"""What follows: verdicts, gaps, actions, and the whole assessment."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field

from gdpr_assess.model.rights import RightsMatrix
from gdpr_assess.model.said import Answer, Flow, Partner, Profile, Site, System
from gdpr_assess.model.seen import CheckResult, ConsentGroup, Finding, PersonalData, WordingResult
from gdpr_assess.model.values import (
    CLIENT,
    AnswerValue,
    Decision,
    Method,
    Noun,
    OwnerRole,
    Place,
    Severity,
    VerdictValue,
)


class Verdict(Noun):
    """The result for one control in one scope; `row` is the row of the verdict table (DESIGN 4.3a) that fitted.

    `untested` marks a bare claim whose test was not possible: a check of the control could not run.
    """

    control: str
    scope: str = CLIENT
    verdict: VerdictValue
    method: Method | None = None
    row: int
    claimed: AnswerValue | None = None
    contradicted: bool = False
    applicability_contradicted: bool = False
    untested: bool = False
    findings: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Gap(Noun):
    """A verdict that asks for work; `risk` orders gaps, higher first."""

    control: str
    scope: str = CLIENT
    verdict: VerdictValue
    severity: Severity
    risk: float
    contradicted: bool = False
    improvement: bool = False
    accepted: bool = False
    findings: tuple[str, ...] = ()


class Action(Noun):
    """One piece of work, dated; `effort_days` are person days."""

    id: str
    controls: tuple[str, ...]
    scopes: tuple[str, ...]
    owner_role: OwnerRole
    effort_days: float
    start: date
    due: date
    depends_on: tuple[str, ...] = ()
    priority: int
    status: Literal["open", "done"] = "open"


class Score(Noun):
    """Verdict counts of one domain (or `all`); `score` is 0-100 over what was assessed, None if nothing was."""

    domain: str
    score: float | None
    applicable: int
    met_tested: int
    met_documented: int
    met_declared: int
    partly: int
    not_met: int
    not_assessed: int
    contradicted: int


class ReviewDecision(Noun):
    """A person's decision on a finding (`finding`) or on a document (`control` and `scope`); kept across runs."""

    finding: str | None = None
    control: str | None = None
    scope: str | None = None
    decision: Decision
    reason: str
    by: str
    on: date


class InputFile(Noun):
    """A file that was read, with its SHA-256."""

    path: str
    sha256: str


class RunIssue(Noun):
    """A mistake in the client's files, as kept in a run."""

    code: str
    level: Literal["error", "warning"]
    place: Place
    params: dict[str, Any] = Field(default_factory=dict)


class Assessment(Noun):
    """The whole of `runs/<as-of>/assessment.json`, the only thing that reports and dashboards read."""

    schema_version: int = Field(1, alias="schema")
    package_version: str
    catalogue_fingerprint: str
    inputs: tuple[InputFile, ...]
    as_of: date
    client: Profile
    answers: tuple[Answer, ...] = ()
    sites: tuple[Site, ...] = ()
    partners: tuple[Partner, ...] = ()
    systems: tuple[System, ...] = ()
    flows: tuple[Flow, ...] = ()
    wordings: tuple[WordingResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    reconsent: tuple[ConsentGroup, ...] = ()
    rights: RightsMatrix = RightsMatrix()
    verdicts: tuple[Verdict, ...] = ()
    gaps: tuple[Gap, ...] = ()
    actions: tuple[Action, ...] = ()
    register_: tuple[dict[str, Any], ...] = Field((), alias="register")
    exposure: dict[str, Any] = Field(default_factory=dict)
    scores: dict[str, Score] = Field(default_factory=dict)
    evidence: tuple[dict[str, Any], ...] = ()
    review: tuple[ReviewDecision, ...] = ()
    issues: tuple[RunIssue, ...] = ()
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
