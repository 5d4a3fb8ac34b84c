"""What the contact centre for Germany, Austria and Switzerland says of itself."""

from __future__ import annotations

from datetime import date

from data_samples.generator.rights import handled
from data_samples.generator.said import no, partly, unknown, yes
from gdpr_assess.model import Answer, Flow, Intake, Partner, Profile, Site, System, Wording

DAY = date(2026, 4, 30)
MAIL = ("identity", "contact", "contract", "message")
SPOKEN = ("identity", "contact", "call_recording")

PROFILE = Profile(
    client_name="Rheintal Kundendialog GmbH", main_country="DE", roles=("controller", "processor"),
    eu_establishments=("DE", "AT"), uk_establishment=False, countries_served=("DE", "AT", "CH"),
    languages_served=("de",), report_language="en", channels=("phone", "email"), services=("inbound_support",),
    turnover_eur=46_000_000, turnover_year=2025, headcount=410, time_zone="Europe/Berlin", records_calls=True,
    uses_consent=True, uses_auto_dialler=False, buys_leads=False, serves_children=False, special_categories=False,
    uses_ai=True, ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=True,
    emotion_of=("agents", "customers"), automated_decisions=True, monitors_agents=True, home_working=True,
    home_working_rules=True, dpo_appointed=True,
    dpo_contact="dsb@rheintal-dialog.example", privacy_contact="datenschutz@rheintal-dialog.example",
    privacy_contact_hours="Mon-Fri 9-17", recording_basis="notice", recording_retention_days=90,
    message_retention_days=730, suppression_grace_hours=48, refresh_days=365, training_pass_mark=80,
    incident_report_hours=24, plan_start=date(2026, 10, 12), weekly_capacity_days=6,
)  # fmt: skip

SITES = (
    Site(id="rheinau", name="Centre in Rheinau", country="DE", headcount=240, languages=("de",), home_working=True),
    Site(id="dornbirn", name="Centre in Dornbirn", country="AT", headcount=90, languages=("de",), home_working=False),
)

PARTNERS = (
    Partner(id="cadenza", name="Cadenza Workforce Inc.", country="US", role="processor",
            services="Suite for recording, quality, speech analytics and workforce planning", parent_country="US",
            contract=True, contract_date=date(2018, 4, 9), authorised=True, dpf_listed=False, own_purposes=False,
            same_group=False),
    Partner(id="lumen", name="Lumen Transcripts LLC", country="US", role="sub_processor", engaged_by="cadenza",
            services="Turns recordings into text", parent_country="US", contract=True, contract_date=date(2023, 9, 18),
            authorised=False, dpf_listed=False, own_purposes=True, same_group=False),
    Partner(id="hosting", name="Mainhafen Rechenzentrum GmbH", country="DE", role="processor",
            services="Hosting of the customer database and of e-mail", contract=True, contract_date=date(2022, 2, 1),
            authorised=True, own_purposes=False, same_group=False),
)  # fmt: skip

SYSTEMS = (
    System(id="acd", name="Telephone system", kind="telephony", hosting_country="DE",
           data_categories=("identity", "contact"), retention_days=90, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="crm", name="Customer database", kind="crm", operator="hosting", hosting_country="DE",
           data_categories=("identity", "contact", "contract", "behaviour"), retention_days=2190,
           retention_rule="Contract data six years after the end of the contract, behaviour after 13 months",
           retention_start="contract_end", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="mail", name="E-mail desk", kind="email", operator="hosting", hosting_country="DE", data_categories=MAIL,
           retention_days=730, retention_start="case_closed", deletion="automatic", encrypted_transit=True,
           encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="rec", name="Recording (Cadenza)", kind="recording", operator="cadenza", hosting_country="DE",
           access_countries=("US",), data_categories=SPOKEN, retention_days=90, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="speech", name="Speech analytics (Cadenza)", kind="analytics", operator="cadenza", hosting_country="US",
           data_categories=("identity", "transcript", "behaviour"), retention_start="collection", deletion="manual",
           encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="wfm", name="Workforce planning (Cadenza)", kind="workforce", operator="cadenza", hosting_country="US",
           data_categories=("agent_data",), retention_days=365, retention_start="collection", deletion="automatic",
           encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="band", name="Archive of recordings 2016-2019", kind="storage", hosting_country="DE",
           data_categories=SPOKEN, retention_days=3650, retention_start="collection", deletion="none",
           encrypted_transit=True, encrypted_rest=False, mfa=False, access_logs=False, in_use=True),
)  # fmt: skip

