"""What the Swedish telesales brand says of itself: profile, partners, systems, flows, wordings and answers."""

from __future__ import annotations

from datetime import date

from data_samples.generator.rights import handled
from data_samples.generator.said import no, partly, unknown, yes
from gdpr_assess.model import Answer, Flow, Intake, Partner, Profile, RightsHandling, Site, System, Wording

DAY = date(2026, 3, 31)
LIST = ("identity", "contact")
ORDER = ("identity", "contact", "contract")

PROFILE = Profile(
    client_name="Norrviken Bredband AB", main_country="SE", roles=("controller",), eu_establishments=("SE",),
    uk_establishment=False, countries_served=("SE", "NO"), languages_served=("sv",), report_language="en",
    channels=("phone", "sms"), services=("outbound_sales", "inbound_support"), turnover_eur=31_000_000,
    turnover_year=2025, headcount=74, time_zone="Europe/Stockholm", records_calls=True, uses_consent=True,
    uses_auto_dialler=False, buys_leads=True, serves_children=False, special_categories=False, uses_ai=False,
    ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=False, automated_decisions=False,
    monitors_agents=False, home_working=False, dpo_appointed=True, dpo_contact="dso@norrviken.example",
    privacy_contact="dataskydd@norrviken.example", privacy_contact_hours="Mon-Fri 8-17",
    recording_basis="notice", recording_retention_days=180, message_retention_days=365,
    suppression_grace_hours=24, refresh_days=365, training_pass_mark=80,
    incident_report_hours=24, plan_start=date(2026, 10, 5), weekly_capacity_days=3,
)  # fmt: skip

SITES = (
    Site(id="kund", name="Customer service in Norrviken", country="SE", headcount=12, languages=("sv",),
         home_working=False),
    Site(id="salj", name="Sellers in Mariehamra", country="SE", operator="saljverket", headcount=34,
         languages=("sv",), home_working=False),
)  # fmt: skip

PARTNERS = (
    Partner(id="saljverket", name="Säljverket Öst AB", country="SE", role="processor",
            services="Sales calls and text messages in the brand's name", contract=True,
            contract_date=date(2018, 5, 23), authorised=True, own_purposes=False, same_group=False),
    Partner(id="frilans", name="Frilanssälj Handelsbolag", country="SE", role="sub_processor", engaged_by="saljverket",
            services="Extra sellers in the autumn campaign", contract=False, authorised=False, own_purposes=False,
            same_group=False),
    Partner(id="adress", name="Adressgården AB", country="SE", role="controller", services="Addresses and numbers",
            contract=True, contract_date=date(2024, 1, 15), own_purposes=True),
    Partner(id="smsbolaget", name="Smsbolaget Svea AB", country="SE", role="processor", services="Sending of SMS",
            contract=True, contract_date=date(2023, 2, 6), authorised=True, own_purposes=False, same_group=False),
)  # fmt: skip

SYSTEMS = (
    System(id="ringlista", name="Dial lists", kind="dialler", operator="saljverket", hosting_country="SE",
           data_categories=LIST, encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="inspelning", name="Recordings of sales calls", kind="recording", operator="saljverket",
           hosting_country="SE", data_categories=(*LIST, "call_recording"), retention_days=180,
           retention_start="collection", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="kundsystem", name="Customer database", kind="crm", hosting_country="SE",
           data_categories=(*ORDER, "health"), retention_days=2555, retention_start="contract_end",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="sms", name="SMS platform", kind="messaging", operator="smsbolaget", hosting_country="SE",
           data_categories=("contact", "message"), retention_days=365, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="ark", name="Shared sheet of the sellers", kind="storage", operator="saljverket", hosting_country="SE",
           data_categories=LIST, retention_days=365, retention_start="collection", deletion="manual",
           encrypted_transit=True, encrypted_rest=False, mfa=True, in_use=True),
)  # fmt: skip

FLOWS = (
    Flow(id="F1", source="adress", target="ringlista", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=LIST, legal_basis="legitimate_interest", encrypted=True, volume_per_month=9_000),
    Flow(id="F2", source="ringlista", target="salj", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=LIST, encrypted=True, volume_per_month=9_000,
         remark="The seller could not say on which ground people are called"),
    Flow(id="F3", source="people", target="inspelning", kind="collection", purpose="proof", on_behalf_of="client",
         data_categories=(*LIST, "call_recording"), legal_basis="legitimate_interest", retention_days=180,
         encrypted=True, volume_per_month=1_800),
    Flow(id="F4", source="people", target="kundsystem", kind="collection", purpose="service", on_behalf_of="client",
         data_categories=(*ORDER, "health"), legal_basis="contract", retention_days=2555, encrypted=True,
         volume_per_month=1_400, remark="Sellers note why somebody declines: hard of hearing, in hospital"),
    Flow(id="F5", source="kundsystem", target="kund", kind="disclosure", purpose="service", on_behalf_of="client",
         data_categories=ORDER, legal_basis="contract", retention_days=2555, encrypted=True, volume_per_month=2_500),
    Flow(id="F6", source="kundsystem", target="sms", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=("contact",), legal_basis="consent", retention_days=365, encrypted=True,
         volume_per_month=1_100),
    Flow(id="F7", source="salj", target="frilans", kind="disclosure", purpose="marketing", on_behalf_of="client",
         data_categories=LIST, legal_basis="legitimate_interest", retention_days=90, encrypted=False,
         volume_per_month=1_500, remark="Lists go by e-mail"),
)  # fmt: skip

