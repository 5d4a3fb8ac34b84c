"""Learns the net (net.py) from the sentences of all languages together. Needs jax and optax.

It is learnt once for each turn, without the texts that are left out in that turn, and once with all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tqdm import tqdm

from gdpr_assess.wording.lessons import CODES, TURNS, Reading
from gdpr_assess.wording.net import KINDS, OF_FEATURES, SHARED, STEPS, Laid, Tools, forward, shared, written
from gdpr_assess.wording.odds import Array
from gdpr_assess.wording.whole import FAR

NUMBERS, ROWS, INNER, OF_KIND = 64, 96, 128, 16
"""How many numbers stand for a feature, a token in its place, what is around a sentence, the kind of a text."""
SELDOM = 3
"""A feature counts that stands in so many places."""
ROUNDS, FASTEST, WARM = 6, 0.003, 0.15
"""So often all texts are seen; the greatest step of learning, and the share of the steps after which it is reached."""
TOKENS, SENTENCES, TEXTS = 9216, 1152, 576
"""So much is learnt from at once, at most."""
SEED = 1


class Read(NamedTuple):
    """The sentences of all languages as a `Reading` has them; `names` come with their language or `SHARED`."""

    names: list[tuple[str, str]]
    features: Array
    tokens: Array
    sentences: Array
    kinds: Array

    @classmethod
    def of(cls, all_: Mapping[str, Reading]) -> Read:
        """Put languages together, without what stands in few places."""
        often = Counter[tuple[str, str]]()
        for language, one in all_.items():
            counts = np.bincount(one.features.ravel(), minlength=len(one.names) + 1)[1:].tolist()
            for name, count in zip(one.names, counts, strict=True):
                often[_own(name, language)] += count
        kept = sorted(name for name, count in often.items() if count >= SELDOM)
        numbers = {name: number for number, name in enumerate(kept, 1)}
        features = [
            np.array([0, *(numbers.get(_own(name, language), 0) for name in one.names)], dtype=np.int32)[one.features]
            for language, one in all_.items()
        ]
        others = (np.concatenate([one[part] for one in all_.values()]) for part in range(2, len(cls._fields)))
        return cls(kept, np.concatenate(features), *others)


def _own(name: str, language: str) -> tuple[str, str]:
    return SHARED if shared(name) else language, name


class Text(NamedTuple):
    """Where a text stands among all tokens and all sentences."""

    tokens: slice
    sentences: slice


def _texts(read: Read) -> list[Text]:
    last = np.cumsum(read.sentences).tolist()
    ends = np.concatenate([[0], np.cumsum(read.tokens)]).tolist()
    firsts = [0, *last[:-1]]
    return [Text(slice(ends[a], ends[b]), slice(a, b)) for a, b in zip(firsts, last, strict=True)]


def _size(part: slice) -> int:
    return int(part.stop - part.start)


class Batch(NamedTuple):
    """Texts laid out, filled up to the same size, and the numbers of their sentences."""

    laid: Laid
    rows: Array


def _groups(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Yield as many texts at once as there is room for, with one sentence and one text for what fills up."""
    some, size, sentences = list[Text](), 0, 0
    for text in texts:
        size, sentences = size + _size(text.tokens), sentences + _size(text.sentences)
        if some and (size > TOKENS - STEPS[-1] or sentences >= SENTENCES or len(some) == TEXTS - 1):
            yield some
            some, size, sentences = [], _size(text.tokens), _size(text.sentences)
        some.append(text)
    yield some


def _batch(read: Read, texts: Sequence[Text]) -> Batch:
    rows = np.concatenate([np.arange(text.sentences.start, text.sentences.stop) for text in texts])
    features = np.concatenate([read.features[text.tokens] for text in texts])
    sentence = np.repeat(np.arange(len(rows)), read.tokens[rows])
    text = np.repeat(np.arange(len(texts)), [_size(text.sentences) for text in texts])
    laid = Laid(
        _filled(features, TOKENS, 0),
        _filled(sentence, TOKENS, SENTENCES - 1),
        _filled(text, SENTENCES, TEXTS - 1),
        _filled(read.kinds[rows], SENTENCES, 0),
        TEXTS,
    )
    return Batch(laid, rows)


def _filled(values: Array, size: int, by: float) -> Array:
    return np.pad(values, [(0, size - len(values)), *[(0, 0)] * (values.ndim - 1)], constant_values=by)


Names = list[tuple[str, str]]
Parts = dict[str, Array]


def learn_net(
    all_: Mapping[str, Reading], has: Array, unknown: Array, turns: Array, rounds: int
) -> tuple[Names, Parts, Array]:
    """Return the names of features and the parts of the net learnt from all texts, and the odds of what is left out.

    `has`, `unknown` and the odds are sentences by codes; `turns` tells in which turn each sentence is left out;
    all texts are seen `rounds` times.
    """
    read = Read.of(all_)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:  # jax has threads of its own
        counts = (~unknown).astype(np.float32)
        parts, odds = apart.submit(_learn, read, has.astype(np.float32), counts, turns, rounds).result()
    return read.names, parts, odds


def save(names: Names, parts: Parts, folder: Path) -> None:
    """Write a file for each language and one for what all share; raises OSError."""
    rows, others = parts["words"][1:], {name: part for name, part in parts.items() if name != "words"}
    for language in {SHARED, *(language for language, _ in names)}:
        at = [number for number, (own, _) in enumerate(names) if own == language]
        more = {**others, "codes": np.array(CODES)} if language == SHARED else {}
        written(folder / f"{language}.npz", [names[number][1] for number in at], rows[at], more)


