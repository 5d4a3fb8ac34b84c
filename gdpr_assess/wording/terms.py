"""The small language in which pack authors write terms, and what it is compiled to.

`word` exact, `stem*` any ending, `*stem` any beginning, `(a|b|)` alternatives (they nest; an empty one is an option),
`...` a gap inside the sentence, `#` a number, `{name}` a capitalised name, `/regex/` a restricted regular expression
(`/regex/ @ a b`: tried only in texts with an `a` or a `b`).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from gdpr_assess.wording.fold import fold_chars
from gdpr_assess.wording.grammar import Node, parse_term

GAP, GAP_CJK = 40, 15
"""Longest gap that `...` spans, in characters."""
MOST_LITERALS = 48
"""A term with more expansions than this is compiled to one regular expression instead."""
_NUMBER = r"\d(?:[\d.,]{0,12}\d)?"
_WORD = r"\w(?:[\w&'+-]|\.(?=\w)){0,30}"
_NAME = rf"((?:\[[^\]\n]{{1,30}}\])|{_WORD}(?: (?:& )?{_WORD}){{0,4}})"
_NAME_CJK = r"((?:\[[^\]\n]{1,30}\])|[\w·&' ]{2,24}?)"
_VARIANTS = {"de": "äae öoe üue ßss", "da": "æae øoe åaa", "sv": "åaa äae öoe", "fi": "äae öoe"}
_REGEX_TERM = re.compile(r"/(.+)/(?: @ (.+))?")
_UNSAFE = (
    (re.compile(r"\)[*+]|\)\{\d*,\}|\)\{\d*,?\d\d"), "a group repeated without limit"),
    (re.compile(r"(?<!\\)\.[*+]"), "an unlimited `.`; write `[^.]{0,30}`"),
    (re.compile(r"\][*+]"), "an unlimited character set; write `{0,30}`"),
    (re.compile(r"\\[wWsSdD][*+]\\[wWsSdD][*+]"), "two unlimited repetitions in a row"),
    (re.compile(r"\{\d*,(?:\}|\d{3})"), "a repetition of more than 99"),
    (re.compile(r"\\\d|\(\?[^:!=<]"), "a back reference or flag"),
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A folded string; `left` and `right` say whether a word may go on there."""

    text: str
    left: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A regular expression on folded text, tried only where one anchor of each group occurs (always without groups)."""

    regex: re.Pattern[str]
    anchors: tuple[tuple[str, ...], ...]
    named: bool = False


def parse(term: str, language: str) -> list[Literal | Shape]:
    """Compile one term; raises ValueError saying what is wrong with it."""
    cjk = language == "zh"
    source = _REGEX_TERM.fullmatch(term)
    if source:
        return [_regex(source[1], (source[2] or "").split(), cjk)]
    found: list[Literal | Shape] = []
    for text in _spellings(term.strip(), language):
        left, right = text.startswith("*"), text.endswith("*")
        core = text[left : len(text) - right]
        if not core.strip():
            raise ValueError("empty term")
        node = parse_term(fold_chars(core))
        plain = _expanded(node)
        if plain:
            found += [_literal(one, left, right, cjk) for one in plain]
        else:
            found.append(_shape(node, left, right, cjk))
    return found


def _spellings(term: str, language: str) -> list[str]:
    """Return the term, and its spelling without umlauts (ae, oe, ue, ss) where the language has one."""
    lowered, other = term.lower(), term.lower()
    for pair in _VARIANTS.get(language, "").split():
        other = other.replace(pair[0], pair[1:])
    return [term] if other == lowered else [term, other]


def _expanded(node: Node) -> list[str]:
    """Return every string that a term without signs stands for; nothing when it has signs or too many strings."""
    if node.kind == "text":
        return [node.text]
    if node.kind not in {"choice", "row"}:
        return []
    parts = [_expanded(child) for child in node.children]
    if not all(parts):
        return []
    if node.kind == "choice":
        return list(dict.fromkeys(itertools.chain.from_iterable(parts)))
    count = 1
    for part in parts:
        count *= len(part)
    return [re.sub(r" {2,}", " ", "".join(row)) for row in itertools.product(*parts)] if count <= MOST_LITERALS else []


def _literal(text: str, left: bool, right: bool, cjk: bool) -> Literal:
    core = text.strip()
    if not core:
        raise ValueError("an alternative leaves nothing of the term")
    return Literal(core, left or _open(core[0], cjk), right or _open(core[-1], cjk))


def _open(char: str, cjk: bool) -> bool:
    return not char.isalnum() or (cjk and not char.isascii())


def _shape(node: Node, left: bool, right: bool, cjk: bool) -> Shape:
    edge = "(?:(?<![a-z0-9])|(?![a-z0-9]))" if cjk else r"(?:(?<!\w)|(?!\w))"
    source = ("" if left else edge) + _source(node, cjk, edge) + ("" if right else edge)
    compiled = re.compile(source)
    if compiled.match(""):
        raise ValueError("the term matches nothing at all")
    groups = [tuple(sorted(group)) for group in _groups(node) if min(map(len, group)) >= (1 if cjk else 2)]
    return Shape(compiled, tuple(dict.fromkeys(groups)), compiled.groups > 0)


def _source(node: Node, cjk: bool, edge: str) -> str:
    match node.kind:
        case "text":
            return "".join("(?: |(?<= )|^)" if c == " " else re.escape(c) for c in node.text)
        case "gap":
            return f"{edge}[^.!?;。…\n]{{0,{GAP_CJK if cjk else GAP}}}?{edge}"
        case "star":
            return r"\w{0,8}?" if cjk else r"\w*"
        case "number":
            return _NUMBER
        case "name":
            return _NAME_CJK if cjk else _NAME
        case "choice":
            return f"(?:{'|'.join(_source(child, cjk, edge) for child in node.children)})"
    return "".join(_source(child, cjk, edge) for child in node.children)


def _anchors(node: Node) -> set[str] | None:
    """Return strings of which every match contains at least one, as long as possible; None when there are none."""
    if node.kind == "text":
        return {node.text.strip()} if node.text.strip() else None
    if node.kind == "choice":
        parts = [_anchors(child) for child in node.children]
        return None if any(part is None for part in parts) else set().union(*(part for part in parts if part))
    if node.kind == "row":
        options = [found for child in node.children if (found := _anchors(child))]
        return max(options, key=lambda found: (min(map(len, found)), -len(found)), default=None)
    return None


def _groups(node: Node) -> list[set[str]]:
    """Return sets of strings such that every match contains at least one string of each set."""
    parts = node.children if node.kind == "row" else (node,)
    return [found for part in parts if (found := _anchors(part))]


def _regex(source: str, anchors: list[str], cjk: bool) -> Shape:
    if len(source) > 300:
        raise ValueError("regular expression longer than 300 characters")
    for pattern, what in _UNSAFE:
        if pattern.search(source):
            raise ValueError(f"regular expression has {what}")
    if cjk and r"\b" in source:
        raise ValueError(r"\b means nothing in a script without blanks")
    folded = "".join(p if p.startswith("\\") else fold_chars(p) for p in re.split(r"(\\.)", source))
    try:
        compiled = re.compile(re.sub(r"(\\.|\[[^\]]*\])|\((?!\?)", lambda m: m[1] or "(?:", folded))
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if compiled.match(""):
        raise ValueError("regular expression matches nothing at all")
    found = tuple(anchors) or regex_anchor(folded)
    return Shape(compiled, (found,) if found else ())


def regex_anchor(source: str) -> tuple[str, ...]:
    """Return the longest literal that every match must contain, or nothing when that is not plain to see."""
    outside: list[str] = []
    depth = 0
    for piece in re.findall(r"\\.|\[[^\]]*\]|\{\d*,?\d*\}|.", source):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            return ()
        plain = depth == 0 and piece != ")" and len(piece) == 1 and piece not in "^$.?*+|"
        if piece in {"?", "*"} or piece.startswith(("{0", "{,")):
            outside[-1:] = [""]
        outside.append(piece if plain else "\0")
    runs = [run.strip() for run in re.split("\0+", "".join(p or "\0" for p in outside))]
    best = max(runs, key=len, default="")
    return (best,) if len(best) >= 2 or best == "@" else ()
