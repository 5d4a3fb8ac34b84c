"""Special categories of personal data (Art. 9) in free text: a word of the list and a person in the same sentence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from gdpr_assess.yamlfile import raw

TERMS = Path(__file__).parent / "special_terms"
PERSON = "person"
_SENTENCE = re.compile(r"[.!?。！？;；\n]+")
_NO_SPACES = frozenset({"zh"})


def _pattern(terms: list[str], spaced: bool) -> re.Pattern[str]:
    parts = [
        re.escape(term).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for term in sorted(terms, key=len, reverse=True)
    ]
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else joined)


@cache
def _packs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    found = []
    for path in sorted(TERMS.glob("*.yaml")):
        groups: dict[str, list[str]] = raw(path)
        spaced = path.stem not in _NO_SPACES
        words = [term for group, terms in groups.items() if group != PERSON for term in terms]
        found.append((_pattern(words, spaced), _pattern(groups[PERSON], spaced)))
    return tuple(found)


def has_special(text: str) -> bool:
    """Tell whether some sentence names a special category and a person."""
    folded = text.casefold()
    return any(
        words.search(folded) is not None
        and any(words.search(sentence) and person.search(sentence) for sentence in _SENTENCE.split(folded))
        for words, person in _packs()
    )
