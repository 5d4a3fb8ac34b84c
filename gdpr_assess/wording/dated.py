"""Authorities and laws that have been replaced: names and dates come from the law data, other spellings from packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

import ahocorasick

from gdpr_assess.law import Superseded, superseded
from gdpr_assess.wording.fold import Folded, fold_chars
from gdpr_assess.wording.match import Look, Matcher
from gdpr_assess.wording.terms import regex_anchor
from gdpr_assess.wording.windows import Seen

SETTLED = date(2025, 9, 30)
"""A text without a date may be older than it looks: only names replaced before this day are then reported."""
NEEDS_COUNTRY = frozenset({"ie_commissioner"})
"""Names that authorities of other countries bear rightly: reported only where the country is given."""
LONG_NAME = 6
"""Names with a literal part of this length are found in any case; shorter ones (TMG, PUL) only in capitals."""
LOOK_BACK = LOOK_AHEAD = 45
LANGUAGES_OF = {
    "AT": "de", "BE": "nl fr de", "CZ": "cs", "DE": "de", "DK": "da", "ES": "es", "FI": "fi sv", "FR": "fr", "GB": "en",
    "GR": "el", "IE": "en", "IT": "it", "NL": "nl", "PL": "pl", "PT": "pt", "SE": "sv",
}  # fmt: skip
WORLD_LANGUAGES = ("en", "zh")
"""Languages in which texts for any country are written."""


class Outdated(NamedTuple):
    """A replaced name seen in a folded text."""

    seen: Seen
    entry: Superseded


@dataclass(frozen=True)
class _Name:
    entry: Superseded
    any_case: re.Pattern[str]
    with_case: re.Pattern[str]
    anchor: str
    is_long: bool


def code_of(entry: Superseded) -> str:
    """Return the defect that using a replaced name is."""
    return "outdated_authority" if entry.kind == "authority" else "outdated_law"


def _alternatives(pattern: str) -> Iterator[str]:
    depth, start = 0, 0
    for match in re.finditer(r"\\.|\[[^\]]*\]|[()|]", pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if match[0] == "|" and depth == 0:
            yield pattern[start : match.start()]
            start = match.end()
    yield pattern[start:]


def _plain(pattern: str) -> str:
    """Take the accents off a pattern, so that it fits folded text, and keep its capitals."""
    parts = re.split(r"(\\.)", pattern)
    return "".join(p if p.startswith("\\") else "".join(_plain_char(c) for c in p) for p in parts)


def _plain_char(char: str) -> str:
    folded = fold_chars(char)
    return folded.upper() if char.isupper() else folded


@cache
def _names() -> tuple[_Name, ...]:
    found = []
    for entry in superseded():
        for alternative in _alternatives(entry.pattern):
            source = _plain(alternative)
            lowered = re.sub(r"\[(\w)\1\]", r"\1", fold_chars(source))
            anchors = regex_anchor(re.sub(r"\\b", "", lowered))
            anchor = anchors[0] if anchors else ""
            # A Latin name may stand between Chinese characters, which are letters to a plain `\b`.
            edges = re.ASCII if source.isascii() else re.NOFLAG
            any_case = re.compile(source, re.IGNORECASE | edges)
            found.append(_Name(entry, any_case, re.compile(source, edges), anchor, len(anchor) >= LONG_NAME))
    return tuple(found)


@cache
def _automaton() -> tuple[ahocorasick.Automaton, tuple[int, ...]]:
    automaton, by_anchor = ahocorasick.Automaton(), dict[str, list[int]]()
    for number, name in enumerate(_names()):
        by_anchor.setdefault(name.anchor, []).append(number)
    for anchor, numbers in by_anchor.items():
        if anchor:
            automaton.add_word(anchor, tuple(numbers))
    automaton.make_automaton()
    return automaton, tuple(by_anchor.get("", ()))


def outdated(look: Look, found: Matcher, country: str | None, on: date | None) -> list[Outdated]:
    """Return every replaced authority or law that a text names as if it still existed."""
    folded = look.folded
    automaton, always = _automaton()
    numbers = set(always)
    for _, hit in automaton.iter(folded.text):
        numbers.update(hit)
    places = [*_by_name(folded, sorted(numbers)), *_by_pack(look, found)]
    due = [place for place in places if _counts(place.entry, found.language, country, on)]
    return [place for place in due if not _historic(look, found, place.seen)] if due else []


def _by_name(folded: Folded, numbers: list[int]) -> Iterator[Outdated]:
    if not numbers:
        return
    cased = "".join(c.upper() if folded.given(i).isupper() else c for i, c in enumerate(folded.text))
    shouting = folded.original.isupper()
    for number in numbers:
        name = _names()[number]
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
    if entry.id in NEEDS_COUNTRY:
        return country == entry.country
    if entry.kind in {"authority", "scheme"} or entry.country in {None, "EU", country}:
        return True
    spoken = (*LANGUAGES_OF.get(str(entry.country), "").split(), *WORLD_LANGUAGES)
    return country is None and language in spoken


def _historic(look: Look, found: Matcher, seen: Seen) -> bool:
    guards = frozenset({"HISTORIC", f"@{seen.code}!", f"@{seen.code}<"})
    return any(
        seen.start - LOOK_BACK <= end and start <= seen.end + LOOK_AHEAD for _, start, end in found.places(look, guards)
    )
