"""What a client's intake says that a compliant text needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from babel.units import format_unit

from gdpr_assess.lang.formatting import country_name, locale
from gdpr_assess.law import Fact, adequate, country, eea
from gdpr_assess.law.model import holds
from gdpr_assess.model import Flow, Intake, LegalBasis, WordingKind, named
from gdpr_assess.wording.suggest.schema import Condition
from gdpr_assess.wording.suggest.schema import words as words_of

MARKETING = ("marketing", "survey")
IN_RECORDINGS = ("call_recording", "transcript")
STAFF = "agent_data"
"""Data of the client's own people, which a text for customers does not list."""
DAYS_OF_A_YEAR = 365


@dataclass(frozen=True)
class About:
    """Which text is wanted: its kind and language, the country of the people addressed, its basis, the day."""

    kind: WordingKind
    language: str
    country: str | None = None
    basis: LegalBasis | None = None
    on: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Facts:
    """Values by slot, the conditions that hold, and the slots whose value rests on a fact nobody has read."""

    values: dict[str, str] = field(default_factory=dict)
    holding: frozenset[Condition] = frozenset({"email", "phone", "sms", "consent", "recording_consent"})
    unsure: tuple[str, ...] = ()


def known(intake: Intake, about: About) -> Facts:
    """Return what the intake says in the language of the text; what it leaves open is not in it."""
    words = words_of(about.language)
    flows = _flows(intake, about.kind)
    countries = _third_countries(intake, about.on)
    recipients = [partner.name for partner in intake.partners if partner.role != "representative"]
    profile, authority = intake.profile, _authority(about, intake)
    values: dict[str, str | None] = {
        "controller": profile.client_name,
        "contact": profile.privacy_contact,
        "dpo": profile.dpo_contact if profile.dpo_appointed is not False else None,
        "representative": profile.eu_representative if named(profile.eu_representative) else None,
        "purposes": _listed((words.purposes[flow.purpose] for flow in flows), about.language),
        "categories": _listed(
            (words.categories[c] for flow in flows for c in flow.data_categories if c != STAFF), about.language
        ),
        "bases": _listed((words.bases[flow.legal_basis] for flow in flows if flow.legal_basis), about.language),
        "interests": _listed((words.purposes[f.purpose] for f in _on(flows, "legitimate_interest")), about.language),
        "recipients": _listed(recipients, about.language),
        "countries": _listed((country_name(code, about.language) for code in countries), about.language),
        "safeguards": _listed(
            (words.tools[f.transfer_tool] for f in intake.flows if f.transfer_tool not in (None, "none")),
            about.language,
        ),
        "retention_recording": _period(profile.recording_retention_days, about.language),
        "retention_messages": _period(profile.message_retention_days, about.language),
        "authority": authority.value if authority else None,
    }
    unsure = ("authority",) if authority and not authority.verified else ()
    return Facts({k: v for k, v in values.items() if v}, _conditions(intake, about, bool(countries)), unsure)


def _flows(intake: Intake, kind: WordingKind) -> list[Flow]:
    """Return the flows that a text of a kind is about."""
    recorders = {system.id for system in intake.systems if system.kind == "recording"}
    if kind == "recording_notice":
        return [f for f in intake.flows if {*f.data_categories} & {*IN_RECORDINGS} or {f.source, f.target} & recorders]
    if kind in ("consent_request", "sales_script"):
        return [flow for flow in intake.flows if flow.purpose in MARKETING]
    return list(intake.flows)


def _on(flows: list[Flow], basis: LegalBasis) -> list[Flow]:
    return [flow for flow in flows if flow.legal_basis == basis]


def _third_countries(intake: Intake, on: date) -> list[str]:
    """Return the countries outside the EEA where customers' data lie or are read, those without adequacy first."""
    places = [site.country for site in intake.sites] + [partner.country for partner in intake.partners]
    for system in intake.systems:
        places += [*system.access_countries, *([system.hosting_country] if system.hosting_country else [])]
    outside = {place for place in places if place not in eea()}
    return sorted(outside, key=lambda place: (adequate(place, on) is True, place))


def _authority(about: About, intake: Intake) -> Fact[str] | None:
    """Return the authority's name on the day, in the language of the text or else in its own."""
    law = country(about.country or intake.profile.main_country) or country(intake.profile.main_country)
    if law is None:
        return None
    names = {tongue: fact for tongue, fact in law.authority.names.items() if holds(fact.since, fact.until, about.on)}
    return names.get(about.language) or next((names[own] for own in law.languages if own in names), None)


def _conditions(intake: Intake, about: About, abroad: bool) -> frozenset[Condition]:
    profile, flows = intake.profile, intake.flows
    holds: dict[Condition, bool] = {
        "recording_consent": _records_with_consent(intake, about),
        "dpo": profile.dpo_appointed is True or bool(profile.dpo_contact),
        "representative": named(profile.eu_representative) is True,
        "third_country": abroad,
        "no_third_country": not abroad and all(system.hosting_country for system in intake.systems),
        "consent": any(flow.legal_basis == "consent" for flow in flows) or profile.uses_consent is True,
        "legitimate_interest": any(flow.legal_basis == "legitimate_interest" for flow in flows),
        "bought_data": profile.buys_leads is True,
        "own_data": profile.buys_leads is False,
        "automated": profile.automated_decisions is True,
        "not_automated": profile.automated_decisions is False,
        "email": "email" in profile.channels,
        "phone": "phone" in profile.channels,
        "sms": "sms" in profile.channels,
        "recipients": bool(intake.partners),
        "call_consent": _calls_need_consent(intake, about),
    }
    return frozenset(name for name, true in holds.items() if true)


def _records_with_consent(intake: Intake, about: About) -> bool:
    """Tell whether callers are asked: the client says so, or the country's law as read in a source wants it."""
    if "consent" in (about.basis, intake.profile.recording_basis):
        return True
    law = country(about.country or intake.profile.main_country)
    return law is not None and law.recording.party_rule.known(about.on) == "all_party"


def _calls_need_consent(intake: Intake, about: About) -> bool:
    """Tell whether the country's law, as read in a source, wants prior consent to marketing calls."""
    law = country(about.country or intake.profile.main_country)
    return law is not None and law.marketing.live_call.known(about.on) == "opt_in"


def _listed(items: Iterable[str], language: str) -> str | None:
    """Return the distinct items as a list with commas; "and" would have to be inflected in some languages."""
    found = list(dict.fromkeys(items))
    return ("、" if language == "zh" else ", ").join(found) if found else None


def _period(days: int | None, language: str) -> str | None:
    """Return a number of days in words; whole years only where no day is lost."""
    if days is None:
        return None
    years, left = divmod(days, DAYS_OF_A_YEAR)
    return period(years, "duration-year", language) if years and not left else period(days, "duration-day", language)


def period(count: int, unit: str, language: str) -> str:
    """Return a length of time in words; where the locale data lack the long form, the short one is the usual."""
    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    forms = [str(format_unit(count, unit, length=length, locale=locale(language))) for length in lengths]
    return next(form for form in (*forms, f"{count}") if unit not in form)
