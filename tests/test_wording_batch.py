"""Many texts at once: the gate holds nothing back, batches equal single texts, parts in other languages are said."""

import json
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdpr_assess.model import Hit, LintResult
from gdpr_assess.wording import LANGUAGES, Known, lint, lint_many, linter
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.fold import fold, plain_numbers
from gdpr_assess.wording.labelled import forms
from gdpr_assess.wording.look import Look
from gdpr_assess.wording.match import Matcher, matcher
from gdpr_assess.wording.naming import goes_on, places, whole_words
from gdpr_assess.wording.pack import load_pack
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import Literal, Shape, parse
from gdpr_assess.wording.tongues import parts
from gdpr_assess.wording.windows import ANY, Context

TEXTS = sorted((Path(__file__).parent / "wordings").glob("*.jsonl"))
EXAMPLES = {language: [e.case.text for e in examples(language)] for language in LANGUAGES}


def some_terms(language):
    """Return every string of a pack with its concept, and some of the expressions: to compile them takes long."""
    terms = [(name, term) for name, listed in load_pack(language).terms.items() for term in listed]
    strings = [pair for pair in terms if isinstance(pair[1], Literal)]
    return strings + Random(language).sample([pair for pair in terms if isinstance(pair[1], Shape)], 60)


def every_place(language, folded, terms):
    """Return where terms stand, each looked for by itself in the whole text."""
    text, cjk = folded.text, language == "zh"
    not_name = {term.text for name, term in terms if name == "NOT_NAME"}
    for name, term in terms:
        if isinstance(term, Shape):
            for place in places(folded, term, partial(sentences, text, language), not_name, cjk):
                yield name, *place
            continue
        start = text.find(term.text)
        while start >= 0:
            end = start + len(term.text)
            if (term.left or not goes_on(text, start - 1, cjk)) and (term.right or not goes_on(text, end, cjk)):
                yield name, *whole_words(text, start, end, cjk)
            start = text.find(term.text, start + 1)


def ordinary(language):
    """Return ordinary messages in the first form of each line."""
    lines = (TEXTS[0].parent / "background" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [next(forms(line)) for line in lines if line.strip()]


def some_texts(language):
    pick = Random(language)
    texts = [*pick.sample(EXAMPLES[language], 16), *pick.sample(ordinary(language), 4)]
    return [*texts, "\n".join(texts[:3]), " <br> ".join(texts[3:6]), "  ".join(texts[6:8])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gate_holds_no_term_back(language):
    found, terms = matcher(language), some_terms(language)
    for text in some_texts(language):
        look = Look(found._gate.glance(text), found._reader)
        seen = found.named(look.hits(ANY))
        for name, start, end in every_place(language, look.folded, terms):
            assert any(n == name and s <= start and end <= e for n, s, e in seen), (text, name)


@pytest.mark.parametrize("language", ["de", "en", "zh"])
def test_what_was_read_before_changes_nothing(language):
    texts, fresh = some_texts(language), Matcher(load_pack(language))
    first = [read and fresh.scan(*read, Context()) for read in map(fresh.read, map(fresh.glance, texts))]
    again = [read and fresh.scan(*read, Context()) for read in map(fresh.read, map(fresh.glance, reversed(texts)))]
    assert again[::-1] == first
    assert any(first)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(LANGUAGES).flatmap(
        lambda language: st.tuples(
            st.just(language),
            st.lists(st.sampled_from(EXAMPLES[language]), min_size=1, max_size=4),
            st.sampled_from([" ", "\n", "<br>", "\u00a0", "\u200b", " - "]),
        )
    )
)
def test_a_batch_gives_what_single_texts_give(made):
    language, texts, glue = made
    batch = [*texts, glue.join(texts), glue.join(reversed(texts)).upper(), texts[0]]
    assert list(lint_many(batch, language=language)) == [lint(text, language=language) for text in batch]
    pairs = [(text, Known(language, "recording_notice")) for text in batch]
    alone = [lint(text, language=language, kind="recording_notice") for text in batch]
    assert list(lint_many(pairs, language="xx")) == alone


def scanned(language, text):
    found = matcher(language)
    read = found.read(found.glance(text))
    return (read and found.scan(*read, Context())) or []


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LANGUAGES).flatmap(
        lambda language: st.tuples(
            st.just(language),
            st.sampled_from(EXAMPLES[language]),
            st.lists(st.from_regex(r"[(+]?[0-9]{1,13}[-/ )]?", fullmatch=True), min_size=1, max_size=3),
        )
    )
)
def test_the_last_digits_of_a_long_number_say_nothing(made):
    language, text, digits = made
    text = f"{text} {''.join(digits)}. {digits[0]} {text}"
    assert scanned(language, plain_numbers(text)) == scanned(language, text)


