"""What a small neural net makes of the sentences of a text: it reads words in their order, and sentences in a row.

Each word, its beginnings and the concepts at its place are rows of numbers, words of one language, concepts of all.
Three layers look at its neighbours, ever further away; of a sentence counts what is strongest in it, and all of it
together; sentences before and behind it, the whole text and its kind are weighed too. `forward` says it in full: texts
are read by it, and learn_net.py learns by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, get_args
from zipfile import BadZipFile

import numpy as np
from threadpoolctl import ThreadpoolController

from gdpr_assess.issue import DataError
from gdpr_assess.model import WordingKind
from gdpr_assess.wording.features import NAME, features, zeros
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.odds import Array
from gdpr_assess.workspace import write_atomic

NET = Path(__file__).parent / "learned" / "net"
SHARED = "shared"
"""The file of what all languages share."""
KINDS = (None, *get_args(WordingKind))
STEPS = (1, 2, 4)
"""So far away are the neighbours that each layer looks at."""
BEGINNINGS, CONCEPTS = 4, 6
"""So many beginnings of a word count, and so many concepts at its place."""
WIDTH = 1 + BEGINNINGS + CONCEPTS
OF_FEATURES, OF_TOKENS, OF_SENTENCES = 0.15, 0.1, 0.35
"""Shares of numbers that are left out in learning, so that nothing rests on a few of them."""
MOST_TOKENS = 50_000
"""So many words are remembered; then it begins anew, so that memory stays bounded."""
_TOKEN = re.compile(r"\w+|[.,:;!?()\"□☑/&%€+-]")
_CHARACTER = re.compile(r"[a-z0]+|[^\sa-z0]")
Span = tuple[int, int]
Concept = tuple[str, int, int]
"""A concept with its place in a folded text."""
Weights = Mapping[str, Array]
"""The numbers of each part of the net by its name."""


class Laid(NamedTuple):
    """Sentences as the net reads them.

    `features` is tokens by WIDTH: numbers of features, 0 for none; then the sentence of each token, with the last four
    tokens in no sentence; the text and the kind of each sentence; how many texts there are.
    """

    features: Array
    sentence: Array
    text: Array
    kind: Array
    texts: int


class Tools(NamedTuple):
    """What the net is worked out with: numpy or what is like it; the greatest and the sum of each group of rows.

    `rows` is the sum of some rows of all for each token, where 0 is none; `thinned` leaves out a share of numbers in
    learning.
    """

    np: Any
    rows: Callable[[Array, Array], Array]
    most: Callable[[Array, Array, int], Array]
    total: Callable[[Array, Array, int], Array]
    thinned: Callable[[Array, float], Array]


def _rows(all_: Array, numbers: Array) -> Array:
    return all_.take(numbers.ravel(), axis=0).reshape(*numbers.shape, -1).sum(axis=1)  # the first row is all 0


def _most(rows: Array, group: Array, groups: int) -> Array:  # noqa: ARG001 numpy sees how many there are
    return np.maximum.reduceat(rows, _firsts(group))


def _total(rows: Array, group: Array, groups: int) -> Array:  # noqa: ARG001
    return np.add.reduceat(rows, _firsts(group))


def _firsts(group: Array) -> Array:
    return np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))


READING = Tools(np, _rows, _most, _total, lambda values, _: values)


def forward(weights: Weights, laid: Laid, tools: Tools) -> Array:
    """Return the odds (natural logarithm) that each sentence says each code."""
    xp, thinned, sentences = tools.np, tools.thinned, len(laid.text)
    rows = thinned(tools.rows(weights["words"], laid.features), OF_TOKENS) @ weights["in"]
    for number, step in enumerate(STEPS):
        seen = xp.maximum(rows, 0)
        alike = (_moved(xp, laid.sentence, step) == laid.sentence)[:, None]
        before = xp.where(alike, _moved(xp, seen, step), 0)
        behind = xp.where(_moved(xp, alike, -step), _moved(xp, seen, -step), 0)
        rows = rows + xp.concatenate([before, seen, behind], axis=1) @ weights[f"layer{number}"]
        rows = rows + weights[f"begin{number}"]
    seen = xp.maximum(rows, 0)
    size = tools.total(xp.ones_like(seen[:, :1]), laid.sentence, sentences)
    both = [tools.most(seen, laid.sentence, sentences), tools.total(seen, laid.sentence, sentences) / xp.sqrt(size + 1)]
    said = xp.concatenate(both, axis=1)
    whole = tools.most(said, laid.text, laid.texts)[laid.text]
    follows = (_moved(xp, laid.text, 1) == laid.text)[:, None]
    last = xp.where(follows, _moved(xp, said, 1), 0)
    next_ = xp.where(_moved(xp, follows, -1), _moved(xp, said, -1), 0)
    said, last, next_, whole = (thinned(one, OF_SENTENCES) for one in (said, last, next_, whole))
    around = xp.concatenate([said, last, next_, whole, weights["kinds"][laid.kind]], axis=1)
    around = xp.maximum(around @ weights["around"] + weights["around_begin"], 0)
    return said @ weights["out"] + around @ weights["out_around"] + weights["begin"]


def _moved(xp: Any, rows: Array, by: int) -> Array:
    """Return rows further on by some places; those at the end come first (numpy.roll does more and takes longer)."""
    return xp.concatenate([rows[-by:], rows[:-by]])


def tokens(folded: Folded, common: frozenset[str], start: int, end: int, *, chinese: bool) -> list[Concept]:
    """Return the words and marks of a part of a folded text with their places, with 0 for digits and `NAME` for names.

    Of Chinese each character is one. A part without any has one token that says nothing.
    """
    found: list[Concept] = []
    capitals = folded.original.isupper()
    for match in (_CHARACTER if chinese else _TOKEN).finditer(zeros(folded.text[start:end])):
        token, first, last = match[0], start + match.start(), start + match.end()
        if not (chinese or capitals or token in common) and token.isalpha() and folded.given(first).isupper():
            if found and found[-1][0] == NAME:
                continue
            token = NAME
        found.append((token, first, last))
    return found or [("", start, end)]


def names(token: str) -> list[str]:
    """Return what a token counts as: words with their beginnings."""
    return features(token) if token else []


def shared(name: str) -> bool:
    """Tell whether a feature is the same in all languages: concepts, names, numbers, marks."""
    return not name[0].isalpha()


def concept(name: str) -> str:
    """Return a concept as a feature."""
    return f"@{name}"


def among(concepts: Sequence[Concept], start: int, end: int) -> list[str]:
    """Return the names of the concepts at a place."""
    return list(dict.fromkeys([one for one, first, last in concepts if first < end and start < last]))[:CONCEPTS]


class Net:
    """The net with the words of one language."""

    def __init__(
        self, language: str, common: frozenset[str], codes: Sequence[str], numbers: Mapping[str, int], weights: Weights
    ) -> None:
        """Take the words that are no names, the codes in the order of the odds, and the number of each feature."""
        self._chinese, self._common, self.codes = language == "zh", common, codes
        self._numbers, self._weights, self._known = numbers, weights, dict[str, list[int]]()
        self._concept = cache(lambda name: numbers.get(concept(name), 0))

    def odds(self, folded: Folded, spans: Sequence[Span], concepts: Sequence[Concept], kind: str | None) -> Array:
        """Return the odds (natural logarithm) that each sentence of a text says each code."""
        rows, sentence = list[list[int]](), list[int]()
        for number, (start, end) in enumerate(spans):
            held = [one for one in concepts if start <= one[1] < end]
            for token, first, last in tokens(folded, self._common, start, end, chinese=self._chinese):
                found = [self._concept(name) for name in among(held, first, last)]
                rows.append([*self._token(token), *found, *[0] * (CONCEPTS - len(found))])
                sentence.append(number)
        rows += [[0] * WIDTH] * STEPS[-1]
        sentence += [len(spans)] * STEPS[-1]
        text = np.array([0] * len(spans) + [1])
        of_kind = np.full(len(text), KINDS.index(kind))
        laid = Laid(np.array(rows), np.array(sentence), text, of_kind, 2)
        with _threads().limit(limits=1, user_api="blas"):  # so little is sooner done by one than shared among several
            return forward(self._weights, laid, READING)[:-1]

    def _token(self, token: str) -> list[int]:
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= MOST_TOKENS:
                self._known.clear()
            known = [self._numbers.get(name, 0) for name in names(token)]
            known = self._known[token] = known + [0] * (1 + BEGINNINGS - len(known))
        return known


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def written(path: Path, features: Sequence[str], rows: Array, others: Mapping[str, Array]) -> None:
    """Write features with their rows (255 steps in each column), and other parts of the net."""
    step = np.maximum(np.abs(rows).max(axis=0, initial=0), 1e-6) / 127
    parts = {name: part.astype(np.float16) if part.dtype.kind == "f" else part for name, part in others.items()}
    steps = {"rows": np.round(rows / step).astype(np.int8), "step": step.astype(np.float32)}
    file = BytesIO()
    np.savez_compressed(file, features=np.array(features), **steps, **parts)
    write_atomic(path, file.getvalue())


def read(path: Path) -> tuple[list[str], Array, dict[str, Array]]:
    """Return what was written; raises DataError naming the file."""
    try:
        with np.load(path) as file:
            held = dict(file.items())
        features, rows = held.pop("features").tolist(), held.pop("rows") * held.pop("step")
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as error:
        raise DataError(f"{path}: this is no part of a net; `make learn` writes it anew") from error
    return features, rows, {k: part.astype(np.float32) if part.dtype.kind == "f" else part for k, part in held.items()}


@cache
def _shared() -> tuple[list[str], Array, dict[str, Array]]:
    return read(NET / f"{SHARED}.npz")


def net(language: str, common: frozenset[str]) -> Net | None:
    """Return the net of a language, or None; raises DataError naming the file."""
    path = NET / f"{language}.npz"
    if not path.is_file():
        return None
    (all_, rows, parts), (own, own_rows, _) = _shared(), read(path)
    nothing = np.zeros((1, rows.shape[1]), dtype=np.float32)
    numbers = {name: number for number, name in enumerate([*all_, *own], 1)}
    weights = {**parts, "words": np.concatenate([nothing, rows, own_rows])}
    return Net(language, common, parts["codes"].tolist(), numbers, weights)
