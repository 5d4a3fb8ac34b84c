"""Proposes which column of an unknown file is which of ours: by its heading in any language, checked against its cells.

What leaves this module of a file are headings, counts and words of closed lists: never a cell that may name a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from gdpr_assess.installed import PACKAGE
from gdpr_assess.practices.readers.source import Cell, Source
from gdpr_assess.practices.tables import TABLES, Column, Kind, Table
from gdpr_assess.yamlfile import raw

HEADERS, CELL_WORDS = PACKAGE / "practices" / "headers", PACKAGE / "practices" / "cell_words"
ROWS, MOST_WORDS = 2_000, 40
"""So many rows are looked at; a column with more different words than this is no column of a closed list."""
MOSTLY = 0.8
"""The share of a column's filled cells that must be of a kind before the column is taken for it."""
_KINDS: tuple[tuple[str, str], ...] = (
    ("email", r"^\s*[^@\s]+@[^@\s]+\.[a-z]{2,}\s*$"),
    ("time", r"^\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4})(?:[T ,].{0,24})?$"),
    ("time", r"^\s*(?:1[5-9]|2\d)\d{8}(?:\d{3})?\s*$|^(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4}\b.{0,24}$"),
    ("phone", r"^\s*(?:tel:)?(?:\+|00)?[\d\s().\-/]{7,22}\s*$"),
    ("number", r"^\s*-?\d+(?:[.,]\d+)?\s*%?\s*$"),
    ("country", r"^\s*[A-Z]{2}\s*$"),
)
_ACCEPTS: dict[Kind, tuple[str, ...]] = {
    "time": ("time",),
    "flag": ("yes_no",),
    "number": ("number", "yes_no"),
    "phone": ("phone", "number"),
    "contact": ("phone", "email", "number"),
    "country": ("country",),
}
_PUNCTUATION = re.compile(r"[\W_]+")
_TRUTH = frozenset({"true", "false"})
_KEYS, _OTHERS_KEYS = frozenset({"id", "call_id"}), frozenset({"customer_id", "phone", "own_number", "employee"})
_PERSONAL_LOOK = frozenset({"email", "phone", "time", "number"})


def fold(text: str) -> str:
    """Return a heading or word without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _PUNCTUATION.sub(" ", bare).strip()


@dataclass(frozen=True)
class Look:
    """One column of a file: what its cells are like, in counts; `words` are folded, for comparing only."""

    header: str
    filled: int = 0
    empty: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict, repr=False)
    distinct: int = 0

    def mostly(self, kinds: Iterable[str]) -> bool:
        """Tell whether nearly all filled cells are of some kinds."""
        return self.filled > 0 and sum(self.kinds.get(kind, 0) for kind in kinds) >= MOSTLY * self.filled


def looks(source: Source) -> list[Look]:
    """Look at the first rows of a source, column by column."""
    names = [name for name in dict.fromkeys(source.header) if name]
    columns: list[list[Cell]] = [[] for _ in names]
    for _, cells in islice(source.rows(names), ROWS):
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    return [_look(name, column) for name, column in zip(names, columns, strict=True)]


def _look(name: str, cells: Sequence[Cell]) -> Look:
    filled = [cell for cell in cells if cell and cell.strip()]
    kinds = Counter(_kind(cell) for cell in filled)
    words = Counter(cell.strip() for cell in filled)
    kept = dict(sorted(words.items())) if len(words) <= MOST_WORDS else {}
    return Look(name, len(filled), len(cells) - len(filled), dict(sorted(kinds.items())), kept, len(words))


def _kind(cell: str) -> str:
    if cell_words().get(fold(cell), frozenset()) & _TRUTH:
        return "yes_no"
    return next((kind for kind, shape in _KINDS if re.match(shape, cell)), "text")


@cache
def _concepts() -> dict[str, tuple[str, ...]]:
    return {name: tuple(columns) for name, columns in raw(HEADERS / "_concepts.yaml").items()}


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    """Return what each folded heading may mean, over all languages."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(HEADERS.glob("[a-z][a-z].yaml")):
        for concept, listed in raw(path).items():
            for text in listed:
                found.setdefault(fold(text), {})[concept] = None
    return {heading: tuple(concepts) for heading, concepts in found.items()}


@cache
def cell_words() -> dict[str, frozenset[str]]:
    """Return which of our values each folded word may stand for, over all languages."""
    found: dict[str, set[str]] = {}
    for path in sorted(CELL_WORDS.glob("[a-z][a-z].yaml")):
        for value, listed in raw(path).items():
            for text in listed:
                found.setdefault(fold(text), set()).add(value)
    return {word: frozenset(values) for word, values in found.items()}


def is_heading(text: str) -> bool:
    """Tell whether a heading is one: in a file without headings the first record stands there."""
    known = fold(text) in _headings()
    return known or (len(text) <= 60 and _kind(text) not in _PERSONAL_LOOK and not any(sign.isdigit() for sign in text))


def may_be_said(text: str) -> bool:
    """Tell whether a heading is known, or a name such as programs give; anything else may be the name of a person."""
    return fold(text) in _headings() or re.fullmatch(r"[a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,30})*", text) is not None


def has_headings(headers: Iterable[str]) -> bool:
    """Tell whether the first row holds headings: one is known, and none is a moment, a number or an address."""
    listed = list(headers)
    known = [fold(text) in _headings() for text in listed]
    values = [_kind(text) in ("email", "phone", "time") for text in listed]
    return any(map(may_be_said, listed)) and all(one or not two for one, two in zip(known, values, strict=True))


