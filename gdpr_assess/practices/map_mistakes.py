"""Mistakes in evidence.yaml in plain words: what is wrong, where, and what is allowed there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from gdpr_assess.issue import Issue, nearest
from gdpr_assess.model import Place
from gdpr_assess.practices.readers.formats import format_names
from gdpr_assess.practices.tables import TABLES

Loc = tuple[str | int, ...]
Lines = Mapping[Loc, int]
ALLOWED = {"ignore": ("true", "false"), "dates": ("dmy", "mdy"), "table": tuple(TABLES), "format": ()}
PARTS = 2
"""So much of the path to a wrong value is said: below it stand words of the file, and those may be names."""
_BLOCKS = frozenset({"dict_type", "model_type", "model_attributes_type"})


def mistake(code: str, shown: str, at: Loc, lines: Lines, **params: Any) -> Issue:
    """Return an issue at the line of an entry, or of what it stands in."""
    row = next((lines[at[:end]] for end in range(len(at), -1, -1) if at[:end] in lines), 1)
    return Issue(code=f"practices.{code}", place=Place(file=shown, row=row), params=params)


def key_mistake(shown: str, at: Loc, lines: Lines, allowed: Sequence[str]) -> Issue:
    """Return the issue of a key that means nothing, with the nearest one that does."""
    key = str(at[-1])
    listed = ", ".join(allowed)
    return mistake("map_key", shown, at, lines, key=key, allowed=listed, nearest=nearest(key, allowed))


def entry_mistakes(
    error: ValidationError, entry: Mapping[str, Any], above: Loc, shown: str, lines: Lines, keys: Sequence[str]
) -> Iterable[Issue]:
    """Yield every mistake in the entry of one file."""
    for item in error.errors(include_url=False, include_context=False):
        loc, kind = tuple(item["loc"]), item["type"]
        at, key = (*above, *loc), ".".join(str(part) for part in loc[:PARTS])
        if kind == "extra_forbidden":
            yield key_mistake(shown, at, lines, keys)
        elif kind in _BLOCKS:
            yield mistake("map_form", shown, at, lines, key=key)
        elif len(loc) == 1 and loc[0] in ALLOWED:
            allowed = format_names() if loc[0] == "format" else ALLOWED[str(loc[0])]
            close = nearest(str(entry.get(str(loc[0]))), allowed)
            yield mistake("map_value", shown, at, lines, key=key, allowed=", ".join(allowed), nearest=close)
        elif loc == ("time_zone",) and kind == "value_error":
            yield mistake("bad_zone", shown, at, lines, zone=entry.get("time_zone"))
        elif kind == "string_type":
            yield mistake("map_text", shown, at, lines, key=key)
        else:
            yield mistake("map_wrong", shown, at, lines, key=key)


def unknown_files(named: Iterable[str], unfound: Iterable[str], there: Sequence[str], shown: str) -> list[Issue]:
    """Return an issue for each name or pattern in evidence.yaml that no file has, with the nearest file."""
    wanted, place = set(unfound), Place(file=shown)
    found = []
    for name in sorted(set(named) & wanted):
        if any(mark in name for mark in "*?["):
            found.append(Issue(code="practices.map_pattern", place=place, params={"file": name}))
            continue
        close = nearest(name, there) or nearest(name.rpartition("/")[2], there)
        found.append(Issue(code="practices.map_file", place=place, params={"file": name, "nearest": close}))
    return found
