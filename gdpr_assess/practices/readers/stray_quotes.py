"""A stray quotation mark in delimited text pairs with one many lines later, and the rows between become one cell."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

MOSTLY = 0.8
"""The share of the lines inside a cell that must look like rows before they are taken for rows."""
_WORD = re.compile(r"\w+")


class Fed:
    """Lines on their way to the parser: those that one record took are known, and can be given once more."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._again = iter(lines), deque[str]()
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Give all lines but the first of the last record once more."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.ended = False


def swallows(taken: Sequence[str], found: list[str] | str, delimiter: str, width: int) -> bool:
    """Tell whether the lines of one record are rows of their own: as many cells, and the same form in the first.

    A text of several lines is none of these. Where the record as parsed is sound, at least three lines must say so.
    """
    first, *inner = taken
    shape = _shape(first.partition(delimiter)[0])
    if not shape and width < 3:
        return False
    if len(inner) > 1 and found != "row_quote":
        inner = inner[:-1]  # in the last one the quotation mark is closed
    like = sum(_is_row(line, delimiter, width, shape) for line in inner)
    if not like or like < MOSTLY * len(inner):
        return False
    sound = not isinstance(found, str) and len(found) == width and _is_strict(taken, delimiter)
    return not sound or like >= 3


def _is_row(line: str, delimiter: str, width: int, shape: str) -> bool:
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        cells = _cells([line], delimiter, quoting)
        if len(cells) == width and _shape(cells[0]) == shape:
            return True
    return False


def _cells(lines: Sequence[str], delimiter: str, quoting: int) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=delimiter, quoting=quoting), [])  # type: ignore[arg-type]
    except csv.Error:
        return []


def _is_strict(taken: Sequence[str], delimiter: str) -> bool:
    """Tell whether every quotation mark stands where it may: at the edges of a cell, or doubled."""
    try:
        next(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _shape(cell: str) -> str:
    """Return the form of a number or key without its letters and digits; names and empty cells have none."""
    plain = cell.strip().strip('"')
    return _WORD.sub("x", plain) if any(sign.isdigit() for sign in plain) else ""
