"""What people say: the intake."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from gdpr_assess.model.rights import RightsHandling
from gdpr_assess.model.values import (
    CLIENT,
    AnswerValue,
    Art9Condition,
    BindingRules,
    Channel,
    DataCategory,
    DataFrom,
    DeletionWay,
    FlowKind,
    LegalBasis,
    Noun,
    PartnerRole,
    Persons,
    Place,
    Purpose,
    Regime,
    RetentionStart,
    Role,
    Service,
    SystemKind,
    TransferTool,
    WordingKind,
)

NOBODY = frozenset(
    ["none", "no", "nobody", "no one", "kein", "keine", "keiner", "keinen", "niemand", "nein", "brak", "nie", "nikt",
     "ingen", "inget", "nej", "aucun", "non", "personne", "nessuno", "ninguno", "nadie", "geen",
     "无", "没有", "否", "暂无", "未指定"]
)  # fmt: skip
"""How people write into a cell that there is nobody."""


def named(cell: str | None) -> bool | None:
    """Tell whether a cell for a person or company names one, or says that there is none; None: it is empty."""
    words = (cell or "").strip(" .-–—。")
    return words.casefold() not in NOBODY if words else None


class Profile(Noun):
    """Who the client is and what it does; decides which controls apply. None means: not answered."""

    client_name: str
    main_country: str
    roles: tuple[Role, ...]
    eu_establishments: tuple[str, ...] = ()
    uk_establishment: bool | None = None
    countries_served: tuple[str, ...]
    languages_served: tuple[str, ...] = ()
    report_language: str = "en"
    channels: tuple[Channel, ...]
    services: tuple[Service, ...]
    regimes: tuple[Regime, ...] = ()
    turnover_eur: float | None = Field(None, ge=0, allow_inf_nan=False)
    turnover_year: int | None = None
    headcount: int | None = Field(None, ge=0)
    time_zone: str = "Europe/Brussels"
    records_calls: bool | None = None
    uses_consent: bool | None = None
    uses_auto_dialler: bool | None = None
    buys_leads: bool | None = None
    serves_children: bool | None = None
    special_categories: bool | None = None
    uses_ai: bool | None = None
    ai_talks_to_customers: bool | None = None
    voice_biometrics: bool | None = None
    emotion_analysis: bool | None = None
    emotion_of: tuple[Persons, ...] = ()
    automated_decisions: bool | None = None
    monitors_agents: bool | None = None
    home_working: bool | None = None
    home_working_rules: bool | None = None
    dpia_done: bool | None = None
    dpo_appointed: bool | None = None
    dpo_contact: str | None = None
    dpo_other_tasks: tuple[str, ...] = ()
    eu_representative: str | None = None
    uk_representative: str | None = None
    privacy_contact: str | None = None
    privacy_contact_hours: str | None = None
    recording_basis: Literal["consent", "notice"] | None = None
    recording_retention_days: int | None = Field(None, ge=0)
    message_retention_days: int | None = Field(None, ge=0)
    suppression_grace_hours: int | None = Field(None, ge=0, le=48)
    refresh_days: int | None = Field(None, ge=1)
    team_lead_refresh_days: int | None = Field(None, ge=1)
    training_pass_mark: int | None = Field(None, ge=0, le=100)
    incident_report_hours: int | None = Field(None, ge=0)
    plan_start: date | None = None
    weekly_capacity_days: float | None = Field(None, gt=0, allow_inf_nan=False)

    @property
    def contacts(self) -> tuple[str, ...]:
        """The contacts that the client publishes itself."""
        return tuple(contact for contact in (self.privacy_contact, self.dpo_contact) if contact)


class Site(Noun):
    """A service centre; `operator` is `client` or a partner id."""

    id: str
    name: str
    country: str
    operator: str = CLIENT
    headcount: int | None = Field(None, ge=0)
    languages: tuple[str, ...] = ()
    home_working: bool | None = None


class Partner(Noun):
    """Another organisation that gets personal data; `engaged_by` is `client` or the partner that engaged it."""

    id: str
    name: str
    country: str
    role: PartnerRole
    engaged_by: str = CLIENT
    services: str | None = None
    parent_country: str | None = None
    contract: bool | None = None
    contract_date: date | None = None
    authorised: bool | None = None
    dpf_listed: bool | None = None
    pipeda_covered: bool | None = None
    own_purposes: bool | None = None
    same_group: bool | None = None
    binding_rules: BindingRules | None = None


class System(Noun):
    """A system in which customer-service data lie; `operator` is `client` or a partner id."""

    id: str
    name: str
    kind: SystemKind
    operator: str = CLIENT
    hosting_country: str | None = None
    access_countries: tuple[str, ...] = ()
    data_categories: tuple[DataCategory, ...] = ()
    retention_days: int | None = Field(None, ge=0)
    retention_rule: str | None = None
    retention_start: RetentionStart | None = None
    deletion: DeletionWay | None = None
    encrypted_transit: bool | None = None
    encrypted_rest: bool | None = None
    mfa: bool | None = None
    access_logs: bool | None = None
    in_use: bool | None = None


class Flow(Noun):
    """One movement of data; `source` and `target` are `people`, `client`, or the id of a site, partner or system.

    `on_behalf_of` is the controller: `client`, or the partner for whom the client processes; None: not stated.
    """

    id: str
    source: str
    target: str
    kind: FlowKind
    purpose: Purpose
    on_behalf_of: str | None = None
    data_categories: tuple[DataCategory, ...] = ()
    legal_basis: LegalBasis | None = None
    art9_condition: Art9Condition | None = None
    transfer_tool: TransferTool | None = None
    tia_date: date | None = None
    retention_days: int | None = Field(None, ge=0)
    encrypted: bool | None = None
    volume_per_month: int | None = Field(None, ge=0)
    remark: str | None = None


class Wording(Noun):
    """A text that customers hear or read: `text` itself, or `file` below inputs/wordings.

    `data_from` says whether it is about data from the person (Art. 13), from elsewhere (Art. 14) or both.
    """

    id: str
    kind: WordingKind
    language: str | None = None
    country: str | None = None
    channel: Channel | None = None
    basis: LegalBasis | None = None
    data_from: DataFrom | None = None
    text: str | None = None
    file: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Evidence(Noun):
    """What is known of an export: the Evidence sheet of the intake. `system` is the system that it comes from."""

    file: str
    extracted_at: datetime | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    filter: str | None = None
    stated_rows: int | None = Field(None, ge=0)
    basis: Literal["census", "sample"] | None = None
    time_zone: str | None = None
    system: str | None = None
    remark: str | None = None


class Answer(Noun):
    """What the client says about one control in one scope (`client`, `site:ID`, `processor:ID`, `system:ID`)."""

    control: str
    scope: str = CLIENT
    answer: AnswerValue | None = None
    reason: str | None = None
    evidence: str | None = None
    evidence_date: date | None = None
    comment: str | None = None


class Intake(Noun):
    """Everything the client says; `places` maps "answers/3" or "profile/dpo_contact" to where it stands.

    `own` holds what stands in columns that are the client's own: "flows/F1" -> heading -> text.
    """

    profile: Profile
    sites: tuple[Site, ...] = ()
    partners: tuple[Partner, ...] = ()
    systems: tuple[System, ...] = ()
    flows: tuple[Flow, ...] = ()
    rights: tuple[RightsHandling, ...] = ()
    wordings: tuple[Wording, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[Answer, ...] = ()
    places: dict[str, Place] = Field(default_factory=dict, exclude=True)
    own: dict[str, dict[str, str]] = Field(default_factory=dict, exclude=True)

    def place(self, key: str) -> Place:
        """Return where an entry stands in the client's file, or the file itself when it came from elsewhere."""
        return self.places.get(key, Place(file="inputs/intake.xlsx"))
