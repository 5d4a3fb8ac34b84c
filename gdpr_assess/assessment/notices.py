"""What a notice says of periods and of the Union, as far as that can be read without doubt, in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import RootModel

from gdpr_assess.model import Noun, WordingKind, WordingResult
from gdpr_assess.yamlfile import load

Unit = Literal["day", "week", "month", "year"]
Subject = Literal["recordings", "messages"]
Span = tuple[int, int]
_DAYS: dict[Unit, tuple[int, int]] = {"day": (1, 1), "week": (7, 7), "month": (30, 31), "year": (360, 366)}
_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|[.!?](?!\s|$))+")
_CLAUSE = re.compile(r"[^,;:，；：、]+")
_SUBJECT_OF: dict[WordingKind | None, Subject] = {"recording_notice": "recordings", "message_notice": "messages"}


class Words(Noun):
    """The words of one language; see notice_words.yaml."""

    numbers: dict[str, int]
    units: dict[Unit, str]
    recordings: str
    messages: str
    never_leaves: str
    stored_inside: str
    unless: str


class _Languages(RootModel[dict[str, Words]]):
    """All languages."""


@dataclass(frozen=True)
class Period:
    """A storage period that a notice names: between `least` and `most` days (a month has 30 or 31)."""

    subject: Subject
    least: int
    most: int
    span: Span

    def holds(self, days: int) -> bool:
        """Tell whether a number of days is this period."""
        return self.least <= days <= self.most


@cache
def _words() -> dict[str, Words]:
    return load(Path(__file__).parent / "notice_words.yaml", _Languages).root


def words(language: str | None) -> Words | None:
    """Return the words of a language, or None where we read no periods and no statements in it."""
    return _words().get(language or "")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    own = _words()[language]
    numbers = "|".join(sorted(own.numbers, key=len, reverse=True))
    units = "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in own.units.items())
    start = "" if language == "zh" else r"\b"
    return re.compile(rf"(?<![\d年月.]){start}(?P<number>\d{{1,4}}|{numbers})(?:\s|-)?(?:{units})", re.IGNORECASE)


def _amounts(text: str, at: int, language: str) -> list[tuple[int, int, Span]]:
    """Return every period in a text as least and most days, with its place."""
    found = []
    for match in _pattern(language).finditer(text):
        number, unit = match["number"].casefold(), _unit(match)
        count = int(number) if number.isdigit() else _words()[language].numbers[number]
        least, most = _DAYS[unit]
        least = 28 if (unit, count) == ("month", 1) else least * count
        found.append((least, most * count, (at + match.start(), at + match.end())))
    return found


def _unit(match: re.Match[str]) -> Unit:
    return next(unit for unit in _DAYS if match[unit])


def periods(wording: WordingResult) -> list[Period]:
    """Return the storage periods of recordings and of messages that a notice names."""
    language, text = wording.result.language, wording.text
    if language is None or words(language) is None:
        return []
    told = [hit for hit in wording.result.elements if hit.code == "retention"]
    sentences = [
        match for match in _SENTENCE.finditer(text) if any(h.start < match.end() and match.start() < h.end for h in told)
    ]
    found = [period for match in sentences for period in _in_sentence(match, language)]
    return found or _only_one(sentences, language, wording.result.kind)


def _in_sentence(sentence: re.Match[str], language: str) -> Iterator[Period]:
    for clause in _CLAUSE.finditer(sentence.group()):
        yield from _in_clause(clause.group(), sentence.start() + clause.start(), language)


def _in_clause(clause: str, at: int, language: str) -> Iterator[Period]:
    """Give the first period after what is kept, or the only one of a clause that names only one thing."""
    named = _named(clause, at, language)
    amounts = _amounts(clause, at, language)
    for number, (subject, start) in enumerate(named):
        end = named[number + 1][1] if number + 1 < len(named) else at + len(clause)
        after = [amount for amount in amounts if start <= amount[2][0] < end]
        alone = amounts if len(amounts) == len({name for name, _ in named}) == 1 and number == 0 else []
        for least, most, span in (after or alone)[:1]:
            yield Period(subject, least, most, span)


def _named(clause: str, at: int, language: str) -> list[tuple[Subject, int]]:
    own = _words()[language]
    patterns: list[tuple[Subject, str]] = [("recordings", own.recordings), ("messages", own.messages)]
    found = [(name, at + match.end()) for name, word in patterns for match in re.finditer(word, clause, re.IGNORECASE)]
    return sorted(found, key=lambda one: one[1])


def _only_one(sentences: list[re.Match[str]], language: str, kind: WordingKind | None) -> list[Period]:
    """Take the only period of a short notice ("... and keeps them for 12 months") as that of its own subject."""
    amounts = [amount for match in sentences for amount in _amounts(match.group(), match.start(), language)]
    subject = _SUBJECT_OF.get(kind)
    if subject is None or len(amounts) != 1:
        return []
    (least, most, span) = amounts[0]
    return [Period(subject, least, most, span)]


def never_leaves(wording: WordingResult) -> Span | None:
    """Return where a notice says that no data leave the Union (or EEA), or None."""
    own = words(wording.result.language)
    return _stated(own.never_leaves, own.unless, wording.text) if own else None


def stored_inside(wording: WordingResult) -> Span | None:
    """Return where a notice says that data are stored in the Union (or EEA), or None."""
    own = words(wording.result.language)
    return _stated(own.stored_inside, own.unless, wording.text) if own else None


def _stated(pattern: str, unless: str, text: str) -> Span | None:
    for sentence in _SENTENCE.finditer(text):
        match = re.search(pattern, sentence.group(), re.IGNORECASE)
        if match and not re.search(unless, sentence.group(), re.IGNORECASE):
            return sentence.start() + match.start(), sentence.start() + match.end()
    return None
