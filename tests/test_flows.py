"""Flow rules: every example in every rule's file, what rules cite, and that safeguards never make things worse."""

from __future__ import annotations

from datetime import date

import pytest

from gdpr_assess.assessment.observed import RULES as OBSERVED
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.flows import RULES, assess, graph, register, rule
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE, Example
from gdpr_assess.flows.rule import RULES as FOLDER
from gdpr_assess.lang import FALLBACK_MARK, LANGUAGES, SOURCE, texts
from gdpr_assess.lang.texts import entries
from gdpr_assess.law import article, sources
from gdpr_assess.model import Intake, Place

OTHER_LAW = ("AI Act ", "ePrivacy Directive 2002/58/EC, ", "FADP ")
EXAMPLES = [
    pytest.param(code, example, expected, id=f"{code}-{'triggers' if expected else 'sound'}-{number}")
    for code in RULES
    for expected, examples in ((True, rule(code).triggers), (False, rule(code).sound))
    for number, example in enumerate(examples)
]


@pytest.mark.parametrize(("code", "example", "expected"), EXAMPLES)
def test_example(code: str, example: Example, expected: bool) -> None:
    found = [finding for finding in assess(example.built(), example.as_of) if finding.rule == code]
    assert bool(found) is expected, example.because


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
    assert all(rule(code).code == code for code in RULES)


@pytest.mark.parametrize("code", RULES)
def test_rule_names_controls_of_one_scope_and_known_law(code: str) -> None:
    data, controls = rule(code), load_catalogue().controls
    assert {control for control in data.controls if control not in controls} == set()
    assert len({controls[control].scope for control in data.controls}) == 1
    gdpr = [a.removeprefix("UK GDPR ") for a in data.articles if not a.startswith(OTHER_LAW)]
    assert [a for a in gdpr if article(a) is None] == []
    known = sources()
    assert [s.id for s in data.sources if s.status == "verified" and s.id not in known] == []


@pytest.mark.parametrize("code", [code for code in RULES if not rule(code).verified])
def test_rule_by_memory_only_asks(code: str) -> None:
    example = rule(code).triggers[0]
    assert {f.effect for f in assess(example.built(), example.as_of) if f.rule == code} == {"indicator"}


def _intake(**parts: object) -> Intake:
    return Intake.model_validate({"profile": EXAMPLE_PROFILE} | parts)


WEAK = {
    "partners": [
        {"id": "P1", "name": "Centre", "country": "PH", "role": "processor"},
        {"id": "P2", "name": "Speech", "country": "IN", "role": "sub_processor", "engaged_by": "P1"},
        {"id": "P3", "name": "Cloud", "country": "US", "role": "processor"},
    ],
    "systems": [
        {"id": "S1", "name": "CRM", "kind": "crm", "operator": "P3", "access_countries": ["PH", "TN"]},
        {"id": "S2", "name": "Recorder", "kind": "recording", "hosting_country": "DE"},
    ],
    "flows": [
        {"id": "F1", "source": "people", "target": "S1", "kind": "collection", "purpose": "service"},
        {"id": "F2", "source": "S1", "target": "P1", "kind": "remote_access", "purpose": "service"},
        {
            "id": "F3",
            "source": "P1",
            "target": "P2",
            "kind": "disclosure",
            "purpose": "quality",
            "data_categories": ["health"],
        },
    ],
}
SAFEGUARDS = {
    "partners": [{"contract": True}, {"authorised": True}, {"own_purposes": False}, {"dpf_listed": True}],
    "systems": [
        {"retention_days": 30},
        {"encrypted_transit": True, "encrypted_rest": True},
        {"mfa": True},
        {"hosting_country": "DE"},
        {"access_countries": []},
    ],
    "flows": [{"encrypted": True}, {"legal_basis": "contract"}, {"art9_condition": "explicit_consent"}],
}


def _with(part: str, index: int, change: dict[str, object]) -> Intake:
    rows = [dict(row) for row in WEAK[part]]
    rows[index] |= change
    return _intake(**(WEAK | {part: rows}))


