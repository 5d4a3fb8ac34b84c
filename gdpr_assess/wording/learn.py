"""Learns which words make a code likely: `python -m gdpr_assess.wording.learn tests/wordings [LANG ...]`.

For each code a logistic regression on the words of single sentences; only its most telling words are kept. Labels of
single sentences come from people (`sentences/`), or from the rules where a person labelled the whole text. Blind texts
and odd lines of the ordinary messages are not learnt from: they are for measuring. How likely a code must be is found
with `--limits` by leaving out texts in turn: of what is then said beside the rules, most must be right. Needs
scikit-learn.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args
from zlib import crc32

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gdpr_assess.model import Hit, WordingKind
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.dated import OUTDATED
from gdpr_assess.wording.features import NAME, WORD, features, of_kind, strings, units, words, zeros
from gdpr_assess.wording.fold import Folded, fold
from gdpr_assess.wording.labelled import UNLABELLED, Banked, Corpus, Parted
from gdpr_assess.wording.likely import COMMON, LEARNED, LIMITS, NAMED
from gdpr_assess.wording.linter import lint_by_rules
from gdpr_assess.wording.pack import PACKS, SAID, languages, rules
from gdpr_assess.wording.quality import NOT_PRIVATE
from gdpr_assess.wording.schema import Said
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.suggest import Facts
from gdpr_assess.wording.suggest.fill import filled
from gdpr_assess.wording.suggest.schema import template
from gdpr_assess.wording.suggest.schema import words as terms
from gdpr_assess.workspace import write_atomic
from gdpr_assess.yamlfile import load

T = TypeVar("T")
NO_WORDS = OUTDATED | {"preticked"}
"""Names of authorities and laws, and signs of boxes, are no matter of common words."""
CODES = tuple(sorted(c for c, rule in rules().items() if rule.kind != "remark" and c not in UNLABELLED | NO_WORDS))
"""What can be learnt."""
SMALL, SEVERAL = 2, 3
"""A word is no name that is met in so many sentences with a small letter, or in so many at all."""
SURE = 5
"""Suggested texts, which second readers checked against the law, count so many times."""
FEWEST = 8
"""A code is learnt from at least so many sentences."""
KEPT = 1600
"""So many words are kept for each code."""
STRICT = 0.6
"""How freely words may be weighed, all of them and those that are kept (the inverse of the L2 penalty)."""
SMALLEST = 0.05
"""A word that adds less is left out."""
EVERY = 5
"""Of the forms of an ordinary message every fifth is learnt from."""
FAR = 20.0
"""Odds (natural logarithm) of what is not said at all."""
TURNS = 3
"""For the limits every third text is left out in turn."""
RIGHT = {"element": 0.85, "defect": 0.95}
"""So much of what is said beside the rules must be right; more where it speaks against a text."""
WRONG = {"element": 0.5, "defect": 0.6}
"""So much of what rules find and is doubted must be wrong."""
LOWEST = 0.2
"""Less likely is never said."""
TRIED = 8
"""A limit rests on at least so many that were told rightly."""


class Row(NamedTuple):
    """A sentence, its codes, those of which it is unknown whether it has them, and the kind of its text.

    `of` is what is left out together: a text, with those that say the same in other words.
    """

    text: str
    codes: frozenset[str]
    unknown: frozenset[str] = frozenset()
    kind: WordingKind | None = None
    of: str = ""


def rows(corpus: Corpus, language: str) -> Iterator[Row]:
    """Yield every sentence to learn from."""
    for number, parted in enumerate(corpus.parted(language)):
        of = parted.like or str(number)
        yield from (Row(text, frozenset(codes), kind=parted.kind, of=of) for text, codes in parted.sentences)
    for labelled in corpus.open(language):
        found = _read(labelled.text, language, labelled.kind, {*labelled.elements, *labelled.defects})
        yield from (row._replace(of=labelled.id) for row in found)
    for one in corpus.bank(language):
        yield from _banked(one, language)
    said = [text for texts in load(PACKS / language / SAID, Said).root.values() for text in texts]
    for text in dict.fromkeys([*(example.case.text for example in examples(language)), *said]):
        yield from _read(text, language)
    for kind in get_args(WordingKind):
        for part in template(kind, language).parts:
            yield from [*_read(filled(part, Facts(), terms(language)), language, kind)] * SURE
    for text in corpus.background(language, known=True)[::EVERY]:
        yield Row(text, frozenset(), NOT_PRIVATE)


def _read(
    text: str, language: str, kind: WordingKind | None = None, labels: Collection[str] | None = None
) -> Iterator[Row]:
    """Yield the sentences of a text with what the rules see in them, as far as the labels of the text say the same."""
    folded, seen = fold(text), _by_rules(text, language, kind)
    unknown = frozenset() if labels is None else frozenset(labels) - {hit.code for hit in seen}
    for first, last in sentences(folded.text, language):
        if folded.text[first:last].strip():
            start, end = folded.span(first, last)
            codes = frozenset(hit.code for hit in seen if hit.start < end and start < hit.end)
            yield Row(text[start:end], codes if labels is None else codes & {*labels}, unknown, kind)


def _banked(one: Banked, language: str) -> Iterator[Row]:
    """Yield what was written to say one thing, or to say it not."""
    found = list(_read(one.text, language, one.kind))
    for row in found:
        if one.not_:
            yield row._replace(codes=row.codes - {one.code})
        else:
            yield row._replace(codes=row.codes | {one.code}) if len(found) == 1 else row


def _by_rules(text: str, language: str, kind: WordingKind | None) -> tuple[Hit, ...]:
    result = lint_by_rules(text, language=language, kind=kind)
    return (*result.elements, *result.defects)


class Told:
    """The sentences of a language as counts of features."""

    def __init__(self, corpus: Corpus, language: str) -> None:
        """Read all sentences to learn from."""
        self.rows = list(rows(corpus, language))
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
        self.matrix = vectorizer.fit_transform([{n: c for n, c in one.items() if often[n] > 1} for one in counts])
        self.names = vectorizer.get_feature_names_out()

    def weigh(self, code: str, without: Any = None) -> tuple[float, Any, Any] | None:
        """Return where a code begins, its most telling features and what they add; None where it is seldom said.

        `without` tells which sentences are left out.
        """
        known = np.array([code not in row.unknown or code in row.codes for row in self.rows])
        learnt = known if without is None else known & ~without
        says = np.array([code in row.codes for row in self.rows])[learnt]
        if says.sum() < FEWEST:
            return None
        some = self.matrix[learnt]
        first = LogisticRegression(C=STRICT, solver="liblinear").fit(some, says)
        often = np.sqrt(np.asarray((some > 0).sum(axis=0)).ravel())
        kept = np.argsort(-np.abs(first.coef_[0]) * often, kind="stable")[:KEPT]
        again = LogisticRegression(C=STRICT, solver="liblinear").fit(some[:, kept], says)
        return float(again.intercept_[0]), kept, again.coef_[0]


def _common(read: list[Folded]) -> frozenset[str]:
    """Return the words that are no names: they are met with a small letter too, or in several sentences."""
    every = Counter(word for text in read for word in {*WORD.findall(zeros(text.text))})
    small = Counter(word for text in read for word in {*words(text, frozenset())})
    return frozenset(word for word in every if small[word] >= SMALL or every[word] >= SEVERAL)


def learn(language: str, corpus: Corpus) -> str:
    """Return the weights of a language as they are written: a line for each word, the first for where codes begin."""
    told = Told(corpus, language)
    lines: dict[str, list[str]] = {"": []}
    for code in CODES:
        begins, kept, adds = told.weigh(code) or (0.0, (), ())
        if len(kept):
            lines[""].append(f"{code}={begins:.2f}")
        for at, weight in zip(kept, adds, strict=True):
            if abs(weight) >= SMALLEST:
                lines.setdefault(str(told.names[at]), []).append(f"{code}={weight:.2f}")
    head = [f"# What words add for each code (natural logarithm of the odds), learnt from {len(told.rows)} sentences."]
    head += ["\t".join([COMMON, " ".join(sorted(told.common))])] if told.common else []
    return "\n".join([*head, *("\t".join([name, *lines[name]]) for name in sorted(lines))]) + "\n"


class Trial(NamedTuple):
    """What words say of a text that was left out: its best sentence's odds for a code; what rules and people say."""

    code: str
    odds: float
    found: bool
    true: bool


