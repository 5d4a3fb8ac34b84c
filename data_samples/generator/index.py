"""The Evidence sheet of a sample client: every file with its rows and the period that they cover."""

from __future__ import annotations

from datetime import date

from data_samples.generator.records import EXTRACTED, Rows
from gdpr_assess.model import Evidence
from gdpr_assess.practices.tables import TABLES

Tables = dict[str, tuple[str, Rows]]
"""File -> canonical table and its rows."""


def _days(table: str, rows: Rows) -> tuple[date | None, date | None]:
    column = TABLES[table].dated
    days = sorted(row[column][:10] for row in rows if row[column]) if column else []
    return (date.fromisoformat(days[0]), date.fromisoformat(days[-1])) if days else (None, None)


def entries(tables: Tables, filter_: str) -> tuple[Evidence, ...]:
    """Return a census entry for each file; `filter_` is the client's word for "none"."""
    found = []
    for file, (table, rows) in sorted(tables.items()):
        first, last = _days(table, rows)
        found.append(
            Evidence(file=file, extracted_at=EXTRACTED, covers_from=first, covers_to=last, filter=filter_,
                     stated_rows=len(rows), basis="census", time_zone="UTC")
        )  # fmt: skip
    return tuple(found)
