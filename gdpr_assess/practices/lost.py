"""Tables that were handed over but cannot be tested: their files are unreadable, or hold nothing although they should.

An export that is broken or emptied must never look better than one that was never handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gdpr_assess.practices.exports import EvidenceTable, Fact
from gdpr_assess.practices.mapping import FileMap, plain
from gdpr_assess.practices.tables import TABLES

Reason = Literal["unreadable_files", "empty_files"]


@dataclass(frozen=True)
class Lost:
    """Why files of a table give nothing; `whole` where no other file gives rows of it."""

    reason: Reason
    files: tuple[str, ...]
    whole: bool


@dataclass
class Losses:
    """Files that gave nothing, by the table they should have given."""

    unreadable: dict[str, list[str]] = field(default_factory=dict)
    empty: dict[str, list[str]] = field(default_factory=dict)

    def unread(self, file: str, stem: str, given: FileMap | None) -> None:
        """Note a file that cannot be read; where neither its entry nor its name tells the table, nothing can be said.

        A table that nobody else gives is then simply not handed over, and its checks are not testable either.
        """
        name = given.table if given and given.table else named_table(stem)
        if name is not None:
            self.unreadable.setdefault(name, []).append(file)

    def emptied(self, parts: Iterable[tuple[str, int, Fact]]) -> None:
        """Note files without one readable row that were said to have rows, or whose rows are all broken."""
        listed = list(parts)
        filled = {fact["file"] for _, height, fact in listed if height}
        for table, _, fact in listed:
            if fact["file"] not in filled and (fact["bad_rows"] or fact["stated_rows"]):
                self.empty.setdefault(table, []).append(fact["file"])

    def of(self, tables: Mapping[str, EvidenceTable], heights: Mapping[str, int]) -> dict[str, Lost]:
        """Return what is lost of each table; rows that all left (dated after the extraction) are lost as well."""
        found = {}
        for name, table in tables.items():
            unreadable, empty = self.unreadable.get(name, []), self.empty.get(name, [])
            nothing = not table.height
            if nothing and heights.get(name):
                empty = [*empty, *(key.partition("\t")[0] for key in table.files)]
            if unreadable or empty:
                reason: Reason = "unreadable_files" if unreadable else "empty_files"
                found[name] = Lost(reason, tuple(sorted({*unreadable, *empty})), nothing)
        return found


def named_table(stem: str) -> str | None:
    """Return the table that a file's name stands for."""
    return next((name for name in TABLES if plain(stem).startswith(name)), None)


def stated_differently(facts: Sequence[Fact]) -> list[tuple[str, int, int]]:
    """Return file, rows read and rows stated wherever they differ; the sheets of a workbook count together."""
    sheets: dict[str, dict[str | None, int]] = {}
    stated = {fact["file"]: fact["stated_rows"] for fact in facts}
    for fact in facts:  # what was stated is a number of records; an export may fill several tables
        of_file = sheets.setdefault(fact["file"], {})
        records = fact["records"] if "records" in fact else fact["rows"]
        of_file[fact["sheet"]] = max(of_file.get(fact["sheet"], 0), records)
    read = {file: sum(of_file.values()) for file, of_file in sheets.items()}
    return [(file, read[file], stated[file]) for file in sorted(read) if stated[file] not in (None, read[file])]
