"""Learns what makes a code likely: `python -m gdpr_assess.wording.learn tests/wordings`.

Needs scikit-learn, jax and optax. Layers: a logistic regression per code on the words of sentences (a file for each
language), one on the concepts of sentences (one for all languages), a net on both in their order (learn_net.py), and a
logistic regression per code on what a text as a whole says. The last layer learns from texts that the lower ones were
not shown (which concepts are kept is found once, with all). So are the limits found from which a code is said: of what
is then said beside the rules, most must be right. What was learnt is kept (`--kept`): languages whose rules and texts
did not change are not learnt again, and limits can be set anew in a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from joblib import Memory
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from gdpr_assess.wording.features import NAME, WORD, features, of_concepts, of_kind, strings, units, words, zeros
from gdpr_assess.wording.fold import Folded, fold
from gdpr_assess.wording.labelled import Corpus, Parted
from gdpr_assess.wording.learn_net import ROUNDS, Names, Parts, learn_net, save
from gdpr_assess.wording.lessons import CODES, TURNS, Reading, Row, by_rules, lessons
from gdpr_assess.wording.likely import CONCEPTS
from gdpr_assess.wording.match import matcher
from gdpr_assess.wording.net import NET, Concept
from gdpr_assess.wording.odds import COMMON, Array, Weights, written
from gdpr_assess.wording.pack import PACKS, RULES, WORDING, languages, rules
from gdpr_assess.wording.trials import Labels, Lesson, Tried, Try, limits
from gdpr_assess.wording.whole import FAR, LEARNED, LIMITS, WHOLE
from gdpr_assess.wording.whole import written as finals_written
from gdpr_assess.workspace import write_atomic

SMALL, SEVERAL = 2, 3
"""A word is no name that is met in so many sentences with a small letter, or in so many at all."""
FEWEST = 8
"""A code is learnt from at least so many sentences."""
KEPT = {"element": 3000, "defect": 5000}
"""So many words and so many concepts are kept for each code: defects are said in more ways."""
STRICT = 0.6
"""How freely words may be weighed (the inverse of the L2 penalty)."""
STRICT_CONCEPTS = 0.3
"""How freely concepts may be weighed."""
SELDOM, SELDOM_PAIR = 8, 60
"""A concept counts that stands in so many sentences; a pair of them in so many."""
SMALLEST = 0.05
"""A word or concept that adds less is left out."""
LATER = frozenset({"trials.py", "whole.py", "likely.py", "learn_net.py"})
"""What comes after the lessons: they do not change with it."""


class Told:
    """The sentences of a language as counts of features."""

    def __init__(self, texts: list[list[Row]], language: str) -> None:
        """Take all texts to learn from."""
        self.rows = list(chain.from_iterable(texts))
        self.labels = Labels.of(self.rows)
        read = [fold(row.text) for row in self.rows]
        self.common = frozenset[str]() if language == "zh" else _common(read)
        said = [strings(text.text) if language == "zh" else units(words(text, self.common)) for text in read]
        self.named = np.array([language == "zh" or NAME in sentence for sentence in said])
        counts = [
            Counter([*(name for unit in sentence for name in features(unit)), *of_kind(row.kind)])
            for sentence, row in zip(said, self.rows, strict=True)
        ]
        often = Counter(name for count in counts for name in count)
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([{n: c for n, c in one.items() if often[n] > 1} for one in counts])
        names = vectorizer.get_feature_names_out()
        kept = _different(matrix, names)
        self.matrix, self.names = matrix[:, kept], names[kept]

    def weigh(self, number: int, without: Array | None = None) -> Telling | None:
        """Return where a code begins, its most telling features and what they add; None where it is seldom said.

        `without` tells which sentences are left out.
        """
        known = ~self.labels.unknown[:, number]
        learnt = known if without is None else known & ~without
        says = self.labels.has[learnt, number]
        if says.sum() < FEWEST:
            return None
        rows = self.matrix[learnt]
        _, kept, _ = _telling(rows, says, STRICT, KEPT[rules()[CODES[number]].kind])
        return _again(rows, says, STRICT, kept)


def _different(matrix: Array, names: Array) -> Array:
    """Return the columns that differ; of features in the same sentences the shortest, which other words hold too."""
    columns = matrix.tocsc()
    columns.sort_indices()
    first = dict[bytes, int]()
    for at in sorted(range(len(names)), key=lambda at: (names[at].count(" "), len(names[at]), names[at])):
        start, end = columns.indptr[at : at + 2]
        first.setdefault(columns.indices[start:end].tobytes(), at)
    return np.sort([*first.values()])


Telling = tuple[float, Array, Array]
"""Where a code begins, its most telling features (columns), and what they add."""


def _telling(rows: Array, says: Array, strict: float, most: int) -> Telling:
    """Return the features that tell most, by what they add and how often."""
    fitted = LogisticRegression(C=strict, solver="liblinear").fit(rows, says)
    adds, often = fitted.coef_[0], np.sqrt(np.asarray((rows > 0).sum(axis=0)).ravel())
    kept = np.argsort(-np.abs(adds) * often, kind="stable")[:most]
    kept = kept[np.abs(adds[kept]) >= SMALLEST]
    return float(fitted.intercept_[0]), kept, adds[kept]


def _again(rows: Array, says: Array, strict: float, kept: Array) -> Telling:
    """Return what some features add when they are weighed without the others."""
    fitted = LogisticRegression(C=strict, solver="liblinear").fit(rows[:, kept], says)
    return float(fitted.intercept_[0]), kept, fitted.coef_[0]


def _odds(rows: Array, telling: Telling) -> Array:
    begins, kept, adds = telling
    return rows[:, kept] @ adds + begins


def _weights(each: Mapping[str, Telling], names: Sequence[str]) -> tuple[dict[str, float], dict[str, Weights]]:
    """Return what codes begin with and what features add, by name."""
    weights = defaultdict[str, Weights](tuple)
    for code, (_, kept, adds) in each.items():
        for at, weight in zip(kept, adds, strict=True):
            weights[str(names[at])] += ((code, float(weight)),)
    return {code: begins for code, (begins, _, _) in each.items()}, weights


def _common(read: list[Folded]) -> frozenset[str]:
    """Return the words that are no names: they are met with a small letter too, or in several sentences."""
    every = Counter(word for text in read for word in {*WORD.findall(zeros(text.text))})
    small = Counter(word for text in read for word in {*words(text, frozenset())})
    return frozenset(word for word in every if small[word] >= SMALL or every[word] >= SEVERAL)


def learn(told: Told) -> str:
    """Return the weights of a language's words as they are written."""
    found = {code: told.weigh(number) for number, code in enumerate(CODES)}
    head = [f"# What words add for each code (natural logarithm of the odds), learnt from {len(told.rows)} sentences."]
    head += ["\t".join([COMMON, " ".join(sorted(told.common))])] if told.common else []
    return written(head, *_weights({code: one for code, one in found.items() if one}, told.names))


