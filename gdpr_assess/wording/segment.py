"""Sentences and clauses of a folded text, in scripts with and without blanks."""

from __future__ import annotations

import re

Span = tuple[int, int]
_CJK = "\u3400-\u9fff\u300a\u3010"
_CLOSING = r"""["')\]]*"""
_END = re.compile(
    rf"。{_CLOSING}|[!?;]+{_CLOSING}(?=[\s{_CJK}\"]|$)|…+(?=[\s{_CJK}]|$)|\.+{_CLOSING}(?=\s|$)"
    rf"|~(?=[{_CJK}]|\s|$)|\n|[\ud800-\udfff]"
)
_CLAUSE = re.compile(r"[,:()]|\s-+\s|(?<=[\u3400-\u9fff])-+")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'])((?:\w+\.)*\w+)\.$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS = _words(
    """st mr mrs ms dr prof inc ltd e.g i.e vs approx
    z.b d.h bzw usw evtl ggf inkl vgl u.a o.a s.o zzgl hr
    np tj tzn m.in itd itp r.o
    bl.a t.ex d.v.s dvs m.m m.fl f.d s.k o.s.v
    bijv d.w.z o.a enz evt mevr dhr
    p.ex mme mlle sr sra srs d.na av ud uds p.ej
    sig.ra dott esim mm f.eks hhv mht vedr
    napr tzv apod atd resp c.j π.χ κ.λπ κ.α"""
)
BEFORE_NUMBER = _words(
    """art arts artt no nos nr num n para paras par sec tel tlf ext reg abs lit str ul al poz ust pkt kl pag p c cis sb
    αρ τηλ"""
)
"""Abbreviations that other languages have as words: they count only where a number follows."""
_NUMBER = re.compile(r"\s*[\d§]")
_DAY = re.compile(r"(?:^|[\s(])\d{1,2}\.$")
_MONTH = re.compile(r"\s(?:jan|feb|mar|apr|mai|may|maj|jun|jul|aug|sep|okt|oct|nov|dez|dec|[a-z]\w*ta\b|\d)")


def _is_end(folded: str, match: re.Match[str]) -> bool:
    if not match[0].startswith(".") or len(match[0]) > 1:
        return True
    before = folded[max(0, match.start() - 20) : match.start() + 1]
    word = _LAST_WORD.search(before)
    if word and (word[1] in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isalpha())):
        return False
    if word and word[1] in BEFORE_NUMBER and _NUMBER.match(folded, match.end()):
        return False
    return not (_DAY.search(before) and _MONTH.match(folded, match.end()))


def sentences(folded: str) -> list[Span]:
    """Return the sentences of a folded text as spans that cover it without gaps."""
    spans, start = [], 0
    for match in _END.finditer(folded):
        if match.end() > start and _is_end(folded, match):
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
