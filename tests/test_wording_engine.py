"""The engine of the wording linter: folding with offsets, sentences, terms, languages, and no input that breaks it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, lint, lint_many
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.doubts import doubts
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import read
from gdpr_assess.wording.language import FILE, PRODUCT, detect
from gdpr_assess.wording.naming import places
from gdpr_assess.wording.pack import Pack
from gdpr_assess.wording.schema import Tongues, WordLists
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import Literal, Shape, parse
from gdpr_assess.yamlfile import load

LABELLED = Path(__file__).parent / "wordings"
POSITIVE = [e for language in LANGUAGES for e in examples(language) if e.spans]


def test_folding_of_plain_text_keeps_length_and_offsets():
    folded = fold("ÇA VA, Łódź － “ｏｋ” ΣΊΣΥΦΟΣ")
    assert folded.text == 'ca va, lodz - "ok" σισυφοσ'
    assert folded.starts is None


def test_a_kind_that_does_not_exist_is_said_with_those_that_do() -> None:
    with pytest.raises(ValueError, match=r"full_notice.*privacy_notice"):
        lint("We keep your data.", kind="full_notice")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"full_notice.*privacy_notice"):
        next(lint_many(["We keep your data."], kind="full_notice"))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Das Kaufhaus Nord", "das mein_kaufhaus Nord", "Kaufhaus", "ein Haus_Nord"])
def test_stems_with_any_beginning_are_found_as_by_a_search_of_the_whole_text(text: str) -> None:
    (shape,) = (term for term in parse("(*haus|*markt) (nord|{name})", "de") if isinstance(term, Shape))
    assert shape.heads
    folded = fold(text).text
    assert [m.span() for m in shape.matches(folded)] == [m.span() for m in shape.regex.finditer(folded)]


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
    assert parse("stem*", "en") == (Literal("stem", False, True),)
    assert parse("录音", "zh") == (Literal("录音", True, True),)
    assert {term.text for term in parse("für (dich|Sie)", "de") if isinstance(term, Literal)} == {
        "fur dich", "fur sie", "fuer dich", "fuer sie",
    }  # fmt: skip
    gap = parse("keep ... forever", "en")[0]
    assert isinstance(gap, Shape)
    assert gap.regex.search("we keep it all forever")
    assert not gap.regex.search("we keep it. that is forever")


@pytest.mark.parametrize(
    "term",
    [
        "",
        "*",
        "(a|b",
        "a|b",
        "a)",
        "/(a+)+$/",
        "/.*/",
        r"/\w+\w+x/",
        "/[a-z]+/",
        "/(/",
        "(...|)",
        "/a{1,500}/",
        "/[[b]/",
    ],
)
def test_wrong_and_dangerous_terms_are_refused(term):
    with pytest.raises(ValueError, match=r"\w"):
        parse(term, "en")


def test_a_term_with_a_long_number_that_is_not_listed_says_where_to_list_it():
    assert parse("iso 27001", "en")
    with pytest.raises(ValueError, match=r"numbers\.yaml lists them: 27002"):
        parse("iso 27002", "en")


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
        ("Ваш звонок может быть записан", "ru"),
        ("통화 내용이 녹음될 수 있습니다.", "ko"),
        ("通話は録音されます。", "ja"),
        ("1 2 3", None),
    ],
)
def test_language(text, language):
    assert detect(text) == language


def test_common_words_stand_in_one_language_only():
    words = load(FILE, Tongues).root
    listed = [word for line in words.values() for word in line.split()]
    assert {*words} == {*PRODUCT} - {"zh", "el"}
    assert len(listed) == len({*listed})


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_texts_are_told_by_their_language(language):
    assert {detect(one.text) for one in read(LABELLED / f"{language}.jsonl")} == {language}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Chcę wiedzieć, jakie macie o mnie dane", "pl"),
        ("Vill du inte? Säg till!", "sv"),
        ("Merci, vous êtes aimable", "fr"),
    ],
)
def test_short_texts_are_told_by_their_common_words(text, language):
    assert detect(text) == language


def test_a_language_without_pack_is_said_not_silently_clean():
    result = lint("Звонок может быть записан в целях обучения.")
    assert (result.language, result.not_analysed) == (None, "no_pack")
    assert lint("OK").not_analysed == "unknown_language"
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


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("ΑΠΌΡΡΗΤΟ Ηχογραφούμε τις κλήσεις", "απορρητο ηχογραφουμε τισ κλησεισ"),
        ("Käyttäjä ÄÄNITÄMME", "kayttaja aanitamme"),
        ("Příliš žluťoučký kůň ČESKÁ", "prilis zlutoucky kun ceska"),
        ("PERMAΝENTLY permаnent", "permanently permanent"),
        ("απόρρητo 5kΩ SMSάκι", "απορρητο 5kω smsακι"),
    ],
)
def test_letters_fold_to_plain_ones_of_one_script(given_text, folded):
    assert fold(given_text).text == folded


def test_letters_of_another_alphabet_are_remarked():
    result = lint("We keep your data permаnently for 5 kΩ.", language="en")
    assert [(remark.code, remark.quote) for remark in result.remarks] == [("mixed_letters", "permаnently")]
    assert lint("We keep your data permanently.", language="en").remarks == ()


def test_a_name_may_begin_later_and_ends_with_its_sentence():
    shape = parse("(line|help line) of {name}", "en")[0]
    assert isinstance(shape, Shape)
    text = fold("the help line of the line of Acme Bank. Next")
    found = list(places(text, shape, lambda: sentences(text.text), (), False))
    assert [text.text[a:b] for a, b in found] == ["line of acme bank"]
    greeting = parse("hello {name}", "en")[0]
    crossing = fold("hello [Acme! Bank]")
    assert isinstance(greeting, Shape)
    assert list(places(crossing, greeting, lambda: sentences(crossing.text), (), False)) == []


def test_shapes_are_compiled_when_a_text_needs_them():
    shape = parse("keep ... for ages", "en")[0]  # no pack has it, so that nobody has compiled it
    assert "regex" not in vars(shape)
    assert [match[0] for match in shape.matches("we keep it for ages")] == ["keep it for ages"]


def test_an_outdated_name_and_its_short_form_are_one_finding():
    found = lint("Complain to the Swedish Data Inspection Board (Datainspektionen).", language="en").defects
    assert [defect.quote for defect in found] == ["Swedish Data Inspection Board (Datainspektionen)"]


@pytest.mark.parametrize("term", ["word *", "a(b)? c", "x[ab]", "end\\.", "to {brand}"])
def test_terms_that_mean_something_else_than_they_look_are_told(term, tmp_path, monkeypatch):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "_concepts.yaml").write_text(f"RECORD: ['{term}', 'plain (a|b) word*']\n", encoding="utf-8")
    monkeypatch.setattr("gdpr_assess.wording.pack.PACKS", tmp_path)
    monkeypatch.setattr("gdpr_assess.wording.pack.load_pack", lambda language: Pack(language, {}, {}))
    (line,) = doubts("en")
    assert "_concepts.yaml:1: " in line
