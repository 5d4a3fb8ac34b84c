"""The form of a legal fact: what is the law, where that was read, how sure we are, and from when to when it holds."""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field, model_validator

from gdpr_assess.model import Noun, Purpose

T = TypeVar("T")
Status = Literal["verified", "memory"]
PartyRule = Literal["all_party", "one_party", "inform", "conditional", "unclear"]
Regime = Literal["opt_in", "opt_out", "opt_out_register", "opt_out_directory", "register_plus_consent", "unclear"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Fact(Noun, Generic[T]):
    """One statement of law; `memory` means nobody has read it in a source, so it may ask but never fail anybody."""

    value: T
    status: Status
    source: tuple[str, ...] = ()
    as_of: str | None = Field(None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    since: date | None = None
    until: date | None = None
    citation: str | None = None
    note: str | None = None

    @property
    def verified(self) -> bool:
        """Whether the statement was read in a source."""
        return self.status == "verified"

    @model_validator(mode="after")
    def _has_source(self) -> Fact[T]:
        if self.verified and not self.source:
            raise ValueError("a verified fact names its source")
        return self


def holds(since: date | None, until: date | None, on: date) -> bool:
    """Tell whether a period with open or closed ends covers a day (both ends count)."""
    return (since is None or since <= on) and (until is None or on <= until)


class Dated(Noun, Generic[T]):
    """One statement through time: in YAML a fact, or a list of facts, oldest first."""

    versions: tuple[Fact[T], ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _wrap(cls, data: Any) -> Any:
        if isinstance(data, dict) and "versions" not in data:
            return {"versions": (data,)}
        return {"versions": data} if isinstance(data, list) else data

    def on(self, day: date) -> Fact[T] | None:
        """Return the statement that holds on a day, or None where we know of none."""
        return next((fact for fact in reversed(self.versions) if holds(fact.since, fact.until, day)), None)

    def known(self, day: date) -> T | None:
        """Return the value that holds on a day if it was read in a source; rules that may fail somebody use this."""
        fact = self.on(day)
        return fact.value if fact is not None and fact.verified else None


class FormerName(Noun):
    """A name that an authority had, up to and including the day `until`."""

    name: str
    until: date
    status: Status
    source: tuple[str, ...] = ()


class Authority(Noun):
    """The supervisory authority; `names` by language (`en` is for reading where English is not official)."""

    names: dict[str, Fact[str]]
    short: Fact[str] | None = None
    website: Fact[str] | None = None
    former: tuple[FormerName, ...] = ()
    note: Fact[str] | None = None


class Recording(Noun):
    """Who must agree to, or know of, the recording of a call. `conditional`: it depends on facts of the case.

    Where it depends on the purpose, callers must be asked for those in `consent_for`; for those in `notice_for` it is
    enough to tell them before.
    """

    party_rule: Dated[PartyRule]
    consent_for: Dated[tuple[Purpose, ...]] | None = None
    notice_for: Dated[tuple[Purpose, ...]] | None = None
    rule: Fact[str]
    criminal: Fact[str] | None = None
    inform: Fact[str] | None = None
    before_choice: Fact[str] | None = None
    retention: Fact[str] | None = None
    other: dict[str, Fact[str]] = Field(default_factory=dict)


class Hours(Noun):
    """When marketing calls are allowed: spans `HH:MM-HH:MM` per day; a day without spans is forbidden."""

    spans: dict[Day, tuple[str, ...]]
    public_holidays: bool
    binding: Literal["law", "code"] = "law"


class Marketing(Noun):
    """Direct marketing to consumers per channel; `soft_opt_in` lists channels open towards own customers."""

    live_call: Dated[Regime]
    automated_call: Dated[Regime]
    email: Dated[Regime]
    sms: Dated[Regime]
    soft_opt_in: Dated[tuple[Literal["email", "sms"], ...]] | None = None
    customer_calls: Dated[Literal["allowed", "narrow", "consent"]] | None = None
    hours: Dated[Hours] | None = None
    consent_months: Dated[int] | None = None
    proof_years: Dated[int] | None = None
    rule: Dated[str]
    citation: Fact[str] | None = None
    register_: Dated[str] | None = Field(None, alias="register")
    caller_id: Fact[str] | None = None
    proof: Fact[str] | None = None
    penalty: Fact[str] | None = None
    other: dict[str, Fact[str]] = Field(default_factory=dict)


Wanted = Literal["digital_age", "criminal", "inform", "before_choice", "citation", "register", "hours",
                 "consent_months", "proof_years"]  # fmt: skip
"""What we want to know of every country and may have looked for in vain."""


class Unknown(Noun):
    """What was looked for up to a day and not found: it asks for a lawyer of the country, and fails nobody."""

    on: date
    facts: tuple[Wanted, ...] = Field(min_length=1)


class Country(Noun):
    """What one country's law says about customer service; `reviewed` is when all its facts were gone through."""

    code: str
    reviewed: date
    region: Literal["eu", "eea", "uk", "ch"]
    languages: tuple[str, ...]
    unknown: Unknown | None = None
    authority: Authority
    digital_age: Dated[int] | None = None
    recording: Recording
    marketing: Marketing
    other: dict[str, Fact[str]] = Field(default_factory=dict)


class Adequacy(Noun):
    """A decision of the European Commission under Art. 45; `condition` is what the recipient must meet besides."""

    place: str
    scope: Literal["whole", "limited", "conditional"]
    condition: Literal["pipeda", "dpf"] | None = None
    limits: str | None = None
    instrument: str
    since: date
    since_status: Status
    until: date | None = None
    status: Status
    source: tuple[str, ...]
    note: str | None = None

    @property
    def verified(self) -> bool:
        """Whether the decision was read in a source."""
        return self.status == "verified"


class Superseded(Noun):
    """A name or act that is no longer in force: `pattern` finds it, `current` is right from `since` on.

    `elsewhere_right`: authorities of other countries bear the name today, so it counts only for the country itself.
    """

    id: str
    kind: Literal["authority", "act", "scheme", "term"]
    country: str | None = None
    old: str
    current: str
    since: date
    pattern: str
    elsewhere_right: bool = False
    status: Status
    source: tuple[str, ...] = ()
    note: str | None = None

    @property
    def verified(self) -> bool:
        """Whether the change was read in a source."""
        return self.status == "verified"


class TransferClauses(Noun):
    """A tool of Art. 46 (or its British counterpart): between which roles it holds, None where roles do not matter."""

    id: str
    order: Literal["eu", "uk"]
    exporter: Literal["controller", "processor"] | None = None
    importer: Literal["controller", "processor"] | None = None
    instrument: str
    since: date
    status: Status
    source: tuple[str, ...]
    note: str | None = None


class View(Noun):
    """What one source says; without a source it is from memory."""

    says: str
    source: tuple[str, ...] = ()


class Difference(Noun):
    """Two sources that do not agree: the data follow view number `taken`; `fact` is the entry that does."""

    id: str
    about: str
    country: str
    fact: str
    views: tuple[View, ...] = Field(min_length=2)
    taken: int = Field(ge=1)
    why: str


class Article(Noun):
    """An article of the GDPR with its title; languages in `unofficial` are our reading aid, not the law's words."""

    titles: dict[str, str]
    unofficial: tuple[str, ...] = ()


class Source(Noun):
    """Where a fact was read; `grade` says how close to the law's own text that is."""

    title: str
    address: str | None = None
    grade: Literal["primary", "official", "secondary-quoting-primary", "secondary"]
    date: str | None = None
