"""What the Chinese smart-home brand says of itself: profile, centres, outsourcers, systems, flows and wordings."""

from __future__ import annotations

from datetime import date

from data_samples.generator.rights import handled
from gdpr_assess.model import Flow, Intake, Partner, Profile, Site, System, Wording

MAIL = ("identity", "contact", "contract", "message")

PROFILE = Profile(
    client_name="澜屋智能家居有限公司", main_country="CN", roles=("controller",), uk_establishment=False,
    countries_served=("GB", "DE", "FR", "ES", "IT", "NL"), languages_served=("en", "de", "fr", "es", "it", "nl"),
    report_language="zh", channels=("phone", "email", "sms", "chat", "social"), services=("inbound_support",),
    turnover_eur=310_000_000, turnover_year=2025, headcount=186, time_zone="Asia/Shanghai", records_calls=True,
    uses_consent=True, uses_auto_dialler=False, buys_leads=False, serves_children=False, special_categories=False,
    uses_ai=False, ai_talks_to_customers=False, voice_biometrics=False, emotion_analysis=False,
    automated_decisions=False, monitors_agents=True, home_working=False, dpia_done=False, dpo_appointed=True,
    dpo_contact="dpo@maplebridge.example", dpo_other_tasks=("培训全体客服", "暗中抽检客服", "对不达标的客服发出警告"),
    eu_representative="无", privacy_contact="privacy@lanwu.example",
    privacy_contact_hours="周一至周日 0-24 点", recording_basis="consent",
    recording_retention_days=90, message_retention_days=365, suppression_grace_hours=48, refresh_days=92,
    team_lead_refresh_days=7, training_pass_mark=80, incident_report_hours=24, plan_start=date(2026, 10, 12),
    weekly_capacity_days=6,
)  # fmt: skip

SITES = (
    Site(id="ph", name="菲律宾宿务客服中心", country="PH", operator="ph_ops", headcount=34, languages=("en",),
         home_working=False),
    Site(id="ni", name="尼加拉瓜莱昂客服中心", country="NI", operator="ni_ops", headcount=18, languages=("es", "en"),
         home_working=False),
    Site(id="bo", name="玻利维亚科恰班巴客服中心", country="BO", operator="bo_ops", headcount=14,
         languages=("es", "fr", "it"), home_working=False),
    Site(id="cn", name="中国长沙客服中心", country="CN", operator="cn_ops", headcount=20, languages=("en", "de", "nl"),
         home_working=False),
)  # fmt: skip

PARTNERS = (
    Partner(id="maple", name="Maplebridge Support Inc.", country="CA", role="processor",
            services="多语种客服外包总承包", contract=True, contract_date=date(2025, 2, 17), authorised=True,
            pipeda_covered=False, own_purposes=False, same_group=False),
    Partner(id="ph_ops", name="Maplebridge Cebu Corp.", country="PH", role="sub_processor", engaged_by="maple",
            services="英语电话和邮件客服", parent_country="CA", contract=True, contract_date=date(2025, 2, 24),
            authorised=True, own_purposes=False, same_group=False),
    Partner(id="ni_ops", name="Maplebridge León S.A.", country="NI", role="sub_processor", engaged_by="maple",
            services="西班牙语客服", parent_country="CA", contract=True, contract_date=date(2025, 3, 3),
            authorised=False, own_purposes=False, same_group=False),
    Partner(id="bo_ops", name="Maplebridge Cochabamba S.R.L.", country="BO", role="sub_processor", engaged_by="maple",
            services="法语和意大利语客服", parent_country="CA", contract=False, authorised=True, own_purposes=False,
            same_group=False),
    Partner(id="cn_ops", name="枫桥长沙客服有限公司", country="CN", role="sub_processor", engaged_by="maple",
            services="德语和荷兰语客服", parent_country="CA", contract=True, contract_date=date(2025, 2, 24),
            authorised=True, own_purposes=False, same_group=False),
    Partner(id="desk_ltd", name="Nordhelp Cloud Ltd.", country="IE", role="processor", services="工单和电话系统",
            contract=True, contract_date=date(2024, 11, 4), authorised=True, own_purposes=False, same_group=False),
)  # fmt: skip

SYSTEMS = (
    System(id="talk", name="云电话系统", kind="telephony", operator="desk_ltd", hosting_country="IE",
           access_countries=("PH", "CN"), data_categories=("identity", "contact", "call_recording"), retention_days=90,
           retention_start="collection", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="desk", name="工单系统", kind="ticketing", operator="desk_ltd", hosting_country="IE",
           access_countries=("PH", "NI", "BO", "CN"), data_categories=MAIL, retention_days=365,
           retention_start="case_closed", deletion="automatic", encrypted_transit=True, encrypted_rest=True, mfa=True,
           access_logs=True, in_use=True),
    System(id="screens", name="屏幕截图与考勤系统", kind="workforce", operator="maple", hosting_country="CA",
           data_categories=("agent_data",), retention_days=180, retention_start="collection", deletion="automatic",
           encrypted_transit=True, encrypted_rest=True, mfa=True, access_logs=True, in_use=True),
    System(id="sheet", name="售后问题共享表格", kind="storage", hosting_country="CN",
           data_categories=("identity", "contact", "complaint"), retention_start="other", deletion="none",
           encrypted_transit=True, encrypted_rest=False, mfa=False, access_logs=False, in_use=True),
)  # fmt: skip