def _learn(read: Read, has: Array, known: Array, turns: Array, rounds: int) -> tuple[Parts, Array]:
    texts, odds, learner = _texts(read), np.full(has.shape, -FAR, dtype=np.float32), _Learner(read, has, known, rounds)
    of_text = [turns[text.sentences.start] for text in texts]
    for turn in range(TURNS):
        left = [text for text, own in zip(texts, of_text, strict=True) if own == turn]
        shown = [text for text, own in zip(texts, of_text, strict=True) if own != turn]
        if left and shown:
            parts = learner.learn(shown, f"net, turn {turn + 1} of {TURNS}")
            for group in _groups(left):
                batch = _batch(read, group)
                odds[batch.rows] = learner.odds(parts, batch)
    return learner.learn(texts, "net"), odds


def _laid(parts: Any) -> Laid:
    """Return what is laid out, as jax hands it over."""
    features, sentence, text, kind = parts
    return Laid(features, sentence, text, kind, TEXTS)


class _Learner:
    """Learns by steps against the slope of the loss (Adam; steps grow, then shrink)."""

    def __init__(self, read: Read, has: Array, known: Array, rounds: int) -> None:
        self._read, self._has, self._known, self._rounds = read, has, known, rounds
        self._jax, self._optax = import_module("jax"), import_module("optax")
        self._adam, self._step = self._optax.scale_by_adam(b2=0.99), self._jax.jit(self._better)
        self._forward = self._jax.jit(lambda parts, laid: forward(parts, _laid(laid), self._tools(None)))

    def odds(self, parts: Parts, batch: Batch) -> Array:
        """Return what the net says of sentences."""
        return np.array(self._forward(parts, batch.laid[:-1]))[: len(batch.rows)]

    def learn(self, texts: Sequence[Text], name: str) -> Parts:
        """Return the parts of the net learnt from texts."""
        random = np.random.default_rng(SEED)
        orders = (random.permutation(len(texts)) for _ in range(self._rounds))
        groups = [group for order in orders for group in _groups([texts[at] for at in order])]
        steps = len(groups)
        pace = self._optax.cosine_onecycle_schedule(max(20, steps), FASTEST, pct_start=WARM)
        parts = self._begun(random)
        state, keys = self._adam.init(parts), iter(self._jax.random.split(self._jax.random.key(SEED), steps))
        for number, group in enumerate(tqdm(groups, name, unit="step")):
            batch = _batch(self._read, group)
            has, known = (_filled(of[batch.rows], SENTENCES, 0.0) for of in (self._has, self._known))
            parts, state = self._step(parts, state, pace(number), next(keys), batch.laid[:-1], has, known)
        return {part: np.array(numbers) for part, numbers in parts.items()}

    def _better(self, parts: Any, state: Any, pace: Any, key: Any, laid: Any, has: Any, counts: Any) -> Any:
        """Return the net one step further."""
        slope = self._jax.grad(self._loss)(parts, key, laid, has, counts)
        change, state = self._adam.update(slope, state)
        return {part: numbers - pace * change[part] for part, numbers in parts.items()}, state

    def _begun(self, random: np.random.Generator) -> Parts:
        """Return a net that has learnt nothing."""
        sizes = {
            "in": (NUMBERS, ROWS),
            **{f"layer{number}": (3 * ROWS, ROWS) for number in range(len(STEPS))},
            "out": (2 * ROWS, len(CODES)),
            "around": (8 * ROWS + OF_KIND, INNER),
        }
        parts = {name: random.normal(0, size[0] ** -0.5, size) for name, size in sizes.items()}
        parts["words"] = random.normal(0, 0.17, (len(self._read.names) + 1, NUMBERS))
        parts["kinds"] = random.normal(0, 0.4, (len(KINDS), OF_KIND))
        parts["out_around"] = random.normal(0, 0.02, (INNER, len(CODES)))
        parts |= {f"begin{number}": np.zeros(ROWS) for number in range(len(STEPS))}
        parts |= {"around_begin": np.zeros(INNER), "begin": np.full(len(CODES), -3.0)}
        return {name: part.astype(np.float32) for name, part in parts.items()}

    def _loss(self, parts: Any, key: Any, laid: Any, has: Any, counts: Any) -> Any:
        odds = forward(parts, _laid(laid), self._tools(key))
        return (self._optax.sigmoid_binary_cross_entropy(odds, has) * counts).sum() / counts.max(axis=1).sum()

    def _tools(self, key: Any) -> Tools:
        """Return what the net is worked out with; where there is a key, numbers are left out at random."""
        jax = self._jax
        keys = iter(jax.random.split(key, 16)) if key is not None else None

        def rows(all_: Any, numbers: Any) -> Any:
            there = thinned((numbers > 0).astype("float32"), OF_FEATURES)
            return (all_[numbers] * there[..., None]).sum(axis=1)

        def most(rows: Any, group: Any, groups: int) -> Any:
            return jax.numpy.maximum(jax.ops.segment_max(rows, group, groups), 0)

        def thinned(values: Any, share: float) -> Any:
            if keys is None:
                return values
            return values * jax.random.bernoulli(next(keys), 1 - share, values.shape) / (1 - share)

        return Tools(jax.numpy, rows, most, jax.ops.segment_sum, thinned)
