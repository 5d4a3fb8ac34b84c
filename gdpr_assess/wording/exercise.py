"""Which terms of a pack stand in no example, which guards no example needs, and which codes lack near misses.

A term that no text shows may be misspelt, and nobody would see it; a guard that no near miss needs may hide a finding.
A clean example is a near miss if telling words of its code stand in it and yet it is rightly not reported.
Sentences that show words but mark no code stand in `packs/<lang>/_said.yaml`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gdpr_assess.issue import DataError
from gdpr_assess.wording.check import Example, examples
from gdpr_assess.wording.dated import OUTDATED, mentioned, outdated
from gdpr_assess.wording.fold import Folded, fold
from gdpr_assess.wording.match import Matcher, matcher
from gdpr_assess.wording.naming import goes_on, places
from gdpr_assess.wording.pack import OWN, PACKS, SAID, Pack, hint, load_pack, located, written
from gdpr_assess.wording.schema import Said
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import Literal, Shape, parse
from gdpr_assess.wording.windows import Context, Seen
from gdpr_assess.yamlfile import load

GUARDS = ("none", "none_near", "nowhere")
NEAR_MISSES = 2
"""So many of the clean examples of a code must be near misses."""


@dataclass(frozen=True)
class Term:
    """A term as its author wrote it; `list` is its concept, or `<code>.report`, `.unless`, `.unless_near`."""

    language: str
    path: Path
    list: str
    text: str

    def stands(self, folded: Folded, not_name: frozenset[str]) -> bool:
        """Tell whether the term is found in a text."""
        return any(_stands(form, folded, self.language, not_name) for form in parse(self.text, self.language))

    def __str__(self) -> str:
        return located(self.path, self.text, f"{self.list}: no example has {self.text!r}")


@dataclass(frozen=True)
class Guard:
    """A list that keeps a code from being reported; `name` is a concept, `unless` or `unless_near`."""

    code: str
    name: str


def _stands(form: Literal | Shape, folded: Folded, language: str, not_name: frozenset[str]) -> bool:
    text, cjk = folded.text, language == "zh"
    if isinstance(form, Shape):
        found = places(folded, form, lambda: sentences(text, language), not_name, cjk)
        return next(found, None) is not None
    at = text.find(form.text)
    while at >= 0:
        if (form.left or not goes_on(text, at - 1, cjk)) and (
            form.right or not goes_on(text, at + len(form.text), cjk)
        ):
            return True
        at = text.find(form.text, at + 1)
    return False


def terms(language: str) -> Iterator[Term]:
    """Yield every term of a language's own lists."""
    yield from (Term(language, *found) for found in written(language))


