"""The small language in which pack authors write terms, and what it is compiled to.

`word` exact, `stem*` any ending, `*stem` any beginning, `(a|b|)` alternatives (they nest; an empty one is an option),
`...` a gap inside the sentence, `a >...< b` only the `a` of an `a ... b` (separable verbs: what stands between stays
free for other terms), `#` a number, `{name}` a capitalised name, `/regex/` a restricted regular expression
(`/regex/ @ a b`: tried only in texts with an `a` or a `b`).
"""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from gdpr_assess.wording.anchors import DIGITS, firsts, heads, needs, on_word, parts, plain
from gdpr_assess.wording.around import names_in, words_before, words_behind
from gdpr_assess.wording.fold import NUMBERS, fold_chars, named_numbers
from gdpr_assess.wording.grammar import Node, parse_term

GAP, GAP_CJK = 40, 15
"""Longest gap that `...` spans, in characters."""
MOST_LITERALS = 48
"""A term with more expansions than this is compiled to one regular expression instead."""
_NUMBER = r"\d(?:[\d.,]{0,12}\d)?"
_WORD = r"\w(?:[\w&'+-]|\.(?=\w)){0,30}"
_NAME = rf"((?:\[[^\]\n]{{1,30}}\])|{_WORD}(?: (?:& )?{_WORD}){{0,4}})"
_EDGE, _EDGE_CJK = r"(?:(?<!\w)|(?!\w))", "(?:(?<![a-z0-9])|(?![a-z0-9]))"
NAME_FIRST = _EDGE + _NAME
"""How the expression of a term begins that begins with `{name}`."""
_NAME_CJK = r"((?:\[[^\]\n]{1,30}\])|[\w·&' ]{2,24}?)"
_VARIANTS = {"de": "äae öoe üue ßss", "da": "æae øoe åaa", "sv": "åaa äae öoe", "fi": "äae öoe"}
NAME_WORD, NAME_RUN = re.compile(_WORD), re.compile(_NAME)
"""What the words of a `{name}` look like, and a whole one."""
_WORD_BEGINS = r"(?<!\w)"
_WORD_START = re.compile(r"(?<!\w)\w|\[")
_LONG_NUMBER = re.compile(r"(?<![\d\[])\d{5,}")
_BLANKS = re.compile(" {2,}")
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


