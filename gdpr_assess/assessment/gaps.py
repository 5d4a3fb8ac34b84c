"""Gaps: the verdicts that ask for work, ordered by risk. The weights are data (catalogue/scoring.yaml)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from gdpr_assess.assessment.verdict import check_of, counts
from gdpr_assess.assessment.verdicts import Situation, situations
from gdpr_assess.catalogue import Catalogue
from gdpr_assess.catalogue.scoring import GapVerdict, load_scoring
from gdpr_assess.model import CLIENT, CheckResult, Finding, Gap, Intake, Method, ReviewDecision, Verdict

ASKS_FOR_WORK = ("not_met", "partly")


def _affected(known: Situation) -> int:
    """Count the records, texts and flows that speak against the control."""
    total = 0
    for finding in known.findings:
        if counts(known.control, finding):
            check = check_of(finding, known.checks)
            total += check.exceptions if check else 1
    return total


def _risk(known: Situation, verdict: Verdict) -> float:
    weights = load_scoring().risk
    method: Method = verdict.method or "declared"
    risk = weights.severity[known.control.severity] * weights.verdict[cast(GapVerdict, verdict.verdict)]
    risk *= weights.method[method] * weights.scale_of(_affected(known))
    if verdict.contradicted:
        risk *= weights.contradicted
    if known.control.authority == "good_practice":
        risk *= weights.improvement
    return round(risk, 3)


def _gap(known: Situation, verdict: Verdict) -> Gap:
    rest = known.verdict(without=known.accepted)
    return Gap(
        control=verdict.control,
        scope=verdict.scope,
        verdict=verdict.verdict,
        severity=known.control.severity,
        risk=_risk(known, verdict),
        contradicted=verdict.contradicted,
        improvement=known.control.authority == "good_practice",
        accepted=known.gap_accepted or rest.verdict not in ASKS_FOR_WORK,
        findings=verdict.findings,
    )


def gaps(
    catalogue: Catalogue,
    intake: Intake,
    findings: Iterable[Finding],
    checks: Iterable[CheckResult],
    review: Iterable[ReviewDecision],
    today: date,
) -> list[Gap]:
    """Return the gaps, highest risk first; a gap is accepted when nothing would be left of it but accepted findings."""
    judged = [(known, known.verdict()) for known in situations(catalogue, intake, findings, checks, review, today)]
    found = [_gap(known, verdict) for known, verdict in judged if verdict.verdict in ASKS_FOR_WORK]
    return sorted(found, key=lambda gap: (-gap.risk, gap.control, gap.scope != CLIENT, gap.scope))
