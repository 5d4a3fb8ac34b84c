"""What a regular expression cannot match without: strings that every match contains, and strings that begin each one.

Both save time only: a text without the strings of an expression is not searched with it, and the expression is tried
only where one of its first strings stands.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")
MOST = 256
"""More strings than this tell nothing."""
MOST_RUNS = 12
"""A run of letters with more spellings than this is cut."""
_GROUPING = frozenset({"SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT", "ATOMIC_GROUP"})
_ZERO_WIDTH = frozenset({"AT", "ASSERT", "ASSERT_NOT"})
Groups = list[frozenset[str]]


DIGITS = frozenset("0123456789")
EDGE = "\0"
"""Stands in a string where a word may not go on."""
_EDGES = (r"(?:(?<!\w)|(?!\w))", "(?:(?<![a-z0-9])|(?![a-z0-9]))", r"\b", r"(?<!\w)", "(?<![a-z0-9])")
_BLANK = "(?: |(?<= )|^)"


def required(source: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of strings: every match contains at least one string of each group (with `EDGE` in them)."""
    groups = {_shortest(group) for group in _groups(list(_parser.parse(source)))}
    useful = (group for group in groups if group and len(group) <= MOST and all(plain(text) for text in group))
    return tuple(sorted((tuple(sorted(group)) for group in useful), key=_rarest_first))


def plain(text: str) -> str:
    """Return a required string as it stands in a text, without blanks around it."""
    return text.replace(EDGE, "").strip()


