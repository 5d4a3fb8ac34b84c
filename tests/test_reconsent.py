"""Re-consent: each granted consent has one state by its wording version, and the base that stays reachable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from evidence_cases import AS_OF, index, intake, write
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess import wording
from gdpr_assess.model import ConsentGroup, Wording
from gdpr_assess.practices import read_evidence, reconsent
from gdpr_assess.practices.reconsent import spans

GOOD = (
    "Nordlux AB: may we send you offers by text message? Reply YES to agree. You can withdraw your consent at any time:"
    " privacy@nordlux.example."
)
BAD = "[x] Nordlux AB may send me offers by text message. You can withdraw your consent at any time."
WORDINGS = (
    Wording(id="w1", kind="consent_request", language="en", text=BAD, valid_to=date(2025, 6, 30)),
    Wording(id="w2", kind="consent_request", language="en", text=GOOD, valid_from=date(2025, 7, 1)),
)
HEAD = "consent_id|contact|purpose|channel|status|captured_at|method|wording_id|expires_at|withdrawn_at"


def groups(folder: Path, rows: str) -> list[ConsentGroup]:
    write(folder, consents=f"{HEAD}\n{rows}")
    said = intake(index("consents.csv"), WORDINGS)
    exports, _ = read_evidence(folder, said, AS_OF)
    read = {w.id: wording.lint(w.text or "", language="en", kind="consent_request") for w in WORDINGS}
    return reconsent(exports, said, AS_OF, read)


ROWS = """1|+46701234561|marketing|sms|granted|2025-08-01|web|w2||
2|+46701234562|marketing|sms|granted|2025-05-01|web|w1||
3|+46701234563|marketing|sms|granted|2025-05-01|web|w2||
4|+46701234564|marketing|sms|granted|2025-08-01||w2||
5|+46701234565|marketing|sms|granted|2025-08-01|web|w2|2026-01-01|
6|+46701234566|marketing|sms|granted|2025-08-01|web|w2|2026-11-01|
7|+46701234567|marketing|sms|granted|2025-08-01|web|w9||
8|+46701234568|marketing|sms|withdrawn|2025-08-01|web|w2||2025-09-01
9|+491701234569|marketing|sms|granted|2025-08-01|web|w2||"""


def test_each_consent_has_one_state(tmp_path: Path) -> None:
    german, swedish = groups(tmp_path, ROWS)
    assert (german.country, german.states) == ("DE", {"valid": 1})
    assert swedish.country == "SE"
    assert swedish.states == {
        "valid": 1, "to_renew": 1, "expired": 1, "invalid": 2, "no_evidence": 1, "undecided": 1,
    }  # fmt: skip


def test_a_consent_to_a_text_not_in_use_that_day_is_invalid(tmp_path: Path) -> None:
    (group,) = groups(tmp_path, ROWS.splitlines()[2])
    assert (group.states, group.reasons) == ({"invalid": 1}, {"wording_not_in_use": 1})


def test_the_reasons_are_those_of_the_wording(tmp_path: Path) -> None:
    (group,) = groups(tmp_path, ROWS.splitlines()[1])
    assert group.reasons["preticked"] == 1


def test_who_stays_reachable_is_counted_by_person(tmp_path: Path) -> None:
    rows = ROWS.splitlines()
    twice = rows[0].replace("1|", "10|", 1)
    (group,) = groups(tmp_path, "\n".join([rows[0], twice, rows[1]]))
    assert (group.people, group.reachable) == (2, 1)


def test_the_rows_to_act_on_are_listed_and_valid_ones_are_not(tmp_path: Path) -> None:
    swedish = groups(tmp_path, ROWS)[1]
    listed = {row.state: row.spans for row in swedish.rows}
    assert listed["invalid"] == ((3, 4),)
    assert listed["no_evidence"] == ((5, 5),)
    assert "valid" not in listed
    assert all("+46" not in repr(row) for row in swedish.rows)


def test_without_consents_there_is_nothing_to_say(tmp_path: Path) -> None:
    exports, _ = read_evidence(tmp_path, intake(), AS_OF)
    assert reconsent(exports, intake(), AS_OF, {}) == []


@given(st.sets(st.integers(2, 60)))
def test_spans_hold_each_row_once(rows: set[int]) -> None:
    found = list(spans(sorted(rows)))
    assert sorted(row for first, last in found for row in range(first, last + 1)) == sorted(rows)


def test_every_state_has_its_words() -> None:
    from gdpr_assess.lang import texts
    from gdpr_assess.practices.reconsent import STATES

    for lang in ("en", "zh"):
        assert all(not texts(lang)(f"report.consent_{state}").startswith("[") for state in STATES)


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_only_granted_consents_count(tmp_path: Path, status: str) -> None:
    assert groups(tmp_path, ROWS.splitlines()[0].replace("granted", status)) == []
