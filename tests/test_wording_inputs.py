"""What the linter reads: Word documents with boxes, mails, columns of tables, fields of vendors' exports."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gdpr_assess.cli import main
from gdpr_assess.installed import shipped
from gdpr_assess.wording.files import read_text

STAY = "If you stay on the line, you agree to the recording."
BOX = "<w:sdt {ns}><w:sdtContent><w:r><w:t>\u2612</w:t></w:r></w:sdtContent></w:sdt>"
"""What Word makes of a ticked check box."""


def word_file(path: Path) -> Path:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Nordlux Ltd."
    document.add_paragraph(STAY)
    ticked = document.add_paragraph(" Yes, send me offers.")
    ticked._p.insert(0, parse_xml(BOX.format(ns=nsdecls("w"))))
    document.add_table(1, 1).cell(0, 0).text = "We keep recordings for 90 days."
    document.save(str(path))
    return path


def test_a_word_document_is_read_with_header_table_and_boxes(tmp_path: Path) -> None:
    text, issues = read_text(word_file(tmp_path / "form.docx"), "form.docx")
    assert issues == []
    assert text is not None
    assert text.splitlines() == [STAY, "☒ Yes, send me offers.", "We keep recordings for 90 days.", "Nordlux Ltd."]


def mail(plain: str | None, html: str | None) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "service@nordlux.example", "kim@example.com", "Your parcel"
    if plain is not None:
        made.set_content(plain)
    if html is not None:
        made.add_alternative(html, subtype="html") if plain is not None else made.set_content(html, subtype="html")
    return made.as_bytes()


@pytest.mark.parametrize(
    ("plain", "html", "wanted"),
    [(STAY, None, STAY), (STAY, "<p>other</p>", STAY),
     (None, "<p>Tick <input type=checkbox checked> here</p>", "Tick [x] here")],
)  # fmt: skip
def test_a_mail_is_read_as_its_reader_sees_it(tmp_path: Path, plain: str | None, html: str | None, wanted: str) -> None:
    (tmp_path / "m.eml").write_bytes(mail(plain, html))
    assert read_text(tmp_path / "m.eml", "m.eml") == (wanted if html and plain is None else f"{wanted}\n", [])


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04broken", b"plain text", b"", bomb()], ids=["cut", "text", "empty", "bomb"]
)
def test_a_damaged_word_document_is_an_issue(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    text, issues = read_text(tmp_path / "x.docx", "x.docx")
    assert (text, [issue.code for issue in issues]) == (None, ["wording.file_damaged"])


@given(st.binary(max_size=300))
def test_any_bytes_named_eml_or_docx_give_a_text_or_an_issue(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in ("x.eml", "x.docx"):
            path = Path(folder) / name
            path.write_bytes(data)
            text, issues = read_text(path, name)
            assert (text is None) == bool(issues)


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lint", *arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_column_of_a_table_is_checked_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "macros.csv"
    path.write_text(
        f'id;Wording;kind\n7;"{STAY}";recording_notice\n8;;\n9;"Your parcel is here";bad\n', encoding="utf-8"
    )
    result = lint(str(path), "--format", "jsonl", "--lang", "en")
    assert result.exit_code == 1
    assert [row["id"] for row in rows(result)] == ["7"]
    found = [defect["code"] for defect in rows(result)[0]["defects"]]
    assert found == ["conditional_consent", "silence_as_consent"]
    assert f"{path}:4: kind:" in result.stderr


def test_a_workbook_column_is_named_and_found(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "IVR"
    book.active.append(["line", "announcement_en"])
    book.active.append(["1", STAY])
    book.save(tmp_path / "ivr.xlsx")
    wrong = lint(str(tmp_path / "ivr.xlsx"))
    assert wrong.exit_code == 1
    assert "name one with --column: line, announcement_en" in wrong.stderr
    result = lint(str(tmp_path / "ivr.xlsx"), "--column", "announcement_en", "--format", "jsonl", "--lang", "en")
    assert rows(result)[0]["id"] == f"{tmp_path / 'ivr.xlsx'}:IVR:2"


def test_the_result_as_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=1+1 " + STAY, encoding="utf-8")
    result = lint(str(tmp_path / "a.txt"), "--lang", "en", "--format", "xlsx", "--output", str(tmp_path / "out.xlsx"))
    assert result.exit_code == 0, result.output
    book = load_workbook(tmp_path / "out.xlsx")
    findings, texts = book["Findings"], book["Texts"]
    titles = [findings[cell].value for cell in ("C2", "C3")]
    assert titles == ["Service depends on the consent", "Silence is taken as consent"]
    assert (texts["D2"].value, texts["D2"].data_type) == ("=1+1 " + STAY, "s")


def test_suggestions_are_printed_with_the_findings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STAY, encoding="utf-8")
    shown = lint(str(tmp_path / "a.txt"), "--lang", "en", "--kind", "recording_notice", "--fix-suggestions").output
    assert "May we record the call?" in shown
    assert "[name of the company]" in shown


def test_suggestions_are_filled_from_a_client(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STAY, encoding="utf-8")
    arguments = [str(tmp_path / "a.txt"), "--lang", "en", "--kind", "recording_notice", "--fix-suggestions"]
    shown = lint(*arguments, "--client", str(shipped("data_samples") / "clean_energy_supplier")).output
    assert "Welcome to Clearwater Energy Ltd" in shown
    assert "[name of the company]" not in shown


def test_suggestions_follow_country_and_basis_and_put_todays_name_for_an_outdated_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Du kan klaga hos Datainspektionen.", encoding="utf-8")
    common = [str(tmp_path / "a.txt"), "--lang", "sv", "--fix-suggestions"]
    shown = lint(*common, "--kind", "privacy_notice", "--country", "SE").output
    assert "“Datainspektionen” → “Integritetsskyddsmyndigheten (IMY)”" in shown
    client = ["--client", str(shipped("data_samples") / "clean_energy_supplier"), "--kind", "privacy_notice"]
    authorities = {country: lint(*common, *client, "--country", country).output for country in ("SE", "DE")}
    assert authorities["SE"] != authorities["DE"]


@pytest.mark.parametrize("begins", ["%PDF-1.7", "{\\rtf1"])
def test_a_file_whose_text_is_not_plain_is_refused_with_what_is_read(tmp_path: Path, begins: str) -> None:
    (tmp_path / "notice.pdf").write_text(f"{begins} {STAY}", encoding="utf-8")
    result = lint(str(tmp_path / "notice.pdf"), "--lang", "en")
    assert result.exit_code == 1
    assert "notice.pdf: cannot be read; texts are .txt, .md" in result.output


def test_a_workbook_for_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = lint("--format", "xlsx", "--output", str(tmp_path / "none" / "out.xlsx"))
    assert result.exit_code == 2
    assert "there is no folder" in result.output


@pytest.mark.parametrize("wrong", [["--format", "xlsx"], ["--format", "jsonl", "--fix-suggestions"]])
def test_options_that_do_not_fit_together_are_refused(wrong: list[str]) -> None:
    assert lint(*wrong).exit_code == 2


def test_a_part_in_another_language_is_named(tmp_path: Path) -> None:
    text = f"{STAY} {STAY}\n\n"
    text += "Ön hozzájárul ahhoz, hogy a hívás felvételre kerüljön, és az adatok nálunk vannak, ha ez kell önnek."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert "not analysed: this part is in another language" in lint(str(tmp_path / "a.txt"), "--lang", "en").output