def said(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sentences that show the words of a list, by list."""
    path = PACKS / language / SAID
    return load(path, Said).root if path.is_file() else {}


def unexercised(language: str) -> list[Term]:
    """Return the terms that stand neither in an example nor in a sentence of their list."""
    shown, names = _together(example.case.text for example in examples(language)), _not_names(load_pack(language))
    sentences_of = {name: _together(listed) for name, listed in said(language).items()}
    texts = {name: (sentences_of[name], shown) if name in sentences_of else (shown,) for name in _lists(language)}
    return [t for t in terms(language) if not any(t.stands(folded, names) for folded in texts[t.list])]


def _together(texts: Iterable[str]) -> Folded:
    """Return texts as one, each a paragraph, so that no term stands in two of them."""
    return fold("\n\n".join(texts))


def _lists(language: str) -> dict[str, list[Term]]:
    lists: dict[str, list[Term]] = {}
    for term in terms(language):
        lists.setdefault(term.list, []).append(term)
    return lists


def misplaced(language: str) -> list[str]:
    """Return the sentences that stand under no list, or that show no term of theirs."""
    listed = _lists(language)
    names, path = _not_names(load_pack(language)), PACKS / language / SAID
    problems = [
        located(path, name, f"no list {name!r}{hint(name, listed)}") for name in said(language) if name not in listed
    ]
    for name, texts in said(language).items():
        for text in texts:
            folded = fold(text)
            if name in listed and not any(term.stands(folded, names) for term in listed[name]):
                problems.append(located(path, text, f"{name}: no term of the list stands in {text!r}"))
    return problems


def _not_names(pack: Pack) -> frozenset[str]:
    return frozenset(term.text for term in pack.terms.get("NOT_NAME", ()) if isinstance(term, Literal))


def idle_guards(language: str) -> list[Guard]:
    """Return the guards that could be taken away without any example of their code giving another result."""
    pack, cases = load_pack(language), dict[str, list[Example]]()
    for example in examples(language):
        cases.setdefault(example.code, []).append(example)
    return [guard for code in pack.files for guard in _idle(pack, code, cases.get(code, []))]


def _idle(pack: Pack, code: str, cases: list[Example]) -> Iterator[Guard]:
    """Yield the guards of a code that no example of it needs."""
    whole = matcher(pack.language)
    codes = (code, *sorted({name for p in pack.patterns(code) for name in (*p.with_, *p.without)}))
    usual_matcher = whole.only(codes)
    usual = [_seen(usual_matcher, case) for case in cases]
    for guard in _guards(pack, code):
        freed = whole.only(codes, f"@{code}{OWN[guard.name]}" if guard.name in OWN else guard.name)
        if all(_seen(freed, case) == seen for case, seen in zip(cases, usual, strict=True)):
            yield guard


def _guards(pack: Pack, code: str) -> Iterator[Guard]:
    for slot in dict.fromkeys(slot for p in pack.patterns(code) for guard in GUARDS for slot in getattr(p, guard)):
        if any(pack.terms.get(name) for name in slot.split("|")):
            yield Guard(code, slot)
    yield from (Guard(code, name) for name in ("unless", "unless_near") if getattr(pack.files[code], name))


def _seen(found: Matcher, example: Example) -> list[Seen]:
    read = found.read(found.glance(example.case.text))
    if read is None:
        return []
    case, (look, plan) = example.case, read
    places = found.scan(look, plan, Context(case.kind, case.basis))
    places += [old.seen for old in outdated(look, found, case.country, case.on)]
    return [place for place in places if place.code == example.code]


def without_near_misses(language: str) -> list[str]:
    """Return the codes of which fewer than `NEAR_MISSES` clean examples hold words that tell the code."""
    pack, found = load_pack(language), Counter[str]()
    for example in examples(language):
        found[example.code] += not example.spans and _is_near(pack, example)
    return [
        f"{PACKS / language / code}.yaml:1: {code}: of {len(pack.files[code].examples.clean)} clean examples"
        f" {found[code]} near misses, not {NEAR_MISSES}: they hold none of {', '.join(sorted(_telling(pack, code)))}"
        for code in pack.files
        if found[code] < NEAR_MISSES
    ]


def _is_near(pack: Pack, example: Example) -> bool:
    found = matcher(pack.language)
    look = found.look(fold(example.case.text))
    return bool(found.places(look, _telling(pack, example.code))) or (
        example.code in OUTDATED and any(mentioned(look, found))
    )


def _telling(pack: Pack, code: str) -> frozenset[str]:
    """Return the lists whose words tell a code: those that its patterns ask for."""
    slots = (slot for pattern in pack.patterns(code) for slot in pattern.all)
    return frozenset(name for slot in slots for name in slot.split("|"))


def main(arguments: list[str]) -> int:
    """Print, for one language, what no example shows; `python -m gdpr_assess.wording.exercise pl`."""
    language = arguments[0]
    try:
        lines = [*misplaced(language), *(str(term) for term in unexercised(language))]
        lines += [f"{guard.code}: no example needs its guard {guard.name}" for guard in idle_guards(language)]
        lines += without_near_misses(language)
    except DataError as error:
        lines = [str(error)]
    print("\n".join([*lines, f"{language}: {len(lines)} to do"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
