"""Terms that are valid but probably mean something else than their author thinks: warnings for authors of packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gdpr_assess.wording.pack import PACKS, load_pack, located
from gdpr_assess.wording.schema import WordLists
from gdpr_assess.wording.terms import Literal, parse
from gdpr_assess.yamlfile import load

_DOUBTS = (
    (re.compile(r" \*$"), "asks for a blank after the last word, or finds longer words; leave ` *` out"),
    (re.compile(r"^\* "), "asks for a blank before the first word, or finds longer words; leave `* ` out"),
    (re.compile(r"\\"), "`\\` means itself outside /regex/"),
    (re.compile(r"(?<=[\w) ])\?(?=[\w(])|\)\? "), "`?` means itself outside /regex/; write `(a|)`"),
    (re.compile(r"\w\[\w+\]|\[\w+\]\w"), "`[ab]` means itself outside /regex/; write `(a|b)`"),
    (re.compile(r"\{(?!name\})"), "`{` means itself outside /regex/, but for `{name}`"),
)

_OPTION = re.compile(r" \([^()*]*\|\)$")
SHOWN = 60
"""A longer term is cut in the warning."""


def doubts(language: str) -> Iterator[str]:
    """Yield a line with file and place for each doubtful term of a language's pack."""
    for path, term in _terms(language):
        if not term.startswith("/"):
            longest, shown = (
                max(re.split(r"[\\\"']", term), key=len),
                term if len(term) <= SHOWN else f"{term[:SHOWN]}…",
            )
            yield from (located(path, longest, f"{shown!r}: {what}") for sign, what in _DOUBTS if sign.search(term))
            if _OPTION.search(term) and not any(isinstance(one, Literal) for one in parse(term, language)):
                yield located(path, longest, f"{shown!r}: asks for a blank before the option; write `a( b|)`")


def _terms(language: str) -> Iterator[tuple[Path, str]]:
    folder = PACKS / language
    for terms in load(folder / "_concepts.yaml", WordLists).root.values():
        yield from ((folder / "_concepts.yaml", term) for term in terms)
    for code, file in load_pack(language).files.items():
        for terms in (file.report, file.unless, file.unless_near, *file.concepts.values()):
            yield from ((folder / f"{code}.yaml", term) for term in terms)
