"""Decisions of people: `inputs/review.yaml`, and the signing-off of a run (`runs/<as-of>/published.json`)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, ValidationError

from gdpr_assess.issue import Issue, UserError
from gdpr_assess.model import CLIENT, Finding, Noun, Place, ReviewDecision
from gdpr_assess.workspace import ClientFolder, load_run, sha256, write_atomic
from gdpr_assess.yamlfile import read

Target = tuple[str, str, str]


def _complete(decision: ReviewDecision) -> ReviewDecision:
    if (decision.finding is None) == (decision.control is None):
        raise ValueError("name either a finding or a control")
    if decision.control is not None and decision.decision == "false_positive":
        raise ValueError("only a finding can be a false positive")
    if not decision.reason.strip() or not decision.by.strip():
        raise ValueError("reason and by must not be empty")
    return decision


class ReviewFile(Noun):
    """The whole of `inputs/review.yaml`."""

    decisions: tuple[Annotated[ReviewDecision, AfterValidator(_complete)], ...] = ()


class Publication(Noun):
    """Who signed a run off, when, and the SHA-256 of the `assessment.json` that was signed."""

    as_of: date
    by: str
    on: date
    sha256: str


def _assessment(folder: ClientFolder, as_of: date) -> Path:
    return folder.run(as_of) / "assessment.json"


def _published(folder: ClientFolder, as_of: date) -> Path:
    return folder.run(as_of) / "published.json"


def _target(decision: ReviewDecision) -> Target:
    """Return what a decision is about; there is one decision for each finding, document or gap."""
    if decision.finding is not None:
        return ("finding", decision.finding, "")
    return ("control", decision.control or "", decision.scope or CLIENT)


def read_review(folder: ClientFolder) -> tuple[tuple[ReviewDecision, ...], list[Issue]]:
    """Read the decisions on a client; without a file there are none. Two on the same thing are a warning."""
    if not folder.review.is_file():
        return (), []
    shown = folder.name_of(folder.review)
    found, issues = read(folder.review, ReviewFile, shown)
    if found is None:
        return (), issues
    number = Counter(_target(decision) for decision in found.decisions)
    twice = [
        Issue(
            code="review.twice",
            place=Place(file=shown),
            params={"about": ", ".join(filter(None, target[1:]))},
            level="warning",
        )
        for target, times in sorted(number.items())
        if times > 1
    ]
    return found.decisions, twice


def unmatched(folder: ClientFolder, decisions: Iterable[ReviewDecision], findings: Iterable[Finding]) -> list[Issue]:
    """Return a warning for each decision on a finding that is not among those of this run."""
    known, place = {finding.id for finding in findings}, Place(file=folder.name_of(folder.review))
    lost = sorted({decision.finding for decision in decisions if decision.finding} - known)
    return [Issue(code="review.no_finding", place=place, params={"finding": name}, level="warning") for name in lost]


def _quoted(value: str) -> str:
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=float("inf")).strip()


def _written(decision: ReviewDecision) -> str:
    fields: dict[str, Any] = decision.model_dump(mode="json", exclude_none=True)
    lines = [f"{key}: {_quoted(value)}" for key, value in fields.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def set_decision(folder: ClientFolder, decision: ReviewDecision) -> None:
    """Write a decision, in the place of an earlier one on the same thing or at the end.

    Raises UserError when the file as it is cannot be read (nothing is overwritten), ValueError when the decision is
    incomplete.
    """
    _complete(decision)
    kept, issues = read_review(folder)
    if any(issue.level == "error" for issue in issues):
        raise UserError(issues)
    targets = [_target(one) for one in kept]
    at = targets.index(_target(decision)) if _target(decision) in targets else len(kept)
    others = [one for one, target in zip(kept, targets, strict=True) if target != _target(decision)]
    decisions = [*others[:at], decision, *others[at:]]
    write_atomic(folder.review, "decisions:\n" + "".join(_written(one) for one in decisions))


def is_published(folder: ClientFolder, as_of: date) -> bool:
    """Tell whether a run was signed off; such a run must not be overwritten."""
    return _published(folder, as_of).is_file()


def publication(folder: ClientFolder, as_of: date) -> Publication | None:
    """Return who signed a run off, or None when nobody did or the record is damaged."""
    try:
        return Publication.model_validate_json(_published(folder, as_of).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def is_intact(folder: ClientFolder, as_of: date) -> bool:
    """Tell whether a run is signed off and its `assessment.json` is still the one that was signed."""
    signed, assessment = publication(folder, as_of), _assessment(folder, as_of)
    return signed is not None and signed.as_of == as_of and assessment.is_file() and sha256(assessment) == signed.sha256


def publish(folder: ClientFolder, as_of: date, by: str, on: date) -> Publication:
    """Sign a run off with name and date; raises UserError when there is no run or a damaged one, no name, or it was
    done before.
    """
    assessment = _assessment(folder, as_of)
    place, said = Place(file=folder.name_of(assessment)), {"as_of": as_of.isoformat()}
    if not assessment.is_file():
        raise UserError([Issue(code="review.no_run", place=place, params=said)])
    if is_published(folder, as_of):
        raise UserError([Issue(code="review.already_published", place=place, params=said)])
    if not by.strip():
        raise UserError([Issue(code="review.no_name", place=place)])
    load_run(folder.run(as_of))
    signed = Publication(as_of=as_of, by=by.strip(), on=on, sha256=sha256(assessment))
    content = json.dumps(signed.model_dump(mode="json"), ensure_ascii=False, indent=2)
    write_atomic(_published(folder, as_of), content + "\n")
    return signed
