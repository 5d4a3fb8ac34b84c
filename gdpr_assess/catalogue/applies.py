"""Which conditions a profile meets: the closed set that controls may name. Three-valued: None is "not said"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from gdpr_assess import law
from gdpr_assess.model import Intake

Condition = Literal[
    "is_controller",
    "is_processor",
    "joint_controller",
    "uses_processor",
    "outside_eu",
    "uk_served",
    "third_country",
    "several_sites",
    "outsourced_site",
    "recording",
    "telemarketing",
    "consent_used",
    "auto_dialler",
    "bought_leads",
    "phone",
    "email",
    "sms",
    "chat",
    "social",
    "ai",
    "ai_bot",
    "voice_biometrics",
    "emotion_analysis",
    "automated_decisions",
    "agents_monitored",
    "remote_agents",
    "children",
    "special_categories",
    "dpo",
    "scc_used",
    "cards",
    "us_telemarketing",
    "us_health",
    "us_california",
]
CONDITIONS: tuple[str, ...] = get_args(Condition)


def conditions(intake: Intake) -> dict[str, bool | None]:
    """Return each condition of an intake: True, False, or None where the profile does not say."""
    p = intake.profile
    countries = {site.country for site in intake.sites} | {partner.country for partner in intake.partners}
    countries |= {system.hosting_country for system in intake.systems if system.hosting_country}
    countries |= {land for system in intake.systems for land in system.access_countries}
    eea, uk = law.eea(), {"GB", "UK"}
    return {
        "is_controller": "controller" in p.roles or "joint_controller" in p.roles,
        "is_processor": "processor" in p.roles,
        "joint_controller": "joint_controller" in p.roles,
        "uses_processor": any(partner.role in {"processor", "sub_processor"} for partner in intake.partners),
        "outside_eu": p.main_country not in eea and not p.eu_establishments,
        "uk_served": bool(uk & set(p.countries_served)),
        "third_country": bool((countries | {p.main_country}) - eea),
        "several_sites": len(intake.sites) > 1,
        "outsourced_site": any(site.operator != "client" for site in intake.sites),
        "recording": p.records_calls,
        "telemarketing": "outbound_sales" in p.services,
        "consent_used": p.uses_consent,
        "auto_dialler": p.uses_auto_dialler,
        "bought_leads": p.buys_leads,
        "phone": "phone" in p.channels,
        "email": "email" in p.channels,
        "sms": "sms" in p.channels or "whatsapp" in p.channels,
        "chat": "chat" in p.channels,
        "social": "social" in p.channels,
        "ai": p.uses_ai,
        "ai_bot": p.ai_talks_to_customers,
        "voice_biometrics": p.voice_biometrics,
        "emotion_analysis": p.emotion_analysis,
        "automated_decisions": p.automated_decisions,
        "agents_monitored": p.monitors_agents,
        "remote_agents": p.home_working,
        "children": p.serves_children,
        "special_categories": p.special_categories,
        "dpo": p.dpo_appointed,
        "scc_used": any((flow.transfer_tool or "").startswith("scc_") for flow in intake.flows),
        "cards": "pci_dss" in p.regimes,
        "us_telemarketing": "tcpa_dnc" in p.regimes,
        "us_health": "hipaa" in p.regimes,
        "us_california": "ccpa" in p.regimes,
    }


def _every(values: Iterable[bool | None]) -> bool | None:
    known = list(values)
    if False in known:
        return False
    return None if None in known else True


def _some(values: Iterable[bool | None]) -> bool | None:
    known = list(values)
    if True in known:
        return True
    return None if None in known else False


def applies(
    binds: Iterable[str], every: Iterable[str], some: Iterable[str], known: dict[str, bool | None]
) -> bool | None:
    """Tell whether a control applies: it binds one of the client's roles and its conditions hold; None: not said."""
    some = tuple(some)
    parts = [_some(known[f"is_{role}"] for role in binds), _every(known[name] for name in every)]
    if some:
        parts.append(_some(known[name] for name in some))
    return _every(parts)
