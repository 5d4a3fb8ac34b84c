"""What every reader yields: column names, rows of text with their numbers, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Cell = str | None
Row = tuple[int, Sequence[Cell]]
"""Number of a row (1 is the header) and its cells."""

SHOWN_ROWS = 20


@dataclass
class Problem:
    """One kind of mistake in one file: how many rows have it, and the numbers of the first of them."""

    code: str
    count: int = 0
    rows: list[int] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    warning: bool = False


class Problems:
    """Collects mistakes by kind, so that a million bad rows stay one issue."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Problem] = {}

    def add(self, code: str, row: int | None = None, *, count: int = 1, warning: bool = False, **params: Any) -> None:
        """Note a mistake; the same code with the same params is counted, not repeated."""
        key = (code, repr(sorted(params.items())))
        problem = self._found.setdefault(key, Problem(code, params=params, warning=warning))
        problem.count += count
        if row is not None and len(problem.rows) < SHOWN_ROWS:
            problem.rows.append(row)

    def add_all(self, problem: Problem) -> None:
        """Take over a mistake that was collected elsewhere."""
        self._found[(problem.code, repr(sorted(problem.params.items())))] = problem

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found.values())

    def __contains__(self, code: str) -> bool:
        return any(problem.code == code for problem in self)


@dataclass(frozen=True)
class Hints:
    """What opening a file may need to know of the client: its own mail domains, and the order of dates where stated."""

    own_domains: frozenset[str] = frozenset()
    dates: Literal["dmy", "mdy"] | None = None


class Source(Protocol):
    """A file opened by its form; `sheet` is set for workbooks, `records` counts rows that hold anything."""

    form: str
    header: list[str]
    problems: Problems
    sheet: str | None

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every readable row with the cells of the wanted columns, in that order."""
        ...

    @property
    def bad_rows(self) -> int:
        """How many rows could not be read, once `rows` is exhausted."""
        ...


class Unreadable(Exception):
    """The file as a whole cannot be read; `code` is the issue, `params` its details (never values)."""

    def __init__(self, code: str, row: int | None = None, **params: Any) -> None:
        self.code, self.row, self.params = code, row, params
        super().__init__(code)