def _rarest_first(group: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return -min(len(plain(text)) for text in group), len(group), group


@cache
def _marks() -> dict[str, str]:
    """Return the parsed forms of blanks and edges, as terms are written with them, and what they stand for."""
    return {repr(list(_parser.parse(source))): EDGE for source in _EDGES} | {repr(list(_parser.parse(_BLANK))): " "}


def firsts(source: str) -> tuple[str, ...]:
    """Return strings of which one begins every match; nothing when that cannot be said shortly."""
    found = _firsts(list(_parser.parse(source)))
    if found is None or "" in found or len(found) > MOST:
        return ()
    return tuple(sorted(text for text in found if not any(text.startswith(one) for one in found if one != text)))


def begins_with_word(source: str) -> bool:
    """Tell whether every match begins where a word or a `[` begins."""
    nodes = list(_parser.parse(source))
    return bool(nodes) and _marks().get(repr(nodes[:1])) == EDGE and _on_word(nodes[1:]) is True


def _on_word(nodes: list[Any]) -> bool | None:
    """Tell whether a sequence begins with a letter, digit or `[`; None when it may be empty."""
    for node in nodes:
        kind, found = _kind(node), None
        if kind in _ZERO_WIDTH:
            return False
        if kind == "LITERAL":
            return chr(node[1]).isalnum() or chr(node[1]) == "["
        if kind == "IN":
            return all(str(value) in {"CATEGORY_WORD", "CATEGORY_DIGIT"} for _, value in node[1])
        if kind == "BRANCH":
            branches = [_on_word(list(branch)) for branch in node[1][1]]
            found = False if False in branches else None if None in branches else True
        if kind in _GROUPING:
            least, _, inside = _body(node)
            found = _on_word(inside)
            found = None if found and not least else found
        elif kind != "BRANCH":
            return False
        if found is not None:
            return found
    return None


def _shortest(group: frozenset[str]) -> frozenset[str]:
    """Leave out strings that hold another one of the group."""
    return frozenset(text for text in group if not any(one in text for one in group if one != text))


def _kind(node: tuple[Any, Any]) -> str:
    return str(node[0])


def _body(node: tuple[Any, Any]) -> tuple[int, int, list[Any]]:
    """Return how often a node's inside stands there, and its inside."""
    kind, value = _kind(node), node[1]
    if kind == "SUBPATTERN":
        return 1, 1, list(value[3])
    if kind == "ATOMIC_GROUP":
        return 1, 1, list(value)
    return int(value[0]), int(value[1]), list(value[2])


def _set(node: tuple[Any, Any]) -> frozenset[str] | None:
    """Return the characters of a small set such as `[.!]`."""
    if _kind(node) == "LITERAL":
        return frozenset({chr(node[1])})
    if _kind(node) == "IN" and all(str(kind) == "LITERAL" for kind, _ in node[1]) and len(node[1]) <= 3:
        return frozenset(chr(code) for _, code in node[1])
    return None


def _is_digit(node: tuple[Any, Any]) -> bool:
    return _kind(node) == "IN" and [str(value) for _, value in node[1]] == ["CATEGORY_DIGIT"]


def _groups(nodes: list[Any]) -> Groups:
    """Return a group for each part of a sequence that must be there; plain strings side by side are joined."""
    groups: Groups = []
    runs = frozenset({""})
    for node in nodes:
        whole = _whole(node)
        if whole and _few(runs, whole):
            runs = _joined(runs, whole)
            continue
        groups.append(runs)
        runs = whole if whole else frozenset({""})
        if not whole:
            groups += _inside(node)
    groups.append(runs)
    return [group for group in groups if all(plain(text) for text in group)]


def _whole(node: tuple[Any, Any]) -> frozenset[str] | None:
    """Return all strings that a node stands for, or None when they are many or not known."""
    mark = _marks().get(repr([node]))
    if mark is not None or _kind(node) in _ZERO_WIDTH:
        return frozenset({mark or ""})
    chars = _set(node)
    if chars is not None:
        return chars
    kind = _kind(node)
    if kind == "BRANCH":
        return _united([_row(list(branch)) for branch in node[1][1]])
    if kind in _GROUPING:
        least, most, inside = _body(node)
        row = _row(inside)
        if row is not None and (least, most) == (1, 1):
            return row
        return row | {""} if row is not None and (least, most) == (0, 1) else None
    return None


def _row(nodes: list[Any]) -> frozenset[str] | None:
    runs = frozenset({""})
    for node in nodes:
        whole = _whole(node)
        if whole is None or len(runs) * len(whole) > MOST:
            return None
        runs = _joined(runs, whole)
    return runs


def _few(runs: frozenset[str], whole: frozenset[str]) -> bool:
    return min(len(runs), len(whole)) == 1 or len(runs) * len(whole) <= MOST_RUNS


def _joined(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    return frozenset(re.sub(" {2,}", " ", a + b) for a in before for b in after)


def _united(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for part in parts:
        if part is None:
            return None
        found |= part
    return found if len(found) <= MOST else None


def _inside(node: tuple[Any, Any]) -> Groups:
    kind = _kind(node)
    if _is_digit(node):
        return [DIGITS]
    if kind == "BRANCH":
        best = [_best(_groups(list(branch))) for branch in node[1][1]]
        found = _united(best)
        return [found] if found else []
    if kind in _GROUPING:
        least, _, inside = _body(node)
        return _groups(inside) if least else []
    return []


def _best(groups: Groups) -> frozenset[str] | None:
    return max(groups, key=lambda group: (min(map(len, group)), -len(group)), default=None)


def _firsts(nodes: list[Any]) -> frozenset[str] | None:
    """Return beginnings of a sequence; "" among them says that it may be empty."""
    found = frozenset({""})
    for number, node in enumerate(nodes):
        if _kind(node) in _ZERO_WIDTH:
            continue
        begins = frozenset({_run(nodes[number:])}) if _kind(node) == "LITERAL" else _begins(node)
        if begins is None:
            return None
        found = (found - {""}) | begins
        if "" not in begins:
            return found
    return found


def _run(nodes: list[Any]) -> str:
    """Return the letters with which a sequence begins."""
    return "".join(chr(node[1]) for node in itertools.takewhile(lambda node: _kind(node) == "LITERAL", nodes))


def _begins(node: tuple[Any, Any]) -> frozenset[str] | None:
    kind = _kind(node)
    if kind == "IN":
        return DIGITS if _is_digit(node) else _set(node)
    if kind == "BRANCH":
        return _united([_firsts(list(branch)) for branch in node[1][1]])
    if kind in _GROUPING:
        least, _, inside = _body(node)
        begins = _firsts(inside)
        return begins if least or begins is None else begins | {""}
    return None
