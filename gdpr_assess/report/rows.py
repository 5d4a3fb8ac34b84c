"""What templates, notebooks and registers may use: rows in the reader's language. Plain text, not yet escaped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gdpr_assess.model import (
    CheckResult,
    Finding,
    Method,
    ReviewDecision,
    Severity,
    VerdictValue,
    WordingResult,
)

State = Literal["met_tested", "met_documented", "met_declared", "partly", "not_met", "contradicted", "not_assessed"]
"""How a control stands in the headline; `contradicted` is claimed, but shown otherwise by evidence."""
STATES: tuple[State, ...] = (
    "met_tested",
    "met_documented",
    "met_declared",
    "partly",
    "not_met",
    "contradicted",
    "not_assessed",
)


@dataclass(frozen=True)
class FindingRow:
    """One finding with its texts: `title`, `message` (what was seen), `fix` (what to do), `where` it was seen."""

    finding: Finding
    title: str
    message: str
    fix: str
    where: str
    articles: tuple[str, ...]
    decision: ReviewDecision | None


@dataclass(frozen=True)
class CheckRow:
    """One check of records: `title`, `said` about its result, `reason` why it did not run, `places` of exceptions."""

    check: CheckResult
    title: str
    said: str | None
    reason: str | None
    places: tuple[str, ...]


@dataclass(frozen=True)
class GapRow:
    """One gap with everything that the drill-down shows; `claimed` is the client's own answer as a word."""

    control: str
    title: str
    domain: str
    domain_name: str
    scope: str
    scope_name: str
    severity: Severity
    verdict: VerdictValue
    method: Method | None
    contradicted: bool
    applicability_contradicted: bool
    improvement: bool
    accepted: bool
    question: str
    claimed: str | None
    comment: str | None
    asked_evidence: str
    findings: tuple[FindingRow, ...]
    checks: tuple[CheckRow, ...]
    articles: tuple[str, ...]
    remedy: str
    owner: str | None
    effort_days: float | None
    due: date | None
    decision: ReviewDecision | None

    @property
    def anchor(self) -> str:
        """The id of the gap's row on the page."""
        return f"gap-{self.control}-{self.scope}".replace(":", "-")


@dataclass(frozen=True)
class Mark:
    """One highlighted stretch of a wording: where it is and what is said about it."""

    start: int
    end: int
    code: str
    severity: Severity
    title: str
    message: str
    fix: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class LackRow:
    """What a text lacks: its name, the law and guidelines behind it, what to do, and what may be said in its place."""

    name: str
    law: tuple[str, ...]
    fix: str
    instead: tuple[str, ...]


@dataclass(frozen=True)
class WordingRow:
    """One of the client's texts with its marks, what it says and probably says, what it lacks, and what it would lack
    if what is not known were so.

    `unread` are parts in languages without a pack: their words, and what is said of them.
    """

    wording: WordingResult
    kind: str | None
    language: str | None
    where: str
    marks: tuple[Mark, ...]
    present: tuple[str, ...]
    probable: tuple[str, ...]
    doubtful: tuple[str, ...]
    missing: tuple[LackRow, ...]
    depends: tuple[LackRow, ...]
    not_analysed: str | None
    unread: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActionRow:
    """One action of the plan: `title` names the control it repairs, `work` says what to do."""

    id: str
    number: int
    title: str
    work: str
    controls: tuple[str, ...]
    scopes: tuple[str, ...]
    owner: str
    effort_days: float
    start: date
    due: date
    after: tuple[int, ...]
    priority: int
    status: str


@dataclass(frozen=True)
class DomainRow:
    """One domain of the headline: its score (None: nothing assessed) and how many controls are in each state."""

    domain: str
    name: str
    score: float | None
    counts: dict[State, int]

    @property
    def total(self) -> int:
        """How many controls apply."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class IssueRow:
    """One mistake in the client's files: what is wrong, where, and whether it is an error."""

    text: str
    where: str
    level: Literal["error", "warning"]
