"""A blank client filled through all five notebooks in JupyterLab: the same result as through the workbook."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from walk_through_lab import Consultant, browser_page, lab

from gdpr_assess import intake as workbook
from gdpr_assess import review
from gdpr_assess.cli import main
from gdpr_assess.lang import texts
from gdpr_assess.model import Answer, Evidence, Flow, Intake, Partner, Profile, RightsHandling, Site, System, Wording
from gdpr_assess.workspace import ClientFolder

AS_OF = date(2026, 9, 30)
CLIENT = Intake(
    profile=Profile(
        client_name="Fjordlys Kundeservice AS",
        main_country="SE",
        roles=("controller",),
        eu_establishments=("SE",),
        countries_served=("SE", "DE"),
        languages_served=("sv", "de"),
        report_language="en",
        channels=("phone", "email"),
        services=("inbound_support", "outbound_sales"),
        time_zone="Europe/Stockholm",
        turnover_eur=12_500_000.0,
        headcount=48,
        records_calls=True,
        uses_consent=True,
        dpo_appointed=False,
        privacy_contact="privacy@fjordlys.example",
        recording_basis="consent",
        recording_retention_days=90,
        plan_start=date(2026, 10, 5),
        weekly_capacity_days=4.0,
    ),
    sites=(Site(id="S1", name="Karlstad", country="SE", headcount=30, languages=("sv",), home_working=True),),
    partners=(Partner(id="P1", name="Voicebridge Inc.", country="PH", role="processor", contract=True),),
    systems=(
        System(id="Y1", name="Helpdesk", kind="ticketing", hosting_country="DE", access_countries=("SE", "PH"),
               mfa=True),
        System(id="Y2", name="Recorder", kind="recording", operator="P1", hosting_country="PH", in_use=True,
               data_categories=("identity", "call_recording"), retention_days=90),
    ),
    flows=(
        Flow(id="F1", source="people", target="Y1", kind="collection", purpose="service", legal_basis="contract",
             data_categories=("identity", "contact"), encrypted=True),
        Flow(id="F2", source="S1", target="Y2", kind="disclosure", purpose="quality", legal_basis="consent",
             data_categories=("call_recording",), transfer_tool="none", volume_per_month=1200),
    ),
    rights=(
        RightsHandling(system="Y1", found_by=("email", "ticket"), export="open_format", correct="yes", delete="yes",
                       copies="partly", block="no", informs="yes", tells_recipients="yes", owner="it",
                       done_by="client", days=6, comment="Test made in May"),
        RightsHandling(system="Y2", found_by=("call_id",), export="none", delete="overwritten", overwritten_days=90,
                       opt_out="no", withdraw="yes", automated=True, human_review="partly", done_by="P1",
                       asked_after_days=4, days=20),
    ),
    wordings=(
        Wording(id="W1", kind="recording_notice", language="en", country="SE", channel="phone", basis="consent",
                text="This call is recorded. By staying on the line you agree.\nYour data are absolutely safe."),
    ),
    evidence=(
        Evidence(file="calls.csv", system="Y2", extracted_at="2026-09-29 08:00", covers_from=date(2026, 9, 1),
                 stated_rows=2, covers_to=date(2026, 9, 28), basis="census", time_zone="Europe/Stockholm"),
    ),
    answers=(
        Answer(control="GOV-01", answer="yes", evidence="policy.pdf", evidence_date=date(2026, 3, 1)),
        Answer(control="GOV-02", answer="no", comment="planned for spring"),
        Answer(control="REC-01", answer="yes"),
    ),
)  # fmt: skip
CALLS = (
    "call_id,started_at,direction,recorded,recording_started_at,consent,consent_at\n"
    "1,2026-09-03 10:00:00,inbound,yes,2026-09-03 10:00:00,none,\n"
    "2,2026-09-04 11:00:00,inbound,no,,refused,2026-09-04 11:00:20\n"
)


def blank_client(folder: Path) -> ClientFolder:
    """Make a client as `gdpr-assess init` does, with an export handed over."""
    result = CliRunner().invoke(main, ["init", str(folder)])
    assert result.exit_code == 0, result.output
    client = ClientFolder(folder)
    (client.evidence / "calls.csv").write_text(CALLS, encoding="utf-8")
    return client


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def fill_sheets(consultant: Consultant, *sheets: str) -> None:
    for name in sheets:
        for number, noun in enumerate(getattr(CLIENT, name), 1):
            consultant.add(noun, name, number)
        consultant.save(name)


def fill_answers(consultant: Consultant) -> None:
    for given in CLIENT.answers:
        area = consultant.t.word(given.control[:3])
        consultant._choose(consultant.page.locator(".answers-domain select"), area)
        question = consultant.page.locator(f".question-{given.control}-{given.scope}")
        question.wait_for()
        assert given.answer is not None
        question.locator(".field-answers-answer").get_by_label(consultant.t.word(given.answer), exact=True).check()
        consultant.type_in(given.model_copy(update={"answer": None, "control": "", "scope": ""}), "answers", question)
    consultant.save("answers")


def assess(consultant: Consultant) -> None:
    consultant.page.locator(".field-run-as_of input").fill(AS_OF.isoformat())
    consultant.click("assess")
    consultant.said("run", "assessment.json")


def decide(consultant: Consultant, form: str, decision: str) -> None:
    place = consultant.page.locator(f".form-{form}")
    place.locator(f".list-{form} option").first.wait_for(state="attached")
    place.locator(f".field-{form}-decision").get_by_label(consultant.t.word(decision), exact=True).check()
    place.locator(f".field-{form}-reason textarea").fill(f"seen on site: {form}")
    place.locator(f".field-{form}-by input").fill("A. Consultant")
    consultant.click(f"decide-{form}")
    consultant.said(form, "review.yaml")


def walk_through(consultant: Consultant) -> None:
    consultant.open("01_profile", ".applicable")
    consultant.type_in(CLIENT.profile, "profile")
    consultant.save("profile")
    fill_sheets(consultant, "partners", "sites")
    consultant.open("02_data_flows", ".preview-flow_map")
    fill_sheets(consultant, "systems", "flows", "rights")
    consultant.page.locator(".preview-rights .ga-rights").wait_for()
    consultant.page.locator(".preview-flow_map figure img").wait_for()
    consultant.open("03_consent_wording", ".preview-marked")
    fill_sheets(consultant, "wordings")
    consultant.page.locator(".preview-marked mark").first.wait_for()
    consultant.open("04_channel_practices", ".preview-records")
    fill_sheets(consultant, "evidence")
    fill_answers(consultant)
    consultant.open("05_review", ".form-publish")
    assess(consultant)
    decide(consultant, "findings", "accepted_risk")
    decide(consultant, "documents", "confirmed")
    assess(consultant)
    assert consultant.errors() == 0


def workbook_route(client: ClientFolder, decided: ClientFolder) -> Path:
    """Fill the same client in the workbook, take the same decisions, and assess it."""
    workbook.save(client.intake, CLIENT, "en")
    decisions, _ = review.read_review(decided)
    for decision in decisions:
        review.set_decision(client, decision)
    command = [sys.executable, "-c", "from gdpr_assess.cli import main; main()", "assess", str(client.root)]
    subprocess.run([*command, "--as-of", AS_OF.isoformat()], check=True, capture_output=True)
    return client.run(AS_OF) / "assessment.json"


@pytest.mark.browser
def test_all_five_notebooks_give_what_the_workbook_gives(tmp_path: Path) -> None:
    client = blank_client(tmp_path / "forms" / "client")
    with lab(client.root, free_port()) as address, browser_page() as page:
        walk_through(Consultant(page, address))
        page.locator(".field-publish-by input").fill("A. Consultant")
        page.locator("button.publish").click()
        page.locator(".form-publish b", has_text="signed off by A. Consultant").wait_for()
    decisions, issues = review.read_review(client)
    assert [(d.decision, d.by) for d in decisions] == [
        ("accepted_risk", "A. Consultant"),
        ("confirmed", "A. Consultant"),
    ]
    assert (issues, review.is_intact(client, AS_OF)) == ([], True)
    other = blank_client(tmp_path / "workbook" / "client")
    expected = workbook_route(other, client)
    assert (client.run(AS_OF) / "assessment.json").read_bytes() == expected.read_bytes()


@pytest.mark.browser
def test_a_workbook_changed_meanwhile_is_shown_with_both_ways_on(tmp_path: Path) -> None:
    client = blank_client(tmp_path / "client")
    workbook.save(client.intake, CLIENT, "en")
    with lab(client.root, free_port()) as address, browser_page() as page:
        consultant = Consultant(page, address)
        consultant.open("01_profile", ".applicable")
        page.locator(".field-profile-headcount input").fill("49")
        workbook.save(client.intake, CLIENT.model_copy(update={"answers": ()}), "en")
        consultant.click("save-profile")
        consultant.said("profile", texts("en")("forms.changed")[:60])
        page.locator("button.reload-profile").wait_for()
        consultant.click("anyway-profile")
        consultant.said("profile", texts("en")("forms.saved"))
        page.locator(".field-profile-headcount input").fill("many")
        consultant.click("save-profile")
        page.locator(".field-profile-headcount .ga-wrong", has_text="not a number").wait_for()
    now = workbook.read(client.intake).intake
    assert now is not None
    assert (now.profile.headcount, now.answers) == (49, ())
