"""A file of the evidence folder as the mapping form sees it: its sheets, the looks of its columns, how it is read."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gdpr_assess.practices.drawn_read import is_drawn
from gdpr_assess.practices.mapping import MAP_NAME, EvidenceMap, FileMap, read_map
from gdpr_assess.practices.proposing import Look, likely_table, looks, propose
from gdpr_assess.practices.readers.opening import sources
from gdpr_assess.practices.readers.recognising import meaning_of, stem_of
from gdpr_assess.practices.readers.source import Unreadable
from gdpr_assess.practices.tables import TABLES
from gdpr_assess.workspace import sha256

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson")
SHOWN = f"inputs/evidence/{MAP_NAME}"


@dataclass(frozen=True)
class Sheet:
    """One table of a file: the looks of its columns in order, and whether it is recognised without help."""

    name: str | None
    looks: tuple[Look, ...]
    recognised: bool

    def look(self, header: str) -> Look:
        """Return the look of a column."""
        return next(look for look in self.looks if look.header == header)

    def position(self, header: str) -> int:
        """Return the number of a column, from 1."""
        return [look.header for look in self.looks].index(header) + 1


def sheets_of(path: Path, encoding: str | None = None) -> tuple[Sheet, ...]:
    """Open a file and look at its columns; raises Unreadable."""
    with tempfile.TemporaryDirectory() as scratch:
        return tuple(
            Sheet(source.sheet, tuple(looks(source)), meaning_of(source, stem_of(path), None) is not None)
            for source in sources(path, encoding, Path(scratch))
            if source.header
        )


def offered(folder: Path, names: Sequence[str], small: int) -> list[str]:
    """Return the files that may be tables: first those that nobody recognises and no entry explains."""
    known, _ = read_map(folder, SHOWN)
    likely = [name for name in names if name.lower().endswith(SUFFIXES)]
    return sorted(likely, key=lambda name: (not is_unknown(folder / name, name, known, small), name))


def is_unknown(path: Path, name: str, known: EvidenceMap, small: int) -> bool:
    """Tell whether a file is neither recognised nor explained; a large one counts as known until it is chosen."""
    if known.of(name) is not None or path.stat().st_size > small:
        return False
    try:
        with tempfile.TemporaryDirectory() as scratch:
            opened = sources(path, None, Path(scratch))
            return not is_drawn(opened) and any(
                source.header and meaning_of(source, stem_of(path), None) is None for source in opened
            )
    except (Unreadable, OSError):
        return False


def entry_of(folder: Path, name: str) -> FileMap:
    """Return how evidence.yaml says a file is read, or an empty entry."""
    known, _ = read_map(folder, SHOWN)
    return known.of(name) or FileMap()


def mark_of(folder: Path) -> str:
    """Return a mark of evidence.yaml as it is on disk."""
    path = folder / MAP_NAME
    return sha256(path) if path.is_file() else ""


def proposal(sheet: Sheet, name: str, said: FileMap, table: str | None = None) -> FileMap:
    """Return the entry that is proposed for a file; what evidence.yaml says already stands."""
    chosen = table or said.table or likely_table(sheet.looks, Path(name).stem)
    names = {look.header for look in sheet.looks}
    kept = said if said.table in (None, chosen) else FileMap()
    columns = propose(sheet.looks, TABLES[chosen]) | {
        ours: theirs for ours, theirs in kept.columns.items() if theirs in names or theirs.startswith("$")
    }
    return said.model_copy(update={"table": chosen, "columns": columns, "ignore": False})