def may_be_a_name(word: str) -> bool:
    """Tell whether a word in a column of a closed list looks like a person's name, number or address instead."""
    if cell_words().get(fold(word)):
        return False
    capitals = [part for part in word.split() if part[:1].isupper()]
    return len(capitals) > 1 or "@" in word or any(sign.isdigit() for sign in word)


def candidates(header: str, table: Table) -> list[Column]:
    """Return the columns of a table that a heading may mean, the likeliest first."""
    heading = fold(header)
    own = [column for column in table.columns if fold(column.name) == heading]
    meanings = [*_headings().get(heading, ()), *_part_meanings(heading)]
    if _OTHERS_KEYS & set(meanings):  # the number of a customer is no number of a record
        meanings = [concept for concept in meanings if concept not in _KEYS]
    meant = [next((name for name in _columns_of(concept, table) if name in table.names), None) for concept in meanings]
    return [*own, *(table.column(name) for name in dict.fromkeys(meant) if name)]


def _columns_of(concept: str, table: Table) -> tuple[str, ...]:
    dated = (table.dated,) if concept == "date" and table.dated else ()
    return (*dated, *_concepts()[concept])


def _part_meanings(heading: str) -> list[str]:
    """Return what a longer heading means by a known heading of two or more words, or of one long word, inside it."""
    words = heading.split()
    parts = [" ".join(words[i:j]) for i in range(len(words)) for j in range(len(words), i, -1) if j - i < len(words)]
    telling = sorted((part for part in parts if " " in part or len(part) > 4), key=len, reverse=True)
    return [concept for part in telling for concept in _headings().get(part, ())]


def fits(look: Look, column: Column) -> bool:
    """Tell whether the cells of a column can be values of ours; an empty column fits anything."""
    if not look.filled or column.kind in ("text", "id", "person"):
        return True
    if column.kind == "choice":
        return bool(look.words) and not look.mostly(("time", "email", "phone", "number"))
    if column.kind == "flag":
        return look.mostly(("yes_no",)) or bool(look.words)
    return look.mostly(_ACCEPTS.get(column.kind, ()))


def propose(found: Sequence[Look], table: Table) -> dict[str, str]:
    """Return our column -> heading: by heading first, then by cells where only one column of that kind is left."""
    proposed = _by_headings(found, table)
    _by_cells(proposed, found, table)
    return {name: proposed[name] for name in table.names if name in proposed}


def _by_headings(found: Sequence[Look], table: Table) -> dict[str, str]:
    proposed: dict[str, str] = {}
    for rank in range(3):
        for look in found:
            listed = candidates(look.header, table)
            if len(listed) > rank and look.header not in proposed.values():
                column = listed[rank]
                if column.name not in proposed and fits(look, column):
                    proposed[column.name] = look.header
    return proposed


def _by_cells(proposed: dict[str, str], found: Sequence[Look], table: Table) -> None:
    wanted: list[tuple[str, tuple[str, ...]]] = [(table.dated, ("time",))] if table.dated else []
    contact = next((c.name for c in table.columns if c.kind in ("phone", "contact")), None)
    wanted += [(contact, ("phone",)), (contact, ("email",))] if contact else []
    for name, kinds in wanted:
        free = [look for look in found if look.header not in proposed.values() and look.mostly(kinds)]
        if name not in proposed and len(free) == 1:
            proposed[name] = free[0].header


def likely_table(found: Sequence[Look], stem: str) -> str:
    """Return the table of which most columns are recognised; a file's name decides between equals."""
    named = fold(stem)

    def score(name: str) -> tuple[int, bool, int]:
        table = TABLES[name]
        proposed = _by_headings(found, table)
        own = set(proposed) & ({*table.key} | {table.dated})
        closed = [look for look in found for ours in proposed if proposed[ours] == look.header
                  and closed_words(look, table.column(ours)) and table.column(ours).kind == "choice"]  # fmt: skip
        return len(proposed) + len(own) + 2 * len(closed), fold(name) in named, -len(table.names)

    return max(TABLES, key=score)


def propose_values(look: Look, column: Column) -> dict[str, str]:
    """Return their word -> ours, for the words that a language's list knows."""
    allowed = column.allowed or (("true", "false") if column.kind == "flag" else ())
    named = {word: _value(word, allowed) for word in look.words}
    return {word: value for word, value in named.items() if value and fold(value) != fold(word)}


def _value(word: str, allowed: Sequence[str]) -> str | None:
    if fold(word) in {fold(value): value for value in allowed}:
        return next(value for value in allowed if fold(value) == fold(word))
    known = cell_words().get(fold(word), frozenset())
    meant = [value for value in allowed if value in known]
    if not meant and "false" in known:  # “no” to a consent: not given, which need not mean that it was refused
        meant = [value for value in ("none", "refused") if value in allowed][:1]
    return meant[0] if len(meant) == 1 else None


def closed_words(look: Look, column: Column) -> tuple[str, ...]:
    """Return the words of a column if they are those of a closed list: at least half of its rows must be known."""
    if column.kind not in ("choice", "flag") or not look.words or len(look.words) > 12:
        return ()
    allowed = column.allowed or ("true", "false")
    known = sum(
        count
        for word, count in look.words.items()
        if _value(word, allowed) or (column.kind == "flag" and _kind(word) == "yes_no")
    )
    return tuple(look.words) if known * 2 >= look.filled else ()
