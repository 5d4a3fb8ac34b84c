"""What is to be done and in which order: one piece of work per control, dependencies before what needs them."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gdpr_assess.catalogue import Control
from gdpr_assess.catalogue.scoring import load_scoring
from gdpr_assess.issue import DataError
from gdpr_assess.model import CLIENT, Gap, OwnerRole

SEVERITY_ORDER = ("high", "medium", "low")


@dataclass(frozen=True)
class Work:
    """The work on one control in all scopes with a gap; `depends_on` are controls of the same plan."""

    control: str
    scopes: tuple[str, ...]
    owner: OwnerRole
    effort_days: float
    depends_on: tuple[str, ...]

    @property
    def id(self) -> str:
        """The identity of the action, the same in every run."""
        return hashlib.sha256(f"action\0{self.control}".encode()).hexdigest()[:12]


def _effort(base: float, scopes: int) -> float:
    rules = load_scoring().plan
    days = base * (1 + rules.further_scope * (scopes - 1))
    return round(math.ceil(round(days / rules.effort_step_days, 6)) * rules.effort_step_days, 6)


def _needs(control: str, planned: Iterable[str], catalogue: Mapping[str, Control]) -> tuple[str, ...]:
    """Return the planned controls that must come first; what is not in the plan passes its own dependencies on."""
    planned, found, seen = set(planned), set(), {control}
    open_ = list(catalogue[control].remedy.depends_on)
    while open_:
        name = open_.pop()
        if name in planned:
            found.add(name)
        elif name not in seen:
            seen.add(name)
            open_ += catalogue[name].remedy.depends_on
    return tuple(sorted(found))


def _urgency(gaps: Sequence[Gap]) -> tuple[bool, int, float, str]:
    first = min(gaps, key=lambda gap: -gap.risk)
    return first.improvement, SEVERITY_ORDER.index(first.severity), -first.risk, first.control


def ordered(works: Sequence[Work]) -> list[Work]:
    """Return the works in the given order of urgency, each directly after what it depends on."""
    by_control = {work.control: work for work in works}
    done: dict[str, Work] = {}

    def put(work: Work, path: tuple[str, ...]) -> None:
        if work.control in path:
            raise DataError(f"controls depend on each other in a circle: {' > '.join([*path, work.control])}")
        if work.control in done:
            return
        for other in works:
            if other.control in work.depends_on:
                put(by_control[other.control], (*path, work.control))
        done[work.control] = work

    for work in works:
        put(work, ())
    return list(done.values())


def choose(gaps: Iterable[Gap], catalogue: Mapping[str, Control]) -> list[Work]:
    """Return the work that the gaps ask for: most urgent first, accepted risks left out, improvements last."""
    by_control: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        if not gap.accepted:
            by_control[gap.control].append(gap)
    works = []
    for name, group in sorted(by_control.items(), key=lambda item: _urgency(item[1])):
        scopes = sorted({gap.scope for gap in group}, key=lambda scope: (scope != CLIENT, scope))
        remedy = catalogue[name].remedy
        works.append(
            Work(
                control=name,
                scopes=tuple(scopes),
                owner=remedy.owner,
                effort_days=_effort(remedy.effort_days, len(scopes)),
                depends_on=_needs(name, by_control, catalogue),
            )
        )
    return ordered(works)
