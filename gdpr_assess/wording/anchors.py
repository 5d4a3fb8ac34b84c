"""What a term cannot match without: strings that every match contains, and strings that begin each one.

Both save time only: a text without the strings of a term is not searched for it, and the term is tried only where one
of its first strings stands. They are told from the parts of a term; a regular expression is first put into such parts.
"""

from __future__ import annotations

import itertools
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from gdpr_assess.wording.grammar import Node

_parser: Any = import_module("re._parser")
MOST = 256
"""More strings than this tell nothing."""
MOST_RUNS = 200
"""A run of letters with more spellings than this is cut: enough for two digits with a blank or hyphen between them."""
_REPEATED = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
Group = frozenset[str]

DIGITS = frozenset("0123456789")
EDGE = "\0"
"""Stands in a string where a word may not go on."""
_EDGES = (r"\b", r"(?<!\w)", r"(?!\w)", "(?<![a-z0-9])", "(?![a-z0-9])")
_NOTHING, _OPEN, _EDGE, _DIGIT = Node("text"), Node("star"), Node("edge"), Node("number")


def required(source: str) -> tuple[tuple[str, ...], ...]:
    """Return what `needs` does, for a regular expression."""
    return needs(parts(source))


def needs(node: Node) -> tuple[tuple[str, ...], ...]:
    """Return groups of strings: every match contains at least one string of each group (with `EDGE` in them)."""
    groups = {_shortest(group) for group in _held(node).telling()}
    useful = (group for group in groups if len(group) <= MOST)
    return tuple(sorted((tuple(sorted(group)) for group in useful), key=_rarest_first))


def plain(text: str) -> str:
    """Return a required string as it stands in a text, without blanks around it."""
    return text.replace(EDGE, "").strip()


def _rarest_first(group: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return -min(len(plain(text)) for text in group), len(group), group


def _shortest(group: Group) -> Group:
    """Leave out strings that hold another one of the group."""
    if len(group) == 1:
        return group
    kept: list[str] = []
    for text in sorted(group, key=len):
        if not any(one in text for one in kept):
            kept.append(text)
    return frozenset(kept)


class _Held(NamedTuple):
    """What a part holds: all that it stands for, when that is known and not much, and what each match has at least."""

    whole: Group | None
    groups: tuple[Group, ...] = ()

    def telling(self) -> list[Group]:
        """Return the groups that tell something."""
        groups = self.groups or ((self.whole,) if self.whole else ())
        return [group for group in groups if all(map(plain, group))]


def _held(node: Node) -> _Held:
    node = _apart_from_star(node)
    match node.kind:
        case "text":
            return _Held(frozenset({node.text}))
        case "edge":
            return _Held(frozenset({EDGE}))
        case "number":
            return _Held(None, (DIGITS,))
        case "choice":
            return _any([_held(child) for child in node.children])
        case "row":
            return _row(list(_parts_held(node)))
    return _Held(None)


def _parts_held(node: Node) -> tuple[_Held, ...]:
    """Return what a part of a row holds; around a gap, words end, and a number begins and ends with a digit."""
    node = _apart_from_star(node)
    if node.kind in {"gap", "split"}:
        return _held(_EDGE), _held(_OPEN), _held(_EDGE)
    if node.kind == "number":
        return _Held(DIGITS), _held(_OPEN), _Held(DIGITS)
    if node.kind == "row":
        return tuple(part for child in node.children for part in _parts_held(child))
    return (_held(node),)


def _apart_from_star(node: Node) -> Node:
    """Return a choice of words with any beginning as one such beginning and the choice of what is behind it."""
    rows = [child.children for child in node.children]
    if node.kind != "choice" or not all(row and row[0].kind == "star" for row in rows):
        return node
    return Node("row", children=(_OPEN, Node("choice", children=tuple(Node("row", children=row[1:]) for row in rows))))


def _any(parts: list[_Held]) -> _Held:
    whole = united([part.whole for part in parts])
    if whole is not None:
        return _Held(whole)
    best = united([_best(part.telling()) for part in parts])
    return _Held(None, (best,) if best else ())


def _row(parts: list[_Held]) -> _Held:
    """Join plain strings side by side; what is too various begins a new group."""
    groups: list[Group] = []
    every: Group | None = frozenset({""})
    runs = frozenset({""})
    for whole, inside in parts:
        every = _joined(every, whole) if every and whole and len(every) * len(whole) <= MOST else None
        if whole and _few(runs, whole):
            runs = _joined(runs, whole)
            continue
        groups += [runs] if whole else [runs, *inside]
        runs = whole or frozenset({""})
    return _Held(every, (*groups, runs))


def _few(runs: Group, whole: Group) -> bool:
    return min(len(runs), len(whole)) == 1 or len(runs) * len(whole) <= MOST_RUNS


def _joined(before: Group, after: Group) -> Group:
    if before == {""}:
        return after
    return frozenset(a + (b[1:] if a[-1:] == " " == b[:1] else b) for a in before for b in after)


def united(parts: list[Group | None]) -> Group | None:
    """Return the strings of several groups together; None when one of them is not known, or they are too many."""
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found) if len(found) <= MOST else None


