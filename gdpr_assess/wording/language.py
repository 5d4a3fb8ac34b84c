"""Which language a text is in: by script, else by common words, else by py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from gdpr_assess.wording.pack import WORDING
from gdpr_assess.wording.schema import Tongues
from gdpr_assess.yamlfile import load

FILE, TONGUES = WORDING / "common_words.yaml", WORDING / "tongues.yaml"

PRODUCT = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "el", "cs", "zh")
"""Languages with a pack; those without one are told apart by `tongues.yaml`, so that they are not taken for these."""
SCRIPTS = ("am", "ar", "be", "bg", "fa", "he", "hi", "hy", "ja", "ka", "ko", "mk", "ru", "sr", "th", "uk", "ur")
"""Languages in scripts of no language with a pack."""
MIN_LETTERS = 12
"""Texts with fewer letters than this are not classified by statistics."""
LEAST_WORDS, TIMES = 2, 4
"""So many common words of a language tell it, and so many times as many as there are of all others."""
SURE, LIKELY = 12.0, 3.0
"""How much likelier than all with a pack another language must be (natural logarithms): alone, or with a word of it."""
_HAN = re.compile("[\u3400-\u9fff]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_OTHER = re.compile("[\u0400-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1200-\u137f\u3040-\u30ff\uac00-\ud7af]")
NOT_LATIN = re.compile(
    "[\u0370-\u06ff\u0900-\u0eff\u10a0-\u10ff\u1200-\u137f\u1f00-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""A letter of a script that is told by itself."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)  # its rows are read, which is twice as fast so
    return identifier


@cache
def tongues() -> dict[str, frozenset[str]]:
    """Return common words of each language in Latin or Greek script."""
    return {language: frozenset(words.split()) for language, words in load(TONGUES, Tongues).root.items()}


def letters(text: str) -> tuple[int, int, int, int]:
    """Return how many Latin letters, Chinese characters, Greek letters and letters of other scripts a text has."""
    if text.isascii():
        return len(_LATIN.findall(text)), 0, 0, 0
    latin, han, greek, other = (len(pattern.findall(text)) for pattern in (_LATIN, _HAN, _GREEK, _OTHER))
    return latin, han, greek, other


def detect(text: str) -> str | None:
    """Return the language of a text, be there a pack for it or not; None when it is too short to tell."""
    spoken = _by_words(text)
    if spoken and not NOT_LATIN.search(text):
        return spoken
    return by_script(text) or (None if letters(text)[0] < MIN_LETTERS else spoken or _by_statistics(text))


def by_script(text: str) -> str | None:
    """Return the language that the letters of a text tell; None if most are Latin."""
    latin, han, greek, other = letters(text)
    if other > max(latin, 2 * han, greek) or (other and _japanese(text, latin, han)):
        return str(_identifier(SCRIPTS).classify(_encodable(text))[0])
    if han * 3 >= latin and han >= 2:
        return "zh"
    return "el" if greek > latin else None


def _japanese(text: str, latin: int, han: int) -> bool:
    """Tell whether there are so many hiragana among the Chinese characters as only Japanese has."""
    hiragana = len(_HIRAGANA.findall(text))
    return hiragana >= 2 and hiragana * 5 >= han and (han + hiragana) * 3 >= latin


@cache
def common() -> dict[str, str]:
    """Return the words that are common in one language with a pack only."""
    return load(FILE, Tongues).root


@cache
def _speakers() -> dict[str, str]:
    """Return common words with the only language that has them."""
    return {word: language for language, words in common().items() for word in words.split()}


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


def _by_statistics(text: str) -> str:
    """Return the likeliest language; one without a pack only when that is sure."""
    best = str(_latin().classify(_encodable(text))[0])
    if best in PRODUCT:
        return best
    scores = ranked(text)
    own = max(PRODUCT, key=lambda language: scores[language])
    heard = (tongues()[best] - _with_pack()).intersection(text.lower().split())
    return best if scores[best] - scores[own] >= (LIKELY if heard else SURE) else own


@cache
def _with_pack() -> frozenset[str]:
    """Return the common words of all languages with a pack."""
    return frozenset().union(*(words for language, words in tongues().items() if language in PRODUCT))


def ranked(text: str) -> dict[str, float]:
    """Return how likely each language is (natural logarithms, comparable within one text)."""
    return {str(language): float(score) for language, score in _latin().rank(_encodable(text))}


@cache
def _latin() -> Any:
    return _identifier(tuple(dict.fromkeys((*PRODUCT, *tongues()))))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