FLOWS = (
    Flow(id="F1", source="people", target="talk", kind="collection", purpose="service", on_behalf_of="client",
         data_categories=("identity", "contact"), legal_basis="contract", retention_days=90, encrypted=True,
         volume_per_month=6200),
    Flow(id="F2", source="people", target="talk", kind="collection", purpose="training", on_behalf_of="client",
         data_categories=("call_recording",), legal_basis="consent", retention_days=90, encrypted=True,
         volume_per_month=5100),
    Flow(id="F3", source="people", target="desk", kind="collection", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", retention_days=365, encrypted=True, volume_per_month=8400),
    Flow(id="F4", source="desk", target="maple", kind="disclosure", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="adequacy", retention_days=365, encrypted=True,
         volume_per_month=8400, remark="总部在加拿大,因此认为有充分性认定"),
    Flow(id="F5", source="desk", target="ph", kind="remote_access", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="none", retention_days=365, encrypted=True,
         volume_per_month=3900, remark="菲律宾客服远程登录工单系统"),
    Flow(id="F6", source="desk", target="ni", kind="remote_access", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="scc_module_1", tia_date=date(2025, 3, 10),
         retention_days=365, encrypted=True, volume_per_month=1900),
    Flow(id="F7", source="desk", target="bo", kind="remote_access", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="scc_module_3", retention_days=365,
         encrypted=True, volume_per_month=1400),
    Flow(id="F8", source="desk", target="cn", kind="remote_access", purpose="service", on_behalf_of="client",
         data_categories=MAIL, legal_basis="contract", transfer_tool="scc_module_3", tia_date=date(2025, 3, 10),
         retention_days=365, encrypted=True, volume_per_month=1200, remark="英国客户的数据也只用欧盟标准合同条款"),
    Flow(id="F9", source="talk", target="ph", kind="remote_access", purpose="quality", on_behalf_of="client",
         data_categories=("call_recording",), legal_basis="consent", transfer_tool="scc_module_3",
         tia_date=date(2025, 3, 10), encrypted=True, volume_per_month=300),
    Flow(id="F10", source="maple", target="screens", kind="storage", purpose="quality", on_behalf_of="client",
         data_categories=("agent_data",), legal_basis="legitimate_interest", retention_days=180, encrypted=True,
         volume_per_month=86),
    Flow(id="F11", source="maple", target="bo", kind="disclosure", purpose="service", on_behalf_of="client",
         data_categories=("identity", "contact", "complaint"), legal_basis="contract", transfer_tool="none",
         retention_days=365, encrypted=True, volume_per_month=160, remark="总部每周把投诉名单发给玻利维亚中心"),
)  # fmt: skip

RIGHTS = (
    handled("talk", found_by=("phone", "call_id"), done_by="desk_ltd", asked_after_days=3, days=10),
    handled("desk", done_by="desk_ltd", owner="operations", asked_after_days=12, days=25,
            comment="客户也可登录官网自行查看、删除或转移数据"),
    handled("sheet", found_by=("name",), export="pdf_only", delete="partly", copies="no", block="no", informs="no",
            tells_recipients="no", owner="operations", days=3, comment="各中心另存了自己的副本"),
)  # fmt: skip

WORDINGS = (
    Wording(id="phone_script", kind="recording_notice", language="zh", channel="phone", basis="consent",
            file="phone_script_zh.txt", valid_from=date(2025, 3, 1)),
    Wording(id="email_script", kind="message_notice", language="zh", channel="email", basis="consent",
            file="email_script_zh.txt", valid_from=date(2025, 3, 1)),
    Wording(id="announcement", kind="recording_notice", language="en", country="GB", channel="phone", basis="consent",
            file="announcement_en.txt", valid_from=date(2025, 3, 1)),
    Wording(id="sms_optin", kind="consent_request", language="en", country="GB", channel="sms", basis="consent",
            file="sms_optin_en.txt", valid_from=date(2025, 3, 1)),
    Wording(id="chat_greeting", kind="message_notice", language="en", country="GB", channel="chat",
            file="chat_greeting_en.txt", valid_from=date(2025, 3, 1)),
    Wording(id="email_footer_en", kind="message_notice", language="en", country="GB", channel="email",
            file="email_footer_en.txt", valid_from=date(2025, 3, 1)),
    Wording(id="email_footer_de", kind="message_notice", language="de", country="DE", channel="email",
            file="email_footer_de.txt", valid_from=date(2025, 3, 1)),
    Wording(id="notice", kind="privacy_notice", language="en", country="GB", file="privacy_notice_en.md",
            valid_from=date(2025, 3, 1)),
)  # fmt: skip


def intake() -> Intake:
    """Return the intake without answers and evidence."""
    return Intake(
        profile=PROFILE, sites=SITES, partners=PARTNERS, systems=SYSTEMS, flows=FLOWS, rights=RIGHTS,
        wordings=WORDINGS,
    )  # fmt: skip
