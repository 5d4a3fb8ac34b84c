"""The last layer: what texts as a whole say, learnt from texts that the lower layers were not shown; and the limits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from gdpr_assess.wording.lessons import CODES, Reading, Row
from gdpr_assess.wording.likely import NAMED, SPEAKS
from gdpr_assess.wording.odds import Array
from gdpr_assess.wording.pack import rules
from gdpr_assess.wording.whole import ABSENT, FAR, OWN, TOGETHER, Final, own, there, together

STRICT = 0.03
"""How freely what a text says as a whole may be weighed (the inverse of the L2 penalty)."""
RIGHT = {"element": 0.87, "defect": 0.9}
"""So much of what is said beside the rules must be right; more where it speaks against a text."""
WRONG = {"element": 0.62, "defect": 0.87}
"""So much of what rules find and is doubted must be wrong; more where it speaks against a text."""
SUREST = 0.999
"""No limit is higher: shares are written with few digits, and 1 would be beyond all odds."""
LOWEST = {"element": 0.2, "defect": 0.7}
"""What is less likely is never said."""
TRIED = 8
"""A limit rests on at least so many that were told rightly."""


class Labels(NamedTuple):
    """Which code each sentence has, and which it may have or not (rows by codes)."""

    has: Array
    unknown: Array

    @classmethod
    def of(cls, rows: list[Row]) -> Labels:
        """Return those of some sentences."""
        has = np.array([[code in row.codes for code in CODES] for row in rows]).reshape(len(rows), len(CODES))
        unknown = np.array([[code in row.unknown for code in CODES] for row in rows]).reshape(has.shape)
        return cls(has, unknown & ~has)


class Try(NamedTuple):
    """A text to try what was learnt on: its sentences, what rules find in it, the half of the texts it belongs to."""

    rows: range
    found: frozenset[str]
    half: int


class Lesson(NamedTuple):
    """What one language gives to the layers that all share.

    A row for each sentence: labels, the turn in which it is left out, what its words say of each code when it is left
    out, whether it has a name, the marks of its concepts; the texts to try, and all as the net reads it.
    """

    language: str
    written: str
    labels: Labels
    turns: Array
    by_words: Array
    named: Array
    marks: list[list[str]]
    tried: list[Try]
    reading: Reading


class Tried(NamedTuple):
    """Texts left out: what sentences say at most, what rules find, what is true.

    `said` is texts by codes by 4 (see `together`).
    """

    said: Array
    found: Array
    true: Array
    halves: Array

    @classmethod
    def of(cls, all_: list[Lesson], by_concepts: Array, by_net: Array) -> Tried:
        """Take the texts of all languages, with what concepts and the net say of each sentence."""
        said, first = [], 0
        named_only = np.array([code in NAMED for code in CODES])
        for one in all_:
            rows = slice(first, first + len(one.turns))
            each = together(one.by_words, by_concepts[rows], by_net[rows])
            each[np.outer(~one.named, named_only)] = -FAR
            said += [each[text.rows.start : text.rows.stop].max(axis=0) for text in one.tried]
            first = rows.stop
        texts = [(one, text) for one in all_ for text in one.tried]
        found = [[code in text.found for code in CODES] for _, text in texts]
        true = [one.labels.has[text.rows.start : text.rows.stop].any(axis=0) for one, text in texts]
        return cls(np.array(said), np.array(found), np.array(true), np.array([text.half for _, text in texts]))

    def final(self, number: int, shown: Array) -> Final:
        """Return how the odds of a code come about, learnt from some texts."""
        if not 0 < self.true[shown, number].sum() < shown.sum():
            return Final(-FAR, (0.0,) * OWN, dict.fromkeys(CODES, 0.0))
        model = LogisticRegression(C=STRICT, max_iter=3_000)
        found = model.fit(self._columns(number)[shown], self.true[shown, number])
        adds = [float(weight) for weight in found.coef_[0]]
        return Final(float(found.intercept_[0]), tuple(adds[:OWN]), dict(zip(CODES, adds[OWN:], strict=True)))

    def _columns(self, number: int) -> Array:
        return np.hstack([own(self.said[:, number], self.found[:, number]), there(self.said[:, :, TOGETHER])])

    def trials(self, number: int) -> Iterator[Trial]:
        """Yield what is said of each text by what was learnt from the other half, where a text would be judged."""
        columns, code = self._columns(number), CODES[number]
        both = self.said[:, number, TOGETHER]
        judged = np.where(self.found[:, number], both < SPEAKS, both > ABSENT)
        for half in range(2):
            final, left = self.final(number, self.halves != half), judged & (self.halves == half)
            odds = columns[left] @ np.array([*final.own, *final.others.values()]) + final.begins
            for each in zip(odds, self.found[left, number], self.true[left, number], strict=True):
                yield Trial(code, *(one.item() for one in each))


class Trial(NamedTuple):
    """What is said of a text that was left out: the odds of a code; what rules and people say."""

    code: str
    odds: float
    found: bool
    true: bool


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
        first = f"{min(SUREST, max(LOWEST[kind], _share(-most[0]))):.3f}\t{most[1]}\t{most[2]}" if most else "-\t\t"
        second = f"{min(SUREST, max(0.0001, _share(least[0]))):.4f}\t{least[1]}\t{least[2]}" if least else "-\t\t"
        lines.append(f"{code}\t{first}\t{second}")
    return "\n".join(lines) + "\n"


def _limit(tried: Iterable[tuple[float, bool]], share: float) -> tuple[float, int, int] | None:
    """Return how far one may go from the lowest on, so that enough is told rightly; with how many were, of how many."""
    best, right, number = None, 0, 0
    for at, alike in groupby(sorted(tried), itemgetter(0)):
        told = [true for _, true in alike]
        right, number = right + sum(told), number + len(told)
        if right >= TRIED and right >= share * number:
            best = at, right, number
    return best


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
