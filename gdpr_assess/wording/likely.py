"""What a sentence likely says where no rule fits, and what it likely does not say though one does.

Its words are weighed as learnt from the labelled texts (learn.py). What is only likely is marked as such with the words
that speak for it, and what is doubtful is kept apart: both ask a client, and neither fails nor passes one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gdpr_assess.issue import DataError
from gdpr_assess.wording.features import NAME, WORD, features, of_kind, strings, words, zeros
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.pack import rules
from gdpr_assess.wording.segment import sentences

LEARNED = Path(__file__).parent / "learned"
LIMITS = LEARNED / "limits.tsv"
NOT_BESIDE = {"consent_question": frozenset({"preticked", "silence_as_consent"})}
"""A box ticked in advance and silence ask for nothing, whatever their words."""
NAMED = frozenset({"controller_identity"})
"""A sentence without a name does not say this; where names have no capital letters, it must be more likely than not."""
COMMON = "#common"
"""Begins the line of the words that are no names, however they are written."""
SHOWN, WEAKEST = 4, 4
"""So many words are named that speak for a code, if they add at least a quarter of what the strongest adds."""
MOST_UNITS = 100_000
"""So many words are remembered; then it begins anew, so that memory stays bounded."""
LANE = 24
"""So many bits of a sum are one code's; a sentence of ten thousand telling words fits."""
HALF = 1 << LANE - 1
"""Added to every code's part of a sum, so that less than nothing fits too; what is needed is reached from here on."""
NEVER = 300.0
"""Odds (natural logarithm) that no sentence reaches."""
Weights = tuple[tuple[str, float], ...]
"""Codes with what a word adds for each (natural logarithm of the odds)."""


class LikelySeen(NamedTuple):
    """A code that a sentence likely has: the sentence in the folded text, and the places of the telling words."""

    code: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


class _Words(dict[str, int]):
    """What each word met so far adds; for a word that was not met it is worked out first."""

    def __init__(self, work_out: Callable[[str], int]) -> None:
        self._work_out = work_out

    def __missing__(self, word: str) -> int:
        self[word] = added = self._work_out(word)
        return added


