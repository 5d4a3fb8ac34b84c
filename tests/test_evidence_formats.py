"""How a format is told, overridden and taken apart: pages, bare lists, numbers, ids of people, records of any shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evidence_cases import AS_OF, check, index, intake
from export_cases import codes, of, put, real, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.practices import read_evidence
from gdpr_assess.practices.case import Case
from gdpr_assess.practices.checks.registry import CHECKS
from gdpr_assess.practices.readers.nested import NESTED
from gdpr_assess.practices.run import run_check

CALL = {
    "id": 12, "direct_link": "https://x", "direction": "outbound", "missed_call_reason": None,
    "started_at": 1756713600, "raw_digits": "+46 70 123 45 67", "comments": [{"id": 1, "content": "x"}],
}  # fmt: skip


def test_bare_list_is_a_suppression_list_by_its_name_or_the_map(tmp_path: Path) -> None:
    for name in ("dnc.csv", "numbers.csv", "other.csv"):
        (tmp_path / name).write_text("+46701234567\n+46701234568\n")
    (tmp_path / "evidence.yaml").write_text("files: {other.csv: {table: suppressions}}")
    exports, issues = of(tmp_path)
    assert exports["suppressions"].frame["_row"].to_list() == [1, 2, 1, 2]
    assert {issue.place.file.rpartition("/")[2] for issue in issues if issue.code == "practices.bare_list"} == {
        "numbers.csv"
    }


def test_format_overrides_what_the_content_looks_like(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("CALL ID,CALL TYPE,TIMESTAMP,ANI\n1,Inbound,2026-09-01 10:00,8329178826\n")
    (tmp_path / "evidence.yaml").write_text("files: {a.csv: {format: five9_calls, country: US}}")
    exports, issues = of(tmp_path)
    assert rows(exports, "calls", "call_id", "customer_number") == [("1", "+18329178826")]
    assert "numbers_assumed" not in codes(issues)
    (tmp_path / "evidence.yaml").write_text("files: {a.csv: {format: aircall_calls}}")
    assert "format_not_fitting" in codes(of(tmp_path)[1])
    (tmp_path / "evidence.yaml").write_text("files: {a.csv: {format: five9_call}}")
    wrong = next(issue for issue in of(tmp_path)[1] if issue.code == "practices.map_value")
    assert wrong.params["nearest"] == "five9_calls"


def test_numbers_without_a_country_are_said(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("call_id,started_at,customer_number\n1,2026-09-01T10:00:00Z,070-123 45 67\n")
    exports, issues = of(tmp_path)
    assert rows(exports, "calls", "customer_number") == [("+46701234567",)]
    said = next(issue for issue in issues if issue.code == "practices.numbers_assumed")
    assert (said.params["country"], said.place.row) == ("SE", 2)
    assert "Sweden" in issue_text(said, "en")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_pages_one_after_another_are_all_read(gap: str, tmp_path: Path) -> None:
    pages = [json.dumps({"calls": [CALL | {"id": number}], "meta": {"page": number}}) for number in (1, 2, 3)]
    (tmp_path / "pages.json").write_text(gap.join(pages))
    exports, _ = of(tmp_path)
    assert exports["calls"].frame["call_id"].to_list() == ["1", "2", "3"]


def test_a_record_that_holds_a_list_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(CALL, indent=1))
    assert of(tmp_path)[0]["calls"].frame["call_id"].to_list() == ["12"]


def test_a_broken_page_is_placed(tmp_path: Path) -> None:
    page = json.dumps({"calls": [CALL], "meta": {"page": 1}})
    (tmp_path / "pages.json").write_text(page + page[:-30])
    exports, issues = of(tmp_path)
    assert exports["calls"].frame.height == 1
    assert "json_truncated" in codes(issues)


def test_unlinked_contacts_are_unknown_not_absent(tmp_path: Path) -> None:
    """A customer whose address no export tells cannot be looked up on the list of opt-outs."""
    ticket = real("freshdesk_ticket.json") | {"requester": None}
    put(tmp_path, "tickets.json", ticket)
    (tmp_path / "evidence.yaml").write_text(
        "files:\n  tickets.json:\n    columns: {purpose: status}\n    values: {purpose: {'5': marketing}}\n"
    )
    (tmp_path / "suppressions.csv").write_text("contact,channel,added_at\nx@y.se,email,2020-01-01\n")
    said = intake(index("tickets.json", "suppressions.csv"))
    exports, _ = read_evidence(tmp_path, said, AS_OF)
    case = Case(exports, said, AS_OF, {}, lambda text, **_: None)  # type: ignore[arg-type,return-value]
    result = run_check("marketing.suppressed", CHECKS["marketing.suppressed"], case)
    assert (result.outcome, result.population, result.untested) == ("not_testable", 1, 1)


words = st.sampled_from(
    ["id", "type", "via", "source", "from", "channel", "history", "visitor", "agent_names", "requester", "to_emails",
     "contacts", "conversation_parts", "author", "body", "participants", "sessions", "segments", "attributes",
     "subject", "emailAddresses", "Recordings", "Recording", "Agent", "data", "events", "conversations", "mediaType",
     "purpose"]
)  # fmt: skip
scalars = (
    st.none() | st.booleans() | st.sampled_from(["voice", "VoiceComment", "Comment", "customer", "1", "chat.msg", ""])
)
anything = st.recursive(
    scalars, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(words, inside, max_size=5), max_leaves=20
)


@settings(max_examples=150, deadline=None)
@given(record=st.dictionaries(words, anything, max_size=8))
def test_nested_readers_take_any_record(record: dict[str, Any]) -> None:
    """Whatever stands where a list or an object should: rows of the promised columns, or none, never an error."""
    for form in NESTED:
        for table, row in form.rows(record):
            offered = {name for name in row if not name.startswith("attributes.")}
            assert offered <= {*form.fills[table]}, form.vendor
            assert all(value is None or isinstance(value, str) for value in row.values())


def test_canonical_messages_may_be_internal(tmp_path: Path) -> None:
    text = "message_id | sent_at | channel | direction | text\n1 | 2026-09-01 | email | internal | x"
    assert check(tmp_path, "message.privacy_statement", messages=text).outcome == "not_applicable"
