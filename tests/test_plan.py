"""The plan: what is in it, in which order, and that its dates can be kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import AS_OF, catalogue, control, gap, profile

from gdpr_assess.catalogue import Catalogue
from gdpr_assess.issue import DataError
from gdpr_assess.model import Action, Gap
from gdpr_assess.plan import actions
from gdpr_assess.plan.schedule import first_day, working_day

MONDAY = date(2026, 10, 5)


def plan(
    controls: Catalogue, gaps: list[Gap], capacity: float | None = None, start: date | None = None
) -> list[Action]:
    return actions(gaps, controls, profile(weekly_capacity_days=capacity, plan_start=start), AS_OF)


def names(found: list[Action]) -> list[str]:
    return [name for action in found for name in action.controls]


def test_one_action_per_control_with_all_its_scopes() -> None:
    site = control("SEC-01", scope="site", effort_days=2)
    found = plan(catalogue(site), [gap("SEC-01", scope=f"site:{n}") for n in "CAB"] + [gap("SEC-01")])
    assert len(found) == 1
    assert found[0].scopes == ("client", "site:A", "site:B", "site:C")
    assert (found[0].effort_days, found[0].owner_role, found[0].status) == (3.5, "legal", "open")


@pytest.mark.parametrize(
    ("base", "scopes", "effort"), [(2, 1, 2), (1, 2, 1.5), (0.5, 1, 0.5), (3, 3, 4.5), (0.2, 1, 0.5)]
)
def test_effort_grows_with_scopes_in_half_days(base: float, scopes: int, effort: float) -> None:
    gaps = [gap("SEC-01", scope=f"site:{n}") for n in range(scopes)]
    assert plan(catalogue(control("SEC-01", effort_days=base)), gaps)[0].effort_days == effort


def test_urgent_first_improvements_last() -> None:
    controls = catalogue(*[control(f"REC-0{n}") for n in range(1, 6)])
    gaps = [
        gap("REC-01", severity="low", risk=900),
        gap("REC-02", severity="medium", risk=20),
        gap("REC-03", risk=50, severity="high", improvement=True),
        gap("REC-04", risk=60),
        gap("REC-05", risk=70),
    ]
    found = plan(controls, gaps)
    assert names(found) == ["REC-05", "REC-04", "REC-02", "REC-01", "REC-03"]
    assert [action.priority for action in found] == [1, 2, 3, 4, 5]
    assert [action.start for action in found] == sorted(action.start for action in found)


def test_accepted_risks_leave_the_plan() -> None:
    site = control("SEC-01", scope="site")
    gaps = [gap("REC-01", accepted=True), gap("SEC-01", scope="site:A", accepted=True), gap("SEC-01", scope="site:B")]
    found = plan(catalogue(control(), site), gaps)
    assert [(action.controls, action.scopes) for action in found] == [(("SEC-01",), ("site:B",))]


def test_dependencies_come_first_also_through_what_is_met() -> None:
    controls = catalogue(
        control("REC-01", depends_on=["REC-02"]),
        control("REC-02", depends_on=["REC-03"]),
        control("REC-03", depends_on=["REC-09"]),
        control("REC-09"),
    )
    first, second = plan(controls, [gap("REC-01"), gap("REC-03", severity="low", risk=1)])
    assert (first.controls, second.controls) == (("REC-03",), ("REC-01",))
    assert (first.depends_on, second.depends_on) == ((), (first.id,))
    assert second.start > first.due


def test_a_circle_of_dependencies_is_our_mistake() -> None:
    controls = catalogue(control("REC-01", depends_on=["REC-02"]), control("REC-02", depends_on=["REC-01"]))
    with pytest.raises(DataError, match="REC-01 > REC-02 > REC-01"):
        plan(controls, [gap("REC-01"), gap("REC-02")])
    with pytest.raises(DataError, match="REC-01 > REC-01"):
        plan(controls, [gap("REC-01")])


def test_ids_do_not_change_with_the_rest_of_the_plan() -> None:
    controls = catalogue(control("REC-01"), control("REC-02"))
    assert plan(controls, [gap("REC-01")])[0].id == plan(controls, [gap("REC-02", risk=900), gap("REC-01")])[1].id


@pytest.mark.parametrize(
    ("declared", "as_of", "first"),
    [
        (None, date(2026, 9, 30), MONDAY),
        (None, date(2026, 9, 28), MONDAY),
        (None, date(2026, 10, 4), MONDAY),
        (date(2026, 10, 7), AS_OF, date(2026, 10, 7)),
        (date(2026, 10, 10), AS_OF, date(2026, 10, 12)),
        (date(2026, 10, 11), AS_OF, date(2026, 10, 12)),
        (AS_OF, AS_OF, AS_OF),
        (date(2026, 1, 5), AS_OF, MONDAY),
    ],
)
def test_first_day(declared: date | None, as_of: date, first: date) -> None:
    assert first_day(declared, as_of) == first


def test_working_days_skip_weekends() -> None:
    wednesday = date(2026, 10, 7)
    assert [working_day(wednesday, n).day for n in range(6)] == [7, 8, 9, 12, 13, 14]


def test_two_hands_of_half_a_day_work_side_by_side() -> None:
    controls = catalogue(
        control("REC-01", effort_days=1), control("REC-02", effort_days=2), control("REC-03", effort_days=1)
    )
    found = plan(controls, [gap("REC-01", risk=3), gap("REC-02", risk=2), gap("REC-03", risk=1)], capacity=5)
    spans = [((action.start - MONDAY).days, (action.due - MONDAY).days) for action in found]
    assert spans == [(0, 1), (0, 3), (2, 3)]


def test_a_capacity_below_the_pace_stretches_the_work() -> None:
    [found] = plan(catalogue(control(effort_days=1)), [gap()], capacity=1)
    assert (found.start, found.due) == (MONDAY, date(2026, 10, 9))


def test_no_gaps_no_plan() -> None:
    assert plan(catalogue(control()), []) == []


@pytest.mark.parametrize("capacity", [1e-9, 1e6])
def test_extreme_capacities_give_dates(capacity: float) -> None:
    assert plan(catalogue(control(effort_days=60)), [gap()], capacity)[0].due > MONDAY


Made = tuple[Catalogue, list[Gap]]


@st.composite
def worlds(draw: st.DrawFn) -> Made:
    size = draw(st.integers(1, 14))
    ids = [f"REC-{number:02}" for number in range(size)]
    controls, gaps = [], []
    for number, name in enumerate(ids):
        before = draw(st.lists(st.sampled_from(ids[:number]), max_size=3, unique=True)) if number else []
        effort = draw(st.sampled_from([0.5, 1, 1.5, 2, 3, 7.5]))
        severity = draw(st.sampled_from(["high", "medium", "low"]))
        controls.append(control(name, depends_on=before, effort_days=effort, severity=severity))
        for scope in draw(st.lists(st.sampled_from(["client", "site:A", "site:B"]), max_size=3, unique=True)):
            risk, accepted = draw(st.sampled_from([1.0, 10.0, 50.0])), draw(st.sampled_from([False, False, True]))
            gaps.append(gap(name, scope=scope, severity=severity, risk=risk, accepted=accepted))
    return catalogue(*controls), gaps


CAPACITIES = st.sampled_from([0.3, 1, 2.4, 2.5, 3, 5, 7, 12.5, 40])
STARTS = st.none() | st.dates(AS_OF, AS_OF + timedelta(days=20))


@given(worlds(), CAPACITIES, STARTS)
def test_no_week_holds_more_than_the_capacity(world: Made, capacity: float, start: date | None) -> None:
    spent: dict[tuple[int, int], float] = {}
    for action in plan(*world, capacity, start):
        days = [action.start + timedelta(days=n) for n in range((action.due - action.start).days + 1)]
        days = [day for day in days if day.weekday() < 5]
        for day in days:
            week = day.isocalendar()[:2]
            spent[week] = spent.get(week, 0) + action.effort_days / len(days)
    assert all(days <= capacity + 1e-9 for days in spent.values())


@given(worlds(), CAPACITIES, STARTS)
def test_dates_are_working_days_after_the_start_and_after_dependencies(
    world: Made, capacity: float, start: date | None
) -> None:
    found = plan(*world, capacity, start)
    by_id = {action.id: action for action in found}
    for action in found:
        assert action.start <= action.due
        assert action.start >= first_day(start, AS_OF)
        assert max(action.start.weekday(), action.due.weekday()) < 5
        assert all(by_id[other].due < action.start for other in action.depends_on)
        assert all(by_id[other].priority < action.priority for other in action.depends_on)


@given(worlds())
def test_every_open_gap_is_in_exactly_one_action(world: Made) -> None:
    controls, gaps = world
    covered = [(name, scope) for action in plan(controls, gaps) for name in action.controls for scope in action.scopes]
    assert sorted(covered) == sorted({(one.control, one.scope) for one in gaps if not one.accepted})


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_gaps_changes_nothing(world: Made, random: object) -> None:
    controls, gaps = world
    turned = list(gaps)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert plan(controls, gaps) == plan(controls, turned)


@given(worlds(), CAPACITIES, CAPACITIES)
def test_more_capacity_never_ends_later(world: Made, one: float, other: float) -> None:
    def end(capacity: float) -> date:
        return max((action.due for action in plan(*world, capacity)), default=MONDAY)

    assert end(max(one, other)) <= end(min(one, other))
