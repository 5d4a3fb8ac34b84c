"""Runs the examples of a language's pack: `python -m gdpr_assess.wording.check zh [CODE ...]`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from gdpr_assess.issue import DataError
from gdpr_assess.wording.doubts import doubts
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.linter import MIXED, Known, examine, lint_by_rules
from gdpr_assess.wording.match import matcher
from gdpr_assess.wording.pack import load_pack, rules
from gdpr_assess.wording.schema import Case

_MARK = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """An example of a pack without its marks; `spans` are the places that must be reported (none for a clean one)."""

    language: str
    code: str
    case: Case
    spans: tuple[tuple[int, int], ...]

    def found(self, text: str | None = None) -> list[tuple[int, int]]:
        """Return where the linter reports the code, in the example or in another form of its text."""
        case = self.case
        known = Known(self.language, case.kind, case.country, case.basis, case.on, likely=False)
        seen = examine(case.text if text is None else text, known)[0]
        return [(hit.start, hit.end) for hit in (*seen.elements, *seen.defects, *seen.remarks) if hit.code == self.code]

    def problem(self) -> str | None:
        """Return what is wrong, or None."""
        found, text = self.found(), self.case.text
        if set(found) == set(self.spans):
            return None
        wanted, seen = (" | ".join(text[a:b] for a, b in spans) or "nothing" for spans in (self.spans, found))
        return f"wanted: {wanted}\n    found:  {seen}\n    in:     {text}"


def examples(language: str) -> Iterator[Example]:
    """Yield every example of a language."""
    for code, file in load_pack(language).files.items():
        for given, reported in ((file.examples.reported, True), (file.examples.clean, False)):
            for item in given:
                yield _unmarked(language, code, Case(text=item) if isinstance(item, str) else item, reported)


def _unmarked(language: str, code: str, case: Case, reported: bool) -> Example:
    if reported != bool(_MARK.search(case.text)):
        raise DataError(f"{language}/{code}: a reported example needs [[a span]], a clean one has none: {case.text}")
    spans, text, at = [], "", 0
    for match in _MARK.finditer(case.text):
        text += case.text[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return Example(language, code, case.model_copy(update={"text": text + case.text[at:]}), tuple(spans))


def explain(language: str, text: str) -> list[str]:
    """Return the concepts and codes seen in a text, for authors who wonder why."""
    folded, result, found = fold(text), lint_by_rules(text, language=language), matcher(language)
    concepts = [
        f"  {name}: {folded.text[a:b]}" for name, a, b in found.concepts(found.look(folded)) if name != "NOT_NAME"
    ]
    return concepts + [f"=> {hit.code}: {hit.quote}" for hit in (*result.elements, *result.defects, *result.remarks)]


def main(arguments: list[str]) -> int:
    """Check one language and print every problem; `-e TEXT` explains one text instead."""
    language, codes = arguments[0], arguments[1:]
    if codes[:1] == ["-e"]:
        print("\n".join(explain(language, codes[1])))
        return 0
    try:
        checked = [e for e in examples(language) if not codes or e.code in codes]
        problems = [(e, problem) for e in checked if (problem := e.problem())]
    except DataError as error:
        print(error)
        return 1
    for doubt in () if codes else doubts(language):
        print(f"doubtful: {doubt}")
    for example, problem in problems:
        print(f"{example.language}/{example.code}\n    {problem}")
    without = sorted(set(rules()) - set(load_pack(language).files) - {MIXED})
    print(f"{len(checked)} examples, {len(problems)} problems; no file for: {', '.join(without) or 'none'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