def trials(language: str, corpus: Corpus) -> list[Trial]:
    """Leave out every text labelled sentence by sentence in turn; tell how likely its words make each code."""
    told, texts = Told(corpus, language), corpus.parted(language)
    known = [_known(text, language) for text in texts]
    numbers = [number for number, text in enumerate(texts) for _ in text.sentences]  # their rows are the first
    turns = np.array([crc32(row.of.encode()) % TURNS if row.of else TURNS for row in told.rows])
    best = defaultdict[tuple[int, str], float](lambda: -FAR)
    for turn in range(TURNS):
        out = turns == turn
        left = np.flatnonzero(out[: len(numbers)])
        for code in CODES:
            learnt = told.weigh(code, without=out)
            if learnt is None:
                continue
            begins, kept, adds = learnt
            for row, odds in zip(left, told.matrix[left][:, kept] @ np.array(adds) + begins, strict=True):
                said = odds if told.named[row] or code not in NAMED else -FAR
                best[numbers[row], code] = max(best[numbers[row], code], float(said))
    return [
        Trial(code, odds, code in known[of], any(code in codes for _, codes in texts[of].sentences))
        for (of, code), odds in best.items()
        if len(texts[of].sentences) > 1
    ]


def _known(text: Parted, language: str) -> set[str]:
    """Return what rules find in a whole text."""
    joined = ("" if language == "zh" else " ").join(sentence for sentence, _ in text.sentences)
    return {hit.code for hit in _by_rules(joined, language, text.kind)}


