"""Rows of large exports, kept as Parquet files in a scratch folder; small ones stay as they are."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl


class Scratch:
    """A folder for the time of one assessment; it goes with the last table that lies in it, also after Ctrl-C."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0

    def place(self) -> Path:
        """Return the path of a new file."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="gdpr-assess-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._count += 1
        return self._folder / f"{self._count:06}.parquet"


class Stored:
    """Rows in Parquet files, in order; it answers what a frame is asked while files are put together."""

    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        self.paths: list[Path] = []
        self.heights: list[int] = []
        self._schema: dict[str, pl.DataType] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Keep more rows."""
        path = self.scratch.place()
        frame.write_parquet(path, compression="lz4", statistics=False, row_group_size=100_000)
        self.paths.append(path)
        self.heights.append(frame.height)
        self._schema = dict(frame.schema)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return sum(self.heights)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._schema)

    def __getitem__(self, name: str) -> pl.Series:
        return self.lazy().select(name).collect()[name]

    def lazy(self) -> pl.LazyFrame:
        """Return the rows, to be worked on."""
        return pl.scan_parquet(self.paths)

    def taken(self) -> Iterator[pl.DataFrame]:
        """Yield the rows file by file; each file is deleted once it is read."""
        for path in self.paths:
            frame = pl.read_parquet(path, memory_map=False)
            path.unlink()
            yield frame

    def changed(self, change: Callable[[int, pl.DataFrame], pl.DataFrame]) -> Stored:
        """Return the rows file by file as changed; `change` gets the number of the first row."""
        made, first = Stored(self.scratch), 0
        for frame in self.taken():
            made.add(change(first, frame))
            first += frame.height
        return made


Rows = pl.DataFrame | Stored


class Text:
    """The text of one table of one source: one frame while it is small, files from the second slice on."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self.frame: pl.DataFrame | None = None
        self.stored: Stored | None = None
        self._columns: list[str] = []

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._columns

    def add(self, frame: pl.DataFrame) -> None:
        """Keep a slice."""
        self._columns = frame.columns
        if self.frame is None and self.stored is None:
            self.frame = frame
            return
        if self.stored is None:
            self.stored = Stored(self._scratch)
        if self.frame is not None:
            self.stored.add(self.frame)
            self.frame = None
        if frame.height or not self.stored.paths:
            self.stored.add(frame)
