"""What a text as a whole makes of its sentences: how likely each code is in the end, and from where it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gdpr_assess.issue import DataError
from gdpr_assess.wording.odds import parsed
from gdpr_assess.wording.pack import rules

LEARNED = Path(__file__).parent / "learned"
WHOLE, LIMITS = LEARNED / "whole.tsv", LEARNED / "limits.tsv"
NEVER = 300.0
"""Odds (natural logarithm) that no text reaches."""
MOST = 10.0
"""Odds beyond this, for or against, count as this."""
ABSENT = -4.0
"""Odds of a code below this count as this: it is not there."""


class Said(NamedTuple):
    """What the sentences of a text say of a code at most: by their words, by their concepts, and by both together."""

    words: float
    concepts: float
    both: float


def own(said: Said, *, found: bool) -> list[float]:
    """Return what speaks for a code itself; where a rule has found it, all counts in another way."""
    odds = [max(-MOST, min(MOST, one)) for one in said]
    return [*odds, *((1.0, *odds) if found else (0.0,) * 4)]


BESIDE = 0.3
"""So much less do the codes of a text count than its own words, since which go together differs from firm to firm."""


def there(both: float) -> float:
    """Return how much a code of the text counts for what else it says: nothing where it is absent."""
    return BESIDE * max(0.0, min(MOST, both) - ABSENT)


@dataclass(frozen=True, slots=True)
class Final:
    """How the odds of a code in a text come about: from its own (see `own`) and from those of all codes in the text."""

    begins: float
    own: tuple[float, ...]
    others: Mapping[str, float]

    def odds(self, said: Said, others: Mapping[str, float], *, found: bool) -> float:
        """Return the odds (natural logarithm) of a code in a text in which other codes are `there`."""
        mine = sum(weight * one for weight, one in zip(self.own, own(said, found=found), strict=True))
        return self.begins + mine + sum(self.others.get(code, 0.0) * much for code, much in others.items())


OWN = len(own(Said(0.0, 0.0, 0.0), found=False))
"""So many numbers speak for a code itself."""


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
        found[code] = Final(begins, tuple(mine), dict(parsed(columns[OWN + 1 :], f"{WHOLE}:{number}")))
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
    "# How the odds of a code in a text come about: what they begin with; what words, concepts and both say of it; "
    "1 where a rule found it, and the same three there; then what each code of the text adds."
)


def written(rows: Mapping[str, Final]) -> str:
    """Return how odds come about as `finals` reads it."""
    lines = [HEAD]
    for code, row in rows.items():
        others = (f"{other}={weight:.3f}" for other, weight in row.others.items())
        lines.append("\t".join([code, *(f"{one:.3f}" for one in (row.begins, *row.own)), *others]))
    return "\n".join(lines) + "\n"
