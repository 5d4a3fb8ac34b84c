"""Tries the packs: their examples, the labelled texts, and what is different from the last trial."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gdpr_assess.wording.check import Example, examples
from gdpr_assess.wording.doubts import doubts
from gdpr_assess.wording.exercise import misplaced, unexercised
from gdpr_assess.wording.labelled import Corpus
from gdpr_assess.wording.measure import GROUPS, Report, measure
from gdpr_assess.workspace import write_atomic


@dataclass(frozen=True)
class Trial:
    """One language tried: wrong examples, doubtful terms, figures of labelled texts, changes since the last trial."""

    language: str
    examples: int
    problems: tuple[tuple[Example, str], ...]
    texts: dict[str, Report]
    changes: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    unshown: tuple[str, ...] = ()
    """Terms that stand in no example or sentence, and sentences that show no term of their list."""

    @property
    def passed(self) -> bool:
        """Whether every example is reported as marked, and every term stands in one."""
        return not self.problems and not self.unshown

    def figures(self) -> Iterator[tuple[str, str, str]]:
        """Yield the name of each set of texts that has any, the group of codes, and its figures."""
        for name, report in self.texts.items():
            for group in GROUPS:
                if (self.language, group) in report.groups:
                    yield name, group, str(report.groups[self.language, group])


def attempt(language: str, corpus: Corpus, memory: Path) -> Trial:
    """Try one language; what open texts gave is kept in `memory`, so that the next trial can tell what changed."""
    tried = examples(language)
    problems = tuple((example, problem) for example in tried if (problem := example.problem()))
    reports = {"open": measure(corpus.open(language)), "blind": measure(corpus.blind(language))}
    kept = memory / f"{language}.json"
    now = sorted(difference.strip() for difference in reports["open"].differences)
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else now
    write_atomic(kept, json.dumps(now, ensure_ascii=False, indent=1))
    changes = [f"+ {line}" for line in now if line not in before] + [f"- {line}" for line in before if line not in now]
    unshown = (*misplaced(language), *(str(term) for term in unexercised(language)))
    return Trial(language, len(tried), problems, reports, tuple(changes), tuple(doubts(language)), unshown)
