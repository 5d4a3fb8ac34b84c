"""Delimited text (CSV, TSV): the delimiter is found, every cell stays text, odd rows are counted and placed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from gdpr_assess.practices.readers.encoding import encoding_of
from gdpr_assess.practices.readers.source import Cell, Problems, Row, Unreadable

DELIMITERS = (",", ";", "\t", "|")
MAX_LINE = 4_000_000
MAX_COLUMNS = 2_000
_ESCAPED, _REPLACED = re.compile("[\udc80-\udcff]"), re.compile("\ufffd")
csv.field_size_limit(MAX_LINE)


def _lines(stream: TextIO) -> Iterator[str]:
    """Yield lines, but never more than MAX_LINE characters at once."""
    while line := stream.readline(MAX_LINE):
        if len(line) >= MAX_LINE:
            raise Unreadable("line_too_long", limit=MAX_LINE)
        yield line


def _parsed(lines: Iterable[str], delimiter: str) -> Iterator[list[str] | None]:
    """Yield the cells of each record; None where a record cannot be parsed."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _score(lines: list[str], delimiter: str, known: frozenset[str]) -> tuple[int, float, int]:
    records = [record for record in _parsed(lines, delimiter) if record]
    if not records:
        return 0, 0.0, 0
    header = {cell.strip().casefold() for cell in records[0]}
    width = len(records[0])
    same = sum(len(record) == width for record in records) / len(records)
    return len(header & known), same if width > 1 else 0.0, width


def delimiter_of(lines: list[str], known: frozenset[str]) -> str:
    """Return the delimiter under which the header has most known names, then the most even rows."""
    return max(DELIMITERS, key=lambda delimiter: _score(lines, delimiter, known))


class Delimited:
    """A delimited text file; its first row is the header."""

    form = "csv"
    sheet: str | None = None

    def __init__(self, path: Path, known: frozenset[str], encoding: str | None = None) -> None:
        self._path = path
        self.encoding = encoding or encoding_of(path)
        self._lost = _ESCAPED if self.encoding == "utf-8" else _REPLACED
        self.problems = Problems()
        self.bad_rows = 0
        with self._open() as stream:
            head = [line for _, line in zip(range(60), _lines(stream), strict=False)]
        self._declared = bool(head) and head[0].strip().strip('"').casefold().startswith("sep=")
        self.delimiter = head[0].strip().strip('"')[4:5] if self._declared else delimiter_of(head, known)
        if self.delimiter not in DELIMITERS:
            raise Unreadable("bad_delimiter")
        first = next((record for record in _parsed(head[self._declared :], self.delimiter)), None)
        self.header = [cell.strip() for cell in first or []]
        if not any(self.header):
            raise Unreadable("no_header")
        if len(self.header) > MAX_COLUMNS:
            raise Unreadable("too_many_columns", limit=MAX_COLUMNS)

    def _open(self) -> TextIO:
        errors = "surrogateescape" if self.encoding == "utf-8" else "replace"
        return self._path.open(encoding=self.encoding, errors=errors, newline="")

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every readable row with the wanted cells."""
        self.problems, self.bad_rows = Problems(), 0
        at = [self.header.index(name) for name in wanted]
        with self._open() as stream:
            lines = _lines(stream)
            if self._declared:
                next(lines)
            number = 0
            try:
                for number, record in enumerate(_parsed(lines, self.delimiter), 1):
                    if number > 1 and record != [] and (cells := self._cells(record, number, at)) is not None:
                        yield number, cells
            except Unreadable as error:
                self.bad_rows += 1
                self.problems.add(error.code, number + 1, **error.params)

    def _cells(self, record: list[str] | None, number: int, at: list[int]) -> list[Cell] | None:
        if record is None:
            return self._bad("row_unreadable", number)
        width = len(self.header)
        if len(record) > width and not any(record[width:]):
            record = record[:width]
        if len(record) != width:
            return self._bad("row_ragged", number)
        if not any(record):
            return None
        joined = "".join(record)
        if "\0" in joined:
            return self._bad("row_nul", number)
        if not joined.isascii() and self._lost.search(joined):
            return self._bad("row_encoding", number)
        return [record[i] or None for i in at]

    def _bad(self, code: str, number: int) -> None:
        self.bad_rows += 1
        self.problems.add(code, number)
