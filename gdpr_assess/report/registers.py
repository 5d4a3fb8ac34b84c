"""The registers as one Excel workbook in the reader's language, one sheet each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.report.context import Report
from gdpr_assess.report.rights_rows import register as rights_register
from gdpr_assess.report.words import citation, register_cell, register_head
from gdpr_assess.workspace import write_atomic


class Share(float):
    """A number between 0 and 1 that is shown as a percentage."""


Value = str | float | int | date | None
Rows = Sequence[Sequence[Value]]
MOST_LETTERS = 32_000
ACTIVITY = ("activity", "role", "data_subjects", "categories", "legal_basis", "art9_condition", "recipients",
            "third_countries", "retention_days", "security", "systems", "flows")  # fmt: skip
"""What is shown of each activity; the record of processing itself is a workbook of its own (register_book)."""
HEAD = PatternFill("solid", fgColor="1D2733")
NUMBERS = {date: "yyyy-mm-dd", Share: "0.0%"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_registers(report: Report, path: Path) -> Path:
    """Write all registers into one workbook and return its path."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, (heads, rows) in registers(report).items():
        _fill(book.create_sheet(_sheet_name(report.t(f"report.sheet_{name}"))), heads, rows)
    book.properties.creator = "gdpr_assess"
    book.properties.title = report.run.client.client_name
    book.properties.created = book.properties.modified = datetime.combine(report.run.as_of, time())
    stream = BytesIO()
    book.save(stream)
    write_atomic(path, stream.getvalue())
    return path


def registers(report: Report) -> dict[str, tuple[list[str], Rows]]:
    """Return heads and rows of every register by name."""
    return {
        "gaps": _gaps(report),
        "actions": _actions(report),
        "findings": _findings(report),
        "checks": _checks(report),
        "rights": rights_register(report),
        "wordings": _wordings(report),
        "processing": _processing(report),
    }


def _heads(report: Report, *keys: str) -> list[str]:
    return [report.t(f"report.{key}") for key in keys]


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _gaps(report: Report) -> tuple[list[str], Rows]:
    t = report.t
    heads = _heads(
        report, "control_id", "control", "domain", "scope", "severity", "verdict", "contradicted_short", "answer",
        "question", "what_was_seen", "articles", "remedy", "owner", "due",
    )  # fmt: skip
    return heads, [
        [
            gap.control,
            gap.title,
            gap.domain_name,
            gap.scope_name,
            t.word(gap.severity),
            t.word(gap.verdict),
            t("report.yes" if gap.contradicted else "report.no"),
            gap.claimed,
            gap.question,
            _lines(finding.message for finding in gap.findings),
            _lines(citation(article, t) for article in gap.articles),
            gap.remedy,
            gap.owner,
            gap.due,
        ]
        for gap in report.gaps
    ]


def _actions(report: Report) -> tuple[list[str], Rows]:
    heads = _heads(
        report, "number", "action", "remedy", "scope", "owner", "effort", "start", "due", "after", "status", "done",
        "evidence_link",
    )  # fmt: skip
    return heads, [
        [
            action.number,
            action.title,
            action.work,
            _lines(action.scopes),
            action.owner,
            action.effort_days,
            action.start,
            action.due,
            ", ".join(map(str, action.after)),
            action.status,
            None,
            None,
        ]
        for action in report.actions
    ]


def _findings(report: Report) -> tuple[list[str], Rows]:
    t = report.t
    heads = _heads(report, "source", "finding", "severity", "message", "place", "what_to_do", "articles", "decision")
    return heads, [
        [
            t(f"report.source_{row.finding.source}"),
            row.title,
            t.word(row.finding.severity),
            row.message,
            row.where,
            row.fix,
            _lines(row.articles),
            t.word(row.decision.decision) if row.decision else None,
        ]
        for row in report.findings
    ]


def _checks(report: Report) -> tuple[list[str], Rows]:
    t = report.t
    heads = _heads(
        report, "check", "outcome", "population", "exceptions", "untested", "rate_head", "interval_low",
        "interval_high", "basis", "reason", "places",
    )  # fmt: skip
    return heads, [
        [
            row.title,
            t.word(row.check.outcome),
            row.check.population,
            row.check.exceptions,
            row.check.untested,
            *(None if share is None else Share(share) for share in (row.check.rate, *(row.check.ci95 or (None, None)))),
            t.word(row.check.basis) if row.check.basis else None,
            row.reason,
            _lines(row.places),
        ]
        for row in report.checks
    ]


def _wordings(report: Report) -> tuple[list[str], Rows]:
    t = report.t
    heads = _heads(
        report, "text_head", "kind", "language", "country", "place", "finding", "severity", "quote", "message",
        "what_to_do", "articles",
    )  # fmt: skip
    rows: list[list[Value]] = []
    for row in report.wordings:
        land = row.wording.country
        known = [row.wording.wording, row.kind, row.language, report.country(land) if land else None, row.where]
        rows += [
            [
                *known,
                mark.title,
                t.word(mark.severity),
                row.wording.text[mark.start : mark.end],
                mark.message,
                mark.fix,
                _lines(mark.articles),
            ]
            for mark in row.marks
        ] or [[*known, *[None] * 6]]
    return heads, rows


def _processing(report: Report) -> tuple[list[str], Rows]:
    rows = [row for row in report.run.register_ if row.get("activity")]
    keys = [key for key in ACTIVITY if any(key in row for row in rows)]
    heads = [register_head(key, report.t) for key in keys]
    return heads, [[register_cell(key, row.get(key), report.t) for key in keys] for row in rows]


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _put(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("", value)[:MOST_LETTERS]
        cell.data_type = "s"  # a text that begins with = stays a text
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.number_format = NUMBERS.get(type(value), "General")


def _fill(sheet: Worksheet, heads: list[str], rows: Rows) -> None:
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(1, column)
        _put(cell, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        widest = max((len(str(row[column - 1] or "")) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(len(head) * 1.6, widest * 1.1, 9), 60)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(heads), 1))}{len(rows) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