def limits(found: Iterable[Trial]) -> str:
    """Return how likely each code must be, as it is written; where too little is told rightly, there is no limit."""
    by_code = defaultdict[str, list[Trial]](list)
    for trial in found:
        by_code[trial.code].append(trial)
    lines = [
        "# How likely a code must be to be said where no rule finds it: so many texts left out were right, of so many.",
        "# Then how likely it must be not to be doubted where a rule finds it: so many were wrong, of how many.",
    ]
    for code in CODES:
        said = [(-one.odds, one.true) for one in by_code[code] if not one.found]
        doubted = [(one.odds, not one.true) for one in by_code[code] if one.found]
        kind = rules()[code].kind
        most, least = _limit(said, RIGHT[kind]), _limit(doubted, WRONG[kind])
        first = f"{max(LOWEST, _share(-most[0])):.3f}\t{most[1]}\t{most[2]}" if most else "-\t\t"
        second = f"{_share(least[0]):.4f}\t{least[1]}\t{least[2]}" if least else "-\t\t"
        lines.append(f"{code}\t{first}\t{second}")
    return "\n".join(lines) + "\n"


def _limit(tried: Iterable[tuple[float, bool]], share: float) -> tuple[float, int, int] | None:
    """Return how far one may go from the lowest on, so that enough is told rightly; with how many were, of how many."""
    best, right = None, 0
    for number, (at, true) in enumerate(sorted(tried), 1):
        right += true
        if right >= TRIED and right >= share * number:
            best = at, right, number
    return best


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def main(arguments: list[str]) -> int:
    """Learn some languages, or all; or the limits of all."""
    parser = argparse.ArgumentParser(prog="learn", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", metavar="LANG")
    parser.add_argument("--limits", action="store_true", help="how likely each code must be (some minutes)")
    given = parser.parse_args(arguments)
    corpus = Corpus(given.folder)
    if given.limits:
        write_atomic(LIMITS, limits(one for found in _each(trials, languages(), corpus) for one in found))
        return 0
    wanted = given.languages or list(languages())
    for language, text in zip(wanted, _each(learn, wanted, corpus), strict=True):
        write_atomic(LEARNED / f"{language}.tsv", text)
        words_of = sum(not line.startswith(("#", "\t")) for line in text.splitlines())
        print(f"{language}: {words_of} words", flush=True)
    return 0


def _each(work: Callable[..., T], wanted: Iterable[str], corpus: Corpus) -> Iterator[T]:
    """Yield what is worked out for each language, on all cores."""
    with ProcessPoolExecutor() as pool:
        yield from pool.map(partial(work, corpus=corpus), wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
