"""Transfer sheets per destination and contract checklists per processor: what is known, missing and asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from example_run import example_run

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows import RULES, assess, register
from gdpr_assess.flows.contract_points import Checklist, Point, contract_points
from gdpr_assess.flows.destinations import Destination, destinations
from gdpr_assess.flows.rule import EXAMPLE_PROFILE
from gdpr_assess.lang import FALLBACK_MARK, LANGUAGES, texts
from gdpr_assess.model import Assessment, Intake, ReviewDecision, Verdict
from gdpr_assess.report.client_books import write_client_books
from gdpr_assess.report.context import Report
from gdpr_assess.report.prepared import prepared
from gdpr_assess.report.sheets_view import prepared_sheets
from gdpr_assess.report.transfer_book import transfer_overview

DAY = date(2026, 9, 30)
PARTNERS: list[dict[str, Any]] = [
    {"id": "P1", "name": "=Centre", "country": "PH", "role": "processor", "contract": True, "own_purposes": False},
    {"id": "P2", "name": "Speech", "country": "US", "role": "sub_processor", "engaged_by": "P1", "authorised": False,
     "contract": False, "dpf_listed": True, "parent_country": "US"},
    {"id": "P3", "name": "Cloud", "country": "IE", "role": "processor"},
]  # fmt: skip
SYSTEMS = [
    {"id": "S1", "name": "CRM", "kind": "crm", "operator": "P3", "hosting_country": "IE", "access_countries": ["TN"]}
]
FLOWS: list[dict[str, Any]] = [
    {"id": "F1", "source": "S1", "target": "P1", "kind": "remote_access", "purpose": "service", "encrypted": True,
     "transfer_tool": "scc_module_1", "data_categories": ["identity", "health"], "tia_date": "2025-03-01"},
    {"id": "F2", "source": "P1", "target": "P2", "kind": "disclosure", "purpose": "quality"},
]  # fmt: skip


def made(**changes: Any) -> Assessment:
    parts = {"partners": PARTNERS, "systems": SYSTEMS, "flows": FLOWS}
    verdicts, review = changes.pop("verdicts", ()), changes.pop("review", ())
    intake = Intake.model_validate({"profile": EXAMPLE_PROFILE} | parts | changes)
    return Assessment(
        package_version="1", catalogue_fingerprint="f", inputs=(), as_of=DAY, client=intake.profile, review=review,
        partners=intake.partners, systems=intake.systems, flows=intake.flows, findings=tuple(assess(intake, DAY)),
        register_=tuple(register(intake, DAY)), verdicts=verdicts,
    )  # fmt: skip


def by_land(run: Assessment) -> dict[str, Destination]:
    return {item.land: item for item in destinations(run)}


def points(run: Assessment, partner: str) -> dict[str, Point]:
    made = Checklist(run)
    return {p.point.id: p for p in made.of(next(x for x in made.partners() if x.id == partner))}


def test_each_third_country_has_a_sheet_with_what_goes_there() -> None:
    found = by_land(made())
    assert {land: [m.transfer.flow.id for m in d.movements] for land, d in found.items()} == {
        "PH": ["F1"], "US": ["F2"], "TN": [],
    }  # fmt: skip
    (movement,) = found["PH"].movements
    assert (movement.exporter_roles, movement.importer_roles) == (("processor",), ("processor",))
    assert movement.fitting == ("scc_module_2", "scc_module_3")
    assert [finding.rule for finding in movement.findings] == ["SCC_WRONG_MODULE"]
    assert [finding.rule for finding in found["TN"].findings] == ["REMOTE_ACCESS_NOT_MAPPED"]


def test_law_at_the_day_is_given_with_its_status() -> None:
    law = {land: [(fact.code, fact.status) for fact in item.law] for land, item in by_land(made()).items()}
    assert law["PH"] == [("adequacy_none", "verified"), ("old_clauses", "verified"), ("local_law", "open")]
    assert [code for code, _ in law["US"]] == ["adequacy_conditional", "limits_US", "note_US", "local_law"]


def test_a_listed_recipient_needs_no_assessment() -> None:
    found = by_land(made())
    assert (found["US"].safe, found["PH"].safe) == (True, False)


def test_questions_are_prefilled_from_the_intake() -> None:
    known = by_land(made())["PH"].known
    assert [fact.params for fact in known["transit"]] == [{"flow": "F1", "answer": "yes"}]
    assert [(fact.params["name"], fact.params["land"]) for fact in known["onward"]] == [("Speech", "US")]


def test_checklist_says_what_is_stated_missing_and_asked() -> None:
    centre, speech = points(made(), "P1"), points(made(), "P2")
    status = {name: point.status for name, point in centre.items()}
    assert status == {
        "contract": "stated", "guarantees": "ask", "a": "stated", "b": "ask", "c": "ask", "d": "missing",
        "flow_down": "missing", "e": "ask", "f": "ask", "g": "ask", "h": "ask", "transfers": "missing",
    }  # fmt: skip
    assert (speech["contract"].status, speech["transfers"].status) == ("missing", "stated")
    assert "transfers" not in points(made(), "P3")


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ({"verdict": "met", "method": "declared", "row": 9, "claimed": "yes"}, "stated"),
        ({"verdict": "met", "method": "documented", "row": 8, "claimed": "yes"}, "shown"),
        ({"verdict": "not_met", "method": "declared", "row": 5, "claimed": "no"}, "missing"),
        ({"verdict": "not_assessed", "row": 11}, "ask"),
    ],
)
def test_an_answer_alone_is_never_shown(verdict: dict[str, Any], status: str) -> None:
    seen = Verdict.model_validate({"control": "PRO-10", "scope": "processor:P3"} | verdict)
    assert points(made(verdicts=(seen,)), "P3")["h"].status == status


def test_a_finding_that_was_rejected_counts_nowhere() -> None:
    finding = next(f for f in made().findings if f.rule == "SCC_WRONG_MODULE")
    rejected = ReviewDecision(finding=finding.id, decision="false_positive", reason="r", by="A", on=DAY)
    run = made(review=(rejected,))
    assert by_land(run)["PH"].movements[0].findings == ()
    assert points(run, "P1")["transfers"].status == "ask"


def test_checklist_names_controls_of_one_processor_and_rules_that_exist() -> None:
    controls = load_catalogue().controls
    assert {c for point in contract_points() for c in point.controls if controls[c].scope != "processor"} == set()
    assert {rule for point in contract_points() for rule in point.rules} <= set(RULES)
    covered = {article for point in contract_points() for article in point.articles}
    assert {f"28(3)({letter})" for letter in "abcdefgh"} | {"28(2)", "28(4)"} <= covered


@pytest.mark.parametrize("lang", LANGUAGES)
def test_workbooks_speak_the_readers_language_and_hold_no_live_formula(lang: str, tmp_path: Path) -> None:
    paths = write_client_books(Report(made(), lang), tmp_path)
    assert [path.name for path in paths] == ["register.xlsx", "transfers.xlsx", "contracts.xlsx"]
    for path in paths:
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert {cell.coordinate for cell in cells if cell.data_type == "f"} == set()
        shown = [str(cell.value) for cell in cells if cell.value is not None]
        assert [text for text in shown if FALLBACK_MARK in text or "{" in text] == []
        assert any("=Centre" in text for text in shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_client_gets_drop_downs_and_a_sheet_per_destination_and_processor(lang: str, tmp_path: Path) -> None:
    write_client_books(Report(made(), lang), tmp_path)
    transfers = openpyxl.load_workbook(tmp_path / "transfers.xlsx")
    assert len(transfers.sheetnames) == 1 + 3 + 1
    assert transfers.worksheets[-1].sheet_state == "hidden"
    sheet = transfers[Report(made(), lang).country("PH")]
    assert sum(len(v.sqref.ranges) for v in sheet.data_validations.dataValidation) >= 18
    contracts = openpyxl.load_workbook(tmp_path / "contracts.xlsx")
    assert contracts.sheetnames[2] == "Speech"
    assert contracts["Speech"].data_validations.count == 1


def test_nothing_is_written_where_there_is_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "transfers.xlsx").write_text("of an older run")
    assert write_client_books(Report(made(partners=[], systems=[], flows=[]), "en"), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_plan_points_to_the_prepared_workbooks() -> None:
    t, run = texts("en"), made()
    assert prepared(["XFR-04"], run, t) == [t("register.plan_transfers")]
    assert prepared(["PRO-10", "GOV-05"], run, t) == [t("register.plan_contracts"), t("register.plan_register")]
    assert prepared(["XFR-04", "PRO-10"], made(partners=[], systems=[], flows=[]), t) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plan_shows_each_destination_and_each_processor_with_what_is_open(lang: str) -> None:
    report = Report(made(), lang)
    shown, t = prepared_sheets(report), texts(lang)
    for land in ("PH", "US", "TN"):
        assert f"<b>{report.country(land)}</b>" in shown
    assert f"<li>{t('flows.SCC_WRONG_MODULE', 'title')}</li>" in shown
    for name in ("<b>=Centre</b>", "<b>Speech</b>", "<b>Cloud</b>", f"<li>{t('register.point_flow_down')}</li>"):
        assert name in shown
    assert f"{t('register.status_missing')}: 3" in shown
    assert FALLBACK_MARK not in shown


def test_missing_assessments_and_unanswered_questions_are_open() -> None:
    flows = [flow | {"tia_date": None} for flow in FLOWS]
    shown = {land: to_do for land, *_, to_do in transfer_overview(Report(made(flows=flows), "en"))}
    assert "Impact assessment without a date: F1" in shown["Philippines"]
    assert "questions and measures of which nothing is known yet" in shown["Philippines"]
    assert "Impact assessment" not in shown["United States"], "the recipient is on the list"


def test_plan_without_transfers_and_processors_shows_no_sheets() -> None:
    assert prepared_sheets(Report(made(partners=[], systems=[], flows=[]), "en")) == ""


def test_run_of_an_older_version_is_still_rendered(tmp_path: Path) -> None:
    assert write_client_books(Report(example_run(), "en"), tmp_path)