@dataclass(frozen=True)
class Shape:
    """A regular expression on folded text, tried only where a string of each group of `needs` occurs.

    Every match begins with one of `firsts`, or where a word begins; else the whole text is searched. `capital` says
    that a `{name}` stands in every match, as whole words. One of `behind` follows a `{name}` that begins the match, one
    of `before` goes before another one; the word in which a match begins holds one of `heads`. Where one of these is
    empty, that is not known.
    """

    source: str
    needs: tuple[tuple[str, ...], ...] = field(compare=False)
    firsts: tuple[str, ...] = field(default=(), compare=False)
    on_words: bool = field(default=False, compare=False)
    named: bool = field(default=False, compare=False)
    capital: bool = field(default=False, compare=False)
    before: tuple[str, ...] = field(default=(), compare=False)
    behind: tuple[str, ...] = field(default=(), compare=False)
    heads: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Return the expression, compiled when it is first asked for: most texts need few of a language's shapes."""
        return re.compile(self.source)

    def anchors(self) -> list[tuple[str, ...]]:
        """Return the groups of strings as they stand in texts, without those that most texts have."""
        return [tuple(sorted({plain(text) for text in group})) for group in self.needs if not DIGITS.issuperset(group)]

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Return `firsts` by their first one or two characters; nothing when a match may begin inside a word."""
        found = dict[str, list[str]]()
        for first in self.firsts if self.on_words and self.source.startswith(_WORD_BEGINS) else ():
            found.setdefault(first[:2], []).append(first)
        return {key: tuple(firsts) for key, firsts in found.items()}

    @cached_property
    def begins_with_name(self) -> bool:
        """Tell whether every match begins with a `{name}`."""
        return self.source.startswith(NAME_FIRST)

    def starts(self, words: WordStarts) -> list[int] | None:
        """Return where a match may begin; None when that is not known."""
        keys = self.keys
        if keys:
            text, by_key = words.text, words.by_key()
            return [at for key in by_key if key in keys for at in by_key[key] if text.startswith(keys[key], at)]
        if self.firsts:
            return _found(words.text, self.firsts)
        if self.heads:
            return _words_with(words.text, self.heads)
        return words.all() if self.on_words else None

    def matches(self, text: str, words: WordStarts | None = None) -> Iterator[re.Match[str]]:
        """Yield the matches as `finditer` does, looking only where one can begin."""
        starts = self.starts(words or WordStarts(text))
        if starts is None:
            yield from self.regex.finditer(text)
            return
        free = 0
        for at in sorted(starts):
            if at >= free and (match := self.regex.match(text, at)):
                free = match.end()
                yield match

    def tries(self, text: str, words: WordStarts | None = None) -> Iterator[re.Match[str]]:
        """Yield a match at every place where one begins, also inside another one."""
        starts = self.starts(words or WordStarts(text))
        if starts is not None:
            yield from (match for at in sorted(starts) if (match := self.regex.match(text, at)))
            return
        match = self.regex.search(text)
        while match:
            yield match
            match = self.regex.search(text, match.start() + 1)


class WordStarts:
    """Where words and `[` begin in a text; worked out once for all terms that are sought in it."""

    __slots__ = ("_all", "_by_key", "text")

    def __init__(self, text: str) -> None:
        """Take a folded text."""
        self.text = text
        self._all: list[int] | None = None
        self._by_key: dict[str, list[int]] | None = None

    def all(self) -> list[int]:
        """Return all places."""
        if self._all is None:
            self._all = [match.start() for match in _WORD_START.finditer(self.text)]
        return self._all

    def by_key(self) -> dict[str, list[int]]:
        """Return the places by the one and by the two characters that stand there."""
        if self._by_key is None:
            found, text = dict[str, list[int]](), self.text
            for at in self.all():
                for key in (text[at], text[at : at + 2]):
                    if key in found:
                        found[key].append(at)
                    else:
                        found[key] = [at]
            self._by_key = found
        return self._by_key


def _found(text: str, firsts: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    for first in firsts:
        at = text.find(first)
        while at >= 0:
            found.append(at)
            at = text.find(first, at + 1)
    return found


def _words_with(text: str, heads: tuple[str, ...]) -> list[int]:
    """Return where the words begin in which one of some strings stands."""
    found = set[int]()
    for at in _found(text, heads):
        while at and (text[at - 1].isalnum() or text[at - 1] == "_"):
            at -= 1
        found.add(at)
    return list(found)


@cache
def parse(term: str, language: str) -> tuple[Literal | Shape, ...]:
    """Compile one term; raises ValueError saying what is wrong with it."""
    cjk = language == "zh"
    unknown = set(_LONG_NUMBER.findall(term)) - named_numbers()
    if unknown:
        raise ValueError(f"long numbers are read only if {NUMBERS.name} lists them: {', '.join(sorted(unknown))}")
    source = _REGEX_TERM.fullmatch(term)
    if source:
        anchors = [fold_chars(word) for one in _spellings(source[2] or "", language) for word in one.split()]
        return tuple(_regex(one, list(dict.fromkeys(anchors)), cjk) for one in _spellings(source[1], language))
    found: list[Literal | Shape] = []
    for text in _spellings(term.strip(), language):
        left, right = text.startswith("*"), text.endswith("*")
        core = text[left : len(text) - right]
        if not core.strip():
            raise ValueError("empty term")
        node = parse_term(_BLANKS.sub(" ", fold_chars(core)))
        plain = _expanded(node)
        if plain:
            found += [_literal(one, left, right, cjk) for one in plain]
        else:
            found.append(_shape(node, left, right, cjk))
    return tuple(found)


def _spellings(term: str, language: str) -> list[str]:
    """Return the term, and its spellings without umlauts (ae, oe, ue) and without ß (ss), where there are any."""
    lowered = term.lower()
    without_sharp, spelled = lowered.replace("ß", "ss"), lowered
    for pair in _VARIANTS.get(language, "").split():
        spelled = spelled.replace(pair[0], pair[1:])
    return [term, *dict.fromkeys(other for other in (without_sharp, spelled) if other != lowered)]


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
    if node.empty():
        raise ValueError("the term matches nothing at all")
    edge, start = (_EDGE_CJK, "(?<![a-z0-9])") if cjk else (_EDGE, _WORD_BEGINS)
    rows = node.children if node.kind == "row" else (node,)
    closed = not (right or any(part.kind == "split" for part in rows))
    first, begins, ends = firsts(node), (Node("edge"),) * (not left), (Node("edge"),) * closed
    plain_start = first and all(text[0].isalnum() and (text[0].isascii() or not cjk) for text in first)
    before = start if plain_start else edge
    source = ("" if left else before) + _source(node, cjk, edge) + (edge if closed else "")
    whole = Node("row", children=(*begins, *rows, *ends))
    on_words = not left and on_word(node) is True
    names = [] if cjk else names_in(rows, left)
    capital = 0 in names if rows[0].kind == "name" else bool(names)
    around = words_before(rows[: names[-1]] if names else ()), words_behind(rows[1:] if 0 in names else ())
    inside = () if left or cjk or first else heads(node)
    return Shape(source, needs(whole), first, on_words, node.has("name"), capital, *around, inside)


def _source(node: Node, cjk: bool, edge: str) -> str:
    match node.kind:
        case "text":
            return _text(node.text)
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
    return _row_source(node.children, cjk, edge)


def _text(text: str) -> str:
    """Return what a text looks like; where it begins with a blank, one may have been taken by what is before."""
    blank = "(?: |(?<= )|^)" if text.startswith(" ") else ""
    return blank + re.escape(text[len(blank) > 0 :])


def _row_source(nodes: tuple[Node, ...], cjk: bool, edge: str) -> str:
    """Return the parts of a row; what follows a split must be there, but is no part of the match."""
    for number, node in enumerate(nodes):
        if node.kind == "split":
            gap = _source(Node("gap"), cjk, edge)
            return (
                f"{_row_source(nodes[:number], cjk, edge)}(?={gap}{_row_source(nodes[number + 1 :], cjk, edge)}{edge})"
            )
    return "".join(_source(node, cjk, edge) for node in nodes)


def _regex(source: str, anchors: list[str], cjk: bool) -> Shape:
    if len(source) > 300:
        raise ValueError("regular expression longer than 300 characters")
    for pattern, what in _UNSAFE:
        if pattern.search(source):
            raise ValueError(f"regular expression has {what}")
    if cjk and r"\b" in source:
        raise ValueError(r"\b means nothing in a script without blanks")
    folded = "".join(p if p.startswith("\\") else fold_chars(p) for p in re.split(r"(\\.)", source))
    given = re.sub(r"(\\.|\[[^\]]*\])|\((?!\?)", lambda m: m[1] or "(?:", folded)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            node, found = parts(given), re.compile(given)
    except (re.error, FutureWarning) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if found.match(""):
        raise ValueError("the term matches nothing at all")
    return Shape(given, (tuple(anchors),) if anchors else needs(node), firsts(node))
