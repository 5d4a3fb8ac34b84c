"""The names that have been replaced, as expressions on folded text, with the strings that none of them goes without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick

from gdpr_assess.law import Superseded, superseded
from gdpr_assess.wording.anchors import plain, required
from gdpr_assess.wording.fold import fold_chars

LONG_NAME = 6
"""Names with a literal part of this length are found in any case; shorter ones (TMG, PUL) only in capitals."""


@dataclass(frozen=True)
class Name:
    """A spelling of a replaced name; short ones are looked for with their capitals."""

    entry: Superseded
    any_case: re.Pattern[str]
    with_case: re.Pattern[str]
    anchors: tuple[str, ...]
    is_long: bool


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
def names() -> tuple[Name, ...]:
    """Return every spelling of every replaced name."""
    found = []
    for entry in superseded():
        for alternative in _alternatives(entry.pattern):
            source = _plain(alternative)
            lowered = re.sub(r"\[(\w)\1\]", r"\1", fold_chars(source))
            anchors = tuple(sorted({plain(text) for text in required(lowered)[0]}))
            is_long = min(map(len, anchors)) >= LONG_NAME
            # A Latin name may stand between Chinese characters, which are letters to a plain `\b`.
            edges = re.ASCII if source.isascii() else re.NOFLAG
            any_case = re.compile(source, re.IGNORECASE | edges)
            found.append(Name(entry, any_case, re.compile(source, edges), anchors, is_long))
    return tuple(found)


@cache
def automaton() -> ahocorasick.Automaton:
    """Return what tells which spellings a folded text may have."""
    automaton = ahocorasick.Automaton()
    for number, name in enumerate(names()):
        for anchor in name.anchors:
            automaton.add_word(anchor, (*automaton.get(anchor, ()), number))
    automaton.make_automaton()
    return automaton


def may_name(text: str) -> bool:
    """Tell whether a folded text may have a replaced name."""
    return next(automaton().iter(text), None) is not None


@cache
def name_parts() -> tuple[tuple[str, bool], ...]:
    """Return strings without blanks, one of which each replaced name has, and whether it is always a whole word."""
    found = {
        (max(anchor.split(), key=len), name.with_case.pattern == rf"\b{name.with_case.pattern[2:-2]}\b")
        for name in names()
        for anchor in name.anchors
    }
    return tuple(sorted(found))
