"""Terms that are valid but probably mean something else than their author thinks: warnings for authors of packs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gdpr_assess.wording.pack import located, written
from gdpr_assess.wording.terms import Literal, parse

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
    for path, _, term in written(language):
        if not term.startswith("/"):
            longest, shown = (
                max(re.split(r"[\\\"']", term), key=len),
                term if len(term) <= SHOWN else f"{term[:SHOWN]}…",
            )
            yield from (located(path, longest, f"{shown!r}: {what}") for sign, what in _DOUBTS if sign.search(term))
            if _OPTION.search(term) and not any(isinstance(one, Literal) for one in parse(term, language)):
                yield located(path, longest, f"{shown!r}: asks for a blank before the option; write `a( b|)`")
