"""A text tried out in the gap analysis: marked as in the report, and taken over where the folder is at hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from example_run import HOSTILE, PHONE_ZH, example_run
from test_wording_upload import CLIENT, TEXT, upload

from gdpr_assess import intake as workbook
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.notebook.forms.client import READ_ONLY
from gdpr_assess.notebook.trial import Trial, try_a_text
from gdpr_assess.report.context import Report
from gdpr_assess.wording.files import MAX_BYTES
from gdpr_assess.workspace import ClientFolder


@pytest.fixture
def folder(tmp_path: Path) -> ClientFolder:
    client = ClientFolder(tmp_path / "client")
    workbook.save(client.intake, CLIENT, "en")
    return client


def trial(folder: ClientFolder, lang: str = "en") -> Trial:
    return Trial(Report(example_run(), lang), folder)


def checked(panel: Trial, text: str, kind: str = "recording_notice") -> str:
    panel.text.value, panel.fields["kind"].text = text, kind
    panel.check_button.click()
    return str(panel.shown.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_is_marked_as_in_the_report_with_what_is_missing_and_its_law(tmp_path: Path, lang: str) -> None:
    panel, t = trial(ClientFolder(tmp_path / "nobody"), lang), texts(lang)
    shown = checked(panel, PHONE_ZH)
    assert '<mark class="ga-high"' in shown
    for part in (
        t("wording.recording_before_choice", "title"), t("wording.recording_before_choice", "fix"),
        t("report.advice_before"), t("report.advice_after"), t("report.missing"), t("report.what_to_add"),
    ):  # fmt: skip
        assert part in shown
    assert "GDPR" in shown
    assert t("notebook.trial_elsewhere") in panel.below.children[0].value
    assert panel.taking is None
    assert list(tmp_path.iterdir()) == []


def test_before_the_first_check_nothing_of_the_folder_is_read(folder: ClientFolder) -> None:
    panel = trial(folder)
    assert "client" not in panel.__dict__
    assert panel.below.children == ()
    assert repr(try_a_text(panel.report, folder.run(date(2026, 9, 30)))) == "<try a text>"


def test_what_hinders_a_check_is_said(folder: ClientFolder) -> None:
    panel, t = trial(folder), texts("en")
    for text, kind, key in (
        (" ", "", "trial_empty"), (TEXT, "", "trial_kind"), ("x" * (MAX_BYTES + 1), "sales_script", "trial_long"),
    ):  # fmt: skip
        assert checked(panel, text, kind) == ""
        assert t(f"notebook.{key}") in panel.message.value


def test_a_file_is_loaded_into_the_field_and_a_wrong_one_refused(folder: ClientFolder) -> None:
    panel = trial(folder)
    upload(panel.upload, ("a.html", f"<p>{TEXT}</p>"))
    assert panel.text.value == TEXT
    upload(panel.upload, (f"{HOSTILE}.exe", b"MZ"))
    assert ".docx" in panel.upload.message.value
    assert HOSTILE not in panel.upload.message.value
    assert panel.text.value == TEXT
    assert not folder.wordings.exists()


def test_a_text_is_taken_over_as_the_next_version(folder: ClientFolder) -> None:
    panel = trial(folder)
    checked(panel, TEXT)
    assert panel.taking is not None
    assert [value for _, value in panel.which.options] == ["", "W1"]
    assert "Welcome to Fjordlys AS." in panel.taking.text.value
    panel.which.value = "W1"
    panel.taking.accept.click()
    assert texts("en")("forms.suggest_fill") in panel.taking.message.value
    panel.taking.text.value, panel.taking.since.value = "This call is recorded.", "2026-10-01"
    panel.taking.accept.click()
    assert "W1-v2.txt" in panel.taking.message.value
    rows = {row.id: row for row in workbook.read(folder.intake).intake.wordings}
    assert (rows["W1"].valid_to, rows["W1-v2"].valid_from) == (date(2026, 9, 30), date(2026, 10, 1))
    assert (folder.wordings / "W1-v2.txt").read_text(encoding="utf-8") == "This call is recorded."
    panel.taking.accept.click()
    assert texts("en")("forms.suggest_empty") in panel.taking.message.value
    checked(panel, TEXT)
    assert [value for _, value in panel.which.options] == ["", "W1-v2"]


def test_a_new_text_gets_an_id_of_its_own_also_when_the_workbook_changed_meanwhile(folder: ClientFolder) -> None:
    panel = trial(folder)
    panel.fields["country"].text = "DE"
    checked(panel, "Hello, this is Fjordlys. May we tell you about our offers?", "sales_script")
    assert panel.taking is not None
    assert [value for _, value in panel.which.options] == [""]
    renamed = CLIENT.model_copy(update={"profile": CLIENT.profile.model_copy(update={"headcount": 7})})
    workbook.save(folder.intake, renamed, "en")
    panel.taking.text.value = "Hello."
    panel.taking.accept.click()
    intake = workbook.read(folder.intake).intake
    new = intake.wordings[1]
    assert (new.id, new.kind, new.language, new.country, new.file) == ("W2", "sales_script", "en", "DE", "W2.txt")
    assert new.valid_from == date.today()
    assert intake.profile.headcount == 7


def test_a_version_that_ended_keeps_its_end(folder: ClientFolder) -> None:
    ended = CLIENT.wordings[0].model_copy(update={"valid_to": date(2025, 12, 31)})
    workbook.save(folder.intake, CLIENT.model_copy(update={"wordings": (ended,)}), "en")
    panel = trial(folder)
    checked(panel, TEXT)
    assert panel.taking is not None
    panel.which.value, panel.taking.text.value, panel.taking.since.value = "W1", "Hello.", "2026-10-01"
    panel.taking.accept.click()
    assert workbook.read(folder.intake).intake.wordings[0].valid_to == date(2025, 12, 31)


def test_a_folder_that_may_not_be_written_to_is_left_alone(folder: ClientFolder, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    panel = trial(folder)
    assert "<mark" in checked(panel, TEXT)
    assert panel.taking is None
    assert texts("en")("notebook.trial_elsewhere") in panel.below.children[0].value


def test_dashboards_for_reading_only_change_nothing(folder: ClientFolder, monkeypatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    panel = trial(folder)
    assert "ga-" in checked(panel, TEXT)
    assert panel.taking is None
    assert texts("en")("notebook.trial_elsewhere") in panel.below.children[0].value


def test_what_is_pasted_is_escaped(folder: ClientFolder) -> None:
    panel = trial(folder)
    assert HOSTILE not in checked(panel, f"{TEXT} {HOSTILE}")
    assert "&lt;img" in panel.shown.value


def test_a_disk_that_refuses_is_said_and_nothing_is_entered(folder: ClientFolder) -> None:
    panel = trial(folder)
    checked(panel, TEXT)
    folder.wordings.write_text("a file where the folder should be", encoding="utf-8")
    assert panel.taking is not None
    panel.taking.text.value = "Hello."
    panel.taking.accept.click()
    assert "W2.txt" in panel.taking.message.value
    assert "ga-said-bad" in panel.taking.message.value
    assert len(workbook.read(folder.intake).intake.wordings) == 1
