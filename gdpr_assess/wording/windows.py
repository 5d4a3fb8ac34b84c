"""Where concepts meet: the windows of a text, the tightest place in each, and the guards around it."""

from __future__ import annotations

import functools
import operator
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gdpr_assess.wording import segment
from gdpr_assess.wording.schema import Pattern

ANY = -1
"""All concepts."""
NEAR_BEFORE, NEAR_AFTER = 30, 15
"""How far `none_near` looks before and after a span, in characters."""


class Hit(NamedTuple):
    """A term seen in a folded text; `mask` has a bit for each concept that the term belongs to."""

    start: int
    end: int
    mask: int


class Seen(NamedTuple):
    """A code seen in a folded text."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text."""

    kind: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern with its concepts as bits; `asks` are all slots that a text must fill, the rarest first."""

    number: int
    code: str
    pattern: Pattern
    slots: tuple[int, ...]
    asks: tuple[int, ...]
    any_slot: int
    spanning: tuple[bool, ...]
    none: int
    none_near: int
    near: tuple[int, ...]
    nowhere: int
    reads: int

    def possible(self, got: int) -> bool:
        """Tell whether the concepts seen anywhere in the text leave the pattern a chance."""
        return all(map(got.__and__, self.asks))

    def suits(self, context: Context) -> bool:
        """Tell whether the kind and basis of the text leave the pattern a chance."""
        pattern = self.pattern
        return (
            (context.kind is None or not pattern.kinds or context.kind in pattern.kinds)
            and (context.kind is None or context.kind not in pattern.not_kinds)
            and (context.basis is None or context.basis not in pattern.not_bases)
        )

    def fits(self, mask: int) -> bool:
        """Tell whether a window's concepts fill every slot and break no guard."""
        if mask & self.none:
            return False
        return all(slot & mask for slot in self.slots)


def union(hits: list[Hit]) -> int:
    """Return the concepts of some hits."""
    mask = 0
    for _, _, more in hits:
        mask |= more
    return mask


Window = tuple[int, list[Hit], int]
"""The number of a sentence, the hits that count as being together with it, and their concepts."""


def union_of(masks: Iterable[int]) -> int:
    """Return the concepts that are in any of some masks."""
    return functools.reduce(operator.or_, masks, 0)


class Scan:
    """One text with its hits, sorted into sentences."""

    def __init__(self, text: str, hits: list[Hit], language: str | None = None) -> None:
        self._text = text
        self._hits = hits
        self._spans = segment.sentences(text, language)
        self._sentences: list[list[Hit]] = [[] for _ in self._spans]
        starts = [start for start, _ in self._spans]
        for hit in hits:
            number = bisect_right(starts, hit.start) - 1
            if hit.end > self._spans[number][1]:
                hit = _from_word(text, hit)
                number = bisect_right(starts, hit.start) - 1
            if hit.end <= self._spans[number][1]:
                self._sentences[number].append(hit)
        self._windows = dict[str, list[Window]]()
        self._got = union(hits)

    def run(self, candidates: list[Compiled]) -> list[Seen]:
        """Return every place where a pattern fits; patterns that ask for other codes come last."""
        seen: list[Seen] = []
        for later in (False, True):
            codes = {place.code for place in seen}
            for item in candidates:
                asks = item.pattern.with_ or item.pattern.without
                if bool(asks) is later and self._allowed(item, codes):
                    seen.extend(Seen(item.code, start, end) for start, end in self._places(item))
        return seen

    def _allowed(self, item: Compiled, codes: set[str]) -> bool:
        pattern = item.pattern
        if item.nowhere & self._got or not item.possible(self._got):
            return False
        return codes.issuperset(pattern.with_) and codes.isdisjoint(pattern.without)

    def _places(self, item: Compiled) -> Iterator[tuple[int, int]]:
        kind = item.pattern.window
        windows = self._windows.get(kind)
        if windows is None:
            windows = self._windows[kind] = [(number, hits, union(hits)) for number, hits in self._cut(kind)]
        for number, hits, mask in windows:
            if item.fits(mask) and (not item.near or self._is_near(item, number)):
                place = _tightest(item, hits)
                if place:
                    yield place

    def _cut(self, kind: str) -> Iterator[tuple[int, list[Hit]]]:
        if kind == "text":
            yield 0, self._hits
            return
        for number, hits in enumerate(self._sentences):
            if kind == "clause":
                yield from ((number, part) for part in self._clauses(number, hits))
            elif kind == "pair":
                yield number, hits + (self._sentences[number + 1] if number + 1 < len(self._sentences) else [])
            elif hits:
                yield number, hits

    def _clauses(self, number: int, hits: list[Hit]) -> list[list[Hit]]:
        parts: dict[int, list[Hit]] = {}
        for hit in hits:
            start, end = segment.clause(self._text, self._spans[number], hit.start)
            if hit.end <= end:
                parts.setdefault(start, []).append(hit)
        return list(parts.values())

    def _is_near(self, item: Compiled, number: int) -> bool:
        around = [hit for hits in self._sentences[max(0, number - 1) : number + 2] for hit in hits]
        mask = union(around)
        return all(slot & mask for slot in item.near)


