"""Precision and recall on labelled texts: `python -m gdpr_assess.wording.measure FILES... [--language xx] [-v]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gdpr_assess.model import LintResult
from gdpr_assess.wording.linter import lint
from gdpr_assess.wording.pack import rules

UNLABELLED = frozenset({"representative", "transfer_safeguard"})
"""Elements for which the labelled texts carry no labels."""


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

    def __str__(self) -> str:
        found, wanted = self.right + self.false, self.right + self.missed
        precision = f"{self.right / found:.3f}" if found else "  -  "
        recall = f"{self.right / wanted:.3f}" if wanted else "  -  "
        return f"P {precision}  R {recall}  ({self.right} right, {self.false} false, {self.missed} missed)"


@dataclass
class Report:
    """Tallies by language and kind of code, and by language and code."""

    groups: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    codes: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, row: dict[str, Any], result: LintResult) -> None:
        """Count one labelled text."""
        language = row["language"]
        for group, hits in (("element", result.elements), ("defect", result.defects)):
            wanted, found = set(row[f"{group}s"]) - UNLABELLED, {hit.code for hit in hits} - UNLABELLED
            self.groups[language, group].add(wanted, found)
            self.groups["all", group].add(wanted, found)
            for code in wanted | found:
                self.codes[language, code].add({code} & wanted, {code} & found)
            self._differ(row, wanted, found, {hit.code: hit.quote for hit in hits})
        self._overlap(row, result)

    def _differ(self, row: dict[str, Any], wanted: set[str], found: set[str], quotes: dict[str, str]) -> None:
        for code in sorted(wanted - found):
            self.differences.append(f"{row['id']} MISSED {code} {row.get('spans', {}).get(code, '')}")
        for code in sorted(found - wanted):
            self.differences.append(f"{row['id']} FALSE  {code}: {quotes[code]}")

    def _overlap(self, row: dict[str, Any], result: LintResult) -> None:
        for code, quote in row.get("spans", {}).items():
            start = row["text"].find(quote)
            hits = [hit for hit in result.defects if hit.code == code]
            if hits and start >= 0:
                meets = any(hit.start < start + len(quote) and start < hit.end for hit in hits)
                self.overlaps[row["language"], "yes" if meets else "no"] += 1


def measure(rows: list[dict[str, Any]]) -> Report:
    """Lint every labelled text with its language and kind given."""
    report = Report()
    for row in rows:
        known = {key: row[key] for key in ("country", "basis") if row.get(key)}
        report.add(row, lint(row["text"], language=row["language"], kind=row.get("kind"), **known))
    return report


def main(arguments: list[str]) -> int:
    """Print precision and recall per language and code; -v prints every difference."""
    parser = argparse.ArgumentParser(prog="measure", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--language")
    parser.add_argument("-v", action="store_true", help="print every difference")
    given = parser.parse_args(arguments)
    rows = [json.loads(line) for path in given.files for line in path.read_text(encoding="utf-8").splitlines() if line]
    report = measure([row for row in rows if given.language in (None, row["language"])])
    for (language, code), tally in sorted(report.codes.items()):
        print(f"{language} {rules()[code].kind:8}{code:24}{tally}")
    for (language, group), tally in sorted(report.groups.items()):
        print(f"{language:4} {group:8} {tally}")
    for (language, meets), count in sorted(report.overlaps.items()):
        print(f"{language:4} defect spans that meet the labelled span: {meets} {count}")
    if given.v:
        print("\n".join(report.differences))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
