"""The gate: tells in a few microseconds which terms a text may hold, and so that most texts have nothing to find.

Strings are found for sure, with their places: those without blanks word by word (what a word contributes is worked out
once and remembered), the others by one pass over the whole text. Of expressions it may name too many, never too few:
one may stand in a text that holds a string of each group that it needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import ahocorasick

from gdpr_assess.wording.anchors import EDGE, plain
from gdpr_assess.wording.fold import Folded, fold
from gdpr_assess.wording.naming import goes_on, whole_words
from gdpr_assess.wording.terms import Literal, Shape
from gdpr_assess.wording.windows import Hit, union_of

_SLOW, _NAME = 1, 2
"""The bits below those of the concepts: fold the text as a whole first; parts of a replaced name are there."""
MOST_WORDS = 30_000
"""So many words are remembered; then it begins anew, so that memory stays bounded."""
_ENDS = (EDGE, " ")


class Piece(NamedTuple):
    """A part of a term without blanks; `left` and `right` say whether a word may go on there."""

    text: str
    left: bool
    right: bool


Group = frozenset[Piece]
"""Pieces of which a match holds at least one."""


class Sought(NamedTuple):
    """An expression that a text may hold: the groups that it needs, its concepts, its number, and the expression."""

    need: int
    mask: int
    number: int
    term: Shape


class Word(NamedTuple):
    """What a word contributes: concepts and groups, terms that it may complete; its folding, and places in that."""

    holds: int
    waiting: tuple[Sought, ...]
    folded: str
    hits: tuple[Hit, ...]


class Glance(NamedTuple):
    """What a text holds: concepts of strings, expressions that may stand in it, and where the strings stand."""

    given: Folded | str
    folded: str
    sure: int
    shapes: list[Sought]
    named: bool
    words: list[Word]
    phrases: list[Hit]

    def text(self) -> Folded:
        """Return the folded text with the places of its characters in the given one."""
        return self.given if isinstance(self.given, Folded) else Folded(self.folded, self.given)

    def concepts(self) -> int:
        """Return all concepts that the text may have."""
        mask = self.sure
        for sought in self.shapes:
            mask |= sought[1]
        return mask


class Gate:
    """Which of some terms a text can hold at most, told from its words alone."""

    def __init__(
        self, literals: Iterable[tuple[Literal, int]], shapes: Iterable[Sought], names: Iterable[Piece], usual: str,
        cjk: bool,
    ) -> None:  # fmt: skip
        """Prepare for terms and for parts of replaced names; `usual` is text to count words in."""
        self._cjk = cjk
        self._words, self._plain = dict[str, Word](), dict[str, Word]()
        parts = _Parts(literals, shapes, names, usual, cjk)
        self._always, self._pieces, self._phrases = parts.always, parts.pieces, parts.phrases
        self._concepts = parts.concepts

    def glance(self, text: str) -> Glance:
        """Return what a text holds."""
        if self._cjk or not text.isprintable():
            return self.again(fold(text))
        known, learn = self._words.get, self._learn
        words = [known(word) or learn(word) for word in text.split()]
        joined = " ".join([word[2] for word in words])
        if len(joined) != len(text):
            return self.again(fold(text))
        found = self._together(words, joined, text)
        return self.again(fold(text)) if found.sure & _SLOW else found

    def again(self, folded: Folded) -> Glance:
        """Return what a folded text holds."""
        if self._cjk:
            return self._together([self._word(folded.text)], folded.text, folded)
        known, words = self._plain, folded.text.split()
        if len(known) >= MOST_WORDS:
            known.clear()
        for word in words:
            if word not in known:
                known[word] = self._word(word)
        return self._together([known[word] for word in words], folded.text, folded)

    def _together(self, words: list[Word], folded: str, given: Folded | str) -> Glance:
        holds, waiting, phrases = union_of([word[0] for word in words]), self._always.copy(), list[Hit]()
        for word in words:
            if word[1]:
                waiting += word[1]
        for end, (length, literals, part, terms) in self._phrases.iter(folded) if self._phrases else ():
            holds |= part
            waiting += terms
            start, stop = end + 1 - length, end + 1
            for left, right, mask in literals:
                if _stands(folded, start, stop, left, right, self._cjk):
                    holds |= mask
                    phrases.append(Hit(*whole_words(folded, start, stop, self._cjk), mask))
        absent = ~holds
        shapes = [sought for sought in waiting if not sought[0] & absent]
        return Glance(given, folded, holds & self._concepts, shapes, bool(holds & _NAME), words, phrases)

    def _learn(self, word: str) -> Word:
        """Return what a word between blanks contributes; tags and hyphens at line ends ask for the whole text.

        So do words whose length changes.
        """
        folded = word.lower() if word.isascii() and word.isalnum() else fold(word).text
        found = self._word(folded)
        if "<" in word or len(folded) != len(word) or (len(word) > 1 and folded.endswith("-")):
            found = found._replace(holds=found.holds | _SLOW)
        if len(self._words) >= MOST_WORDS:
            self._words.clear()
        self._words[word] = found
        return found

    def _word(self, folded: str) -> Word:
        holds, hits, waiting = 0, list[Hit](), dict[Sought, None]()
        for end, (length, pieces, literals) in self._pieces.iter(folded) if self._pieces else ():
            stop = end + 1
            start = stop - length
            for left, right, group, waits in pieces:
                if (left or _apart(folded, start - 1)) and (right or _apart(folded, end)):
                    holds |= group
                    for sought in waits:
                        waiting[sought] = None
            for left, right, mask in literals:
                if _stands(folded, start, stop, left, right, self._cjk):
                    holds |= mask
                    hits.append(Hit(*whole_words(folded, start, stop, self._cjk), mask))
        return Word(holds, tuple(waiting), folded, tuple(hits))


def _stands(text: str, start: int, stop: int, left: bool, right: bool, cjk: bool) -> bool:
    """Tell whether a string stands at a place, given whether a word may go on before and behind it."""
    return (left or not goes_on(text, start - 1, cjk)) and (right or not goes_on(text, stop, cjk))


def _apart(text: str, at: int) -> bool:
    """Tell whether a word may end between a character and the next; letters of two scripts count as two words."""
    pair = text[at : at + 2] if at >= 0 else ""
    return len(pair) < 2 or not pair[0].isalnum() or not pair[1].isalnum() or pair[0].isascii() != pair[1].isascii()


def _piece(text: str, cjk: bool) -> Piece:
    """Return a string that an expression needs; a word ends for sure at an edge and at a blank."""
    core = plain(text)
    begins, ends = (char.isalnum() and not (cjk and not char.isascii()) for char in (core[0], core[-1]))
    return Piece(core, not (begins and text[0] in _ENDS), not (ends and text[-1] in _ENDS))


class _Parts:
    """What is looked for in each word and in the whole text: literals, and the strings that expressions need."""

    def __init__(
        self, literals: Iterable[tuple[Literal, int]], shapes: Iterable[Sought], names: Iterable[Piece], usual: str,
        cjk: bool,
    ) -> None:  # fmt: skip
        self._literals = dict[str, list[tuple[bool, bool, int]]]()
        self.concepts = _SLOW
        for term, mask in literals:
            self._literals.setdefault(term.text, []).append((term.left, term.right, mask))
            self.concepts |= mask
        needed = [([frozenset(_piece(one, cjk) for one in group) for group in s.term.needs], s) for s in shapes]
        self.always = [sought for groups, sought in needed if not groups]
        self._member, self._waiting = Counter[Piece](dict.fromkeys(names, _NAME)), dict[Piece, list[Sought]]()
        self._group([pair for pair in needed if pair[0]], usual)
        self._pieces = {text: list[Piece]() for text in self._literals}
        for piece in sorted({*self._member, *self._waiting}):
            self._pieces.setdefault(piece.text, []).append(piece)
        self.pieces, self.phrases = self._in_words(), self._in_text()

    def _group(self, needed: list[tuple[list[Group], Sought]], usual: str) -> None:
        """Let each expression wait for the strings of its rarest group."""
        often = _often({piece for groups, _ in needed for group in groups for piece in group}, usual)
        weights = {group: (sum(often[p] for p in group), sorted(group)) for groups, _ in needed for group in groups}
        numbers: dict[Group, int] = {}
        first = 1 << (self.concepts | _NAME).bit_length()
        for groups, sought in needed:
            leading, *others = sorted({*groups}, key=weights.__getitem__)
            need = sum(first << numbers.setdefault(group, len(numbers)) for group in others)
            for piece in leading:
                self._waiting.setdefault(piece, []).append(sought._replace(need=need))
        for group, number in numbers.items():
            for piece in group:
                self._member[piece] |= first << number

    def _in_words(self) -> Any:
        automaton = ahocorasick.Automaton()
        for text, pieces in self._pieces.items():
            if " " not in text:
                edges = [(p.left, p.right, self._member[p], tuple(self._waiting.get(p, ()))) for p in pieces]
                automaton.add_word(text, (len(text), tuple(edges), tuple(self._literals.get(text, ()))))
        return _made(automaton)

    def _in_text(self) -> Any:
        automaton = ahocorasick.Automaton()
        for text, pieces in self._pieces.items():
            if " " in text:
                waits = tuple(sought for piece in pieces for sought in self._waiting.get(piece, ()))
                part = union_of(self._member[piece] for piece in pieces)
                automaton.add_word(text, (len(text), tuple(self._literals.get(text, ())), part, waits))
        return _made(automaton)


def _made(automaton: Any) -> Any:
    automaton.make_automaton()
    return automaton if len(automaton) else None


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
