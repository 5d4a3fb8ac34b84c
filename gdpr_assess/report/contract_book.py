"""Writes a checklist of the processing contract per processor: what is shown, stated, missing or still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.flows.contract_points import Checklist, Fact, Point, Status
from gdpr_assess.intake import looks
from gdpr_assess.intake.layout import sheet
from gdpr_assess.model import Partner
from gdpr_assess.report.context import Report
from gdpr_assess.report.fill_in import Entry, FillIn
from gdpr_assess.report.words import citation, control_text

FILE = "contracts.xlsx"
COLOURS: dict[Status, str] = {"shown": "E2F1E6", "stated": "EEF4F8", "missing": "FBE3E0", "ask": looks.NEEDED}
STATUSES: tuple[Status, ...] = get_args(Status)
PARTY = ("name", "role", "land", "dated")
_WIDTHS = (16, 46, 50, 16, 18, 15, 34)
_KEYS = ("point", "must", "known", "status", "clause", "agreed", "remark")
_ANSWER = sheet("answers").column("answer")
_FIRST = 8


def write_contracts(report: Report, path: Path) -> Path | None:
    """Write a checklist per processor and return the path; None, and no file, where there is no processor."""
    made = Checklist(report.run)
    filled = [(partner, made.of(partner)) for partner in made.partners()]
    if not filled:
        return None
    book = FillIn(report.t("register.contracts_title"), report.lang)
    _overview(report, book)
    for partner, points in filled:
        _checklist(report, book, partner, points)
    return book.save(path)


@dataclass(frozen=True)
class ContractLine:
    """What the overview says of one contract: who it is with, how many points stand how, and which are missing."""

    party: tuple[str, ...]
    count: dict[Status, int]
    missing: tuple[str, ...]
    ask: tuple[str, ...]


def contract_overview(report: Report) -> list[ContractLine]:
    """Return a line for each processor: in the workbook and in the plan."""
    made, t = Checklist(report.run), report.t
    lines = []
    for partner in made.partners():
        points = made.of(partner)
        named = {s: tuple(_name(report, p) for p in points if p.status == s) for s in STATUSES}
        dated = report.date(partner.contract_date)
        party = (partner.name, t.word(partner.role), report.country(partner.country), dated)
        count = {status: len(names) for status, names in named.items()}
        lines.append(ContractLine(party, count, named["missing"], named["ask"]))
    return lines


def _overview(report: Report, book: FillIn) -> None:
    t = report.t
    page = book.sheet(t("register.overview"), (30, 18, 18, 16, *(12,) * len(STATUSES), 44))
    book.line(page, 1, t("register.contracts_title"), looks.TITLE)
    book.line(page, 2, t("register.contracts_how", client=report.run.client.client_name, on=report.run.as_of))
    heads = [t(f"register.contracts_{key}") for key in PARTY]
    heads += [t(f"register.status_{status}") for status in STATUSES] + [t("register.contracts_gaps")]
    book.headings(page, 4, [(head, False) for head in heads])
    for row, line in enumerate(contract_overview(report), 5):
        entries = [Entry(text, bold=n == 0) for n, text in enumerate(line.party)]
        entries += [Entry(str(line.count[s]), colour=COLOURS[s] if line.count[s] else None) for s in STATUSES]
        book.row(page, row, [*entries, Entry("\n".join(line.missing) or "–")])
    looks.paper(page, 4, t("intake.page", page="&P", pages="&N"))


def _name(report: Report, point: Point) -> str:
    return report.t(f"register.point_{point.point.id}")


def _checklist(report: Report, book: FillIn, partner: Partner, points: Sequence[Point]) -> None:
    t = report.t
    page = book.sheet(partner.name, _WIDTHS)
    book.line(page, 1, t("register.contract_title", name=partner.name), looks.TITLE)
    book.line(page, 2, t("register.contracts_how", client=report.run.client.client_name, on=report.run.as_of))
    engaged = _engaged(report, partner)
    book.line(page, 3, t("register.contract_party", role=partner.role, land=partner.country, by=engaged))
    book.line(page, 4, t("register.contract_services", services=partner.services))
    book.line(page, 5, t("register.contract_legend"))
    labels = [(t(f"register.contract_{key}"), n > 3) for n, key in enumerate(_KEYS)]
    book.headings(page, _FIRST - 1, labels)
    for row, point in enumerate(points, _FIRST):
        _point(report, book, page, row, point)
    book.choice(page, f"F{_FIRST}:F{_FIRST + len(points) - 1}", _ANSWER)
    page.freeze_panes = f"B{_FIRST}"
    looks.paper(page, _FIRST - 1, t("intake.page", page="&P", pages="&N"))


def _engaged(report: Report, partner: Partner) -> str:
    by = next((p.name for p in report.run.partners if p.id == partner.engaged_by), None)
    return by or report.run.client.client_name


def _point(report: Report, book: FillIn, page: Worksheet, row: int, point: Point) -> None:
    t = report.t
    cited = "\n".join(citation(article, t) for article in point.point.articles)
    must = f"{_name(report, point)}\n{t(f'register.must_{point.point.id}')}"
    status = Entry(t(f"register.status_{point.status}"), colour=COLOURS[point.status], bold=True)
    blanks = [Entry(None, None, True), Entry(None, _ANSWER, True), Entry(None, None, True)]
    book.row(page, row, [Entry(cited), Entry(must), Entry(_known(report, point)), status, *blanks])


def _known(report: Report, point: Point) -> str:
    t = report.t
    lines = [_fact(report, fact) for fact in point.facts]
    lines += [
        t("register.answered", control=control, title=control_text(control, "title", t), answer=answer)
        for control, answer in point.answers
    ]
    lines += [report.finding(finding).title for finding in point.findings]
    return "\n".join(dict.fromkeys(lines)) or t("register.unknown")


def _fact(report: Report, fact: Fact) -> str:
    return report.t(f"register.{fact.code}", **fact.params)
