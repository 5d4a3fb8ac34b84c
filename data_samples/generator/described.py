"""What is known of each export: the Evidence sheet, with counts and periods that agree with the records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data_samples.generator.records import EXTRACTED, Rows
from gdpr_assess.model import Evidence
from gdpr_assess.practices.tables import TABLES

Tables = dict[str, tuple[str, Rows]]
"""File -> canonical table and its rows."""


def described(
    files: Tables,
    zones: Mapping[str, str] | None = None,
    unfiltered: str = "none",
    systems: Mapping[str, str] | None = None,
) -> tuple[Evidence, ...]:
    """Return the description of each file; times are UTC where `zones` says nothing else.

    `unfiltered` is the client's word for "no filter"; `systems` says which system a file comes from.
    """
    plain = (_described(name, *files[name], (zones or {}).get(name, "UTC"), unfiltered) for name in sorted(files))
    return tuple(entry.model_copy(update={"system": (systems or {}).get(entry.file)}) for entry in plain)


def _described(name: str, table: str, rows: Rows, zone: str, unfiltered: str) -> Evidence:
    dated = TABLES[table].dated
    days = sorted(str(row[dated])[:10] for row in rows if row.get(dated)) if dated else []
    return Evidence(
        file=name, extracted_at=EXTRACTED, covers_from=date.fromisoformat(days[0]) if days else None,
        covers_to=date.fromisoformat(days[-1]) if days else None, filter=unfiltered, stated_rows=len(rows),
        basis="census", time_zone=zone,
    )  # fmt: skip
