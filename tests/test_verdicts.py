"""The verdict table of DESIGN 4.3a, row by row, and every clause below it."""

from __future__ import annotations

from typing import Any

import pytest
from made import answer, check, control, finding, of_check

from gdpr_assess.assessment import judge, judge_case
from gdpr_assess.catalogue.schema import Case
from gdpr_assess.model import CheckResult

VIOLATION, PRACTICE, INDICATOR = finding(), finding("practice"), finding("indicator")
MINOR = finding(severity="medium")
SAMPLE = check(basis="sample", reconciled=None, ci95=(0.0, 0.049))


def at(rate: float) -> list[Any]:
    return [check(round(rate * 1000), 1000)]


# row, verdict, method, answer, the rest
TABLE: list[tuple[int, str, str | None, str | None, dict[str, Any]]] = [
    (1, "not_applicable", None, None, {"applicable": False}),
    (1, "not_applicable", None, "no", {"applicable": False}),
    (1, "not_applicable", None, "yes", {"applicable": False, "checks": [check()]}),
    (1, "not_applicable", None, None, {"applicable": False, "findings": [PRACTICE]}),
    (1, "not_applicable", None, None, {"applicable": False, "findings": [INDICATOR]}),
    (3, "not_met", "tested", None, {"findings": [VIOLATION]}),
    (3, "not_met", "tested", "yes", {"findings": [VIOLATION]}),
    (3, "not_met", "tested", "no", {"findings": [VIOLATION]}),
    (3, "not_met", "tested", "do_not_know", {"findings": [VIOLATION]}),
    (3, "not_met", "tested", "yes", {"findings": [VIOLATION, MINOR], "document_confirmed": True}),
    (3, "not_met", "tested", "yes", {"findings": [of_check(severity="low")], "checks": at(0.051)}),
    (3, "not_met", "tested", "yes", {"findings": [of_check(severity="low")], "checks": at(1.0)}),
    (4, "partly", "tested", "yes", {"findings": [of_check()], "checks": at(0.05)}),
    (4, "partly", "tested", None, {"findings": [of_check()], "checks": at(0.001)}),
    (4, "partly", "tested", "yes", {"findings": [MINOR]}),
    (4, "partly", "tested", "no", {"findings": [finding(severity="low")]}),
    (4, "partly", "tested", None, {"findings": [MINOR, PRACTICE, INDICATOR]}),
    (5, "not_met", "declared", "no", {}),
    (5, "not_met", "declared", "no", {"findings": [PRACTICE]}),
    (5, "not_met", "declared", "no", {"checks": [check()]}),
    (6, "partly", "declared", "partly", {}),
    (6, "partly", "declared", "partly", {"checks": [check()], "document_confirmed": True}),
    (6, "partly", "tested", "partly", {"findings": [PRACTICE]}),
    (6, "partly", "tested", "yes", {"findings": [PRACTICE], "checks": [check()]}),
    (6, "partly", "tested", None, {"findings": [PRACTICE]}),
    (6, "partly", "tested", "yes", {"findings": [of_check("practice")], "checks": at(0.9)}),
    (7, "met", "tested", "yes", {"checks": [check()]}),
    (7, "met", "tested", "yes", {"checks": [SAMPLE], "document_confirmed": True}),
    (7, "met", "tested", "yes", {"checks": [check(check="other", outcome="not_testable"), check()]}),
    (7, "met", "tested", "yes", {"checks": [check(effect="practice")], "findings": [INDICATOR]}),
    (8, "met", "documented", "yes", {"document_confirmed": True}),
    (8, "met", "documented", "yes", {"document_confirmed": True, "checks": [check(reconciled=False)]}),
    (9, "met", "declared", "yes", {}),
    (9, "met", "declared", "yes", {"findings": [INDICATOR]}),
    (9, "met", "declared", "yes", {"checks": [check(reconciled=False)]}),
    (9, "met", "declared", "yes", {"checks": [check(reconciled=None)]}),
    (9, "met", "declared", "yes", {"checks": [check(basis=None)]}),
    (9, "met", "declared", "yes", {"checks": [check(basis="sample", ci95=(0.0, 0.05))]}),
    (9, "met", "declared", "yes", {"checks": [check(basis="sample")]}),
    (9, "met", "declared", "yes", {"checks": [check(outcome="failed")]}),
    (9, "met", "declared", "yes", {"checks": [check(outcome="not_testable")]}),
    (9, "met", "declared", "yes", {"checks": [check(outcome="not_applicable")]}),
    (9, "met", "declared", "yes", {"checks": [check(effect="indicator")]}),
    (9, "met", "declared", "yes", {"checks": [check(controls=["REC-02"])]}),
    (9, "met", "declared", "yes", {"checks": [check(3)]}),  # its finding was called a false positive
    (11, "not_assessed", None, None, {}),
    (11, "not_assessed", None, "do_not_know", {"checks": [check()], "document_confirmed": True}),
    (11, "not_assessed", None, None, {"findings": [INDICATOR]}),
    (11, "not_assessed", None, "not_applicable", {}),
    (11, "not_assessed", None, None, {"applicable": None}),
]


