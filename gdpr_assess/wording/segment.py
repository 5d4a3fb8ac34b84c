"""Sentences and clauses of a folded text, in scripts with and without blanks."""

from __future__ import annotations

import re
from functools import cache

from gdpr_assess.wording.pack import WORDING
from gdpr_assess.wording.schema import Abbreviations
from gdpr_assess.yamlfile import load

FILE = WORDING / "abbreviations.yaml"
Span = tuple[int, int]
_CJK = "\u3400-\u9fff\u300a\u3010"
_CLOSING = r"""["')\]]*"""
_END = re.compile(
    rf"。{_CLOSING}|[!?;]+{_CLOSING}(?=[\s{_CJK}\"]|$)|…+(?=[\s{_CJK}]|$)|\.+{_CLOSING}(?=\s|$)"
    rf"|~(?=[{_CJK}]|\s|$)|\n|[\ud800-\udfff]"
)
_CLAUSE = re.compile(r"[,:()]|\s-+\s|(?<=[\u3400-\u9fff])-+")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'])((?:\w+\.)*\w+)\.$")


@cache
def _abbreviations(language: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the abbreviations that end no sentence, and those that end none before a number."""
    lists = load(FILE, Abbreviations).root
    always = {word for one in lists.values() for word in one.always.split()}
    if language in lists:
        always.update(lists[language].own.split())
    return frozenset(always), frozenset(word for one in lists.values() for word in one.before_number.split())


_NUMBER = re.compile(r"\s*[\d§]")
_DAY = re.compile(r"(?:^|[\s(])\d{1,2}\.$")
_MONTH = re.compile(r"\s(?:jan|feb|mar|apr|mai|may|maj|jun|jul|aug|sep|okt|oct|nov|dez|dec|[a-z]\w*ta\b|\d)")


def _is_end(folded: str, match: re.Match[str], language: str | None) -> bool:
    if not match[0].startswith(".") or len(match[0]) > 1:
        return True
    before = folded[max(0, match.start() - 20) : match.start() + 1]
    word, (always, before_number) = _LAST_WORD.search(before), _abbreviations(language)
    if word and (word[1] in always or (len(word[1]) == 1 and word[1].isalpha())):
        return False
    if word and word[1] in before_number and _NUMBER.match(folded, match.end()):
        return False
    return not (_DAY.search(before) and _MONTH.match(folded, match.end()))


def _runs_on(folded: str, line_end: re.Match[str]) -> bool:
    """Tell whether a line ends where a sentence does and no item of a list follows."""
    return folded[line_end.start() - 1] in ".!?;。" and folded[line_end.end() : line_end.end() + 1] not in "□☑○●-*•▪[("


def sentences(folded: str, language: str | None = None) -> list[Span]:
    """Return the sentences of a folded text as spans that cover it without gaps."""
    start, spans = 0, list[Span]()
    for match in _END.finditer(folded):
        if match.end() > start and _is_end(folded, match, language):
            if match[0] == "\n" and match.start() == start and spans and _runs_on(folded, match):
                spans[-1] = spans[-1][0], match.end()  # the line ends where the sentence does
            else:
                spans.append((start, match.end()))
            start = match.end()
    if start < len(folded):
        spans.append((start, len(folded)))
    return spans


def clause(folded: str, span: Span, at: int) -> Span:
    """Return the part of a sentence between commas, colons, dashes or brackets in which `at` lies."""
    start, end = span
    for match in _CLAUSE.finditer(folded, start, end):
        if match.start() > at:
            return start, match.start()
        start = match.end()
    return start, end
