"""What the outsourcing company for EU and US clients says: profile, sites, partners, systems, flows and wordings."""

from __future__ import annotations

from datetime import date

from data_samples.generator.rights import handled
from gdpr_assess.model import Flow, Intake, Partner, Profile, Site, System, Wording

MAIL = ("identity", "contact", "order", "message")

PROFILE = Profile(
    client_name="Harbourline Contact Services Ltd", main_country="IE", roles=("processor", "controller"),
    eu_establishments=("IE",), uk_establishment=False, countries_served=("IE", "DE", "US"),
    languages_served=("en", "zh"), report_language="zh", channels=("phone", "email", "chat"),
    services=("inbound_support", "outbound_sales", "back_office"), regimes=("pci_dss", "tcpa_dnc", "hipaa"),
    turnover_eur=46_000_000, turnover_year=2025, headcount=320, time_zone="Europe/Dublin", records_calls=True,
    uses_consent=True, uses_auto_dialler=True, buys_leads=False, serves_children=False, special_categories=True,
    uses_ai=False, ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=False,
    automated_decisions=False, monitors_agents=False, home_working=True,
    home_working_rules=False, dpia_done=True, dpo_appointed=True,
    dpo_contact="dpo@harbourline.example", privacy_contact="privacy@harbourline.example",
    privacy_contact_hours="周一至周五 9-17 点", recording_basis="consent", recording_retention_days=60,
    message_retention_days=365, suppression_grace_hours=24, refresh_days=365, training_pass_mark=80,
    incident_report_hours=24, plan_start=date(2026, 10, 5), weekly_capacity_days=8,
)  # fmt: skip

SITES = (
    Site(id="limerick", name="利默里克客服中心", country="IE", headcount=190, languages=("en", "zh"),
         home_working=True),
    Site(id="tampa", name="坦帕客服中心", country="US", operator="hl_us", headcount=90, languages=("en",),
         home_working=False),
)  # fmt: skip

PARTNERS = (
    Partner(id="meridian", name="Meridian Health", country="IE", role="controller", services="健康咨询热线的委托方"),
    Partner(id="prairie", name="Prairie Home Warranty", country="US", role="controller",
            services="美国电话销售的委托方"),
    Partner(id="hl_us", name="Harbourline US Inc.", country="US", role="sub_processor",
            services="夜间客服和美国电话销售", parent_country="IE", contract=True, contract_date=date(2024, 9, 2),
            authorised=True, dpf_listed=False, own_purposes=False, same_group=True, binding_rules="none"),
    Partner(id="voxcloud", name="Voxcloud Ireland Ltd", country="IE", role="sub_processor", services="云电话系统",
            contract=True, contract_date=date(2024, 5, 6), authorised=True, own_purposes=False, same_group=False),
    Partner(id="scribe", name="Scribeline Inc.", country="US", role="sub_processor", services="通话转写",
            contract=True, contract_date=date(2026, 1, 12), authorised=False, dpf_listed=False, own_purposes=False,
            same_group=False),
    Partner(id="paygate", name="Paygate Europe B.V.", country="NL", role="sub_processor", services="银行卡收款",
            contract=True, contract_date=date(2024, 5, 6), authorised=True, own_purposes=False, same_group=False),
)  # fmt: skip

SYSTEMS = (
    System(id="connect", name="云呼叫中心", kind="telephony", operator="voxcloud", hosting_country="IE",
           data_categories=("identity", "contact", "call_recording"), retention_days=60, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="desk", name="工单系统", kind="ticketing", hosting_country="IE", access_countries=("US",),
           data_categories=MAIL, retention_days=365, retention_start="case_closed", deletion="automatic",
           encrypted_transit=True, encrypted_rest=True, mfa=False, access_logs=True, in_use=True),
    System(id="nurse", name="健康热线记录系统", kind="crm", hosting_country="IE",
           data_categories=("identity", "contact", "health"), retention_days=365, retention_start="case_closed",
           deletion="manual", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=False, in_use=True),
    System(id="pay", name="收款系统", kind="payment", operator="paygate", hosting_country="NL",
           data_categories=("identity", "card"), retention_days=540, retention_start="collection",
           deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="dialler", name="美国外呼系统", kind="dialler", operator="hl_us", hosting_country="US",
           data_categories=("identity", "contact"), retention_days=365, retention_start="last_contact",
           deletion="manual", encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="archive", name="坦帕录音库", kind="recording", operator="hl_us", hosting_country="US",
           data_categories=("call_recording",), retention_start="collection", deletion="none", encrypted_transit=True,
           encrypted_rest=False, mfa=True, access_logs=True, in_use=True),
)  # fmt: skip

