"""Learns which words make information likely: `python -m gdpr_assess.wording.learn tests/wordings [LANG ...]`.

For each code a logistic regression on the words of single sentences; only its most telling words are kept. Labels of
single sentences come from people (`sentences/`), or from the rules where a person labelled the whole text. Blind texts
and odd lines of the ordinary messages are not learnt from: they are for measuring. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gdpr_assess.model import WordingKind
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.features import features, units
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import UNLABELLED, Banked, Corpus
from gdpr_assess.wording.likely import LEARNED
from gdpr_assess.wording.linter import lint_by_rules
from gdpr_assess.wording.pack import PACKS, SAID, languages, rules
from gdpr_assess.wording.quality import NOT_PRIVATE
from gdpr_assess.wording.schema import Said
from gdpr_assess.wording.segment import sentences
from gdpr_assess.workspace import write_atomic
from gdpr_assess.yamlfile import load

FEWEST = 8
"""A code is learnt from at least so many sentences."""
KEPT = 400
"""So many words are kept for each code."""
STRICT, STRICT_AGAIN = 0.6, 0.3
"""How freely words may be weighed: first all of them, then those that are kept (the inverse of the L2 penalty)."""
SMALLEST = 0.05
"""A word that adds less is left out."""
EVERY = 5
"""Of the forms of an ordinary message every fifth is learnt from."""


class Row(NamedTuple):
    """A sentence: its units, its codes, and those of which it is not known whether it has them."""

    units: list[str]
    codes: frozenset[str]
    unknown: frozenset[str]


def rows(corpus: Corpus, language: str) -> Iterator[Row]:
    """Yield every sentence to learn from."""
    for parted in corpus.parted(language):
        yield from (_row(text, language, codes) for text, codes in parted.sentences)
    for labelled in corpus.open(language):
        yield from _read(labelled.text, language, labelled.kind, {*labelled.elements})
    for one in corpus.bank(language):
        yield from _read(one.text, language, one.kind, banked=one)
    said = load(PACKS / language / SAID, Said).root.values()
    for text in dict.fromkeys(
        [*(e.case.text for e in examples(language)), *(text for texts in said for text in texts)]
    ):
        yield from _read(text, language)
    for text in corpus.background(language, known=True)[::EVERY]:
        yield _row(text, language, (), NOT_PRIVATE)


def _row(text: str, language: str, codes: Iterable[str], unknown: Iterable[str] = ()) -> Row:
    return Row(units(fold(text).text, cjk=language == "zh"), frozenset(codes), frozenset(unknown))


def _read(
    text: str, language: str, kind: WordingKind | None = None, labels: Collection[str] | None = None,
    banked: Banked | None = None,
) -> Iterator[Row]:  # fmt: skip
    """Yield the sentences of a text with what the rules see in them, as far as the labels of the text say the same."""
    folded = fold(text)
    result = lint_by_rules(text, language=language, kind=kind)
    unknown = set() if labels is None else {*labels} - {hit.code for hit in result.elements}
    cut = [(first, last) for first, last in sentences(folded.text, language) if folded.text[first:last].strip()]
    for first, last in cut:
        start, end = folded.span(first, last)
        codes = {hit.code for hit in result.elements if hit.start < end and start < hit.end}
        if labels is not None:
            codes &= {*labels}
        if banked is not None:
            codes -= {banked.code} if banked.not_ else set()
            codes |= {banked.code} if not banked.not_ and len(cut) == 1 else set()
        yield _row(folded.text[first:last], language, codes, unknown)


def learn(language: str, corpus: Corpus) -> str:
    """Return the weights of a language as they are written: a line for each word, the first for where codes begin."""
    given = list(rows(corpus, language))
    counts = [Counter(name for unit in row.units for name in features(unit)) for row in given]
    often = Counter(name for count in counts for name in count)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: c for n, c in count.items() if often[n] > 1} for count in counts])
    names = vectorizer.get_feature_names_out()
    lines: dict[str, list[str]] = {"": []}
    for code in sorted(code for code, rule in rules().items() if rule.kind == "element" and code not in UNLABELLED):
        for name, weight in _weights(code, given, matrix, names):
            lines.setdefault(name, []).append(f"{code}={weight:.2f}")
    head = [f"# What words add for each code (natural logarithm of the odds), learnt from {len(given)} sentences."]
    return "\n".join([*head, *("\t".join([name, *lines[name]]) for name in sorted(lines))]) + "\n"


def _weights(code: str, given: list[Row], matrix: Any, names: Any) -> Iterator[tuple[str, float]]:
    """Yield the most telling words of a code with their weights; nothing where it is seldom said."""
    known = np.array([code not in row.unknown or code in row.codes for row in given])
    says = np.array([code in row.codes for row in given])[known]
    if says.sum() < FEWEST:
        return
    some = matrix[known]
    first = LogisticRegression(C=STRICT, solver="liblinear").fit(some, says)
    often = np.sqrt(np.asarray((some > 0).sum(axis=0)).ravel())
    kept = np.argsort(-np.abs(first.coef_[0]) * often, kind="stable")[:KEPT]
    again = LogisticRegression(C=STRICT_AGAIN, solver="liblinear").fit(some[:, kept], says)
    yield "", float(again.intercept_[0])
    weighed = zip(kept, again.coef_[0], strict=True)
    yield from ((str(names[at]), float(weight)) for at, weight in weighed if abs(weight) >= SMALLEST)


def main(arguments: list[str]) -> int:
    """Learn some languages, or all."""
    parser = argparse.ArgumentParser(prog="learn", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", metavar="LANG")
    given = parser.parse_args(arguments)
    wanted = given.languages or list(languages())
    with ProcessPoolExecutor() as pool:
        learning = pool.map(partial(learn, corpus=Corpus(given.folder)), wanted)
        for language, text in zip(wanted, learning, strict=True):
            write_atomic(LEARNED / f"{language}.tsv", text)
            print(f"{language}: {text.count(chr(10)) - 2} words", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
