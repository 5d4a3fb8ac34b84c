"""The command line: what the README shows, exit codes, and no traceback for a user's mistake."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from likely_cases import made
from openpyxl import Workbook, load_workbook

from gdpr_assess import intake
from gdpr_assess.cli import main
from gdpr_assess.installed import PACKAGE, shipped
from gdpr_assess.wording import linter
from gdpr_assess.workspace import ClientFolder

DAY = "2026-09-30"


def run(*words: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> ClientFolder:
    """Return a copy of the clean sample client, assessed."""
    root = tmp_path_factory.mktemp("clients") / "clean"
    shutil.copytree(shipped("data_samples") / "clean_energy_supplier", root, ignore=shutil.ignore_patterns("runs"))
    assert run("assess", root, "--as-of", DAY).exit_code == 0
    return ClientFolder(root)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_client_is_made_filled_and_checked(tmp_path: Path, lang: str) -> None:
    made = run("init", tmp_path / "acme", "--lang", lang)
    assert made.exit_code == 0
    folder = ClientFolder(tmp_path / "acme")
    assert folder.wordings.is_dir()
    assert folder.evidence.is_dir()
    checked = run("check", folder.root, "--lang", lang)
    assert checked.exit_code == 1
    assert "inputs/intake.xlsx" in checked.output
    assert run("assess", folder.root).exit_code == 1
    assert run("refresh", folder.root).exit_code == 1 or intake.read(folder.intake).intake is None


def test_init_does_not_replace_a_client(tmp_path: Path) -> None:
    run("init", tmp_path)
    before = ClientFolder(tmp_path).intake.read_bytes()
    again = run("init", tmp_path)
    assert again.exit_code == 2
    assert ClientFolder(tmp_path).intake.read_bytes() == before


@pytest.mark.parametrize("command", ["check", "assess", "report", "review", "refresh"])
def test_a_folder_without_a_client_is_named_not_a_traceback(tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path / "nobody")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "nobody" in result.output


@pytest.mark.parametrize(
    "words",
    [["assess"], ["assess", "x", "--as-of", "30.9.2026"], ["batch", "/no/such/folder"], ["init", "x", "--lang", "xx"]],
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_same_inputs_give_the_same_bytes(clean: ClientFolder, tmp_path: Path) -> None:
    other = ClientFolder(tmp_path / "elsewhere" / "clean")
    shutil.copytree(clean.inputs, other.inputs)
    assert run("assess", other.root, "--as-of", DAY).exit_code == 0
    name = f"{DAY}/assessment.json"
    assert (other.runs / name).read_bytes() == (clean.runs / name).read_bytes()


def test_the_run_keeps_to_the_exported_schema(clean: ClientFolder) -> None:
    schema = json.loads((PACKAGE / "contract" / "assessment.schema.json").read_text(encoding="utf-8"))
    data = json.loads((clean.runs / DAY / "assessment.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    expected = (
        "schema package_version catalogue_fingerprint inputs as_of client answers systems flows wordings findings"
        " checks verdicts gaps actions register exposure scores review issues"
    )
    assert set(expected.split()) <= data.keys()


def test_decisions_are_kept_and_a_signed_run_stays_as_it_is(clean: ClientFolder, tmp_path: Path) -> None:
    folder = ClientFolder(tmp_path / "clean")
    shutil.copytree(clean.root, folder.root)
    said = run("review", folder.root, "--document", "TRA-01", "--reason", "certificates seen", "--by", "A. Consultant")
    assert said.exit_code == 0
    assert run("review", folder.root, "--document", "TRA-01").exit_code == 2
    assert run("assess", folder.root, "--as-of", DAY).exit_code == 0
    assert run("publish", folder.root, "--as-of", DAY, "--by", "A. Consultant").exit_code == 0
    frozen = (folder.runs / DAY / "assessment.json").read_bytes()
    refused = run("assess", folder.root, "--as-of", DAY)
    assert refused.exit_code == 1
    assert "signed off" in refused.output
    assert (folder.runs / DAY / "assessment.json").read_bytes() == frozen
    assert run("publish", folder.root, "--as-of", DAY, "--by", "A. Consultant").exit_code == 1


def test_a_summary_is_printed(clean: ClientFolder) -> None:
    result = run("assess", clean.root, "--as-of", DAY)
    assert "gaps: 0 high, 0 medium, 0 low; claimed but contradicted by evidence: 0" in result.output


def test_one_failing_client_does_not_stop_the_batch(clean: ClientFolder, tmp_path: Path) -> None:
    good, bad = ClientFolder(tmp_path / "good"), ClientFolder(tmp_path / "bad")
    shutil.copytree(clean.inputs, good.inputs)
    bad.inputs.mkdir(parents=True)
    bad.intake.write_bytes(b"this is not a workbook")
    result = run("batch", tmp_path, "--as-of", DAY, "--lang", "en")
    assert result.exit_code == 1
    assert "1 of 2 clients done, 1 failed" in result.output
    pages = {path.name for path in (good.runs / DAY / "en").glob("*.html")}
    assert pages == {"gap_analysis.html", "remediation_plan.html"}
    assert not bad.runs.exists()


def test_the_batch_counts_what_was_left_out(
    clean: ClientFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(clean.inputs, tmp_path / "one" / "inputs")
    shutil.copyfile(clean.intake, tmp_path / "one" / "inputs" / "evidence" / "calls.csv")
    monkeypatch.setattr("gdpr_assess.notebook.batch.render", lambda run, lang: None)
    result = run("batch", tmp_path, "--as-of", DAY)
    assert result.exit_code == 0
    assert re.search(r"done  .*one  \(\d+ (entry|entries) with errors (was|were) left out\)", result.output)


def test_texts_are_complete() -> None:
    result = run("texts", "zh")
    assert result.exit_code == 0, result.output
    assert result.output.rstrip().endswith("0 to do")


def test_lint_reads_lines_and_writes_lines() -> None:
    given = [
        {"id": 7, "text": "By staying on the line you agree to the recording.", "kind": "recording_notice"},
        {"id": "b", "text": "Ваш звонок записывается для контроля качества."},
        {"id": "c", "text": "Your parcel arrives tomorrow.", "language": "en", "further": True},
    ]
    result = run("lint", "--format", "jsonl", text="\n".join(map(json.dumps, given)) + "\n\n")
    assert result.exit_code == 0, result.output
    first, second, third = (json.loads(line) for line in result.output.splitlines())
    schema = json.loads((PACKAGE / "contract" / "lint.schema.json").read_text(encoding="utf-8"))
    for line in (first, second, third):
        Draft202012Validator(schema).validate(line)
    assert list(first) == ["id", "language", "kind", "elements", "defects", "missing", "lacking"]
    assert "silence_as_consent" in {defect["code"] for defect in first["defects"]}
    for hit in first["elements"] + first["defects"]:
        assert given[0]["text"][hit["start"] : hit["end"]] == hit["quote"]
    assert second["language"] is None
    assert second["not_analysed"]
    assert third["missing"] is None
    assert third["defects"] == []


def test_lint_can_fail_a_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "announcement.txt"
    path.write_text("This call is recorded. By staying on the line you agree.", encoding="utf-8")
    shown = run("lint", path, "--kind", "recording_notice", "--fail-on", "high")
    assert shown.exit_code == 1
    assert "1:27" in shown.output
    assert run("lint", path).exit_code == 0


def test_an_outdated_name_known_by_memory_only_is_asked_about_and_fails_no_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("Complaints: GIODO.", encoding="utf-8")
    shown = run("lint", path, "--lang", "en", "--fail-on", "low")
    assert shown.exit_code == 0, shown.output
    assert "Perhaps: The authority has another name now" in shown.output
    assert "probably: Prezes" in shown.output
    (line,) = run("lint", path, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["defects"][0]["unverified"]
    path.write_text("Complaints: Datainspektionen.", encoding="utf-8")
    assert run("lint", path, "--lang", "en", "--fail-on", "low").exit_code == 1


def test_what_is_likely_or_doubtful_is_said_but_fails_no_pipeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"lobby": (("compelled_consent", 9.0),)}
    weights = made({"compelled_consent": 2.6, "recording_stated": 2.6}, words, doubts={"recording_stated": -1.0})
    monkeypatch.setattr(linter, "learnt", lambda language: weights)
    path, book = tmp_path / "announcement.txt", tmp_path / "out.xlsx"
    path.write_text("This call is recorded. Kim likes the lobby.", encoding="utf-8")
    common = ("lint", path, "--kind", "recording_notice", "--lang", "en")
    shown = run(*common, "--fail-on", "low")
    assert shown.exit_code == 0, shown.output
    assert "1:24  High  Perhaps: People are pressed to agree" in shown.output
    assert "Doubtful, to be confirmed: That the call is recorded" in shown.output
    (line,) = run(*common, "--format", "jsonl").stdout.splitlines()
    assert [hit["code"] for hit in json.loads(line)["doubtful"]] == ["recording_stated"]
    assert run(*common, "--format", "xlsx", "--output", book).exit_code == 0
    said = load_workbook(book)
    assert said["Findings"]["C2"].value == "Perhaps: People are pressed to agree"
    assert "Doubtful, to be confirmed: That the call is recorded" in said["Texts"]["E2"].value


@pytest.mark.parametrize("content", [b'{"id": "a"}\n', b"not json\n", b'"text"\n', b"\xff\xfe\x00", b"[" * 100_000])
def test_lint_names_the_line_that_is_wrong(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(content)
    result = run("lint", path)
    assert result.exit_code == 1
    assert "texts.jsonl" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_wrong_line_does_not_stop_the_others() -> None:
    result = run("lint", "--format", "jsonl", text='{"id": "a"}\n{"id": "b", "text": "Hello"}\n')
    assert result.exit_code == 1
    assert "-:1: text" in result.stderr
    assert json.loads(result.stdout)["id"] == "b"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"This call is recorded, stay on the line.\nYour parcel is here.\na,b\n", "texts.csv:2, 4: 2 rows have more"),
        (b'Your parcel is here.\n"This call is recorded.\n', "texts.csv:3: A quotation mark is opened"),
        (b"Your parcel is here.\nThis\0 call\n", "texts.csv:3: 1 rows hold NUL bytes"),
    ],
)
def test_rows_of_a_table_that_cannot_be_read_are_named_and_the_others_checked(
    tmp_path: Path, rows: bytes, said: str
) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(b"text\n" + rows)
    result = run("lint", path, "--lang", "en")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "en, defects: 0" in result.stdout


def test_a_formula_in_another_column_is_no_mistake_of_a_table(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["text", "length"], ["Your parcel is here.", "=LEN(A2)"]):
        book.active.append(row)
    book.save(tmp_path / "texts.xlsx")
    result = run("lint", tmp_path / "texts.xlsx", "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, "")


def test_lint_of_a_missing_file_is_a_message(tmp_path: Path) -> None:
    result = run("lint", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "none.txt" in result.output
