"""The prepared sheets in the plan: each destination and each processor with what is still open."""

from __future__ import annotations

from collections.abc import Iterable

from gdpr_assess.report import contract_book, transfer_book
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, section, table, tag

KINDS = {"shown": "present", "stated": "low", "missing": "high", "ask": "medium"}
"""How a point of a contract stands, and the colour of its label."""


def prepared_sheets(report: Report) -> Html:
    """Return transfer sheets and contract checklists in short; nothing where there is neither."""
    parts = [part for part in (_transfers(report), _contracts(report)) if part]
    if not parts:
        return Html("")
    return section(report.t("report.sheets"), *parts, id_="sheets", intro=report.t("report.sheets_intro"))


def _transfers(report: Report) -> Html:
    t, found = report.t, transfer_book.transfer_overview(report)
    if not found:
        return Html("")
    heads = [t(f"register.transfers_{key}") for key in transfer_book.OVERVIEW]
    rows = [[tag("b", land), *cells, _listed(to_do.splitlines())] for land, *cells, to_do in found]
    return table(heads, rows, t("report.sheets_transfers", file=transfer_book.FILE))


def _contracts(report: Report) -> Html:
    t, found = report.t, contract_book.contract_overview(report)
    if not found:
        return Html("")
    heads = [t(f"register.contracts_{key}") for key in contract_book.PARTY]
    heads += [t("report.sheets_points"), t("register.contracts_gaps"), t("register.status_ask")]
    rows = [
        [tag("b", line.party[0]), *line.party[1:], _counts(report, line), _listed(line.missing), _listed(line.ask)]
        for line in found
    ]
    return table(heads, rows, t("report.sheets_contracts", file=contract_book.FILE))


def _counts(report: Report, line: contract_book.ContractLine) -> list[Html]:
    said = ((status, line.count[status]) for status in contract_book.STATUSES)
    return [chip(f"{report.t(f'register.status_{status}')}: {count}", KINDS[status]) for status, count in said if count]


def _listed(items: Iterable[str]) -> object:
    found = [tag("li", item) for item in items]
    return tag("ul", found) if found else "–"