@pytest.mark.parametrize(("row", "verdict", "method", "said", "rest"), TABLE)
def test_first_row_that_fits(
    row: int, verdict: str, method: str | None, said: str | None, rest: dict[str, Any]
) -> None:
    found = judge(control(), answer=answer(said), **rest)
    assert (found.row, found.verdict, found.method, found.claimed) == (row, verdict, method, said)


@pytest.mark.parametrize(("reason", "row"), [("No calls are recorded.", 10), ("  ", 11), (None, 11)])
def test_not_applicable_needs_a_reason(reason: str | None, row: int) -> None:
    found = judge(control(), answer=answer("not_applicable", reason=reason))
    assert found.row == row
    assert found.method == ("declared" if row == 10 else None)


def test_a_reasoned_not_applicable_yields_to_evidence() -> None:
    found = judge(control(), answer=answer("not_applicable", reason="We never record."), findings=[MINOR])
    assert (found.row, found.applicability_contradicted, found.contradicted) == (4, True, False)


@pytest.mark.parametrize(("item", "row"), [(VIOLATION, 3), (MINOR, 4)])
def test_a_violation_makes_a_control_applicable_after_all(item: Any, row: int) -> None:
    found = judge(control(), applicable=False, findings=[item])
    assert (found.row, found.applicability_contradicted) == (row, True)


@pytest.mark.parametrize("applicable", [True, None])
def test_a_silent_profile_counts_as_applicable(applicable: bool | None) -> None:
    found = judge(control(), applicable=applicable, findings=[VIOLATION])
    assert (found.verdict, found.applicability_contradicted) == ("not_met", False)


@pytest.mark.parametrize(
    ("said", "item", "contradicted"),
    [
        ("yes", VIOLATION, True),
        ("yes", MINOR, True),
        ("partly", VIOLATION, True),
        ("partly", MINOR, True),
        ("no", VIOLATION, False),
        ("do_not_know", VIOLATION, False),
        (None, VIOLATION, False),
        ("yes", PRACTICE, False),
        ("yes", INDICATOR, False),
    ],
)
def test_contradicted_when_a_claim_meets_a_violation(said: str | None, item: Any, contradicted: bool) -> None:
    found = judge(control(), answer=answer(said), findings=[item])
    assert found.contradicted is contradicted


@pytest.mark.parametrize(("said", "item", "row"), [(None, [VIOLATION], 3), ("no", [], 5), ("no", [PRACTICE], 5)])
def test_good_practice_is_never_worse_than_partly(said: str | None, item: list[Any], row: int) -> None:
    found = judge(control(authority="good_practice"), answer=answer(said), findings=item)
    assert (found.verdict, found.row) == ("partly", row)


@pytest.mark.parametrize("authority", ["law", "guidance"])
def test_guidance_may_fail_like_law(authority: str) -> None:
    assert judge(control(authority=authority), findings=[VIOLATION]).verdict == "not_met"