def test_long_numbers_that_terms_name_are_read_as_they_are():
    assert plain_numbers("ISO 27001, order 27002, call 12377") == "ISO 27001, order 27777, call 12377"
    (hit,) = lint("向12377举报。", language="zh", kind="recording_notice").elements
    assert (hit.code, hit.quote) == ("right_complaint", "12377举报")


def test_texts_that_differ_in_long_numbers_only_are_read_once_but_each_is_quoted_as_it_is(monkeypatch):
    read = []
    examined = linter._examined
    monkeypatch.setattr(linter, "_examined", lambda *given: read.append(given[0]) or examined(*given))
    batch = [f"Your parcel {number} left our warehouse." for number in range(70100, 70110)]
    batch += [f"You agree to calls, call 0800 {number} to refuse." for number in (555100, 555200, 555100)]
    batch += [f"If you stay on the line you agree to the recording of case {number}." for number in (71000, 71001)]
    batch += [f"Complaints {number}: to GIODO, ul. Stawki 2." for number in (81000, 81001)]
    results = list(lint_many(batch, language="en"))
    assert len(read) == 4
    assert results == [lint(text, language="en") for text in batch]
    assert any("555200" in hit.quote for hit in results[11].elements)
    assert any("GIODO" in defect.message and "UODO" in defect.fix for defect in results[-1].defects)


def test_a_text_whose_likely_finding_rests_on_a_long_number_is_read_anew(monkeypatch):
    texts = [f"Reach {number} and my colleagues take your name off our calling round." for number in (91000, 91001)]
    likely = Hit(code="right_objection", start=0, end=11, quote=texts[0][:11], likely_by=("Reach", "91000"))
    seen = LintResult(language="en", kind="sales_script", elements=(likely,))
    read = []
    monkeypatch.setattr(linter, "_examined", lambda text, *_: read.append(text) or (seen, dict[tuple[int, int], str]()))
    list(lint_many(texts, language="en", kind="sales_script"))
    assert read == texts


def test_what_is_remembered_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr("gdpr_assess.wording.gate.MOST_WORDS", 50)
    monkeypatch.setattr("gdpr_assess.wording.linter.MOST_REMEMBERED", 20)
    found = matcher("en")
    list(lint_many((f"Order {number} is on its way to house {number + 7}." for number in range(500)), language="en"))
    assert len(found._gate._words) <= 60
    for number in range(200):
        found.look(fold(f"case {number} of {number + 1000}"))
    assert len(found._gate._plain) <= 60


MIXED = [
    ("Your call may be recorded for training purposes. Ihr Anruf wird zu Schulungszwecken aufgezeichnet.", "en de"),
    ("Samtalet spelas in för utbildning. This call may be recorded for training purposes.", "sv en"),
    ("您的通话可能会被录音，用于培训。This call may be recorded for training purposes.", "zh en"),
    ("Rozmowa jest nagrywana w celu szkolenia. For English, press two. This call is recorded for training.", "pl en"),
]


@pytest.mark.parametrize(("text", "tongues"), MIXED)
def test_each_part_is_read_in_its_language(text, tongues):
    for given_language in (None, tongues.split()[0]):
        result = lint(text, language=given_language)
        stated = [hit for hit in result.elements if hit.code == "recording_stated"]
        assert [part.language for part in parts(text, tongues.split()[0])] == tongues.split()
        assert len(stated) == 2
        assert all(text[hit.start : hit.end] == hit.quote for hit in result.elements)
        assert result.parts_not_analysed == ()


@pytest.mark.parametrize(
    ("foreign", "language"),
    [
        ("Ваш звонок может быть записан в целях обучения.", "ru"),
        ("Bu çağrı eğitim için kaydedilebilir ve bir yıl saklanır.", "tr"),
    ],
)
def test_parts_in_other_languages_are_said_to_be_not_analysed(foreign, language):
    text = f"This call may be recorded for training purposes. {foreign}"
    result = lint(text)
    assert result.language == "en"
    assert [hit.code for hit in result.elements].count("recording_stated") == 1
    (part,) = result.parts_not_analysed
    assert part.language == language
    assert text[part.start : part.end].strip() == foreign


def test_a_foreign_name_is_no_part():
    text = "Thank you for calling Müller und Söhne Gesellschaft für Technik. We record calls for training and quality."
    assert parts(text, "en") == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts_in_one_language_are_not_cut(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert parts(row["text"], row["language"]) == [], row["id"]


def test_a_split_term_leaves_out_what_stands_between():
    term = parse("(geben|gibt) >...< weiter", "de")[0]
    assert [match[0] for match in term.matches("wir geben ihre daten an partner weiter. er gibt auf. weiter")] == [
        "geben"
    ]
