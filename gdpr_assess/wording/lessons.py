"""The sentences to learn from: labelled one by one, or with what rules see in texts that are labelled as a whole.

Blind texts and odd lines of the ordinary messages are not among them: they are for measuring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, get_args

import numpy as np

from gdpr_assess.model import Hit, WordingKind
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.dated import OUTDATED
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import UNLABELLED, Banked, Corpus
from gdpr_assess.wording.linter import NOT_PRIVATE, lint_by_rules
from gdpr_assess.wording.net import CONCEPTS, KINDS, WIDTH, Concept, among, concept, names, tokens
from gdpr_assess.wording.odds import Array
from gdpr_assess.wording.pack import PACKS, SAID, rules
from gdpr_assess.wording.schema import Said
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.suggest import Facts
from gdpr_assess.wording.suggest.fill import filled
from gdpr_assess.wording.suggest.schema import template
from gdpr_assess.wording.suggest.schema import words as terms
from gdpr_assess.yamlfile import load

CODES = tuple(sorted(c for c, rule in rules().items() if rule.kind != "remark" and c not in UNLABELLED | OUTDATED))
"""What can be learnt: names of authorities and laws are no matter of common words."""
SURE = 5
"""Suggested texts, which second readers checked against the law, count so many times."""
SAID_TOO = {"dpo_contact": "controller_contact", "legitimate_interest": "legal_basis"}
"""Who names one of these says the other too: an officer's address reaches the controller, an interest is a basis."""
TURNS = 3
"""Every third text is left out in turn."""
EVERY = 5
"""Of the forms of an ordinary message every fifth is learnt from."""


class Row(NamedTuple):
    """A sentence, its codes, those of which it is unknown whether it has them, and the kind of its text.

    `of` is what is left out together: a text, with those that say the same in other words.
    """

    text: str
    codes: frozenset[str]
    unknown: frozenset[str] = frozenset()
    kind: WordingKind | None = None
    of: str = ""


class Reading(NamedTuple):
    """The sentences of a language as the net reads them.

    The names of features; tokens by WIDTH, numbers of names from 1 on, 0 for none; how many tokens each sentence has
    and how many sentences each text; the kind of the text of each sentence.
    """

    names: list[str]
    features: Array
    tokens: Array
    sentences: Array
    kinds: Array

    @classmethod
    def of(
        cls, texts: Sequence[Sequence[Row]], held: Sequence[Sequence[Concept]], language: str, common: frozenset[str]
    ) -> Reading:
        """Read texts; `held` is the concepts of each sentence."""
        numbers, found, sizes = dict[str, int](), list[list[int]](), list[int]()

        def padded(of: Sequence[str], size: int) -> list[int]:
            return [*(numbers.setdefault(name, len(numbers) + 1) for name in of), *[0] * (size - len(of))]

        for row, concepts in zip(chain.from_iterable(texts), held, strict=True):
            folded = fold(row.text)
            said = tokens(folded, common, 0, len(folded.text), chinese=language == "zh")
            sizes.append(len(said))
            for token, start, end in said:
                found.append(
                    padded(names(token), WIDTH - CONCEPTS)
                    + padded([*map(concept, among(concepts, start, end))], CONCEPTS)
                )
        kinds = [KINDS.index(row.kind) for text in texts for row in text]
        sentences = np.array([*map(len, texts)])
        return cls([*numbers], np.array(found, dtype=np.int32), np.array(sizes), sentences, np.array(kinds))


def lessons(corpus: Corpus, language: str) -> Iterator[list[Row]]:
    """Yield the sentences of every text to learn from, the texts labelled sentence by sentence first."""
    for number, parted in enumerate(corpus.parted(language)):
        of = parted.like or str(number)
        yield [Row(text, frozenset(codes), kind=parted.kind, of=of) for text, codes in parted.sentences]
    for labelled in corpus.open(language):
        found = _read(labelled.text, language, labelled.kind, {*labelled.elements, *labelled.defects})
        yield [row._replace(of=labelled.id) for row in found]
    for one in corpus.bank(language):
        yield list(_banked(one, language))
    said = [text for texts in load(PACKS / language / SAID, Said).root.values() for text in texts]
    for text in dict.fromkeys([*(example.case.text for example in examples(language)), *said]):
        yield list(_read(text, language))
    for kind in get_args(WordingKind):
        for part in template(kind, language).parts:
            yield from [list(_read(filled(part, Facts(), terms(language)), language, kind))] * SURE
    for text in corpus.background(language, known=True)[::EVERY]:
        yield [Row(text, frozenset(), NOT_PRIVATE)]


def _read(
    text: str, language: str, kind: WordingKind | None = None, labels: Collection[str] | None = None
) -> Iterator[Row]:
    """Yield the sentences of a text with what the rules see in them, as far as the labels of the text say the same."""
    folded, seen = fold(text), by_rules(text, language, kind)
    unknown = frozenset() if labels is None else frozenset(labels) - {hit.code for hit in seen}
    for first, last in sentences(folded.text, language):
        if folded.text[first:last].strip():
            start, end = folded.span(first, last)
            codes = frozenset(hit.code for hit in seen if hit.start < end and start < hit.end)
            yield Row(text[start:end], codes if labels is None else codes & {*labels}, unknown, kind)


def _banked(one: Banked, language: str) -> Iterator[Row]:
    """Yield what was written to say one thing, or to say it not."""
    found = list(_read(one.text, language, one.kind))
    said = {one.code}
    if one.not_:
        yield from (row._replace(codes=row.codes - said) for row in found)
        return
    said |= {SAID_TOO.get(one.code, one.code)}
    if len(found) == 1:
        yield found[0]._replace(codes=found[0].codes | said)
    elif any(one.code in row.codes for row in found):
        yield from found
    else:
        yield from (row._replace(unknown=row.unknown | said) for row in found)


def by_rules(text: str, language: str, kind: WordingKind | None) -> tuple[Hit, ...]:
    """Return what rules alone find."""
    result = lint_by_rules(text, language=language, kind=kind)
    return (*result.elements, *result.defects)
