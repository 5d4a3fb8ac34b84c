"""From gaps to dated actions: what first, by whom, with what effort, when. Pure: no file access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gdpr_assess.catalogue import Catalogue
from gdpr_assess.model import Action, Gap, Profile
from gdpr_assess.plan.choose import choose
from gdpr_assess.plan.schedule import first_day, schedule, working_day

__all__ = ["actions"]


def actions(gaps: Iterable[Gap], catalogue: Catalogue, profile: Profile, as_of: date) -> list[Action]:
    """Return one dated action per control with an open gap, by priority: urgent first, dependencies before."""
    works = choose(gaps, catalogue.controls)
    spans = schedule(works, profile.weekly_capacity_days)
    start = first_day(profile.plan_start, as_of)
    ids = {work.control: work.id for work in works}
    return [
        Action(
            id=work.id,
            controls=(work.control,),
            scopes=work.scopes,
            owner_role=work.owner,
            effort_days=work.effort_days,
            start=working_day(start, spans[work.control][0]),
            due=working_day(start, spans[work.control][1]),
            depends_on=tuple(ids[name] for name in work.depends_on),
            priority=number,
        )
        for number, work in enumerate(works, start=1)
    ]
