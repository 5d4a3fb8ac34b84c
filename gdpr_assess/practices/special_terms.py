"""Special categories of personal data (Art. 9) in free text: a word of the list and a person in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gdpr_assess.yamlfile import raw

TERMS = Path(__file__).parent / "special_terms"
PERSON = "person"
_SENTENCE = re.compile(r"[.!?。！？;；\n]+")
_NO_SPACES = frozenset({"zh"})


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


def has_special(text: str) -> bool:
    """Tell whether some sentence names a special category and a person."""
    folded = text.casefold()
    return any(
        words.search(folded) is not None
        and any(words.search(sentence) and person.search(sentence) for sentence in _SENTENCE.split(folded))
        for words, person, _ in _packs()
    )


def categories_of(text: str) -> Iterator[str]:
    """Yield each special category that some sentence names of a person."""
    folded = text.casefold()
    for words, person, groups in _packs():
        if words.search(folded) is None:
            continue
        for sentence in _SENTENCE.split(folded):
            if words.search(sentence) and person.search(sentence):
                yield from (group for group, pattern in groups.items() if pattern.search(sentence))
