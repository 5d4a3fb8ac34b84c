"""`gdpr-assess rules`: what a lawyer sees of a rule, and what an edit of a pack changed."""

from __future__ import annotations

import json
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gdpr_assess.cli import main
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.wording import LANGUAGES as PACKS
from gdpr_assess.wording import match, pack
from gdpr_assess.wording.pack import PACKS as PACKS_FOLDER
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


def test_an_unknown_language_is_told_with_the_nearest() -> None:
    assert "Did you mean 'sv'?" in run("--lang", "svv").output


@pytest.fixture
def swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of the Swedish pack that the command reads instead."""
    for name in ("sv/_concepts.yaml", "sv/_said.yaml", "sv/silence_as_consent.yaml", "_any/_concepts.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PACKS_FOLDER / name, tmp_path / name)
    usual = {"PACKS": PACKS_FOLDER, "load_pack": pack.load_pack, "matcher": match.matcher}
    own = {name: cache(found.__wrapped__) if callable(found) else tmp_path for name, found in usual.items()}
    for module in [found for name, found in sys.modules.items() if name.startswith("gdpr_assess.")]:
        for name, value in own.items():
            if getattr(module, name, None) is usual[name]:
                monkeypatch.setattr(module, name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "sv"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("silence_as_consent.yaml", "  reported:", "  reportd:", "reportd: unknown key, did you mean 'reported'?"),
        ("silence_as_consent.yaml", "IS_IT, CON", "IS_ITT, CON", "unknown concept IS_ITT, did you mean 'IS_IT'?"),
        ("silence_as_consent.yaml", "(är|blir|var)", "(är|blir|var", "a bracket is never closed"),
        ("silence_as_consent.yaml", "har godtagit]]", "har godtagit]", "a mark has no `[[` or no `]]`"),
        ("silence_as_consent.yaml", "[[Den som inte säger emot har godtagit]]", "Den", "needs a [[span]]: Den det."),
        ("silence_as_consent.yaml", '- "Hör vi', '- "[[Hör]] vi', "an example under `clean` has no [[span]]"),
        ("silence_as_consent.yaml", "[consent_question]", "[consent_qestion]", "did you mean 'consent_question'?"),
        ("silence_as_consent.yaml", "kind: recording_notice", "country: Sverige", "no country 'Sverige'"),
        ("_concepts.yaml", "IGNORE:", "IGNORE:\n  - 'a|b'", "term 'a|b': `|` stands only inside brackets"),
    ],
)  # fmt: skip
def test_a_wrong_pack_file_is_told_alone_with_its_line(swedish: Path, file: str, old: str, new: str, told: str) -> None:
    text = (swedish / file).read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + new.count("\n") + 1
    (swedish / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("silence_as_consent", "--lang", "sv")
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {swedish / file}:{line}: ")
    assert told in result.output


@pytest.mark.parametrize("name", ["silence_as_consnt.yaml", "silence_as_consent.yml"])
def test_a_file_of_a_wrong_name_is_told(swedish: Path, name: str) -> None:
    (swedish / "silence_as_consent.yaml").rename(swedish / name)
    result = run("silence_as_consent", "--lang", "sv")
    assert f"{name}:1: no " in result.output
    assert "did you mean 'silence_as_consent" in result.output


def test_a_trial_tells_terms_and_sentences_that_show_nothing(swedish: Path) -> None:
    for file, new in (
        ("_concepts.yaml", "IGNORE:\n  - 'kaffe \"på\" väg'"),
        ("_said.yaml", "ABROAD:\n  - Helt annat."),
    ):
        text, key = (swedish / file).read_text(encoding="utf-8"), new.splitlines()[0]
        (swedish / file).write_text(text.replace(key, new, 1), encoding="utf-8")
    result = run("test", "--lang", "sv", "--texts", "none")
    assert result.exit_code == 1
    assert f"{swedish / '_concepts.yaml'}:3: IGNORE: no example has" in result.output
    assert f"{swedish / '_said.yaml'}:3: ABROAD: no term of the list stands in 'Helt annat.'" in result.output


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
