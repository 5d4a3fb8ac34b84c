"""The closed sets of values, the common form of all nouns, and the place of a thing in a file."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["controller", "processor", "joint_controller"]
PartnerRole = Literal["processor", "sub_processor", "joint_controller", "controller", "representative"]
Channel = Literal["phone", "email", "sms", "chat", "social", "whatsapp", "post"]
Service = Literal["inbound_support", "outbound_sales", "surveys", "collection", "claims", "back_office"]
Regime = Literal["pci_dss", "tcpa_dnc", "hipaa", "ccpa"]
DataCategory = Literal[
    "identity",
    "contact",
    "contract",
    "order",
    "payment",
    "card",
    "call_recording",
    "transcript",
    "message",
    "behaviour",
    "location",
    "complaint",
    "agent_data",
    "voice_biometrics",
    "health",
    "ethnic_origin",
    "political",
    "religion",
    "trade_union",
    "genetic",
    "sex_life",
    "children",
    "national_id",
]
SystemKind = Literal[
    "telephony",
    "recording",
    "dialler",
    "crm",
    "ticketing",
    "chat",
    "email",
    "messaging",
    "workforce",
    "quality",
    "analytics",
    "ai_assistant",
    "storage",
    "payment",
    "other",
]
FlowKind = Literal["collection", "storage", "disclosure", "remote_access", "deletion"]
LegalBasis = Literal["consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interest"]
Art9Condition = Literal[
    "explicit_consent",
    "employment_law",
    "vital_interests",
    "legal_claims",
    "public_interest",
    "health_care",
    "made_public",
]
DataFrom = Literal["person", "elsewhere", "both"]
Purpose = Literal["service", "marketing", "survey", "collection", "quality", "training", "proof", "analytics", "legal"]
TransferTool = Literal[
    "adequacy",
    "scc_module_1",
    "scc_module_2",
    "scc_module_3",
    "scc_module_4",
    "bcr",
    "uk_idta",
    "uk_addendum",
    "derogation",
    "none",
]
RetentionStart = Literal["collection", "last_contact", "case_closed", "contract_end", "consent_withdrawn", "other"]
DeletionWay = Literal["automatic", "manual", "none"]
BindingRules = Literal["controller", "processor", "none"]
Persons = Literal["customers", "agents"]
Able = Literal["yes", "partly", "no"]
DeleteAble = Literal["yes", "partly", "no", "overwritten"]
SearchKey = Literal["phone", "email", "name", "customer_number", "ticket", "call_id", "none"]
CopyForm = Literal["open_format", "pdf_only", "none"]
Right = Literal["inform", "access", "rectify", "erase", "restrict", "port", "object", "withdraw", "human_review"]
RightStatus = Literal["works", "works_partly", "does_not_work", "not_said", "not_applicable"]
AnswerValue = Literal["yes", "partly", "no", "not_applicable", "do_not_know"]
WordingKind = Literal["recording_notice", "consent_request", "sales_script", "message_notice", "privacy_notice"]
Severity = Literal["high", "medium", "low"]
Effect = Literal["violation", "practice", "indicator"]
Authority = Literal["law", "guidance", "good_practice"]
OwnerRole = Literal[
    "management", "dpo", "legal", "operations", "it", "telephony", "marketing", "training", "procurement", "hr"
]
VerdictValue = Literal["met", "partly", "not_met", "not_assessed", "not_applicable"]
Method = Literal["declared", "documented", "tested"]
Decision = Literal["confirmed", "false_positive", "accepted_risk"]

CLIENT = "client"
"""Scope of an answer that speaks for the client as a whole, and id of the client itself among the partners."""


class Noun(BaseModel):
    """Immutable record with a closed set of fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Noun):
    """Where something was seen; `row` counts from 1 (the header), `span` is character offsets into the text."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    span: tuple[int, int] | None = None
