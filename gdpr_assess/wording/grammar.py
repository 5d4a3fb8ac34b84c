"""Parses a term into its parts: text, choices, and the signs `...`, `>...<`, `*`, `#` and `{name}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_SIGN = re.compile(r"\s*>\.\.\.<\s*|\s*\.\.\.\s*|\*|#|\{name\}|[()|]")
_KINDS: dict[str, Literal["gap", "split", "star", "number", "name"]] = {
    "...": "gap",
    ">...<": "split",
    "*": "star",
    "#": "number",
    "{name}": "name",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a term."""

    kind: Literal["text", "gap", "split", "star", "number", "name", "choice", "row", "edge"]
    text: str = ""
    children: tuple[Node, ...] = ()

    def empty(self) -> bool:
        """Tell whether the part may stand for nothing at all."""
        if self.kind == "choice":
            return any(child.empty() for child in self.children)
        return self.kind not in {"number", "name"} and not self.text.strip() and all(c.empty() for c in self.children)

    def has(self, kind: str) -> bool:
        """Tell whether a part of a kind is in it."""
        return self.kind == kind or any(child.has(kind) for child in self.children)


def parse_term(text: str) -> Node:
    """Return the parts of a term; raises ValueError when brackets do not match."""
    tokens: list[str] = []
    at = 0
    for match in _SIGN.finditer(text):
        tokens += [text[at : match.start()], match[0].strip()]
        at = match.end()
    tokens = [token for token in [*tokens, text[at:]] if token]
    node, rest = _choice(tokens, 0, 0)
    if rest < len(tokens):
        raise ValueError("a bracket is closed that was never opened")
    return node


def _choice(tokens: list[str], at: int, depth: int) -> tuple[Node, int]:
    rows: list[Node] = []
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] != ")":
        token = tokens[at]
        if token == "|":
            if depth == 0:
                raise ValueError("`|` stands only inside brackets")
            rows.append(_row(parts))
            parts = []
        elif token == "(":
            inner, at = _choice(tokens, at + 1, depth + 1)
            if at >= len(tokens):
                raise ValueError("a bracket is never closed")
            parts.append(inner)
        else:
            parts.append(Node(_KINDS[token]) if token in _KINDS else Node("text", token))
        at += 1
    rows.append(_row(parts))
    return (rows[0] if len(rows) == 1 else Node("choice", children=tuple(rows))), at


def _row(parts: list[Node]) -> Node:
    if not parts:
        return Node("text", "")
    return parts[0] if len(parts) == 1 else Node("row", children=tuple(parts))