def state(language: str, corpus: Corpus) -> str:
    """Return a mark that changes with anything that the lesson of a language rests on."""
    rests = [*corpus.folder.rglob(f"{language}.*"), *(PACKS / language).rglob("*"), *RULES.glob("*.yaml")]
    rests += [*WORDING.glob(f"suggest/texts/{language}/*"), *WORDING.glob("*.yaml"), *WORDING.glob("*.py")]
    return _mark({path for path in rests if path.is_file() and path.name not in LATER})


def _mark(rests: Iterable[Path]) -> str:
    """Return a mark that changes with any of some files."""
    marks = sha256()
    for path in sorted(rests):
        marks.update(path.read_bytes())
    return marks.hexdigest()


def lesson(language: str, corpus: Corpus, state: str) -> Lesson:  # noqa: ARG001 it tells whether what is kept is old
    """Learn the words of a language."""
    texts = list(lessons(corpus, language))
    told = Told(texts, language)
    turns = np.array([crc32(row.of.encode()) % TURNS if row.of else TURNS for row in told.rows])
    by_words = np.full(told.labels.has.shape, -FAR)
    for turn in range(TURNS):
        left = np.flatnonzero(turns == turn)
        for number in range(len(CODES)):
            found = told.weigh(number, without=turns == turn)
            if found:
                by_words[left, number] = _odds(told.matrix[left], found)
    held = _concepts(told.rows, language)
    tried = list(to_try(corpus.parted(language), texts, language))
    reading = Reading.of(texts, held, language, told.common)
    return Lesson(language, learn(told), told.labels, turns, by_words, told.named, _marks(texts, held), tried, reading)


def to_try(parted: list[Parted], texts: list[list[Row]], language: str) -> Iterator[Try]:
    """Yield the texts to try what was learnt on: those labelled by sentence, which come first, but not pairs."""
    at = 0
    for one, text in zip(parted, texts, strict=False):
        if len(text) > 1 and not one.pair:
            joined = ("" if language == "zh" else " ").join(sentence for sentence, _ in one.sentences)
            found_by_rules = frozenset(hit.code for hit in by_rules(joined, language, one.kind))
            half = crc32(text[0].of.encode()) // TURNS % 2
            yield Try(range(at, at + len(text)), found_by_rules, half)
        at += len(text)


def _concepts(rows: Sequence[Row], language: str) -> list[list[Concept]]:
    """Return the concepts of each sentence."""
    found = matcher(language)
    return [found.concepts(found.look(fold(row.text))) for row in rows]


