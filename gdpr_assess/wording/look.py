"""A folded text and the terms that may stand in it: where each of them stands is worked out when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from gdpr_assess.wording.gate import Gate, Glance, Sought
from gdpr_assess.wording.naming import Span, places
from gdpr_assess.wording.segment import sentences
from gdpr_assess.wording.terms import NAME_RUN, NAME_WORD, Shape, WordStarts
from gdpr_assess.wording.windows import Hit

_CAPITAL = re.compile(r"[^\W\d_a-z](?<!\w\w)|\[")


class Reader(NamedTuple):
    """What has to be known of a language to look for its terms; `guards` are the concepts that hold findings back."""

    language: str
    cjk: bool
    not_name: Container[str]
    rest: Callable[[], Gate]
    guards: int


class Look:
    """One text with the terms that the gate names; `named` says whether it may name what has been replaced."""

    def __init__(self, glance: Glance, reader: Reader) -> None:
        """Take what the gate saw at a glance."""
        self.folded = glance.text()
        self.named = glance.named
        self._reader, self._glances = reader, [glance]
        self._words, self._places = WordStarts(glance.folded), dict[int, list[Span]]()
        self._names: list[int] | None = None
        self._single: list[Hit] | None = None

    def places(self, sought: Sought) -> list[Span]:
        """Return where an expression stands."""
        found = self._places.get(sought.number)
        if found is None:
            found = self._places[sought.number] = self._sought(sought.term)
        return found

    def _sought(self, term: Shape) -> list[Span]:
        if term.named and not self._may_stand(term):
            return []
        reader = self._reader
        segments = partial(sentences, self._words.text, reader.language)
        return list(places(self.folded, term, segments, reader.not_name, reader.cjk, self._words))

    def _may_stand(self, term: Shape) -> bool:
        """Tell whether an expression with a name fits somewhere, before it is looked at what its names are."""
        starts, text = self._starts(term), self._words.text
        return starts is None or any(term.regex.match(text, at) for at in starts)

    def _starts(self, term: Shape) -> list[int] | None:
        """Return where a match may begin that counts; None when that is not known."""
        if not term.capital:
            return term.starts(self._words)
        names, before, text = self._may_be_names(), term.before, self._words.text
        if before and not any(text.endswith(before, 0, at - (text[at - 1] == " ")) for at in names if at):
            return []
        if term.begins_with_name:
            return [at for at in names if self._goes_on(at, term.behind)] if term.behind else names
        return term.starts(self._words) if names else []

    def _goes_on(self, at: int, words: tuple[str, ...]) -> bool:
        """Tell whether one of some words follows a name that begins at a place."""
        text, run = self._words.text, NAME_RUN.match(self._words.text, at)
        end = run.end() + 1 if run else at
        at = text.find(" ", at, end) + 1
        while at:
            if text.startswith(words, at):
                return True
            at = text.find(" ", at, end) + 1
        return False

    def _may_be_names(self) -> list[int]:
        """Return where names may begin: at capital letters and brackets, but not at a word such as "our"."""
        if self._names is None:
            folded, text, not_name = self.folded, self._words.text, self._reader.not_name
            found = [at for at in self._capitals() if text[at] == "[" or folded.given(at).isupper()]
            words = [(at, NAME_WORD.match(text, at)) for at in found]
            self._names = [at for at, word in words if not (word and word[0].isalnum() and word[0] in not_name)]
        return self._names

    def _capitals(self) -> Iterable[int]:
        """Return where words begin, without most of those that begin with a small letter."""
        folded = self.folded
        if folded.starts is not None:
            return self._words.all()
        return [match.start() for match in _CAPITAL.finditer(folded.original)]

    def hits(self, needed: int) -> list[Hit]:
        """Return the places of all terms of some concepts, in the order of the text, without those inside others."""
        if self._single is None:
            self._glances.append(self._reader.rest().again(self.folded))
            self._single = [hit for glance in self._glances for hit in (*_single(glance), *glance.phrases)]
        hits = [hit for hit in self._single if hit.mask & needed]
        nameless = self._reader.guards if self.folded.original.isupper() else 0  # among capitals, none tells a name
        for glance in self._glances:
            for sought in {one.number: one for one in glance.shapes if one.mask & needed}.values():
                if not (sought.term.named and sought.mask & nameless):
                    hits += [Hit(*place, sought.mask) for place in self.places(sought)]
        return _widest(hits)


def _single(glance: Glance) -> Iterator[Hit]:
    """Yield the places of terms that are single words."""
    at, text = 0, glance.folded
    for _, _, word, hits in glance.words:
        at = text.index(word, at)
        for start, end, mask in hits:
            yield Hit(at + start, at + end, mask)
        at += len(word)


def _widest(hits: list[Hit]) -> list[Hit]:
    """Return the hits in order without those that lie inside another hit of the same concepts."""
    kept: list[Hit] = []
    ends: dict[int, int] = {}
    for hit in sorted(hits, key=_outer_first):
        if hit.end > ends.get(hit.mask, -1):
            kept.append(hit)
            ends[hit.mask] = hit.end
    return kept


def _outer_first(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end
