"""All verdicts: every control of the catalogue in every scope in which it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gdpr_assess.assessment.decisions import Decisions
from gdpr_assess.assessment.verdict import counts, judge
from gdpr_assess.catalogue import Catalogue, Control
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.model import CLIENT, Answer, CheckResult, Finding, Intake, ReviewDecision, Verdict


@dataclass(frozen=True)
class Situation:
    """Everything that decides on one control in one scope; `accepted` are findings whose risk a person accepted."""

    control: Control
    scope: str
    applicable: bool | None
    answer: Answer | None
    findings: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    document_confirmed: bool
    accepted: frozenset[str] = frozenset()
    gap_accepted: bool = False

    def verdict(self, without: frozenset[str] = frozenset()) -> Verdict:
        """Judge it, optionally as if some findings had not been made."""
        return judge(
            self.control,
            self.scope,
            applicable=self.applicable,
            answer=self.answer,
            findings=[finding for finding in self.findings if finding.id not in without],
            checks=self.checks,
            document_confirmed=self.document_confirmed,
        )


Placed = dict[str, list[Finding]]
Answers = dict[str, Answer]


def _placed(control: Control, own: Sequence[str], findings: Iterable[Finding], answers: Answers) -> Placed:
    """Put each finding into the scope in which it is judged.

    A finding about something that is none of the control's scopes is judged for the client as a whole. A control that
    is asked per site, processor or system gets such a line only where a finding that counts, or an answer, needs it;
    without one, a question about the whole is put in every scope.
    """
    placed: Placed = {scope: [] for scope in own}
    whole: list[Finding] = []
    for finding in findings:
        placed.get(finding.scope, whole).append(finding)
    said = answers.get(CLIENT)
    if CLIENT in placed:
        placed[CLIENT] += whole
    elif (said and said.answer) or any(counts(control, finding) for finding in whole):
        placed[CLIENT] = whole
    else:
        placed = {scope: [*found, *whole] for scope, found in placed.items()}
    return placed


def _claim(control: Control, scope: str, own: Sequence[str], answers: Answers) -> Answer | None:
    """Return the answer of a scope; a client line beside scopes that all claim yes or partly claims the weaker."""
    if scope in answers and (scope in own or answers[scope].answer):
        return answers[scope]
    if scope in own:
        return None
    claims = {answers[one].answer if one in answers else None for one in own}
    if not claims <= {"yes", "partly"}:
        return None
    return Answer(control=control.id, scope=scope, answer="partly" if "partly" in claims else "yes")


def _dated(answer: Answer | None, today: date) -> bool:
    return bool(answer and answer.evidence and answer.evidence_date and answer.evidence_date <= today)


def situations(
    catalogue: Catalogue,
    intake: Intake,
    findings: Iterable[Finding],
    checks: Iterable[CheckResult],
    review: Iterable[ReviewDecision],
    today: date,
) -> Iterator[Situation]:
    """Yield what is known on every control in every scope, by control, the client as a whole first."""
    decided, checks = Decisions(review), tuple(checks)
    by_control: dict[str, list[Finding]] = defaultdict(list)
    for finding in decided.counting(findings):
        for name in sorted(set(finding.controls)):
            by_control[name].append(finding)
    answers: dict[str, Answers] = defaultdict(dict)
    for answer in intake.answers:
        answers[answer.control][answer.scope] = answer
    applicable = catalogue.applicable(intake)
    for name, control in sorted(catalogue.controls.items()):
        own = scopes(control, intake)
        known = tuple(check for check in checks if name in check.controls)
        placed = _placed(control, own, by_control[name], answers[name])
        for scope in sorted(placed, key=lambda scope: (scope != CLIENT, scope)):
            claim = _claim(control, scope, own, answers[name])
            yield Situation(
                control=control,
                scope=scope,
                applicable=applicable[name],
                answer=claim,
                findings=tuple(placed[scope]),
                checks=known,
                document_confirmed=decided.on_control(name, scope) == "confirmed" and _dated(claim, today),
                accepted=frozenset(finding.id for finding in placed[scope] if decided.accepted(finding)),
                gap_accepted=decided.on_control(name, scope) == "accepted_risk",
            )


def verdicts(
    catalogue: Catalogue,
    intake: Intake,
    findings: Iterable[Finding],
    checks: Iterable[CheckResult],
    review: Iterable[ReviewDecision],
    today: date,
) -> list[Verdict]:
    """Return the verdict of every control in every scope, by control, the client as a whole first."""
    return [known.verdict() for known in situations(catalogue, intake, findings, checks, review, today)]