def _ids(intake: Intake) -> set[str]:
    return {finding.id for finding in assess(intake, EXAMPLE_DAY)}


CHANGES = [
    (part, index, change)
    for part, changes in SAFEGUARDS.items()
    for change in changes
    for index in range(len(WEAK[part]))
]


@pytest.mark.parametrize(("part", "index", "change"), CHANGES)
def test_a_safeguard_never_adds_a_finding(part: str, index: int, change: dict[str, object]) -> None:
    assert _ids(_with(part, index, change)) <= _ids(_intake(**WEAK))


@pytest.mark.parametrize(("flow", "tool"), [(1, "scc_module_2"), (2, "scc_module_3")])
def test_a_fitting_tool_with_its_assessment_never_adds_a_finding(flow: int, tool: str) -> None:
    strengthened = _with("flows", flow, {"transfer_tool": tool, "tia_date": date(2026, 3, 1)})
    assert _ids(strengthened) < _ids(_intake(**WEAK))


def test_finding_points_at_the_row_and_speaks_for_the_processor() -> None:
    place = Place(file="inputs/intake.xlsx", sheet="Partners", row=3)
    partner = {"id": "P1", "name": "Centre", "country": "PL", "role": "processor", "contract": False}
    intake = _intake(partners=[partner], places={"partners/P1": place})
    (finding,) = [f for f in assess(intake, EXAMPLE_DAY) if f.rule == "PROCESSOR_NO_CONTRACT"]
    assert (finding.place, finding.scope, finding.severity) == (place, "processor:P1", "high")


BOTH_ROLES = EXAMPLE_PROFILE | {"roles": ["controller", "processor"]}


def test_client_that_also_serves_other_controllers_is_only_asked_for_a_basis() -> None:
    flow = {"id": "F1", "source": "people", "target": "client", "kind": "collection", "purpose": "service"}
    intake = Intake.model_validate({"profile": BOTH_ROLES, "flows": [flow]})
    (finding,) = [f for f in assess(intake, EXAMPLE_DAY) if f.rule == "NO_LEGAL_BASIS"]
    assert finding.effect == "indicator"


def test_same_intake_gives_the_same_findings_and_ids_are_unique() -> None:
    first, second = assess(_intake(**WEAK), EXAMPLE_DAY), assess(_intake(**WEAK), EXAMPLE_DAY)
    assert first == second
    assert len({finding.id for finding in first}) == len(first)


def test_graph_has_every_place_and_flow() -> None:
    found = graph(_intake(**WEAK))
    assert set(found.nodes) == {"people", "client", "P1", "P2", "P3", "S1", "S2"}
    assert sorted(key for _, _, key in found.edges(keys=True)) == ["F1", "F2", "F3"]
    assert found.nodes["S2"]["country"] == "DE"


def test_register_has_a_row_per_purpose_with_recipients_and_third_countries() -> None:
    rows = {row["activity"]: row for row in register(_intake(**WEAK))}
    assert list(rows) == ["service", "quality"]
    assert rows["service"]["recipients"] == ["Cloud", "Centre"]
    assert rows["quality"]["third_countries"] == [{"country": "IN", "recipient": "Speech", "tool": None}]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", RULES)
def test_every_rule_speaks_every_language(code: str, lang: str) -> None:
    example, say = rule(code).triggers[0], texts(lang)
    found = next(finding for finding in assess(example.built(), example.as_of) if finding.rule == code)
    for part in ("title", "message", "fix"):
        text = say(f"flows.{code}", part, **found.params)
        assert not text.startswith(FALLBACK_MARK)
        assert "{" not in text


def test_area_flows_has_no_text_without_a_rule() -> None:
    fixed = ("lane_", "kind_", "mark_", "describe", "map_title", "people", "client", "legend", "no_flows",
             "volume_", "locked")  # fmt: skip
    keys = {key.removeprefix("flows.") for key in entries(SOURCE) if key.startswith("flows.")}
    assert {key for key in keys if not key.startswith(fixed)} == set(RULES) | set(OBSERVED)
