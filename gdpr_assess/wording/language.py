"""Which of the product's languages a text is in: by script, else by common words, else by py3langid among them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from gdpr_assess.wording.pack import WORDING
from gdpr_assess.wording.schema import Tongues
from gdpr_assess.yamlfile import load

FILE = WORDING / "common_words.yaml"

PRODUCT = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "el", "cs", "zh")
"""Languages told apart; those without a pack yet are recognised, so that they are not taken for another."""
MIN_LETTERS = 12
"""Texts with fewer letters than this are not classified by statistics."""
LEAST_WORDS, TIMES = 2, 4
"""So many common words of a language tell it, and so many times as many as there are of all others."""
_HAN = re.compile("[\u3400-\u9fff]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_OTHER = re.compile("[\u0400-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u3040-\u30ff\uac00-\ud7af]")
NOT_LATIN = re.compile("[\u0370-\u06ff\u0900-\u0eff\u10a0-\u10ff\u1f00-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A letter of a script that is told by itself."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


OTHERS = ("et", "hu", "id", "lt", "lv", "ro", "sq", "tr")
"""Languages that a part of a text may be in, and that are then said to be not analysed."""


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier


def letters(text: str) -> tuple[int, int, int, int]:
    """Return how many Latin letters, Chinese characters, Greek letters and letters of other scripts a text has."""
    if text.isascii():
        return len(_LATIN.findall(text)), 0, 0, 0
    latin, han, greek, other = (len(pattern.findall(text)) for pattern in (_LATIN, _HAN, _GREEK, _OTHER))
    return latin, han, greek, other


def detect(text: str) -> str | None:
    """Return the language of a text, or None when it is too short or in a script of no language of the product."""
    spoken = _by_words(text)
    if spoken and not NOT_LATIN.search(text):
        return spoken
    latin, han, greek, other = letters(text)
    if other > max(latin, 2 * han, greek):
        return None
    if han * 3 >= latin and han >= 2:
        return "zh"
    if greek > latin:
        return "el"
    if latin < MIN_LETTERS:
        return None
    return spoken or str(_identifier(PRODUCT).classify(_encodable(text))[0])


@cache
def _speakers() -> dict[str, str]:
    """Return common words with the only language that has them."""
    return {word: language for language, words in load(FILE, Tongues).root.items() for word in words.split()}


def _by_words(text: str) -> str | None:
    """Return the language that common words tell; None when they are too few, or of several languages."""
    speaker, found = _speakers().get, dict[str, int]()
    for word in {*text.lower().split()}:
        language = speaker(word)
        if language:
            found[language] = found.get(language, 0) + 1
    if not found:
        return None
    most = max(found, key=found.__getitem__)
    others = sum(found.values()) - found[most]
    return most if found[most] >= max(LEAST_WORDS, TIMES * others) else None


def ranked(text: str) -> dict[str, float]:
    """Return how likely each language is (natural logarithms, comparable within one text)."""
    ranking = _identifier(PRODUCT + OTHERS).rank(_encodable(text))
    return {str(language): float(score) for language, score in ranking}


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
