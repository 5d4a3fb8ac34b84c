"""What a sentence likely says where no rule fits: its words weighed as learnt from the labelled texts (learn.py).

What is only likely is marked as such with the words that speak for it: it never fails a client and never passes one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gdpr_assess.issue import DataError
from gdpr_assess.wording.features import features, units
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.pack import rules
from gdpr_assess.wording.segment import sentences

LEARNED = Path(__file__).parent / "learned"
LEAST, CAREFUL = 0.4, 0.65
"""How likely a piece of information must be; defects are left to rules, since what is likely accuses nobody."""
EVERYDAY = frozenset([
    "consent_question", "refusal_option", "recording_stated", "controller_identity", "controller_contact", "recipients",
    "data_categories",
])  # fmt: skip
"""What is said in words of every day, about goods and appointments too, must be likelier."""
NOT_BESIDE = {"consent_question": frozenset({"preticked", "silence_as_consent"})}
"""A box ticked in advance and silence ask for nothing, whatever their words."""
SHOWN = 4
"""So many words are named that speak for a code."""
MOST_UNITS = 100_000
"""So many words and pairs are remembered; then it begins anew, so that memory stays bounded."""
Weights = tuple[tuple[str, float], ...]
"""Codes with what a word adds for each (natural logarithm of the odds)."""


class LikelySeen(NamedTuple):
    """A code that a sentence likely has: the sentence in the folded text, and the places of the telling words."""

    code: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


class Likely:
    """The learnt weights of one language; what a word adds for all codes is a row of one matrix."""

    def __init__(self, language: str, bias: dict[str, float], weights: dict[str, Weights]) -> None:
        """Take for each code where it begins, and for each feature what it adds."""
        self._language, self._cjk = language, language == "zh"
        self._codes, self._weights = tuple(bias), weights
        least = [CAREFUL if code in EVERYDAY else LEAST for code in bias]
        odds = [math.log(share / (1 - share)) for share in least]
        self._needed = np.array(odds) - np.array(list(bias.values()))
        self._begin()

    def _begin(self) -> None:
        """Remember nothing; the first row is that of words that add nothing."""
        self._rows, self._used = dict[str, int](), 1
        self._matrix = np.zeros((1_024, len(self._codes)))

    def seen(self, folded: Folded, known: Set[str]) -> list[LikelySeen]:
        """Return each code that is not known yet where it is likeliest, in the order of the text."""
        known = known | {code for code, others in NOT_BESIDE.items() if others & known}
        best: dict[str, tuple[float, int, int]] = {}
        for start, end in sentences(folded.text, self._language):
            for code, above in self._above(folded.text[start:end]):
                if code not in known and (code not in best or above > best[code][0]):
                    best[code] = above, start, end
        found = [self._told(folded.text, code, start, end) for code, (_, start, end) in best.items()]
        return sorted(found, key=lambda one: (one.start, one.end, one.code))

    def _above(self, sentence: str) -> Iterator[tuple[str, float]]:
        """Yield the codes that a sentence likely has, with how much more its words add than is needed."""
        rows = self._rows_of(units(sentence, cjk=self._cjk))
        above = self._matrix[rows].sum(axis=0) - self._needed
        yield from ((self._codes[at], float(above[at])) for at in np.flatnonzero(above >= 0))

    def _rows_of(self, wanted: list[str]) -> list[int]:
        if len(self._rows) + len(wanted) > MOST_UNITS:  # words that add nothing are remembered too
            self._begin()
        known, learn = self._rows.get, self._learn
        return [row if (row := known(unit)) is not None else learn(unit) for unit in wanted]

    def _learn(self, unit: str) -> int:
        """Return the row of a unit that was not met before."""
        found = [pair for name in features(unit) for pair in self._weights.get(name, ())]
        row = self._used if found else 0
        if row == len(self._matrix):
            self._matrix = np.concatenate([self._matrix, np.zeros_like(self._matrix)])
        for code, weight in found:
            self._matrix[row, self._codes.index(code)] += weight
        self._used += bool(found)
        self._rows[unit] = row
        return row

    def _told(self, text: str, code: str, start: int, end: int) -> LikelySeen:
        """Return a code with its sentence, blanks at its ends left out, and the words that speak most for it."""
        sentence = text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        end -= len(sentence) - len(sentence.rstrip())
        said = units(sentence, cjk=self._cjk)
        rows = self._rows_of(said)  # first: it may put another matrix in the place of this one
        added = dict(zip(said, self._matrix[rows, self._codes.index(code)], strict=True))
        telling = sorted((unit for unit in said if added[unit] > 0), key=lambda unit: -added[unit])
        places: list[tuple[int, int]] = []
        for unit in telling:
            at = text.find(unit, start, end)
            apart = all(at + len(unit) <= first or last <= at for first, last in places)
            if at >= 0 and apart and len(places) < SHOWN:
                places.append((at, at + len(unit)))
        return LikelySeen(code, start, end, tuple(sorted(places)))


@cache
def learnt(language: str) -> Likely | None:
    """Return what was learnt of a language, or None; raises DataError naming file and line."""
    path = LEARNED / f"{language}.tsv"
    if not path.is_file():
        return None
    bias: dict[str, float] = {}
    weights: dict[str, Weights] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        name, *pairs = line.split("\t")
        try:
            found = tuple((code, float(weight)) for code, _, weight in (pair.partition("=") for pair in pairs))
        except ValueError:
            raise DataError(f"{path}:{number}: weights are written code=number") from None
        unknown = [code for code, _ in found if code not in rules()]
        if unknown:
            raise DataError(f"{path}:{number}: no code {unknown[0]!r}")
        if name:
            weights[name] = found
        else:
            bias.update(found)
    return Likely(language, bias, weights)
