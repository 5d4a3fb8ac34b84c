"""Matching: one pass of all terms of a language over the text, then the rules whose concepts have all been seen."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick

from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.pack import Pack, load_pack, rules, vocabulary
from gdpr_assess.wording.schema import Pattern
from gdpr_assess.wording.terms import Literal, Shape
from gdpr_assess.wording.windows import Compiled, Context, Hit, Scan, Seen, merged, union


@dataclass(frozen=True, slots=True)
class Look:
    """A folded text with the hits of plain terms in it, and the shapes that may occur because their anchors do."""

    folded: Folded
    hits: list[Hit]
    shapes: list[tuple[Shape, int]]


class Matcher:
    """All terms and patterns of one language."""

    def __init__(self, pack: Pack) -> None:
        self.language = pack.language
        self._cjk = pack.language == "zh"
        self._bits: dict[str, int] = {name: 1 << i for i, name in enumerate(sorted({*vocabulary(), *pack.terms}))}
        self.names = frozenset(self._bits)
        self._shapes: list[tuple[Shape, int, tuple[int, ...]]] = []
        self._always: list[int] = []
        self._automaton = self._build(pack)
        self._patterns = [self._compile(code, pattern) for code in rules() for pattern in pack.patterns(code)]
        self._patterns = [pattern for pattern in self._patterns if all(pattern.slots)]
        self._shadows = self._shadow_masks()
        self._shadowing = sum(self._shadows)
        self._not_name = {term.text for term in pack.terms.get("NOT_NAME", ()) if isinstance(term, Literal)}

    def _build(self, pack: Pack) -> ahocorasick.Automaton | None:
        literals: dict[str, dict[tuple[bool, bool], int]] = {}
        anchors: dict[str, int] = {}
        waking: dict[str, list[int]] = {}
        for name, terms in pack.terms.items():
            for term in terms:
                if isinstance(term, Literal):
                    masks = literals.setdefault(term.text, {})
                    masks[term.left, term.right] = masks.get((term.left, term.right), 0) | self._bits[name]
                else:
                    groups = [[anchors.setdefault(text, 1 << len(anchors)) for text in group] for group in term.anchors]
                    self._shapes.append((term, self._bits[name], tuple(sum(group) for group in groups)))
                    for text in self._rarest(term):
                        waking.setdefault(text, []).append(len(self._shapes) - 1)
        automaton = ahocorasick.Automaton()
        for text in {*literals, *anchors}:
            bounded = tuple((left, right, mask) for (left, right), mask in literals.get(text, {}).items())
            automaton.add_word(text, (len(text), bounded, anchors.get(text, 0), tuple(waking.get(text, ()))))
        automaton.make_automaton()
        return automaton if len(automaton) else None

    def _rarest(self, shape: Shape) -> tuple[str, ...]:
        """Return the group of anchors that wakes a shape up: the one with the longest strings."""
        if not shape.anchors:
            self._always.append(len(self._shapes) - 1)
            return ()
        return max(shape.anchors, key=lambda group: (min(map(len, group)), -len(group)))

    def _mask(self, slot: str) -> int:
        return sum({self._bits[name] for name in slot.split("|") if name in self._bits})

    def _masks(self, slots: tuple[str, ...]) -> int:
        mask = 0
        for slot in slots:
            mask |= self._mask(slot)
        return mask

    def _compile(self, code: str, pattern: Pattern) -> Compiled:
        named = (name for name in (*pattern.concepts(), f"@{code}", f"@{code}!", f"@{code}<"))
        return Compiled(
            code=code,
            reads=self._masks(tuple(named)),
            pattern=pattern,
            slots=tuple(self._mask(slot) for slot in pattern.all),
            spanning=tuple(not pattern.span or slot in pattern.span for slot in pattern.all),
            none=self._masks((*pattern.none, f"@{code}!")),
            none_near=self._masks((*pattern.none_near, f"@{code}<")),
            near=tuple(self._mask(slot) for slot in pattern.near),
            anywhere=tuple(self._mask(slot) for slot in pattern.anywhere),
            nowhere=self._masks(pattern.nowhere),
        )

    def _shadow_masks(self) -> dict[int, int]:
        shadows = {self._bits[n]: self._masks(hidden) for n, hidden in vocabulary().items() if hidden}
        if "IGNORE" in self._bits:
            shadows[self._bits["IGNORE"]] = (1 << len(self._bits)) - 1
        return shadows

    def look(self, folded: Folded) -> Look:
        """Pass once over a folded text."""
        text, found, anchors, woken = folded.text, [], 0, set(self._always)
        for end, (length, edges, anchor, shapes) in self._automaton.iter(text) if self._automaton else ():
            anchors |= anchor
            woken.update(shapes)
            start, stop = end - length + 1, end + 1
            for left, right, mask in edges:
                if (left or not self._goes_on(text, start - 1)) and (right or not self._goes_on(text, stop)):
                    found.append(self._whole_words(text, start, stop, mask))
        possible = [
            (shape, mask)
            for shape, mask, groups in (self._shapes[number] for number in sorted(woken))
            if all(group & anchors for group in groups)
        ]
        return Look(folded, found, possible)

    def scan(self, look: Look, context: Context) -> list[Seen]:
        """Return every code seen, with its place in the folded text."""
        got = union(look.hits)
        for _, mask in look.shapes:
            got |= mask
        candidates = [pattern for pattern in self._patterns if pattern.possible(got, context)]
        if not candidates:
            return []
        hits = self._with_shapes(look, self._needed(candidates))
        got = union(hits)
        candidates = [pattern for pattern in candidates if pattern.possible(got, context)]
        if not candidates:
            return []
        return merged(Scan(look.folded.text, self._unshadowed(hits, got)).run(candidates))

    def _needed(self, candidates: list[Compiled]) -> int:
        """Return the concepts that decide about some patterns, with those that may hide them."""
        needed = 0
        for pattern in candidates:
            needed |= pattern.reads
        for bit, hidden in self._shadows.items():
            needed |= bit if hidden & needed else 0
        return needed

    def places(self, look: Look, names: frozenset[str]) -> list[tuple[str, int, int]]:
        """Return where some concepts are seen in a text."""
        bits = [(name, self._bits[name]) for name in sorted(names) if name in self._bits]
        if not bits:
            return []
        wanted = sum(bit for _, bit in bits)
        if not (union(look.hits) & wanted or any(mask & wanted for _, mask in look.shapes)):
            return []
        hits = self._with_shapes(look, wanted)
        return [(name, hit.start, hit.end) for hit in hits for name, bit in bits if hit.mask & bit]

    def concepts(self, folded: Folded) -> list[tuple[str, int, int]]:
        """Return every concept seen with its place, for authors who look for the reason of a result."""
        return [
            (name, hit.start, hit.end)
            for hit in self._unshadowed(self._with_shapes(self.look(folded), -1), -1)
            for name, bit in self._bits.items()
            if hit.mask & bit
        ]

    def _with_shapes(self, look: Look, needed: int) -> list[Hit]:
        hits = list(look.hits)
        for shape, mask in look.shapes:
            for match in shape.regex.finditer(look.folded.text) if mask & needed else ():
                hit = self._named(look.folded, shape, match, mask)
                if hit is not None:
                    hits.append(hit)
        return _widest(hits)

    def _goes_on(self, text: str, at: int) -> bool:
        char = text[at : at + 1] if at >= 0 else ""
        return char.isalnum() and not (self._cjk and not char.isascii())

    def _whole_words(self, text: str, start: int, end: int, mask: int) -> Hit:
        """Widen a hit inside a word to the word, so that quotes are never cut, and take blanks off its ends."""
        while end - start > 1 and text[end - 1] == " ":
            end -= 1
        while end - start > 1 and text[start] == " ":
            start += 1
        if not self._cjk:
            while text[start].isalnum() and start and text[start - 1].isalnum():
                start -= 1
            while text[end - 1].isalnum() and end < len(text) and text[end].isalnum():
                end += 1
        return Hit(start, end, mask)

    def _named(self, folded: Folded, shape: Shape, match: re.Match[str], mask: int) -> Hit | None:
        start, end = match.span()
        for number in range(1, (shape.regex.groups if shape.named else 0) + 1):
            first, last = match.span(number)
            if first < 0:
                continue
            trimmed = self._name(folded, first, last, match.start() == first, match.end() == last)
            if trimmed is None:
                return None
            start, end = (trimmed[0] if match.start() == first else start), (trimmed[1] if match.end() == last else end)
        return self._whole_words(folded.text, start, end, mask)

    def _name(self, folded: Folded, start: int, end: int, cut_left: bool, cut_right: bool) -> tuple[int, int] | None:
        """Return the part of a place that is a name: it begins with a capital letter and is no word such as "our"."""
        if self._cjk:
            text = folded.text[start:end]
            return None if any(text.startswith(word) for word in self._not_name) else (start, end)
        words, at = [], start
        for word in folded.text[start:end].split(" "):
            words.append((at, at + len(word), word))
            at += len(word) + 1
        while cut_left and words and not self._is_name(folded, words[0]):
            words.pop(0)
        if not words or not self._is_name(folded, words[0]):
            return None
        while cut_right and not self._is_name(folded, words[-1]):
            words.pop()
        return words[0][0], words[-1][1]

    def _is_name(self, folded: Folded, word: tuple[int, int, str]) -> bool:
        given = folded.given(word[0]) if word[2] else ""
        return (given.isupper() or given in "[") and bool(given) and word[2] not in self._not_name

    def _unshadowed(self, hits: list[Hit], got: int) -> list[Hit]:
        if not got & self._shadowing:
            return hits
        masks, starts = [hit.mask for hit in hits], [hit.start for hit in hits]
        for i, hit in enumerate(hits):
            hidden = 0
            for bit, mask in self._shadows.items() if hit.mask & self._shadowing else ():
                hidden |= mask if hit.mask & bit else 0
            for j in range(bisect_left(starts, hit.start), bisect_left(starts, hit.end)) if hidden else ():
                masks[j] &= ~hidden if j != i else -1
        return [Hit(hit.start, hit.end, mask) for hit, mask in zip(hits, masks, strict=True) if mask]


def _widest(hits: list[Hit]) -> list[Hit]:
    """Return the hits in order without those that lie inside another hit of the same concepts."""
    kept: list[Hit] = []
    ends: dict[int, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > ends.get(hit.mask, -1):
            kept.append(hit)
            ends[hit.mask] = hit.end
    return kept


@cache
def matcher(language: str) -> Matcher:
    """Return the matcher of a language that has a pack."""
    return Matcher(load_pack(language))
