"""Rules: is an impact assessment due, and is there one (GDPR Art. 35)?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gdpr_assess.flows.purposes import SPECIAL
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import PEOPLE, World
from gdpr_assess.law import eea, iso
from gdpr_assess.law.duties import Criterion, Feature, ListPoint, impact
from gdpr_assess.model import Flow

ENOUGH = 2
MANY_PER_MONTH = 10_000
"""Records collected per month from which we take the scale to be large; the guidelines name no number."""
ANALYSTS = frozenset(["quality", "analytics", "ai_assistant"])
SPOKEN = frozenset(["call_recording", "transcript"])
OF_PROFILE: tuple[Feature, ...] = (
    "emotion_analysis", "automated_decisions", "records_calls", "monitors_agents", "special_categories",
    "voice_biometrics", "buys_leads", "serves_children", "uses_ai", "ai_talks_to_customers",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What speaks for an impact assessment; `certain` leaves out the scale, which is measured by our own yardstick."""

    features: frozenset[Feature]
    criteria: tuple[Criterion, ...]
    certain: int
    listed: tuple[ListPoint, ...]

    @property
    def due(self) -> bool:
        """Whether what the client says itself is enough."""
        return self.certain >= ENOUGH or bool(self.listed)

    @property
    def likely(self) -> bool:
        """Whether it is enough when the scale is counted too."""
        return self.due or len(self.criteria) >= ENOUGH


def _own(world: World) -> list[Flow]:
    return [flow for flow in world.intake.flows if world.decides(flow) is not False]


def features(world: World) -> frozenset[Feature]:
    """Return the features that profile, systems and flows show."""
    p, own = world.profile, _own(world)
    used = [system for system in world.intake.systems if system.in_use is not False]
    found: set[Feature] = {name for name in OF_PROFILE if getattr(p, name) is True}
    if any(SPECIAL & set(flow.data_categories) for flow in own):
        found.add("special_categories")
    if any(s.kind in ANALYSTS and SPOKEN & set(s.data_categories) for s in used):
        found.add("speech_analytics")
    if sum(flow.volume_per_month or 0 for flow in own if flow.source == PEOPLE) >= MANY_PER_MONTH:
        found.add("large_scale")
    if "collection" in p.services:
        found.add("debtors")
    return frozenset(found)


def _homes(world: World) -> set[str]:
    """Return the countries of the EEA in which the client is established: their lists bind it."""
    p = world.profile
    return {iso(land) for land in (p.main_country, *p.eu_establishments)} & eea()


def case(world: World) -> Case:
    """Return what speaks for an impact assessment."""
    found = features(world)
    criteria = tuple(c for c in impact().criteria if found & set(c.features))
    certain = sum(c.id != "scale" for c in criteria)
    homes = _homes(world)
    listed = tuple(p for p in impact().lists if p.country in homes and p.feature in found and p.status == "verified")
    return Case(found, criteria, certain, listed)


def _seen(world: World, found: Case, **more: object) -> Seen:
    read = {point.country for point in impact().lists if point.status == "verified"}
    params = {
        "criteria": [f"criterion_{criterion.id}" for criterion in found.criteria],
        "reasons": [f"feature_{name}" for name in sorted(found.features)],
        "count": len(found.criteria),
        "lists": [f"{point.country} {point.point}" for point in found.listed],
        "unread": sorted(_homes(world) - read),
    }
    return Seen("client", "profile/dpia_done", params | more)


def missing(world: World) -> Iterator[Seen]:
    """Report that no impact assessment was made though the client's own statements make one due."""
    if world.profile.dpia_done is False and world.is_controller and (found := case(world)).due:
        yield _seen(world, found)


def ask(world: World) -> Iterator[Seen]:
    """Ask for the impact assessment where one is likely to be due and it is open whether there is one."""
    if world.profile.dpia_done is True or not world.is_controller:
        return
    found = case(world)
    if found.likely and not (found.due and world.profile.dpia_done is False):
        yield _seen(world, found)
