"""What to change in a text, finding by finding: the words to put in, or to take out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gdpr_assess.law import Superseded
from gdpr_assess.model import Change, LintResult, WordingKind
from gdpr_assess.wording.fold import in_one_script
from gdpr_assess.wording.suggest.about import About
from gdpr_assess.wording.suggest.facts import Facts
from gdpr_assess.wording.suggest.fill import applies, filled
from gdpr_assess.wording.suggest.schema import Part, remedies, template, words

FULL: WordingKind = "privacy_notice"
"""Where a kind's own template has no passage for an element, the full notice has one."""


def changes(
    result: LintResult, about: About, facts: Facts, replaced: Mapping[tuple[int, int], Superseded]
) -> Iterator[Change]:
    """Yield a change for every sure defect and every missing element; `replaced` has outdated names by place."""
    for defect in (*result.sure_defects, *result.remarks):
        remedy = remedies()[defect.code]
        entry = replaced.get((defect.start, defect.end)) if remedy.do == "rename" else None
        text = entry.current if entry else None
        if remedy.do == "retype":
            text = in_one_script(defect.quote)
        elif text is None and remedy.do != "delete":
            text = _passage(remedy.by, about, facts)
        yield Change(
            code=defect.code, do="delete" if text is None else "replace", start=defect.start, end=defect.end, text=text
        )
    for code in result.missing or ():
        yield Change(code=code, do="add", text=_passage((code,), about, facts))


def _passage(elements: tuple[str, ...], about: About, facts: Facts) -> str | None:
    """Return the passage that gives one of some elements, in the order in which they are wanted."""
    for kind in (about.kind, FULL):
        parts = [part for part in template(kind, about.language).parts if part.branch is None]
        for element in elements:
            giving = [part for part in parts if element in part.gives]
            chosen = _first(giving, facts)
            if chosen is not None:
                return filled(chosen, facts, words(about.language))
    return None


def _first(parts: list[Part], facts: Facts) -> Part | None:
    return next((part for part in parts if applies(part, facts)), parts[0] if parts else None)
