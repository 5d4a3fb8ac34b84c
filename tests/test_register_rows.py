"""The rows of the record of processing: which flows share a line, and for whom the client works (Art. 30(1), 30(2))."""

from __future__ import annotations

from intake_cases import SMALL
from register_cases import DAY, LIVELY

from gdpr_assess.flows import register
from gdpr_assess.model import Flow, Intake, Partner, System


def both_roles(*flows: Flow, roles: tuple[str, ...] = ("controller", "processor")) -> Intake:
    profile = SMALL.profile.model_copy(update={"roles": roles})
    brands = tuple(Partner(id=name, name=name.title(), country="DE", role="controller") for name in ("brand", "shop"))
    systems = (System(id="A", name="A", kind="crm"), System(id="B", name="B", kind="crm"))
    return Intake(profile=profile, partners=brands, systems=systems, flows=flows)


def flow(name: str, source: str, target: str) -> Flow:
    return Flow(id=name, source=source, target=target, kind="collection", purpose="service")


def test_flows_that_agree_share_a_line() -> None:
    lines = [line for row in register(LIVELY, DAY) for line in row["lines"]]
    assert [line["flows"] for line in lines] == [["F1", "F2"], ["F3"]]
    assert (lines[1]["third_country"], lines[1]["importers"], lines[1]["sensitive"]) == ("PH", ["CallCo"], True)
    assert lines[1]["processors"] == [{"name": "CallCo", "contract": True, "date": "2025-01-02"}]
    assert lines[1]["open"] == ["basis", "art9", "tia", "security"]
    assert "retention" not in lines[0]["open"], "the system says how long"


def test_controller_has_no_processor_record() -> None:
    assert {row["article"] for row in register(LIVELY, DAY)} == {"30(1)"}


def test_processor_has_a_row_per_controller_and_what_is_derived_is_said() -> None:
    flows = (flow("F1", "people", "A"), flow("F2", "A", "brand"), flow("F3", "people", "B"))
    rows = register(both_roles(*flows), DAY)
    found = [(row["article"], row["controllers"], row["flows"], row["open"]) for row in rows]
    assert found == [
        ("30(1)", [], ["F3"], ["role"]),
        ("30(2)", ["Brand"], ["F1"], ["controller_derived"]),
        ("30(2)", ["Brand"], ["F2"], []),
        ("30(2)", ["Shop"], [], ["no_flow"]),
    ]


def test_processor_alone_is_asked_for_whom_where_that_is_open() -> None:
    (row,) = register(both_roles(flow("F1", "people", "A"), roles=("processor",)), DAY)
    assert (row["article"], row["controllers"], row["open"]) == ("30(2)", ["Brand", "Shop"], ["which_controller"])


def test_what_a_flow_says_of_its_controller_goes_before_what_may_be_derived() -> None:
    flows = [
        flow("F1", "people", "A").model_copy(update={"on_behalf_of": "shop"}),
        flow("F2", "A", "brand").model_copy(update={"on_behalf_of": "client"}),
    ]
    for roles in (("controller", "processor"), ("processor",), ("controller",)):
        rows = [row for row in register(both_roles(*flows, roles=roles), DAY) if row["flows"]]
        found = [(row["article"], row["controllers"], row["flows"], row["open"]) for row in rows]
        assert found == [("30(1)", [], ["F2"], []), ("30(2)", ["Shop"], ["F1"], [])]


def test_each_controller_has_its_own_lines_with_categories_of_processing_and_sub_processors() -> None:
    intake = both_roles(
        flow("F1", "people", "A").model_copy(update={"on_behalf_of": "shop"}),
        flow("F2", "A", "sub").model_copy(update={"on_behalf_of": "brand", "kind": "disclosure"}),
        flow("F3", "A", "sub").model_copy(update={"on_behalf_of": "shop", "kind": "disclosure"}),
    )
    sub = Partner(id="sub", name="Voice Inc.", country="IN", role="sub_processor")
    intake = intake.model_copy(update={"partners": (*intake.partners, sub)})
    lines = {row["controllers"][0]: line for row in register(intake, DAY) for line in row["lines"]}
    assert lines.keys() == {"Brand", "Shop"}
    assert (lines["Brand"]["kinds"], lines["Brand"]["third_country"]) == (["disclosure"], "IN")
    assert [item["name"] for item in lines["Shop"]["processors"]] == ["Voice Inc."]
