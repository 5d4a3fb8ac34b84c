"""What a result on a sample says about all records: the interval in words, and whether the sample is large enough."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.model import CheckResult
from gdpr_assess.report.context import Report


def sample_lines(report: Report, check: CheckResult) -> Iterator[str]:
    """Yield sentences for the figures of a sample; nothing for a census, or for the part of a sample."""
    t, facts = report.t, check.params.get("sample")
    if check.outcome == "ran" and check.params.get("recorded_well") and check.exceptions:
        yield t("sampling.recorded_well", count=check.params["recorded_well"])
    if check.outcome == "ran" and check.params.get("unproven"):
        yield t("sampling.unproven")
    if not facts or check.ci95 is None or facts["decided"] != check.population - check.untested:
        return
    low, high = check.ci95
    said = {"low": low, "high": high, "points": facts["precision"]}
    if facts.get("of") is None:
        yield t("sampling.statement", **said)
    else:
        least, most = facts["likely"]
        yield t("sampling.statement_counted", of=facts["of"], least=least, most=most, **said)
    if where := check.params.get("where"):
        yield t("sampling.only_where", pairs=[_pair(report, column, value) for column, value in where])
    large = facts["needed"] <= facts["decided"] or facts["precision"] <= facts["wanted"]
    key = "enough" if large else "more_needed"
    yield t(f"sampling.{key}", decided=facts["decided"], needed=facts["needed"], wanted=facts["wanted"])


def _pair(report: Report, column: str, value: str) -> str:
    t, key = report.t, f"mapping.is_{column}"
    return t("sampling.is", column=t(key) if t.has(key) else column, value=t.word(value))
