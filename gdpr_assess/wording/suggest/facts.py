"""What a client's intake says that a compliant text needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from babel.units import format_unit

from gdpr_assess.lang.formatting import country_name, locale
from gdpr_assess.law import Fact, adequate, country
from gdpr_assess.law.model import holds
from gdpr_assess.law.recording import asking
from gdpr_assess.model import Flow, Intake, LegalBasis, named
from gdpr_assess.wording.known import Situation
from gdpr_assess.wording.situation import flows_of, situation, third_countries
from gdpr_assess.wording.suggest.about import About
from gdpr_assess.wording.suggest.schema import NO_SAFEGUARD, Condition
from gdpr_assess.wording.suggest.schema import words as words_of

STAFF = "agent_data"
"""Data of the client's own people, which a text for customers does not list."""
DAYS_OF_A_YEAR = 365
NEVER_ASKED: tuple[LegalBasis, ...] = ("legal_obligation", "vital_interests")
"""Where data are used on these bases, a question would mislead (EDPB Guidelines 05/2020, section 6)."""
NO_OBJECTION: tuple[LegalBasis, ...] = ("contract", *NEVER_ASKED)
"""Bases that give no right to object (Art. 21(1))."""


@dataclass(frozen=True)
class Facts:
    """Values by slot, the conditions that hold, and the slots whose value rests on a fact nobody has read.

    `each` are the purposes one by one, for a passage that asks for each.
    """

    values: dict[str, str] = field(default_factory=dict)
    holding: frozenset[Condition] = frozenset({"email", "phone", "sms", "consent", "recording_consent"})
    unsure: tuple[str, ...] = ()
    each: tuple[str, ...] = ()


def known(intake: Intake, about: About) -> Facts:
    """Return what the intake says in the language of the text; what it leaves open is not in it."""
    words = words_of(about.language)
    flows = flows_of(intake, "recording_notice" if about.records else about.kind)
    countries = sorted(third_countries(intake), key=lambda place: (adequate(place, about.on) is True, place))
    recipients = [partner.name for partner in intake.partners if partner.role != "representative"]
    profile, authority = intake.profile, _authority(about, intake)
    asked = tuple(dict.fromkeys(words.purposes[flow.purpose] for flow in flows if _is_asked(flow)))
    values: dict[str, str | None] = {
        "controller": profile.client_name,
        "contact": profile.privacy_contact,
        "dpo": profile.dpo_contact if profile.dpo_appointed is not False else None,
        "representative": profile.eu_representative if named(profile.eu_representative) else None,
        "purposes": _listed((words.purposes[flow.purpose] for flow in flows), about.language),
        "purpose": _listed(asked, about.language),
        "categories": _listed(
            (words.categories[c] for flow in flows for c in flow.data_categories if c != STAFF), about.language
        ),
        "bases": _listed((words.bases[flow.legal_basis] for flow in flows if flow.legal_basis), about.language),
        "interests": _listed((words.purposes[f.purpose] for f in _on(flows, "legitimate_interest")), about.language),
        "recipients": _listed(recipients, about.language),
        "countries": _listed((country_name(code, about.language) for code in countries), about.language),
        "safeguards": _listed(
            (words.tools[tool] for f in intake.flows if (tool := f.transfer_tool) and tool not in NO_SAFEGUARD),
            about.language,
        ),
        "retention_recording": _period(profile.recording_retention_days, about.language),
        "retention_messages": _period(profile.message_retention_days, about.language),
        "authority": authority.value if authority else None,
    }
    unsure = ("authority",) if authority and not authority.verified else ()
    holding = _conditions(intake, about, several=len(asked) > 1)
    return Facts({k: v for k, v in values.items() if v}, holding, unsure, asked)


def _is_asked(flow: Flow) -> bool:
    """Tell whether a yes is asked for: not where it would mean nothing, since the data are used in any case."""
    return flow.legal_basis not in NEVER_ASKED


def _on(flows: list[Flow], basis: LegalBasis) -> list[Flow]:
    return [flow for flow in flows if flow.legal_basis == basis]


def _authority(about: About, intake: Intake) -> Fact[str] | None:
    """Return the authority's name on the day, in the language of the text or else in its own."""
    law = country(about.country or intake.profile.main_country) or country(intake.profile.main_country)
    if law is None:
        return None
    names = {tongue: fact for tongue, fact in law.authority.names.items() if holds(fact.since, fact.until, about.on)}
    return names.get(about.language) or next((names[own] for own in law.languages if own in names), None)


def _conditions(intake: Intake, about: About, *, several: bool) -> frozenset[Condition]:
    profile, flows, client = intake.profile, intake.flows, situation(intake)
    holds: dict[Condition, bool | None] = {
        "recording_consent": _records_with_consent(about, intake, client),
        "dpo": client.dpo,
        "representative": client.representative and named(profile.eu_representative),
        "third_country": client.third_country,
        "no_third_country": client.third_country is False,
        "consent": any(flow.legal_basis == "consent" for flow in flows) or profile.uses_consent,
        "legitimate_interest": any(flow.legal_basis == "legitimate_interest" for flow in flows),
        "bought_data": profile.buys_leads,
        "own_data": profile.buys_leads is False,
        "automated": client.automated,
        "not_automated": client.automated is False,
        "email": "email" in profile.channels,
        "phone": "phone" in profile.channels,
        "sms": "sms" in profile.channels,
        "recipients": bool(intake.partners),
        "several_purposes": several,
        "no_objection": _rests_on(NO_OBJECTION, intake, about),
        "call_consent": _calls_need_consent(intake, about),
    }
    return frozenset(name for name, true in holds.items() if true)


def _rests_on(bases: tuple[LegalBasis, ...], intake: Intake, about: About) -> bool:
    """Tell whether every recording rests on one of some bases."""
    found = {about.basis} if about.basis else {flow.legal_basis for flow in flows_of(intake, "recording_notice")}
    return bool(found) and found <= {*bases}


def _records_with_consent(about: About, intake: Intake, client: Situation) -> bool:
    """Tell whether callers are asked: the client says so, or the country's law wants it, or may want it."""
    if "consent" in (about.basis, intake.profile.recording_basis):
        return True
    if _rests_on(NEVER_ASKED, intake, about):
        return False
    ruling = asking(about.country or intake.profile.main_country, client.recorded_for, about.on)
    return ruling is not None and ruling.needed is not False


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
