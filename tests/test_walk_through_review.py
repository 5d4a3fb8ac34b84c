"""The later steps of the walk-through in Python: texts marked, records recognised, decisions, assessment, sign-off."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from gdpr_assess import review
from gdpr_assess.installed import shipped
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.notebook.forms import evidence
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.evidence import EvidenceForm, EvidencePreview
from gdpr_assess.notebook.forms.flows import FlowPreview
from gdpr_assess.notebook.forms.review import documents, findings, gaps
from gdpr_assess.notebook.forms.run import RunForm, Runs, SignOff
from gdpr_assess.notebook.forms.wording import WordingForm, WordingPreview
from gdpr_assess.notebook.kernels import KERNEL, EncryptedManager
from gdpr_assess.notebook.lab import WALK_THROUGH, copy_notebooks
from gdpr_assess.workspace import ClientFolder

AS_OF = date(2026, 9, 30)
SAMPLE = "swedish_telesales"


@pytest.fixture
def folder(tmp_path: Path) -> ClientFolder:
    shutil.copytree(shipped("data_samples") / SAMPLE / "inputs", tmp_path / "client" / "inputs")
    return ClientFolder(tmp_path / "client")


@pytest.fixture
def client(folder: ClientFolder) -> OpenClient:
    return OpenClient(folder, "en")


def assessed(client: OpenClient) -> tuple[Runs, RunForm]:
    runs = Runs(client)
    form = RunForm(runs)
    form.as_of.value = AS_OF.isoformat()
    form.assess()
    assert "assessment.json" in form.message.value
    return runs, form


def cells(name: str) -> list[str]:
    notebook = nbformat.read(shipped("notebooks") / f"{name}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", WALK_THROUGH)
def test_every_cell_of_a_notebook_shows_a_part_and_saves_nothing_of_the_client(
    folder: ClientFolder, name: str, lang: str
) -> None:
    space: dict[str, Any] = {}
    parameters, opening, *parts = cells(name)
    exec(parameters, space)
    assert (space.pop("client"), space["lang"]) == ("", "en")
    exec(opening.rpartition("\n")[0], space | {"client": str(folder.root), "lang": lang}, space)
    for part in (opening.rpartition("\n")[2], *parts):
        bundle = eval(part, space)._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        assert bundle["text/plain"].strip("<>").replace(" ", "_") == part.removeprefix("page.")


def test_a_notebook_runs_headless_in_a_copy_beside_the_client(folder: ClientFolder) -> None:
    copied = copy_notebooks(folder.root / "notebooks")
    assert [path.stem for path in copied] == list(WALK_THROUGH)
    target = folder.root / "out.ipynb"
    papermill.execute_notebook(
        copied[1], target, parameters={"lang": "zh"}, kernel_name=KERNEL, kernel_manager_class=EncryptedManager,
        cwd=copied[1].parent, progress_bar=False, execution_timeout=120,
    )  # fmt: skip
    outputs = [cell.get("outputs", []) for cell in nbformat.read(target, as_version=4).cells]
    assert not [one for output in outputs for one in output if one.output_type in ("error", "stream")]
    assert "Norrviken" not in str(outputs)


def test_copies_that_a_consultant_changed_are_kept(tmp_path: Path) -> None:
    first = copy_notebooks(tmp_path)[0]
    first.write_text("mine", encoding="utf-8")
    copy_notebooks(tmp_path)
    assert first.read_text(encoding="utf-8") == "mine"


def test_texts_are_marked_and_files_offered(client: OpenClient) -> None:
    shown, form = WordingPreview(client), WordingForm(client)
    assert "<mark" in shown.html.value
    names = [path.name for path in client.folder.wordings.iterdir()]
    assert set(names) <= set(form.fields["file"].control.options)


def test_the_map_follows_what_is_saved(client: OpenClient) -> None:
    shown = FlowPreview(client)
    before = shown.html.value
    assert "data:image/svg+xml" in before
    assert client.save("flows", client.typed["flows"][:1]).result == "saved"
    client.tell_slow()
    assert shown.html.value != before


def test_records_are_recognised_and_checked(client: OpenClient) -> None:
    shown = EvidencePreview(client)
    assert all(path.name in shown.files.value for path in client.folder.evidence.glob("*.csv"))
    assert 'id="check-list"' in shown.html.value


def test_large_exports_wait_for_a_click(client: OpenClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "SMALL", 10)
    shown = EvidencePreview(client)
    assert shown.html.value == ""
    shown.check_button.click()
    assert 'id="check-list"' in shown.html.value


def test_a_new_entry_of_the_index_takes_a_file_that_has_none(client: OpenClient) -> None:
    (client.folder.evidence / "zz_more.csv").write_text("call_id\n1\n", encoding="utf-8")
    form = EvidenceForm(client)
    form.add()
    assert form.fields["file"].text == "zz_more.csv"


def test_a_wrong_date_is_said_and_nothing_is_written(client: OpenClient) -> None:
    form = RunForm(Runs(client))
    form.as_of.value = "30.9.2026"
    form.assess()
    assert "30.9.2026" in form.message.value
    assert client.folder.run_dates() == []


def test_without_a_workbook_every_page_says_what_to_do(tmp_path: Path) -> None:
    client = OpenClient(ClientFolder(tmp_path), "zh")
    form = RunForm(Runs(client))
    form.assess()
    assert texts("zh")("forms.not_assessed") in form.message.value
    assert texts("zh")("forms.profile_first") in WordingPreview(client).html.value


def test_a_decision_needs_reason_and_name_and_counts_at_the_next_assessment(client: OpenClient) -> None:
    runs, form = assessed(client)
    listed = findings(runs)
    listed.decide()
    assert texts("en")("forms.needs_reason") in listed.message.value
    chosen = listed.list.value[0]
    listed.decision.value, listed.reason.value, listed.by.value = "false_positive", "test line <b>", "A. Consultant"
    listed.decide()
    assert texts("en")("values.false_positive") in listed.list.options[0][0]
    (made,) = review.read_review(client.folder)[0]
    assert (made.finding, made.decision, made.reason) == (chosen, "false_positive", "test line <b>")
    form.assess()
    assert runs.report is not None
    assert runs.report.run.review == (made,)
    assert "test line &lt;b&gt;" in listed.detail.value


def test_only_undecided_can_be_shown(client: OpenClient) -> None:
    runs, _ = assessed(client)
    listed = findings(runs)
    before = len(listed.list.options)
    listed.reason.value, listed.by.value = "seen", "A. Consultant"
    listed.decide()
    listed.only_open.value = True
    assert len(listed.list.options) == before - 1


def test_documents_and_gaps_are_decided_by_control_and_scope(client: OpenClient) -> None:
    runs, _ = assessed(client)
    for listed in (documents(runs), gaps(runs)):
        listed.reason.value, listed.by.value = "read", "A. Consultant"
        listed.decide()
    made = review.read_review(client.folder)[0]
    assert {(d.decision, d.finding) for d in made} == {("confirmed", None), ("accepted_risk", None)}
    assert all(d.control and d.scope for d in made)


def test_signing_off_needs_a_name_and_freezes_the_run(client: OpenClient) -> None:
    runs, form = assessed(client)
    sign = SignOff(runs)
    sign.sign()
    assert not review.is_published(client.folder, AS_OF)
    assert texts("en")("issues_review.no_name") in sign.message.value
    sign.by.value = "A. Consultant"
    sign.sign()
    assert review.is_intact(client.folder, AS_OF)
    assert sign.sign_button.disabled
    form.assess()
    assert texts("en")("issues_files.run_published") in form.message.value
