"""What people listen or read for in drawn records: each question is data, and evidence for controls."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError
from gdpr_assess.model import Channel, Effect, Noun, Severity
from gdpr_assess.practices.rule import rules
from gdpr_assess.practices.tables import TABLES
from gdpr_assess.yamlfile import load

QUESTIONS = PACKAGE / "practices" / "questions"
PREFIX = "sampled."
"""Begins the name of the result of a question, so that it is never taken for a check of records."""
FILLED = "filled"
Said = Literal["yes", "no", "not_applicable", "not_audible"]
"""What may be answered; `not_audible` also stands for a text that cannot be read."""


class Question(Noun):
    """One question about a drawn record of `table`; another answer than `right` is an exception.

    `check` is the check of records that asks the same, `recorded` what the record itself says where all is well
    (`filled`: any value). `within`: the records it is about, so that a draw from these alone speaks for the client.
    `needs_consent`: without a declared consent basis an exception only asks.
    """

    table: str
    order: int
    right: Literal["yes", "no"]
    effect: Effect
    severity: Severity
    controls: tuple[str, ...] = Field(min_length=1)
    articles: tuple[str, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)
    check: str | None = None
    recorded: dict[str, str] = Field(default_factory=dict)
    within: dict[str, str] = Field(default_factory=dict)
    needs_consent: bool = False

    @property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """The table, as a check names it."""
        return {self.table: ()}

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels whose practice it is about; that of a message is the message's own."""
        return ("phone",) if self.table == "calls" else ()


@cache
def questions() -> dict[str, Question]:
    """Return every question by its name, in the order in which they are asked; DataError where one cannot be."""
    found = {path.stem: load(path, Question) for path in sorted(QUESTIONS.glob("*.yaml"))}
    for name, question in found.items():
        wrong = {question.table} - set(TABLES) or set(question.recorded) - set(TABLES[question.table].names)
        wrong |= set(question.within) - set(TABLES[question.table].names)
        wrong |= {question.check} - set(rules()) if question.check else set()
        if wrong:
            raise DataError(f"{QUESTIONS / name}.yaml:1: unknown {', '.join(sorted(map(str, wrong)))}")
    return dict(sorted(found.items(), key=lambda item: (item[1].table, item[1].order, item[0])))


def questions_of(table: str) -> dict[str, Question]:
    """Return the questions about records of a table."""
    return {name: question for name, question in questions().items() if question.table == table}


SAMPLED = ("calls", "messages")
"""Tables of which records can be drawn: those that people can listen to or read."""
