"""Who decides on a flow, when an impact assessment is due, what the AI Act adds: beyond the examples of the rules."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from gdpr_assess.flows import assess
from gdpr_assess.flows.impact import case
from gdpr_assess.flows.minimise import need
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE
from gdpr_assess.flows.uses import ages
from gdpr_assess.flows.world import World
from gdpr_assess.law import iso, sources
from gdpr_assess.law.duties import ai_duty, impact
from gdpr_assess.model import Finding, Intake, Purpose, named

BRAND = {"id": "B1", "name": "Brand", "country": "DE", "role": "controller", "contract": True}
ABROAD = {"id": "P1", "name": "Centre", "country": "PH", "role": "sub_processor"}


def built(profile: dict[str, Any] | None = None, **parts: Any) -> Intake:
    return Intake.model_validate({"profile": EXAMPLE_PROFILE | (profile or {})} | parts)


def found(rule: str, intake: Intake) -> list[Finding]:
    return [finding for finding in assess(intake, EXAMPLE_DAY) if finding.rule == rule]


def collected(on_behalf_of: str | None) -> Intake:
    flow = {"id": "F1", "source": "people", "target": "client", "kind": "collection", "purpose": "service"}
    roles = {"roles": ["controller", "processor"]}
    return built(roles, partners=[BRAND], flows=[flow | {"on_behalf_of": on_behalf_of}])


@pytest.mark.parametrize(("said", "effects"), [("client", ["violation"]), (None, ["indicator"]), ("B1", [])])
def test_only_its_own_flows_need_a_basis_of_the_client(said: str | None, effects: list[str]) -> None:
    assert [finding.effect for finding in found("NO_LEGAL_BASIS", collected(said))] == effects


@pytest.mark.parametrize(("said", "module", "wrong"), [
    ("client", "scc_module_2", False), ("client", "scc_module_4", True),
    ("B1", "scc_module_3", False), ("B1", "scc_module_2", True),
])  # fmt: skip
def test_module_of_the_clauses_follows_the_role_in_the_flow(said: str, module: str, wrong: bool) -> None:
    flow = {"id": "F1", "source": "client", "target": "P1", "kind": "disclosure", "purpose": "service",
            "transfer_tool": module, "tia_date": "2026-03-01", "on_behalf_of": said}  # fmt: skip
    intake = built({"roles": ["controller", "processor"]}, partners=[BRAND, ABROAD], flows=[flow])
    assert bool(found("SCC_WRONG_MODULE", intake)) is wrong


def test_a_partner_for_whom_a_flow_runs_is_not_idle() -> None:
    assert found("PARTNER_IN_NO_FLOW", collected("client"))
    assert not found("PARTNER_IN_NO_FLOW", collected("B1"))


def test_emotions_of_agents_are_asked_about_where_the_client_is_not_in_the_union() -> None:
    reads = {"emotion_analysis": True, "emotion_of": ["agents"]}
    (inside,) = found("EMOTION_AT_WORK", built(reads))
    (outside,) = found("EMOTION_AT_WORK", built(reads | {"main_country": "CN", "eu_establishments": []}))
    assert (inside.effect, outside.effect) == ("violation", "indicator")
    assert inside.params == {"on": "2025-02-02"}


def test_impact_assessment_lists_criteria_reasons_and_national_points() -> None:
    facts = {"eu_establishments": ["DE", "AT"], "monitors_agents": True, "emotion_analysis": True, "dpia_done": False}
    (finding,) = found("DPIA_MISSING", built(facts | {"emotion_of": ["customers"]}))
    numbers = {f"criterion_{criterion.id}": criterion.number for criterion in impact().criteria}
    assert [numbers[name] for name in finding.params["criteria"]] == [1, 3, 4, 7, 8]
    assert finding.params["reasons"] == ["feature_emotion_analysis", "feature_monitors_agents"]
    assert (finding.params["lists"], finding.params["unread"]) == (["DE 8", "DE 11"], ["AT"])


def test_the_scale_alone_never_makes_an_assessment_due() -> None:
    flow = {"id": "F1", "source": "people", "target": "client", "kind": "collection", "purpose": "service"}
    large = built({"records_calls": True}, flows=[flow | {"volume_per_month": 20_000}])
    seen = case(World(large, EXAMPLE_DAY))
    assert (seen.due, seen.likely) == (False, True)


def test_ages_that_nobody_read_carry_a_mark() -> None:
    world = World(built({"countries_served": ["AT", "DE", "US"]}), EXAMPLE_DAY)
    assert ages(world) == ["AT: 14", "DE: 16 (?)"]


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_no_kind_of_data_is_both_unusual_and_excessive(purpose: Purpose) -> None:
    assert not set(need(purpose).excessive) & set(need(purpose).unusual)


def test_duties_and_criteria_name_their_sources() -> None:
    duties = [ai_duty(key) for key in ("emotion_at_work", "bot_known", "emotion_told")]
    facts = [*duties, *impact().criteria, *impact().lists]
    assert [fact for fact in facts if fact.status == "verified" and not fact.source] == []
    assert {key for fact in facts for key in fact.source} <= set(sources())
    assert [criterion.number for criterion in impact().criteria] == list(range(1, 10))
    assert all(point.country == iso(point.country) for point in impact().lists)


@pytest.mark.parametrize(("cell", "names"), [
    (None, None), (" ", None), ("-", None), ("None.", False), ("无", False), ("keine", False), ("Nonne GmbH", True),
])  # fmt: skip
def test_a_cell_names_somebody_nobody_or_is_empty(cell: str | None, names: bool | None) -> None:
    assert named(cell) is names
