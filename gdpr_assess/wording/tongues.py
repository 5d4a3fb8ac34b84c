"""Texts in several languages: which part is in which, from sentences that are surely in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gdpr_assess.wording.language import NOT_LATIN, letters, ranked
from gdpr_assess.wording.pack import WORDING
from gdpr_assess.wording.schema import Tongues
from gdpr_assess.yamlfile import load

FILE = WORDING / "tongues.yaml"
SHORTEST = 60
"""Texts of fewer characters are in one language (in Chinese a third of that)."""
FEW_LETTERS, FEW_HAN = 25, 6
"""A sentence with fewer letters belongs to its neighbours: names and greetings do not make a part of their own."""
SURE = 12.0
"""How much more likely the other language must be (difference of natural logarithms)."""
LEAST_WORDS = 2
"""So many common words of the other language it must have at least."""
UNSURE = "?"
"""The language of a sentence that is too short to tell."""
_SENTENCE = re.compile(r"[^\n.!?。！？]*(?:[.!?]+(?=\s|$)|[。！？\n]|[.!?]|$)")


class Part(NamedTuple):
    """A stretch of a text and its language; None is a language that is not known."""

    start: int
    end: int
    language: str | None


@cache
def _words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in load(FILE, Tongues).root.items()}


@cache
def _foreign(main: str | None) -> frozenset[str]:
    own = _words().get(main or "", frozenset())
    return frozenset(word for words in _words().values() for word in words if word not in own)


def parts(text: str, main: str | None) -> list[Part]:
    """Return the parts of a text whose main language is known; nothing when it is all in one language."""
    if len(text) < (SHORTEST // 3 if main == "zh" else SHORTEST) or not _doubtful(text, main):
        return []
    found = _joined(list(_sentences(text, main)), main)
    return found if len({part.language for part in found}) > 1 else []


def _doubtful(text: str, main: str | None) -> bool:
    """Tell cheaply whether a text may have a sentence in another language."""
    if main == "zh":
        return letters(text)[0] >= FEW_LETTERS
    if not text.isascii() and len(NOT_LATIN.findall(text)) >= FEW_HAN:
        return True
    return len(_foreign(main).intersection(text.lower().split())) >= LEAST_WORDS


def _sentences(text: str, main: str | None) -> Iterator[Part]:
    for match in _SENTENCE.finditer(text):
        if match.end() > match.start():
            yield Part(*match.span(), _language(match[0], main))


def _language(sentence: str, main: str | None) -> str | None:
    """Return the language of a sentence: another one than the main one only when that is sure."""
    latin, han, greek, other = letters(sentence)
    if han >= FEW_HAN and han * 3 >= latin:
        return "zh"
    if max(greek, other) >= FEW_LETTERS // 2 and max(greek, other) > latin:
        return "el" if greek > other else None
    if latin < FEW_LETTERS:
        return UNSURE
    words = set(re.findall(r"\w+", sentence.lower()))
    if len(_foreign(main) & words) < LEAST_WORDS or not any(_speaks(other, main, words) for other in _words()):
        return main
    scores = ranked(sentence)
    best = max(sorted(scores), key=lambda language: scores[language])
    if best == main or scores[best] - scores.get(main or "", -1e9) < SURE:
        return main
    return best if _speaks(best, main, words) else main


def _speaks(other: str, main: str | None, words: set[str]) -> bool:
    """Tell whether a sentence has at least two common words of another language, and more than of the main one."""
    theirs, ours = _apart(other, main)
    common = len(theirs & words)
    return common >= LEAST_WORDS and common > len(ours & words)


@cache
def _apart(other: str, main: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the common words that only one of two languages has."""
    own = _words().get(main or "", frozenset())
    return _words()[other] - own, own - _words()[other]


def _joined(sentences: list[Part], main: str | None) -> list[Part]:
    """Join neighbours of one language; short sentences go with the one before, or after at the beginning."""
    known = [part.language for part in sentences if part.language != UNSURE]
    language = known[0] if known else main
    found: list[Part] = []
    for part in sentences:
        language = language if part.language == UNSURE else part.language
        if found and found[-1].language == language:
            found[-1] = Part(found[-1].start, part.end, language)
        else:
            found.append(Part(part.start, part.end, language))
    return found
