"""Sentences and clauses of a folded text, in scripts with and without blanks."""

from __future__ import annotations

import re

Span = tuple[int, int]
_CJK = "\u3400-\u9fff\u300a\u3010"
_END = re.compile(rf"""。["')\]]*|[!?;]+["')\]]*(?=[\s{_CJK}"]|$)|…+(?=[\s{_CJK}]|$)|\.+["')\]]*(?=\s|$)|~(?=[{_CJK}]|\s|$)|\n|[\ud800-\udfff]""")
_CLAUSE = re.compile(r"[,:()]|\s-+\s|(?<=[\u3400-\u9fff])-+")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'])((?:\w+\.)*\w+)\.$")
ABBREVIATIONS = frozenset(
    """art arts no nos nr st mr mrs ms dr prof inc ltd co corp e.g i.e etc vs approx tel ext para paras sec reg p.s
    z.b d.h bzw ca usw evtl ggf inkl vgl abs lit str u.a o.a s.o zzgl hr fr
    np tj tzn m.in ul al pl os itd itp ust poz zob godz im ds r.o
    bl.a t.ex d.v.s dvs osv m.m m.fl kl ev f.d s.k o.s.v
    bijv d.w.z o.a enz evt mevr dhr
    p.ex par.ex env mme mlle sr sra srs d.na av ud uds p.ej pag num art.o
    sig sig.ra dott es ecc
    esim ts mm ks klo puh jne
    f.eks bl.a hhv pga ift mht vedr ca
    napr tzv apod atd resp cca c.j sb odst
    π.χ κ.λπ κ.α αρ τηλ παρ""".split()
)
_DAY = re.compile(r"(?:^|[\s(])\d{1,2}\.$")
_MONTH = re.compile(r"\s(?:jan|feb|mar|apr|mai|may|maj|jun|jul|aug|sep|okt|oct|nov|dez|dec|[a-z]\w*ta\b|\d)")


def _is_end(folded: str, match: re.Match[str]) -> bool:
    if not match[0].startswith(".") or len(match[0]) > 1:
        return True
    before = folded[max(0, match.start() - 20) : match.start() + 1]
    word = _LAST_WORD.search(before)
    if word and (word[1] in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isalpha())):
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
