"""Special categories of personal data (Art. 9) in free text: a word of the list and a person in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick
import polars as pl

from gdpr_assess.yamlfile import raw

TERMS = Path(__file__).parent / "special_terms"
PERSON = "person"
_SENTENCE = re.compile(r"[.!?。！？;；\n]+")
_NO_SPACES = frozenset({"zh"})
_FOLDED = {char: char.casefold() for char in "ßςΐΰﬁﬂ"}
"""What folding case changes beside capitals, in the languages of the terms."""


def _pattern(terms: list[str], spaced: bool) -> re.Pattern[str]:
    parts = [
        re.escape(term.casefold()).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for term in sorted(terms, key=len, reverse=True)
    ]
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else joined)


@cache
def _packs() -> tuple[tuple[re.Pattern[str], re.Pattern[str], dict[str, re.Pattern[str]]], ...]:
    found = []
    for path in sorted(TERMS.glob("*.yaml")):
        groups: dict[str, list[str]] = raw(path)
        spaced = path.stem not in _NO_SPACES
        words = {group: _pattern(terms, spaced) for group, terms in groups.items() if group != PERSON}
        every = [term for group, terms in groups.items() if group != PERSON for term in terms]
        found.append((_pattern(every, spaced), _pattern(groups[PERSON], spaced), words))
    return tuple(found)


_NO_WORD = r"[^\p{L}\p{N}_]"


@cache
def _stems() -> dict[str, frozenset[int]]:
    """Return the longest part of each term, of which some stands in every text that holds a term, with its packs.

    A blank stands for the edge of a word.
    """
    packs: dict[str, set[int]] = {}
    for number, path in enumerate(sorted(TERMS.glob("*.yaml"))):
        groups: dict[str, list[str]] = raw(path)
        for term in (term for group, terms in groups.items() if group != PERSON for term in terms):
            packs.setdefault(_stem(term.casefold(), path.stem not in _NO_SPACES), set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in sorted(packs.items())}


def _stem(term: str, spaced: bool) -> str:
    words = re.sub(r"\W(?<!\*)", " ", f" {term} " if spaced else term)
    parts: list[str] = re.findall(r" ?[^ *]+ ?", words)
    return max(parts, key=lambda part: len(part.strip()))


@cache
def _automaton() -> Any:
    """Return an automaton that finds in one pass of which packs some word may be in a text."""
    automaton = ahocorasick.Automaton()
    for stem, numbers in _stems().items():
        automaton.add_word(stem, numbers)
    automaton.make_automaton()
    return automaton


def may_be_special(texts: pl.Series) -> pl.Series:
    """Tell of the texts of a column which may name a special category: those that hold a part of some term."""
    return _words(texts).str.contains_any(list(_stems()))


def _words(texts: pl.Series) -> pl.Series:
    """Return texts as words in small letters, with blanks around."""
    folded = texts.str.to_lowercase().str.replace_many(_FOLDED)
    return " " + folded.str.replace_all(_NO_WORD, " ") + " "


def _possible(folded: str) -> list[tuple[re.Pattern[str], re.Pattern[str], dict[str, re.Pattern[str]]]]:
    """Return the packs of which a text may hold some word; most texts hold none."""
    words = " " + re.sub(r"\W", " ", folded) + " "
    numbers = {number for _, held in _automaton().iter(words) for number in held}
    packs = _packs()
    return [packs[number] for number in sorted(numbers)]


def has_special(text: str) -> bool:
    """Tell whether some sentence names a special category and a person."""
    folded = text.casefold()
    return any(
        words.search(folded) is not None
        and any(words.search(sentence) and person.search(sentence) for sentence in _SENTENCE.split(folded))
        for words, person, _ in _possible(folded)
    )


def categories_of(text: str) -> Iterator[str]:
    """Yield each special category that some sentence names of a person."""
    folded = text.casefold()
    for words, person, groups in _possible(folded):
        if words.search(folded) is None:
            continue
        for sentence in _SENTENCE.split(folded):
            if words.search(sentence) and person.search(sentence):
                yield from (group for group, pattern in groups.items() if pattern.search(sentence))
