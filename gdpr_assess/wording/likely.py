"""What a text likely says where no rule fits, and what it likely does not say though one does.

Four things are weighed, as learnt from the labelled texts (learn.py): the words of each sentence, its concepts (which
all languages share), what a net makes of both in their order (net.py), and what the text as a whole says. What is only
likely is marked as such with the words that speak for it, and what is doubtful is kept apart: both ask a client, and
neither fails nor passes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

import numpy as np

from gdpr_assess.wording.features import (
    GAP,
    NAME,
    WORD,
    features,
    neighbours,
    of_concepts,
    of_kind,
    strings,
    words,
    zeros,
)
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.net import Concept, Net, net
from gdpr_assess.wording.odds import Array, Learnt, Odds, read
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.whole import ABSENT, FAR, LEARNED, NEVER, TOGETHER, Final, Whole, finals, limits, together

CONCEPTS = LEARNED / "concepts.tsv"
NOT_BESIDE = {"consent_question": frozenset({"preticked", "silence_as_consent"})}
"""A box ticked in advance and silence ask for nothing, whatever their words."""
NAMED = frozenset({"controller_identity"})
"""A sentence without a name does not say this; where names have no capital letters, it must be more likely than not."""
SHOWN, WEAKEST = 4, 4
"""So many words are named that speak for a code, if they add at least a quarter of what the strongest adds."""
SPEAKS = 0.0
"""Where words, concepts and the net together come to this for a sentence, what rules find is not doubted."""
MOST_UNITS = 100_000
"""So many words are remembered; then it begins anew, so that memory stays bounded."""


class LikelySeen(NamedTuple):
    """A code that a text likely has: the sentence in the folded text, and the places of the telling words."""

    code: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


class Judged(NamedTuple):
    """What a text likely says beside what rules found, in the order of the text, and what of that is doubtful."""

    seen: list[LikelySeen]
    doubtful: frozenset[str]


class Sentence(NamedTuple):
    """A sentence of a folded text: its words with what they add, its concepts, and what each of both says of codes."""

    start: int
    end: int
    words: dict[str, int]
    concepts: list[Concept]
    by_words: Array
    by_concepts: Array


class _Rows(dict[str, int]):
    """What each feature met so far adds; for one that was not met it is worked out first."""

    def __init__(self, work_out: Callable[[str], int]) -> None:
        self._work_out = work_out

    def __missing__(self, name: str) -> int:
        if len(self) >= MOST_UNITS:
            self.clear()
        self[name] = added = self._work_out(name)
        return added


class Likely:
    """What was learnt of one language, with what was learnt of concepts. Most ordinary texts end at their words."""

    def __init__(
        self,
        language: str,
        learnt: Learnt,
        concepts: Learnt,
        last: Mapping[str, Final],
        asked: Mapping[str, tuple[float, float]],
        net: Net | None = None,
    ) -> None:
        """Take what words and concepts add, how odds of a text come about (`last`), limits (`asked`), and the net."""
        codes = [code for code in last if code in learnt.begins and code in concepts.begins]
        self._net, self._of_net = net, [net.codes.index(code) for code in codes] if net else []
        self._language, self._common, self._codes = language, learnt.common, codes
        self._whole = Whole({code: last[code] for code in codes})
        limits = [asked.get(code, (NEVER, -NEVER)) for code in codes]
        named = np.array([code in NAMED for code in codes], dtype=bool)
        self._named = named if self._common else np.zeros_like(named)
        least = np.array([one for one, _ in limits])
        self._least = np.where(named & ~self._named, np.maximum(least, 0.0), least)
        self._doubted = np.array([one for _, one in limits])
        self._by_words = Odds({code: learnt.begins[code] for code in codes}, learnt.weights)
        self._by_concepts = Odds({code: concepts.begins[code] for code in codes}, concepts.weights)
        self._pairs = {(*name.split(" "),): self._by_words.row([name]) for name in learnt.weights if " " in name}
        self._most_of_pairs = {pair: self._by_words.row([" ".join(pair)], least=0) for pair in self._pairs}
        self._rows = _Rows(lambda word: self._by_words.row(features(word)))
        self._most = _Rows(lambda word: self._by_words.row(features(word), least=0))
        self._concepts = _Rows(lambda name: self._by_concepts.row([name]))

    def judge(
        self, folded: Folded, concepts: Callable[[], list[Concept]], found: Set[str], kind: str | None = None
    ) -> Judged:
        """Weigh a text in which rules found some codes; its concepts are asked for only where there is a need."""
        begins = sum(map(self._rows.__getitem__, of_kind(kind)), self._by_words.begins)
        if not found and not self._may_say(folded, begins):
            return Judged([], frozenset())
        read = self._sentences(folded, concepts(), begins, kind)
        says = self._says(read, self._by_net(folded, read, kind))
        both, by_rule = says.max(axis=0)[:, TOGETHER], np.array([code in found for code in self._codes])
        odds = self._whole.odds(says.max(axis=0), by_rule)
        doubtful = by_rule & (both < SPEAKS) & (odds < self._doubted)
        likely = ~by_rule & (both > ABSENT) & (odds >= self._least)
        seen = [
            self._told(folded, self._codes[at], read[says[:, at, TOGETHER].argmax()])
            for at in np.flatnonzero(likely)
            if found.isdisjoint(NOT_BESIDE.get(self._codes[at], ()))
        ]
        doubted = frozenset(self._codes[at] for at in np.flatnonzero(doubtful))
        return Judged(sorted((one for one in seen if one.words), key=_at), doubted)

    def _by_net(self, folded: Folded, read: Sequence[Sentence], kind: str | None) -> Array:
        """Return what the net makes of sentences (sentences by codes)."""
        if self._net is None:
            return np.zeros((len(read), len(self._codes)))
        spans, concepts = [(one.start, one.end) for one in read], [held for one in read for held in one.concepts]
        return self._net.odds(folded, spans, concepts, kind)[:, self._of_net]

    def _says(self, read: Sequence[Sentence], by_net: Array) -> Array:
        """Return what sentences say of each code: by words, by concepts, by the net, together (sentences, codes, 4)."""
        says = together(np.array([one.by_words for one in read]), np.array([one.by_concepts for one in read]), by_net)
        nameless = np.array([NAME not in one.words for one in read])
        says[np.outer(nameless, self._named)] = -FAR
        return says

    def _words_of(self, folded: Folded, start: int = 0, end: int | None = None) -> list[str]:
        if self._language == "zh":
            return strings(folded.text[start:end])
        return words(folded, self._common, start, end)

    def _may_say(self, folded: Folded, begins: int) -> bool:
        """Tell whether what speaks for a code anywhere in a text is enough to ask further."""
        said = self._words_of(folded)
        most = sum(map(self._most.__getitem__, {*said}), begins)
        most += sum(map(self._most_of_pairs.__getitem__, self._pairs_of(said)))
        return self._by_words.reached(most)

    def _pairs_of(self, said: list[str]) -> set[tuple[str, ...]]:
        return self._pairs.keys() & neighbours(said) if self._pairs else set()

    def _units(self, folded: Folded, start: int, end: int) -> dict[str, int]:
        """Return the words of a sentence and their pairs that count, with what they add."""
        said = self._words_of(folded, start, end)
        rows = {word: self._rows[word] for word in said}
        return rows | {" ".join(pair): self._pairs[pair] for pair in self._pairs_of(said)}

    def _sentences(self, folded: Folded, concepts: list[Concept], begins: int, kind: str | None) -> list[Sentence]:
        spans = [span for span in sentences(folded.text, self._language) if folded.text[slice(*span)].strip()]
        held = [[one for one in concepts if start <= one[1] < end] for start, end in spans]
        names = [frozenset(), *(frozenset(name for name, _, _ in inside) for inside in held), frozenset()]
        found = []
        for number, (start, end) in enumerate(spans):
            rows = self._units(folded, start, end)
            marks = of_concepts(names[number + 1], names[number], names[number + 2], kind)
            by_concepts = sum(map(self._concepts.__getitem__, marks), self._by_concepts.begins)
            by_words = sum(rows.values(), begins)
            odds = self._by_words.each(by_words), self._by_concepts.each(by_concepts)
            found.append(Sentence(start, end, rows, held[number], *odds))
        return found

    def _told(self, folded: Folded, code: str, one: Sentence) -> LikelySeen:
        """Return a code with its sentence, blanks at its ends left out, and the words that speak most for it."""
        sentence, plain = folded.text[one.start : one.end], zeros(folded.text)
        start = one.start + len(sentence) - len(sentence.lstrip())
        end = one.end - len(sentence) + len(sentence.rstrip())
        telling: list[tuple[float, str | tuple[int, int]]] = []
        telling += [(self._by_words.of(row, code), unit) for unit, row in one.words.items()]
        telling += [
            (self._by_concepts.of(self._concepts[name], code), (max(first, start), min(last, end)))
            for name, first, last in one.concepts
            if max(first, start) < min(last, end)
        ]
        least = max((added for added, _ in telling), default=0.0) / WEAKEST
        speaking = sorted((pair for pair in telling if 0 < pair[0] >= least), key=lambda pair: -pair[0])
        places: list[tuple[int, int]] = []
        for _, said in speaking:
            if len(places) == SHOWN:
                break
            place = self._place(folded, plain, said, start, end) if isinstance(said, str) else said
            if place and all(place[1] <= first or last <= place[0] for first, last in places):
                places.append(place)
        return LikelySeen(code, start, end, tuple(sorted(places)))

    def _place(self, folded: Folded, plain: str, unit: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where a unit first stands in a sentence: a word or string, a pair of words, or a name."""
        if self._language == "zh":
            at = plain.find(unit, start, end)
            return (at, at + len(unit)) if at >= 0 else None
        source = r"\W+".join(r"\w+" if word in (NAME, GAP) else re.escape(word) for word in unit.split(" "))
        for match in re.compile(rf"\b{source}\b").finditer(plain, start, end):
            if NAME not in unit or any(self._is_name(folded, word) for word in WORD.finditer(plain, *match.span())):
                return match.span()
        return None

    def _is_name(self, folded: Folded, word: re.Match[str]) -> bool:
        return word[0] not in self._common and folded.given(word.start()).isupper()


def _at(seen: LikelySeen) -> tuple[int, int, str]:
    return seen.start, seen.end, seen.code


@cache
def learnt(language: str) -> Likely | None:
    """Return what was learnt of a language, or None; raises DataError naming file and line."""
    path = LEARNED / f"{language}.tsv"
    if not path.is_file():
        return None
    words = read(path)
    return Likely(language, words, _learnt_of_concepts(), finals(), limits(), net(language, words.common))


@cache
def _learnt_of_concepts() -> Learnt:
    return read(CONCEPTS)
