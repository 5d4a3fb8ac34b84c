"""What no rule finds but the words of a sentence make likely: said as likely, with its words, and never a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, likely, lint, lint_by_rules
from gdpr_assess.wording.features import features, units
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import Corpus
from gdpr_assess.wording.likely import Likely, learnt
from gdpr_assess.wording.measure import Tally, measure

CORPUS = Corpus(Path(__file__).parent / "wordings")
WORDS = {
    "shredded": (("retention", 2.5),),
    "shred*": (("retention", 1.0),),
    "week": (("retention", 0.5), ("purpose", -1.0)),
}
MADE = Likely("en", {"retention": -3.0, "purpose": -2.0}, WORDS)


def test_words_and_their_beginnings_and_pairs_count() -> None:
    assert units("after 14 days", cjk=False) == ["after", "00", "days", "after 00", "00 days"]
    assert features("shredded") == ["shredded", "shre*", "shred*", "shredd*", "shredde*"]
    assert features("after 00") == ["after 00"]
    assert set(units("不录音 ivr", cjk=True)) == {"不", "录", "音", "不录", "录音", "不录音", "ivr"}


def test_a_sentence_is_named_with_its_telling_words() -> None:
    text = fold("Thank you. Your file is shredded within a week. Goodbye.")
    (seen,) = MADE.seen(text, frozenset())
    assert (seen.code, text.text[seen.start : seen.end]) == ("retention", "your file is shredded within a week.")
    assert [text.text[start:end] for start, end in seen.words] == ["shredded", "week"]


def test_what_a_rule_has_found_is_not_said_again() -> None:
    assert MADE.seen(fold("It is shredded within a week."), {"retention"}) == []


def test_a_box_ticked_in_advance_asks_nothing() -> None:
    made = Likely("en", {"consent_question": -3.0}, {"tick": (("consent_question", 9.0),)})
    assert [seen.code for seen in made.seen(fold("The tick is yours."), frozenset())] == ["consent_question"]
    assert made.seen(fold("The tick is yours."), {"preticked"}) == []


def test_memory_stays_bounded_and_nothing_changes_when_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "MOST_UNITS", 20)
    made = Likely("en", {"retention": -3.0}, {"shredded": (("retention", 9.0),)})
    for number in range(50):
        word = "".join(chr(97 + int(digit)) for digit in str(number))
        seen = made.seen(fold(f"It is shredded. Ordinary {word} words {word}{word} pass by here."), frozenset())
        assert [one.code for one in seen] == ["retention"]
        assert len(made._rows) <= likely.MOST_UNITS


def test_a_language_of_which_nothing_was_learnt_says_nothing() -> None:
    assert Likely("en", {}, {}).seen(fold("It is shredded."), frozenset()) == []


def test_too_little_is_nothing() -> None:
    assert MADE.seen(fold("See you next week."), frozenset()) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_of_any_letters_is_read_and_places_lie_in_it(before: str, after: str) -> None:
    text = fold(f"{before} your file is shredded within a week {after}")
    for seen in MADE.seen(text, frozenset()):
        assert 0 <= seen.start <= min(start for start, _ in seen.words)
        assert max(end for _, end in seen.words) <= seen.end <= len(text.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_learnt_and_rules_alone_never_say_likely(language: str) -> None:
    assert learnt(language) is not None
    for text in CORPUS.open(language)[:5]:
        by_rules = lint_by_rules(text.text, language=language, kind=text.kind)
        assert not any(hit.likely_by for hit in (*by_rules.elements, *by_rules.defects))
        both = lint(text.text, language=language, kind=text.kind)
        assert set(both.sure) == {*by_rules.elements, *by_rules.defects}


def test_it_finds_more_in_texts_that_nobody_has_read_and_seldom_something_wrong() -> None:
    alone, both = Tally(), Tally()
    for language in LANGUAGES:
        for report, tally in ((measure(CORPUS.blind(language)), alone),
                              (measure(CORPUS.blind(language), likely=True), both)):  # fmt: skip
            found = report.groups[language, "element"]
            tally.right, tally.false, tally.missed = (
                tally.right + found.right, tally.false + found.false, tally.missed + found.missed,
            )  # fmt: skip
    assert both.right > alone.right
    assert both.recall is not None
    assert both.recall > 0.88
    assert both.right - alone.right > both.false - alone.false


def test_a_wrong_file_is_said_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "LEARNED", tmp_path)
    for line, said in (("week\tretention=much", "code=number"), ("week\tretentoin=1", "retentoin")):
        (tmp_path / "xx.tsv").write_text(f"# head\n{line}\n", encoding="utf-8")
        with pytest.raises(DataError, match=f"xx.tsv:2: .*{said}"):
            learnt.__wrapped__("xx")