class Likely:
    """The learnt weights of one language.

    What a unit adds for all codes is one whole number, with `LANE` bits for the hundredths of each code, so that a few
    additions weigh a sentence. Most texts end before that: their words do not reach what any code needs.
    """

    def __init__(
        self,
        language: str,
        needed: dict[str, float],
        weights: dict[str, Weights],
        common: Set[str] = frozenset(),
        doubts: dict[str, float] | None = None,
    ) -> None:
        """Take what each code needs, for each feature what it adds, the words that are no names, and what makes doubt.

        A code that a rule finds is doubtful where no sentence comes nearer to what it needs than `doubts` says.
        """
        self._language, self._weights, self._common = language, weights, common
        self._named = NAMED if common else frozenset[str]()
        self._doubts = {code: math.floor(100 * below) for code, below in (doubts or {}).items()}
        self._at = {code: LANE * number for number, code in enumerate(needed)}
        self._begins = sum(HALF - math.ceil(100 * least) << self._at[code] for code, least in needed.items())
        self._reached = sum(HALF << at for at in self._at.values())
        self._pairs = {(*name.split(" "),): self._row([name]) for name in weights if " " in name}
        self._most_of_pairs = {pair: self._row([" ".join(pair)], least=0) for pair in self._pairs}
        self._rows = _Words(lambda word: self._row(features(word)))
        self._most = _Words(lambda word: self._row(features(word), least=0))

    def seen(self, folded: Folded, known: Set[str], kind: str | None = None) -> list[LikelySeen]:
        """Return each code that is not known yet where it is likeliest, in the order of the text."""
        begins = self._of_kind(kind)
        if not self._may_say(folded, begins):
            return []
        known = known | {code for code, others in NOT_BESIDE.items() if others & known}
        best: dict[str, tuple[int, int, int]] = {}
        for start, end in sentences(folded.text, self._language):
            for code, above in self._above(folded, start, end, begins):
                if code not in known and (code not in best or above > best[code][0]):
                    best[code] = above, start, end
        found = [self._told(folded, code, start, end) for code, (_, start, end) in best.items()]
        return sorted(found, key=lambda one: (one.start, one.end, one.code))

    def doubted(self, folded: Folded, found: Set[str], kind: str | None = None) -> set[str]:
        """Return the codes, of those that rules have found in a text, that no sentence of it makes likely enough."""
        doubted = found & self._doubts.keys()
        if doubted:
            begins = self._of_kind(kind)
            for start, end in sentences(folded.text, self._language):
                rows = self._units(folded, start, end)
                total = sum(rows.values(), begins)
                doubted -= {
                    code
                    for code in doubted
                    if _lane(total, self._at[code]) >= self._doubts[code] and (NAME in rows or code not in self._named)
                }
        return doubted

    def _of_kind(self, kind: str | None) -> int:
        """Return what each code has before the words of a text of some kind are read."""
        return sum(map(self._rows.__getitem__, of_kind(kind)), self._begins)

    def _said(self, folded: Folded, start: int = 0, end: int | None = None) -> list[str]:
        if self._language == "zh":
            return strings(folded.text[start:end])
        return words(folded, self._common, start, end)

    def _may_say(self, folded: Folded, begins: int) -> bool:
        """Tell whether what speaks for a code anywhere in a text is enough."""
        if len(self._most) >= MOST_UNITS:
            self._most.clear()
            self._rows.clear()
        said = self._said(folded)
        most = sum(map(self._most.__getitem__, said), begins)
        most += sum(map(self._most_of_pairs.__getitem__, self._pairs_of(said)))
        return bool(most & self._reached)

    def _pairs_of(self, said: list[str]) -> set[tuple[str, ...]]:
        return self._pairs.keys() & pairwise(said)

    def _units(self, folded: Folded, start: int, end: int) -> dict[str, int]:
        """Return the words of a sentence and their pairs that count, with what they add."""
        said = self._said(folded, start, end)
        rows = {word: self._rows[word] for word in said}
        return rows | {" ".join(pair): self._pairs[pair] for pair in self._pairs_of(said)}

    def _above(self, folded: Folded, start: int, end: int, begins: int) -> Iterator[tuple[str, int]]:
        """Yield the codes that a sentence likely has, with how much more its words add than is needed."""
        rows = self._units(folded, start, end)
        total = sum(rows.values(), begins)
        if total & self._reached:
            found = ((code, _lane(total, at)) for code, at in self._at.items())
            yield from (one for one in found if one[1] >= 0 and (NAME in rows or one[0] not in self._named))

    def _row(self, names: Iterable[str], least: int = -HALF) -> int:
        """Return what features add together for each code, but not less than `least`."""
        added = Counter[str]()
        for name in names:
            for code, weight in self._weights.get(name, ()):
                if code in self._at:
                    added[code] += round(100 * weight)
        return sum(max(hundredths, least) << self._at[code] for code, hundredths in added.items())

    def _told(self, folded: Folded, code: str, start: int, end: int) -> LikelySeen:
        """Return a code with its sentence, blanks at its ends left out, and the words that speak most for it."""
        sentence, plain = folded.text[start:end], zeros(folded.text)
        start += len(sentence) - len(sentence.lstrip())
        end -= len(sentence) - len(sentence.rstrip())
        added = {
            unit: _lane(row + self._reached, self._at[code]) for unit, row in self._units(folded, start, end).items()
        }
        least = max(1, max(added.values(), default=0) // WEAKEST)
        telling = sorted((unit for unit in added if added[unit] >= least), key=lambda unit: -added[unit])
        places: list[tuple[int, int]] = []
        for unit in telling:
            place = self._place(folded, plain, unit, start, end)
            if place and len(places) < SHOWN and all(place[1] <= first or last <= place[0] for first, last in places):
                places.append(place)
        return LikelySeen(code, start, end, tuple(sorted(places)))

    def _place(self, folded: Folded, plain: str, unit: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where a unit first stands in a sentence: a word or string, a pair of words, or a name."""
        if self._language == "zh":
            at = plain.find(unit, start, end)
            return (at, at + len(unit)) if at >= 0 else None
        source = r"\W+".join(r"\w+" if word == NAME else re.escape(word) for word in unit.split(" "))
        for match in re.compile(rf"\b{source}\b").finditer(plain, start, end):
            if NAME not in unit or any(self._is_name(folded, word) for word in WORD.finditer(plain, *match.span())):
                return match.span()
        return None

    def _is_name(self, folded: Folded, word: re.Match[str]) -> bool:
        return word[0] not in self._common and folded.given(word.start()).isupper()


def _lane(total: int, at: int) -> int:
    """Return the hundredths of one code in a sum to which half a lane was added for each."""
    return (total >> at) % (2 * HALF) - HALF


@cache
def learnt(language: str) -> Likely | None:
    """Return what was learnt of a language, or None; raises DataError naming file and line."""
    path = LEARNED / f"{language}.tsv"
    if not path.is_file():
        return None
    bias: dict[str, float] = {}
    weights: dict[str, Weights] = {}
    common = frozenset[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, *pairs = line.split("\t")
        if name == COMMON:
            common = frozenset(pairs[0].split())
        if line.startswith("#"):
            continue
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
    needed, doubts = _needed(bias, named=bool(common))
    return Likely(language, needed, weights, common, doubts)


def _needed(bias: dict[str, float], *, named: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Return what the words of a sentence must add for each code, and by how much less than that it is doubted."""
    needed, doubts = dict[str, float](), dict[str, float]()
    for code, (say, doubt) in limits().items():
        if code in bias:
            least = max(say, 0.0) if code in NAMED and not named else say
            needed[code] = least - bias[code]
            if doubt > -NEVER:
                doubts[code] = doubt - least
    return needed, doubts


@cache
def limits() -> dict[str, tuple[float, float]]:
    """Return the odds from which each code is said, and those below which it is doubted (natural logarithms).

    `NEVER` stands for odds that no sentence reaches. Raises DataError naming file and line.
    """
    found: dict[str, tuple[float, float]] = {}
    for number, line in enumerate(LIMITS.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            try:
                code, say, _, _, doubt, _, _ = line.split("\t")
                found[code] = _odds(say, NEVER), _odds(doubt, -NEVER)
            except (ValueError, ZeroDivisionError):
                raise DataError(
                    f"{LIMITS}:{number}: a code is followed by a share between 0 and 1, its two counts, and three more"
                ) from None
    return found


def _odds(share: str, otherwise: float) -> float:
    """Return a share of one as the natural logarithm of the odds; `-` is none."""
    return otherwise if share == "-" else math.log(float(share) / (1 - float(share)))
