"""What a client's intake says that decides what its texts must say."""

from __future__ import annotations

from datetime import date

from gdpr_assess.law import eea
from gdpr_assess.model import Flow, Intake, Profile, Purpose, Wording, WordingKind, named
from gdpr_assess.wording.known import Known, Situation

MARKETING: tuple[Purpose, ...] = ("marketing", "survey")
IN_RECORDINGS = ("call_recording", "transcript")


def known(wording: Wording, intake: Intake, on: date) -> Known:
    """Return what is known of one of the client's texts on a day."""
    basis, profile = wording.basis, intake.profile
    if basis is None and wording.kind == "recording_notice" and profile.recording_basis == "consent":
        basis = "consent"
    data_from = wording.data_from
    return Known(
        wording.language,
        wording.kind,
        wording.country or _only(profile.countries_served),
        basis,
        on,
        situation=situation(intake, from_person=data_from != "elsewhere", from_elsewhere=_elsewhere(wording, profile)),
    )


def _only(countries: tuple[str, ...]) -> str | None:
    """Return the country of all people addressed, where there is only one."""
    return countries[0] if len(countries) == 1 else None


def _elsewhere(wording: Wording, profile: Profile) -> bool | None:
    if wording.data_from is not None:
        return wording.data_from != "person"
    if profile.buys_leads and wording.basis == "contract":
        return None  # what is read at a purchase is about data that the buyer gives, unless the row says otherwise
    return profile.buys_leads


def situation(intake: Intake, *, from_person: bool = True, from_elsewhere: bool | None = None) -> Situation:
    """Return the facts of a client on which it depends what its texts must say."""
    profile, abroad = intake.profile, third_countries(intake)
    return Situation(
        from_person=from_person,
        from_elsewhere=from_elsewhere,
        dpo=True if profile.dpo_contact else profile.dpo_appointed,
        representative=_representative(profile),
        third_country=True if abroad else False if all(s.hosting_country for s in intake.systems) else None,
        automated=profile.automated_decisions,
        marketing=_markets({flow.purpose for flow in intake.flows}),
        recorded_for=frozenset(flow.purpose for flow in flows_of(intake, "recording_notice")),
    )


def _markets(purposes: set[Purpose]) -> bool | None:
    """Tell whether data are used for direct marketing; a survey may be, None: not known."""
    if "marketing" in purposes:
        return True
    return None if "survey" in purposes or not purposes else False


def _representative(profile: Profile) -> bool | None:
    """Tell whether a representative in the Union has to be named (Art. 27); None: not known."""
    if named(profile.eu_representative):
        return True
    return False if profile.eu_establishments or profile.main_country in eea() else None


def flows_of(intake: Intake, kind: WordingKind) -> list[Flow]:
    """Return the flows that a text of a kind is about."""
    recorders = {system.id for system in intake.systems if system.kind == "recording"}
    if kind == "recording_notice":
        return [f for f in intake.flows if {*f.data_categories} & {*IN_RECORDINGS} or {f.source, f.target} & recorders]
    if kind in ("consent_request", "sales_script"):
        return [flow for flow in intake.flows if flow.purpose in MARKETING]
    return list(intake.flows)


def third_countries(intake: Intake) -> list[str]:
    """Return the countries outside the EEA where customers' data lie or are read, in the order of their codes."""
    places = [site.country for site in intake.sites] + [partner.country for partner in intake.partners]
    for system in intake.systems:
        places += [*system.access_countries, *([system.hosting_country] if system.hosting_country else [])]
    return sorted({place for place in places if place not in eea()})
