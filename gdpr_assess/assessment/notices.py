"""What a notice says of periods and of the Union, as far as that can be read without doubt, in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import RootModel

from gdpr_assess.model import Hit, Noun, WordingKind, WordingResult
from gdpr_assess.yamlfile import load

Unit = Literal["day", "week", "month", "year"]
Subject = Literal["recordings", "messages"]
Span = tuple[int, int]
_DAYS: dict[Unit, tuple[int, int]] = {"day": (1, 1), "week": (7, 7), "month": (30, 31), "year": (360, 366)}
_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|[.!?](?!\s|$))+")
_CLAUSE = re.compile(r"(?:[^,;:，；：、]|[:：](?=\s*\d))+")
_SUBJECT_OF: dict[WordingKind | None, Subject] = {"recording_notice": "recordings", "message_notice": "messages"}

_REFUSAL = ("refusal_option", "deletion_afterwards")
"""A period in such a sentence may be that of recordings made against somebody's will."""


class Words(Noun):
    """The words of one language; see notice_words.yaml."""

    numbers: dict[str, int]
    units: dict[Unit, str]
    counted_from: str
    recordings: str
    messages: str
    never_leaves: str
    stored_inside: str
    unless: str
    sent_abroad: str
    no_recipients: str


class _Languages(RootModel[dict[str, Words]]):
    """All languages."""


@dataclass(frozen=True)
class Period:
    """A storage period that a notice names: between `least` and `most` days (a month has 30 or 31).

    `plain` where the clause itself says of what; else it is the only period of a sentence about it.
    """

    subject: Subject
    least: int
    most: int
    span: Span
    plain: bool = True

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
    return re.compile(
        rf"(?<![\d年月.一二两三四五六七八九十百]){start}(?P<number>\d{{1,4}}|{numbers})(?:\s|-)?(?:{units})",
        re.IGNORECASE,
    )


def _amounts(text: str, at: int, language: str) -> list[tuple[int, int, Span]]:
    """Return every period in a text as least and most days, with its place, unless it begins with another event."""
    found, own = [], _words()[language]
    for match in _pattern(language).finditer(text):
        if re.match(own.counted_from, text[match.end() :], re.IGNORECASE):
            continue
        number, unit = match["number"].casefold(), _unit(match)
        count = int(number) if number.isdigit() else own.numbers[number]
        least, most = _DAYS[unit]
        least = 28 if (unit, count) == ("month", 1) else least * count
        found.append((least, most * count, (at + match.start(), at + match.end())))
    return found


def _unit(match: re.Match[str]) -> Unit:
    return next(unit for unit in _DAYS if match[unit])


def periods(wording: WordingResult) -> list[Period]:
    """Return the storage periods of recordings and of messages that a notice names."""
    result, language, text = wording.result, wording.result.language, wording.text
    if language is None or words(language) is None:
        return []
    kept = [hit for hit in result.sure if hit.code == "retention"]
    refused = [hit for hit in (*result.elements, *result.defects, *result.doubtful) if hit.code in _REFUSAL]
    sentences = [one for one in _SENTENCE.finditer(text) if _meets(one, kept) and not _meets(one, refused)]
    found = [period for match in sentences for period in _in_sentence(match, language)]
    return found or _only_one(sentences, language, result.kind)


def _meets(sentence: re.Match[str], hits: list[Hit]) -> bool:
    return any(hit.start < sentence.end() and sentence.start() < hit.end for hit in hits)


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
    """Take the only period of a short notice as that of its own subject, if the sentence speaks of it at all."""
    subject = _SUBJECT_OF.get(kind)
    told = [(one, amount) for one in sentences for amount in _amounts(one.group(), one.start(), language)]
    if subject is None or len(told) != 1:
        return []
    sentence, (least, most, span) = told[0]
    about = any(name == subject for name, _ in _named(sentence.group(), 0, language))
    return [Period(subject, least, most, span, plain=False)] if about else []


def never_leaves(wording: WordingResult) -> Span | None:
    """Return where a notice says that no data leave the Union (or EEA), or None."""
    own = words(wording.result.language)
    return _stated(own.never_leaves, own.unless, wording.text) if own else None


def stored_inside(wording: WordingResult) -> Span | None:
    """Return where a notice says that data are stored in the Union (or EEA), or None."""
    own = words(wording.result.language)
    return _stated(own.stored_inside, own.unless, wording.text) if own else None


def no_recipients(wording: WordingResult) -> Span | None:
    """Return where a notice says that nobody else gets the data, or None."""
    own = words(wording.result.language)
    return _stated(own.no_recipients, own.unless, wording.text) if own else None


def sentences(text: str) -> Iterator[re.Match[str]]:
    """Give each sentence of a text."""
    return _SENTENCE.finditer(text)


def _stated(pattern: str, unless: str, text: str) -> Span | None:
    for sentence in _SENTENCE.finditer(text):
        match = re.search(pattern, sentence.group(), re.IGNORECASE)
        if match and not re.search(unless, sentence.group(), re.IGNORECASE):
            return sentence.start() + match.start(), sentence.start() + match.end()
    return None
