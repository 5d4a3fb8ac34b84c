"""What a sentence likely says where no rule fits: its words weighed as learnt from the labelled texts (learn.py).

What is only likely is marked as such with the words that speak for it: it never fails a client and never passes one.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gdpr_assess.issue import DataError
from gdpr_assess.wording.features import features, units
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.pack import rules
from gdpr_assess.wording.segment import sentences

LEARNED = Path(__file__).parent / "learned"
LEAST = 0.5
"""How likely a piece of information must be; defects are left to rules, since what is likely accuses nobody."""
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
    """The learnt weights of one language."""

    def __init__(self, language: str, bias: dict[str, float], weights: dict[str, Weights]) -> None:
        """Take for each code where it begins, and for each feature what it adds."""
        self._language, self._cjk = language, language == "zh"
        self._weights, self._units = weights, dict[str, Weights]()
        self._needed = {code: math.log(LEAST / (1 - LEAST)) - start for code, start in bias.items()}

    def seen(self, folded: Folded, known: Container[str]) -> list[LikelySeen]:
        """Return each code that is not known yet where it is likeliest, in the order of the text."""
        best: dict[str, tuple[float, int, int]] = {}
        for start, end in sentences(folded.text, self._language):
            for code, above in self._above(folded.text[start:end]):
                if code not in known and (code not in best or above > best[code][0]):
                    best[code] = above, start, end
        found = [self._told(folded.text, code, start, end) for code, (_, start, end) in best.items()]
        return sorted(found, key=lambda one: (one.start, one.end, one.code))

    def _above(self, sentence: str) -> Iterator[tuple[str, float]]:
        """Yield the codes that a sentence likely has, with how much more its words add than is needed."""
        total: dict[str, float] = {}
        for unit in units(sentence, cjk=self._cjk):
            for code, weight in self._weight(unit):
                total[code] = total.get(code, 0.0) + weight
        for code, added in total.items():
            if added >= self._needed[code]:
                yield code, added - self._needed[code]

    def _weight(self, unit: str) -> Weights:
        found = self._units.get(unit)
        if found is None:
            if len(self._units) >= MOST_UNITS:
                self._units.clear()
            total: dict[str, float] = {}
            for code, weight in (pair for name in features(unit) for pair in self._weights.get(name, ())):
                total[code] = total.get(code, 0.0) + weight
            found = self._units[unit] = tuple(total.items())
        return found

    def _told(self, text: str, code: str, start: int, end: int) -> LikelySeen:
        """Return a code with its sentence, blanks at its ends left out, and the words that speak most for it."""
        sentence = text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        end -= len(sentence) - len(sentence.rstrip())
        added = {unit: dict(self._weight(unit)).get(code, 0.0) for unit in units(sentence, cjk=self._cjk)}
        telling = sorted((unit for unit in added if added[unit] > 0), key=lambda unit: -added[unit])
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
