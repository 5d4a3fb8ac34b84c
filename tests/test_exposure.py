"""Exposure: the vectors of the guidelines, what counts as an infringement, and how it is shown."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from example_run import HOSTILE, example_run
from hypothesis import given
from hypothesis import strategies as st
from made import AS_OF, catalogue, control, finding, profile

from gdpr_assess.assessment import exposure
from gdpr_assess.assessment.exposure_steps import starting_range
from gdpr_assess.assessment.infringements import tiers_of
from gdpr_assess.catalogue import Control
from gdpr_assess.law import BANDS, TIERS, Band, Tier, fines
from gdpr_assess.model import Finding, Verdict
from gdpr_assess.notebook.views import Pages
from gdpr_assess.report.context import Report

NO = 5


def verdict(name: str = "REC-01", value: str = "not_met", row: int = 3, **changes: Any) -> Verdict:
    method = "declared" if row == NO else "tested"
    return Verdict.model_validate({"control": name, "verdict": value, "method": method, "row": row} | changes)


def exposed(
    *controls: Control,
    verdicts: list[Verdict] | None = None,
    findings: tuple[Finding, ...] = (),
    as_of: date = AS_OF,
    **said: Any,
) -> dict[str, Any]:
    known = controls or (control(articles=["6(1)"]),)
    judged = [verdict(one.id, row=NO) for one in known] if verdicts is None else verdicts
    who = profile(**({"turnover_eur": 30e6, "turnover_year": 2025} | said))
    return exposure(who, findings, judged, catalogue(*known), as_of)


# --- the guidelines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turnover", "tier", "band", "maximum", "low", "high"),
    [
        (1_500_000, "83(4)", "low", 10e6, 0, 4_000),
        (2_000_000, "83(4)", "high", 10e6, 4_000, 40_000),
        (8_000_000, "83(5)", "medium", 20e6, 6_000, 80_000),
        (30_000_000, "83(5)", "medium", 20e6, 30_000, 400_000),
        (80_000_000, "83(5)", "high", 20e6, 320_000, 4_000_000),
        (200_000_000, "83(4)", "medium", 10e6, 150_000, 1_000_000),
        (400_000_000, "83(5)", "low", 20e6, 0, 2_000_000),
        (1_000_000_000, "83(5)", "high", 40e6, 8_000_000, 40_000_000),
    ],
)
def test_vectors_of_the_guidelines(
    turnover: float, tier: Tier, band: Band, maximum: float, low: float, high: float
) -> None:
    found = starting_range(turnover, tier, band, fines().eu)
    assert (found.maximum, *found.adjusted) == (maximum, low, high)


@pytest.mark.parametrize(
    ("band", "low", "high"), [("low", 0, 3_480), ("medium", 1_740, 6_960), ("high", 3_480, 34_800)]
)
def test_the_first_line_of_the_british_table(band: Band, low: float, high: float) -> None:
    found = starting_range(2_000_000, "83(4)", band, fines().uk)
    assert found.adjusted == (low, high)
    assert not found.verified


@given(st.floats(0, 1e11), st.floats(0, 1e11), st.sampled_from(TIERS), st.sampled_from(BANDS))
def test_a_larger_group_never_has_a_smaller_range(one: float, two: float, tier: Tier, band: Band) -> None:
    small, large = (starting_range(turnover, tier, band, fines().eu) for turnover in sorted((one, two)))
    assert small.adjusted[0] <= large.adjusted[0]
    assert small.adjusted[1] <= large.adjusted[1] <= large.maximum


@pytest.mark.parametrize(
    ("turnover", "lower", "upper"),
    [(0, 10e6, 20e6), (500e6, 10e6, 20e6), (500_000_050, 10_000_001, 20_000_002), (3e9, 60e6, 120e6)],
)
def test_the_legal_maximum_is_the_higher_of_amount_and_share(turnover: float, lower: float, upper: float) -> None:
    found = exposed(turnover_eur=turnover)
    assert [(one["tier"], one["maximum"]) for one in found["maxima"]] == [("83(4)", lower), ("83(5)", upper)]
    assert {one["status"] for one in found["maxima"]} == {"verified"}


@pytest.mark.parametrize(("turnover", "status"), [(2e6, "verified"), (8e6, "memory"), (30e6, "verified")])
def test_a_range_that_rests_on_an_unread_figure_is_marked(turnover: float, status: str) -> None:
    found = exposed(turnover_eur=turnover)
    assert found["range"]["status"] == status
    assert {step["step"] for step in found["steps"] if step["status"] == "memory"} == (
        {"size"} if status == "memory" else set()
    )


def test_nothing_is_computed_where_the_turnover_is_unknown() -> None:
    found = exposed(turnover_eur=None, countries_served=["SE", "GB"])
    assert not {"maxima", "steps", "range", "uk"} & found.keys()
    assert found["infringements"]
    assert found["cases"]


def test_where_nothing_was_found_there_is_no_range_and_no_case() -> None:
    found = exposed(verdicts=[])
    assert (found["range"], found["steps"], found["cases"]) == (None, [], [])
    assert found["maxima"]


def test_every_step_is_there_with_law_source_and_status() -> None:
    steps = exposed()["steps"]
    assert [step["step"] for step in steps] == [
        "infringements", "seriousness", "starting", "size", "circumstances", "maximum", "proportionate",
    ]  # fmt: skip
    assert all(step["article"].startswith("83(") and step["sources"] for step in steps)


def test_british_rules_count_only_where_people_there_are_served_or_there_is_an_establishment() -> None:
    assert "uk" not in exposed()
    assert exposed(uk_establishment=True)["uk"]["range"]["currency"] == "GBP"
    assert exposed(main_country="GB", countries_served=["IE"]).keys() >= {"uk", "range"}
    uk = exposed(countries_served=["SE", "UK"])["uk"]
    assert (uk["range"]["currency"], uk["range"]["status"]) == ("GBP", "memory")
    assert "maxima" not in exposed(countries_served=["GB"], main_country="GB")


def test_breaches_of_british_marketing_rules_reach_the_higher_tier_since_february_2026() -> None:
    calls = control("TEL-01", articles=["ePrivacy Directive 2002/58/EC, 13(1)"])

    def british(day: date) -> Any:
        return exposed(calls, as_of=day, countries_served=["GB", "SE"])["uk"]["range"]

    assert british(date(2026, 2, 4)) is None
    assert british(date(2026, 2, 5))["tier"] == "83(5)"


def test_the_result_is_plain_json_and_always_the_same() -> None:
    first, second = exposed(countries_served=["GB", "SE"]), exposed(countries_served=["GB", "SE"])
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


# --- infringements ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "roles", "tiers"),
    [
        (["32(1)", "5(1)(f)"], ["controller"], ["83(4)", "83(5)"]),
        (["GDPR 28(3)(a)"], ["controller"], ["83(4)"]),
        (["88(1)"], ["controller"], ["83(5)"]),
        (["24(1)"], ["controller"], ["83(5)"]),
        (["24(1)", "32(4)"], ["controller"], ["83(4)"]),
        (["4(11)", "40"], ["joint_controller"], ["83(5)"]),
        (["PCI DSS 4.0.1, 3.2.1", "recital 32", "AI Act 50(1)"], ["controller"], []),
        (["5(1)(f)", "32(1)", "30(2)(c)"], ["processor"], ["83(4)", "83(4)"]),
        (["6(1)", "24(1)"], ["processor"], []),
        (["46(1)"], ["processor"], ["83(5)"]),
        (["33(1)"], ["processor"], []),
    ],
)
def test_tiers_of_cited_articles(articles: list[str], roles: list[str], tiers: list[str]) -> None:
    assert tiers_of(articles, roles, fines()) == tiers


def test_only_violations_and_plain_noes_to_read_duties_count() -> None:
    known = [
        control("REC-01"),
        control("REC-02", authority="good_practice"),
        control("REC-03", status="memory"),
        control("REC-04"),
        control("REC-05", articles=["32(1)"]),
    ]
    judged = [
        verdict("REC-01", "partly", row=6),
        verdict("REC-02", "partly", row=3),
        verdict("REC-03", "not_met", row=3),
        verdict("REC-04", "met", row=9),
        verdict("REC-05", "not_met", row=NO),
    ]
    assert [one["control"] for one in exposed(*known, verdicts=judged)["infringements"]] == ["REC-05"]


def test_a_violation_is_charged_with_its_own_articles_and_an_indicator_with_none() -> None:
    broken, asked = finding(articles=["5(1)(e)"]), finding("indicator", subject="flow:F2", articles=["9(1)"])
    found = exposed(verdicts=[verdict(findings=(broken.id, asked.id))], findings=(broken, asked))
    assert found["infringements"][0]["articles"] == ["5(1)(e)"]


def test_what_no_verdict_holds_is_not_charged() -> None:
    false_positive = finding(articles=["9(1)"])
    assert exposed(verdicts=[verdict(value="met", row=9)], findings=(false_positive,))["infringements"] == []


def test_linked_infringements_stay_below_the_maximum_of_the_gravest() -> None:
    found = exposed(control("SEC-01", articles=["32(1)"]), control("LAW-01", articles=["6(1)"]), turnover_eur=600e6)
    assert found["range"]["maximum"] == 24e6
    assert found["range"]["high"] <= 24e6
    assert {row["tier"] for row in found["steps"][2]["tiers"]} == {"83(4)", "83(5)"}


@pytest.mark.parametrize(
    ("said", "changes", "band"),
    [
        ({}, {"row": NO}, "medium"),
        ({}, {"row": 3}, "medium"),
        ({}, {"row": 3, "contradicted": True}, "high"),
        ({"special_categories": True}, {"row": 3}, "high"),
        ({"serves_children": True}, {"row": 3}, "high"),
        ({}, {"row": 4, "value": "partly"}, "medium"),
    ],
)
def test_seriousness_follows_severity_evidence_and_fault(said: Any, changes: Any, band: str) -> None:
    broken = finding(articles=["6(1)"])
    against = () if changes["row"] == NO else (broken,)
    found = exposed(verdicts=[verdict(**changes, findings=tuple(f.id for f in against))], findings=against, **said)
    assert found["infringements"][0]["seriousness"] == band


@pytest.mark.parametrize(("records", "points"), [(1, 5), (99, 5), (100, 6), (10_000, 7)])
def test_single_records_weigh_less_than_many(records: int, points: int) -> None:
    broken = finding(source="practices", params={"exceptions": records})
    found = exposed(verdicts=[verdict(findings=(broken.id,))], findings=(broken,))
    assert found["infringements"][0]["points"] == points


def test_a_high_severity_is_never_in_the_low_band() -> None:
    rule = fines().seriousness_rule
    assert rule.band(rule.severity["high"]) == "medium"


def test_circumstances_have_a_direction_and_no_figure_in_per_cent() -> None:
    facts = {fact["fact"]: fact for fact in exposed(special_categories=True)["circumstances"]}
    assert facts["special_categories"]["direction"] == "up"
    assert facts["special_categories"]["in_band"] is True
    assert facts["previous"]["direction"] == facts["fault"]["direction"] == "open"
    assert all(fact.keys() == {"fact", "direction", "article", "count", "in_band"} for fact in facts.values())


def test_cases_are_chosen_by_theme_and_say_what_is_alike() -> None:
    found = exposed(control("XFR-02", articles=["46(1)"]), countries_served=["FR"])
    assert all("XFR" in case["shared_domains"] for case in found["cases"])
    assert found["cases"][0]["id"] == "fr_futura_2019"
    assert found["cases"][0]["same_country"] is True
    assert found["cases"][0]["shared_articles"] == ["46"]
    assert found["no_fine"][0]["id"] == "eu_fault_turnover_2025"


def test_one_theme_does_not_fill_the_list() -> None:
    found = exposed(control("TEL-01", articles=["21(2)"]), control("DSR-01", articles=["15(3)"]))
    assert {domain for case in found["cases"] for domain in case["shared_domains"]} == {"TEL", "DSR"}


def shown(found: dict[str, Any], lang: str = "en") -> str:
    run = example_run().model_copy(update={"exposure": found})
    return Pages(Report(run, lang)).headline._repr_html_()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_shows_the_range_every_step_and_the_cases(lang: str) -> None:
    found = exposed(control("REC-01", articles=["6(1)"]), countries_served=["SE", "GB"], turnover_eur=80e6)
    page, t = shown(found, lang), Report(example_run(), lang).t
    for step in found["steps"]:
        assert t(f"exposure.step_{step['step']}") in page
    assert t("exposure.money_EUR", amount=found["range"]["high"]) in page
    assert t("exposure.uk_marked", low=0.8, high=0.95) in page
    assert all(t(f"cases.{case['id']}") in page for case in found["cases"])
    assert "[en]" not in page


def test_the_report_says_where_no_amount_was_calculated() -> None:
    page = shown(exposed(turnover_eur=None))
    assert "no amount was calculated" in page
    assert "€" not in page


def test_the_report_says_where_nothing_was_found() -> None:
    assert "there is no range" in shown(exposed(verdicts=[]))


def test_a_run_without_exposure_has_no_section_on_fines() -> None:
    assert 'id="exposure"' not in shown({})


def test_what_is_shown_is_escaped() -> None:
    found = exposed() | {"document": HOSTILE}
    found["cases"][0]["party"] = HOSTILE
    page = shown(found)
    assert HOSTILE not in page
    assert page.count("&lt;img") == 2
