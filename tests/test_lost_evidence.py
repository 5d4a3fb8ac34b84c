"""A broken or emptied export never improves a result: it is an issue, and its checks are not testable."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from evidence_cases import AS_OF, index, intake, seen_elements, write

from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import finding_sentence
from gdpr_assess.model import CheckResult, Evidence, Finding
from gdpr_assess.practices import read_evidence, rules, run_checks

CALLS = "call_id | started_at | recorded | agent"
NOISE = random.Random(7).randbytes(5000)
ONLY_CALLS = [name for name, rule in rules().items() if set(rule.needs) == {"calls"}]


def results(folder: Path, *entries: Evidence) -> tuple[dict[str, CheckResult], list[Finding], list[Issue]]:
    said = intake(entries)
    exports, issues = read_evidence(folder, said, AS_OF)
    checks, findings = run_checks(exports, said, AS_OF, {}, seen_elements)
    return {check.check: check for check in checks}, findings, issues


def levels(issues: list[Issue]) -> dict[str, str]:
    return {issue.code.removeprefix("practices."): issue.level for issue in issues}


def test_emptied_export_is_an_error_and_not_testable(tmp_path: Path) -> None:
    write(tmp_path, calls=CALLS)
    checks, _, issues = results(tmp_path, *index("calls.csv", stated_rows=60))
    issue = next(issue for issue in issues if issue.code == "practices.rows_none")
    assert (issue.level, issue.params) == ("error", {"count": 0, "stated": 60})
    assert ONLY_CALLS
    for name in ONLY_CALLS:
        assert (checks[name].outcome, checks[name].reason) == ("not_testable", "empty_files")
        for lang in ("en", "zh"):
            assert "inputs/evidence/calls.csv" in texts(lang)("practices.empty_files", **checks[name].params)


def test_export_that_is_stated_to_be_empty_is_believed(tmp_path: Path) -> None:
    write(tmp_path, calls=CALLS)
    checks, _, issues = results(tmp_path, *index("calls.csv", stated_rows=0))
    assert levels(issues) == {}
    assert checks["recording.announced_before"].outcome == "not_applicable"


def test_fewer_rows_than_stated_are_a_warning(tmp_path: Path) -> None:
    write(tmp_path, calls=f"{CALLS}\n1 | 2026-09-01 10:00 | no | Anna")
    checks, _, issues = results(tmp_path, *index("calls.csv", stated_rows=2))
    assert levels(issues) == {"rows_differ": "warning"}
    assert checks["recording.announced_before"].outcome == "not_applicable"


def test_as_many_rows_as_stated_give_no_message(tmp_path: Path) -> None:
    write(tmp_path, calls=f"{CALLS}\n1 | 2026-09-01 10:00 | no | Anna\n2 | 2026-09-01 10:00 | no | Anna")
    assert levels(results(tmp_path, *index("calls.csv", stated_rows=2))[2]) == {}


def test_rows_that_are_all_broken_are_no_empty_export(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("call_id,started_at,recorded\n1\n2\n", encoding="utf-8")
    checks, _, _ = results(tmp_path, *index("calls.csv"))
    assert (checks["recording.announced_before"].reason) == "empty_files"


def test_rows_that_are_all_after_the_extraction_are_no_empty_export(tmp_path: Path) -> None:
    write(tmp_path, calls=f"{CALLS}\n1 | 2026-10-20 10:00 | yes | Anna")
    checks, _, _ = results(tmp_path, *index("calls.csv"))
    assert (checks["recording.announced_before"].reason) == "empty_files"


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    ("name", "mapped"), [("calls.csv", ""), ("x.csv", "files: {x.csv: {table: calls}}"), ("calls-2026.csv", "")]
)
def test_unreadable_export_is_not_testable(name: str, mapped: str, listed: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NOISE)
    if mapped:
        (tmp_path / "evidence.yaml").write_text(mapped, encoding="utf-8")
    checks, _, issues = results(tmp_path, *(index(name) if listed else ()))
    assert levels(issues) == {"not_text": "error"}
    for check in ONLY_CALLS:
        assert (checks[check].outcome, checks[check].reason) == ("not_testable", "unreadable_files")
        for lang in ("en", "zh"):
            assert name in texts(lang)("practices.unreadable_files", **checks[check].params)


def test_unreadable_file_of_unknown_content_leaves_checks_without_records(tmp_path: Path) -> None:
    (tmp_path / "backup.dat").write_bytes(NOISE)
    checks, _, _ = results(tmp_path)
    assert {(check.outcome, check.reason) for check in checks.values()} == {("not_testable", "missing_tables")}


def test_another_readable_file_is_tested_but_not_called_complete(tmp_path: Path) -> None:
    write(tmp_path, staff="person | mfa\nAnna | no\nBert | yes", staff_old="person | mfa\nCid | yes")
    whole = results(tmp_path, *index("staff.csv", stated_rows=2), *index("staff_old.csv", stated_rows=1))[0]
    (tmp_path / "staff_old.csv").write_bytes(NOISE)
    part = results(tmp_path, *index("staff.csv", stated_rows=2), *index("staff_old.csv", stated_rows=1))[0]
    assert (whole["staff.mfa"].outcome, whole["staff.mfa"].reconciled) == ("ran", True)
    assert (part["staff.mfa"].outcome, part["staff.mfa"].exceptions, part["staff.mfa"].reconciled) == ("ran", 1, False)


def test_no_matching_rows_beside_an_unreadable_file_are_not_testable(tmp_path: Path) -> None:
    write(tmp_path, messages="message_id | direction | channel | purpose | sent_at | text\n"
          "1 | inbound | email | service | 2026-09-01 10:00 | hello")  # fmt: skip
    entry = index("messages.csv")
    assert results(tmp_path, *entry)[0]["personal_data.national_id"].outcome == "ran"
    assert results(tmp_path, *entry)[0]["message.unsubscribe"].outcome == "not_applicable"
    (tmp_path / "messages_2025.csv").write_bytes(NOISE)
    check = results(tmp_path, *entry)[0]["message.unsubscribe"]
    assert (check.outcome, check.reason) == ("not_testable", "unreadable_files")


def test_lost_consents_do_not_turn_into_violations(tmp_path: Path) -> None:
    write(tmp_path, calls="call_id | direction | purpose | started_at | customer_number | customer_country\n"
          "1 | outbound | marketing | 2026-09-01 10:00 | +46701234567 | DE",
          suppressions="contact | added_at\n+46701234567 | 2026-01-01 10:00")  # fmt: skip
    entries = index("calls.csv", "suppressions.csv", "consents.csv")
    assert results(tmp_path, *entries)[0]["marketing.suppressed"].exceptions == 1
    (tmp_path / "consents.csv").write_bytes(NOISE)
    checks, findings, _ = results(tmp_path, *entries)
    assert {checks[name].reason for name in ("marketing.suppressed", "marketing.consent")} == {"unreadable_files"}
    assert "marketing.suppressed" not in {finding.rule for finding in findings}


def test_finding_and_check_have_one_denominator(tmp_path: Path) -> None:
    write(tmp_path, staff="person | mfa\nAnna | no\nBert | yes\nCid | perhaps\nDan |")
    checks, findings, _ = results(tmp_path, *index("staff.csv"))
    check, finding = checks["staff.mfa"], next(finding for finding in findings if finding.rule == "staff.mfa")
    tested = check.population - check.untested
    assert check.untested
    assert check.rate == round(check.exceptions / tested, 6)
    assert (finding.params["share"], finding.params["tested"]) == (check.rate, tested)
    assert finding.params["population"] == check.population
    said = finding_sentence(finding, "message", "en")
    assert said.startswith(f"{check.exceptions} of {tested} people")
    assert f"{check.untested} more could not be tested" in said


def test_unread_files_are_not_said_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_bytes(NOISE)
    write(tmp_path, staff="person | mfa\nAnna | no")
    issues = read_evidence(tmp_path, intake(), AS_OF)[1]
    assert [issue.place.file for issue in issues if issue.code == "practices.not_indexed"] == [
        "inputs/evidence/staff.csv"
    ]
