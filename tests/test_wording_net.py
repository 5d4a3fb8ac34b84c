"""The net: it reads words in their order and sentences in a row, for one text as for many, as it was learnt."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.issue import DataError
from gdpr_assess.wording import LANGUAGES, net
from gdpr_assess.wording.features import NAME
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.learn_net import Read, learn_net, save
from gdpr_assess.wording.lessons import CODES, TURNS, Reading, Row
from gdpr_assess.wording.net import CONCEPTS, READING, WIDTH, Laid, Net, among, forward, tokens
from gdpr_assess.wording.odds import Array
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.whole import FAR

ENGLISH = net.net("en", frozenset({"if", "you", "we", "will", "do", "not", "it"}))
SAID = "If you do not object within a week, we will take it that you agree."


def odds(text: str, *concepts: net.Concept, kind: str | None = None) -> Array:
    """Return what the English net makes of the sentences of a text."""
    assert ENGLISH is not None
    folded = fold(text)
    return ENGLISH.odds(folded, sentences(folded.text, "en"), concepts, kind)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Calls at Brightline Energy, 14 of 20!", ["calls", "at", NAME, ",", "00", "of", "00", "!"]),
        ("CALLS AT BRIGHTLINE", ["calls", "at", "brightline"]),
        ("   ", [""]),
    ],
)
def test_words_marks_names_and_numbers_are_read(text: str, said: list[str]) -> None:
    folded = fold(text)
    found = tokens(folded, frozenset({"calls", "at", "of"}), 0, len(folded.text), chinese=False)
    assert [token for token, _, _ in found] == said


def test_of_chinese_every_character_is_read() -> None:
    folded = fold("按 2 键,IVR 不录音")
    said = [token for token, _, _ in tokens(folded, frozenset(), 0, len(folded.text), chinese=True)]
    assert said == ["按", "0", "键", ",", "ivr", "不", "录", "音"]


def test_concepts_count_at_the_words_that_they_touch() -> None:
    held = [("AGREE", 3, 9), ("SILENCE", 8, 12), ("AGREE", 4, 6)]
    assert among(held, 0, 4) == ["AGREE"]
    assert among(held, 5, 9) == ["AGREE", "SILENCE"]
    assert among(held, 12, 14) == []
    assert len(among([(f"C{number}", 0, 9) for number in range(20)], 1, 2)) == CONCEPTS


def test_the_order_of_words_counts_and_what_stands_around_a_sentence() -> None:
    one, other = odds("Stay on the line if you agree."), odds("If you agree stay on the line.")
    assert not np.allclose(one, other, atol=0.01)
    alone, behind = odds(SAID), odds(f"Thank you for calling us. {SAID}")
    assert behind.shape == (2, len(CODES))
    assert not np.allclose(alone[0], behind[1], atol=0.01)
    assert not np.allclose(alone, odds(SAID, kind="consent_request"), atol=0.01)
    assert not np.allclose(alone, odds(SAID, ("SILENCE", 0, 18)), atol=0.001)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_read_by_it(language: str) -> None:
    found = net.net(language, frozenset())
    assert found is not None
    assert [*found.codes] == [*CODES]


@given(st.text(max_size=80))
def test_any_text_has_odds_that_are_numbers(text: str) -> None:
    folded = fold(f"{text} Hello")
    spans = [span for span in sentences(folded.text, "en") if folded.text[slice(*span)].strip()]
    assert ENGLISH is not None
    found = ENGLISH.odds(folded, spans, [], None)
    assert found.shape == (len(spans), len(CODES))
    assert np.isfinite(found).all()


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=1, max_size=4), st.integers(0, 99))
def test_texts_read_together_are_read_as_each_by_itself(texts: list[list[int]], seed: int) -> None:
    random = np.random.default_rng(seed)
    parts = {name: random.normal(0, 0.3, part.shape) for name, part in _parts(random).items()}
    features = random.integers(0, 9, (sum(map(sum, texts)) + 4, WIDTH))
    features[-4:] = 0
    ends = [0, *np.cumsum([*map(sum, texts)]).tolist()]
    each = [_read(parts, np.concatenate([features[a:b], features[-4:]]), [text]) for text, (a, b) in
            zip(texts, pairwise(ends), strict=True)]  # fmt: skip
    assert _read(parts, features, texts) == pytest.approx(np.concatenate(each), abs=1e-9)


def _parts(random: np.random.Generator) -> dict[str, Array]:
    sizes = {"words": (9, 4), "in": (4, 5), "kinds": (6, 2), "around": (42, 3), "around_begin": (3,), "begin": (2,)}
    sizes |= {f"layer{number}": (15, 5) for number in range(3)} | {f"begin{number}": (5,) for number in range(3)}
    return {name: random.normal(0, 0.3, size) for name, size in {**sizes, "out": (10, 2), "out_around": (3, 2)}.items()}


def _read(parts: dict[str, Array], features: Array, texts: list[list[int]]) -> Array:
    sizes = [size for text in texts for size in text]
    sentence = np.repeat(np.arange(len(sizes) + 1), [*sizes, 4])
    text = np.repeat(np.arange(len(texts) + 1), [*map(len, texts), 1])
    laid = Laid(features, sentence, text, np.zeros(len(text), dtype=int), len(texts) + 1)
    return forward(parts, laid, READING)[:-1]


@given(st.lists(st.lists(st.floats(-5, 5), min_size=3, max_size=3), min_size=1, max_size=9))
def test_a_net_is_read_as_it_was_written(rows: list[list[float]]) -> None:
    names = [f"word{number}" for number in range(len(rows))]
    with TemporaryDirectory() as folder:
        net.written(
            Path(folder) / "xx.npz", names, np.array(rows), {"begin": np.array([0.5]), "codes": np.array(CODES)}
        )
        found, read, parts = net.read(Path(folder) / "xx.npz")
    assert found == names
    assert read == pytest.approx(np.array(rows), abs=0.02)
    assert parts["begin"].tolist() == [0.5]
    assert tuple(parts["codes"].tolist()) == CODES


@pytest.mark.parametrize("content", [b"", b"not a net", b"PK\x05\x06" + b"\0" * 18])
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "xx.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"xx\.npz: "):
        net.read(tmp_path / "xx.npz")


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "MOST_TOKENS", 10)
    small = Net("en", frozenset(), CODES, {}, getattr(ENGLISH, "_weights"))  # noqa: B009 the same weights
    for number in range(5):
        text = fold(" ".join(f"w{chr(97 + at)}{chr(97 + number)}" for at in range(9)))
        small.odds(text, [(0, len(text.text))], [], None)
    assert len(small._known) <= net.MOST_TOKENS


def test_what_stands_in_few_places_is_not_learnt_and_languages_share_marks_and_concepts() -> None:
    def reading(language: str, word: str) -> Reading:
        texts = [[Row(f"{word} {word}, {'xyz'[number] * 3}once", frozenset())] for number in range(3)]
        held = [[("AGREE", 0, len(word))]] * 3
        return Reading.of(texts, held, language, frozenset())

    read = Read.of({"en": reading("en", "hello"), "sv": reading("sv", "hej")})
    assert {("shared", ","), ("shared", "@AGREE"), ("en", "hello"), ("en", "hell*"), ("sv", "hej")} <= {*read.names}
    assert not any("once" in name for _, name in read.names)
    assert read.tokens.tolist() == [4] * 6
    assert read.sentences.tolist() == [1] * 6


def test_it_learns_what_sentences_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["The file is shredded after a year.", "A year is a long time for a file.", "After a year, we meet."]
    rows = [[Row(text, frozenset())] for text in said * 20]
    has = np.zeros((len(rows), len(CODES)), dtype=bool)
    has[::3, CODES.index("retention")] = True
    readings = {"en": Reading.of(rows, [[]] * len(rows), "en", frozenset())}
    names, parts, odds = learn_net(readings, has, ~has & False, np.full(len(rows), TURNS), rounds=60)
    assert (odds == -FAR).all()  # nothing was left out
    save(names, parts, tmp_path)
    monkeypatch.setattr(net, "NET", tmp_path)
    monkeypatch.setattr(net, "_shared", net._shared.__wrapped__)
    found = net.net("en", frozenset())
    assert found is not None
    told = [found.odds(fold(text), [(0, len(text))], [], None)[0, CODES.index("retention")] for text in said]
    assert [odds > 0 for odds in told] == [True, False, False]
