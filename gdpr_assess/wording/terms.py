"""The small language in which pack authors write terms, and what it is compiled to.

`word` exact, `stem*` any ending, `*stem` any beginning, `(a|b|)` alternatives, `...` a gap inside the sentence,
`#` a number, `{name}` a capitalised name, `/regex/` a restricted regular expression.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from gdpr_assess.wording.fold import fold_chars

GAP, GAP_CJK = 40, 15
"""Longest gap that `...` spans, in characters."""
_GROUP = re.compile(r"\(([^()]*)\)")
_TOKEN = re.compile(r"\s*\.\.\.\s*|\*|#|\{name\}")
_BREAKS = r"[^.!?;。…\n]"
_NUMBER = r"\d[\d.,]*"
_NAME = r"((?:\[[^\]\n]{1,30}\])|\w(?:[\w&'+-]|\.(?=\w)){0,30}(?: (?:& )?\w(?:[\w&'+-]|\.(?=\w)){0,30}){0,4})"
_NAME_CJK = r"((?:\[[^\]\n]{1,30}\])|[\w·&' ]{2,24}?)"
_VARIANTS = {"de": "äae öoe üue ßss", "da": "æae øoe åaa", "sv": "åaa äae öoe", "fi": "äae öoe"}
_UNSAFE = (
    (re.compile(r"\)[*+]|\)\{\d*,?\d*\}"), "a repeated group"),
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
    """A regular expression on folded text, tried only where its anchor occurs (always when there is none)."""

    regex: re.Pattern[str]
    anchor: str | None
    named: bool = False


def parse(term: str, language: str) -> list[Literal | Shape]:
    """Compile one term; raises ValueError saying what is wrong with it."""
    if not term.strip():
        raise ValueError("empty term")
    cjk = language == "zh"
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        return [_regex(term[1:-1], cjk)]
    found: list[Literal | Shape] = []
    for text in _expanded(_spellings(term, language)):
        found.append(_shape(text, cjk) if _is_shape(text) else _literal(text, cjk))
    return found


def _spellings(term: str, language: str) -> list[str]:
    """Return the term, and its spelling without umlauts (ae, oe, ue, ss) where the language has one."""
    lowered, other = term.lower(), term.lower()
    for pair in _VARIANTS.get(language, "").split():
        other = other.replace(pair[0], pair[1:])
    return [term] if other == lowered else [term, other]


def _expanded(terms: list[str]) -> list[str]:
    done: list[str] = []
    for term in terms:
        parts = _GROUP.split(term)
        choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
        if any(sign in part for part in parts[::2] for sign in "()|"):
            raise ValueError("brackets do not match (they cannot be nested)")
        for combination in itertools.product(*choices):
            done.append(re.sub(r" {2,}", " ", "".join(combination)).strip())
    if len(done) > 400:
        raise ValueError(f"{len(done)} alternatives in one term, at most 400")
    if not all(done):
        raise ValueError("an alternative leaves nothing of the term")
    return list(dict.fromkeys(done))


def _is_shape(text: str) -> bool:
    inner = text[text.startswith("*") : len(text) - text.endswith("*")]
    return _TOKEN.search(inner) is not None


def _literal(text: str, cjk: bool) -> Literal:
    core = fold_chars(text.removeprefix("*").removesuffix("*"))
    if not core.strip():
        raise ValueError("nothing but `*`")
    left, right = text.startswith("*"), text.endswith("*")
    return Literal(core, left or _open(core[0], cjk), right or _open(core[-1], cjk))


def _open(char: str, cjk: bool) -> bool:
    return not char.isalnum() or (cjk and not char.isascii())


def _edge(char: str, cjk: bool, after: bool) -> str:
    if _open(char, cjk):
        return ""
    word = "[a-z0-9]" if cjk else r"\w"
    return f"(?!{word})" if after else f"(?<!{word})"


def _shape(text: str, cjk: bool) -> Shape:
    pieces, tokens = _TOKEN.split(text), [token.strip() for token in _TOKEN.findall(text)]
    regex, literals = [], []
    for i, piece in enumerate(pieces):
        core = fold_chars(piece)
        before, after = tokens[i - 1] if i else "", tokens[i] if i < len(tokens) else ""
        if core:
            literals.append(core.strip())
            start = "" if before == "*" else _edge(core[0], cjk, after=False)
            regex.append(start + re.escape(core) + ("" if after == "*" else _edge(core[-1], cjk, after=True)))
        if after:
            regex.append(_token(after, cjk, is_last=i == len(tokens) - 1 and not pieces[-1]))
    anchor = max(literals, key=len, default="")
    if not anchor:
        raise ValueError("a term needs at least one word")
    return Shape(re.compile("".join(regex)), anchor, "{name}" in tokens)


def _token(token: str, cjk: bool, is_last: bool) -> str:
    if token == "...":
        return f"{_BREAKS}{{0,{GAP_CJK if cjk else GAP}}}?"
    if token == "*":
        return r"\w{0,8}?" if cjk else r"\w*"
    if token == "#":
        return _NUMBER
    return (_NAME_CJK.replace("}?", "}") if is_last else _NAME_CJK) if cjk else _NAME


def _regex(source: str, cjk: bool) -> Shape:
    if len(source) > 300:
        raise ValueError("regular expression longer than 300 characters")
    for pattern, what in _UNSAFE:
        if pattern.search(source):
            raise ValueError(f"regular expression has {what}")
    if cjk and r"\b" in source:
        raise ValueError(r"\b means nothing in a script without blanks")
    folded = "".join(p if p.startswith("\\") else fold_chars(p) for p in re.split(r"(\\.)", source))
    try:
        compiled = re.compile(re.sub(r"(?<!\\)\((?!\?)", "(?:", folded))
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if compiled.match(""):
        raise ValueError("regular expression matches nothing at all")
    return Shape(compiled, _anchor(folded))


def _anchor(source: str) -> str | None:
    """Return the longest literal that every match must contain, or None when that is not plain to see."""
    outside, depth = [], 0
    for piece in re.findall(r"\\.|\[[^\]]*\]|\{\d*,?\d*\}|.", source):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            return None
        plain = depth == 0 and piece != ")" and len(piece) == 1 and piece not in "^$.?*+|"
        if piece in {"?", "*"} or piece.startswith(("{0", "{,")):
            outside[-1:] = [""]
        outside.append(piece if plain else "\0")
    runs = [run.strip() for run in re.split("\0+", "".join(p or "\0" for p in outside))]
    best = max(runs, key=len, default="")
    return best if len(best) >= 2 else None
