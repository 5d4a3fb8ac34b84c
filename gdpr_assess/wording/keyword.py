"""The baseline that rules must beat: for each code the one word that, chosen with hindsight, tells it best."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.labelled import UNLABELLED, Labelled

_WORD = re.compile(r"[^\W\d_]{3,}")
_HAN = re.compile(r"[一-鿿]{2,}")


def words(text: str, language: str) -> set[str]:
    """Return the words of a text, folded; for Chinese every pair of characters."""
    folded = fold(text).text
    if language != "zh":
        return set(_WORD.findall(folded))
    return {run[i : i + 2] for run in _HAN.findall(folded) for i in range(len(run) - 1)}


def choose(rows: Iterable[Labelled], language: str) -> dict[str, str]:
    """Return for each code the word with the best F1 on labelled texts."""
    texts = [(words(row.text, language), {*row.elements, *row.defects} - UNLABELLED) for row in rows]
    held = Counter(word for seen, _ in texts for word in seen)
    both: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for seen, codes in texts:
        total.update(codes)
        for code in codes:
            both[code].update(seen)
    return {
        code: max(sorted(counts), key=lambda word: 2 * counts[word] / (held[word] + total[code]))
        for code, counts in sorted(both.items())
        if counts
    }


def found(row: Labelled, keywords: dict[str, str]) -> set[str]:
    """Return the codes whose word occurs in a text."""
    seen = words(row.text, row.language)
    return {code for code, word in keywords.items() if word in seen}
