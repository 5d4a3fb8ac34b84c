"""Rights by system: each right works, works in part, fails, or is not said; records may show otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_samples.generator.files import SAMPLES
from gdpr_assess.assessment import Handling, right_findings
from gdpr_assess.assessment.right_findings import RULES
from gdpr_assess.assessment.right_rule import FOLDER, OF_RIGHT, RightExample, right_rule
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import CheckResult, Finding, Intake, Place, Right, RightCell, RightLog
from gdpr_assess.pipeline import assess_client
from gdpr_assess.practices import Handled
from gdpr_assess.practices.handled import Trace
from gdpr_assess.report.context import Report
from gdpr_assess.report.rights_rows import register
from gdpr_assess.report.rights_view import rights_matrix
from gdpr_assess.workspace import ClientFolder

Rules = dict[str, Finding]
NOTHING = Handled()

EXAMPLES = [
    pytest.param(code, example, expected, id=f"{code} {example.because}")
    for code in RULES
    for expected, examples in ((True, right_rule(code).triggers), (False, right_rule(code).sound))
    for example in examples
]


def found(example: RightExample) -> list[Finding]:
    _, findings = right_findings(Handling(example.built(), example.handled, example.checks, example.as_of))
    return findings


@pytest.mark.parametrize(("code", "example", "expected"), EXAMPLES)
def test_the_examples_of_each_rule(code: str, example: RightExample, expected: bool) -> None:
    assert (code in {finding.rule for finding in found(example)}) is expected


def test_every_rule_has_a_file_texts_and_controls_of_the_catalogue() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
    for code in RULES:
        data = right_rule(code)
        assert (data.code, data.verified, data.right is None) == (code, True, code not in OF_RIGHT.values())
        assert set(data.controls) <= set(load_catalogue().controls)
        assert len((FOLDER / f"{code}.yaml").read_text(encoding="utf-8").splitlines()) <= 60
        for lang in LANGUAGES:
            for field in ("title", "message", "fix"):
                params = dict.fromkeys(("name", "system", "status", "file"), "x")
                params |= {"lacks": [], "rights": [], "right": "erase", "systems": [], "files": []}
                assert texts(lang)(f"rights.{code}", field, **params, count=1, total=2, days=3, longest=4)


WHOLE: dict[str, Any] = {
    "found_by": ("email",), "export": "open_format", "correct": "yes", "delete": "yes", "copies": "yes", "block": "yes",
    "opt_out": "yes", "withdraw": "yes", "informs": "yes", "tells_recipients": "yes", "automated": True,
    "human_review": "yes", "days": 5,
}  # fmt: skip
"""A system in which every right works."""
BROKEN: dict[Right, tuple[dict[str, Any], dict[str, Any]]] = {
    "inform": ({"informs": "no"}, {"informs": "partly"}),
    "access": ({"export": "none"}, {"found_by": ("ticket",)}),
    "rectify": ({"correct": "no"}, {"tells_recipients": "no"}),
    "erase": ({"delete": "no"}, {"copies": "no"}),
    "restrict": ({"block": "no"}, {"tells_recipients": "partly"}),
    "port": ({"export": "pdf_only"}, {"found_by": ("call_id",)}),
    "object": ({"opt_out": "no"}, {"opt_out": "partly"}),
    "withdraw": ({"withdraw": "no"}, {"withdraw": "partly"}),
    "human_review": ({"human_review": "no"}, {"human_review": "partly"}),
}
"""For each right what makes it fail, and what makes it work in part."""
FLOWS = (
    {"id": "F1", "source": "people", "target": "Y1", "kind": "collection", "purpose": "service",
     "legal_basis": "contract"},
    {"id": "F2", "source": "Y1", "target": "client", "kind": "disclosure", "purpose": "marketing",
     "legal_basis": "consent"},
)  # fmt: skip
CALLS = Place(file="inputs/evidence/calls.csv", row=3)


def client(row: dict[str, Any] | None, flows: Iterable[dict[str, Any]] = FLOWS, **profile: Any) -> Intake:
    """One system with what is said of it; calls.csv is its export."""
    return Intake.model_validate(
        {
            "profile": EXAMPLE_PROFILE | profile,
            "systems": [{"id": "Y1", "name": "Desk", "kind": "ticketing"}],
            "flows": list(flows),
            "rights": [] if row is None else [{"system": "Y1"} | row],
            "evidence": [{"file": "calls.csv", "system": "Y1"}],
        }
    )


def judged(intake: Intake, handled: Handled = NOTHING, *checks: CheckResult) -> tuple[dict[str, RightCell], Rules]:
    matrix, findings = right_findings(Handling(intake, handled, checks, EXAMPLE_DAY))
    return {one.right: one for one in matrix.cells}, {finding.rule: finding for finding in findings}


def test_where_everything_is_there_every_right_works_and_nothing_is_found() -> None:
    cells, rules = judged(client(WHOLE))
    assert ({one.status for one in cells.values()}, rules) == ({"works"}, {})


@pytest.mark.parametrize("right", OF_RIGHT)
def test_each_right_can_fail_and_can_work_in_part(right: Right) -> None:
    fails, part = BROKEN[right]
    weights = ["low", "medium", "high"]
    for row, status in ((fails, "does_not_work"), (part, "works_partly")):
        cells, rules = judged(client(WHOLE | row))
        finding = rules[OF_RIGHT[right]]
        assert (cells[right].status, finding.effect, finding.source) == (status, "violation", "rights")
        assert cells[right].findings == (finding.id,)
        weight = weights.index(right_rule(OF_RIGHT[right]).severity)
        assert finding.severity == (weights[weight] if status == "does_not_work" else weights[max(weight - 1, 0)])


@pytest.mark.parametrize("row", [None, {}, {"days": 4}], ids=["no row", "empty row", "days only"])
def test_what_is_not_said_is_one_question_and_never_a_failure(row: dict[str, Any] | None) -> None:
    cells, rules = judged(client(row))
    assert {one.status for one in cells.values()} == {"not_said"}
    assert {(code, finding.effect) for code, finding in rules.items()} == {("RIGHTS_ASK", "indicator")}


def test_rights_that_depend_on_the_flows_apply_by_their_bases() -> None:
    own = {"source": "people", "target": "Y1", "kind": "collection"}
    law = [own | {"id": "F1", "purpose": "legal", "legal_basis": "legal_obligation"}]
    status = {right: one.status for right, one in judged(client(WHOLE, law, automated_decisions=False))[0].items()}
    kept = {right: state for right, state in status.items() if state == "not_applicable"}
    assert set(kept) == {"erase", "port", "object", "withdraw"}
    interest = [own | {"id": "F1", "purpose": "quality", "legal_basis": "legitimate_interest"}]
    cells, _ = judged(client(WHOLE | {"opt_out": "no", "export": "pdf_only"}, interest))
    assert [cells[right].status for right in ("object", "port")] == ["does_not_work", "not_applicable"]
    unknown = [own | {"id": "F1", "purpose": "service"}]
    cells, rules = judged(client(WHOLE | {"export": "pdf_only"}, unknown))
    assert (cells["port"].status, cells["port"].reasons) == ("not_said", ("basis_not_said",))
    assert rules.keys() == {"RIGHTS_ASK"}


def test_a_system_with_data_of_staff_only_is_left_out() -> None:
    intake = client(None)
    staff = intake.systems[0].model_copy(update={"data_categories": ("agent_data",)})
    cells, rules = judged(intake.model_copy(update={"systems": (staff,)}))
    assert ({one.status for one in cells.values()}, rules) == ({"not_applicable"}, {})


def test_who_only_works_for_others_is_asked_and_not_blamed() -> None:
    roles = {"roles": ["processor"]}
    _, rules = judged(client(WHOLE | {"delete": "no"}, **roles))
    assert rules["RIGHT_ERASE"].effect == "indicator"


@pytest.mark.parametrize("right", ["erase", "object", "withdraw"])
def test_an_export_that_still_shows_people_contradicts_the_claim(right: Right) -> None:
    trace = Trace(right=right, file=CALLS.file, count=2, places=(CALLS,))
    cells, rules = judged(client(WHOLE), Handled(traces=(trace,)))
    assert [one.right for one in cells.values() if one.contradicted] == [right]
    finding = rules["RIGHT_AGAINST_RECORDS"]
    assert (finding.place, finding.params["right"], finding.params["count"]) == (CALLS, right, 2)
    assert finding.articles == right_rule(OF_RIGHT[right]).articles
    fails, _ = BROKEN[right]
    cells, rules = judged(client(WHOLE | fails), Handled(traces=(trace,)))
    assert (cells[right].contradicted, "RIGHT_AGAINST_RECORDS" in rules) == (False, True)


def test_a_check_over_the_systems_export_contradicts_the_claim() -> None:
    check = CheckResult(check="recording.announced_before", outcome="ran", population=9, exceptions=1, places=(CALLS,))
    cells, rules = judged(client(WHOLE), Handled(), check)
    assert [one.right for one in cells.values() if one.contradicted] == ["inform"]
    assert rules["RIGHT_AGAINST_RECORDS"].controls == ("TRN-01",)


def test_portability_answered_with_pdf_contradicts_an_open_export() -> None:
    log = RightLog(right="port", requests=3, answered=3, copies_known=3, unreadable_copies=1, copy_places=(CALLS,))
    cells, rules = judged(client(WHOLE), Handled(log=(log,)))
    assert [one.right for one in cells.values() if one.contradicted] == ["port"]
    assert rules.keys() == {"RIGHT_COPY_UNREADABLE"}


def test_a_pdf_answer_marks_no_system_where_several_are_said_to_give_open_copies() -> None:
    intake = client(WHOLE)
    other = intake.systems[0].model_copy(update={"id": "Y2"})
    row = intake.rights[0].model_copy(update={"system": "Y2"})
    both = intake.model_copy(update={"systems": (*intake.systems, other), "rights": (*intake.rights, row)})
    log = RightLog(right="port", requests=3, answered=3, copies_known=3, unreadable_copies=1, copy_places=(CALLS,))
    matrix, findings = right_findings(Handling(both, Handled(log=(log,)), (), EXAMPLE_DAY))
    assert [one.system for one in matrix.cells if one.contradicted or one.findings] == []
    assert "RIGHT_COPY_UNREADABLE" in {finding.rule for finding in findings}


def test_days_add_up_and_the_slowest_system_decides() -> None:
    intake = client(WHOLE | {"asked_after_days": 20, "days": 12})
    other = intake.systems[0].model_copy(update={"id": "Y2"})
    row = intake.rights[0].model_copy(update={"system": "Y2", "asked_after_days": None, "days": 9})
    both = intake.model_copy(update={"systems": (*intake.systems, other), "rights": (*intake.rights, row)})
    matrix, findings = right_findings(Handling(both, Handled(), (), EXAMPLE_DAY))
    assert (matrix.slowest, matrix.slowest_days) == (("Y1",), 32)
    assert [(f.rule, f.params["system"]) for f in findings if f.rule == "RIGHTS_TOO_SLOW"] == [
        ("RIGHTS_TOO_SLOW", "Y1")
    ]


BETTER: dict[str, tuple[Any, ...]] = {
    "found_by": ((), ("none",), ("ticket",), ("email", "ticket")),
    "export": (None, "none", "pdf_only", "open_format"),
    "delete": (None, "no", "partly", "yes"),
    "automated": (True,),
} | dict.fromkeys(
    ("correct", "copies", "block", "opt_out", "withdraw", "informs", "tells_recipients", "human_review"),
    (None, "no", "partly", "yes"),
)
"""What may be said of each capability, from silence and the worst to the best."""
TRACES = st.lists(st.sampled_from(["erase", "object", "withdraw"]), unique=True)


@given(data=st.data(), traces=TRACES)
def test_a_better_capability_never_adds_a_finding(data: st.DataObject, traces: list[Right]) -> None:
    row = {name: data.draw(st.sampled_from(values)) for name, values in BETTER.items()}
    name = data.draw(st.sampled_from(sorted(BETTER)))
    best = row | {name: BETTER[name][-1]}
    shown = Handled(traces=tuple(Trace(right=r, file=CALLS.file, count=1, places=(CALLS,)) for r in traces))
    before, after = (right_findings(Handling(client(one), shown, (), EXAMPLE_DAY))[1] for one in (row, best))
    assert {finding.id for finding in after} <= {finding.id for finding in before}


def test_the_register_names_every_system_and_right_in_words() -> None:
    run = assess_client(ClientFolder(SAMPLES / "dach_contact_centre"), EXAMPLE_DAY)
    for lang in LANGUAGES:
        heads, rows = register(Report(run, lang))
        assert len(rows) == len(run.systems) * len(OF_RIGHT)
        assert {len(row) for row in rows} == {len(heads)}
        shown = str(rights_matrix(Report(run, lang)))
        codes = ("does_not_work", "works_partly", "not_said", "copy_unreadable", "cap_", "_heeded", "human_review")
        assert [code for code in codes if code in shown or code in str(rows)] == []
        assert shown.count("ga-contradicted") > 4
    kept = {one.system for one in run.rights.cells if one.contradicted and one.right == "erase"}
    assert kept == {"rec", "mail"}
