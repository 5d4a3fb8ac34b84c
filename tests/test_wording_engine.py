"""The engine of the wording linter: folding with offsets, sentences, terms, languages, and no input that breaks it."""

import html
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, lint
from gdpr_assess.wording.check import Example, examples
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.language import detect
from gdpr_assess.wording.schema import WordLists
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import Literal, Shape, parse
from gdpr_assess.yamlfile import load

POSITIVE = [e for language in LANGUAGES for e in examples(language) if e.spans]


def test_folding_of_plain_text_keeps_length_and_offsets():
    folded = fold("ÇA VA, Łódź － “ｏｋ” ΣΊΣΥΦΟΣ")
    assert folded.text == 'ca va, lodz - "ok" σισυφοσ'
    assert folded.starts is None


def test_traditional_chinese_folds_to_simplified():
    assert fold("錄音將永久保存").text == "录音将永久保存"


@pytest.mark.parametrize(
    ("given_text", "folded", "quote"),
    [
        ("re\u00adcor\u00added", "recorded", "re\u00adcor\u00added"),
        ("re\u200bcorded", "recorded", "re\u200bcorded"),
        ("<b>rec</b>orded", "recorded", "rec</b>orded"),
        ("&Auml;pfel", "apfel", "&Auml;pfel"),
        (unicodedata.normalize("NFD", "é"), "e", unicodedata.normalize("NFD", "é")),
        ("recor-\nded", "recorded", "recor-\nded"),
    ],
)
def test_slow_folding_traces_back_to_the_given_text(given_text, folded, quote):
    result = fold(given_text)
    at = result.text.index(folded)
    start, end = result.span(at, at + len(folded))
    assert given_text[start:end] == quote


def test_a_wrapped_line_is_joined_and_a_heading_is_not():
    wrapped = fold("we would like to record this call so that\nour advisers can learn").text
    assert "so that our advisers" in wrapped
    assert len(sentences(fold("Privacy\nWe record calls.").text)) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See Art. 6 GDPR. We keep it.", 2),
        ("z. B. Name und Adresse", 1),
        ("Am 25. Mai 2018 galt es. Heute auch.", 2),
        ("您好。请按1！谢谢", 3),
        ("Ready? Yes; go", 3),
    ],
)
def test_sentences(text, count):
    assert len(sentences(fold(text).text)) == count


def test_homoglyphs_are_read_as_the_letters_they_imitate():
    result = lint("We keep your data permаnently.", language="en")
    assert [d.code for d in result.defects] == ["indefinite_retention"]


def test_terms():
    assert parse("stem*", "en") == [Literal("stem", False, True)]
    assert parse("录音", "zh") == [Literal("录音", True, True)]
    assert {term.text for term in parse("für (dich|Sie)", "de") if isinstance(term, Literal)} == {
        "fur dich", "fur sie", "fuer dich", "fuer sie",
    }  # fmt: skip
    gap = parse("keep ... forever", "en")[0]
    assert isinstance(gap, Shape)
    assert gap.regex.search("we keep it all forever")
    assert not gap.regex.search("we keep it. that is forever")


@pytest.mark.parametrize(
    "term", ["", "*", "(a|b", "a|b", "a)", "/(a+)+$/", "/.*/", r"/\w+\w+x/", "/[a-z]+/", "/(/", "(...|)", "/a{1,500}/"]
)
def test_wrong_and_dangerous_terms_are_refused(term):
    with pytest.raises(ValueError, match=r"\w"):
        parse(term, "en")


def test_a_wrong_word_list_names_file_and_line(tmp_path):
    path = tmp_path / "_concepts.yaml"
    path.write_text("A: [x]\nB: 7\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"_concepts\.yaml:2"):
        load(path, WordLists)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Your call may be recorded for training purposes.", "en"),
        ("Ihr Anruf wird zu Schulungszwecken aufgezeichnet.", "de"),
        ("您的通话可能会被录音。", "zh"),
        ("Η κλήση σας ενδέχεται να ηχογραφηθεί.", "el"),
        ("OK", None),
        ("Ваш звонок может быть записан", None),
    ],
)
def test_language(text, language):
    assert detect(text) == language


def test_a_language_without_pack_is_said_not_silently_clean():
    result = lint("Звонок может быть записан в целях обучения.")
    assert (result.language, result.not_analysed) == (None, "unknown_language")
    assert lint("x", language="xx").not_analysed == "no_pack"
    assert lint("We record calls.", language="en-GB").language == "en"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
@example("\ud800 100% safe data \udfff")
@example("<b>" * 50 + "&amp;" * 20)
@example("your data is 100% s\u0301a\u0301fe\n\n\u00ad")
def test_no_text_breaks_the_linter_and_quotes_are_the_text(text):
    for language in LANGUAGES:
        result = lint(text, language=language, kind="privacy_notice")
        for hit in (*result.elements, *result.defects):
            assert text[hit.start : hit.end] == hit.quote


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([e.case.text for e in POSITIVE]), max_size=4), st.sampled_from([" ", "\n", "", "<br>"]))
def test_joined_examples_keep_valid_offsets(parts, glue):
    text = glue.join(parts)
    for language in LANGUAGES:
        for hit in (found := lint(text, language=language)).defects + found.elements:
            assert text[hit.start : hit.end] == hit.quote


def _soft(text: str) -> str:
    return "".join(c + "\u00ad" if c.isalpha() else c for c in text)


def _zero_width(text: str) -> str:
    return "\u200b".join(text)


def _tags(text: str) -> str:
    return "<b>" + text[: len(text) // 2] + "</b>" + text[len(text) // 2 :]


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c.isalpha() and not c.isascii() else html.escape(c, quote=True) for c in text)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


TRANSFORMS = {
    "upper": str.upper,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "soft_hyphen": _soft,
    "zero_width": _zero_width,
    "tags": _tags,
    "entities": _entities,
    "full_width": _full_width,
    "no_break_space": lambda text: text.replace(" ", "\u00a0"),
    "double_space": lambda text: text.replace(" ", "  "),
}


def _survives(item: Example, text: str) -> bool:
    return len(item.found(text)) >= 1


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_positive_examples_survive_how_text_arrives(language, name):
    mine = [e for e in POSITIVE if e.language == language and _survives(e, e.case.text)]
    lost = [f"{e.code}: {e.case.text}" for e in mine if not _survives(e, TRANSFORMS[name](e.case.text))]
    assert len(lost) <= len(mine) // 100, "\n".join(lost)


@pytest.mark.parametrize("language", LANGUAGES)
def test_positive_examples_survive_hard_wraps(language):
    mine = [e for e in POSITIVE if e.language == language != "zh" and _survives(e, e.case.text)]
    lost = []
    for item in mine:
        words, lines = item.case.text.split(" "), [""]
        for word in words:
            lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) < 34 else [lines[-1], word]
        if not _survives(item, "\n".join(lines)):
            lost.append(f"{item.code}: {item.case.text}")
    assert len(lost) <= len(mine) // 50, "\n".join(lost)