FLOWS = (
    Flow(id="F1", source="people", target="acd", kind="collection", purpose="service",
         data_categories=("identity", "contact"), legal_basis="contract", retention_days=90, encrypted=True,
         volume_per_month=42_000),
    Flow(id="F2", source="people", target="rec", kind="collection", purpose="training", data_categories=SPOKEN,
         legal_basis="consent", retention_days=90, encrypted=True, volume_per_month=30_000),
    Flow(id="F3", source="people", target="mail", kind="collection", purpose="service", data_categories=MAIL,
         legal_basis="contract", retention_days=730, encrypted=True, volume_per_month=11_000),
    Flow(id="F4", source="acd", target="rec", kind="disclosure", purpose="quality", data_categories=SPOKEN,
         legal_basis="consent", transfer_tool="adequacy", retention_days=90, encrypted=True, volume_per_month=30_000,
         remark="Privacy Shield is named in the contract of 2018"),
    Flow(id="F5", source="acd", target="speech", kind="disclosure", purpose="analytics",
         data_categories=("identity", "transcript", "behaviour"), legal_basis="legitimate_interest",
         transfer_tool="scc_module_1", tia_date=date(2022, 11, 14), encrypted=True, volume_per_month=30_000),
    Flow(id="F6", source="cadenza", target="lumen", kind="disclosure", purpose="analytics",
         data_categories=("call_recording",), legal_basis="legitimate_interest", transfer_tool="none",
         retention_days=90, encrypted=True, volume_per_month=30_000),
    Flow(id="F7", source="client", target="wfm", kind="storage", purpose="quality", data_categories=("agent_data",),
         legal_basis="legitimate_interest", transfer_tool="scc_module_2", retention_days=365, encrypted=True,
         volume_per_month=330),
    Flow(id="F8", source="people", target="crm", kind="collection", purpose="service",
         data_categories=("identity", "contact", "contract"), legal_basis="contract", retention_days=2190,
         encrypted=True, volume_per_month=42_000),
    Flow(id="F9", source="crm", target="rheinau", kind="disclosure", purpose="service",
         data_categories=("identity", "contact", "contract"), legal_basis="contract", retention_days=2190,
         encrypted=True, volume_per_month=30_000),
    Flow(id="F10", source="crm", target="dornbirn", kind="disclosure", purpose="service",
         data_categories=("identity", "contact", "contract"), legal_basis="contract", retention_days=2190,
         encrypted=True, volume_per_month=12_000),
    Flow(id="F11", source="rec", target="rheinau", kind="disclosure", purpose="quality", data_categories=SPOKEN,
         legal_basis="consent", retention_days=90, encrypted=True, volume_per_month=900),
)  # fmt: skip

RIGHTS = (
    handled("acd", found_by=("phone",)),
    handled("crm", done_by="hosting", asked_after_days=2, days=5),
    handled("mail", done_by="hosting", asked_after_days=2, days=5,
            comment="The workflow of the suite removes everything"),
    handled("rec", found_by=("phone", "customer_number", "call_id"), owner="telephony", done_by="cadenza",
            asked_after_days=3, days=10, comment="The workflow of the suite removes everything"),
    handled("speech", found_by=("call_id",), export="pdf_only", correct="partly", delete="overwritten",
            overwritten_days=365, copies="no", block="no", informs="partly", tells_recipients="no", automated=True,
            human_review="yes", owner="telephony", done_by="cadenza", asked_after_days=14, days=30,
            comment="Lumen Transcripts is not told of anything"),
    handled("band", found_by=("none",), export="none", correct="no", delete="no", copies="no", block="no",
            withdraw="no", tells_recipients="no", owner="telephony", asked_after_days=None, days=None,
            comment="Tapes by date; nobody has looked for one person yet"),
)  # fmt: skip
"""What the vendor's text promises of every right, and the two systems of which it does not speak."""


