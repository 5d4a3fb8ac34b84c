"""What the Polish fashion shop says of itself: profile, partners, systems, flows, wordings and answers."""

from __future__ import annotations

from datetime import date

from data_samples.generator.rights import handled
from data_samples.generator.said import no, partly, unknown, yes
from gdpr_assess.model import Answer, Flow, Intake, Partner, Profile, Site, System, Wording

DAY = date(2026, 5, 29)
MAIL = ("identity", "contact", "order", "message")

PROFILE = Profile(
    client_name="Wrzosowa Szafa sp. z o.o.", main_country="PL", roles=("controller",), eu_establishments=("PL",),
    uk_establishment=False, countries_served=("PL",), languages_served=("pl",), report_language="en",
    channels=("phone", "email", "sms", "chat"), services=("inbound_support", "outbound_sales"),
    turnover_eur=27_500_000, turnover_year=2025, headcount=92, time_zone="Europe/Warsaw", records_calls=True,
    uses_consent=True, uses_auto_dialler=False, buys_leads=False, serves_children=False, special_categories=False,
    uses_ai=False, ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=False,
    automated_decisions=False, monitors_agents=False, home_working=False, dpia_done=True, dpo_appointed=True,
    dpo_contact="iod@wrzosowaszafa.example", privacy_contact="rodo@wrzosowaszafa.example",
    privacy_contact_hours="Mon-Fri 8-16", recording_basis="consent", recording_retention_days=180,
    message_retention_days=730, suppression_grace_hours=48, refresh_days=365, training_pass_mark=80,
    incident_report_hours=24, plan_start=date(2026, 10, 5), weekly_capacity_days=4,
)  # fmt: skip

SITES = (
    Site(id="kutno", name="Call centre in Kutno", country="PL", operator="dialog", headcount=28, languages=("pl",),
         home_working=False),
    Site(id="lviv", name="Evening chat team in Lviv", country="UA", operator="nichna", headcount=6, languages=("pl",),
         home_working=False),
)  # fmt: skip

PARTNERS = (
    Partner(id="dialog", name="Dialog Kutno sp. z o.o.", country="PL", role="processor",
            services="Inbound service, renewal of consents by phone, recordings", contract=True,
            contract_date=date(2018, 5, 21), authorised=True, own_purposes=False, same_group=False),
    Partner(id="nichna", name="Nichna Zmina TOV", country="UA", role="sub_processor", engaged_by="dialog",
            services="Chat in the evening and at weekends", contract=True, contract_date=date(2025, 9, 1),
            authorised=False, own_purposes=False, same_group=False),
    Partner(id="smsy", name="Bramka SMS Polna sp. z o.o.", country="PL", role="processor", services="Sending of SMS",
            contract=True, contract_date=date(2019, 3, 4), authorised=True, own_purposes=False, same_group=False),
)  # fmt: skip

