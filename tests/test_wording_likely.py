"""What no rule finds but words, concepts and the whole text make likely: said with its words, and never a failure."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from likely_cases import judged, made

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, learn, lessons, likely, lint, lint_by_rules, net, odds, trials, whole
from gdpr_assess.wording.features import NAME, features, of_concepts, strings, units, words
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import Corpus, Parted
from gdpr_assess.wording.likely import Likely, learnt
from gdpr_assess.wording.linter import NOT_PRIVATE, PRIVATE
from gdpr_assess.wording.match import matcher
from gdpr_assess.wording.measure import Tally, measure
from gdpr_assess.wording.odds import FLOOR, Odds
from gdpr_assess.wording.whole import MOST, OWN, Final, Whole, own, there, together

CORPUS = Corpus(Path(__file__).parent / "wordings")
THINGS = ["blue form", "blue card", "old slip", "order sheet", "visitor list"]
WORDS = {
    "shredded": (("retention", 2.5),),
    "shred*": (("retention", 1.0),),
    "week": (("retention", 1.0), ("purpose", -1.0)),
}
MADE = made({"retention": 2.6, "purpose": 1.6}, WORDS)


def test_words_and_their_beginnings_and_pairs_count() -> None:
    said = words(fold("After 14 days"), frozenset({"after"}))
    assert units(said) == ["after", "00", "days", "after 00", "00 days", "after * days"]
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
    who = made({"controller_identity": 1.5}, {**weights, "we": (("controller_identity", 4.0),)}, common=common)
    text = fold("Well, we at Brightline tape.")
    (seen,) = judged(who, text).seen
    assert [text.text[start:end] for start, end in seen.words] == ["we", "at brightline"]
    assert judged(who, fold("so we tape.")).seen == []


def test_a_sentence_is_named_with_its_telling_words() -> None:
    text = fold("Thank you. Your file is shredded within a week. Goodbye.")
    (seen,) = judged(MADE, text).seen
    assert (seen.code, text.text[seen.start : seen.end]) == ("retention", "your file is shredded within a week.")
    assert [text.text[start:end] for start, end in seen.words] == ["shredded", "week"]


def test_what_a_rule_has_found_is_not_said_again() -> None:
    assert judged(MADE, fold("It is shredded within a week."), frozenset({"retention"})).seen == []


def test_a_box_ticked_in_advance_asks_nothing() -> None:
    asking = made({"consent_question": 3.4}, {"tick": (("consent_question", 9.0),)})
    assert [seen.code for seen in judged(asking, fold("The tick is yours.")).seen] == ["consent_question"]
    assert judged(asking, fold("The tick is yours."), frozenset({"preticked"})).seen == []


def test_concepts_count_beside_words_with_their_neighbours_and_are_shown() -> None:
    adds = {"KEEP": (("retention", 1.5),), "before:RECORD": (("retention", 1.0),)}
    both = made({"retention": 3.0}, {"shred": (("retention", 1.0),)}, concepts=adds)
    text = fold("We tape. The bits go to the shred pile.")
    keep, tape = ("KEEP", text.text.index("pile"), text.text.index("pile") + 4), ("RECORD", 3, 7)
    assert judged(both, text, frozenset(), keep).seen == []
    (seen,) = judged(both, text, frozenset(), tape, keep).seen
    assert text.text[seen.start : seen.end] == "the bits go to the shred pile."
    assert [text.text[start:end] for start, end in seen.words] == ["shred", "pile"]


def test_pairs_of_concepts_and_the_kind_of_the_text_are_marks() -> None:
    assert of_concepts({"KEEP", "DAYS"}, {"RECORD"}, set(), "sales_script") == [
        "{sales_script}", *{"KEEP", "DAYS"}, *(f"sales_script:{name}" for name in {"KEEP", "DAYS"}),
        "before:RECORD", "DAYS&KEEP",
    ]  # fmt: skip
    assert of_concepts(["KEEP"], [], [], None) == ["KEEP"]


def test_what_else_a_text_says_counts() -> None:
    words = {"shred": (("retention", 2.0),), "purge": (("purpose", 9.0),)}
    beside = made({"retention": 3.0, "purpose": 3.0}, words, others={"retention": (("purpose", 0.5),)})
    assert [seen.code for seen in judged(beside, fold("We shred it.")).seen] == []
    assert [seen.code for seen in judged(beside, fold("We shred it. We purge.")).seen] == ["retention", "purpose"]


def test_a_controller_that_a_rule_found_is_not_doubted_for_want_of_a_name() -> None:
    who = made({"controller_identity": 1.5}, {}, common=frozenset({"the"}))
    assert judged(who, fold("the controller."), frozenset({"controller_identity"})).doubtful == set()


def test_memory_stays_bounded_and_nothing_changes_when_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "MOST_UNITS", 20)
    few = made({"retention": 2.6}, {"shredded": (("retention", 9.0),)})
    for number in range(50):
        word = "".join(chr(97 + int(digit)) for digit in str(number))
        seen = judged(few, fold(f"It is shredded. Ordinary {word} words {word}{word} pass by here.")).seen
        assert [one.code for one in seen] == ["retention"]
        assert len(few._rows) <= likely.MOST_UNITS
        judged(few, fold(f"So {word}{word}{word} it is."), frozenset({"retention"}))  # where a rule has found something
        assert len(few._rows) <= likely.MOST_UNITS


def test_a_language_of_which_nothing_was_learnt_says_nothing() -> None:
    assert judged(made({}, {}), fold("It is shredded.")).seen == []


def test_too_little_is_nothing_and_concepts_are_not_even_asked_for() -> None:
    far = made({"retention": 9.0}, WORDS)
    assert judged(MADE, fold("See you next week.")).seen == []
    assert far.judge(fold("See you next week."), pytest.fail, frozenset()).seen == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_of_any_letters_is_read_and_places_lie_in_it(before: str, after: str) -> None:
    text = fold(f"{before} your file is shredded within a week {after}")
    for seen in judged(MADE, text).seen:
        assert 0 <= seen.start <= min(start for start, _ in seen.words)
        assert max(end for _, end in seen.words) <= seen.end <= len(text.text)


@given(st.dictionaries(st.sampled_from(["retention", "purpose", "recipients"]), st.floats(-20, 20), min_size=1))
def test_sums_of_odds_are_the_odds_of_each_code(adds: dict[str, float]) -> None:
    odds = Odds(dict.fromkeys(adds, -1.0), {"a": tuple(adds.items()), "b": tuple(adds.items())})
    said = dict(zip(adds, odds.each(odds.begins + odds.row(["a"]) + odds.row(["b"])), strict=True))
    assert said == {code: pytest.approx(2 * more - 1, abs=0.011) for code, more in adds.items()}
    assert odds.reached(odds.begins + odds.row(["a", "b"])) == any(one >= FLOOR for one in said.values())
    assert {code: odds.of(odds.row(["a"]), code) for code in adds} == {
        code: pytest.approx(more, abs=0.006) for code, more in adds.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_learnt_and_rules_alone_never_say_likely(language: str) -> None:
    assert learnt(language) is not None
    for text in CORPUS.open(language)[:5]:
        by_rules = lint_by_rules(text.text, language=language, kind=text.kind)
        assert not any(hit.likely_by for hit in (*by_rules.elements, *by_rules.defects))
        both = lint(text.text, language=language, kind=text.kind)
        found = [(hit.code, hit.start) for hit in (*by_rules.elements, *by_rules.defects)]
        assert {(hit.code, hit.start) for hit in (*both.sure, *both.doubtful)} == {*found}


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


def test_a_wrong_file_is_said_with_its_line(tmp_path: Path) -> None:
    for line, said in (("week\tretention=much", "code=number"), ("week\tretentoin=1", "retentoin")):
        (tmp_path / "xx.tsv").write_text(f"# head\n{line}\n", encoding="utf-8")
        with pytest.raises(DataError, match=f"xx.tsv:2: .*{said}"):
            odds.read(tmp_path / "xx.tsv")


@given(
    st.dictionaries(st.sampled_from(["week", "a pair", "{name}"]), st.floats(-5, 5), min_size=1), st.floats(-9, 9),
)  # fmt: skip
def test_what_was_learnt_is_read_as_it_was_written(adds: dict[str, float], begins: float) -> None:
    weights = {name: (("retention", round(weight, 2)), ("purpose", 1.0)) for name, weight in adds.items()}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "en.tsv"
        path.write_text(odds.written(["# head"], {"retention": round(begins, 2)}, weights), encoding="utf-8")
        assert odds.read(path) == ({"retention": round(begins, 2)}, weights, frozenset())


def test_what_is_likely_is_asked_for_where_the_text_is_known_to_be_about_privacy() -> None:
    probable = [text for row in CORPUS.parted("en") if row.kind for text, _ in row.sentences][-200:]
    assert any(lint(part, language="en", kind="message_notice").likely for part in probable)
    unknown = [lint(part, language="en") for part in probable]
    assert any(result.likely for result in unknown)
    for result in unknown:
        by_rules = {hit.code for hit in (*result.elements, *result.defects, *result.doubtful) if not hit.likely_by}
        assert not result.likely or len(by_rules - NOT_PRIVATE) >= PRIVATE


def test_what_a_rule_finds_is_doubted_in_a_text_of_unknown_kind_too() -> None:
    texts = [row.text for language in ("en", "sv") for row in CORPUS.open(language)]
    assert any(lint(text).doubtful for text in texts)
    assert not any(lint_by_rules(text).doubtful for text in texts)


def test_what_depends_on_the_legal_basis_is_left_to_rules() -> None:
    text = "Unless you tell us otherwise, we will send you offers for similar products."
    assert lint(text, language="en", kind="message_notice", basis="legitimate_interest").defects == ()


def test_learning_goes_from_words_over_concepts_and_the_net_to_texts_and_leaves_blind_texts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sentences").mkdir()
    (tmp_path / "blind").mkdir()
    said = [f"The {thing} is shredded after {number} weeks." for number, thing in enumerate(THINGS * 4, 2)]
    rows = [{"kind": "message_notice", "sentences": [[text, ["retention"]], ["Good day.", []]]} for text in said]
    rows += [{"kind": "message_notice", "sentences": [[f"The {thing} is red.", []], ["Bye.", []]]} for thing in THINGS]
    (tmp_path / "sentences" / "en.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "blind" / "en.jsonl").write_text("unreadable", encoding="utf-8")
    learned = tmp_path / "learned"
    learned.mkdir()
    monkeypatch.setattr(learn, "languages", lambda: ("en",))
    monkeypatch.setattr(learn, "ROUNDS", 1)
    for name in ("LEARNED", "CONCEPTS", "WHOLE", "LIMITS", "NET"):
        monkeypatch.setattr(learn, name, learned / Path(getattr(learn, name)).name.replace("learned", ""))
    monkeypatch.setattr(net, "NET", learn.NET)
    net._shared.cache_clear()
    monkeypatch.setattr(whole, "WHOLE", learn.WHOLE)
    monkeypatch.setattr(whole, "LIMITS", learn.LIMITS)
    assert learn.main([str(tmp_path), "--kept", str(tmp_path / "kept")]) == 0
    words = odds.read(learned / "en.tsv")
    assert "retention" in dict(words.weights["shre*"])
    assert {"blue", "red"} <= words.common
    last, asked = whole.finals.__wrapped__(), whole.limits.__wrapped__()
    assert set(last) == set(asked) == set(lessons.CODES)
    read = net.net("en", words.common)
    net._shared.cache_clear()
    assert read is not None
    weights = Likely("en", words, odds.read(learned / "concepts.tsv"), last, asked, read)
    text = fold("Whatever is in the blue sheet is shredded after 9 weeks.")
    found = matcher("en")
    (seen,) = weights.judge(text, partial(found.concepts, found.look(text)), frozenset(), "message_notice").seen
    assert seen.code == "retention"


def test_a_code_is_said_and_doubted_from_where_most_of_what_was_left_out_in_learning_was_right() -> None:
    found = [trials.Trial("purpose", 3.0 - number / 10, found=False, true=not 3 < number < 7) for number in range(30)]
    found += [trials.Trial("purpose", -2.0, found=False, true=False)] * 40
    found += [trials.Trial("purpose", number / 10 - 6.0, found=True, true=number % 5 == 0) for number in range(20)]
    found += [trials.Trial("purpose", 2.0, found=True, true=True)] * 40
    found += [trials.Trial("retention", 1.0, found=False, true=False)] * 9
    found += [trials.Trial("recipients", -2.0, found=False, true=True)] * 9
    found += [trials.Trial("preticked", -2.0, found=False, true=True)] * 9
    lines = [line.split("\t") for line in trials.limits(found).splitlines() if not line.startswith("#")]
    told = {code: rest for code, *rest in lines}
    assert told["retention"] == ["-", "", "", "-", "", ""]
    assert float(told["recipients"][0]) == trials.LOWEST["element"]
    assert told["preticked"] == ["0.700", "9", "9", "-", "", ""]  # a defect must be surer
    share, right, said, doubt, wrong, doubted = told["purpose"]
    assert (right, said) == ("27", "30")
    assert float(share) == pytest.approx(1 / (1 + math.exp(-0.1)), abs=0.001)
    assert (wrong, doubted) == ("16", "20")
    assert float(doubt) == pytest.approx(1 / (1 + math.exp(4.1)), abs=0.0001)


def test_what_rules_find_is_doubted_where_no_sentence_is_likely_to_say_it() -> None:
    doubting = made({"retention": 2.6, "purpose": 1.6}, WORDS, doubts={"retention": -2.0})

    def doubted(text: str, *found: str) -> frozenset[str]:
        return judged(doubting, fold(text), frozenset(found)).doubtful

    assert doubted("Kept for a year.", "retention", "purpose") == {"retention"}
    assert doubted("Kept for a year. Next week it is shredded.", "retention") == set()
    assert doubted("Kept for a year.", "purpose") == set()


def test_what_its_own_sentence_speaks_for_is_not_doubted_for_what_else_a_text_says() -> None:
    words, against = {"shred": (("retention", 3.0),), "purge": (("purpose", 9.0),)}, {"retention": (("purpose", -9.0),)}
    beside = made({"retention": 2.0, "purpose": 3.0}, words, doubts={"retention": -2.0}, others=against)
    found = frozenset({"retention"})
    assert judged(beside, fold("We shred it. We purge."), found).doubtful == set()
    assert judged(beside, fold("We keep it. We purge."), found).doubtful == {"retention"}


def test_odds_of_a_text_come_from_its_own_and_others_and_count_otherwise_where_a_rule_found_it() -> None:
    final = Final(-1.0, (1.0, 0.5, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 1.0), {"purpose": 0.5, "recipients": -9.0})
    absent = Final(-5.0, (0.0,) * OWN, {})
    last = Whole({"retention": final, "purpose": absent, "recipients": absent})
    said = together(np.array([2.0, -3.0, -9.0]), np.array([4.0, 1.0, -9.0]), np.array([1.0, 0.0, -9.0]))
    beside = 0.5 * there(np.array(-2.0))
    assert list(last.odds(said, np.zeros(3))) == pytest.approx([-1 + 2 + 2 + beside, -5, -5])
    assert last.odds(said, np.array([1, 0, 0]))[0] == pytest.approx(-1 + 2 + 2 + beside + 3 + 7)
    assert there(np.array(-8.0)) == 0
    assert list(own(np.array([99.0, -99.0, 0.0, 1.0]), np.array(0))) == [MOST, -MOST, 0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("line", ["p\tmuch\t8\t9\t-\t\t", "p", "p\t.5\t8\t9", "p\t0\t8\t9\t-\t\t", "p\t-\t\t\t1\t8\t9"])
def test_a_wrong_limit_is_said_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(whole, "LIMITS", tmp_path / "limits.tsv")
    whole.LIMITS.write_text(f"# head\n{line.replace('p', 'purpose', 1)}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"limits.tsv:2: .*between 0 and 1"):
        whole.limits.__wrapped__()


@pytest.mark.parametrize(
    ("line", "said"),
    [("porpoise\t1", "no code 'porpoise'"), ("purpose\t1\t2", "10 numbers"),
     ("purpose\tmuch" + "\t0" * 9, "10 numbers"), ("purpose" + "\t0" * 10 + "\tretention", "code=number")],
)  # fmt: skip
def test_a_wrong_line_on_whole_texts_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    monkeypatch.setattr(whole, "WHOLE", tmp_path / "whole.tsv")
    whole.WHOLE.write_text(f"# head\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"whole.tsv:2: .*{said}"):
        whole.finals.__wrapped__()


def test_texts_written_in_pairs_teach_but_are_not_tried() -> None:
    said = (("This call is recorded.", ("recording_stated",)), ("Good day.", ()))
    parted = [
        Parted(sentences=said),
        Parted(sentences=said, pair=True),
        Parted(sentences=said[:1]),
        Parted(sentences=said),
    ]
    rows = [[lessons.Row(text, frozenset(codes), of="1") for text, codes in one.sentences] for one in parted]
    tried = list(learn.to_try(parted, rows, "en"))
    assert [one.rows for one in tried] == [range(2), range(5, 7)]
    assert all(one.found == {"recording_stated"} for one in tried)


def test_what_is_kept_of_a_language_is_old_when_its_texts_change_and_only_then(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    before = learn.state("en", corpus)
    (tmp_path / "pl.jsonl").write_text("{}", encoding="utf-8")
    assert learn.state("en", corpus) == before
    (tmp_path / "en.jsonl").write_text("{}", encoding="utf-8")
    assert learn.state("en", corpus) != before