@pytest.mark.parametrize(
    ("said", "row", "verdict"),
    [
        ("yes", 9, "met"),
        ("no", 5, "not_assessed"),
        ("partly", 6, "not_assessed"),
        (None, 11, "not_assessed"),
        ("do_not_know", 11, "not_assessed"),
    ],
)
@pytest.mark.parametrize("items", [[], [VIOLATION, MINOR, PRACTICE]])
def test_unverified_law_only_asks(said: str | None, row: int, verdict: str, items: list[Any]) -> None:
    found = judge(control(status="memory"), answer=answer(said), findings=items)
    assert (found.row, found.verdict, found.contradicted) == (row, verdict, False)
    assert len(found.findings) == len({item.id for item in items})


def test_unverified_law_stays_not_applicable() -> None:
    assert judge(control(status="memory"), applicable=False, findings=[VIOLATION]).row == 1


def test_a_check_is_weighed_by_the_channel_of_its_finding() -> None:
    checks = [check(1, 1000, channel="phone"), check(900, 1000, channel="email")]
    assert judge(control(), findings=[of_check(params={"channel": "phone"})], checks=checks).row == 4
    assert judge(control(), findings=[of_check(params={"channel": "email"})], checks=checks).row == 3
    assert judge(control(), findings=[of_check()], checks=checks).row == 3


def test_a_finding_without_a_check_that_ran_is_weighed_by_severity() -> None:
    checks = [check(outcome="failed", rate=None)]
    assert judge(control(), findings=[of_check(severity="low")], checks=checks).row == 4
    assert judge(control(), findings=[of_check(severity="high")], checks=[]).row == 3


def test_a_sample_speaks_only_for_the_client_as_a_whole() -> None:
    site = control(scope="site")
    said = answer("yes", scope="site:S1")
    assert judge(site, "site:S1", answer=said, checks=[SAMPLE]).row == 9
    assert judge(site, "site:S1", answer=said, checks=[check()]).row == 7


def test_a_verdict_names_its_findings_and_checks() -> None:
    found = judge(control(), findings=[VIOLATION, INDICATOR], checks=[check(), check(check="a.check")])
    assert found.findings == tuple(sorted({VIOLATION.id, INDICATOR.id}))
    assert found.checks == ("a.check", "recording.encrypted")


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ({"applicable": False}, 1),
        ({"findings": [{"severity": "high"}], "answer": "yes"}, 3),
        ({"findings": [{"severity": "low"}]}, 4),
        ({"answer": "no"}, 5),
        ({"findings": [{"effect": "practice"}]}, 6),
        ({"answer": "yes", "clean_check": True}, 7),
        ({"answer": "yes", "document_confirmed": True}, 8),
        ({"answer": "yes", "findings": [{"effect": "indicator"}]}, 9),
        ({"answer": "not_applicable", "reason": "because"}, 10),
        ({}, 11),
    ],
)
def test_cases_of_the_catalogue_run_through_the_table(case: dict[str, Any], row: int) -> None:
    made = Case.model_validate({"because": "x", "verdict": "met"} | case)
    assert judge_case(control(), made).row == row


@pytest.mark.parametrize(
    ("said", "outcome", "untested"),
    [
        ("yes", "not_testable", True),
        ("yes", "failed", True),
        ("yes", "not_applicable", False),
        ("partly", "not_testable", False),
        ("no", "not_testable", False),
        (None, "not_testable", False),
    ],
)
def test_a_claim_whose_test_was_not_possible_is_marked_and_keeps_its_row(
    said: str | None, outcome: Any, untested: bool
) -> None:
    could_not = CheckResult(check="a.b", outcome=outcome, controls=(control().id,), reason="no_column")
    found = judge(control(), answer=answer(said), checks=[could_not])
    assert found.untested is untested
    assert found.row == judge(control(), answer=answer(said)).row


def test_a_claim_that_another_test_or_a_document_bears_out_is_not_marked() -> None:
    could_not = CheckResult(check="a.b", outcome="not_testable", controls=(control().id,))
    clean = CheckResult(check="a.c", outcome="ran", controls=(control().id,), basis="census", reconciled=True)
    assert not judge(control(), answer=answer("yes"), checks=[could_not, clean]).untested
    assert not judge(control(), answer=answer("yes"), checks=[could_not], document_confirmed=True).untested
    assert not judge(control(), answer=answer("yes"), checks=[could_not], findings=[VIOLATION]).untested
