"""How many records to look at, how sure a result then is, and what a sample says about all records it was drawn from.

The interval is Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22, 1927). For a share p seen in n records, z = 1.96 (95 %):

    middle = (p + z²/2n) / (1 + z²/n)        half = z / (1 + z²/n) · √(p(1-p)/n + z²/4n²)

A sample without replacement from N records is worth more than its size: n counts as n(N-1)/(N-n), the finite
population correction (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapter 2); a sample of all records has no
doubt left. The wanted size is the smallest n whose half width at the expected share is within the wanted precision;
0.5 is the share that needs most. Several samples of different density are weighted with the records behind them, and
their size is the effective one of the weighted share. Whatever the formula gives, the records that were seen are
certain: all exceptions found are there, and all clean records are clean.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, sqrt
from typing import Any

Z95 = 1.959963984540054
_Z2 = Z95 * Z95
USUAL, EXPECTED = 0.05, 0.5
"""The precision that is asked for where nobody says another (five points), and the share that needs most records."""
_MOST = 10_000_000
"""No sample needs more records than this at any precision that can be asked for."""
_SLIP = 1e-6
"""What floating point may be off by, counted in records."""
FINEST, COARSEST = 0.001, 0.5


@dataclass(frozen=True)
class Part:
    """What was seen of one population: exceptions, decided records, and how many records there are (None: unknown)."""

    hits: int
    decided: int
    population: int | None = None


def score(share: float, size: float) -> tuple[float, float]:
    """Return Wilson's interval of a share seen in so many records."""
    if size == inf:
        return share, share
    middle = (share + _Z2 / (2 * size)) / (1 + _Z2 / size)
    half = half_width(share, size)
    return max(0.0, middle - half), min(1.0, middle + half)


def half_width(share: float, size: float) -> float:
    """Return half the width of Wilson's interval."""
    return 0.0 if size == inf else Z95 * sqrt(share * (1 - share) * size + _Z2 / 4) / (size + _Z2)


def effective(size: int, population: int | None) -> float:
    """Return what a sample counts for, given how many records there are."""
    if population is None:
        return size
    return inf if size >= population else size * (population - 1) / (population - size)


def wilson(hits: int, total: int, population: int | None = None) -> tuple[float, float]:
    """Return the 95 % interval of a share: as a statement about so many records, or about endlessly many."""
    return interval([Part(hits, total, population)])


def interval(parts: Sequence[Part]) -> tuple[float, float]:
    """Return the 95 % interval of the share in all populations together; each part must have decided records."""
    low, high = _exact(parts)
    return round(low, 6), round(high, 6)


def _exact(parts: Sequence[Part]) -> tuple[float, float]:
    hits, decided, whole = sum(part.hits for part in parts), sum(part.decided for part in parts), _whole(parts)
    if whole is None:  # weights cannot be told: as one sample of endlessly many
        low, high = score(hits / decided, decided)
    else:
        low, high = score(*_weighted(parts, whole))
        low, high = max(low, hits / whole), min(high, 1 - (decided - hits) / whole)
    return (0.0 if hits == 0 else low), (1.0 if hits == decided else high)


def _whole(parts: Sequence[Part]) -> int | None:
    known = [part.population for part in parts if part.population is not None]
    return sum(known) if len(known) == len(parts) else None


def _weighted(parts: Sequence[Part], whole: int) -> tuple[float, float]:
    """Return the weighted share and the effective size of several samples."""
    share = doubt = 0.0
    for part in parts:
        assert part.population is not None
        weight = part.population / whole
        share += weight * part.hits / part.decided
        doubt += weight * weight / effective(part.decided, part.population)
    return share, 1 / doubt if doubt else inf


def precision_of(size: int, population: int | None = None, expected: float = EXPECTED) -> float:
    """Return how far (as a share) the truth may lie from what a sample of this size shows, at the expected share."""
    return half_width(expected, effective(size, population))


def size_for(precision: float, population: int | None = None, expected: float = EXPECTED) -> int:
    """Return the smallest sample that is as precise as wanted; ValueError where no such precision can be asked for."""
    if not FINEST <= precision <= COARSEST or not 0 <= expected <= 1:
        raise ValueError("precision or expected share out of range")
    sizes = range(1, (_MOST if population is None else population) + 1)
    return sizes[bisect_left(sizes, True, key=lambda size: precision_of(size, population, expected) <= precision)]


def clean_size(population: int | None, below: float) -> int | None:
    """Return how many clean records (and no exception) keep the interval below a share; None where none would."""
    sizes = range(1, (_MOST if population is None else population) + 1)
    at = bisect_left(sizes, True, key=lambda size: wilson(0, size, population)[1] < below)
    return sizes[at] if at < len(sizes) else None


def sample_facts(parts: Sequence[Part], *, whole: bool = True) -> dict[str, Any]:
    """Return what a result says of its sample: precision reached, and the size that five points need.

    `of` is how many records the statement is about, `likely` how many of them are probably concerned: not `whole`
    where the number of records that it is about is itself estimated.
    """
    decided, population, (low, high) = sum(part.decided for part in parts), _whole(parts), _exact(parts)
    facts: dict[str, Any] = {
        "decided": decided,
        "precision": round((high - low) / 2, 6),
        "needed": size_for(USUAL, population),
        "wanted": USUAL,
    }
    if population is not None and whole:
        facts |= {"of": population, "likely": [floor(low * population + _SLIP), ceil(high * population - _SLIP)]}
    return facts
