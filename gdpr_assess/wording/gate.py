"""The gate: tells in a few microseconds which concepts a text may have, and so that most texts have nothing to find.

It may name too many concepts, never too few. A term counts as seen where all its words stand somewhere in the text;
what a word contributes is worked out once and remembered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import ahocorasick

from gdpr_assess.wording.anchors import EDGE, plain
from gdpr_assess.wording.fold import Folded, fold
from gdpr_assess.wording.names import name_parts
from gdpr_assess.wording.terms import Literal, Shape
from gdpr_assess.wording.windows import union_of

SLOW, NAME, SHIFT = 1, 2, 2
"""Bits beside those of the concepts: fold the text as a whole first; part of a replaced name."""
MOST_WORDS = 100_000
"""So many words are remembered; then it begins anew, so that memory stays bounded."""


class Piece(NamedTuple):
    """A part of a term without blanks; `left` and `right` say whether a word may go on there."""

    text: str
    left: bool
    right: bool


Group = frozenset[Piece]
"""Pieces of which a match holds at least one."""


Term = Literal | Shape
Waiting = tuple[int, int, Term]
"""A term that a word may complete: the groups that it needs beside the word, its concept, and the term itself."""


class Word(NamedTuple):
    """What a word contributes: concepts for sure, groups of pieces, and terms that it may complete; and its folding."""

    concepts: int
    groups: int
    terms: tuple[Waiting, ...]
    folded: str


class Glance(NamedTuple):
    """What a text may have: concepts of single words and `NAME`, and further terms (with their concepts)."""

    sure: int
    terms: list[Waiting]
    words: list[Word]

    def concepts(self) -> int:
        """Return all concepts that the text may have."""
        mask = self.sure
        for _, bit, _ in self.terms:
            mask |= bit
        return mask


class Gate:
    """Which concepts a text can have at most, told from its words alone."""

    def __init__(
        self, terms: Mapping[str, tuple[Term, ...]], bits: Mapping[str, int], wanted: int, cjk: bool, usual: str
    ) -> None:
        """Prepare for the concepts in `wanted`; `bits` are those of the concepts, `usual` is text to count words in."""
        self._cjk = cjk
        self.wanted = wanted
        self._words = dict[str, Word]()
        seen: dict[tuple[frozenset[Group], Term], int] = {}
        for name, listed in terms.items():
            bit = (bits[name] & wanted) << SHIFT
            for term in listed if bit else ():
                for groups in _spelled(term, cjk):
                    seen[groups, term] = seen.get((groups, term), 0) | bit
        always = [pair for pair in seen if not pair[0]]
        self._always: list[Waiting] = [(0, seen.pop(pair), pair[1]) for pair in always]
        for part, whole in name_parts():
            piece = Piece(part, not whole, not whole)
            key = frozenset({frozenset({piece})}), Literal(*piece)
            seen[key] = seen.get(key, 0) | NAME
        self._automaton = _automaton(seen, usual)

    def glance(self, text: str) -> Glance:
        """Return what a text may have, at most."""
        if self._cjk:
            return self._together([self._word(fold(text).text)])
        known, learn, given = self._words.get, self._learn, text.split()
        found = self._together([known(word) or learn(word) for word in given])
        if found.sure & SLOW:
            found = self._together([known(word) or learn(word) for word in fold(text).text.split()])
            found = found._replace(sure=found.sure | SLOW)
        return found

    def folded(self, text: str, glance: Glance) -> Folded:
        """Return the folded text, put together from its words where each of them keeps its length."""
        if not self._cjk and not glance.sure & SLOW and text.isprintable():
            joined = " ".join([word.folded for word in glance.words])
            if len(joined) == len(text):
                return Folded(joined, text)
        return fold(text)

    def _together(self, words: list[Word]) -> Glance:
        mask, groups, waiting = 0, 0, []
        for concepts, part, terms, _ in words:
            if concepts:
                mask |= concepts
            if part:
                groups |= part
            if terms:
                waiting.append(terms)
        missing = ~groups
        return Glance(
            mask, self._always + [item for terms in waiting for item in terms if not item[0] & missing], words
        )

    def _learn(self, word: str) -> Word:
        """Return what a word between blanks contributes; tags and hyphens at line ends ask for the whole text.

        So do words whose length changes.
        """
        if len(self._words) >= MOST_WORDS:
            self._words.clear()
        folded = fold(word).text
        found = self._word(folded)
        if "<" in word or len(folded) != len(word) or (len(word) > 1 and folded.endswith("-")):
            found = found._replace(concepts=found.concepts | SLOW)
        self._words[word] = found
        return found

    def _word(self, folded: str) -> Word:
        concepts, groups, terms = 0, 0, dict[Waiting, None]()
        for end, (length, edges) in self._automaton.iter(folded):
            for left, right, bit, group, waiting in edges:
                if (left or _apart(folded, end - length)) and (right or _apart(folded, end)):
                    concepts |= bit
                    groups |= group
                    terms.update(dict.fromkeys(waiting))
        return Word(concepts, groups, tuple(terms), folded)


def _apart(text: str, at: int) -> bool:
    """Tell whether a word may end between a character and the next; letters of two scripts count as two words."""
    pair = text[at : at + 2] if at >= 0 else ""
    return len(pair) < 2 or not pair[0].isalnum() or not pair[1].isalnum() or pair[0].isascii() != pair[1].isascii()


def _spelled(term: Literal | Shape, cjk: bool) -> Iterator[frozenset[Group]]:
    """Yield what a match of a term holds, for each spelling: a piece of every group; nothing at all for some shapes."""
    if isinstance(term, Literal):
        yield frozenset(frozenset({piece}) for piece in _pieces(term.text, term.left, term.right, cjk))
        return
    others = [frozenset(max(_pieces(text, True, True, cjk), key=_length) for text in group) for group in term.needs[1:]]
    spelled = [list(_pieces(text, True, True, cjk)) for text in term.needs[0]] if term.needs else [[]]
    for pieces in spelled:
        if len(pieces) != 1:
            yield frozenset([*(frozenset({piece}) for piece in pieces), *others])
    if single := frozenset(pieces[0] for pieces in spelled if len(pieces) == 1):
        yield frozenset([single, *others])


def _length(piece: Piece) -> tuple[int, Piece]:
    return len(piece.text), piece


def _pieces(text: str, left: bool, right: bool, cjk: bool) -> Iterator[Piece]:
    """Yield the words of a string; a word ends for sure at a blank and at an edge."""
    words = text.split(" ")
    for number, word in enumerate(words):
        core = plain(word)
        if core:
            begins, ends = (char.isalnum() and not (cjk and not char.isascii()) for char in (core[0], core[-1]))
            closed_left = word.startswith(EDGE) or number > 0 or not left
            closed_right = word.endswith(EDGE) or number < len(words) - 1 or not right
            yield Piece(core, not (begins and closed_left), not (ends and closed_right))


def _automaton(seen: Mapping[tuple[frozenset[Group], Term], int], usual: str) -> ahocorasick.Automaton:
    """Return what is found in a folded text for each piece: its concepts, groups and the terms that it may complete."""
    often = _often({piece for groups, _ in seen for group in groups for piece in group}, usual)
    numbers: dict[Group, int] = {}
    concepts, member, waiting = Counter[Piece](), Counter[Piece](), dict[Piece, list[Waiting]]()
    for (groups, term), bit in seen.items():
        leading = min(groups, key=lambda group: (sum(often[piece] for piece in group), sorted(group)))
        need = union_of(1 << numbers.setdefault(group, len(numbers)) for group in groups if group != leading)
        for piece in leading:
            if isinstance(term, Literal) and not need:
                concepts[piece] |= bit
            else:
                waiting.setdefault(piece, []).append((need, bit, term))
    for group, number in numbers.items():
        for piece in group:
            member[piece] |= 1 << number
    by_text: dict[str, list[Piece]] = {}
    for piece in sorted({*concepts, *member, *waiting}):
        by_text.setdefault(piece.text, []).append(piece)
    automaton = ahocorasick.Automaton()
    for text, pieces in by_text.items():
        edges = [(p.left, p.right, concepts[p], member[p], tuple(waiting.get(p, ()))) for p in pieces]
        automaton.add_word(text, (len(text), tuple(edges)))
    automaton.make_automaton()
    return automaton


def _often(pieces: Collection[Piece], usual: str) -> dict[Piece, float]:
    """Return how common pieces are: how often they stand in a text with blanks around words; long ones are rarer."""
    automaton = ahocorasick.Automaton()
    for text in {piece.text for piece in pieces}:
        automaton.add_word(text, text)
    automaton.make_automaton()
    found = Counter[Piece]()
    for end, text in automaton.iter(usual) if len(automaton) else ():
        lefts, rights = (True, usual[end - len(text)] != " "), (True, usual[end + 1] != " ")
        found.update(Piece(text, left, right) for left in {*lefts} for right in {*rights})
    return {piece: (found[piece] + 1) / len(piece.text) ** 2 for piece in pieces}
