"""Decisions of people are kept as written, and a run that was signed off stays as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from example_run import example_run
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.issue import UserError
from gdpr_assess.lang import texts
from gdpr_assess.model import ReviewDecision
from gdpr_assess.review import is_intact, is_published, publication, publish, read_review, set_decision, unmatched
from gdpr_assess.workspace import ClientFolder, write_atomic

AS_OF = date(2026, 9, 30)
ON = date(2026, 10, 2)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def decision(**changes: Any) -> ReviewDecision:
    data = {"finding": "abc123", "decision": "confirmed", "reason": "seen", "by": "A. Person", "on": ON}
    return ReviewDecision.model_validate(data | changes)


@pytest.fixture
def folder(tmp_path: Path) -> ClientFolder:
    return ClientFolder(tmp_path)


def test_without_a_file_there_are_no_decisions(folder: ClientFolder) -> None:
    assert read_review(folder) == ((), [])


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4, unique_by=lambda item: item[0]))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[str, str, str]]
) -> None:
    folder = ClientFolder(tmp_path_factory.mktemp("client"))
    made = [decision(finding=about, reason=reason, by=by) for about, reason, by in items]
    for one in made:
        set_decision(folder, one)
    assert read_review(folder) == (tuple(made), [])


@pytest.mark.parametrize(
    "text", ["yes", "1e5", "007", "null", "2026-09-30", '"', "a: b # c", "- x", "二\n行", "\x7f\u2028😀"]
)
def test_texts_that_look_like_something_else_stay_texts(folder: ClientFolder, text: str) -> None:
    set_decision(folder, decision(reason=text, finding=text))
    assert read_review(folder)[0] == (decision(reason=text, finding=text),)


def test_the_file_is_simple(folder: ClientFolder) -> None:
    set_decision(folder, decision(reason="已核对"))
    assert folder.review.read_text(encoding="utf-8") == (
        'decisions:\n  - finding: "abc123"\n    decision: "confirmed"\n    reason: "已核对"\n'
        '    by: "A. Person"\n    on: "2026-10-02"\n'
    )


def test_a_new_decision_takes_the_place_of_the_old(folder: ClientFolder) -> None:
    document = decision(finding=None, control="REC-01")
    for one in (decision(finding="a"), document, decision(finding="b")):
        set_decision(folder, one)
    again = document.model_copy(update={"scope": "client", "decision": "accepted_risk"})
    elsewhere = document.model_copy(update={"scope": "site:A"})
    set_decision(folder, again)
    set_decision(folder, elsewhere)
    assert read_review(folder)[0] == (decision(finding="a"), again, decision(finding="b"), elsewhere)


@pytest.mark.parametrize(
    "changes",
    [
        {"finding": None},
        {"control": "REC-01"},
        {"finding": None, "control": "REC-01", "decision": "false_positive"},
        {"reason": " "},
        {"by": ""},
    ],
)
def test_an_incomplete_decision_is_refused(folder: ClientFolder, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"finding|empty"):
        set_decision(folder, decision(**changes))
    assert not folder.review.exists()


HEAD = "decisions:\n  - {finding: a, decision: confirmed, reason: r, by: p, on: 2026-10-02}\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  - {finding: b, decision: maybe, reason: r, by: p, on: 2026-10-02}", "decision"),
        ("  - {finding: b, decision: confirmed, reason: r, by: p, on: tomorrow}", "on"),
        ("  - {finding: b, decision: confirmed, reason: '', by: p, on: 2026-10-02}", "reason and by"),
        ("  - {finding: b, control: c, decision: confirmed, reason: r, by: p, on: 2026-10-02}", "either"),
        ("  - {findings: b, decision: confirmed, reason: r, by: p, on: 2026-10-02}", "unknown key"),
        ("  - [", ""),
    ],
)
def test_mistakes_come_with_their_line_and_nothing_is_overwritten(
    folder: ClientFolder, line: str, problem: str
) -> None:
    folder.inputs.mkdir()
    folder.review.write_text(HEAD + line + "\n", encoding="utf-8")
    found, issues = read_review(folder)
    assert found == ()
    assert {issue.place.file for issue in issues} == {"inputs/review.yaml"}
    assert any(issue.place.row in (3, 4) and problem in issue.params["problem"] for issue in issues)
    with pytest.raises(UserError):
        set_decision(folder, decision())
    assert folder.review.read_text(encoding="utf-8") == HEAD + line + "\n"


def test_two_decisions_on_one_thing_are_a_warning_and_can_be_replaced(folder: ClientFolder) -> None:
    folder.inputs.mkdir()
    folder.review.write_text(HEAD + HEAD.partition("\n")[2], encoding="utf-8")
    found, issues = read_review(folder)
    assert (len(found), [(issue.code, issue.level) for issue in issues]) == (2, [("review.twice", "warning")])
    set_decision(folder, decision(finding="a"))
    assert read_review(folder) == ((decision(finding="a"),), [])


# --- signing off ------------------------------------------------------------------------------------------------------


@pytest.fixture
def assessed(folder: ClientFolder) -> ClientFolder:
    folder.run(AS_OF).mkdir(parents=True)
    write_atomic(folder.run(AS_OF) / "assessment.json", example_run().model_dump_json(by_alias=True))
    return folder


def codes(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [issue.code for issue in error.value.issues]


def test_a_draft_is_not_published(assessed: ClientFolder) -> None:
    assert not is_published(assessed, AS_OF)
    assert not is_intact(assessed, AS_OF)
    assert publication(assessed, AS_OF) is None


def test_publish_freezes_name_date_and_hash(assessed: ClientFolder) -> None:
    signed = publish(assessed, AS_OF, " 王 Person ", ON)
    assert (signed.by, signed.on, signed.as_of) == ("王 Person", ON, AS_OF)
    assert publication(assessed, AS_OF) == signed
    assert is_published(assessed, AS_OF)
    assert is_intact(assessed, AS_OF)


def test_a_run_is_published_once(assessed: ClientFolder) -> None:
    first = publish(assessed, AS_OF, "A", ON)
    with pytest.raises(UserError) as error:
        publish(assessed, AS_OF, "B", ON)
    assert codes(error) == ["review.already_published"]
    assert publication(assessed, AS_OF) == first


def test_publishing_needs_a_run_and_a_name(assessed: ClientFolder) -> None:
    with pytest.raises(UserError) as no_run:
        publish(assessed, date(2026, 6, 30), "A", ON)
    with pytest.raises(UserError) as no_name:
        publish(assessed, AS_OF, "  ", ON)
    assert codes(no_run) + codes(no_name) == ["review.no_run", "review.no_name"]
    assert not is_published(assessed, AS_OF)


@pytest.mark.parametrize("keep", [0, 1, 2000])
def test_a_damaged_run_is_not_signed(assessed: ClientFolder, keep: int) -> None:
    path = assessed.run(AS_OF) / "assessment.json"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UserError) as error:
        publish(assessed, AS_OF, "A", ON)
    assert codes(error) == ["files.run_damaged"]
    assert error.value.issues[0].place.file == path.as_posix()
    assert not is_published(assessed, AS_OF)


def test_a_decision_on_a_finding_that_does_not_occur_is_a_warning(folder: ClientFolder) -> None:
    found = example_run().findings
    decided = [decision(finding=found[0].id), decision(finding="gone"), decision(finding=None, control="REC-01")]
    (issue,) = unmatched(folder, decided, found)
    assert (issue.code, issue.level, issue.place.file) == ("review.no_finding", "warning", "inputs/review.yaml")
    assert issue.params == {"finding": "gone"}


def test_a_changed_or_moved_run_is_not_intact(assessed: ClientFolder) -> None:
    publish(assessed, AS_OF, "A", ON)
    moved = assessed.run(date(2026, 6, 30))
    moved.mkdir()
    for name in ("assessment.json", "published.json"):
        (moved / name).write_bytes((assessed.run(AS_OF) / name).read_bytes())
    assert not is_intact(assessed, date(2026, 6, 30))
    (assessed.run(AS_OF) / "assessment.json").write_text("{ }", encoding="utf-8")
    assert is_published(assessed, AS_OF)
    assert not is_intact(assessed, AS_OF)


def test_a_damaged_record_still_protects_the_run(assessed: ClientFolder) -> None:
    (assessed.run(AS_OF) / "published.json").write_text("{", encoding="utf-8")
    assert is_published(assessed, AS_OF)
    assert not is_intact(assessed, AS_OF)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("code", "params"),
    [("twice", {"about": "x"}), ("no_run", {"as_of": "2026-09-30"}), ("no_name", {}), ("no_finding", {"finding": "x"})],
)
def test_every_issue_has_its_sentence(lang: str, code: str, params: dict[str, Any]) -> None:
    text = texts(lang)(f"issues_review.{code}", **params)
    assert text
    assert not text.startswith("[")
