"""What stands around a `{name}` in a term: it saves most tries, as texts have many words with a capital letter."""

from __future__ import annotations

from gdpr_assess.wording.anchors import DIGITS, MOST, Group, firsts, united
from gdpr_assess.wording.grammar import Node


def names_in(rows: tuple[Node, ...], left: bool) -> list[int]:
    """Return the parts that are a `{name}` beginning and ending where words do."""
    return [
        number
        for number, part in enumerate(rows)
        if part.kind == "name" and _apart(rows[:number][::-1], -1, not left) and _apart(rows[number + 1 :], 0, True)
    ]


def _apart(nodes: tuple[Node, ...], at: int, beyond: bool) -> bool:
    """Tell whether no word goes on into some parts, of which the nearest come first; `beyond` is for their end."""
    if not nodes:
        return beyond
    node, rest = nodes[0], nodes[1:]
    if node.kind == "text":
        return not (node.text[at].isalnum() or node.text[at] == "_") if node.text else _apart(rest, at, beyond)
    if node.kind == "choice":
        return all(_apart((child, *rest), at, beyond) for child in node.children)
    if node.kind == "row":
        return _apart((*(node.children if at == 0 else node.children[::-1]), *rest), at, beyond)
    return node.kind in {"gap", "split", "edge"}


def words_behind(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """Return strings of which one begins behind a blank, where some parts follow; nothing when that is not known."""
    if not nodes or nodes[0].kind != "text" or not nodes[0].text.startswith(" "):
        return ()
    return firsts(Node("row", children=(Node("text", nodes[0].text[1:]), *nodes[1:])))


def words_before(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """Return strings of which one ends some parts, but for a blank; nothing when that cannot be said shortly."""
    found = _lasts(nodes)
    return tuple(sorted(found)) if found and len(found) <= MOST else ()


def _lasts(nodes: tuple[Node, ...]) -> Group | None:
    if not nodes:
        return None
    *before, node = nodes
    match node.kind:
        case "text":
            word = node.text.rstrip().rpartition(" ")[2]
            return frozenset({word}) if word else _lasts(tuple(before))
        case "number":
            return DIGITS
        case "choice":
            return united([_lasts((*before, child)) for child in node.children])
        case "row":
            return _lasts((*before, *node.children))
    return None
