"""The workbooks that a client works with: the record of processing, transfer sheets and contract checklists."""

from __future__ import annotations

from pathlib import Path

from gdpr_assess.report import contract_book, transfer_book
from gdpr_assess.report.context import Report
from gdpr_assess.report.register_book import FILE as REGISTER
from gdpr_assess.report.register_book import usual_layout, write_register
from gdpr_assess.report.register_tables import RegisterSource


def write_client_books(report: Report, folder: Path) -> list[Path]:
    """Write each workbook for which there is something to say and return their paths; an outdated one goes."""
    run = report.run
    source = RegisterSource(run.client, run.register_, run.partners, run.systems, run.as_of)
    made = {
        REGISTER: write_register(source, folder / REGISTER, usual_layout(run.client.main_country), report.lang),
        transfer_book.FILE: transfer_book.write_transfers(report, folder / transfer_book.FILE),
        contract_book.FILE: contract_book.write_contracts(report, folder / contract_book.FILE),
    }
    for name, path in made.items():
        if path is None:
            (folder / name).unlink(missing_ok=True)
    return [path for path in made.values() if path is not None]