def _heard(land: str) -> Wording:
    return Wording(id=f"ansage_{land.lower()}", kind="recording_notice", language="de", country=land, channel="phone",
                   basis="consent", file=f"ansage_{land.lower()}.txt", valid_from=date(2025, 1, 1))  # fmt: skip


def _mail(name: str) -> Wording:
    return Wording(id=name, kind="message_notice", language="de", country="DE", channel="email", file=f"{name}.txt",
                   valid_from=date(2025, 1, 1))  # fmt: skip


WORDINGS = (
    *(_heard(land) for land in ("DE", "AT", "CH")),
    Wording(id="einwilligung_sprachanalyse", kind="consent_request", language="de", country="DE", channel="phone",
            basis="consent", file="einwilligung_sprachanalyse.txt", valid_from=date(2025, 1, 1)),
    *(_mail(name) for name in ("email_fuss", "email_sicherheit", "auskunft_antwort")),
    Wording(id="datenschutzhinweise", kind="privacy_notice", language="de", country="DE",
            file="datenschutzhinweise.md", valid_from=date(2018, 5, 25)),
)  # fmt: skip

ANSWERS: tuple[Answer, ...] = (
    yes("TRN-01", "Datenschutzhinweise.pdf", DAY, "Right to be informed: the announcement and the notice say it all."),
    yes("DSR-06", "Handbuch Cadenza.pdf", DAY, "Right of access: the suite finds all data of a customer at once."),
    yes("CHN-09", "Handbuch Cadenza.pdf", DAY, "Rectification: agents change data wherever they find them."),
    yes("DSR-08", "Handbuch Cadenza.pdf", DAY, "Right to erasure: a workflow of the suite removes everything."),
    yes("DSR-02", "Handbuch Cadenza.pdf", DAY, "Access, restriction, portability, objection: answered within a month."),
    yes("DSR-03", "Handbuch Cadenza.pdf", DAY, "Objections are refused only where we have legitimate grounds."),
    yes("DSR-12", "Handbuch Cadenza.pdf", DAY, "A person looks at every score before a refund is refused."),
    yes("LAW-05", "Handbuch Cadenza.pdf", DAY, "The suite logs each consent."),
    yes("REC-07", "Handbuch Cadenza.pdf", DAY, "End-to-end encryption at the source, in transit and at rest."),
    yes("REC-02", "Ansagen.docx", DAY, "All callers hear an announcement and may hang up."),
    yes("REC-03", "Ansagen.docx", DAY, "The recording of anybody who objects is deleted after the call."),
    yes("XFR-02", "Vertrag Cadenza 2018.pdf", date(2018, 4, 9), "The vendor is certified."),
    yes("SEC-02", "Berechtigungskonzept.pdf", DAY),
    partly("REC-09", "The works council has not agreed to speech analytics yet."),
    partly("AIA-01", "Speech analytics is not on the list yet."),
    no("AIA-05", "The vendor improves its models with our transcripts."),
    no("REC-11", "No impact assessment of the mood scores."),
    unknown("AIA-06"),
    unknown("GOV-10"),
)
"""What differs from a plain yes: each right of the caller as the vendor's text walks through it."""


def said() -> Intake:
    """Return the intake without evidence and answers."""
    return Intake(profile=PROFILE, sites=SITES, partners=PARTNERS, systems=SYSTEMS, flows=FLOWS, rights=RIGHTS,
                  wordings=WORDINGS)  # fmt: skip
