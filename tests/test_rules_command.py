"""`gdpr-assess rules`: what a lawyer sees of a rule, and what an edit of a pack changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gdpr_assess.cli import main
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.wording import LANGUAGES as PACKS
from gdpr_assess.wording.pack import rules


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments])


def test_all_codes_are_listed() -> None:
    listed = run().output
    assert [code for code in rules() if f"  {code} " not in listed] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_is_shown_with_law_meaning_and_examples_of_a_language(lang: str) -> None:
    shown = run("silence_as_consent", "--lang", "sv", "--report-lang", lang).output
    assert "4(11)" in shown
    assert "S01" in shown
    assert "BY_STAYING" in shown
    assert "✓ " in shown
    assert "[[" in shown
    assert "[en]" not in shown


def test_an_element_says_which_kinds_must_have_it() -> None:
    assert "Required in: Recording notice (13(1)(c); law)" in run("purpose", "--lang", "en").output


def test_coverage_has_a_line_for_every_code_and_a_column_for_every_language() -> None:
    head, *lines = run("--coverage").output.splitlines()
    assert head.split()[:-1] == list(PACKS)
    assert {line.split()[0] for line in lines} >= set(rules())
    assert all(len(line.split()) == len(PACKS) + 2 for line in lines[:-1])


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    result = run("silence_as_consnt")
    assert result.exit_code == 2
    assert "did you mean 'silence_as_consent'?" in result.output


def labelled(folder: Path, *defects: str) -> None:
    row = {"id": "t1", "language": "en", "text": "If you stay on the line, you agree to the recording.",
           "elements": ["recording_stated"], "defects": list(defects)}  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / "en.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_a_trial_tells_what_is_different_from_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    labelled(tmp_path / "texts", "silence_as_consent")
    first = run("test", "--lang", "en", "--texts", "texts")
    assert first.exit_code == 0, first.output
    assert "0 wrong" in first.output
    assert "Different" not in first.output
    labelled(tmp_path / "texts")
    second = run("test", "--lang", "en", "--texts", "texts")
    assert "+ t1 FALSE  silence_as_consent" in second.output


def test_a_wrong_label_is_placed(tmp_path: Path) -> None:
    labelled(tmp_path / "texts", "silence_as_consnt")
    result = run("test", "--lang", "en", "--texts", str(tmp_path / "texts"))
    assert result.exit_code == 1
    assert "en.jsonl:1: no defect 'silence_as_consnt', nearest 'silence_as_consent'" in result.output