def _from_word(text: str, hit: Hit) -> Hit:
    """Return a hit without the marks before its first word: a term may begin with the end of the sentence before."""
    start = hit.start
    while start < hit.end and not text[start].isalnum():
        start += 1
    return hit._replace(start=start)


def _tightest(item: Compiled, hits: list[Hit]) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    within, guard = item.pattern.within, item.none_near
    for chosen in _choices(item, hits):
        if within and max([hit[1] for hit in chosen]) - min([hit[0] for hit in chosen]) > within:
            continue
        spanning = [hit for hit, counts in zip(chosen, item.spanning, strict=True) if counts]
        start, end = min([hit[0] for hit in spanning]), max([hit[1] for hit in spanning])
        if (best is None or end - start < best[1] - best[0]) and not (guard and _guarded(guard, hits, start, end)):
            best = start, end
    return best


def _guarded(guard: int, hits: list[Hit], start: int, end: int) -> bool:
    first, last = start - NEAR_BEFORE, end + NEAR_AFTER
    return any(mask & guard and stop > first and begin < last for begin, stop, mask in hits)


def _choices(item: Compiled, hits: list[Hit]) -> Iterator[list[Hit]]:
    """Yield, for each hit that can begin the place, the nearest hits that fill the other slots."""
    slots, any_slot, ordered = item.slots, item.any_slot, item.pattern.ordered
    relevant = [hit for hit in hits if hit[2] & any_slot]
    leads = (0,) if ordered else range(len(slots))
    for i, first in enumerate(relevant):
        for lead in leads:
            if first[2] & slots[lead]:
                chosen = _fill(slots, lead, first, relevant[i + 1 :], ordered) if len(slots) > 1 else [first]
                if chosen:
                    yield chosen


def _fill(slots: tuple[int, ...], lead: int, first: Hit, rest: list[Hit], ordered: bool) -> list[Hit] | None:
    chosen: list[Hit] = []
    after, taken = first.end, {first[:2]}
    for number, slot in enumerate(slots):
        if number == lead:
            chosen.append(first)
            continue
        best: Hit | None = None
        for hit in rest:
            if hit[2] & slot and (best is None or hit[1] < best[1]) and not (ordered and hit[0] < after):
                best = best if hit[:2] in taken else hit
        if best is None:
            return None
        chosen.append(best)
        after = best.end
        taken.add(best[:2])
    return chosen


def merged(seen: list[Seen]) -> list[Seen]:
    """Return one place per code where several overlap (the longest), in the order of the text."""
    kept: list[Seen] = []
    for place in sorted(seen, key=lambda s: (s.start - s.end, s.start, s.code)):
        if not any(k.code == place.code and k.start < place.end and place.start < k.end for k in kept):
            kept.append(place)
    return sorted(kept, key=lambda s: (s.start, s.end, s.code))
