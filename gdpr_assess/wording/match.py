"""Matching: which terms of a language a text holds, then the patterns whose concepts have all been seen.

Most texts end at the gate: they hold no terms for all the slots of any pattern. Only what is left is looked at closer,
and only for the concepts that decide about the patterns that are still possible.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

from gdpr_assess.law import superseded
from gdpr_assess.wording import names
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.gate import Gate, Glance, Piece, Sought
from gdpr_assess.wording.look import Look, Reader
from gdpr_assess.wording.pack import Pack, load_pack, rules, vocabulary
from gdpr_assess.wording.schema import Pattern
from gdpr_assess.wording.terms import Literal
from gdpr_assess.wording.windows import ANY, Compiled, Context, Hit, Scan, Seen, merged, union, union_of

MOST_PLANS = 20_000
"""So many combinations of concepts are remembered; then it begins anew, so that memory stays bounded."""
_NAME = 1
"""The bit beside those of the concepts (from the third on) that says that a replaced name may be there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a text may have: the patterns that are possible, and all concepts that decide about them."""

    candidates: tuple[Compiled, ...]
    reads: int
    replaced: bool


class Matcher:
    """All terms and patterns of one language."""

    def __init__(self, pack: Pack) -> None:
        self.language = pack.language
        self._pack, self._cjk = pack, pack.language == "zh"
        self._bits: dict[str, int] = {name: 4 << i for i, name in enumerate(sorted({*vocabulary(), *pack.terms}))}
        self.names = frozenset(self._bits)
        self._size = {bit: len(pack.terms.get(name, ())) for name, bit in self._bits.items()}
        patterns = [(code, pattern) for code in rules() for pattern in pack.patterns(code)]
        compiled = [self._compile(number, *pair) for number, pair in enumerate(patterns)]
        self._patterns = [pattern for pattern in compiled if all(pattern.slots)]
        self._shadows = self._shadow_masks()
        self._shadowing = sum(self._shadows)
        self._replaced = self._masks(tuple(entry.id.upper() for entry in superseded()))
        self._wanted = self._replaced | union_of(slot for item in self._patterns for slot in item.asks)
        self._plans, self._exact = dict[int, Plan | None](), dict[tuple[int, ...], Plan]()
        self._named = dict[int, tuple[str, ...]]()
        self._literals, self._shapes = self._terms(pack)
        names_held = (Piece(part, not whole, not whole) for part, whole in names.name_parts())
        self._gate = self._gate_for(lambda mask: bool(mask & self._wanted), names_held)
        not_name = frozenset(term.text for term in pack.terms.get("NOT_NAME", ()) if isinstance(term, Literal))
        guards = union_of(item.none | item.none_near | item.nowhere for item in self._patterns)
        self._reader = Reader(self.language, self._cjk, not_name, lambda: self._rest, guards)

    def _gate_for(self, chosen: Callable[[int], bool], names_held: Iterable[Piece]) -> Gate:
        """Return a gate for the terms of chosen concepts."""
        literals = [pair for pair in self._literals.items() if chosen(pair[1])]
        shapes = [sought for sought in self._shapes if chosen(sought.mask)]
        return Gate(literals, shapes, names_held, self._pack.usual(), self._cjk)

    @cached_property
    def _rest(self) -> Gate:
        """Return the gate for terms that only hold findings back: few texts come that far."""
        return self._gate_for(lambda mask: not mask & self._wanted, ())

    @cached_property
    def _by_bit(self) -> dict[int, list[Compiled]]:
        """Return the patterns by the concepts of the slot that the fewest terms can fill."""
        found = dict[int, list[Compiled]]()
        for item in self._patterns:
            rarest = item.asks[0]
            for bit in self._size:
                if bit & rarest:
                    found.setdefault(bit, []).append(item)
        return found

    @cached_property
    def _leading(self) -> int:
        return union_of(self._by_bit)

    def _rarity(self, slot: int) -> int:
        """Return how many terms can fill a slot."""
        return sum(count for bit, count in self._size.items() if bit & slot)

    def _terms(self, pack: Pack) -> tuple[dict[Literal, int], list[Sought]]:
        """Return every term with its concepts; a string of several concepts is one, so that it is found once."""
        literals, shapes = dict[Literal, int](), list[Sought]()
        for name, terms in pack.terms.items():
            for term in terms:
                if isinstance(term, Literal):
                    literals[term] = literals.get(term, 0) | self._bits[name]
                else:
                    shapes.append(Sought(0, self._bits[name], len(shapes), term))
        return literals, shapes

    def _mask(self, slot: str) -> int:
        return sum({self._bits[name] for name in slot.split("|") if name in self._bits})

    def _masks(self, slots: Sequence[str]) -> int:
        return union_of(map(self._mask, slots))

    def only(self, codes: Sequence[str], guard: str | None = None) -> Matcher:
        """Return this matcher with the patterns of some codes, the first without one guard.

        The guard is a slot, or the code's own `@code!` or `@code<`.
        """
        other = copy(self)
        if guard and guard.startswith("@"):  # the code's own list is asked for by itself too, where names are outdated
            other._bits = {name: bit for name, bit in self._bits.items() if name != guard}
        patterns = [(code, pattern) for code in rules() if code in codes for pattern in self._pack.patterns(code)]
        compiled = [
            other._compile(number, code, pattern, guard if code == codes[0] else None)
            for number, (code, pattern) in enumerate(patterns)
        ]
        other._patterns = [pattern for pattern in compiled if all(pattern.slots)]
        other._plans, other._exact, other._named = {}, {}, {}
        for made in ("_by_bit", "_leading"):
            vars(other).pop(made, None)
        return other

    def _compile(self, number: int, code: str, pattern: Pattern, without: str | None = None) -> Compiled:
        def guards(*slots: str) -> int:
            return self._masks([slot for slot in slots if slot != without])

        named = (*pattern.concepts(), f"@{code}", f"@{code}!", f"@{code}<")
        asks = [self._mask(slot) for slot in (*pattern.all, *pattern.near, *pattern.anywhere)]
        return Compiled(
            number=number,
            code=code,
            asks=tuple(sorted(asks, key=self._rarity)),
            reads=self._masks(named),
            pattern=pattern,
            slots=tuple(self._mask(slot) for slot in pattern.all),
            any_slot=self._masks(pattern.all),
            spanning=tuple(not pattern.span or slot in pattern.span for slot in pattern.all),
            none=guards(*pattern.none, f"@{code}!"),
            none_near=guards(*pattern.none_near, f"@{code}<"),
            near=tuple(self._mask(slot) for slot in pattern.near),
            nowhere=guards(*pattern.nowhere),
        )

    def _shadow_masks(self) -> dict[int, int]:
        shadows = {self._bits[n]: self._masks(hidden) for n, hidden in vocabulary().items() if hidden}
        if "IGNORE" in self._bits:
            shadows[self._bits["IGNORE"]] = -1
        return shadows

    def glance(self, text: str) -> Glance:
        """Return which terms a text may hold."""
        return self._gate.glance(text)

    def read(self, glance: Glance) -> tuple[Look, Plan] | None:
        """Return what a text holds and what is possible in it, or None when nothing can be found in it."""
        widest = self._plan(glance.concepts(), glance.named)
        if widest is None:
            return None
        look = self.look(glance)
        look.named = look.named and names.may_name(look.folded.text)
        plan = self._verified(look, glance, widest)
        return None if plan is None else (look, plan)

    def _verified(self, look: Look, glance: Glance, widest: Plan) -> Plan | None:
        """Return what is possible with the expressions that do stand in a text; no more is looked for than asked."""
        mask = glance.sure

        def stands(slot: int) -> bool:
            nonlocal mask
            if slot & mask:
                return True
            for sought in glance.shapes:
                if sought[1] & slot and look.places(sought):
                    mask |= sought[1]
                    return True
            return False

        candidates = [item for item in widest.candidates if all(map(stands, item.asks))]
        return self._plan_of(candidates, widest.replaced and (look.named or stands(self._replaced)))

    def _plan(self, mask: int, named: bool) -> Plan | None:
        mask = mask & self._wanted | (_NAME if named else 0)
        try:
            return self._plans[mask]
        except KeyError:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            self._plans[mask] = plan = self._planned(mask, named)
            return plan

    def _planned(self, got: int, named: bool) -> Plan | None:
        possible, left = dict[int, Compiled](), got & self._leading
        while left:
            bit = left & -left
            left ^= bit
            for item in self._by_bit[bit]:
                if item.possible(got):
                    possible[item.number] = item
        return self._plan_of([possible[number] for number in sorted(possible)], named or bool(got & self._replaced))

    def _plan_of(self, candidates: list[Compiled], replaced: bool) -> Plan | None:
        """Return what to look for to decide about some patterns; None where nothing can be found."""
        if not replaced and all(item.pattern.with_ for item in candidates):
            return None
        key = (int(replaced), *(item.number for item in candidates))
        plan = self._exact.get(key)
        if plan is None:
            if len(self._exact) >= MOST_PLANS:
                self._exact.clear()
            plan = self._exact[key] = Plan(tuple(candidates), self._needed(candidates), replaced)
        return plan

    def look(self, given: Glance | Folded) -> Look:
        """Return what a text holds, whatever may be possible in it."""
        return Look(self._gate.again(given) if isinstance(given, Folded) else given, self._reader)

    def scan(self, look: Look, plan: Plan, context: Context) -> list[Seen]:
        """Return every code seen, with its place in the folded text."""
        candidates = [pattern for pattern in plan.candidates if pattern.suits(context)]
        if not candidates:
            return []
        hits = look.hits(plan.reads)
        got = union(hits)
        candidates = [pattern for pattern in candidates if pattern.possible(got)]
        if not candidates:
            return []
        return merged(Scan(look.folded.text, self._unshadowed(hits, got), self.language).run(candidates))

    def _needed(self, candidates: Iterable[Compiled]) -> int:
        """Return the concepts that decide about some patterns, with those that may hide them."""
        needed = union_of(pattern.reads for pattern in candidates)
        for bit, hidden in self._shadows.items():
            needed |= bit if hidden & needed else 0
        return needed

    def places(self, look: Look, names: frozenset[str]) -> list[tuple[str, int, int]]:
        """Return where some concepts are seen in a text."""
        hits = look.hits(union_of(self._bits.get(name, 0) for name in names))
        return [place for place in self.named(hits) if place[0] in names]

    def concepts(self, look: Look) -> list[tuple[str, int, int]]:
        """Return every concept seen with its place: for authors, and to weigh what rules leave open."""
        return self.named(self._unshadowed(look.hits(ANY), ANY))

    def named(self, hits: list[Hit]) -> list[tuple[str, int, int]]:
        """Return the concepts of some hits with their places."""
        return [(name, hit.start, hit.end) for hit in hits for name in self._names(hit.mask)]

    def _names(self, mask: int) -> tuple[str, ...]:
        found = self._named.get(mask)
        if found is None:
            found = self._named[mask] = tuple(name for name, bit in self._bits.items() if mask & bit)
        return found

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


@cache
def matcher(language: str) -> Matcher:
    """Return the matcher of a language that has a pack."""
    return Matcher(load_pack(language))
