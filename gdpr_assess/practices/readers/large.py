"""Large exports typed file by file: what must be decided over the whole export is decided first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import polars as pl

from gdpr_assess.practices.readers.source import SHOWN_ROWS, Problem, Problems
from gdpr_assess.practices.readers.times import Order, Signs, agreed, all_unix, day_signs, order_by
from gdpr_assess.practices.readers.typed import Reading
from gdpr_assess.practices.stored import Stored
from gdpr_assess.practices.tables import Table

Typed = Callable[[pl.DataFrame, Reading, Problems], pl.DataFrame]


def typed_parts(text: Stored, table: Table, reading: Reading, each: Typed, problems: Problems) -> Stored:
    """Return the canonical rows of a large export; its text is deleted on the way."""
    decided = _decided(text, table, reading, problems)
    met = Problems()
    made = text.changed(lambda _, frame: each(frame, decided, met))
    for problem in _as_one(met):
        problems.add_all(problem)
    return made


def _decided(text: Stored, table: Table, reading: Reading, problems: Problems) -> Reading:
    """Return the reading with the order of dates and the columns of Unix times that hold for the whole export."""
    times = [column.name for column in table.columns if column.kind == "time" and column.name in text.columns]
    signs: dict[str, Signs | None] = dict.fromkeys(times)
    unix = dict.fromkeys(times, True)
    for path in text.paths:
        frame = pl.read_parquet(path, columns=times, memory_map=False)
        for name in times:
            values = frame[name].str.strip_chars()
            values = values.filter((values != "").fill_null(value=False))
            unix[name] = unix[name] and all_unix(values)
            signs[name] = _both(signs[name], day_signs(values))
    found = reading.order or agreed(order_by(signs[name]) for name in times)
    order: Order | None = None
    if found == "ambiguous" or found == "conflict":
        problems.add(f"dates_{found}")
    else:
        order = found
    return replace(reading, order=order, unix=frozenset(name for name in times if unix[name]))


def _both(one: Signs | None, other: Signs | None) -> Signs | None:
    if one is None or other is None:
        return one or other
    return one[0] or other[0], one[1] or other[1], one[2] and other[2]


def _as_one(met: Iterable[Problem]) -> list[Problem]:
    """Return mistakes that differ by the hint alone (the nearest allowed value) as one, with the commonest hint."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in met:
        about = {name: value for name, value in problem.params.items() if name != "nearest"}
        groups.setdefault((problem.code, repr(sorted(about.items()))), []).append(problem)
    found = []
    for group in groups.values():
        most = max(group, key=lambda problem: problem.count)
        rows = sorted(row for problem in group for row in problem.rows)[:SHOWN_ROWS]
        count = sum(problem.count for problem in group)
        found.append(Problem(most.code, count, rows, most.params, most.warning))
    return found
