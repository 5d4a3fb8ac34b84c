"""What no rule finds but the words of a sentence make likely: said as likely, with its words, and never a failure."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, learn, likely, lint, lint_by_rules
from gdpr_assess.wording.features import NAME, features, strings, units, words
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import Corpus
from gdpr_assess.wording.likely import Likely, learnt
from gdpr_assess.wording.measure import Tally, measure

CORPUS = Corpus(Path(__file__).parent / "wordings")
THINGS = ["blue form", "blue card", "old slip", "order sheet", "visitor list"]
WORDS = {
    "shredded": (("retention", 2.5),),
    "shred*": (("retention", 1.0),),
    "week": (("retention", 1.0), ("purpose", -1.0)),
}
MADE = Likely("en", {"retention": 2.6, "purpose": 1.6}, WORDS)


def test_words_and_their_beginnings_and_pairs_count() -> None:
    said = words(fold("After 14 days"), frozenset({"after"}))
    assert units(said) == ["after", "00", "days", "after 00", "00 days"]
    assert features("shredded") == ["shredded", "shre*", "shred*", "shredd*", "shredde*"]
    assert features("after 00") == ["after 00"]
    assert set(strings("不录音 ivr")) == {"不", "录", "音", "不录", "录音", "不录音", "ivr"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Calls to Brightline Energy are taped.", ["calls", "to", NAME, "are", "taped"]),
        ("<p>Calls to &Ouml;stberg are taped.</p>", ["calls", "to", NAME, "are", "taped"]),
        ("CALLS TO BRIGHTLINE ARE TAPED.", ["calls", "to", "brightline", "are", "taped"]),
    ],
)
def test_a_word_with_a_capital_that_is_not_common_is_a_name(text: str, said: list[str]) -> None:
    assert words(fold(text), frozenset({"calls"})) == said


def test_who_speaks_is_only_likely_where_there_is_a_name_and_the_name_is_told() -> None:
    weights = {NAME: (("controller_identity", 1.0),), f"at {NAME}": (("controller_identity", 2.0),)}
    common = frozenset({"well", "we", "so"})
    made = Likely("en", {"controller_identity": 1.5}, {**weights, "we": (("controller_identity", 4.0),)}, common)
    text = fold("Well, we at Brightline tape.")
    (seen,) = made.seen(text, frozenset())
    assert [text.text[start:end] for start, end in seen.words] == ["we", "at brightline"]
    assert made.seen(fold("so we tape."), frozenset()) == []


def test_a_sentence_is_named_with_its_telling_words() -> None:
    text = fold("Thank you. Your file is shredded within a week. Goodbye.")
    (seen,) = MADE.seen(text, frozenset())
    assert (seen.code, text.text[seen.start : seen.end]) == ("retention", "your file is shredded within a week.")
    assert [text.text[start:end] for start, end in seen.words] == ["shredded", "week"]


def test_what_a_rule_has_found_is_not_said_again() -> None:
    assert MADE.seen(fold("It is shredded within a week."), {"retention"}) == []


def test_a_box_ticked_in_advance_asks_nothing() -> None:
    made = Likely("en", {"consent_question": 3.4}, {"tick": (("consent_question", 9.0),)})
    assert [seen.code for seen in made.seen(fold("The tick is yours."), frozenset())] == ["consent_question"]
    assert made.seen(fold("The tick is yours."), {"preticked"}) == []


def test_memory_stays_bounded_and_nothing_changes_when_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "MOST_UNITS", 20)
    made = Likely("en", {"retention": 2.6}, {"shredded": (("retention", 9.0),)})
    for number in range(50):
        word = "".join(chr(97 + int(digit)) for digit in str(number))
        seen = made.seen(fold(f"It is shredded. Ordinary {word} words {word}{word} pass by here."), frozenset())
        assert [one.code for one in seen] == ["retention"]
        assert len(made._rows) < likely.MOST_UNITS + 10  # the words of one text


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


def test_what_is_likely_is_asked_for_where_the_kind_is_known() -> None:
    probable = [text for row in CORPUS.parted("en") if row.kind for text, _ in row.sentences][-200:]
    assert any(lint(part, language="en", kind="message_notice").likely for part in probable)
    assert not any(lint(part, language="en").likely for part in probable)


def test_learning_finds_the_words_of_a_code_and_leaves_blind_texts_alone(tmp_path: Path) -> None:
    (tmp_path / "sentences").mkdir()
    (tmp_path / "blind").mkdir()
    said = [f"The {thing} is shredded after {number} weeks." for number, thing in enumerate(THINGS * 3, 2)]
    rows = [{"kind": "message_notice", "sentences": [[text, ["retention"]], ["Good day.", []]]} for text in said]
    (tmp_path / "sentences" / "en.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "blind" / "en.jsonl").write_text("unreadable", encoding="utf-8")
    lines = dict(line.split("\t", 1) for line in learn.learn("en", Corpus(tmp_path)).splitlines()[1:])
    assert "retention=" in lines["shredded"]
    assert "blue" in lines[likely.COMMON].split()


def test_a_code_is_said_and_doubted_from_where_most_of_what_was_left_out_in_learning_was_right() -> None:
    found = [learn.Trial("purpose", 3.0 - number / 10, found=False, true=not 3 < number < 7) for number in range(20)]
    found += [learn.Trial("purpose", -2.0, found=False, true=False)] * 40
    found += [learn.Trial("purpose", number / 10 - 6.0, found=True, true=number % 2 == 0) for number in range(20)]
    found += [learn.Trial("purpose", 2.0, found=True, true=True)] * 40
    found += [learn.Trial("retention", 1.0, found=False, true=False)] * 9
    found += [learn.Trial("recipients", -2.0, found=False, true=True)] * 9
    lines = [line.split("\t") for line in learn.limits(found).splitlines() if not line.startswith("#")]
    told = {code: rest for code, *rest in lines}
    assert told["retention"] == ["-", "", "", "-", "", ""]
    assert float(told["recipients"][0]) == learn.LOWEST
    share, right, said, doubt, wrong, doubted = told["purpose"]
    assert (right, said) == ("17", "20")
    assert float(share) == pytest.approx(1 / (1 + math.exp(-1.1)), abs=0.001)
    assert (wrong, doubted) == ("10", "20")
    assert float(doubt) == pytest.approx(1 / (1 + math.exp(4.1)), abs=0.0001)


def test_what_rules_find_is_doubted_where_no_sentence_is_likely_to_say_it() -> None:
    made = Likely("en", {"retention": 2.6, "purpose": 1.6}, WORDS, doubts={"retention": -2.0})
    assert made.doubted(fold("Kept for a year."), {"retention", "purpose"}) == {"retention"}
    assert made.doubted(fold("Kept for a year. Next week it is shredded."), {"retention"}) == set()
    assert made.doubted(fold("Kept for a year."), {"purpose"}) == set()


@pytest.mark.parametrize("line", ["p\tmuch\t8\t9\t-\t\t", "p", "p\t.5\t8\t9", "p\t0\t8\t9\t-\t\t", "p\t-\t\t\t1\t8\t9"])
def test_a_wrong_limit_is_said_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(likely, "LIMITS", tmp_path / "limits.tsv")
    likely.LIMITS.write_text(f"# head\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"limits.tsv:2: .*between 0 and 1"):
        likely.limits.__wrapped__()
