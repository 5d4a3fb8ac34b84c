"""Rules: does a use hold more data than it needs (GDPR Art. 5(1)(c), 25(2))?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from gdpr_assess.flows.purposes import own_flows
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.model import DataCategory, Effect, Flow, Noun, Purpose
from gdpr_assess.yamlfile import load

RECORDERS = frozenset(["recording", "quality", "analytics", "ai_assistant"])
SPOKEN = frozenset(["call_recording", "transcript"])


class Need(Noun):
    """What one purpose cannot need, and what is unusual for it."""

    excessive: tuple[DataCategory, ...]
    unusual: tuple[DataCategory, ...]


class _Needs(Noun):
    service: Need
    marketing: Need
    survey: Need
    collection: Need
    quality: Need
    training: Need
    proof: Need
    analytics: Need
    legal: Need


@cache
def _needs() -> _Needs:
    return load(Path(__file__).with_name("needs.yaml"), _Needs)


def need(purpose: Purpose) -> Need:
    """Return what is said of a purpose."""
    found: Need = getattr(_needs(), purpose)
    return found


def _seen(flow: Flow, effect: Effect | None, categories: Sequence[str]) -> Seen:
    params = {"flow": flow.id, "purpose": flow.purpose, "categories": list(categories)}
    return Seen(f"flow:{flow.id}", f"flows/{flow.id}", params, effect=effect)


def excessive(world: World) -> Iterator[Seen]:
    """Report kinds of data that the purpose of a flow cannot need."""
    for flow, asks in own_flows(world):
        found = [c for c in flow.data_categories if c in need(flow.purpose).excessive]
        if found:
            yield _seen(flow, asks, found)


def unusual_ask(world: World) -> Iterator[Seen]:
    """Ask why a flow holds kinds of data that are unusual for its purpose."""
    for flow, asks in own_flows(world):
        found = [c for c in flow.data_categories if c in need(flow.purpose).unusual]
        if found:
            yield _seen(flow, asks, found)


def card_in_recordings(world: World) -> Iterator[Seen]:
    """Report card data among what a system for recordings or transcripts holds."""
    for system in world.intake.systems:
        kept = set(system.data_categories)
        spoken = system.kind in RECORDERS or kept & SPOKEN
        if "card" in kept and spoken and system.in_use is not False:
            yield Seen(f"system:{system.id}", f"systems/{system.id}", {"system": system.id, "name": system.name})
