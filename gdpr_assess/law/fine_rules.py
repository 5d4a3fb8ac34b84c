"""The form of the fine framework: tiers, maxima, seriousness and size bands, our rule for seriousness, and cases."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from gdpr_assess.law.model import Status
from gdpr_assess.model import Noun

Band = Literal["low", "medium", "high"]
Tier = Literal["83(4)", "83(5)"]
TIERS: tuple[Tier, ...] = ("83(4)", "83(5)")
"""Tier of the duties of controllers and processors, and tier of principles, rights and transfers."""
BANDS: tuple[Band, ...] = ("low", "medium", "high")
Outcome = Literal[
    "fined", "final_reduced", "paid", "settled", "appealed", "stopped", "annulled", "reduced_later", "decided"
]


class Sourced(Noun):
    """A statement of the framework with where it was read; what nobody has read is marked in every result."""

    status: Status
    source: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether the statement was read in a source."""
        return self.status == "verified"

    @model_validator(mode="after")
    def _has_source(self) -> Sourced:
        if self.verified and not self.source:
            raise ValueError("a verified statement names its source")
        return self


class TierArticles(Sourced):
    """The articles of a tier, as ranges of numbers, both ends included."""

    articles: tuple[tuple[int, int], ...]


class Maximum(Sourced):
    """The legal maximum of a tier: the higher of a fixed amount and a share of worldwide turnover."""

    fixed: int
    turnover_percent: float
    articles: tuple[str, ...]

    def amount(self, turnover: float) -> float:
        """Return the maximum for a turnover in the same currency."""
        return round(max(float(self.fixed), turnover * self.turnover_percent / 100), 2)


class Share(Sourced):
    """From - to, in per cent."""

    percent: tuple[float, float]


class SizeBand(Share):
    """How far the starting amount may go down for an undertaking of a size."""

    above: int
    up_to: int | None


class FineRules(Noun):
    """The rules of one legal order, in its currency."""

    document: str
    currency: Literal["EUR", "GBP"]
    maxima: dict[Tier, Maximum]
    seriousness: dict[Band, Share]
    size: tuple[SizeBand, ...]

    def size_of(self, turnover: float) -> SizeBand:
        """Return the size band of a turnover; the upper end of a band belongs to it."""
        return next(band for band in self.size if band.up_to is None or turnover <= band.up_to)


class Rate(Noun):
    """Between which ends an exchange rate is taken to lie."""

    lowest: float
    highest: float
    status: Status


class Pecr(Sourced):
    """Since when breaches of the UK rules on direct marketing reach a tier."""

    tier: Tier
    since: date


class Scale(Noun):
    """Points from a number of records on."""

    from_: int = Field(alias="from")
    points: int


class SeriousnessRule(Noun):
    """Our points for the facts of Art. 83(2)(a), (b) and (g), and the points from which a band starts."""

    severity: dict[Band, int]
    not_met: int
    tested: int
    systemic: int
    records: tuple[Scale, ...]
    contradicted: int
    special_categories: int
    children: int
    bands: dict[Literal["medium", "high"], int]

    def band(self, points: int) -> Band:
        """Return the band of a number of points."""
        return "high" if points >= self.bands["high"] else "medium" if points >= self.bands["medium"] else "low"


class Fines(Noun):
    """The fine framework of the Union and of the United Kingdom."""

    reviewed: date
    tiers: dict[Tier, TierArticles]
    untiered: dict[str, str]
    processor_articles: tuple[str, ...]
    eu: FineRules
    uk: FineRules
    gbp_per_eur: Rate
    pecr: Pecr
    seriousness_rule: SeriousnessRule


class Case(Sourced):
    """A real decision; `when` is as exact as it is known, `unread` names the parts of it that nobody has read."""

    id: str
    country: str
    authority: str
    party: str
    when: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    themes: tuple[str, ...] = Field(min_length=1)
    articles: tuple[str, ...] = ()
    amount: int | None = None
    currency: str | None = None
    outcome: Outcome
    reference: str | None = None
    unread: tuple[Literal["amount", "articles", "when", "reason", "outcome"], ...] = ()


class Cases(Noun):
    """Real decisions, and which domains of the catalogue each theme is about."""

    reviewed: date
    themes: dict[str, tuple[str, ...]]
    fined: tuple[Case, ...]
    no_fine: tuple[Case, ...]

    @model_validator(mode="after")
    def _themes_are_known(self) -> Cases:
        unknown = {theme for case in (*self.fined, *self.no_fine) for theme in case.themes} - self.themes.keys()
        if unknown:
            raise ValueError(f"unknown themes: {sorted(unknown)}")
        return self
