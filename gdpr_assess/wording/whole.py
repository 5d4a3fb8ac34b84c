"""What a text as a whole makes of its sentences: how likely each code is in the end, and from where it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from gdpr_assess.issue import DataError
from gdpr_assess.wording.odds import Array, parsed
from gdpr_assess.wording.pack import rules

LEARNED = Path(__file__).parent / "learned"
WHOLE, LIMITS = LEARNED / "whole.tsv", LEARNED / "limits.tsv"
NEVER = 300.0
"""Odds (natural logarithm) that no text reaches."""
FAR = 20.0
"""Odds of what is not said at all are this far below even."""
MOST = 10.0
"""Odds beyond this, for or against, count as this."""
ABSENT = -4.0
"""Odds of a code below this count as this: it is not there."""


TOGETHER = 3
"""Where what words, concepts and the net say together stands among what is said."""


def together(words: Array, concepts: Array, net: Array) -> Array:
    """Return what sentences say of codes by words, by concepts, by the net, and by all three (... by 4)."""
    return np.stack([words, concepts, net, words + concepts + net], axis=-1)


def own(said: Array, found: Array) -> Array:
    """Return what speaks for codes themselves; where a rule has found one, all counts in another way.

    `said` is what the sentences of a text say of a code at most (see `together`).
    """
    odds = np.clip(said, -MOST, MOST)
    by_rule = found[..., None] * np.concatenate([np.ones_like(odds[..., :1]), odds], axis=-1)
    return np.concatenate([odds, by_rule], axis=-1)


BESIDE = 0.3
"""So much less do the codes of a text count than its own words, since which go together differs from firm to firm."""


def there(said: Array) -> Array:
    """Return how much codes of the text count for what else it says: nothing where they are absent."""
    return BESIDE * (np.clip(said, ABSENT, MOST) - ABSENT)


OWN = 9
"""So many numbers speak for a code itself (see `own`)."""


@dataclass(frozen=True, slots=True)
class Final:
    """How the odds of a code in a text come about: from its own (see `own`) and from those of all codes in the text."""

    begins: float
    own: tuple[float, ...]
    others: Mapping[str, float]


class Whole:
    """How the odds of all codes in a text come about."""

    def __init__(self, last: Mapping[str, Final]) -> None:
        """Take each code with how its odds come about."""
        self._begins = np.array([one.begins for one in last.values()])
        self._own = np.array([one.own for one in last.values()]).reshape(len(last), OWN)
        others = [[one.others.get(code, 0.0) for code in last] for one in last.values()]
        self._others = np.array(others).reshape(len(last), len(last))

    def odds(self, said: Array, found: Array) -> Array:
        """Return the odds (natural logarithm) of each code in a text; `said` is codes by 4."""
        return self._begins + (self._own * own(said, found)).sum(axis=1) + self._others @ there(said[:, TOGETHER])


@cache
def finals() -> dict[str, Final]:
    """Return how the odds of each code come about; raises DataError naming file and line."""
    found: dict[str, Final] = {}
    for number, code, columns in _lines(WHOLE):
        try:
            begins, *mine = map(float, columns[: OWN + 1])
        except ValueError:
            mine = []
        if len(mine) != OWN:
            raise DataError(f"{WHOLE}:{number}: a code is followed by {OWN + 1} numbers")
        found[code] = Final(begins, tuple(mine), dict(parsed(columns[OWN + 1 :], f"{WHOLE}:{number}", {})))
    return found


@cache
def limits() -> dict[str, tuple[float, float]]:
    """Return the odds from which each code is said, and those below which it is doubted (natural logarithms).

    `NEVER` stands for odds that no text reaches. Raises DataError naming file and line.
    """
    found: dict[str, tuple[float, float]] = {}
    for number, code, columns in _lines(LIMITS):
        try:
            say, _, _, doubt, _, _ = columns
            found[code] = _odds(say, NEVER), _odds(doubt, -NEVER)
        except (ValueError, ZeroDivisionError):
            raise DataError(
                f"{LIMITS}:{number}: a code is followed by a share between 0 and 1, its two counts, and three more"
            ) from None
    return found


def _odds(share: str, otherwise: float) -> float:
    """Return a share of one as the natural logarithm of the odds; `-` is none."""
    return otherwise if share == "-" else math.log(float(share) / (1 - float(share)))


def _lines(path: Path) -> Iterable[tuple[int, str, list[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            code, *columns = line.split("\t")
            if code not in rules():
                raise DataError(f"{path}:{number}: no code {code!r}")
            yield number, code, columns


HEAD = (
    "# How the odds of a code in a text come about: what they begin with; what words, concepts, the net and all three "
    "say of it; 1 where a rule found it, and the same four there; then what each code of the text adds."
)


def written(rows: Mapping[str, Final]) -> str:
    """Return how odds come about as `finals` reads it."""
    lines = [HEAD]
    for code, row in rows.items():
        others = (f"{other}={weight:.3f}" for other, weight in row.others.items())
        lines.append("\t".join([code, *(f"{one:.3f}" for one in (row.begins, *row.own)), *others]))
    return "\n".join(lines) + "\n"
