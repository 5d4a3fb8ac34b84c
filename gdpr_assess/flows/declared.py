"""Rules: do profile, systems and flows tell the same story (GDPR Art. 5(2), 30(1)(c))?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.purposes import SPECIAL
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World

OF_CATEGORIES: dict[str, frozenset[str]] = {
    "records_calls": frozenset(["call_recording"]),
    "serves_children": frozenset(["children"]),
    "special_categories": SPECIAL - {"voice_biometrics"},
    "voice_biometrics": frozenset(["voice_biometrics"]),
}
"""Questions of the profile and the kinds of data that answer them too."""
OF_SYSTEMS = {"uses_ai": frozenset(["ai_assistant"])}
MAY_SHOW = {"uses_ai": frozenset(["quality", "analytics"])}
"""Kinds of systems that need not hold what a question asks for, but may."""
LEFT_OPEN = frozenset(["serves_children"])
"""A yes here needs no kind of data of its own: data of children are seldom marked as such."""


def _shown(world: World, question: str) -> list[str]:
    """Return the systems and flows that show what a question asks for."""
    used = [system for system in world.intake.systems if system.in_use is not False]
    kinds, categories = OF_SYSTEMS.get(question, frozenset()), OF_CATEGORIES.get(question, frozenset())
    found = [s.id for s in used if s.kind in kinds or categories & set(s.data_categories)]
    return found + [f.id for f in world.intake.flows if f.kind != "deletion" and categories & set(f.data_categories)]


def contradicted(world: World) -> Iterator[Seen]:
    """Ask about a no in the profile where systems or flows show the opposite."""
    for question in (*OF_CATEGORIES, *OF_SYSTEMS):
        if getattr(world.profile, question) is False and (shown := _shown(world, question)):
            params = {"question": f"question_{question}", "shown": shown}
            yield Seen(f"client#{question}", f"profile/{question}", params)


def _may_show(world: World, question: str) -> bool:
    kinds = MAY_SHOW.get(question, frozenset())
    return any(system.kind in kinds and system.in_use is not False for system in world.intake.systems)


def not_shown(world: World) -> Iterator[Seen]:
    """Ask about a yes in the profile that no system and no flow shows."""
    if not world.intake.systems and not world.intake.flows:
        return
    for question in (*OF_CATEGORIES, *OF_SYSTEMS):
        said = getattr(world.profile, question) is True and question not in LEFT_OPEN
        if said and not _shown(world, question) and not _may_show(world, question):
            yield Seen(f"client#{question}", f"profile/{question}", {"question": f"question_{question}"})
