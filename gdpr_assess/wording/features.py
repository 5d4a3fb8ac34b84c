"""What makes something likely: words, their beginnings, pairs, names, in Chinese short strings; concepts; the kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from itertools import chain, combinations, groupby, pairwise, repeat

from gdpr_assess.wording.fold import Folded

BEGINNINGS = (4, 5, 6, 7)
"""So many letters of a longer word count as well, so that other endings of it are known too."""
LONGEST = 4
"""Chinese strings of up to so many characters count."""
NAME = "{name}"
"""Stands for words in a row that begin with a capital letter and are no common words."""
GAP = "*"
"""Stands for the one word between two words that count as a pair."""
WORD = re.compile(r"\w+")
_LATIN = re.compile("[a-z0]{2,}")
_ZEROS = str.maketrans("123456789", "0" * 9)
_HAN_RUN = re.compile("[\u3400-\u9fff0]+")


def zeros(text: str) -> str:
    """Return a folded text with 0 for each digit."""
    return text.translate(_ZEROS)


def strings(text: str) -> list[str]:
    """Return the short strings of a folded Chinese text, each once."""
    plain = zeros(text)
    found = dict.fromkeys(_LATIN.findall(plain))
    for run in _HAN_RUN.findall(plain):
        for size in range(1, LONGEST + 1):
            found.update(dict.fromkeys(run[at : at + size] for at in range(len(run) - size + 1)))
    return list(found)


def words(folded: Folded, common: Set[str], start: int = 0, end: int | None = None) -> list[str]:
    """Return the words of a part of a folded text, with 0 for each digit and `NAME` for names."""
    said = WORD.findall(zeros(folded.text[start:end]))
    initials = _initials(folded, start, end, len(said))
    pairs = zip(initials, said, strict=True)
    named = [NAME if initial.isupper() and word not in common else word for initial, word in pairs]
    if NAME not in named or folded.original.isupper():  # among capitals, none tells a name
        return said
    return [word for word, many in groupby(named) for word in ([word] if word == NAME else many)]


def _initials(folded: Folded, start: int, end: int | None, count: int) -> list[str]:
    """Return what each word begins with in the text as given."""
    given = WORD.findall(folded.original[start:end]) if folded.starts is None else []
    if len(given) == count:
        return [word[0] for word in given]
    return [folded.given(match.start()) for match in WORD.finditer(folded.text[:end], start)]


def of_kind(kind: str | None) -> list[str]:
    """Return what the kind of a text counts as, where it is known."""
    return [f"{{{kind}}}"] if kind else []


def of_concepts(own: Collection[str], before: Collection[str], after: Collection[str], kind: str | None) -> list[str]:
    """Return what the concepts of a sentence count as: themselves and in pairs, those around it, the kind of the text.

    They are the same in all languages, so one language is learnt from all others.
    """
    around = [*(f"before:{name}" for name in before), *(f"after:{name}" for name in after)]
    pairs = map("&".join, combinations(sorted(own), 2))
    in_kind = [f"{kind}:{name}" for name in own] if kind else []
    return [*of_kind(kind), *own, *in_kind, *around, *pairs]


def neighbours(said: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield neighbouring words, and those with one word between them."""
    return chain(pairwise(said), zip(said, repeat(GAP), said[2:]))


def units(said: list[str]) -> list[str]:
    """Return words and their pairs, each once."""
    return list(dict.fromkeys([*said, *map(" ".join, neighbours(said))]))


def features(unit: str) -> list[str]:
    """Return what a unit counts as: itself, and where it is a word its beginnings."""
    if " " in unit or not unit.isalpha():
        return [unit]
    return [unit, *(f"{unit[:size]}*" for size in BEGINNINGS if len(unit) > size)]
