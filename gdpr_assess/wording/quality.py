"""How good the linter is: `python -m gdpr_assess.wording.quality FOLDER` or `make wording-report`.

For each language the open texts (rules may be written after them), the blind ones (only measured), blind ones of other
authors that were made later (fresh), those of them that three people read by what most of these saw (agreed), both by
rules alone, what a second reader of them saw (how well people agree), a baseline of one keyword per code chosen with
hindsight, and how many ordinary messages raise an alarm.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gdpr_assess.model import LintResult
from gdpr_assess.wording import keyword
from gdpr_assess.wording.labelled import Corpus, agreed
from gdpr_assess.wording.linter import NOT_PRIVATE, lint
from gdpr_assess.wording.measure import GROUPS, Report, Tally, measure
from gdpr_assess.wording.pack import languages

PRECISION, RECALL, ORDINARY = 0.95, 0.92, 1 / 2000
PARTS = ("open", "blind", "fresh", "agreed", "rules", "reader", "keyword")


@dataclass
class Alarms:
    """Ordinary messages, and those in which a defect, or an element that they cannot have, is reported."""

    messages: int = 0
    defect: int = 0
    element: int = 0

    def add(self, result: LintResult) -> None:
        """Count one ordinary message."""
        self.messages += 1
        self.defect += bool(result.defects)
        self.element += bool({hit.code for hit in result.elements} - NOT_PRIVATE)

    def __str__(self) -> str:
        return f"{self.defect} with a false defect, {self.element} with a false element, of {self.messages} messages"


@dataclass
class Quality:
    """The tallies of all languages measured so far; `all` in them is the sum."""

    parts: dict[str, Report] = field(default_factory=lambda: {name: Report() for name in PARTS})
    ordinary: dict[str, Alarms] = field(default_factory=lambda: defaultdict(Alarms))

    def add(self, corpus: Corpus, language: str) -> None:
        """Measure one language."""
        opened, blind, fresh = corpus.open(language), corpus.blind(language), corpus.fresh(language)
        unread = [*blind, *fresh]
        others = corpus.others(language)
        by_three = [agreed(row, others[row.id]) for row in fresh if len(others.get(row.id, ())) > 1]
        for name, texts in (("open", opened), ("blind", blind), ("fresh", fresh), ("agreed", by_three)):
            measure(texts, self.parts[name], likely=True)
        measure(unread, self.parts["rules"])
        for row in unread:
            for second in others.get(row.id, ())[:1]:
                self.parts["reader"].count(row, {*second.elements, *second.defects})
        keywords = keyword.choose([*opened, *unread], language)
        for row in (*opened, *unread):
            self.parts["keyword"].count(row, keyword.found(row, keywords))
        for message in corpus.background(language):
            result = lint(message, language=language)
            self.ordinary[language].add(result)
            self.ordinary["all"].add(result)

    def lines(self, language: str, *, codes: bool) -> Iterator[str]:
        """Yield the figures of one language, or of all."""
        for name, report in self.parts.items():
            for (where, code), tally in sorted(report.codes.items()) if codes else ():
                if where == language:
                    yield f"{language:4} {name:9}{code:24} {tally}"
            for group in GROUPS:
                yield f"{language:4} {name:9}{group:8} {tally_of(report, language, group)}"
        yield f"{language:4} ordinary {self.ordinary[language]}"


def tally_of(report: Report, language: str, group: str) -> Tally:
    """Return the tally of a language and group; an empty one where nothing was measured."""
    return report.groups.get((language, group), Tally())


def main(arguments: list[str]) -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="quality", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=languages())
    parser.add_argument("--codes", action="store_true", help="figures by code too")
    given = parser.parse_args(arguments)
    corpus, quality = Corpus(given.folder), Quality()
    wanted = [given.language] if given.language else [name for name in corpus.languages() if name in languages()]
    for language in wanted:
        quality.add(corpus, language)
        print("\n".join(quality.lines(language, codes=given.codes)), flush=True)
    if len(wanted) > 1:
        print("\n".join(quality.lines("all", codes=False)))
        print(
            f"     wanted: precision {PRECISION}, recall {RECALL}, false defects in at most {ORDINARY:.2%} of messages"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
