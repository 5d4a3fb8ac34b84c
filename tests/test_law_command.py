"""`gdpr-assess law`: a country's rules in plain words, and what needs review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess import law
from gdpr_assess.cli import main
from gdpr_assess.law.review import is_old, last_day, to_review


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["law", *arguments])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", law.countries())
def test_every_country_is_printed_in_words_with_the_sources_it_names(code: str, lang: str) -> None:
    shown = run(code, "--on", "2026-09-01", "--lang", lang)
    assert shown.exit_code == 0
    assert "[en]" not in shown.output
    assert "opt_" not in shown.output
    land = law.countries()[code]
    for source in (*land.marketing.rule.versions[-1].source, *land.recording.rule.source):
        assert f"  {source}: " in shown.output


def test_rules_are_those_of_the_day_with_what_was_before_and_comes_later() -> None:
    before, after = (run("FR", "--on", day).output for day in ("2026-08-10", "2026-08-11"))
    assert "Calls by people: allowed unless the person objected or is on the register" in before
    assert "Later, from 11 Aug 2026: only with consent beforehand" in before
    assert "Calls by people: only with consent beforehand" in after
    assert "Before, until 10 Aug 2026: allowed unless" in after


def test_the_authority_bears_its_name_of_the_day() -> None:
    before, after = (run("GB", "--on", day).output for day in ("2026-09-29", "2026-09-30"))
    assert "Name until 29 Sept 2026: Information Commissioner's Office (ICO)" in before
    assert "Later, from 30 Sept 2026: Name (English): Information Commission" in before
    assert "  Name (English): Information Commission" in after
    assert "Formerly Information Commissioner's Office (ICO), until 29 Sept 2026" in after
    assert after.index("Formerly Information Commissioner") < after.index("Formerly Data Protection Registrar")


def test_what_is_from_memory_says_so() -> None:
    lines = run("SE", "--on", "2026-09-30").output.splitlines()
    assert lines[lines.index("  Short name: IMY") + 1].strip() == "From memory, not read in a source"


def test_a_country_outside_has_its_adequacy_decision_or_needs_a_tool() -> None:
    assert "Adequacy decision (EU) 2019/419, within limits." in run("JP", "--on", "2026-09-30").output
    assert "(day from memory)" in run("JP", "--on", "2026-09-30").output
    assert "No adequacy decision on this day" in run("PH", "--on", "2026-09-30").output
    assert "in the European Economic Area" in run("NO", "--on", "2026-09-30").output


@pytest.mark.parametrize("code", ["UK", "gb", "EL"])
def test_codes_as_people_write_them(code: str) -> None:
    assert run(code, "--on", "2026-09-30").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [[], ["XX"], ["Germany"], ["001"], ["DE", "--stale"], ["DE", "--on", "yesterday"]]
)
def test_wrong_use_is_told_apart_from_success(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_what_needs_review_names_file_key_and_reason() -> None:
    shown = run("--stale", "--on", "2026-09-30")
    assert shown.exit_code == 0
    blocks = shown.output.split("\nlaw/")
    sweden = next(block for block in blocks if block.startswith("countries/SE.yaml"))
    assert "  authority.short: from memory, not read in a source" in sweden
    assert "  marketing.register: read, but as of 2017-07" in sweden
    assert "  authority.names.sv: read, but as of 2021-02-22" in sweden
    assert "marketing.other.watch: read, but as of 2025-08-27" in sweden
    assert "size[2]: from memory" in shown.output
    assert "decisions[JP].since: from memory" in shown.output
    assert "fined[gb_easylife_2022].outcome: this part was not read" in shown.output


def test_everything_from_memory_is_listed_and_what_was_read_lately_is_not() -> None:
    found = {(fact.file, fact.key): fact.why for fact in to_review(date(2026, 9, 30))}
    for code, land in law.countries().items():
        if not land.recording.rule.verified:
            assert found[f"law/countries/{code}.yaml", "recording.rule"] == "memory"
    assert ("law/countries/FR.yaml", "marketing.hours") not in found


def test_facts_grow_old_with_time() -> None:
    now, later = (len(to_review(date(year, 12, 1))) for year in (2026, 2027))
    assert now < later


@pytest.mark.parametrize(
    ("as_of", "on", "old"),
    [
        ("2025-09-30", "2026-09-30", False),
        ("2025-09-29", "2026-09-30", True),
        ("2025-09", "2026-09-30", False),
        ("2025-08", "2026-09-30", True),
        ("2025", "2026-12-31", False),
        ("2025", "2027-01-01", True),
        ("2024-02", "2025-02-28", False),
    ],
)
def test_more_than_twelve_months(as_of: str, on: str, old: bool) -> None:
    assert is_old(as_of, date.fromisoformat(on)) is old


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_coarser_date_is_never_older_than_an_exact_one(day: date) -> None:
    year, month = f"{day:%Y}", f"{day:%Y-%m}"
    assert day == last_day(day.isoformat()) <= last_day(month) <= last_day(year)


def test_a_fact_is_found_in_lists_and_nested_entries(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(
        "reviewed: 2020-01-01\nlist:\n  - {id: one, status: memory}\n  - {status: verified, as_of: 2026-01}\n"
        "deep: {er: {status: verified}}\n"
    )
    found = [(fact.key, fact.why, fact.as_of) for fact in to_review(date(2026, 9, 30), tmp_path)]
    assert found == [("list[one]", "memory", None), ("deep.er", "old", "2020-01-01")]


def test_tools_are_shown_where_no_decision_covers_every_recipient() -> None:
    lines = [line.strip() for line in run("PH", "--on", "2026-09-30").output.splitlines()]
    at = lines.index("Tools that may be used instead")
    assert "Decision (EU) 2021/914, module 1" in lines[at + 1]
    assert "Tools that may be used instead" in run("US", "--on", "2026-09-30").output
    assert "Tools that may be used instead" not in run("CH", "--on", "2026-09-30").output
    assert "2021/914" not in run("PH", "--on", "2021-06-26").output


def test_where_sources_differ_it_says_which_was_taken_and_why() -> None:
    lines = [line.strip() for line in run("GB", "--on", "2026-09-30").output.splitlines()]
    at = lines.index("Where sources differ")
    assert lines[at + 1] == "Start of the Information Commission"
    assert lines[at + 2].startswith("Not taken: The Information Commission starts when")
    assert lines[at + 3].startswith("Taken: SI 2026/1015 started it on 30 September 2026")
    assert lines[at + 4].startswith("Why: ")
    assert "Where sources differ" not in run("EE", "--on", "2026-09-30").output


def test_what_was_not_found_asks_and_is_listed_for_review() -> None:
    assert "Calling hours: not found (looked for until 21 Nov 2026): ask a lawyer" in run("EE").output
    found = {(fact.file, fact.key): fact.why for fact in to_review(date(2026, 9, 30))}
    assert found["law/countries/EE.yaml", "hours"] == "unknown"
    assert "not found." in run("--stale").output.splitlines()[-1]
