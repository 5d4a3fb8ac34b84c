"""Texts in several languages: which part is in which, from how likely each sentence is in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from gdpr_assess.law import countries
from gdpr_assess.wording.language import (
    NOT_LATIN,
    PRODUCT,
    SCRIPTS,
    by_script,
    common,
    detect,
    letters,
    ranked,
    tongues,
)

SHORTEST = 60
"""Texts of fewer characters are in one language; with letters of another script, a third of that."""
FEW_LETTERS, FEW_HAN = 12, 6
"""So many letters of another script, or Chinese characters, make a sentence of their own language."""
MANY_LETTERS = 25
"""So many Latin letters make a text doubtful that is mainly in another script."""
CHANGE = 15.0
"""How much likelier a text must become by a change of language (difference of natural logarithms)."""
LEAST_WORDS, LONG_RUN, STRANGE = 2, 7, 2
"""So many common words of other languages, words in a row or letters that the main one lacks, make a text doubtful."""
NEVER = -1e6
"""How likely a language is in a sentence in another script."""
_SENTENCE = re.compile(
    r"(?:(?<=[.!?])\s+|(?<=[。！？])\s*|\n\s*|\s)[/|•·–—-]\s+|(?<=[.!?])\s+|(?<=[。！？])\s*|\n\s*|$"
)


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Part(NamedTuple):
    """A stretch of a text and its language; None is a language that is not known."""

    start: int
    end: int
    language: str | None


@cache
def _foreign(main: str | None) -> frozenset[str]:
    own = tongues().get(main or "", frozenset())
    return frozenset(word for words in tongues().values() for word in words if word not in own)


def parts(text: str, main: str | None) -> list[Part]:
    """Return the parts of a text whose main language is known; nothing when it is all in that language.

    A text that is all in another language than was said is one part.
    """
    if len(text) < SHORTEST and (text.isascii() or len(text) < SHORTEST // 3 or not NOT_LATIN.search(text)):
        return []
    if not _doubtful(_visible(text), main):
        return []
    places, read = list(_sentences(text)), _without_authorities(text)
    scores = [_scores(_visible(read[start:end])) for start, end in places]
    if sum(max(one.values()) - one.get(main or "", NEVER) for one in scores) < CHANGE:
        return []
    found = _joined(Part(*place, language) for place, language in zip(places, _likeliest(scores, main), strict=True))
    if len(found) > 1:
        return found
    return found if found[0].language not in (main, None) and _is_in(found[0].language, text) else []


def _is_in(language: str | None, text: str) -> bool:
    """Tell whether a text is in a language by all that we know; most of its letters must be known ones."""
    return detect(text) == language and 2 * sum(letters(text)) >= sum(map(str.isalpha, text))


def _visible(text: str) -> str:
    """Return a text without the characters that nobody sees, which would cut its words."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def _without_authorities(text: str) -> str:
    """Return a text with blanks for the names of authorities, which tell nothing of the language around them."""
    for name in _authorities():
        text = text.replace(name, " " * len(name))
    return text


@cache
def _authorities() -> tuple[str, ...]:
    """Return the names of all authorities, the longest first."""
    names = {fact.value for land in countries().values() for fact in land.authority.names.values()}
    return tuple(sorted(names, key=len, reverse=True))


def _doubtful(text: str, main: str | None) -> bool:
    """Tell cheaply whether a text may have a sentence in another language."""
    if main in {"el", "zh"} or (not text.isascii() and len(NOT_LATIN.findall(text)) >= FEW_HAN):
        latin, han, greek, other = letters(text)
        strange = latin, han * (main != "zh"), greek * (main != "el"), other
        return strange[0] >= MANY_LETTERS or max(strange[1:]) >= FEW_HAN
    lower = text.lower()
    if not text.isascii() and sum(map(str.isalpha, {*lower} - _alphabet(main))) >= STRANGE:
        return True
    words = lower.split()
    return len(_foreign(main).intersection(words)) >= LEAST_WORDS or _long_run(words, main)


def _long_run(words: list[str], main: str | None) -> bool:
    """Tell whether many words in a row are no common ones of a language."""
    own, run = _own(main), 0
    for word in words:
        run = 0 if word in own else run + 1
        if run == LONG_RUN:
            return True
    return False


@cache
def _own(main: str | None) -> frozenset[str]:
    return frozenset(common().get(main or "", "").split()) | tongues().get(main or "", frozenset())


@cache
def _alphabet(main: str | None) -> frozenset[str]:
    """Return the letters of the common words of a language."""
    return frozenset("abcdefghijklmnopqrstuvwxyz").union(*_own(main))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        if match.end() > start:
            yield start, match.end()
            start = match.end()


def _scores(sentence: str) -> dict[str, float]:
    """Return how likely each language is in a sentence, without those that its script rules out."""
    latin, han, greek, other = letters(sentence)
    script = by_script(sentence) if han + other >= FEW_HAN or greek >= FEW_LETTERS else None
    if script or not latin:
        return {script: 0.0} if script else dict.fromkeys(_all(), 0.0)
    scores = ranked(sentence)
    return scores if max(scores.values()) > NEVER else dict.fromkeys(_all(), 0.0)


@cache
def _all() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*PRODUCT, *tongues(), *SCRIPTS)))


def _likeliest(sentences: Iterable[dict[str, float]], main: str | None) -> list[str]:
    """Return the languages of sentences that make all of them likeliest, each change taken as `CHANGE` less likely."""
    best = {language: 0.0 if language == main else -CHANGE for language in _all()}
    before: list[dict[str, str]] = []
    for scores in sentences:
        top = max(best, key=best.__getitem__)
        changed = best[top] - CHANGE
        before.append({language: language if score >= changed else top for language, score in best.items()})
        best = {language: max(score, changed) + scores.get(language, NEVER) for language, score in best.items()}
    found = [max(best, key=best.__getitem__)]
    for came in reversed(before[1:]):
        found.append(came[found[-1]])
    return found[::-1]


def _joined(sentences: Iterable[Part]) -> list[Part]:
    """Join neighbours of one language."""
    found: list[Part] = []
    for part in sentences:
        alike = bool(found) and found[-1].language == part.language
        found.append(Part(found.pop().start, part.end, part.language) if alike else part)
    return found
