"""What was handed over: each export with its system, how it was recognised, rows, period, completeness, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, join, section, table, tag
from gdpr_assess.report.rows import IssueRow

FOLDER = "inputs/evidence/"
OURS = frozenset({"canonical", "mapped", "bare_list", "mail", "whatsapp", "kantara_receipts", "iso27560_records"})
"""Formats that name no vendor."""
SYSTEM = 2
"""Number of the column that is left out where no system is known."""
Fact = Mapping[str, Any]


def handed_over(report: Report) -> Html:
    """Return every file with what is known of it, and the files that gave nothing."""
    t, facts = report.t, report.run.evidence
    read = {str(fact["file"]) for fact in facts}
    met = _issues(report)
    lost = [[tag("code", file), join([tag("p", issue.text) for issue in found])]
            for file, found in met.items() if file not in read]  # fmt: skip
    broken = table([t("report.file"), t("report.issue")], lost, t("channels.not_read")) if lost else None
    listed = join([tag("h3", t("channels.not_read")), broken]) if broken else None
    if not facts:
        return section(t("channels.handed"), tag("p", t("channels.handed_nothing")), listed, id_="handed-over")
    names = ("holds", "system", "format", "rows", "unreadable", "period")
    heads = [t("report.file"), *(t(f"channels.{name}") for name in names), t("report.basis"), t("report.completeness")]
    told: set[str] = set()
    rows = [_row(report, fact, met, told) for fact in facts]
    if all(row[SYSTEM] == "–" for row in rows):
        heads, rows = _without(heads, SYSTEM), [_without(row, SYSTEM) for row in rows]
    counts = {"rows": sum(fact["rows"] for fact in facts), "bad": sum(fact["bad_rows"] for fact in facts)}
    intro = t("channels.handed_intro", files=len(read), **counts)
    named = any("[1]" in file for file in (*read, *met))
    note = tag("p", t("channels.aliases"), class_="ga-where") if named else None
    shown = table(heads, rows, t("channels.handed"))
    return section(t("channels.handed"), shown, listed, note, id_="handed-over", intro=intro)


def _without(cells: list[Any], number: int) -> list[Any]:
    return cells[:number] + cells[number + 1 :]


def _issues(report: Report) -> dict[str, list[IssueRow]]:
    """Return what was met while reading, by file of the evidence folder."""
    found: dict[str, list[IssueRow]] = {}
    for issue, row in zip(report.ordered_issues, report.issues, strict=True):
        if issue.place.file.startswith(FOLDER):
            found.setdefault(issue.place.file, []).append(row)
    return found


def _row(report: Report, fact: Fact, met: Mapping[str, list[IssueRow]], told: set[str]) -> list[object]:
    t, known = report.t, fact.get("reconciled")
    file, name = str(fact["file"]), f"report.table_{fact.get('table')}"
    other = f"forms.table_{fact.get('table')}"
    remarks = met.get(file, []) if file not in told else []
    told.add(file)
    return [
        join([tag("code", file.removeprefix(FOLDER), f" [{fact['sheet']}]" if fact.get("sheet") else None),
              _remarks(report, remarks)]),
        t(name) if t.has(name) else t(other) if t.has(other) else fact.get("table"),
        _system(report, fact),
        format_name(report, str(fact.get("format"))),
        report.number(fact.get("rows")),
        report.number(fact.get("bad_rows")),
        tag("span", _period(report, fact), class_="ga-period"),
        t.word(fact["basis"]) if fact.get("basis") else "–",
        "–" if known is None else t("report.complete" if known else "report.incomplete"),
    ]  # fmt: skip


def _remarks(report: Report, remarks: list[IssueRow]) -> Html | None:
    if not remarks:
        return None
    lines = [tag("li", issue.text, " ", tag("code", issue.where.removeprefix(FOLDER))) for issue in remarks]
    return tag("details", tag("summary", report.t("channels.remarks", count=len(remarks))), tag("ul", lines))


def _system(report: Report, fact: Fact) -> str:
    """Return the system that the client says an export comes from, or else the one of its vendor, or the vendor."""
    names = {system.id: system.name for system in report.run.systems}
    form = str(fact.get("format"))
    if fact.get("system") in names or form in OURS:
        return names.get(str(fact.get("system")), "–")
    vendor = form.partition("_")[0]
    return next((name for name in names.values() if vendor in name.casefold()), vendor.title())


def _period(report: Report, fact: Fact) -> str:
    t, stated, seen = report.t, fact.get("covers") or (None, None), fact.get("seen") or (None, None)
    (first, last), key = (stated, "stated") if any(stated) else (seen, "seen")
    if first and last:
        return t(f"channels.period_{key}", first=first, last=last)
    return t("channels.period_from", first=first) if first else t("channels.period_to", last=last) if last else "–"


def format_name(report: Report, form: str) -> str:
    """Return the name of a format; vendors' products are called what they are called."""
    key = f"forms.form_{form}"
    return report.t(key) if report.t.has(key) else form.replace("_", " ").title()
