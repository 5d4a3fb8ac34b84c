"""Where a match ends: at whole words, and a `{name}` only around words with a capital letter, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from gdpr_assess.wording.fold import Folded
from gdpr_assess.wording.terms import Shape, WordStarts

Span = tuple[int, int]
MOST_SMALL = 2
"""A name that nothing introduces has not more words in a row without a capital letter ("Bank of the North")."""
_SIGN = re.compile(r"[.!?;~。…\n\ud800-\udfff]")


def goes_on(text: str, at: int, cjk: bool) -> bool:
    """Tell whether a word goes on at a place; Chinese characters are words of their own."""
    char = text[at : at + 1] if at >= 0 else ""
    return char.isalnum() and not (cjk and not char.isascii())


def whole_words(text: str, start: int, end: int, cjk: bool) -> tuple[int, int]:
    """Widen a place inside a word to the word, so that quotes are never cut, and take blanks off its ends."""
    while end - start > 1 and text[end - 1] == " ":
        end -= 1
    while end - start > 1 and text[start] == " ":
        start += 1
    if not cjk:
        while text[start].isalnum() and start and text[start - 1].isalnum():
            start -= 1
        while text[end - 1].isalnum() and end < len(text) and text[end].isalnum():
            end += 1
    return start, end


def places(
    folded: Folded,
    shape: Shape,
    sentences: Callable[[], list[Span]],
    not_name: Container[str],
    cjk: bool,
    words: WordStarts | None = None,
) -> Iterator[Span]:
    """Yield where a shape stands; where a `{name}` is none, or goes over the end of a sentence, it may begin later."""
    if not shape.named:
        yield from (whole_words(folded.text, *match.span(), cjk) for match in shape.matches(folded.text, words))
        return
    free = 0
    for match in shape.tries(folded.text, words):
        place = named(folded, shape, match, not_name, cjk) if match.start() >= free else None
        if place and not (_SIGN.search(folded.text, *place) and _is_over(place, sentences())):
            free = match.end()
            yield place


def _is_over(place: Span, sentences: list[Span]) -> bool:
    """Tell whether the end of a sentence lies inside a place."""
    return any(place[0] < end < place[1] for _, end in sentences)


def named(
    folded: Folded, shape: Shape, match: re.Match[str], not_name: Container[str], cjk: bool
) -> tuple[int, int] | None:
    """Return the place of a match, cut to the names in it; None where a `{name}` is no name."""
    start, end = match.span()
    for number in range(1, (shape.regex.groups if shape.named else 0) + 1):
        first, last = match.span(number)
        if first < 0:
            continue
        cut = match.start() == first, match.end() == last
        trimmed = _cjk_name(folded, first, last, not_name) if cjk else _name(folded, first, last, cut, not_name)
        if trimmed is None:
            return None
        start, end = (trimmed[0] if cut[0] else start), (trimmed[1] if cut[1] else end)
    return whole_words(folded.text, start, end, cjk)


def _cjk_name(folded: Folded, start: int, end: int, not_name: Container[str]) -> tuple[int, int] | None:
    text = folded.text[start:end]
    return None if any(text[:length] in not_name for length in range(1, len(text) + 1)) else (start, end)


def _name(
    folded: Folded, start: int, end: int, cut: tuple[bool, bool], not_name: Container[str]
) -> tuple[int, int] | None:
    """Return the part of a place that is a name: it begins with a capital letter and is no word such as "our"."""
    words, at = [], start
    for word in folded.text[start:end].split(" "):
        words.append((at, word))
        at += len(word) + 1
    while cut[0] and words and not _is_name(folded, words[0], not_name):
        words.pop(0)
    if not words or not _is_name(folded, words[0], not_name):
        return None
    while cut[1] and not _is_name(folded, words[-1], not_name):
        words.pop()
    small = "".join("-" if folded.given(at).islower() else "A" for at, word in words if word)
    if cut[0] and "-" * (MOST_SMALL + 1) in small:
        return None
    return words[0][0], words[-1][0] + len(words[-1][1])


def _is_name(folded: Folded, word: tuple[int, str], not_name: Container[str]) -> bool:
    given = folded.given(word[0]) if word[1] else ""
    return (given.isupper() or given in "[") and bool(given) and word[1] not in not_name