def _marks(texts: Sequence[Sequence[Row]], held: Sequence[Sequence[Concept]]) -> list[list[str]]:
    """Return the marks of the concepts of each sentence."""
    each, found = iter(held), list[list[str]]()
    for text in texts:
        own = [{name for name, _, _ in next(each)} for _ in text]
        around = [set[str](), *own, set[str]()]
        found += [of_concepts(one, around[at], around[at + 2], text[at].kind) for at, one in enumerate(own)]
    return found


class Marked(NamedTuple):
    """The sentences of all languages by the marks of their concepts."""

    names: list[str]
    matrix: Array
    labels: Labels
    turns: Array

    @classmethod
    def of(cls, all_: list[Lesson]) -> Marked:
        """Put languages together."""
        often = Counter(mark for one in all_ for marks in one.marks for mark in marks)
        names = sorted(name for name, count in often.items() if count >= (SELDOM_PAIR if "&" in name else SELDOM))
        at = {name: number for number, name in enumerate(names)}
        rows = [[at[mark] for mark in marks if mark in at] for one in all_ for marks in one.marks]
        ends = np.cumsum([0, *map(len, rows)])
        matrix = csr_matrix((np.ones(ends[-1]), list(chain.from_iterable(rows)), ends), shape=(len(rows), len(names)))
        labels = Labels(*(np.concatenate([one.labels[n] for one in all_]) for n in range(2)))
        return cls(names, matrix, labels, np.concatenate([one.turns for one in all_]))

    def weigh(self, number: int) -> tuple[Telling, Array]:
        """Return what the marks add for a code, and what is said of each sentence when it is left out.

        Which marks are kept is found once with all sentences: they are common ones.
        """
        known = ~self.labels.unknown[:, number]
        says, odds = self.labels.has[:, number], np.zeros(len(self.turns))
        if not 0 < says[known].sum() < known.sum():
            return (-FAR, np.zeros(0, dtype=int), np.zeros(0)), odds - FAR
        strict, most = STRICT_CONCEPTS, KEPT[rules()[CODES[number]].kind]
        _, kept, _ = _telling(self.matrix[known], says[known], strict, most)
        for turn in range(TURNS):
            left = self.turns == turn
            shown = known & ~left
            if left.any() and 0 < says[shown].sum() < shown.sum():
                odds[left] = _odds(self.matrix[left], _again(self.matrix[shown], says[shown], strict, kept))
        return _again(self.matrix[known], says[known], strict, kept), odds


def main(arguments: list[str]) -> int:
    """Learn all languages."""
    parser = argparse.ArgumentParser(prog="learn", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="labelled texts, e.g. tests/wordings")
    parser.add_argument("--kept", type=Path, default=Path("build/learn"), help="where what was learnt is kept")
    given = parser.parse_args(arguments)
    corpus, memory = Corpus(given.folder), Memory(given.kept, verbose=0)
    taught = memory.cache(lesson, ignore=["corpus"])
    with ProcessPoolExecutor() as pool:
        learning = pool.map(partial(_taught, corpus=corpus, taught=taught), languages())
        all_ = list(tqdm(learning, "words", len(languages()), unit="language"))
    for one in all_:
        write_atomic(LEARNED / f"{one.language}.tsv", one.written)
    marked, readings = Marked.of(all_), {one.language: one.reading for one in all_}
    concepts, by_concepts = memory.cache(learn_concepts)(marked, _mark([Path(__file__)]))
    write_atomic(CONCEPTS, concepts)
    by = _mark([WORDING / name for name in ("net.py", "learn_net.py")])
    names, parts, by_net = memory.cache(_net)(readings, marked.labels, marked.turns, by)
    save(names, parts, NET)
    tried = Tried.of(all_, by_concepts, by_net)
    finals = {code: tried.final(number, tried.halves < 2) for number, code in enumerate(CODES)}
    write_atomic(WHOLE, finals_written(finals))
    write_atomic(LIMITS, limits(trial for number in range(len(CODES)) for trial in tried.trials(number)))
    return 0


def _taught(language: str, corpus: Corpus, taught: Callable[..., Lesson]) -> Lesson:
    return taught(language, corpus, state(language, corpus))


def _net(readings: Mapping[str, Reading], labels: Labels, turns: Array, state: str) -> tuple[Names, Parts, Array]:  # noqa: ARG001
    return learn_net(readings, labels.has, labels.unknown, turns, ROUNDS)


def learn_concepts(marked: Marked, state: str) -> tuple[str, Array]:  # noqa: ARG001
    """Return what concepts add as it is written, and what they say of each sentence left out (sentences by codes)."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        weighed = pool.map(marked.weigh, range(len(CODES)))
        found = dict(zip(CODES, tqdm(weighed, "concepts", len(CODES), unit="code"), strict=True))
    head = (
        f"# What concepts add for each code (natural logarithm of the odds), learnt from {len(marked.turns)} sentences."
    )
    each = {code: telling for code, (telling, _) in found.items()}
    return written([head], *_weights(each, marked.names)), np.array([odds for _, odds in found.values()]).T


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
