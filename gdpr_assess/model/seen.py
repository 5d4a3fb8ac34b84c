"""What is seen in texts, flows and records."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Literal

from pydantic import Field

from gdpr_assess.model.values import CLIENT, Channel, Effect, Noun, Place, Severity, WordingKind


class Hit(Noun):
    """One element or defect seen in a text, at character offsets into the text as given.

    `likely_by` holds the words that speak for it where no rule fits: it is then likely, not sure.
    """

    code: str
    start: int
    end: int
    quote: str
    likely_by: tuple[str, ...] = ()


class Defect(Hit):
    """A defect seen in a text, with what to say about it.

    `unverified` marks an outdated name of which the change of law was not read in a source: it asks and fails nobody.
    """

    severity: Severity
    articles: tuple[str, ...]
    message: str
    fix: str
    unverified: bool = False

    @property
    def asks(self) -> bool:
        """Whether it is to be confirmed first: only words make it likely, or it rests on no verified law."""
        return self.unverified or bool(self.likely_by)

    @property
    def told_as(self) -> str:
        """The name of the texts that tell it: the code, or that of a question."""
        return "likely_defect" if self.likely_by else "outdated_unverified" if self.unverified else self.code


class ForeignPart(Noun):
    """A part of a text that was not analysed, because its language is unknown or has no pack."""

    start: int
    end: int
    language: str | None = None


class NationalLaw(Noun):
    """The law of a country that decides what a text must say; `verified`: read in the sources, not from memory."""

    country: str
    citation: str | None = None
    sources: tuple[str, ...] = ()
    as_of: str | None = None
    verified: bool

    @property
    def read(self) -> str | None:
        """The citation, where it was read, and for when."""
        return "; ".join(filter(None, [self.citation, ", ".join(self.sources), self.as_of])) or None


class Lack(Noun):
    """What a text of its kind must say and does not, and why.

    `asks` names what is not known and decides whether it must. `instead` are the pieces of information that the text
    would have to give itself if it does not point to them.
    """

    code: str
    articles: tuple[str, ...]
    authority: Literal["law", "guidance", "good_practice"]
    asks: str | None = None
    instead: tuple[str, ...] = ()
    law: NationalLaw | None = None

    @property
    def citations(self) -> tuple[str, ...]:
        """The articles, and the law of the country."""
        return (*self.articles, *([self.law.citation] if self.law and self.law.citation else []))


class LintResult(Noun):
    """What the wording linter saw in one text; `not_analysed` says why nothing could be said.

    `parts_not_analysed` are parts in other languages that could not be analysed, or the whole text.
    `remarks` are no defects of the wording but things that a reader may take for an answer and that are none.
    `doubtful` are elements and defects whose words are there, but whose sentence reads like something else.
    `lacking` says why each of the `missing` is asked for, and what would be missing if what is not known were so.
    """

    language: str | None
    kind: WordingKind | None = None
    elements: tuple[Hit, ...] = ()
    defects: tuple[Defect, ...] = ()
    remarks: tuple[Defect, ...] = ()
    doubtful: tuple[Hit, ...] = ()
    missing: tuple[str, ...] | None = None
    lacking: tuple[Lack, ...] = ()
    not_analysed: str | None = None
    parts_not_analysed: tuple[ForeignPart, ...] = ()

    @property
    def likely(self) -> tuple[Hit, ...]:
        """The elements that only words make likely."""
        return tuple(hit for hit in self.elements if hit.likely_by)

    @property
    def sure(self) -> tuple[Hit, ...]:
        """What was found by rules, not only by likely words."""
        return (*(hit for hit in self.elements if not hit.likely_by), *self.sure_defects)

    @property
    def sure_defects(self) -> tuple[Defect, ...]:
        """The defects that were found by rules."""
        return tuple(defect for defect in self.defects if not defect.likely_by)


class LintLine(LintResult):
    """A line of `gdpr-assess lint --format jsonl`: the result with the id of the text it is about."""

    id: str


class Finding(Noun):
    """One thing that speaks against (or asks about) a control. Texts are rendered per language from rule + params."""

    id: str
    source: Literal["flows", "wording", "practices", "rights", "intake"]
    rule: str
    effect: Effect
    controls: tuple[str, ...]
    scope: str = CLIENT
    severity: Severity
    articles: tuple[str, ...] = ()
    place: Place
    params: dict[str, Any] = Field(default_factory=dict)

    @property
    def told_as(self) -> str:
        """The name of the texts that tell it: the rule, or that of a question, or of what national law demands."""
        if self.effect == "indicator" and self.rule in ("outdated_authority", "outdated_law"):
            return "outdated_unverified"
        lacks = self.source == "wording" and self.rule.startswith("missing.")
        return f"{self.rule}.by_law" if lacks and "land" in self.params else self.rule


class ChannelResult(Noun):
    """The part of a check's result that belongs to one channel; no channel: records that do not name theirs."""

    channel: Channel | None = None
    population: int
    exceptions: int = 0
    untested: int = 0
    rate: float | None = None
    ci95: tuple[float, float] | None = None
    places: tuple[Place, ...] = ()


