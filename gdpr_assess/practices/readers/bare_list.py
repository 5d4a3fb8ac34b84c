"""A list of numbers or addresses without a header, as dialers export those that must not be called."""

from __future__ import annotations

import re
from pathlib import Path

from gdpr_assess.practices.readers.delimited import Delimited

LIST_NAMES = (
    "dnc",
    "do_not_call",
    "donotcall",
    "optout",
    "opt_out",
    "unsubscribe",
    "robinson",
    "suppress",
    "blocklist",
)
"""Names of files that say what such a list is for; otherwise evidence.yaml must say it (table: suppressions)."""
_CONTACT = re.compile(r"\+?[\d][\d\s().\-/]{5,18}\d|[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}")


def is_contact(cell: str) -> bool:
    """Tell whether a cell is a phone number or an e-mail address, and so no name of a column."""
    return _CONTACT.fullmatch(cell.strip()) is not None


class BareList(Delimited):
    """Rows from the first line on; the first column is the contact."""

    form = "bare_list"
    first_row = 1

    def __init__(self, path: Path, known: frozenset[str], encoding: str | None = None) -> None:
        super().__init__(path, known, encoding)
        self.header = ["contact", *(f"column_{number}" for number in range(2, len(self.header) + 1))]
