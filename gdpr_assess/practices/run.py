"""Runs every check over the evidence; a check that breaks is a failed check, never a failed client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from polars.exceptions import PolarsError
from tqdm import tqdm

from gdpr_assess.issue import DataError
from gdpr_assess.model import CheckResult, Finding, Intake, LintResult, finding_id
from gdpr_assess.practices.case import Case, NotTestableError
from gdpr_assess.practices.checks.registry import CHECKS, Check
from gdpr_assess.practices.details import declared, effect
from gdpr_assess.practices.exports import Exports
from gdpr_assess.practices.heard import heard
from gdpr_assess.practices.questions import PREFIX, Question, questions
from gdpr_assess.practices.rule import Rule, rules
from gdpr_assess.practices.settle import settle
from gdpr_assess.practices.tally import tallied
from gdpr_assess.practices.text_reader import Linter

BROKEN = (PolarsError, DataError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""What a defect in a check, or data nobody thought of, may raise."""
Progress = Callable[[str], None]


def run_checks(
    exports: Exports,
    intake: Intake,
    as_of: date,
    wordings: Mapping[str, LintResult],
    lint: Linter,
    progress: Progress | None = None,
) -> tuple[list[CheckResult], list[Finding]]:
    """Return the result of every check, in the order of the registry, and one finding per check with exceptions.

    What people heard or read in drawn records comes last.
    """
    case = Case(exports, intake, as_of, wordings, lint)
    results = []
    for name, check in tqdm(CHECKS.items(), unit="check", leave=False, disable=None if exports.large else True):
        if progress is not None:
            progress(name)
        results.append(run_check(name, check, case))
    results += heard(exports, intake)
    return results, [finding for result in results if (finding := finding_of(result)) is not None]


def run_check(name: str, check: Check, case: Case) -> CheckResult:
    """Return the result of one check."""
    rule = rules()[name]
    more = declared(name, case.intake)
    try:
        require_tables(rule, case)
        rows = tallied(check(case), case.exports)
        result = settle(name, rule, rows, case.exports)
        if result.outcome == "not_applicable":
            refuse_lost(rule.tables, case, partly=True)
        more |= rows.apart
    except NotTestableError as error:
        result = _without_rows(name, rule, "not_testable", error.reason, error.params)
    except BROKEN as error:
        result = _without_rows(name, rule, "failed", "failed", {"error": type(error).__name__})
    update = {"params": result.params | more, "effect": effect(name, rule.effect, case.intake)}
    return result.model_copy(update=update)


def _without_rows(
    name: str, rule: Rule, outcome: Literal["not_testable", "failed"], reason: str, params: dict[str, Any]
) -> CheckResult:
    return CheckResult(
        check=name, outcome=outcome, controls=rule.controls, effect=rule.effect, reason=reason, params=params
    )


def require_tables(rule: Rule, case: Case) -> None:
    """Stop a check whose tables, or the columns it looks up, were not handed over."""
    missing = _without(rule.needs, case) + [table for table in rule.lookups if not _usable(table, case)]
    missing += _without(rule.one_of, case)
    refuse_lost([*missing, *rule.assumed], case)
    if missing:
        raise NotTestableError("missing_tables", missing=missing)
    absent = _absent_columns(rule.lookups, case)
    if rule.one_of and all(_absent_columns({table: columns}, case) for table, columns in rule.one_of.items()):
        absent += _absent_columns({table: columns for table, columns in rule.one_of.items() if case.given(table)}, case)
    if absent:
        raise NotTestableError("missing_columns", missing=sorted(absent))


def _usable(table: str, case: Case) -> bool:
    return case.given(table) and not (table in case.exports.lost and case.exports.lost[table].whole)


def _without(tables: Iterable[str], case: Case) -> list[str]:
    """Return the tables where one of them is needed and none can be used."""
    return [] if any(_usable(table, case) for table in tables) else sorted(tables)


def refuse_lost(tables: Iterable[str], case: Case, *, partly: bool = False) -> None:
    """Stop a check whose records were handed over but give nothing: that is not the same as no records."""
    lost = [found for table in tables if (found := case.exports.lost.get(table)) and (partly or found.whole)]
    if lost:
        reasons = {found.reason for found in lost}
        files = sorted({file for found in lost for file in found.files})
        raise NotTestableError("unreadable_files" if "unreadable_files" in reasons else "empty_files", lost=files)


def _absent_columns(wanted: Mapping[str, Iterable[str]], case: Case) -> list[str]:
    return [
        f"{table}.{column}"
        for table, columns in wanted.items()
        for column in columns
        if not case.exports[table].has(column)
    ]


def _behind(name: str) -> Rule | Question:
    """Return what stands behind a result: the rule of a check, or the question of a drawn sheet."""
    return questions()[name.removeprefix(PREFIX)] if name.startswith(PREFIX) else rules()[name]


def finding_of(result: CheckResult) -> Finding | None:
    """Return the finding that a result gives, or None."""
    if result.outcome != "ran" or not result.exceptions:
        return None
    rule = _behind(result.check)
    shown = ("population", "exceptions", "untested", "rate")
    tested = result.population - result.untested
    params = {name: getattr(result, name) for name in shown} | {"tested": tested, "share": result.rate} | result.params
    return Finding(
        id=finding_id(result.check, next(iter(rule.needs))),
        source="practices",
        rule=result.check,
        effect=result.effect,
        controls=result.controls,
        severity=rule.severity,
        articles=rule.articles,
        place=result.places[0],
        params=params,
    )
