"""A small client with a transfer, and registers that are edited, for the tests of the record of processing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from intake_cases import SMALL

from gdpr_assess.flows import register
from gdpr_assess.intake import read
from gdpr_assess.model import Flow, Intake, Partner, System
from gdpr_assess.report.register_book import KEY_ROW, write_register
from gdpr_assess.report.register_import import import_register
from gdpr_assess.report.register_tables import RegisterSource

DAY = date(2026, 9, 30)
LIVELY = SMALL.model_copy(
    update={
        "partners": (
            Partner(id="P1", name="CallCo", country="PH", role="processor", contract=True,
                    contract_date=date(2025, 1, 2)),
            Partner(id="P2", name="=Speech", country="IN", role="sub_processor", engaged_by="P1"),
        ),
        "systems": (System(id="CRM", name="Desk", kind="ticketing", hosting_country="DE", retention_days=90),),
        "flows": (
            Flow(id="F1", source="people", target="CRM", kind="collection", purpose="service", legal_basis="contract",
                 data_categories=("identity", "contact")),
            Flow(id="F2", source="people", target="CRM", kind="storage", purpose="service", legal_basis="contract",
                 data_categories=("contact", "identity")),
            Flow(id="F3", source="CRM", target="S1", kind="remote_access", purpose="quality", remark="at night",
                 data_categories=("call_recording", "health"), transfer_tool="scc_module_2"),
        ),
    }
)  # fmt: skip


def export(intake: Intake, path: Path, lang: str = "en", layout: Any = "ico") -> Path:
    """Write the register of an intake."""
    made = RegisterSource(intake.profile, register(intake, DAY), intake.partners, intake.systems, DAY)
    assert write_register(made, path, layout, lang) is not None
    return path


def cell_of(sheet: Any, row: str, column: str) -> Any:
    """Return the cell of a row and a column by their names."""
    columns = [cell.value for cell in sheet[KEY_ROW]]
    rows = [sheet.cell(number, 1).value for number in range(1, sheet.max_row + 1)]
    return sheet.cell(rows.index(row) + 1, columns.index(column) + 1)


def edit(folder: Path, changes: dict[tuple[str, str, str], Any], sheet: str = "Controller record") -> None:
    """Type values into the register of a folder."""
    book = openpyxl.load_workbook(folder / "register.xlsx")
    for (title, row, column), value in changes.items():
        cell_of(book[title or sheet], row, column).value = value
    book.save(folder / "register.xlsx")


def imported(folder: Path) -> Intake:
    """Return the intake of a folder after an import of its register."""
    import_register(folder / "register.xlsx", folder / "intake.xlsx")
    found = read(folder / "intake.xlsx").intake
    assert found is not None
    return found
