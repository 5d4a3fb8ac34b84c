"""Small clients with texts and exports, for the tests of declared against observed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gdpr_assess import wording
from gdpr_assess.assessment import observed_findings
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE
from gdpr_assess.model import Finding, Intake, WordingKind, WordingResult
from gdpr_assess.practices import Observed, observed, read_evidence
from gdpr_assess.workspace import ClientFolder


def linted(intake: Intake, as_of: date = EXAMPLE_DAY) -> list[WordingResult]:
    """Return what the linter makes of an intake's texts."""
    return wording.assess(intake, ClientFolder(Path("no-such-client")), as_of)[0]


def found(intake: Intake, seen: Observed, as_of: date = EXAMPLE_DAY) -> list[Finding]:
    """Return what differs between an intake and what was seen."""
    return observed_findings(intake, seen, linted(intake, as_of), as_of)


def notice(text: str, language: str, kind: WordingKind = "privacy_notice") -> WordingResult:
    """Return one text as the linter read it."""
    wordings = [{"id": "W1", "kind": kind, "language": language, "text": text}]
    return linted(Intake.model_validate({"profile": EXAMPLE_PROFILE, "wordings": wordings}))[0]


def exports_of(folder: Path, **files: str) -> Observed:
    """Return what exports, written as CSV, show."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    exports, _ = read_evidence(folder, Intake.model_validate({"profile": EXAMPLE_PROFILE}), EXAMPLE_DAY)
    return observed(exports, EXAMPLE_DAY)
