"""Scores, gaps and the weights that order them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from made import AS_OF, answer, catalogue, check, control, finding, intake, of_check

from gdpr_assess.assessment import gaps, scores
from gdpr_assess.catalogue.scoring import SCORING, Scoring, load_scoring
from gdpr_assess.issue import DataError
from gdpr_assess.model import Gap, ReviewDecision, Verdict
from gdpr_assess.yamlfile import load


def verdict(name: str, value: str, method: str | None = None, **changes: Any) -> Verdict:
    return Verdict.model_validate({"control": name, "verdict": value, "method": method, "row": 9} | changes)


def test_tested_documented_declared_and_not_assessed_stay_apart() -> None:
    found = scores(
        [
            verdict("REC-01", "met", "tested"),
            verdict("REC-02", "met", "documented"),
            verdict("REC-03", "met", "declared"),
            verdict("REC-04", "partly", "tested", contradicted=True),
            verdict("REC-05", "not_met", "declared"),
            verdict("REC-06", "not_assessed"),
            verdict("REC-07", "not_applicable"),
        ]
    )["REC"]
    assert (found.met_tested, found.met_documented, found.met_declared) == (1, 1, 1)
    assert (found.partly, found.not_met, found.not_assessed, found.applicable) == (1, 1, 1, 6)
    assert (found.score, found.contradicted) == (70.0, 1)


def test_what_was_not_assessed_has_no_score() -> None:
    found = scores([verdict("REC-01", "not_assessed"), verdict("LAW-01", "not_applicable")])
    assert [(name, one.score, one.applicable) for name, one in found.items()] == [
        ("LAW", None, 0),
        ("REC", None, 1),
        ("all", None, 1),
    ]


def test_all_is_the_sum_of_the_domains() -> None:
    found = scores(
        [verdict("REC-01", "met", "tested"), verdict("LAW-01", "not_met", "tested"), verdict("LAW-02", "met")]
    )
    assert list(found) == ["LAW", "REC", "all"]
    assert found["all"].applicable == found["LAW"].applicable + found["REC"].applicable == 3
    assert found["all"].score == 66.7


def test_scores_of_nothing() -> None:
    assert scores([])["all"].score is None


# --- gaps -------------------------------------------------------------------------------------------------------------


def decision(kind: str, **about: Any) -> ReviewDecision:
    return ReviewDecision.model_validate({"decision": kind, "reason": "r", "by": "A. Person", "on": AS_OF} | about)


def all_gaps(controls: list[Any], given: Any, findings: Any = (), checks: Any = (), review: Any = ()) -> list[Gap]:
    return gaps(catalogue(*controls), given, findings, checks, review, AS_OF)


def test_only_not_met_and_partly_are_gaps() -> None:
    names = [f"REC-0{number}" for number in range(1, 6)]
    given = intake(*[answer(said, name) for name, said in zip(names, ["yes", "no", "partly", None], strict=False)])
    found = all_gaps([control(name) for name in names], given)
    assert [(gap.control, gap.verdict) for gap in found] == [("REC-02", "not_met"), ("REC-03", "partly")]


def test_what_raises_the_risk() -> None:
    def risk(said: str | None, findings: Any = (), checks: Any = ()) -> float:
        return all_gaps([control()], intake(answer(said)), findings, checks)[0].risk

    records = [risk(None, [of_check()], [check(n, n)]) for n in (1, 10, 100, 1000)]
    assert risk("partly") < risk("no") < risk(None, [finding()]) < risk("yes", [finding()])
    assert records == sorted(set(records))


def test_indicators_do_not_raise_the_risk() -> None:
    asked = [finding("indicator", subject=str(number)) for number in range(20)]
    assert (
        all_gaps([control()], intake(answer("no")), asked)[0].risk
        == all_gaps([control()], intake(answer("no")))[0].risk
    )


def test_severities_never_overlap_and_improvements_come_last() -> None:
    risk = load_scoring().risk
    rest = list(
        product(risk.verdict.values(), risk.method.values(), (1, risk.contradicted), [s.factor for s in risk.scale])
    )
    factors = [a * b * c * d for a, b, c, d in rest]
    high, medium, low = risk.severity["high"], risk.severity["medium"], risk.severity["low"]
    assert high * min(factors) > medium * max(factors)
    assert medium * min(factors) > low * max(factors)
    assert low * min(factors) > high * max(factors) * risk.improvement


def test_gaps_are_ordered_by_risk_then_name() -> None:
    controls = [
        control("TRA-01", severity="high", authority="good_practice"),
        control("SEC-02", severity="low"),
        control("SEC-01", severity="medium"),
        control("REC-02"),
        control("REC-01"),
    ]
    given = intake(*[answer("no", one.id) for one in controls])
    found = all_gaps(controls, given)
    assert [gap.control for gap in found] == ["REC-01", "REC-02", "SEC-01", "SEC-02", "TRA-01"]
    assert [gap.improvement for gap in found] == [False, False, False, False, True]


def test_a_gap_of_accepted_findings_is_accepted_but_stays() -> None:
    other = finding(subject="flow:F2", severity="low")
    review = [decision("accepted_risk", finding=finding().id)]
    [whole] = all_gaps([control()], intake(), [finding()], review=review)
    [part] = all_gaps([control()], intake(), [finding(), other], review=review)
    [said] = all_gaps([control()], intake(answer("no")), [finding()], review=review)
    assert (whole.accepted, part.accepted, said.accepted) == (True, False, False)
    assert (whole.verdict, whole.findings) == ("not_met", (finding().id,))


def test_a_declared_gap_can_be_accepted_by_its_control() -> None:
    [found] = all_gaps([control()], intake(answer("no")), review=[decision("accepted_risk", control="REC-01")])
    assert (found.accepted, found.verdict) == (True, "not_met")


# --- weights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: {high: 100, medium: 20, low: 4}", "severity: {high: 100, medium: 20}"),
        ("{at_least: 0, factor: 1.0}", "{at_least: 1, factor: 1.0}"),
        ("factor: 1.4}", "factor: 0.4}"),
        ("improvement: 0.005", "improvement: 2"),
        ("further_scope", "further_scopes"),
    ],
)
def test_wrong_weights_are_refused_with_their_line(tmp_path: Path, old: str, new: str) -> None:
    text = SCORING.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "scoring.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"scoring\.yaml:\d+: "):
        load(path, Scoring)
