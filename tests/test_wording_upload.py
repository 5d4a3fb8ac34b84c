"""Texts loaded in notebook 03: kept below inputs/wordings, entered, marked; never outside, never over another file."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document

from gdpr_assess import intake as workbook
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.model import Intake, Profile, Wording
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.suggestion import SuggestionForm
from gdpr_assess.notebook.forms.upload import Upload, clean_name
from gdpr_assess.notebook.forms.wording import WordingForm, WordingPreview
from gdpr_assess.wording.files import MAX_BYTES, text_in
from gdpr_assess.workspace import ClientFolder

TEXT = "This call is recorded. By staying on the line you agree."
CLIENT = Intake(
    profile=Profile(
        client_name="Fjordlys AS", main_country="IE", roles=("controller",), countries_served=("IE",),
        channels=("phone",), services=("inbound_support",), privacy_contact="privacy@fjordlys.example",
    ),
    wordings=(
        Wording(id="W1", kind="recording_notice", language="en", country="IE", text=TEXT, valid_from=date(2025, 1, 1)),
    ),
)  # fmt: skip


def upload(control: Upload, *files: tuple[str, str | bytes]) -> None:
    """Choose files, as the browser tells of them."""
    control.control.value = tuple(
        {"name": name, "type": "", "size": len(data), "content": data if isinstance(data, bytes) else data.encode(),
         "last_modified": datetime(2026, 9, 30, tzinfo=UTC)}
        for name, data in files
    )  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> OpenClient:
    folder = ClientFolder(tmp_path / "client")
    workbook.save(folder.intake, CLIENT, "en")
    folder.wordings.mkdir(parents=True)
    return OpenClient(folder, "en")


def names(client: OpenClient) -> list[str]:
    """Return every file of the client's inputs, and nothing of what lies around them is new."""
    assert {path.name for path in client.folder.root.parent.iterdir()} == {"client"}
    assert {path.name for path in client.folder.inputs.iterdir()} == {"intake.xlsx", "wordings"}
    return sorted(path.name for path in client.folder.wordings.iterdir())


def test_files_are_kept_marked_and_entered_with_the_kind_chosen_in_the_form(client: OpenClient) -> None:
    form, shown = WordingForm(client), WordingPreview(client)
    upload(form.upload, ("Ansage Büro.TXT", "Calls are recorded. Silence means that you agree."), ("b.md", TEXT))
    assert form.upload.control.value == ()
    assert names(client) == ["Ansage_Büro.txt", "b.md"]
    assert "Silence means" in shown.html.value
    assert [entry.get("file") for entry in form.collect()] == [None, "Ansage_Büro.txt", "b.md"]
    assert form.fields["file"].text == "Ansage_Büro.txt"
    assert "b.md" in form.fields["file"].control.options
    assert form.bar.save().result == "wrong"
    for number in (1, 2):
        form.pick(number)
        form.fields["kind"].text = "recording_notice"
    assert form.bar.save().result == "saved"
    rows = workbook.read(client.folder.intake).intake.wordings
    assert [(row.id, row.file, row.kind) for row in rows[1:]] == [
        ("W2", "Ansage_Büro.txt", "recording_notice"), ("W3", "b.md", "recording_notice"),
    ]  # fmt: skip


def test_every_type_that_is_read_can_be_loaded(client: OpenClient) -> None:
    word = io.BytesIO()
    document = Document()
    document.add_paragraph(TEXT)
    document.save(word)
    mail = f"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
    files = [
        ("a.txt", TEXT),
        ("b.md", TEXT),
        ("c.html", f"<p>{TEXT}</p>"),
        ("d.docx", word.getvalue()),
        ("e.eml", mail),
    ]
    upload(WordingForm(client).upload, *files)
    assert names(client) == ["a.txt", "b.md", "c.html", "d.docx", "e.eml"]


def test_a_file_is_never_overwritten_and_the_same_is_not_kept_twice(client: OpenClient) -> None:
    (client.folder.wordings / "Notice.txt").write_text("ours", encoding="utf-8")
    form = WordingForm(client)
    upload(form.upload, ("Notice.txt", "theirs"), ("notice.txt", "a third"))
    assert (client.folder.wordings / "Notice.txt").read_text(encoding="utf-8") == "ours"
    assert names(client) == ["Notice-2.txt", "Notice.txt", "notice-3.txt"]
    upload(form.upload, ("Notice.txt", "ours"))
    assert "not kept twice: Notice.txt" in form.upload.message.value
    assert len(names(client)) == 3


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../evil.txt", "evil.txt"),
        ("..\\..\\evil.txt", "evil.txt"),
        ("/etc/cron.d/x.md", "x.md"),
        ("C:\\Users\\me\\Ansage v1.2.txt", "Ansage_v1_2.txt"),
        (".hidden.txt", "hidden.txt"),
        ("~$lock.docx", "lock.docx"),
        ("录音 告知.txt", "录音_告知.txt"),
        ("...txt", "text.txt"),
        ("con.txt", "text_con.txt"),
        ("a\nb<c>.html", "a_b_c.html"),
        (f"{'x' * 300}.txt", f"{'x' * 60}.txt"),
    ],
)
def test_names_are_clean_and_stay_in_the_folder(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("<b>run.exe", b"MZ", "file_type"),
        ("<b>big.txt", b"x" * (MAX_BYTES + 1), "file_too_large"),
        ("<b>broken.docx", b"PK no", "file_damaged"),
        ("<b>empty.md", b" \n", "file_empty"),
    ],
)
def test_a_refusal_names_the_file_and_what_is_allowed(
    client: OpenClient, name: str, data: bytes, code: str, lang: str
) -> None:
    form = WordingForm(OpenClient(client.folder, lang))
    upload(form.upload, (name, data))
    told = form.upload.message.value
    assert names(client) == []
    assert name.replace("<b>", "&lt;b&gt;") in told
    assert "<b>" not in told
    allowed = {"file_type": ".docx", "file_too_large": "2 MB"}.get(code, "")
    assert allowed in told
    (issue,) = text_in(data, name, name)[1]
    assert issue.code == f"wording.{code}"
    assert issue_text(issue, lang) in told
    assert len(form.collect()) == 1


def test_without_a_profile_nothing_is_kept(tmp_path: Path) -> None:
    form = WordingForm(OpenClient(ClientFolder(tmp_path / "client"), "en"))
    upload(form.upload, ("a.txt", TEXT))
    assert texts("en")("forms.profile_first") in form.upload.message.value
    assert list(tmp_path.iterdir()) == []


def test_what_is_accepted_meanwhile_stays_when_the_form_is_saved_later(client: OpenClient) -> None:
    form, suggestion = WordingForm(client), SuggestionForm(client)
    upload(form.upload, ("a.txt", TEXT))
    suggestion.text.value, suggestion.since.value = "This call is recorded.", "2026-10-01"
    suggestion.accept.click()
    assert [entry["id"] for entry in form.collect()] == ["W1", "W2", "W1-v2"]
    form.pick(1)
    form.fields["kind"].text = "recording_notice"
    assert form.bar.save().result == "saved"
    rows = {row.id: row for row in workbook.read(client.folder.intake).intake.wordings}
    assert set(rows) == {"W1", "W2", "W1-v2"}
    assert rows["W1"].valid_to == date(2026, 9, 30)


def test_loading_a_file_leaves_an_edited_suggestion_alone(client: OpenClient) -> None:
    form, suggestion = WordingForm(client), SuggestionForm(client)
    suggestion.text.value = "Edited."
    upload(form.upload, ("a.txt", TEXT))
    assert suggestion.text.value == "Edited."
