"""Precision and recall on labelled texts: `python -m gdpr_assess.wording.measure FILES... [--language xx] [-v]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gdpr_assess.model import LintResult
from gdpr_assess.wording.known import Known
from gdpr_assess.wording.labelled import UNLABELLED, Labelled, read
from gdpr_assess.wording.linter import examine
from gdpr_assess.wording.pack import rules

GROUPS = ("element", "defect")


@dataclass
class Tally:
    """Hits, false alarms and misses."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, wanted: set[str], found: set[str]) -> None:
        """Count one text."""
        self.right += len(wanted & found)
        self.false += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float | None:
        """Share of what was reported that is right; None where nothing was reported."""
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was reported; None where there is nothing."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None

    def __str__(self) -> str:
        shown = (f"{share:.3f}" if share is not None else "  -  " for share in (self.precision, self.recall))
        return "P {}  R {}  ({} right, {} false, {} missed)".format(*shown, self.right, self.false, self.missed)


@dataclass
class Report:
    """Tallies by language and kind of code, and by language and code."""

    groups: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    codes: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, row: Labelled, result: LintResult) -> None:
        """Count one labelled text."""
        hits = (*result.elements, *result.defects)
        self.count(row, {hit.code for hit in hits})
        self._differ(row, {hit.code: hit.quote for hit in hits})
        self._overlap(row, result)

    def count(self, row: Labelled, codes: set[str]) -> None:
        """Count the codes that were found in one labelled text."""
        for group in GROUPS:
            wanted, found = _of(group, {*row.elements, *row.defects}), _of(group, codes)
            self.groups[row.language, group].add(wanted, found)
            self.groups["all", group].add(wanted, found)
            for code in wanted | found:
                self.codes[row.language, code].add({code} & wanted, {code} & found)

    def _differ(self, row: Labelled, quotes: dict[str, str]) -> None:
        wanted, found = {*row.elements, *row.defects} - UNLABELLED, quotes.keys() - UNLABELLED
        self.differences += [f"{row.id} MISSED {code} {row.spans.get(code, '')}" for code in sorted(wanted - found)]
        self.differences += [f"{row.id} FALSE  {code}: {quotes[code]}" for code in sorted(found - wanted)]

    def _overlap(self, row: Labelled, result: LintResult) -> None:
        for code, quote in row.spans.items():
            start = row.text.find(quote)
            hits = [hit for hit in result.defects if hit.code == code]
            if hits and start >= 0:
                meets = any(hit.start < start + len(quote) and start < hit.end for hit in hits)
                self.overlaps[row.language, "yes" if meets else "no"] += 1

    def lines(self) -> Iterator[str]:
        """Yield the figures by code, then by language."""
        for (language, code), tally in sorted(self.codes.items()):
            yield f"{language} {rules()[code].kind:8}{code:24}{tally}"
        for (language, group), tally in sorted(self.groups.items()):
            yield f"{language:4} {group:8} {tally}"
        for (language, meets), count in sorted(self.overlaps.items()):
            yield f"{language:4} defect spans that meet the labelled span: {meets} {count}"


def _of(group: str, codes: set[str]) -> set[str]:
    return {code for code in codes - UNLABELLED if rules()[code].kind == group}


def measure(rows: Iterable[Labelled], report: Report | None = None, *, likely: bool = False) -> Report:
    """Read every labelled text with its language and kind given, and count it in a report.

    Rules alone are measured; with `likely` also what the words of sentences make likely.
    """
    report = report if report is not None else Report()
    for row in rows:
        known = Known(row.language, row.kind, row.country, row.basis, likely=likely)
        report.add(row, examine(row.text, known)[0])
    return report


def main(arguments: list[str]) -> int:
    """Print precision and recall per language and code."""
    parser = argparse.ArgumentParser(prog="measure", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--language")
    parser.add_argument("-v", action="store_true", help="print every difference")
    parser.add_argument("--likely", action="store_true", help="count also what the words of sentences make likely")
    given = parser.parse_args(arguments)
    rows = [row for path in given.files for row in read(path)]
    report = measure((row for row in rows if given.language in (None, row.language)), likely=given.likely)
    print("\n".join([*report.lines(), *(report.differences if given.v else ())]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
