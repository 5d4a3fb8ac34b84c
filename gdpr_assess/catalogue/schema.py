"""The form of a control file; the JSON Schema for editors is exported from here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from gdpr_assess.catalogue.applies import Condition
from gdpr_assess.model import AnswerValue, Authority, Effect, Method, Noun, OwnerRole, Severity, VerdictValue

Domain = Literal[
    "GOV",
    "LAW",
    "TRN",
    "REC",
    "CHN",
    "TEL",
    "DSR",
    "RET",
    "PRO",
    "XFR",
    "SEC",
    "BRE",
    "TRA",
    "AIA",
    "PCI",
    "TCP",
    "HIP",
]


class Applies(Noun):
    """When a control applies: every condition of `all`, and at least one of `any` where `any` is not empty."""

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()


class Remedy(Noun):
    """What to do: `effort_days` in person days, `depends_on` other controls whose work must come first."""

    action: str
    effort_days: float = Field(gt=0, le=60)
    owner: OwnerRole
    depends_on: tuple[str, ...] = ()


class CaseFinding(Noun):
    """A finding in a case, by what it may do."""

    effect: Effect = "violation"
    severity: Severity = "high"


class Case(Noun):
    """An example that runs as a test: given an answer and findings, the verdict must be this."""

    because: str
    answer: AnswerValue | None = None
    reason: str | None = None
    findings: tuple[CaseFinding, ...] = ()
    clean_check: bool = False
    document_confirmed: bool = False
    applicable: bool = True
    verdict: VerdictValue
    method: Method | None = None


class Source(Noun):
    """Where the law of a control was read."""

    id: str
    status: Literal["verified", "memory"]


class Control(Noun):
    """One thing a customer service must do, as a question with its law and its remedy (English source text)."""

    id: str = Field(pattern=r"^[A-Z]{3}-\d{2}$")
    title: str
    articles: tuple[str, ...] = Field(min_length=1)
    binds: tuple[Literal["controller", "processor"], ...] = Field(min_length=1)
    applies_when: Applies = Applies()
    scope: Literal["client", "site", "processor", "system"] = "client"
    severity: Severity
    authority: Authority
    question: str
    evidence: str
    remedy: Remedy
    sources: tuple[Source, ...] = Field(min_length=1)
    reviewed: date
    cases: tuple[Case, ...] = Field(min_length=2)

    @property
    def domain(self) -> str:
        """The first three letters of the id."""
        return self.id[:3]

    @property
    def verified(self) -> bool:
        """Whether at least one source was read; a control that rests on memory only asks, it never fails a client."""
        return any(source.status == "verified" for source in self.sources)
