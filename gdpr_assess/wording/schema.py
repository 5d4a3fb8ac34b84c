"""The forms of rule files and pack files."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field, RootModel

from gdpr_assess.model import LegalBasis, Noun, Severity, WordingKind
from gdpr_assess.wording.known import Fact


class Source(Noun):
    """Where the law behind a rule was read."""

    id: str
    status: Literal["verified", "memory"]


class Support(Noun):
    """A guideline that reads the law as a rule does, with the place in it; nobody has read what is from memory."""

    says: str
    source: str | None = None
    status: Literal["verified", "memory"]


class Pattern(Noun):
    """What must meet: one hit of every slot of `all` (a slot is `CONCEPT` or `CONCEPT|CONCEPT`) in one window."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    all: tuple[str, ...] = Field(min_length=1)
    window: Literal["clause", "sentence", "pair", "text"] = "sentence"
    within: int | None = Field(None, ge=10, le=400)
    ordered: bool = False
    span: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    none_near: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field((), alias="with")
    without: tuple[str, ...] = ()
    kinds: tuple[WordingKind, ...] = ()
    not_kinds: tuple[WordingKind, ...] = ()
    not_bases: tuple[LegalBasis, ...] = ()
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()

    def concepts(self) -> list[str]:
        """Return every concept that the pattern names."""
        slots = (*self.all, *self.span, *self.none, *self.none_near, *self.near, *self.anywhere, *self.nowhere)
        return [name for slot in slots for name in slot.split("|")]


class Rule(Noun):
    """What a code means, once for all languages (`rules/<code>.yaml`); `cases` are decisions of law/cases.yaml."""

    kind: Literal["element", "defect", "remark"]
    articles: tuple[str, ...] = Field(min_length=1)
    severity: Severity
    controls: tuple[str, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    support: tuple[Support, ...] = ()
    cases: tuple[str, ...] = ()
    reviewed: date
    patterns: tuple[Pattern, ...] = ()


class Concept(Noun):
    """What belongs in a word list; a hit hides the hits of the concepts in `shadows` that lie inside it."""

    means: str
    shadows: tuple[str, ...] = ()


class Vocabulary(RootModel[dict[str, Concept]]):
    """All concepts that rules share (`rules/_concepts.yaml`)."""


class WordLists(RootModel[dict[str, tuple[str, ...]]]):
    """The terms of each concept in one language (`packs/<lang>/_concepts.yaml`)."""


class Said(RootModel[dict[str, tuple[str, ...]]]):
    """Sentences in which the words of a list stand (`packs/<lang>/_said.yaml`)."""


class AbbreviationList(Noun):
    """Abbreviations that end no sentence: in any language, in any before a number, in this language only."""

    always: str
    before_number: str
    own: str


class Abbreviations(RootModel[dict[str, AbbreviationList]]):
    """The abbreviations of each language (`abbreviations.yaml`)."""


class Tongues(RootModel[dict[str, str]]):
    """Common words of each language (`tongues.yaml`)."""


class Numbers(RootModel[frozenset[str]]):
    """Long numbers that terms name (`numbers.yaml`)."""


class Case(Noun):
    """An example with what is known beside the text."""

    text: str
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None
    on: date | None = None


class Examples(Noun):
    """Texts that must be reported at exactly the `[[span]]`, and texts that must not be reported."""

    reported: tuple[str | Case, ...] = ()
    clean: tuple[str | Case, ...] = ()


class PackFile(Noun):
    """One code in one language (`packs/<lang>/<code>.yaml`); `shared: false` leaves out the patterns of the rule."""

    shared: bool = True
    report: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    concepts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    examples: Examples
    note: str | None = None


class Requirement(Noun):
    """One duty of a kind: at least one of `any` must be seen, or, with `or_full`, all that a full notice has to say.

    It is a duty where the text rests on one of `bases` and on none of `not_bases`, where one of `when_seen` is seen,
    where `when`, a fact of the client, is so, and with `national` where the law of the person's country asks for it;
    with `bases` and `national` that law stands beside the articles where it is certain.
    """

    any: tuple[str, ...] = Field(min_length=1)
    or_full: bool = False
    article: str
    authority: Literal["law", "guidance", "good_practice"]
    when_seen: tuple[str, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    not_bases: tuple[LegalBasis, ...] = ()
    when: Fact | None = None
    national: Literal["recording"] | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles, each by itself."""
        return tuple(part.strip() for part in self.article.split(","))


class Kinds(Noun):
    """What each kind of text must say (`kinds.yaml`).

    `elsewhere` has the article that applies in place of another where no data come from the person.
    """

    elsewhere: dict[str, str]
    kinds: dict[WordingKind, tuple[Requirement, ...]]
