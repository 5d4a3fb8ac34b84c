"""What features add for each code (hundredths of the natural logarithm of the odds), and the files that say it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gdpr_assess.issue import DataError
from gdpr_assess.wording.pack import rules

COMMON = "#common"
"""Begins the line of the words that are no names, however they are written."""
CODES = "#codes"
"""Begins the line of the codes, which the lines of features name by their number in it."""
LANE = 32
"""So many bits of a sum are one code's; a sentence of a million telling words fits."""
HALF = 1 << LANE - 1
"""Added to every code's part of a sum, so that less than nothing fits too."""
FLOOR = -3.0
"""Where words alone leave every code less likely than this (five in a hundred), no more is asked about a text."""
Array = Any
"""A numpy array or scipy matrix."""
Weights = tuple[tuple[str, float], ...]
"""Codes with what a feature adds for each."""


class Odds:
    """What features add: one whole number for all codes, `LANE` bits each, so that a few additions weigh a sentence."""

    def __init__(self, begins: Mapping[str, float], weights: Mapping[str, Weights]) -> None:
        """Take what each code has before anything is said, and what each feature adds for some of them."""
        self.weights = weights
        self._at = {code: LANE * number for number, code in enumerate(begins)}
        self.begins = sum(HALF + round(100 * begins[code]) << at for code, at in self._at.items())
        self._floor = sum(math.ceil(100 * -FLOOR) << at for at in self._at.values())
        self._halves = sum(HALF << at for at in self._at.values())

    def row(self, names: Iterable[str], least: int = -HALF) -> int:
        """Return what features add together, but for no code less than `least`."""
        added = Counter[str]()
        for name in names:
            for code, weight in self.weights.get(name, ()):
                added[code] += round(100 * weight)
        return sum(max(more, least) << self._at[code] for code, more in added.items() if code in self._at)

    def reached(self, total: int) -> bool:
        """Tell whether a sum leaves any code at `FLOOR` or above it."""
        return bool(total + self._floor & self._halves)

    def each(self, total: int) -> Array:
        """Return what a sum that began with `begins` says of each code, in their order."""
        lanes = np.frombuffer(total.to_bytes(LANE // 8 * len(self._at), "little"), f"<u{LANE // 8}")
        return (lanes.astype(float) - HALF) / 100

    def of(self, row: int, code: str) -> float:
        """Return what a row adds for a code."""
        at = self._at.get(code)
        return 0.0 if at is None else (((row + self._halves) >> at) % (2 * HALF) - HALF) / 100


class Learnt(NamedTuple):
    """What a file says: what each code begins with, what each feature adds, and the words that are no names."""

    begins: dict[str, float]
    weights: dict[str, Weights]
    common: frozenset[str]


def read(path: Path) -> Learnt:
    """Return what was learnt as it is written: a line for each feature, a nameless one for where the codes begin.

    Raises DataError naming file and line.
    """
    found, codes = Learnt({}, {}, frozenset()), dict[str, str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, *pairs = line.split("\t")
        if name == COMMON:
            found = found._replace(common=frozenset(" ".join(pairs).split()))
        if name == CODES:
            codes = {str(at): code for at, code in enumerate(pairs)}
        if line.startswith("#"):
            continue
        adds = parsed(pairs, f"{path}:{number}", codes)
        if name:
            found.weights[name] = adds
        else:
            found.begins.update(adds)
    return found


def parsed(pairs: Iterable[str], where: str, codes: Mapping[str, str]) -> Weights:
    """Return weights written code=number, codes as words or as `codes` has them; DataError begins with the place."""
    try:
        each = (pair.partition("=") for pair in pairs)
        found = tuple((codes.get(code, code), float(weight)) for code, _, weight in each)
    except ValueError:
        raise DataError(f"{where}: weights are written code=number") from None
    unknown = [code for code, _ in found if code not in rules()]
    if unknown:
        raise DataError(f"{where}: no code {unknown[0]!r}")
    return found


def written(head: Iterable[str], begins: Mapping[str, float], weights: Mapping[str, Weights]) -> str:
    """Return what was learnt as `read` takes it."""
    lines = {"": tuple(begins.items()), **{name: weights[name] for name in sorted(weights)}}
    codes = {code: at for at, code in enumerate(dict.fromkeys(code for adds in lines.values() for code, _ in adds))}
    rows = ("\t".join([name, *(f"{codes[code]}={add:.2f}" for code, add in adds)]) for name, adds in lines.items())
    return "\n".join([*head, "\t".join([CODES, *codes]), *rows]) + "\n"
