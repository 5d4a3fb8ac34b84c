"""The forms of the walk-through, driven in Python: they write the workbook that people also fill in Excel."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jupyterlab.commands import get_app_dir

from gdpr_assess import intake as workbook
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.words import choices
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Answer, Evidence, Flow, Intake, Partner, Profile, RightsHandling, Site, System, Wording
from gdpr_assess.notebook.forms.answers import AnswersForm
from gdpr_assess.notebook.forms.client import OpenClient, client_folder
from gdpr_assess.notebook.forms.fields import field
from gdpr_assess.notebook.forms.profile import Applicable, ProfileForm
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.typed import columns_of, judge, typed_noun, typed_sheets
from gdpr_assess.notebook.lab import SETTINGS
from gdpr_assess.workspace import ClientFolder

PROFILE = Profile(
    client_name="Ålands <b>Kund</b>tjänst; AB",
    main_country="SE",
    roles=("controller", "processor"),
    countries_served=("SE", "NO"),
    languages_served=("sv",),
    channels=("phone", "email"),
    services=("inbound_support",),
    turnover_eur=1_250_000.5,
    records_calls=True,
    uses_consent=False,
    dpo_other_tasks=("IT lead", "auditor"),
    plan_start=date(2026, 10, 5),
    recording_basis="consent",
)
FULL = Intake(
    profile=PROFILE,
    sites=(Site(id="S1", name="Umeå", country="SE", languages=("sv", "fi"), home_working=True),),
    partners=(Partner(id="P1", name="Outsourcer", country="PH", role="processor", contract_date=date(2025, 1, 31)),),
    systems=(System(id="Y1", name="CRM", kind="crm", operator="P1", data_categories=("identity", "health")),),
    flows=(Flow(id="F1", source="people", target="Y1", kind="collection", purpose="service"),),
    rights=(RightsHandling(system="Y1", found_by=("email", "ticket"), export="pdf_only", delete="partly", days=9),),
    wordings=(Wording(id="W1", kind="recording_notice", text="We record.\nSay no if you mind.", language="en"),),
    evidence=(Evidence(file="calls.csv", system="Y1", extracted_at="2026-09-30 14:05", basis="census"),),
    answers=(
        Answer(control="GOV-01", answer="yes", evidence="policy.pdf", evidence_date=date(2026, 1, 2)),
        Answer(control="GOV-02", answer="not_applicable", reason="no such thing", comment="=1+1"),
    ),
)


@pytest.fixture
def client(tmp_path: Path) -> OpenClient:
    opened = OpenClient(ClientFolder(tmp_path), "en")
    opened.create()
    return opened


def filled(client: OpenClient, intake: Intake = FULL) -> OpenClient:
    workbook.save(client.folder.intake, intake, "en")
    client.reload()
    return client


def read(client: OpenClient) -> Intake:
    result = workbook.read(client.folder.intake)
    assert not result.issues
    assert result.intake is not None
    return result.intake


def type_in(form: Any, noun: Any) -> None:
    typed = typed_noun(noun)
    for name, item in form.fields.items():
        item.text = typed.get(name, "")


def add(form: RowsForm, noun: Any) -> None:
    form.add()
    type_in(form, noun)


def without_places(intake: Intake) -> dict[str, Any]:
    return intake.model_dump()


def test_the_forms_write_the_same_bytes_as_the_workbook_route(client: OpenClient, tmp_path: Path) -> None:
    profile = ProfileForm(client)
    type_in(profile, FULL.profile)
    assert profile.bar.save().result == "saved"
    for name in ("partners", "sites", "systems", "flows", "rights", "wordings", "evidence"):
        form = RowsForm(client, name)
        for noun in getattr(FULL, name):
            add(form, noun)
        assert form.bar.save().result == "saved", form.bar.message.value
    answers = AnswersForm(client)
    for given in FULL.answers:
        answers.domain.value = given.control[:3]
        question = answers.questions[given.control, given.scope]
        question.fill(typed_noun(given))
    assert answers.bar.save().result == "saved"
    other = tmp_path / "other.xlsx"
    workbook.blank(other, "en")
    workbook.save(other, FULL, "en")
    assert without_places(read(client)) == without_places(FULL)
    assert client.folder.intake.read_bytes() == other.read_bytes()


def test_saving_without_a_change_writes_nothing(client: OpenClient) -> None:
    before = filled(client).folder.intake.stat().st_mtime_ns
    profile, sites, answers = ProfileForm(client), RowsForm(client, "sites"), AnswersForm(client)
    assert [form.bar.save().result for form in (profile, sites, answers)] == ["unchanged"] * 3
    assert client.folder.intake.stat().st_mtime_ns == before


def test_a_workbook_changed_meanwhile_is_not_overwritten(client: OpenClient) -> None:
    form = ProfileForm(filled(client))
    elsewhere = FULL.model_copy(update={"partners": ()}).model_copy(
        update={"systems": (), "flows": (), "rights": (), "evidence": ()}
    )
    workbook.save(client.folder.intake, elsewhere, "en")
    changed = client.folder.intake.read_bytes()
    form.fields["headcount"].text = "12"
    assert form.bar.save().result == "changed"
    assert texts("en")("forms.changed")[:40] in form.bar.message.value
    assert client.folder.intake.read_bytes() == changed
    assert form.bar.anyway_button.description == "Save this form anyway"


def test_saving_anyway_replaces_only_the_own_part(client: OpenClient) -> None:
    form = ProfileForm(filled(client))
    elsewhere = FULL.model_copy(update={"flows": (), "profile": PROFILE.model_copy(update={"headcount": 7})})
    workbook.save(client.folder.intake, elsewhere, "en")
    form.fields["headcount"].text = "12"
    form.bar.save()
    form.bar.anyway_button.click()
    now = read(client)
    assert (now.profile.headcount, now.flows, now.systems) == (12, (), FULL.systems)


def test_reading_again_shows_what_is_on_disk(client: OpenClient) -> None:
    form = ProfileForm(filled(client))
    elsewhere = FULL.model_copy(update={"profile": PROFILE.model_copy(update={"headcount": 7})})
    workbook.save(client.folder.intake, elsewhere, "en")
    form.fields["headcount"].text = "12"
    form.bar.save()
    form.bar.reload_button.click()
    assert form.fields["headcount"].text == "7"
    assert read(client).profile.headcount == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_stands_at_its_field_in_the_words_of_the_workbook(client: OpenClient, lang: str) -> None:
    opened = OpenClient(filled(client).folder, lang)
    form = ProfileForm(opened)
    form.fields["headcount"].text = "many"
    form.fields["countries_served"].text = "SE; Narnia"
    assert form.bar.save().result == "wrong"
    t = texts(lang)
    wanted = t("issues_intake.bad_number", field=t("intake.profile.headcount", "label"), found="many")
    assert wanted in form.fields["headcount"]._wrong.value
    assert "Narnia" in form.fields["countries_served"]._wrong.value
    assert form.fields["client_name"]._wrong.value == ""
    assert read(client).profile == PROFILE


def test_a_mistake_in_a_row_is_shown_with_that_row(client: OpenClient) -> None:
    form = RowsForm(filled(client), "flows")
    add(form, Flow(id="f1", source="people", target="Y1", kind="collection", purpose="service"))
    form.fields["retention_days"].text = "-3"
    form.pick(0)
    assert form.bar.save().result == "wrong"
    assert form.list.value == 1
    assert "less than 0" in form.fields["retention_days"]._wrong.value
    assert "already used" in form.fields["id"]._wrong.value
    assert form.list.options[1][0].startswith("⚠")


def test_what_others_refer_to_cannot_be_removed(client: OpenClient) -> None:
    form = RowsForm(filled(client), "partners")
    form.remove()
    assert form.bar.save().result == "wrong"
    assert "Systems" in form.bar.message.value
    assert read(client).partners == FULL.partners


def test_answers_about_what_is_removed_go_with_it_and_this_is_said(client: OpenClient) -> None:
    about = Answer(control="PRO-01", scope="processor:P2", answer="no")
    more = Partner(id="P2", name="Courier", country="DE", role="processor")
    update = {"partners": (*FULL.partners, more), "answers": (*FULL.answers, about)}
    form = RowsForm(filled(client, FULL.model_copy(update=update)), "partners")
    form.pick(1)
    form.remove()
    outcome = form.bar.save()
    assert (outcome.result, outcome.dropped_answers) == ("saved", 1)
    assert ": 1." in form.bar.message.value
    assert read(client).answers == FULL.answers


def test_mistakes_in_the_workbook_block_saving_and_are_listed(client: OpenClient) -> None:
    filled(client)
    from openpyxl import load_workbook

    book = load_workbook(client.folder.intake)
    sheet = book["Systems"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "CRM").offset(column=1)
    cell.value = "zeppelin"
    book.save(client.folder.intake)
    client.reload()
    before = client.folder.intake.read_bytes()
    form = ProfileForm(client)
    form.fields["headcount"].text = "12"
    assert form.bar.save().result == "blocked"
    assert "zeppelin" in form.bar.message.value
    assert client.folder.intake.read_bytes() == before


def test_a_workbook_that_is_open_in_excel_is_said(client: OpenClient, monkeypatch: pytest.MonkeyPatch) -> None:
    form = ProfileForm(filled(client))
    form.fields["headcount"].text = "12"

    def locked(*_: object) -> None:
        raise PermissionError("locked")

    monkeypatch.setattr("gdpr_assess.notebook.forms.client.save", locked)
    assert form.bar.save().result == "wrong"
    assert texts("en")("issues_intake.not_readable") in form.bar.message.value


def test_a_workbook_that_was_deleted_meanwhile_is_not_made_anew(client: OpenClient) -> None:
    form = ProfileForm(filled(client))
    client.folder.intake.unlink()
    assert form.bar.save().result == "changed"
    form.bar.anyway_button.click()
    assert texts("en")("forms.no_workbook_elsewhere") in form.bar.message.value
    assert not client.folder.intake.exists()


def test_entries_not_saved_survive_a_save_elsewhere(client: OpenClient) -> None:
    sites, partners = RowsForm(filled(client), "sites"), RowsForm(client, "partners")
    sites.add()
    sites.fields["name"].text = "Cebu"
    add(partners, Partner(id="P2", name="Cebu Voice", country="PH", role="sub_processor", engaged_by="P1"))
    assert partners.bar.save().result == "saved"
    assert sites.fields["name"].text == "Cebu"
    assert "P2" in [value for _, value in sites.fields["operator"].control.options]


def test_a_new_entry_has_the_next_id_and_the_usual_values(client: OpenClient) -> None:
    form = RowsForm(filled(client), "sites")
    form.add()
    assert (form.fields["id"].text, form.fields["operator"].text) == ("S2", "client")
    assert not form.fields["id"].control.disabled
    form.pick(0)
    assert form.fields["id"].control.disabled


def test_controls_are_counted_from_the_saved_profile(client: OpenClient) -> None:
    profile, shown = ProfileForm(client), Applicable(client)
    assert texts("en")("forms.profile_first") in shown.widget.value
    type_in(profile, PROFILE)
    profile.bar.save()
    before = shown.widget.value
    profile.fields["uses_ai"].text = "yes"
    profile.bar.save()
    assert "controls apply" in before
    assert shown.widget.value != before


def test_nothing_but_the_profile_can_be_saved_before_it(client: OpenClient) -> None:
    form = RowsForm(client, "partners")
    add(form, FULL.partners[0])
    assert form.bar.save().result == "wrong"
    assert texts("en")("forms.profile_first") in form.bar.message.value


def test_what_a_client_wrote_is_escaped_everywhere(client: OpenClient) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    form = ProfileForm(filled(client))
    form.fields["headcount"].text = hostile
    form.bar.save()
    assert "<img" not in form.bar.message.value + form.fields["headcount"]._wrong.value


@pytest.mark.parametrize("name", [sheet.name for sheet in SHEETS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_gives_back_what_it_is_given(name: str, lang: str) -> None:
    for column in columns_of(name):
        item = field(column, lang)
        offered = list(choices(column, lang))
        for typed in ["", "; ".join(offered[-2:][::-1]) if column.many else (offered or ["7"])[-1]]:
            item.text = typed
            assert item.text == typed, column.field
        assert item.help


def test_a_whole_intake_is_judged_as_the_workbook_is() -> None:
    intake, mistakes = judge(typed_sheets(FULL), "zh")
    assert intake is not None
    assert (without_places(intake), mistakes) == (without_places(FULL), [])


def test_a_typed_country_becomes_a_chip_and_an_unknown_one_stays_typed() -> None:
    column = next(column for column in columns_of("profile") if column.field == "countries_served")
    item = field(column, "zh")
    item.adder.value = "德国"  # type: ignore[attr-defined]
    item.adder.value = "Atlantis"  # type: ignore[attr-defined]
    assert item.text == "DE; Atlantis"
    item.chips.children[0].click()  # type: ignore[attr-defined]
    assert item.text == "Atlantis"


def test_a_question_stays_on_the_page_while_another_form_is_saved(client: OpenClient) -> None:
    answers, sites = AnswersForm(filled(client)), RowsForm(client, "sites")
    shown = dict(answers.questions)
    assert sites.bar.save(anyway=True).result == "unchanged"
    client.reload()
    assert shown
    assert all(answers.questions[key] is question for key, question in shown.items())


def test_lab_keeps_the_order_of_what_is_typed() -> None:
    """JupyterLab would hand the messages of forms to two threads; an override it does not know would be ignored."""
    plugin, name = "@jupyterlab/apputils-extension:kernels-settings", "commsOverSubshells"
    chosen = json.loads((SETTINGS / "overrides.json").read_text(encoding="utf-8"))[plugin][name]
    schema = Path(get_app_dir()) / "schemas" / plugin.replace(":", "/")
    offered = json.loads(schema.with_suffix(".json").read_text(encoding="utf-8"))["properties"][name]["oneOf"]
    assert chosen == "disabled"
    assert chosen in [choice["const"] for choice in offered]


def test_answers_are_asked_by_area_and_kept_while_turning_pages(client: OpenClient) -> None:
    form = AnswersForm(filled(client))
    form.domain.value = "GOV"
    form.questions["GOV-01", "client"].fields["comment"].text = "seen"
    form.domain.value = "LAW"
    form.domain.value = "GOV"
    assert form.questions["GOV-01", "client"].fields["comment"].text == "seen"
    form.which.value = "unanswered"
    assert ("GOV-01", "client") not in form.questions
    assert form.bar.save().result == "saved"
    assert read(client).answers[0].comment == "seen"


def test_an_answer_that_needs_a_reason_says_so(client: OpenClient) -> None:
    form = AnswersForm(filled(client))
    form.domain.value = "GOV"
    question = form.questions["GOV-01", "client"]
    question.answer.value = "not_applicable"
    assert form.bar.save().result == "saved"
    assert "needs a reason" in form.questions["GOV-01", "client"].fields["reason"]._wrong.value


def test_the_client_is_named_or_found_around_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.delenv("GDPR_ASSESS_CLIENT", raising=False)
    assert client_folder("").root == tmp_path
    monkeypatch.setenv("GDPR_ASSESS_CLIENT", str(tmp_path / "a"))
    assert client_folder("").root == tmp_path / "a"
    assert client_folder(str(tmp_path / "b")).root == tmp_path / "b"
