"""Verdicts of every control in every scope: where findings and answers are judged, and what people decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made import AS_OF, answer, catalogue, check, control, finding, intake

from gdpr_assess.assessment import verdicts
from gdpr_assess.model import ReviewDecision, Verdict

VIOLATION = finding()


def decision(kind: str, on: date = AS_OF, **about: Any) -> ReviewDecision:
    return ReviewDecision.model_validate({"decision": kind, "reason": "r", "by": "A. Person", "on": on} | about)


def all_verdicts(controls: list[Any], given: Any, findings: list[Any] = [], **more: Any) -> list[Verdict]:  # noqa: B006
    return verdicts(catalogue(*controls), given, findings, more.get("checks", []), more.get("review", []), AS_OF)


def short(found: list[Verdict]) -> list[tuple[str, str, int]]:
    return [(one.control, one.scope, one.row) for one in found]


SITE = control("SEC-01", scope="site")
SITES = ("B", "A")


def test_every_control_in_every_scope_sorted() -> None:
    found = all_verdicts([SITE, control("LAW-01")], intake(sites=SITES))
    assert short(found) == [("LAW-01", "client", 11), ("SEC-01", "site:A", 11), ("SEC-01", "site:B", 11)]


def test_without_sites_a_site_control_is_asked_of_the_client() -> None:
    assert short(all_verdicts([SITE], intake(answer("yes", "SEC-01")))) == [("SEC-01", "client", 9)]


def test_applicability_comes_from_the_profile() -> None:
    phone = control(applies_when={"all": ["recording"]})
    assert [all_verdicts([phone], intake(records_calls=value))[0].row for value in (False, None, True)] == [1, 11, 11]


def test_a_finding_hits_its_own_scope() -> None:
    given = intake(answer("yes", "SEC-01", "site:A"), answer("yes", "SEC-01", "site:B"), sites=SITES)
    found = all_verdicts([SITE], given, [finding(controls=["SEC-01"], scope="site:B")])
    assert short(found) == [("SEC-01", "site:A", 9), ("SEC-01", "site:B", 3)]
    assert [one.contradicted for one in found] == [False, True]


@pytest.mark.parametrize("scope", ["client", "site:unknown", "processor:P1"])
def test_a_finding_about_something_else_is_judged_for_the_client_as_a_whole(scope: str) -> None:
    found = all_verdicts([SITE], intake(sites=SITES), [finding(controls=["SEC-01"], scope=scope)])
    assert short(found) == [("SEC-01", "client", 3), ("SEC-01", "site:A", 11), ("SEC-01", "site:B", 11)]


@pytest.mark.parametrize(
    ("a", "b", "claimed"),
    [("yes", "yes", "yes"), ("yes", "partly", "partly"), ("yes", "no", None), ("yes", None, None)],
)
def test_the_client_as_a_whole_claims_what_all_its_scopes_claim(a: str, b: str | None, claimed: str | None) -> None:
    given = intake(answer(a, "SEC-01", "site:A"), answer(b, "SEC-01", "site:B"), sites=SITES)
    whole = all_verdicts([SITE], given, [finding(controls=["SEC-01"])])[0]
    assert (whole.scope, whole.claimed, whole.contradicted) == ("client", claimed, claimed is not None)


def test_a_question_about_the_whole_makes_no_line_of_its_own() -> None:
    asked = finding("indicator", controls=["SEC-01"])
    found = all_verdicts([SITE], intake(sites=SITES), [asked])
    assert [(one.scope, one.findings) for one in found] == [("site:A", (asked.id,)), ("site:B", (asked.id,))]


def test_an_answer_for_the_whole_is_kept_beside_the_sites() -> None:
    found = all_verdicts([SITE], intake(answer("no", "SEC-01"), sites=SITES))
    assert short(found) == [("SEC-01", "client", 5), ("SEC-01", "site:A", 11), ("SEC-01", "site:B", 11)]


def test_a_false_positive_counts_nowhere() -> None:
    given = intake(answer("yes"))
    review = [decision("false_positive", finding=VIOLATION.id)]
    [found] = all_verdicts([control()], given, [VIOLATION], review=review)
    assert (found.row, found.findings) == (9, ())


@pytest.mark.parametrize("kind", ["confirmed", "accepted_risk"])
def test_confirmed_and_accepted_findings_keep_the_verdict(kind: str) -> None:
    [found] = all_verdicts([control()], intake(), [VIOLATION], review=[decision(kind, finding=VIOLATION.id)])
    assert (found.row, found.findings) == (3, (VIOLATION.id,))


def test_the_latest_decision_holds() -> None:
    first = decision("false_positive", date(2026, 9, 2), finding=VIOLATION.id)
    second = decision("confirmed", date(2026, 9, 3), finding=VIOLATION.id)
    for review in ([first, second], [second, first]):
        assert all_verdicts([control()], intake(), [VIOLATION], review=review)[0].row == 3


@pytest.mark.parametrize(
    ("about", "dated", "kind", "row"),
    [
        ({}, date(2026, 9, 1), "confirmed", 8),
        ({"scope": "client"}, date(2026, 9, 30), "confirmed", 8),
        ({"scope": "site:A"}, date(2026, 9, 1), "confirmed", 9),
        ({}, None, "confirmed", 9),
        ({}, date(2026, 10, 1), "confirmed", 9),
        ({}, date(2026, 9, 1), "accepted_risk", 9),
    ],
)
def test_a_document_counts_when_dated_and_confirmed(about: Any, dated: date | None, kind: str, row: int) -> None:
    given = intake(answer("yes", evidence="policy.pdf", evidence_date=dated))
    [found] = all_verdicts([control()], given, review=[decision(kind, control="REC-01", **about)])
    assert found.row == row


def test_a_confirmation_without_a_document_counts_for_nothing() -> None:
    given = intake(answer("yes", evidence_date=date(2026, 9, 1)))
    assert all_verdicts([control()], given, review=[decision("confirmed", control="REC-01")])[0].row == 9


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    findings = [finding(subject=str(number), severity="low", controls=["REC-01", "SEC-01"]) for number in range(5)]
    given = intake(answer("yes"), answer("yes", "SEC-01", "site:A"), sites=SITES)
    turned = intake(answer("yes", "SEC-01", "site:A"), answer("yes"), sites=("A", "B"))
    checks = [check(), check(check="z")]
    one = all_verdicts([control(), SITE], given, findings, checks=checks)
    assert one == all_verdicts([SITE, control()], turned, findings[::-1], checks=checks[::-1])
