"""Which facts need review: nobody has read them, only in part, or too long ago, or they were not found."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Noun
from gdpr_assess.yamlfile import raw

LAW = PACKAGE / "law"
NAMED = ("id", "place")
"""Keys by which an entry of a list is named; others go by their number."""


class Review(Noun):
    """A fact to review: its file, its key in it, and why; `as_of` is the date it was read for."""

    file: str
    key: str
    why: Literal["memory", "unread", "old", "unknown"]
    as_of: str | None = None


def last_day(as_of: str) -> date:
    """Return the last day of a date as exact as it is known: a year, a month or a day."""
    year, *rest = (int(part) for part in as_of.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])


def is_old(as_of: str, on: date) -> bool:
    """Tell whether more than twelve months have passed."""
    last = last_day(as_of)
    return (last.year + 1, last.month, last.day) < (on.year, on.month, on.day)


def _named(number: int, entry: Any) -> str:
    names = [entry[key] for key in NAMED if isinstance(entry, dict) and key in entry]
    return str(names[0]) if names else str(number)


def _facts(data: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every entry that has a status, with its key."""
    if isinstance(data, dict):
        if "status" in data:
            yield key, data
        for name, child in data.items():
            yield from _facts(child, f"{key}.{name}" if key else str(name))
    elif isinstance(data, list):
        for number, child in enumerate(data, 1):
            yield from _facts(child, f"{key}[{_named(number, child)}]")


def _of(file: str, key: str, fact: dict[str, Any], reviewed: str, on: date) -> Iterator[Review]:
    as_of = fact.get("as_of")
    if fact["status"] == "memory":
        yield Review(file=file, key=key, why="memory", as_of=as_of)
    elif is_old(as_of or reviewed, on):
        yield Review(file=file, key=key, why="old", as_of=as_of or reviewed)
    if fact.get("since_status") == "memory":
        yield Review(file=file, key=f"{key}.since", why="memory")
    yield from (Review(file=file, key=f"{key}.{part}", why="unread") for part in fact.get("unread", ()))


def to_review(on: date, folder: Path = LAW) -> list[Review]:
    """Return every fact that needs review at a day, file by file."""
    found: list[Review] = []
    for path in sorted(folder.rglob("*.yaml")):
        data, name = raw(path), f"law/{path.relative_to(folder).as_posix()}"
        for key, fact in _facts(data):
            found += _of(name, key or path.stem, fact, str(data["reviewed"]), on)
        unknown = data.get("unknown", {"on": None, "facts": ()})
        found += [Review(file=name, key=key, why="unknown", as_of=str(unknown["on"])) for key in unknown["facts"]]
    return found
