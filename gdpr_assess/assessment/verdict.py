"""The verdict on one control in one scope: the table of DESIGN 4.3a, first row that fits.

Corner cases, decided here:
- A finding of a check is weighed by its rate of exceptions, every other finding by its severity.
- The rows are taken in order, so a tested row 4 stands before a declared "no" (row 5).
- Row 2 is no result of its own: the verdict keeps the row it went on to and is marked `applicability_contradicted`.
  The same mark is set where the client answered "not applicable" and a violation was found.
- Findings on a control that rests on memory alone ask, like indicators. A "no" or "partly" to such a control keeps
  its row and its claim, but the verdict is not_assessed: unverified law fails nobody.
- An indicator check that ran clean proves nothing. A clean census speaks for every scope, a clean sample only for
  the client as a whole, and one that was drawn from some of the records only (`restricted`) for no scope.
- A check that could not run (or failed) proves nothing against a "yes": row 9 stands, and is marked `untested`.
- A document that was confirmed helps only an answer "yes".
"""

from __future__ import annotations

from collections.abc import Sequence

from gdpr_assess.catalogue import Control
from gdpr_assess.catalogue.schema import Case
from gdpr_assess.catalogue.scoring import load_scoring
from gdpr_assess.model import (
    CLIENT,
    Answer,
    AnswerValue,
    CheckResult,
    Finding,
    Method,
    Place,
    Verdict,
    VerdictValue,
    finding_id,
)

VIOLATED, CLAIMED = (3, 4), 9
RESULT: dict[int, tuple[VerdictValue, Method | None]] = {
    1: ("not_applicable", None),
    3: ("not_met", "tested"),
    4: ("partly", "tested"),
    5: ("not_met", "declared"),
    6: ("partly", "declared"),
    7: ("met", "tested"),
    8: ("met", "documented"),
    9: ("met", "declared"),
    10: ("not_applicable", "declared"),
    11: ("not_assessed", None),
}
"""Verdict and method of each row of the table; row 2 only marks."""


def counts(control: Control, finding: Finding) -> bool:
    """Tell whether a finding may worsen a verdict: indicators, and findings on unverified law, only ask."""
    return control.verified and finding.effect != "indicator"


def check_of(finding: Finding, checks: Sequence[CheckResult]) -> CheckResult | None:
    """Return the check that a finding comes from (same channel where the finding names one), the worst if several."""
    ran = [c for c in checks if finding.source == "practices" and c.check == finding.rule and c.outcome == "ran"]
    channel = finding.params.get("channel")
    ran = [c for c in ran if channel is not None and c.channel == channel] or ran
    return max(ran, key=lambda c: (c.rate or 0.0, c.exceptions), default=None)


def _row_of(finding: Finding, checks: Sequence[CheckResult]) -> int:
    if finding.effect == "practice":
        return 6
    check = check_of(finding, checks)
    if check is not None and check.rate is not None:
        return 3 if check.rate > load_scoring().tolerated_rate else 4
    return 3 if finding.severity == "high" else 4


def _clean(check: CheckResult, scope: str) -> bool:
    if check.outcome != "ran" or check.exceptions or check.effect == "indicator" or check.params.get("restricted"):
        return False
    if check.basis == "census":
        return check.reconciled is True
    return scope == CLIENT and check.ci95 is not None and check.ci95[1] < load_scoring().tolerated_rate


def _row(applicable: bool | None, seen: int | None, answer: Answer | None, tested: bool, documented: bool) -> int:
    claimed = answer.answer if answer else None
    if seen in VIOLATED:
        return seen
    if applicable is False:
        return 1
    if claimed == "no":
        return 5
    if claimed == "partly" or seen == 6:
        return 6
    if claimed == "yes":
        return 7 if tested else 8 if documented else 9
    reasoned = answer is not None and bool((answer.reason or "").strip())
    return 10 if claimed == "not_applicable" and reasoned else 11


def _result(control: Control, row: int, seen: int | None) -> tuple[VerdictValue, Method | None]:
    verdict, method = RESULT[row]
    if row == 6 and seen == 6:
        method = "tested"
    if row in (5, 6) and not control.verified:
        return "not_assessed", None
    if verdict == "not_met" and control.authority == "good_practice":
        verdict = "partly"
    return verdict, method


def judge(
    control: Control,
    scope: str = CLIENT,
    *,
    applicable: bool | None = True,
    answer: Answer | None = None,
    findings: Sequence[Finding] = (),
    checks: Sequence[CheckResult] = (),
    document_confirmed: bool = False,
) -> Verdict:
    """Judge one control in one scope from what is claimed and what was seen (findings without false positives)."""
    seen = min((_row_of(finding, checks) for finding in findings if counts(control, finding)), default=None)
    own = [check for check in checks if control.id in check.controls]
    row = _row(applicable, seen, answer, any(_clean(check, scope) for check in own), document_confirmed)
    verdict, method = _result(control, row, seen)
    claimed: AnswerValue | None = answer.answer if answer else None
    return Verdict(
        control=control.id,
        scope=scope,
        verdict=verdict,
        method=method,
        row=row,
        claimed=claimed,
        contradicted=row in VIOLATED and claimed in ("yes", "partly"),
        applicability_contradicted=row in VIOLATED and (applicable is False or claimed == "not_applicable"),
        untested=row == CLAIMED and any(check.outcome in ("not_testable", "failed") for check in own),
        findings=tuple(sorted({finding.id for finding in findings})),
        checks=tuple(sorted({check.check for check in own})),
    )


def judge_case(control: Control, case: Case) -> Verdict:
    """Judge an example of a control's file, so that the catalogue's cases run through the same table."""
    findings = [
        Finding(
            id=finding_id("case", str(number)),
            source="flows",
            rule="case",
            effect=item.effect,
            controls=(control.id,),
            severity=item.severity,
            place=Place(file="case"),
        )
        for number, item in enumerate(case.findings)
    ]
    clean = CheckResult(
        check="case", outcome="ran", controls=(control.id,), basis="census", reconciled=True, population=1, rate=0.0
    )
    return judge(
        control,
        applicable=case.applicable,
        answer=Answer(control=control.id, answer=case.answer, reason=case.reason),
        findings=findings,
        checks=[clean] if case.clean_check else [],
        document_confirmed=case.document_confirmed,
    )
