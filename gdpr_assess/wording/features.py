"""What of a sentence makes something likely: words, their beginnings, pairs; in Chinese short strings."""

from __future__ import annotations

import re
from itertools import pairwise

BEGINNINGS = (4, 5, 6, 7)
"""So many letters of a longer word count as well, so that other endings of it are known too."""
LONGEST = 4
"""Chinese strings of up to so many characters count."""
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[a-z0]{2,}")
_DIGIT = re.compile(r"\d")
_HAN_RUN = re.compile("[\u3400-\u9fff0]+")


def units(sentence: str, *, cjk: bool) -> list[str]:
    """Return the words of a folded sentence and their pairs, each once; for Chinese its short strings."""
    plain = _DIGIT.sub("0", sentence)
    if not cjk:
        words = _WORD.findall(plain)
        return list(dict.fromkeys([*words, *map(" ".join, pairwise(words))]))
    found = dict.fromkeys(_LATIN.findall(plain))
    for run in _HAN_RUN.findall(plain):
        for size in range(1, LONGEST + 1):
            found.update(dict.fromkeys(run[at : at + size] for at in range(len(run) - size + 1)))
    return list(found)


def features(unit: str) -> list[str]:
    """Return what a unit counts as: itself, and where it is a word its beginnings."""
    if " " in unit or not unit.isalpha():
        return [unit]
    return [unit, *(f"{unit[:size]}*" for size in BEGINNINGS if len(unit) > size)]
