"""Texts in the reader's language: complete, current, and visibly marked where they are not."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from gdpr_assess.issue import DataError
from gdpr_assess.lang import FALLBACK_MARK, LANGUAGES, texts
from gdpr_assess.lang import texts as texts_of
from gdpr_assess.lang.formatting import Sentence
from gdpr_assess.lang.stamp import stamp_file
from gdpr_assess.lang.texts import Texts, entries, fingerprint, state


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_every_text_is_translated_from_todays_source(lang: str) -> None:
    assert {kind: keys for kind, keys in state(lang).items() if keys} == {}


def test_params_are_shown_in_the_readers_form() -> None:
    def say(lang: str) -> str:
        form = Sentence(lang, texts_of(lang).word)
        return form.format(
            "{land:country} {on:date} {rate:percent} {count:number} {tongue:language}",
            land="PH", on=date(2026, 9, 30), rate=0.125, count=12345, tongue="sv",
        )  # fmt: skip

    assert say("en") == "Philippines 30 Sept 2026 12.5% 12,345 Swedish"
    assert say("zh") == "菲律宾 2026年9月30日 12.5% 12,345 瑞典语"


def test_nothing_is_shown_as_a_dash_and_a_list_as_an_enumeration() -> None:
    form = Sentence("en", str)
    assert form.format("{a} {b:country}", a=None, b=["DE", "PL"]) == "– Germany and Poland"


def test_a_stale_translation_falls_back_with_a_visible_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"area.KEY": {"text": "New sentence."}}
    stale = {"area.KEY": {"of": "000000", "text": "旧句子。"}}
    text = Texts("zh")
    monkeypatch.setattr(text, "_source", source)
    monkeypatch.setattr(text, "_own", stale)
    monkeypatch.setattr(import_module("gdpr_assess.lang.texts"), "is_current", lambda key, lang: False)
    assert text("area.KEY") == FALLBACK_MARK + "New sentence."


def test_stamping_writes_the_fingerprint_of_the_source(tmp_path: Path) -> None:
    key = next(key for key in entries("en") if key.startswith("issues_files."))
    path = tmp_path / "issues_files.yaml"
    path.write_text(f'{key.partition(".")[2]}:\n  of: "old"\n  text: "文件"\n')
    assert stamp_file(path, "issues_files") == 1
    assert path.read_text().splitlines()[1] == f'  of: "{fingerprint(entries("en")[key])}"'


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(DataError, match="no texts for language 'xx'"):
        texts("xx")
