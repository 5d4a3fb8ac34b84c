"""Flow rules under change: whatever else is true, adding a safeguard adds no finding and removing one removes none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.flows import assess
from gdpr_assess.flows.rule import EXAMPLE_DAY, EXAMPLE_PROFILE
from gdpr_assess.model import Intake

Rows = dict[str, Any]
KNOWN = st.sampled_from([None, False, True])
TESTED = date(2026, 3, 1)
STRICTEST = 1
"""Days: shorter than every period that a client promises here."""
CATEGORIES = st.lists(
    st.sampled_from(["identity", "contact", "contract", "card", "call_recording", "health", "voice_biometrics"]),
    max_size=3, unique=True)  # fmt: skip
PROFILES = st.fixed_dictionaries(
    {
        "main_country": st.sampled_from(["DE", "CN", "US"]),
        "eu_establishments": st.sampled_from([[], ["DE"]]),
        "roles": st.sampled_from([["controller"], ["controller", "processor"]]),
        "services": st.sampled_from([["inbound_support"], ["outbound_sales"]]),
        "home_working": KNOWN,
        "home_working_rules": KNOWN,
        "dpia_done": KNOWN,
        "emotion_analysis": KNOWN,
        "emotion_of": st.sampled_from([[], ["customers"], ["agents"]]),
        "monitors_agents": KNOWN,
        "serves_children": KNOWN,
        "special_categories": KNOWN,
        "recording_retention_days": st.sampled_from([None, 30]),
        "message_retention_days": st.sampled_from([None, 90]),
    }
)
PARTNER = {
    "country": st.sampled_from(["PH", "IN", "DE", "JP", "US", "CA"]),
    "parent_country": st.sampled_from([None, "US", "CN"]),
    "contract": KNOWN,
    "authorised": KNOWN,
    "dpf_listed": KNOWN,
    "pipeda_covered": KNOWN,
    "own_purposes": KNOWN,
    "same_group": KNOWN,
    "binding_rules": st.sampled_from([None, "none", "controller", "processor"]),
}
SYSTEM = {
    "kind": st.sampled_from(["crm", "recording", "email", "storage"]),
    "operator": st.sampled_from(["client", "P1"]),
    "hosting_country": st.sampled_from([None, "DE", "US"]),
    "access_countries": st.sampled_from([[], ["PH"], ["DE", "IN"]]),
    "data_categories": CATEGORIES,
    "retention_days": st.sampled_from([None, 10, 400]),
    "retention_rule": st.sampled_from([None, "a year after the last contact"]),
    "retention_start": st.sampled_from([None, "last_contact"]),
    "deletion": st.sampled_from([None, "none", "manual", "automatic"]),
    "access_logs": KNOWN,
    "encrypted_transit": KNOWN,
    "encrypted_rest": KNOWN,
    "mfa": KNOWN,
    "in_use": KNOWN,
}
FLOW = {
    "kind": st.sampled_from(["disclosure", "storage", "remote_access", "deletion"]),
    "purpose": st.sampled_from(["service", "marketing", "quality"]),
    "on_behalf_of": st.sampled_from([None, "client", "P1"]),
    "data_categories": CATEGORIES,
    "legal_basis": st.sampled_from([None, "contract", "legitimate_interest", "consent"]),
    "art9_condition": st.sampled_from([None, "explicit_consent"]),
    "transfer_tool": st.sampled_from([None, "none", "adequacy", "derogation", "scc_module_1", "scc_module_3", "bcr"]),
    "tia_date": st.sampled_from([None, date(2020, 1, 1), TESTED]),
    "retention_days": st.sampled_from([None, 10, 400]),
    "encrypted": KNOWN,
}


def _rows(fixed: list[Rows], free: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[Rows]]:
    return st.tuples(*(st.fixed_dictionaries(free).map(lambda made, row=row: made | row) for row in fixed)).map(list)


INTAKES = st.fixed_dictionaries(
    {
        "profile": PROFILES,
        "partners": _rows(
            [
                {"id": "P1", "name": "Centre", "role": "processor"},
                {"id": "P2", "name": "Speech", "role": "sub_processor", "engaged_by": "P1"},
            ],
            PARTNER,
        ),
        "systems": _rows([{"id": "S1", "name": "First"}, {"id": "S2", "name": "Second"}], SYSTEM),
        "flows": _rows(
            [
                {"id": "F1", "source": "S1", "target": "P1"},
                {"id": "F2", "source": "P1", "target": "P2"},
                {"id": "F3", "source": "client", "target": "S2"},
            ],
            FLOW,
        ),
    }
)
Steps = dict[str, tuple[str, int, Rows, list[Rows]]]
"""By name: where a safeguard stands (part and row), the values that give it, and those that lack it."""
SAFEGUARDS: Steps = {
    "clauses for a processor": ("flows", 0, {"transfer_tool": "scc_module_2", "tia_date": TESTED},
                                [{"transfer_tool": tool, "tia_date": TESTED} for tool in (None, "none", "derogation")]),
    "clauses for a sub-processor": ("flows", 1, {"transfer_tool": "scc_module_3", "tia_date": TESTED},
                                    [{"transfer_tool": tool, "tia_date": TESTED} for tool in (None, "none")]),
    "clauses of the right module": ("flows", 0, {"transfer_tool": "scc_module_2", "tia_date": TESTED},
                                    [{"transfer_tool": "scc_module_4", "tia_date": TESTED}]),
    "assessment of the destination": ("flows", 0, {"tia_date": TESTED},
                                      [{"tia_date": day} for day in (None, date(2020, 1, 1), date(2030, 1, 1))]),
    "encryption on the way": ("flows", 1, {"encrypted": True}, [{"encrypted": None}, {"encrypted": False}]),
    # a purpose of its own, as a basis may also contradict that of another flow; no children, whose age would be asked
    "legal basis": ("flows", 2, {"legal_basis": "consent", "purpose": "survey"},
                    [{"legal_basis": None, "purpose": "survey"}]),
    "binding rules that cover": ("partners", 0, {"same_group": True, "binding_rules": "controller"},
                                 [{"same_group": True, "binding_rules": said} for said in (None, "none")]),
    "a member of the group": ("partners", 0, {"same_group": True, "binding_rules": "controller"},
                              [{"same_group": said, "binding_rules": "controller"} for said in (None, False)]),
    "access logs": ("systems", 0, {"access_logs": True}, [{"access_logs": None}, {"access_logs": False}]),
    "deletion": ("systems", 0, {"deletion": "automatic"}, [{"deletion": None}, {"deletion": "none"}]),
    "start of the period": ("systems", 1, {"retention_start": "collection"}, [{"retention_start": None}]),
    "rule in words": ("systems", 0, {"retention_rule": "recordings after 30 days"}, [{"retention_rule": None}]),
    "impact assessment": ("profile", 0, {"dpia_done": True}, [{"dpia_done": said} for said in (None, False)]),
    "rules for work from home": ("profile", 0, {"home_working_rules": True, "home_working": True},
                                 [{"home_working_rules": said, "home_working": True} for said in (None, False)]),
    "no emotions of agents": ("profile", 0, {"emotion_analysis": False, "emotion_of": []},
                              [{"emotion_analysis": True, "emotion_of": ["agents"]}]),
    "no card data": ("systems", 1, {"data_categories": ["call_recording"]},
                     [{"data_categories": ["call_recording", "card"]}]),
    "only what is needed": ("flows", 2, {"data_categories": ["contact"], "purpose": "marketing"},
                            [{"data_categories": ["contact", "card"], "purpose": "marketing"}]),
    "condition of Art. 9": ("flows", 0, {"art9_condition": "explicit_consent"}, [{"art9_condition": None}]),
    "contract": ("partners", 0, {"contract": True}, [{"contract": None}, {"contract": False}]),
    "contract of a sub-processor": ("partners", 1, {"contract": True}, [{"contract": None}, {"contract": False}]),
    "authorisation": ("partners", 1, {"authorised": True}, [{"authorised": None}, {"authorised": False}]),
    "no purposes of its own": ("partners", 0, {"own_purposes": False},
                               [{"own_purposes": None}, {"own_purposes": True}]),
    "certification": ("partners", 0, {"dpf_listed": True, "pipeda_covered": True},
                      [{"dpf_listed": said, "pipeda_covered": said} for said in (None, False)]),
    # while one half is known to be missing, nobody is asked for the other: so False to True is told with both halves
    "encryption in transit": ("systems", 0, {"encrypted_transit": True, "encrypted_rest": True},
                              [{"encrypted_transit": said, "encrypted_rest": True} for said in (None, False)]),
    "encryption at rest": ("systems", 1, {"encrypted_rest": True, "encrypted_transit": True},
                           [{"encrypted_rest": said, "encrypted_transit": True} for said in (None, False)]),
    "encryption known in transit": ("systems", 0, {"encrypted_transit": True}, [{"encrypted_transit": None}]),
    "encryption known at rest": ("systems", 1, {"encrypted_rest": True}, [{"encrypted_rest": None}]),
    "second factor": ("systems", 0, {"mfa": True}, [{"mfa": None}, {"mfa": False}]),
    "retention of a system": ("systems", 0, {"retention_days": STRICTEST}, [{"retention_days": 3650},
                                                                           {"retention_days": None}]),
    "retention of a flow": ("flows", 2, {"retention_days": STRICTEST}, [{"retention_days": None}]),
    "no access from abroad": ("systems", 1, {"access_countries": []}, [{"access_countries": ["PH"]}]),
    "representative in the EU": ("profile", 0, {"eu_representative": "Vertreter GmbH"},
                                 [{"eu_representative": said} for said in (" ", "none", None)]),
    "representative in the UK": ("profile", 0, {"uk_representative": "Agent Ltd", "countries_served": ["DE", "GB"]},
                                 [{"uk_representative": None, "countries_served": ["DE", "GB"]}]),
    "officer": ("profile", 0, {"dpo_appointed": True, "records_calls": True},
                [{"dpo_appointed": said, "records_calls": True} for said in (None, False)]),
}  # fmt: skip


OWN = ("flows", 0, {"on_behalf_of": "client"})
ON_RULES = ("flows", 0, {"kind": "disclosure", "transfer_tool": "bcr", "tia_date": TESTED, "on_behalf_of": "client"})
BESIDE: dict[str, tuple[str, int, Rows]] = {
    "clauses for a processor": OWN,
    "clauses of the right module": OWN,
    "binding rules that cover": ON_RULES,
    "a member of the group": ON_RULES,
    # a period that a flow names may contradict that of the system
    "retention of a flow": ("systems", 1, {"retention_days": None}),
    "legal basis": ("profile", 0, {"serves_children": False}),
}
"""By name: what else holds with and without the safeguard, as a new statement may also contradict an old one."""


def _beside(name: str, intake: Rows) -> Rows:
    part, at, values = BESIDE.get(name, ("profile", 0, {}))
    if part == "profile":
        return intake | {"profile": intake["profile"] | values}
    return intake | {part: [row | values if i == at else row for i, row in enumerate(intake[part])]}


def _found(intake: Rows, part: str, at: int, values: Rows) -> set[str]:
    """Return the findings, by id, of an intake with some values changed."""
    profile = EXAMPLE_PROFILE | intake["profile"] | (values if part == "profile" else {})
    rows = {name: [dict(row) for row in intake[name]] for name in ("partners", "systems", "flows")}
    if part != "profile":
        rows[part][at] |= values
    changed = Intake.model_validate({"profile": profile, **rows})
    return {finding.id for finding in assess(changed, EXAMPLE_DAY)}


@pytest.mark.parametrize("name", SAFEGUARDS)
@given(intake=INTAKES)
def test_a_safeguard_more_adds_no_finding_and_one_less_removes_none(name: str, intake: Rows) -> None:
    part, at, safe, lacking = SAFEGUARDS[name]
    intake = _beside(name, intake)
    with_it = _found(intake, part, at, safe)
    for without in lacking:
        assert with_it <= _found(intake, part, at, without), without


WEAKEST: Rows = {
    "profile": {"main_country": "CN", "eu_establishments": []},
    "partners": [
        {"id": "P1", "name": "Centre", "role": "processor", "country": "US"},
        {"id": "P2", "name": "Speech", "role": "sub_processor", "engaged_by": "P1", "country": "IN"},
    ],
    "systems": [
        {"id": "S1", "name": "First", "kind": "crm", "access_countries": ["PH"], "encrypted_rest": True,
         "retention_start": "last_contact"},
        {"id": "S2", "name": "Second", "kind": "crm", "encrypted_transit": True},
    ],
    "flows": [
        {"id": "F1", "source": "S1", "target": "P1", "kind": "disclosure", "purpose": "service",
         "data_categories": ["health"]},
        {"id": "F2", "source": "P1", "target": "P2", "kind": "disclosure", "purpose": "service", "encrypted": True},
        {"id": "F3", "source": "client", "target": "S2", "kind": "storage", "purpose": "service"},
    ],
}  # fmt: skip
NEEDS: dict[str, Rows] = {
    "assessment of the destination": {"transfer_tool": "scc_module_2"},
    "impact assessment": {"monitors_agents": True},
}
"""What else must be said for a safeguard to matter."""


@pytest.mark.parametrize("name", [name for name in SAFEGUARDS if name != "encryption on the way"])
def test_each_safeguard_settles_something(name: str) -> None:
    part, at, safe, lacking = SAFEGUARDS[name]
    more, weakest = NEEDS.get(name, {}), _beside(name, WEAKEST)
    assert _found(weakest, part, at, safe | more) < _found(weakest, part, at, lacking[-1] | more)