class CheckResult(Noun):
    """What one check found in the records. Counts are records, `rate` is exceptions / decided, `ci95` for samples.

    `by_channel` divides the counts where records have a channel.
    """

    check: str
    outcome: Literal["ran", "not_applicable", "not_testable", "failed"]
    controls: tuple[str, ...] = ()
    effect: Effect = "violation"
    channel: Channel | None = None
    basis: Literal["census", "sample"] | None = None
    reconciled: bool | None = None
    population: int = 0
    exceptions: int = 0
    untested: int = 0
    rate: float | None = None
    ci95: tuple[float, float] | None = None
    places: tuple[Place, ...] = ()
    by_channel: tuple[ChannelResult, ...] = ()
    reason: str | None = None
    params: dict[str, Any] = Field(default_factory=dict)


PersonalKind = Literal["email", "phone", "iban", "card", "card_code", "national_id", "special"]


class PersonalData(Noun):
    """How often one kind of personal data lies in a free-text column; `detail` is a country or a special category.

    `records` is how many records of the channel hold a text, `whole_column` says that the column consists of them.
    """

    kind: PersonalKind
    detail: str | None = None
    table: str
    column: str
    channel: Channel | None = None
    records: int
    hits: int
    places: tuple[Place, ...] = ()
    whole_column: bool = False


ConsentState = Literal["valid", "to_renew", "expired", "withdrawn", "invalid", "no_evidence", "undecided"]


class ConsentRows(Noun):
    """The consents of one state in one file, as spans of rows; `whole` is False where there are too many to list."""

    state: ConsentState
    file: str
    sheet: str | None = None
    count: int
    spans: tuple[tuple[int, int], ...]
    whole: bool = True


class ConsentGroup(Noun):
    """Granted consents of one purpose, channel and country: how many hold, why not, and who stays reachable."""

    purpose: str | None = None
    channel: str | None = None
    country: str | None = None
    states: dict[ConsentState, int]
    reasons: dict[str, int] = Field(default_factory=dict)
    people: int
    reachable: int
    rows: tuple[ConsentRows, ...] = ()


class Suggestion(Noun):
    """A compliant text for a client: `open` names what the intake could not fill, `confirm` what rests on memory.

    `note` says, in the language of the text, what else the law wants of it.
    """

    kind: WordingKind
    language: str
    text: str
    open: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    reviewed: date
    countries: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None


class Change(Noun):
    """What to do about one finding in a text: replace or delete the words at a place, or add a passage."""

    code: str
    do: Literal["replace", "delete", "add"]
    start: int | None = None
    end: int | None = None
    text: str | None = None


class WordingResult(Noun):
    """A client's wording with what was seen in it; `text` has personal data masked, offsets refer to it."""

    wording: str
    place: Place
    country: str | None = None
    text: str
    result: LintResult
    changes: tuple[Change, ...] = ()
    suggestion: Suggestion | None = None


def finding_id(rule: str, subject: str) -> str:
    """Return the stable identity of a finding: the rule and the thing it is about, e.g. `flow:F3`."""
    return hashlib.sha256(f"{rule}\0{subject}".encode()).hexdigest()[:12]
