"""When work is done: whole working days, Monday to Friday, never more per week than the client can give.

The weekly capacity is cut into hands: each works on one piece at the pace of scoring.yaml. A piece starts on the first
day on which a hand is free for all of its days and everything it depends on was due before. More hands can end later
in rare cases (Graham's anomaly), so the best of all smaller numbers of hands is taken: more capacity never ends later.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from gdpr_assess.catalogue.scoring import load_scoring
from gdpr_assess.plan.choose import Work

WORKING_DAYS = 5
Span = tuple[int, int]
"""First and last working day of a piece of work, counted from the start of the plan."""


def first_day(plan_start: date | None, as_of: date) -> date:
    """Return the first working day of the plan: as declared, or the Monday after the assessment.

    A declared start that is over (a plan made again, quarters later) gives no actions in the past.
    """
    later = plan_start if plan_start and plan_start >= as_of else None
    start = later or as_of + timedelta(days=7 - as_of.weekday())
    return start + timedelta(days=7 - start.weekday()) if start.weekday() >= WORKING_DAYS else start


def working_day(start: date, number: int) -> date:
    """Return the working day `number` days after `start` (a working day)."""
    weeks, rest = divmod(start.weekday() + number, WORKING_DAYS)
    return start - timedelta(days=start.weekday()) + timedelta(weeks=weeks, days=rest)


def _place(works: Sequence[Work], hands: int, pace: Fraction) -> dict[str, Span]:
    busy: Counter[int] = Counter()
    spans: dict[str, Span] = {}
    for work in works:
        length = math.ceil(Fraction(str(work.effort_days)) / pace)
        start = max((spans[name][1] + 1 for name in work.depends_on), default=0)
        while full := [day for day in range(start, start + length) if busy[day] >= hands]:
            start = full[-1] + 1
        busy.update(range(start, start + length))
        spans[work.control] = (start, start + length - 1)
    return spans


def _end(spans: dict[str, Span]) -> int:
    return max((last for _, last in spans.values()), default=-1)


def schedule(works: Sequence[Work], weekly_capacity_days: float | None) -> dict[str, Span]:
    """Return first and last working day of each piece of work (given in order, dependencies first) by control."""
    rules = load_scoring().plan
    weekly = weekly_capacity_days or rules.weekly_capacity_days
    daily = Fraction(str(max(weekly, rules.least_weekly_capacity_days))) / WORKING_DAYS
    pace = min(Fraction(str(rules.pace_days)), daily)
    hands = min(int(daily / pace), max(len(works), 1))
    return min((_place(works, number, pace) for number in range(hands, 0, -1)), key=_end)
