"""The matrix of rights by system in the reader's words: for the page and for the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from gdpr_assess.model import CLIENT, RecordsAgainst, Right, RightCell, RightLog, RightsHandling, System
from gdpr_assess.report.context import Report
from gdpr_assess.report.words import citation, names, places_text, rule_text

RIGHTS: tuple[Right, ...] = get_args(Right)
MONTH_DAYS = 31


@dataclass(frozen=True)
class SystemRow:
    """One system with its cells by right, and what was said of it (nothing: an empty row)."""

    system: System
    handling: RightsHandling
    cells: dict[Right, RightCell]


def system_rows(report: Report) -> Iterator[SystemRow]:
    """Yield each system in the order of the intake."""
    matrix = report.run.rights
    said = {row.system: row for row in matrix.handling}
    for system in report.run.systems:
        cells = {one.right: one for one in matrix.cells if one.system == system.id}
        if cells:
            yield SystemRow(system, said.get(system.id, RightsHandling(system=system.id)), cells)


def why(report: Report, row: SystemRow, one: RightCell) -> list[str]:
    """Return the reasons of a cell."""
    t = report.t
    if not one.reasons:
        return [t("rights.all_there")]
    return [_reason(report, row, reason) for reason in one.reasons]


def _reason(report: Report, row: SystemRow, reason: str) -> str:
    t, (name, _, state) = report.t, reason.partition(":")
    if not state:
        return t(f"rights.{reason}")
    if name == "delete" and row.handling.delete == "overwritten" and row.handling.overwritten_days is not None:
        return t("rights.overwritten", days=row.handling.overwritten_days)
    return t("rights.lacks", what=f"cap_{name}", state=state)


def against(report: Report, record: RecordsAgainst) -> str:
    """Return what records show against a cell."""
    t, key = report.t, f"rights.against_{record.code}"
    if t.has(key):
        return t(key, count=record.count)
    title = rule_text("practices", record.code, "title", t, {})
    return t("rights.against_check", check=title, count=record.count)


def who(report: Report, row: SystemRow) -> str:
    """Return who carries a request out there."""
    t, said = report.t, row.handling
    names_ = {CLIENT: report.run.client.client_name} | names(report.run)
    by = said.done_by or (row.system.operator if said.owner else None)
    parts = [names_.get(by, by) if by else None, t.word(said.owner) if said.owner else None]
    return t("report.list_comma").join(part for part in parts if part) or t("rights.who_open")


def how_long(report: Report, row: SystemRow) -> str:
    """Return how long it takes there."""
    t, said = report.t, row.handling
    return t("rights.days_open") if said.total_days is None else t("rights.days", days=said.total_days)


def slowest(report: Report) -> list[str]:
    """Return what the slowest system means for the month, and where the days are not said."""
    t, matrix, known = report.t, report.run.rights, names(report.run)
    told = []
    if matrix.slowest_days is not None:
        verdict = t("rights.too_slow" if matrix.slowest_days > MONTH_DAYS else "rights.fits")
        listed = t("report.list_comma").join(known[one] for one in matrix.slowest)
        told.append(t("rights.slowest", names=listed, days=matrix.slowest_days, verdict=verdict))
    if matrix.days_not_said:
        open_ = t("report.list_comma").join(known[one] for one in matrix.days_not_said)
        told.append(t("rights.unknown_days", names=open_))
    return told


def log_parts(report: Report, line: RightLog) -> list[tuple[str, bool]]:
    """Return what the request log shows of a right, each part with whether it is bad."""
    t = report.t
    parts = [(t("rights.log_line", answered=line.answered, requests=line.requests), False)]
    if line.late:
        parts.append((t("rights.log_late", late=line.late), True))
    if line.longest_days is not None:
        parts.append((t("rights.log_longest", days=line.longest_days), False))
    if line.unreadable_copies:
        parts.append((t("rights.log_pdf", count=line.unreadable_copies), True))
    return parts


def register(report: Report) -> tuple[list[str], list[list[str | int | None]]]:
    """Return heads and rows of the register: one row per system and right."""
    t = report.t
    keys = ("system", "right", "said", "contradicted", "why", "records", "places", "who_only", "days_head", "comment")
    heads = [t(f"rights.{key}") for key in keys] + [t("report.articles")]
    rows: list[list[str | int | None]] = []
    for row in system_rows(report):
        for right, one in row.cells.items():
            rows.append(
                [
                    row.system.name,
                    t.word(right),
                    t.word(one.status),
                    t("report.yes" if one.contradicted else "report.no"),
                    "\n".join(why(report, row, one)),
                    "\n".join(against(report, record) for record in one.against),
                    "\n".join(text for record in one.against for text in places_text(record.places, t)),
                    who(report, row),
                    row.handling.total_days,
                    row.handling.comment,
                    "\n".join(citation(article, t) for article in one.articles),
                ]
            )
    return heads, rows
