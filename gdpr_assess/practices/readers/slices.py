"""A source in slices of so many rows: a small file is one slice, a large one never lies in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import islice
from typing import Any

from gdpr_assess.practices.readers.source import Problem, Problems, Source

ROWS = 200_000
"""Rows of a slice: enough to be quick, few enough for the memory of a laptop."""


class _Stream:
    """One pass over a source, taken in slices; it has its own copy of the source, whose counts it fills."""

    def __init__(self, source: Source, method: str, *given: Any) -> None:
        self.source = copy(source)
        self._items = iter(getattr(self.source, method)(*given))
        self._ahead: list[Any] = []
        self.ended = False

    def take(self, size: int) -> Iterator[Any]:
        """Yield the next items; one is looked ahead so that the last slice is known to be the last."""
        yield from self._ahead
        yield from islice(self._items, size - len(self._ahead))
        self._ahead = list(islice(self._items, 1))
        self.ended = not self._ahead


class Slices:
    """The slices of a source: each looks like the source itself and gives only its own rows."""

    def __init__(self, source: Source, size: int | None = None) -> None:
        self._source, self._size = source, size or ROWS
        self._streams: dict[tuple[Any, ...], _Stream] = {}
        self._met = Problems()

    def __iter__(self) -> Iterator[Source]:
        while True:
            yield self._slice()
            if all(stream.ended for stream in self._streams.values()):
                return

    def _slice(self) -> Source:
        one: Any = copy(self._source)
        calls: dict[str, int] = {}

        def through(method: str, *given: Any) -> Iterator[Any]:
            number = calls[method] = calls.get(method, 0) + 1
            key = (method, number)
            if key not in self._streams:
                self._streams[key] = _Stream(self._source, method, *given)
            return self._streams[key].take(self._size)

        one.rows = lambda wanted: through("rows", wanted)
        if hasattr(one, "records"):
            one.records = lambda: through("records")
        one.problems = self._met
        return one  # type: ignore[no-any-return]

    @property
    def read(self) -> Source:
        """The source as read: its counts stand once all slices are taken."""
        return next(reversed(self._streams.values())).source if self._streams else self._source

    @property
    def problems(self) -> list[Problem]:
        """Mistakes met by the reader, then those met in the slices."""
        return [*self.read.problems, *self._met]