SYSTEMS = (
    System(id="shop", name="Shop and customer database", kind="crm", hosting_country="PL",
           data_categories=("identity", "contact", "order", "behaviour"), retention_days=2190,
           retention_start="last_contact", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="zgody", name="Consent database", kind="storage", hosting_country="PL",
           data_categories=("identity", "contact"), retention_start="consent_withdrawn", deletion="manual",
           encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="phone", name="Telephone system with recording", kind="recording", operator="dialog",
           hosting_country="PL", data_categories=("identity", "contact", "call_recording"), retention_days=180,
           retention_start="collection", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="desk", name="E-mail and chat desk", kind="ticketing", operator="dialog", hosting_country="PL",
           access_countries=("UA",), data_categories=MAIL, retention_days=730, retention_start="case_closed",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="gate", name="SMS gateway", kind="messaging", operator="smsy", hosting_country="PL",
           data_categories=("contact", "message"), retention_days=90, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="stary", name="Old newsletter database (2012-2018)", kind="storage", hosting_country="PL",
           data_categories=("identity", "contact", "behaviour"), retention_days=2190, retention_start="collection",
           deletion="none", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
)  # fmt: skip

FLOWS = (
    Flow(id="F1", source="people", target="shop", kind="collection", purpose="service", on_behalf_of="client",
         data_categories=("identity", "contact", "order"), legal_basis="contract", retention_days=2190, encrypted=True,
         volume_per_month=18_000),
    Flow(id="F2", source="people", target="phone", kind="collection", purpose="quality", on_behalf_of="client",
         data_categories=("identity", "contact", "call_recording"), legal_basis="consent", retention_days=180,
         encrypted=True, volume_per_month=4_000),
    Flow(id="F3", source="people", target="desk", kind="collection", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", retention_days=730, encrypted=True, volume_per_month=6_500),
    Flow(id="F4", source="people", target="zgody", kind="collection", purpose="marketing", on_behalf_of="client",
         data_categories=("identity", "contact"), legal_basis="consent", encrypted=True, volume_per_month=900,
         remark="How long consents and their proof are kept has not been decided"),
    Flow(id="F5", source="shop", target="kutno", kind="disclosure", purpose="service", on_behalf_of="client",
         data_categories=("identity", "contact", "order"), legal_basis="contract", retention_days=180, encrypted=True,
         volume_per_month=4_000),
    Flow(id="F6", source="zgody", target="kutno", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=("identity", "contact"), legal_basis="consent", retention_days=180, encrypted=True,
         volume_per_month=1_200, remark="Call list for renewing old consents"),
    Flow(id="F7", source="desk", target="lviv", kind="remote_access", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="none", retention_days=730, encrypted=True,
         volume_per_month=1_100),
    Flow(id="F8", source="zgody", target="gate", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=("contact",), legal_basis="consent", retention_days=90, encrypted=True,
         volume_per_month=2_400),
)  # fmt: skip

RIGHTS = (
    handled("shop", owner="operations", days=4),
    handled("zgody", owner="marketing", days=3, comment="A consent can be withdrawn at any time"),
    handled("phone", found_by=("phone",), done_by="dialog", asked_after_days=4, days=12),
    handled("desk", found_by=("email", "ticket"), export="pdf_only", done_by="dialog", asked_after_days=4, days=12),
    handled("gate", found_by=("phone",), block="partly", done_by="smsy", asked_after_days=4, days=7),
    handled("stary", found_by=("email",), delete="no", copies="no", opt_out="no", withdraw="no", block="no",
            owner="marketing", days=20, comment="Kept as proof of old consents"),
)  # fmt: skip
"""Withdrawal is promised everywhere; the old newsletter database was forgotten."""


def _asked(name: str, channel: str, first: date, last: date | None = None) -> Wording:
    return Wording(id=name, kind="consent_request", language="pl", country="PL", channel=channel, basis="consent",
                   file=f"{name}.txt", valid_from=first, valid_to=last)  # fmt: skip


def _notice(name: str, channel: str, file: str | None = None) -> Wording:
    return Wording(id=name, kind="message_notice", language="pl", country="PL", channel=channel,
                   file=file or f"{name}.txt", valid_from=date(2025, 2, 3))  # fmt: skip


WORDINGS = (
    _asked("regulamin_2014", "email", date(2014, 3, 3)),
    _asked("newsletter_2016", "email", date(2016, 1, 4), date(2018, 5, 24)),
    _asked("uzupelnienie_2018", "email", date(2018, 4, 16), date(2018, 7, 31)),
    _asked("zgoda_telefon_2018", "phone", date(2018, 5, 25)),
    _asked("zgoda_sms_2025", "sms", date(2025, 1, 2)),
    _asked("zgoda_email_2025", "email", date(2025, 1, 2)),
    Wording(id="zapowiedz", kind="recording_notice", language="pl", country="PL", channel="phone", basis="consent",
            file="zapowiedz.txt", valid_from=date(2018, 5, 25)),
    _notice("stopka_email", "email"),
    _notice("czat", "chat"),
    _notice("newsletter_tresc", "email"),
    _notice("sms_tresc", "sms"),
    Wording(id="regulamin_dane", kind="privacy_notice", language="pl", country="PL", file="regulamin_dane.md",
            valid_from=date(2018, 5, 25)),
)  # fmt: skip

ANSWERS: tuple[Answer, ...] = (
    yes(
        "LAW-04",
        "Consents, position of the shop.pdf",
        DAY,
        "All consents are valid. If information was missing when they were given, this never touches the validity of a "
        "consent, and the law does not ask for it to be added.",
    ),
    yes("LAW-05", "Consent database, description.pdf", DAY, "All consents are documented, also the old ones."),
    yes(
        "LAW-06",
        "Terms of the shop.pdf",
        DAY,
        "The consent stands in the terms of the shop; accepting the terms is the simplest way to ask for it.",
    ),
    yes("LAW-07", "Consent database, description.pdf", DAY, "A consent can be withdrawn at any time."),
    yes("TRN-01", "Terms of the shop.pdf", DAY, "The terms have a paragraph with everything that Art. 13 asks for."),
    yes("TEL-01", "Campaign 2026.pdf", DAY, "We call only people who are in the consent database."),
    yes("REC-02", "Call centre handbook.pdf", DAY, "Every caller hears the announcement and consents by staying."),
    yes("REC-08", "Retention schedule.xlsx", DAY, "Recordings are deleted after 180 days."),
    yes("PRO-06", "Contract with Dialog Kutno.pdf", date(2018, 5, 21), scope="processor:nichna"),
    yes("XFR-02", "Contract with Dialog Kutno.pdf", date(2018, 5, 21), "All data stay in Poland."),
    partly("RET-01", "The schedule does not cover the consent database."),
    no("PRO-10", "No audit since the contract was signed.", "processor:dialog"),
    unknown("LAW-02"),
    unknown("SEC-11"),
)
"""What differs from a plain yes; LAW-04 and LAW-06 are what the article claims."""


def said() -> Intake:
    """Return the intake without evidence and answers."""
    return Intake(profile=PROFILE, sites=SITES, partners=PARTNERS, systems=SYSTEMS, flows=FLOWS, rights=RIGHTS,
                  wordings=WORDINGS)  # fmt: skip