FLOWS = (
    Flow(id="F1", source="people", target="connect", kind="collection", purpose="service", on_behalf_of="meridian",
         data_categories=("identity", "contact"), legal_basis="contract", retention_days=60, encrypted=True,
         volume_per_month=21000),
    Flow(id="F2", source="people", target="connect", kind="collection", purpose="training", on_behalf_of="client",
         data_categories=("call_recording",), legal_basis="consent", retention_days=60, encrypted=True,
         volume_per_month=16000),
    Flow(id="F3", source="people", target="desk", kind="collection", purpose="service", on_behalf_of="meridian",
         data_categories=MAIL, legal_basis="contract", retention_days=365, encrypted=True, volume_per_month=12500),
    Flow(id="F4", source="people", target="nurse", kind="collection", purpose="service",
         data_categories=("identity", "contact", "health"), legal_basis="contract", retention_days=365, encrypted=True,
         volume_per_month=2600),
    Flow(id="F5", source="nurse", target="meridian", kind="disclosure", purpose="service", on_behalf_of="meridian",
         data_categories=("identity", "contact", "health"), legal_basis="contract", art9_condition="health_care",
         retention_days=365, encrypted=True, volume_per_month=2600),
    Flow(id="F6", source="people", target="pay", kind="collection", purpose="service", on_behalf_of="meridian",
         data_categories=("identity", "card"), legal_basis="contract", retention_days=540, encrypted=True,
         volume_per_month=1900),
    Flow(id="F7", source="desk", target="hl_us", kind="remote_access", purpose="service", on_behalf_of="meridian",
         data_categories=MAIL, legal_basis="contract", transfer_tool="adequacy", retention_days=365, encrypted=True,
         volume_per_month=3100, remark="夜间由坦帕中心处理工单"),
    Flow(id="F8", source="connect", target="scribe", kind="disclosure", purpose="quality",
         data_categories=("call_recording", "transcript"), legal_basis="consent", transfer_tool="scc_module_2",
         retention_days=60, encrypted=False, volume_per_month=5200),
    Flow(id="F9", source="people", target="dialler", kind="collection", purpose="marketing",
         data_categories=("identity", "contact"), legal_basis="consent", retention_days=365, encrypted=True,
         volume_per_month=8000, remark="美国客户提供的名单,只打美国号码"),
)  # fmt: skip

RIGHTS = (
    handled("connect", found_by=("phone", "call_id"), done_by="voxcloud", asked_after_days=2, days=8),
    handled("desk", owner="operations", days=5),
    handled("nurse", export="pdf_only", owner="operations", days=5),
    handled("pay", found_by=("customer_number",), done_by="paygate", asked_after_days=3, days=12),
    handled("dialler", found_by=("phone",), owner="marketing", done_by="hl_us", asked_after_days=2, days=7),
    handled("archive", found_by=("none",), export="none", correct="no", delete="no", copies="no", block="no",
            tells_recipients="no", done_by="hl_us", asked_after_days=None, days=None, comment="坦帕没有按人检索的办法"),
)  # fmt: skip

WORDINGS = (
    Wording(id="announcement", kind="recording_notice", language="en", country="IE", channel="phone", basis="consent",
            file="announcement_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="recording_zh", kind="recording_notice", language="zh", country="IE", channel="phone", basis="consent",
            file="recording_script_zh.txt", valid_from=date(2025, 2, 3)),
    Wording(id="us_sales", kind="sales_script", language="en", country="US", channel="phone", basis="consent",
            file="us_sales_script_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="health_line", kind="message_notice", language="en", country="IE", channel="phone",
            file="health_line_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="chat_greeting", kind="message_notice", language="en", country="IE", channel="chat",
            file="chat_greeting_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="email_footer", kind="message_notice", language="en", country="IE", channel="email",
            file="email_footer_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="offers", kind="consent_request", language="en", country="IE", channel="email", basis="consent",
            file="offers_consent_en.txt", valid_from=date(2025, 2, 3)),
    Wording(id="notice", kind="privacy_notice", language="en", country="IE", file="privacy_notice_en.md",
            valid_from=date(2025, 2, 3)),
)  # fmt: skip


def intake() -> Intake:
    """Return the intake without answers and evidence."""
    return Intake(
        profile=PROFILE, sites=SITES, partners=PARTNERS, systems=SYSTEMS, flows=FLOWS, rights=RIGHTS,
        wordings=WORDINGS,
    )  # fmt: skip
