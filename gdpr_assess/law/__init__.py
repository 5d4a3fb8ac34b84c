"""Dated facts of law, each with its source: pure look-ups, no judgement about a client."""

from __future__ import annotations

from datetime import date
from functools import cache

from gdpr_assess.installed import PACKAGE
from gdpr_assess.law.fine_rules import BANDS, TIERS, Band, Case, Cases, FineRules, Fines, SeriousnessRule, Tier
from gdpr_assess.law.model import (
    DAYS,
    Adequacy,
    Article,
    Authority,
    Country,
    Dated,
    Difference,
    Fact,
    FormerName,
    Hours,
    Source,
    Status,
    Superseded,
    TransferClauses,
    holds,
)
from gdpr_assess.model import Noun
from gdpr_assess.yamlfile import load

__all__ = [
    "BANDS",
    "DAYS",
    "TIERS",
    "Adequacy",
    "Article",
    "Authority",
    "Band",
    "Case",
    "Cases",
    "Country",
    "Dated",
    "Difference",
    "Fact",
    "FineRules",
    "Fines",
    "FormerName",
    "Hours",
    "SeriousnessRule",
    "Source",
    "Superseded",
    "Tier",
    "TransferClauses",
    "adequacy",
    "adequate",
    "article",
    "articles",
    "cases",
    "clauses",
    "clauses_notes",
    "countries",
    "country",
    "decided",
    "decisions",
    "differences",
    "eea",
    "fines",
    "iso",
    "sources",
    "superseded",
]
LAW = PACKAGE / "law"


class _Decisions(Noun):
    reviewed: date
    decisions: tuple[Adequacy, ...]


class _Superseded(Noun):
    reviewed: date
    superseded: tuple[Superseded, ...]


class _Clauses(Noun):
    reviewed: date
    tools: tuple[TransferClauses, ...]
    notes: tuple[Fact[str], ...]


class _Differences(Noun):
    reviewed: date
    differences: tuple[Difference, ...]


class _Articles(Noun):
    reviewed: date
    status: Status
    source: tuple[str, ...]
    articles: dict[str, Article]


class _Sources(Noun):
    sources: dict[str, Source]


def iso(code: str) -> str:
    """Return the ISO 3166 code of a country as people may write it (UK and EL are taken as GB and GR)."""
    upper = code.strip().upper()
    return {"UK": "GB", "EL": "GR"}.get(upper, upper)


@cache
def countries() -> dict[str, Country]:
    """Return every country whose law we hold, by ISO code."""
    found = {path.stem: load(path, Country) for path in sorted((LAW / "countries").glob("*.yaml"))}
    return dict(sorted(found.items()))


def country(code: str) -> Country | None:
    """Return one country's law, or None where we hold none."""
    return countries().get(iso(code))


@cache
def eea() -> frozenset[str]:
    """Return the ISO codes of the European Economic Area, where data move without a transfer tool."""
    return frozenset(code for code, land in countries().items() if land.region in {"eu", "eea"})


@cache
def decisions() -> tuple[Adequacy, ...]:
    """Return every adequacy decision we know of, in force or not."""
    return load(LAW / "adequacy.yaml", _Decisions).decisions


def adequacy(place: str, on: date) -> Adequacy | None:
    """Return the adequacy decision in force for a country on a day, or None."""
    code = iso(place)
    return next((d for d in decisions() if d.place == code and holds(d.since, d.until, on)), None)


def adequate(place: str, on: date) -> bool | None:
    """Tell whether a country counts as safe on a day; None: only for recipients that meet a condition."""
    if iso(place) in eea():
        return True
    decision = adequacy(place, on)
    if decision is None:
        return False
    return None if decision.scope == "conditional" else True


def clauses(on: date) -> tuple[TransferClauses, ...]:
    """Return the clauses and rules on which data may go to a country without adequacy on a day."""
    return tuple(tool for tool in _clauses().tools if tool.since <= on)


def clauses_notes() -> tuple[Fact[str], ...]:
    """Return what has to be known of the clauses besides."""
    return _clauses().notes


@cache
def _clauses() -> _Clauses:
    return load(LAW / "clauses.yaml", _Clauses)


@cache
def superseded() -> tuple[Superseded, ...]:
    """Return names and acts that are no longer in force, for the wording linter."""
    return load(LAW / "superseded.yaml", _Superseded).superseded


@cache
def differences() -> tuple[Difference, ...]:
    """Return where sources disagree, which of them the data follow, and why."""
    return load(LAW / "differences.yaml", _Differences).differences


@cache
def articles() -> dict[str, Article]:
    """Return the titles of the articles of the GDPR by number."""
    return load(LAW / "articles.yaml", _Articles).articles


def article(number: str) -> Article | None:
    """Return the article that a citation names, e.g. `28`, `28(3)(a)` or `GDPR 28(3)(a)`; None if it is no such."""
    return articles().get(number.removeprefix("GDPR").strip().split("(")[0])


@cache
def fines() -> Fines:
    """Return how fines are found: tiers, legal maxima, bands of seriousness and size, for the Union and the UK."""
    return load(LAW / "fines.yaml", Fines)


@cache
def cases() -> Cases:
    """Return real decisions, to compare with."""
    return load(LAW / "cases.yaml", Cases)


@cache
def decided() -> dict[str, Case]:
    """Return every real decision by id."""
    return {case.id: case for case in (*cases().fined, *cases().no_fine)}


@cache
def sources() -> dict[str, Source]:
    """Return every source by id, so that each fact can be shown with where it was read."""
    return load(LAW / "sources.yaml", _Sources).sources
