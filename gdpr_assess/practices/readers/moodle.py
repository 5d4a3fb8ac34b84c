"""Completion reports of Moodle: one row per person, a pair of columns per activity, headings in the site's language.

A report of a course gives one row per person (the course); a report of activities gives one per person and activity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gdpr_assess.installed import PACKAGE
from gdpr_assess.practices.readers.source import Cell, Row, Source
from gdpr_assess.yamlfile import raw

HEADER = ["Person", "Course", "Completed on", "Passed", "Moodle"]
"""The last is always empty: it keeps a table of our own making from being taken for a report of Moodle."""
_FILE = re.compile(r"^(?:completion|progress)[-_.]", re.IGNORECASE)
_IDS = frozenset({"id", "user id", "userid"})


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind in all languages, folded."""
    return frozenset(_fold(word) for word in raw(PACKAGE / "practices" / "readers" / "words" / "moodle.yaml")[kind])


def _fold(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _activities(header: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return name, place of the state and place of the date of every activity: `name` before `name - date`."""
    found = []
    for at in range(1, len(header)):
        before, _, last = header[at].rpartition(" - ")
        if before and _fold(last) in words("completion_date") and header[at - 1].startswith(before):
            found.append((before, at - 1, at))
    return found


class Completion:
    """A completion report as rows of training; columns of the report itself can still be named in evidence.yaml."""

    form, format = "csv", "moodle_completion"

    def __init__(self, table: Source, name: str) -> None:
        self._table, self._name = table, _FILE.sub("", name)
        self.sheet = table.sheet
        self.problems, self.bad_rows = table.problems, 0
        self.header = [*HEADER, *(column for column in table.header if column not in HEADER)]
        self._activities = _activities(table.header)
        last = table.header[-1] if table.header else ""
        self._course = len(table.header) - 1 if _fold(last) in words("course_complete") else None
        self._person = 1 if _fold(table.header[0]) in _IDS and len(table.header) > 1 else 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield what each person completed, and when; what is still open has no date."""
        names = self._table.header
        for number, cells in self._table.rows(names):
            self.problems, self.bad_rows = self._table.problems, self._table.bad_rows
            own = dict(zip(names, cells, strict=True))
            for course, on, passed in self._completed(cells):
                made = own | {"Person": cells[self._person], "Course": course, "Completed on": on, "Passed": passed}
                yield number, [made.get(name) for name in wanted]
        self.problems, self.bad_rows = self._table.problems, self._table.bad_rows

    def _completed(self, cells: Sequence[Cell]) -> Iterator[tuple[str, Cell, Cell]]:
        if self._course is not None:
            on = cells[self._course]
            yield self._name, on, "true" if on else None
            return
        for course, state, date in self._activities:
            yield course, cells[date], _passed(cells[state])


def _passed(state: Cell) -> Cell:
    word = _fold(state or "")
    return "true" if word in words("passed") else "false" if word in words("failed") else None


def wrapped(source: Source, name: str) -> Source:
    """Return a table as a completion report where its headings are those of one, else as it is."""
    header = source.header
    course = bool(header) and len(header) > 2 and _fold(header[-1]) in words("course_complete")
    return Completion(source, name) if course or _activities(header) else source