def _best(groups: list[Group]) -> Group | None:
    return max(groups, key=lambda group: (min(map(len, group)), -len(group)), default=None)


def firsts(node: Node) -> tuple[str, ...]:
    """Return strings of which one begins every match; nothing when that cannot be said shortly."""
    found = _firsts(node)
    if found is None or "" in found or len(found) > MOST:
        return ()
    return tuple(sorted(text for text in found if not any(text[:end] in found for end in range(1, len(text)))))


def _firsts(node: Node) -> Group | None:
    """Return beginnings of a part; "" among them says that it may be empty."""
    match node.kind:
        case "text":
            return _beginnings(node.text)
        case "edge":
            return frozenset({""})
        case "number":
            return DIGITS
        case "choice":
            return united([_firsts(child) for child in node.children])
        case "row":
            found = frozenset({""})
            for child in node.children:
                begins = _firsts(child)
                if begins is None:
                    return None
                found = (found - {""}) | begins
                if "" not in begins:
                    break
            return found
    return None


def heads(node: Node) -> tuple[str, ...]:
    """Return strings of which the first word of every match holds one; nothing when that cannot be said shortly."""
    found = _heads(node)
    return tuple(sorted(_shortest(found))) if found and len(found) <= MOST else ()


def _heads(node: Node) -> Group | None:
    match node.kind:
        case "text":
            word = node.text.partition(" ")[0]
            return frozenset({word}) if word.isalnum() else None
        case "choice":
            return united([_heads(child) for child in node.children])
        case "row":
            parts = [child for child in node.children if child.kind != "edge"]
            return _heads(parts[parts[0].kind == "star"]) if len(parts) > 1 else None
    return None


def _beginnings(text: str) -> Group:
    """Return the first word of a text; a blank before it may be part of the match or not."""
    word = text.strip().partition(" ")[0]
    return frozenset({" ", word}) if text.startswith(" ") else frozenset({word})


def on_word(node: Node) -> bool | None:
    """Tell whether a part begins with a letter, digit or `[`; None when it may be empty."""
    match node.kind:
        case "text":
            return (node.text[0].isalnum() or node.text[0] == "[") if node.text else None
        case "star":
            return None
        case "name" | "number":
            return True
        case "choice":
            begins = [on_word(child) for child in node.children]
            return False if False in begins else None if None in begins else True
        case "row":
            return next((found for child in node.children if (found := on_word(child)) is not None), None)
    return False


def parts(source: str) -> Node:
    """Return a regular expression as parts of a term, as far as they tell what its matches hold."""
    return _sequence(list(_parser.parse(source)))


@cache
def _edges() -> frozenset[str]:
    """Return the parsed forms of edges."""
    return frozenset(repr(list(_parser.parse(source))) for source in _EDGES)


def _sequence(nodes: list[Any]) -> Node:
    """Return a sequence with the letters side by side put together."""
    found: list[Node] = []
    for literal, side_by_side in itertools.groupby(nodes, key=lambda node: str(node[0]) == "LITERAL"):
        run = list(side_by_side)
        found += [Node("text", "".join(chr(node[1]) for node in run))] if literal else map(_part, run)
    return Node("row", children=tuple(found))


def _part(node: tuple[Any, Any]) -> Node:
    kind, value = str(node[0]), node[1]
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:
        return _EDGE if repr([node]) in _edges() else _NOTHING
    if kind == "IN":
        return _set(value)
    if kind == "BRANCH":
        return Node("choice", children=tuple(_sequence(list(branch)) for branch in value[1]))
    if kind == "SUBPATTERN":
        return _sequence(list(value[3]))
    return _repeated(int(value[0]), int(value[1]), _sequence(list(value[2]))) if kind in _REPEATED else _OPEN


def _set(members: list[Any]) -> Node:
    """Return the characters of a small set such as `[.!]`."""
    if [str(value) for _, value in members] == ["CATEGORY_DIGIT"]:
        return _DIGIT
    if all(str(kind) == "LITERAL" for kind, _ in members) and len(members) <= 3:
        return Node("choice", children=tuple(Node("text", chr(code)) for _, code in members))
    return _OPEN


def _repeated(least: int, most: int, inside: Node) -> Node:
    if (least, most) == (0, 1):
        return Node("choice", children=(inside, _NOTHING))
    if least == 0:
        return _OPEN
    return inside if most == 1 else Node("row", children=(inside, _OPEN, *[inside] * (least > 1)))
