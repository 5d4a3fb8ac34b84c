"""Delimited text (CSV, TSV): the delimiter is found, every cell stays text, odd rows are counted and placed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from gdpr_assess.practices.readers.encoding import SINGLE_BYTE, encoding_of, is_utf8
from gdpr_assess.practices.readers.source import Cell, Problems, Row, Unreadable
from gdpr_assess.practices.readers.stray_quotes import Fed, swallows

DELIMITERS = (",", ";", "\t", "|")
MAX_LINE = 4_000_000
MAX_COLUMNS = 2_000
HEAD = 60
"""Lines from which the delimiter is told."""
_ESCAPED, _REPLACED = re.compile("[\udc80-\udcff]"), re.compile("\ufffd")
csv.field_size_limit(MAX_LINE)


def _lines(stream: TextIO) -> Iterator[str]:
    """Yield lines, but never more than MAX_LINE characters at once."""
    while line := stream.readline(MAX_LINE):
        if len(line) >= MAX_LINE:
            raise Unreadable("line_too_long", limit=MAX_LINE)
        yield line


def _parsed(lines: Iterable[str], delimiter: str, width: int = 0) -> Iterator[list[str] | str]:
    """Yield the cells of each record, or the code of what is wrong with it.

    Where a quotation mark swallows rows of `width` cells, only the row that it stands in is lost: the others are read.
    """
    fed = Fed(lines)
    reader = csv.reader(fed, delimiter=delimiter)
    while True:
        fed.taken.clear()
        found: list[str] | str
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error:
            found = "row_unreadable"
        # the parser asked for more lines and got none: a quote was opened and never closed
        found = "row_quote" if fed.ended else found
        if width and len(fed.taken) > 1 and swallows(fed.taken, found, delimiter, width):
            fed.give_back()
            found = "row_stray_quote"
        yield found


def _score(lines: list[str], delimiter: str, known: frozenset[str]) -> tuple[int, float, int]:
    records = [record for record in _parsed(lines, delimiter) if record and not isinstance(record, str)]
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
    first_row = 2
    """The row with which the records begin."""

    def __init__(self, path: Path, known: frozenset[str], encoding: str | None = None) -> None:
        self._path = path
        self.encoding = encoding or encoding_of(path)
        self._lost = _ESCAPED if self.encoding == "utf-8" else _REPLACED
        self.problems = Problems()
        self.bad_rows = 0
        head = self._head()
        self._declared = bool(head) and head[0].strip().strip('"').casefold().startswith("sep=")
        self.delimiter = head[0].strip().strip('"')[4:5] if self._declared else delimiter_of(head, known)
        if self.delimiter not in DELIMITERS:
            raise Unreadable("bad_delimiter")
        first = next(_parsed(head[self._declared :], self.delimiter), "")
        self.header = [] if isinstance(first, str) else [cell.strip() for cell in first]
        if not any(self.header):
            raise Unreadable("no_header")
        if len(self.header) > MAX_COLUMNS:
            raise Unreadable("too_many_columns", limit=MAX_COLUMNS)

    def _head(self) -> list[str]:
        head: list[str] = []
        with self._open() as stream:
            try:
                for line in _lines(stream):
                    head.append(line)
                    if len(head) >= HEAD:
                        break
            except Unreadable:
                if not head:
                    raise
        return head

    def _open(self) -> TextIO:
        errors = "surrogateescape" if self.encoding == "utf-8" else "replace"
        return self._path.open(encoding=self.encoding, errors=errors, newline="")

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every readable row with the wanted cells."""
        self.problems, self.bad_rows = Problems(), 0
        width = len(self.header)
        at = [self.header.index(name) for name in wanted]
        with self._open() as stream:
            lines = _lines(stream)
            if self._declared:
                next(lines)
            number = 0
            try:
                for number, record in enumerate(_parsed(lines, self.delimiter, width), 1):
                    if (
                        number >= self.first_row
                        and record != []
                        and (cells := self._cells(record, number, at)) is not None
                    ):
                        yield number, cells
            except Unreadable as error:
                self.bad_rows += 1
                self.problems.add(error.code, number + 1, **error.params)

    def _cells(self, record: list[str] | str, number: int, at: list[int]) -> list[Cell] | None:
        if isinstance(record, str):
            self._bad(record, number)
            return None
        width = len(self.header)
        if len(record) > width and not any(record[width:]):
            record = record[:width]
        if len(record) != width:
            self._bad("row_ragged", number)
            return None
        if not any(record):
            return None
        joined = "".join(record)
        if "\0" in joined:
            self._bad("row_nul", number)
            return None
        if not joined.isascii() and (self._lost.search(joined) or self._mixed(record)):
            self._bad("row_encoding", number)
            return None
        return [record[i] or None for i in at]

    def _mixed(self, record: list[str]) -> bool:
        """Tell whether a cell of a file in an older encoding is UTF-8."""
        return self.encoding in SINGLE_BYTE and any(is_utf8(cell, self.encoding) for cell in record)

    def _bad(self, code: str, number: int) -> None:
        self.bad_rows += 1
        self.problems.add(code, number)
