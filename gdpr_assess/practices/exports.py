"""What the client handed over, read: the canonical tables, and what is known of each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from gdpr_assess.practices.readers.typed import ROW, UNREAD, day_flag
from gdpr_assess.practices.stored import Scratch
from gdpr_assess.practices.tables import TABLES, Table

if TYPE_CHECKING:
    from gdpr_assess.practices.listening import Listened
    from gdpr_assess.practices.lost import Lost

FILE, AS_OF, AS_OF_DAY = "_file", "_extracted", "_extracted~day"
Fact = dict[str, Any]


def file_key(fact: Fact) -> str:
    """Return what stands in `_file`: the file, and the sheet of a workbook."""
    return f"{fact['file']}\t{fact['sheet']}" if fact["sheet"] else str(fact["file"])


def file_and_sheet(key: str) -> tuple[str, str | None]:
    """Return the file and the sheet that a `_file` value names."""
    file, _, sheet = key.partition("\t")
    return file, sheet or None


def schema_of(table: Table) -> dict[str, pl.DataType]:
    """Return the storage of a table: its columns, flags of bare days, and where each row comes from."""
    stored: dict[str, pl.DataType] = {ROW: pl.Int64()}
    for column in table.columns:
        stored[column.name] = column.stored
        if column.kind == "time":
            stored[day_flag(column.name)] = pl.Boolean()
    return stored | {UNREAD: pl.UInt32(), FILE: pl.String(), AS_OF: pl.Datetime("us", "UTC"), AS_OF_DAY: pl.Boolean()}


@dataclass(frozen=True)
class EvidenceTable:
    """One canonical table; `present` says for each column in which files it stands. Rows are never shown.

    A small table is `held` as a frame; of a large one the rows lie in files, and `size` says how many there are.
    """

    table: Table
    held: pl.DataFrame | pl.LazyFrame = field(repr=False)
    present: dict[str, frozenset[str]]
    files: tuple[str, ...]
    size: int | None = None

    @property
    def given(self) -> bool:
        """Whether any file gives this table."""
        return bool(self.files)

    def has(self, column: str) -> bool:
        """Whether any file has this column."""
        return bool(self.present.get(column))

    @property
    def large(self) -> bool:
        """Whether the rows lie in files."""
        return isinstance(self.held, pl.LazyFrame)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.held.height if isinstance(self.held, pl.DataFrame) else self.size or 0

    @property
    def rows(self) -> pl.LazyFrame:
        """The rows, to be worked on."""
        return self.held.lazy()

    @property
    def frame(self) -> pl.DataFrame:
        """The rows in memory: for tables that are never large."""
        return self.held if isinstance(self.held, pl.DataFrame) else self.held.collect()


@dataclass(frozen=True)
class Exports:
    """All evidence of one client; `facts` has one entry per file and table, `lost` names tables that are not whole."""

    tables: dict[str, EvidenceTable]
    facts: tuple[Fact, ...] = ()
    lost: dict[str, Lost] = field(default_factory=dict)
    scratch: Scratch | None = field(default=None, repr=False, compare=False)
    """Where the rows of large tables lie: it is removed when nobody needs these exports any more."""
    listened: tuple[Listened, ...] = ()
    """What people heard or read in drawn records, by the records they were drawn from."""

    def __getitem__(self, name: str) -> EvidenceTable:
        return self.tables[name]

    @property
    def large(self) -> bool:
        """Whether some table lies in files."""
        return any(table.large for table in self.tables.values())

    def batches(self, rows: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
        """Yield rows in order, so many at a time; those of large tables never lie in memory together."""
        if self.large:
            yield from rows.collect_batches(chunk_size=size, maintain_order=True, engine="streaming")
        else:
            yield from rows.collect().iter_slices(size)

    def collect(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """Return rows in memory; large tables are gone through in pieces."""
        return rows.collect(engine="streaming" if self.large else "in-memory")


def nothing() -> Exports:
    """Return exports without a single row."""
    return Exports({name: absent(table) for name, table in TABLES.items()})


def absent(table: Table) -> EvidenceTable:
    """Return a table that nobody handed over."""
    return EvidenceTable(table, pl.DataFrame(schema=schema_of(table)), {}, ())
