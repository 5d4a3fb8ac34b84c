"""From verdicts on single rows to the result of a check: counts, rate, interval, places."""

from __future__ import annotations

from typing import Any, Literal

from gdpr_assess.model import ChannelResult, CheckResult, Place
from gdpr_assess.practices.exports import Exports, Fact, file_and_sheet
from gdpr_assess.practices.rule import Rule
from gdpr_assess.practices.sampling import Part, sample_facts, wilson
from gdpr_assess.practices.tally import Tally


def settle(name: str, rule: Rule, rows: Tally, exports: Exports) -> CheckResult:
    """Return the result of a check from what was counted of its rows."""
    facts = [fact for fact in exports.facts if fact["table"] in rule.tables]
    counts = rows.counts
    decided = counts["population"] - counts["untested"]
    basis = basis_of([fact for fact in facts if fact["table"] in rule.needs])
    params: dict[str, Any] = {"files": _files(facts)} | assumptions(rule, exports)
    outcome: Literal["ran", "not_applicable", "not_testable"] = "ran" if decided else "not_testable"
    reason = None
    if not counts["population"]:
        outcome, reason = "not_applicable", "no_records"
    elif not decided:
        missing = missing_columns(rule, exports)
        reason = "missing_columns" if missing else "undecidable"
        params |= {"missing": missing}
    elif counts["untested"] and (missing := missing_columns(rule, exports)):
        params |= {"missing": missing}
    if decided and basis == "sample":
        params["sample"] = sample_facts([Part(counts["exceptions"], decided)])
    return CheckResult(
        check=name,
        outcome=outcome,
        controls=rule.controls,
        effect=rule.effect,
        basis=basis,
        reconciled=False if any(table in exports.lost for table in rule.tables) else reconciled_of(facts),
        **counts,
        **_share(counts, basis),
        places=tuple(place(key, row) for key, row in rows.places),
        by_channel=tuple(_of_channel(rows, channel, basis) for channel in rows.by_channel),
        reason=reason,
        params=params,
    )


def _share(counts: dict[str, int], basis: str | None) -> dict[str, Any]:
    decided = counts["population"] - counts["untested"]
    if not decided:
        return {"rate": None, "ci95": None}
    exceptions = counts["exceptions"]
    return {"rate": round(exceptions / decided, 6), "ci95": wilson(exceptions, decided) if basis == "sample" else None}


def _of_channel(rows: Tally, channel: str | None, basis: str | None) -> ChannelResult:
    counts, places = rows.by_channel[channel], tuple(place(key, row) for key, row in rows.places_of(channel))
    return ChannelResult.model_validate({"channel": channel, "places": places} | counts | _share(counts, basis))


def place(key: str, row: int) -> Place:
    """Return a place from the file (and sheet) of a row and its number."""
    file, sheet = file_and_sheet(key)
    return Place(file=file, sheet=sheet, row=row)


def _files(facts: list[Fact]) -> list[str]:
    return sorted({fact["file"] for fact in facts})


def basis_of(facts: list[Fact]) -> Literal["census", "sample"] | None:
    """Return `sample` when any file is one, `census` when all are said to be, else None."""
    stated = {fact["basis"] for fact in facts}
    if "sample" in stated:
        return "sample"
    return "census" if stated == {"census"} else None


def reconciled_of(facts: list[Fact]) -> bool | None:
    """Return whether all files agree with what was stated of them; None when that was not stated of one."""
    stated = {fact["reconciled"] for fact in facts}
    if False in stated:
        return False
    return True if stated == {True} else None


def missing_columns(rule: Rule, exports: Exports) -> list[str]:
    """Return `table.column` for every needed column that no file has."""
    needed = [
        (table, column)
        for group in (rule.needs, rule.lookups)
        for table, columns in group.items()
        for column in columns
    ]
    return sorted(
        f"{table}.{column}" for table, column in needed if exports[table].given and not exports[table].has(column)
    )


def assumptions(rule: Rule, exports: Exports) -> dict[str, Any]:
    """Return which columns (or tables) are not there and were read as "nothing recorded"."""
    absent = sorted(
        f"{table}.{column}" if exports[table].given else table
        for table, columns in rule.assumed.items()
        for column in columns
        if not exports[table].has(column)
    )
    return {"assumed": sorted(set(absent))} if absent else {}
