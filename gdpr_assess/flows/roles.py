"""Rules: who must be there: representatives (Art. 27) and a data protection officer free of conflict (Art. 37, 38)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World
from gdpr_assess.law import eea, iso
from gdpr_assess.model import Noun, named
from gdpr_assess.yamlfile import load


class DpoTasks(Noun):
    """Words that tell which other tasks collide with the office, and which belong to it."""

    conflict: tuple[str, ...]
    allowed: tuple[str, ...]


@cache
def _tasks() -> DpoTasks:
    return load(Path(__file__).with_name("dpo_tasks.yaml"), DpoTasks)


def _names(task: str, words: tuple[str, ...]) -> bool:
    text = task.casefold().replace("_", " ")
    return any(re.search(word if ord(word[0]) > 0x2E80 else rf"\b{re.escape(word)}", text) for word in words)


def _eu_representative(world: World, said: bool | None) -> Iterator[Seen]:
    p = world.profile
    outside = iso(p.main_country) not in eea() and not p.eu_establishments
    if outside and world.serves_eea and named(p.eu_representative) is said:
        yield Seen("client", "profile/eu_representative", {"land": iso(p.main_country)})


def no_eu_representative(world: World) -> Iterator[Seen]:
    """Report a client outside the EEA that serves people in it and says that it has no representative there."""
    return _eu_representative(world, False)


def eu_representative_ask(world: World) -> Iterator[Seen]:
    """Ask such a client for its representative where the cell is empty."""
    return _eu_representative(world, None)


def uk_representative_ask(world: World) -> Iterator[Seen]:
    """Ask for a representative in the United Kingdom where people there are served from outside."""
    p = world.profile
    served = "GB" in {iso(land) for land in p.countries_served}
    outside = iso(p.main_country) != "GB" and p.uk_establishment is not True
    if served and outside and not named(p.uk_representative):
        yield Seen("client", "profile/uk_representative", {"land": iso(p.main_country)})


def dpo_conflict(world: World) -> Iterator[Seen]:
    """Report tasks of the officer that make him decide, run or punish what he must watch."""
    tasks = [task for task in world.profile.dpo_other_tasks if _names(task, _tasks().conflict)]
    if tasks:
        yield Seen("client", "profile/dpo_other_tasks", {"tasks": tasks})


def dpo_tasks_ask(world: World) -> Iterator[Seen]:
    """Ask about tasks of the officer that we cannot place."""
    words = _tasks()
    known = words.conflict + words.allowed
    tasks = [task for task in world.profile.dpo_other_tasks if task.strip() and not _names(task, known)]
    if tasks:
        yield Seen("client", "profile/dpo_other_tasks", {"tasks": tasks})


def dpo_not_appointed(world: World) -> Iterator[Seen]:
    """Ask whether an officer is a duty where there is none but something speaks for it."""
    p = world.profile
    if p.dpo_appointed is not False:
        return
    names = ("special_categories", "records_calls", "monitors_agents", "voice_biometrics", "emotion_analysis")
    reasons = [name for name in names if getattr(p, name)]
    if reasons:
        yield Seen("client", "profile/dpo_appointed", {"reasons": reasons})