RIGHTS = (
    handled("ringlista", found_by=("phone",), export="none", informs="partly", owner="marketing", done_by="saljverket",
            asked_after_days=5, days=10, comment="Whoever says no is blocked at once"),
    handled("inspelning", found_by=("phone", "call_id"), done_by="saljverket", asked_after_days=5, days=20),
    handled("kundsystem", owner="operations", days=5),
    handled("sms", found_by=("phone",), block="partly", done_by="smsbolaget", asked_after_days=3, days=7),
    RightsHandling(system="ark", found_by=("none",), delete="partly", opt_out="no", done_by="saljverket",
                   comment="Each seller has a copy"),
)  # fmt: skip
"""Question 3 of the source document, asked of each system; of the sellers' sheet nobody knows much."""


def _said(name: str, kind: str, channel: str, basis: str | None = None) -> Wording:
    return Wording(id=name, kind=kind, language="sv", country="SE", channel=channel, basis=basis,
                   file=f"{name}.txt", valid_from=date(2025, 1, 1))  # fmt: skip


WORDINGS = (
    _said("kop", "sales_script", "phone", "contract"),
    _said("oppning", "sales_script", "phone", "legitimate_interest"),
    _said("kort", "sales_script", "phone", "legitimate_interest"),
    _said("barn_kansliga", "message_notice", "phone"),
    _said("sms_efter", "message_notice", "sms", "legitimate_interest"),
    _said("tavling", "consent_request", "phone", "consent"),
    _said("samtycke_sms", "consent_request", "sms", "consent"),
    _said("inspelning", "recording_notice", "phone", "legitimate_interest"),
    Wording(id="integritetspolicy", kind="privacy_notice", language="sv", country="SE", file="integritetspolicy.md",
            valid_from=date(2025, 1, 1)),
)  # fmt: skip

ANSWERS: tuple[Answer, ...] = (
    yes("TRN-03", "Säljhandbok.pdf", DAY, "Question 1: every seller can say where the number came from."),
    yes("TEL-05", "Avtal Adressgården.pdf", date(2024, 1, 15), "Question 1: the broker vouches for its addresses."),
    yes("LAW-01", "Register.xlsx", DAY, "Question 2: every purpose has its legal basis."),
    yes("LAW-02", "Intresseavvägning.pdf", DAY, "Question 2: the balancing test for sales calls is written down."),
    yes(
        "DSR-01",
        "Säljhandbok.pdf",
        DAY,
        "Question 3: sellers name customer service with its hours, put the call through and send an SMS.",
    ),
    yes("LAW-09", "Säljhandbok.pdf", DAY, "Question 4: we hold no sensitive data and nothing about children."),
    yes("SEC-01", "Riskanalys.pdf", DAY, "Question 4: all data are protected."),
    yes("TEL-02", "Avtal Säljverket.pdf", date(2018, 5, 23), "Every list is washed against NIX and our own refusals."),
    yes("TEL-03", "Avtal Säljverket.pdf", date(2018, 5, 23), "Whoever says no is blocked at once."),
    yes("TEL-08", "Avtal Säljverket.pdf", date(2018, 5, 23), "Nobody is called in the evening or at weekends."),
    yes("TRA-01", "Utbildningslogg.csv", DAY, "No seller calls before the course."),
    yes("TRN-01", "Köptext.docx", DAY, "At every purchase the seller reads the text of the trade's guide."),
    yes("PRO-06", "Avtal Säljverket.pdf", date(2018, 5, 23), scope="processor:frilans"),
    partly("PRO-12", "Test calls are planned."),
    no("PRO-10", "No audit of the seller yet.", "processor:saljverket"),
    no("LAW-11", "The broker's old addresses were taken over without a test."),
    unknown("SEC-04"),
    unknown("REC-05"),
)
"""What differs from a plain yes: the four questions that every seller must be able to answer, and the sales calls."""


def said() -> Intake:
    """Return the intake without evidence and answers."""
    return Intake(profile=PROFILE, sites=SITES, partners=PARTNERS, systems=SYSTEMS, flows=FLOWS, rights=RIGHTS,
                  wordings=WORDINGS)  # fmt: skip
