"""Matching: one pass of all terms of a language over the text, then the rules whose concepts have all been seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick

from gdpr_assess.law import superseded
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.gate import NAME, SHIFT, SLOW, Gate
from gdpr_assess.wording.naming import goes_on, places, whole_words
from gdpr_assess.wording.pack import Pack, load_pack, rules, vocabulary
from gdpr_assess.wording.schema import Pattern
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import NAME_FIRST, Literal, Shape, word_starts
from gdpr_assess.wording.windows import Compiled, Context, Hit, Scan, Seen, merged, union, union_of

MOST_PLANS = 20_000
"""So many combinations of concepts are remembered; then it begins anew, so that memory stays bounded."""
OUTDATED = ("outdated_authority", "outdated_law")


@dataclass(frozen=True, slots=True)
class Look:
    """A folded text with the hits of plain terms in it, and the shapes that may occur because their anchors do."""

    folded: Folded
    hits: list[Hit]
    shapes: list[tuple[Shape, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a text may have: the patterns that are possible, and the concepts that decide about them."""

    candidates: tuple[Compiled, ...]
    needed: int
    seeks: int


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
        seeks = union_of(item.seeks for item in self._patterns)
        self._guards = union_of(item.none | item.none_near | item.nowhere for item in self._patterns)
        self._shadows = self._shadow_masks()
        self._shadowing = sum(self._shadows)
        self._replaced = self._masks(tuple(entry.id.upper() for entry in superseded()))
        wanted = self._replaced | seeks
        self._gate = Gate(pack.terms, self._bits, wanted, self._cjk, pack.usual())
        self._plans = dict[int, Plan | None]()
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
                    groups = [
                        [anchors.setdefault(text, 1 << len(anchors)) for text in group] for group in term.anchors()
                    ]
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
        groups = shape.anchors()
        if not groups:
            self._always.append(len(self._shapes) - 1)
            return ()
        return groups[0]

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
            seeks=self._masks((*pattern.all, *pattern.near, *pattern.anywhere)),
            slots=tuple(self._mask(slot) for slot in pattern.all),
            spanning=tuple(not pattern.span or slot in pattern.span for slot in pattern.all),
            none=self._masks((*pattern.none, f"@{code}!")),
            none_near=self._masks((*pattern.none_near, f"@{code}<")),
            near=tuple(self._mask(slot) for slot in pattern.near),
            anywhere=tuple(self._mask(slot) for slot in pattern.anywhere),
            nowhere=self._masks(pattern.nowhere),
        )

    def plan(self, text: str) -> tuple[Folded, Plan] | None:
        """Return a text folded and what to look for in it, or None when nothing can be found in it."""
        glance = self._gate.glance(text)
        widest = self._plan(glance.concepts())
        if widest is None:
            return None
        folded, mask, asked = self._gate.folded(text, glance), glance.sure, widest.seeks << SHIFT
        for _, bit, term in glance.terms:
            if bit & asked & ~mask and self._stands(folded, term):
                mask |= bit
        plan = self._plan(mask)
        return None if plan is None else (folded, plan)

    def _stands(self, folded: Folded, term: Literal | Shape) -> bool:
        """Tell whether a term that is not a single word stands in a text."""
        if isinstance(term, Literal):
            return term.text in folded.text
        if not term.named:
            return term.stands(folded.text)
        if term.source.startswith(NAME_FIRST):
            names = (at for at in word_starts(folded.text) if folded.given(at).isupper() or folded.text[at] == "[")
            return any(term.regex.match(folded.text, at) for at in names)
        return next(self._places_of(term, folded), None) is not None

    def _plan(self, mask: int) -> Plan | None:
        mask &= ~SLOW
        try:
            return self._plans[mask]
        except KeyError:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            self._plans[mask] = plan = self._planned(mask >> SHIFT, bool(mask & NAME))
            return plan

    def _planned(self, got: int, named: bool) -> Plan | None:
        candidates = tuple(pattern for pattern in self._patterns if pattern.possible(got, Context()))
        replaced = named or bool(got & self._replaced)
        if not replaced and all(pattern.pattern.with_ for pattern in candidates):
            return None
        needed = self._needed(candidates)
        if replaced:
            guards = ("HISTORIC", *(f"@{code}{mark}" for code in OUTDATED for mark in "!<"))
            needed |= self._replaced | self._masks(guards)
        return Plan(candidates, needed, union_of(candidate.seeks for candidate in candidates) | self._replaced)

    def _shadow_masks(self) -> dict[int, int]:
        shadows = {self._bits[n]: self._masks(hidden) for n, hidden in vocabulary().items() if hidden}
        if "IGNORE" in self._bits:
            shadows[self._bits["IGNORE"]] = (1 << len(self._bits)) - 1
        return shadows

    def look(self, folded: Folded, needed: int = -1) -> Look:
        """Pass once over a folded text for the concepts that are needed."""
        text, found, anchors, woken = folded.text, [], 0, set(self._always)
        for end, (length, edges, anchor, shapes) in self._automaton.iter(text) if self._automaton else ():
            if anchor:
                anchors |= anchor
                if shapes:
                    woken.update(shapes)
            for left, right, mask in edges:
                if mask & needed:
                    start, stop = end - length + 1, end + 1
                    if (left or not goes_on(text, start - 1, self._cjk)) and (
                        right or not goes_on(text, stop, self._cjk)
                    ):
                        found.append(Hit(*whole_words(text, start, stop, self._cjk), mask))
        possible = [
            (shape, mask)
            for shape, mask, groups in (self._shapes[number] for number in sorted(woken))
            if mask & needed and all(group & anchors for group in groups)
        ]
        return Look(folded, found, possible)

    def scan(self, look: Look, plan: Plan, context: Context) -> list[Seen]:
        """Return every code seen, with its place in the folded text."""
        got = union(look.hits)
        for _, mask in look.shapes:
            got |= mask
        candidates = [pattern for pattern in plan.candidates if pattern.possible(got, context)]
        if not candidates:
            return []
        hits = self._with_shapes(look, self._needed(candidates))
        got = union(hits)
        candidates = [pattern for pattern in candidates if pattern.possible(got, context)]
        if not candidates:
            return []
        return merged(Scan(look.folded.text, self._unshadowed(hits, got), self.language).run(candidates))

    def _needed(self, candidates: Iterable[Compiled]) -> int:
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
        nameless = self._guards if look.folded.original.isupper() else 0  # where all are capitals, none tells a name
        for shape, mask in look.shapes:
            if mask & needed and not (shape.named and mask & nameless):
                hits += [Hit(*place, mask) for place in self._places_of(shape, look.folded)]
        return _widest(hits)

    def _places_of(self, shape: Shape, folded: Folded) -> Iterator[tuple[int, int]]:
        return places(folded, shape, lambda: sentences(folded.text, self.language), self._not_name, self._cjk)

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
