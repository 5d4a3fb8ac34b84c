"""Authorities and laws that have been replaced: names and dates come from the law data, other spellings from packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from gdpr_assess.law import Superseded, superseded
from gdpr_assess.law import country as law_of
from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.look import Look
from gdpr_assess.wording.match import Matcher
from gdpr_assess.wording.names import automaton, names
from gdpr_assess.wording.windows import Seen

SETTLED = date(2025, 9, 30)
"""A text without a date may be older than it looks: only names replaced before this day are then reported."""
OUTDATED = frozenset({"outdated_law", "outdated_authority"})
"""The defects that naming what has been replaced is."""
LOOK_BACK = LOOK_AHEAD = 45
_BETWEEN = re.compile(r"|,? ?[(\"'/-]{0,2} ?")
WORLD_LANGUAGES = ("en", "zh")
"""Languages in which texts for any country are written."""


class Outdated(NamedTuple):
    """A replaced name seen in a folded text."""

    seen: Seen
    entry: Superseded


def code_of(entry: Superseded) -> str:
    """Return the defect that using a replaced name is."""
    return "outdated_authority" if entry.kind == "authority" else "outdated_law"


def outdated(look: Look, found: Matcher, country: str | None, on: date | None) -> list[Outdated]:
    """Return every replaced authority or law that a text names as if it still existed."""
    places = [place for place in mentioned(look, found) if _counts(place.entry, found.language, country, on)]
    due = _joined(look.folded.text, places)
    return [place for place in due if not _historic(look, found, place.seen)] if due else []


def mentioned(look: Look, found: Matcher) -> Iterator[Outdated]:
    """Yield every replaced authority or law that a text names, however it names it."""
    numbers = {number for _, hit in automaton().iter(look.folded.text) for number in hit} if look.named else ()
    yield from _by_name(look.folded, sorted(numbers))
    yield from _by_pack(look, found)


def _joined(text: str, places: list[Outdated]) -> list[Outdated]:
    """Put a name and its short form or translation behind it into one place: "Inspection Board (Datainspektionen)"."""
    kept: list[Outdated] = []
    for place in sorted(places, key=lambda place: (place.entry.id, place.seen.start, -place.seen.end)):
        last = kept[-1] if kept and kept[-1].entry is place.entry else None
        if last is None or not _BETWEEN.fullmatch(text, last.seen.end, max(last.seen.end, place.seen.start)):
            kept.append(place)
            continue
        end = max(last.seen.end, place.seen.end)
        bracket = "(" in text[last.seen.end : place.seen.start] and text[end : end + 1] == ")"
        kept[-1] = place._replace(seen=last.seen._replace(end=end + bracket))
    return kept


def _by_name(folded: Folded, numbers: list[int]) -> Iterator[Outdated]:
    if not numbers:
        return
    cased = "".join(c.upper() if folded.given(i).isupper() else c for i, c in enumerate(folded.text))
    shouting = folded.original.isupper()
    for number in numbers:
        name = names()[number]
        pattern = name.any_case if name.is_long or shouting else name.with_case
        for match in pattern.finditer(cased):
            if match.end() > match.start():
                yield Outdated(Seen(code_of(name.entry), *_whole_words(folded.text, *match.span())), name.entry)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and _goes_on(text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and _goes_on(text[end - 1 : end + 1]):
        end += 1
    return start, end


def _goes_on(pair: str) -> bool:
    return pair.isascii() and pair.isalnum()


@cache
def _entries() -> dict[str, Superseded]:
    return {entry.id.upper(): entry for entry in superseded()}


def _by_pack(look: Look, found: Matcher) -> Iterator[Outdated]:
    entries = _entries()
    for name, start, end in found.places(look, found.names & entries.keys()):
        yield Outdated(Seen(code_of(entries[name]), start, end), entries[name])


def _counts(entry: Superseded, language: str, country: str | None, on: date | None) -> bool:
    if entry.since > (on or SETTLED):
        return False
    if entry.elsewhere_right:
        return country == entry.country
    if entry.kind in {"authority", "scheme"} or entry.country in {None, "EU", country}:
        return True
    law = law_of(entry.country)
    return country is None and (language in WORLD_LANGUAGES or (law is not None and language in law.languages))


def _historic(look: Look, found: Matcher, seen: Seen) -> bool:
    guards = frozenset({"HISTORIC", f"@{seen.code}!", f"@{seen.code}<"})
    return any(
        seen.start - LOOK_BACK <= end and start <= seen.end + LOOK_AHEAD for _, start, end in found.places(look, guards)
    )
