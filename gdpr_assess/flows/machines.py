"""Rules: voiceprints, emotions, bots and decisions by machines (GDPR Art. 9, 22; AI Act Art. 5, 50)."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.purposes import SPECIAL, own_flows
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.law import eea, iso
from gdpr_assess.law.duties import AiDuty, ai_duty
from gdpr_assess.model import Effect

CARRIES_DECISIONS = frozenset(["explicit_consent", "public_interest"])
"""The two conditions on which special categories may enter a decision by a machine (Art. 22(4))."""


def _due(world: World, key: str) -> AiDuty | None:
    duty = ai_duty(key)
    return duty if duty.since <= world.as_of else None


def voice_condition_ask(world: World) -> Iterator[Seen]:
    """Ask about voiceprints under another condition than explicit consent."""
    for flow, _ in own_flows(world):
        said = flow.art9_condition not in {None, "explicit_consent"}
        if said and "voice_biometrics" in flow.data_categories:
            params = {"flow": flow.id, "condition": flow.art9_condition}
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", params)


def _in_union(world: World) -> bool:
    p = world.profile
    return iso(p.main_country) in eea() or bool(p.eu_establishments)


def emotion_at_work(world: World) -> Iterator[Seen]:
    """Report that a client reads emotions of its agents, which is forbidden at the workplace."""
    duty, p = _due(world, "emotion_at_work"), world.profile
    if duty and p.emotion_analysis is not False and "agents" in p.emotion_of:
        asks: Effect | None = None if _in_union(world) else "indicator"
        yield Seen("client", "profile/emotion_of", {"on": duty.since.isoformat()}, effect=asks)


def emotion_customers_ask(world: World) -> Iterator[Seen]:
    """Ask whether customers are told that their emotions are read."""
    duty, p = _due(world, "emotion_told"), world.profile
    if duty and p.emotion_analysis is not False and "customers" in p.emotion_of:
        yield Seen("client", "profile/emotion_of", {"on": duty.since.isoformat()})


def emotion_whose_ask(world: World) -> Iterator[Seen]:
    """Ask whose emotions are read where that is left open."""
    if world.profile.emotion_analysis is True and not world.profile.emotion_of:
        yield Seen("client", "profile/emotion_of")


def bot_ask(world: World) -> Iterator[Seen]:
    """Ask who sees to it that people know they talk to a bot: the duty is its provider's."""
    duty = _due(world, "bot_known")
    if duty and world.profile.ai_talks_to_customers is True:
        yield Seen("client", "profile/ai_talks_to_customers", {"on": duty.since.isoformat()})


def decisions_ask(world: World) -> Iterator[Seen]:
    """Ask for ground and safeguards of decisions by machines, and for special categories in them."""
    if world.profile.automated_decisions is not True or not world.is_controller:
        return
    bare = [
        flow.id
        for flow, _ in own_flows(world)
        if SPECIAL & set(flow.data_categories) and flow.art9_condition not in CARRIES_DECISIONS
    ]
    yield Seen("client", "profile/automated_decisions", {"flows": bare})
