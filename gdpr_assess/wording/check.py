"""Runs the examples of a language's pack: `python -m gdpr_assess.wording.check zh [CODE ...]`."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from gdpr_assess.issue import DataError
from gdpr_assess.wording.doubts import doubts
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.known import Known
from gdpr_assess.wording.linter import MIXED, examine, lint_by_rules
from gdpr_assess.wording.match import matcher
from gdpr_assess.wording.pack import PACKS, hint, load_pack, located, rules
from gdpr_assess.wording.schema import Case

_MARK = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """An example of a pack without its marks; `spans` are the places that must be reported (none for a clean one)."""

    language: str
    code: str
    case: Case
    spans: tuple[tuple[int, int], ...]
    marked: str = ""
    """Its text as its author wrote it."""

    def placed(self, problem: str) -> str:
        """Return a problem with the file and line of the example."""
        return located(PACKS / self.language / f"{self.code}.yaml", self.marked or self.case.text, problem)

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


def examples(language: str) -> tuple[Example, ...]:
    """Return every example of a language; raises DataError listing those that are marked wrongly."""
    found = []
    for code, file in load_pack(language).files.items():
        for given, reported in ((file.examples.reported, True), (file.examples.clean, False)):
            cases = (Case(text=item) if isinstance(item, str) else item for item in given)
            found += [(_unmarked(language, code, case), reported) for case in cases]
    problems = [problem for example, reported in found if (problem := _mismarked(example, reported))]
    if problems:
        raise DataError("\n".join(problems))
    return tuple(example for example, _ in found)


def _unmarked(language: str, code: str, case: Case) -> Example:
    spans, text, at = [], "", 0
    for match in _MARK.finditer(case.text):
        text += case.text[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    text += case.text[at:]
    return Example(language, code, case.model_copy(update={"text": text}), tuple(spans), case.text)


def _mismarked(example: Example, reported: bool) -> str | None:
    text = example.case.text
    if "[[" in text or "]]" in text:
        return example.placed(f"a mark has no `[[` or no `]]`: {example.marked}")
    if reported and not example.spans:
        return example.placed(f"an example under `reported` needs a [[span]]: {text}")
    if example.spans and not reported:
        return example.placed(f"an example under `clean` has no [[span]]: {example.marked}")
    return None


def explain(language: str, text: str) -> list[str]:
    """Return the concepts and codes seen in a text, for authors who wonder why."""
    folded, result, found = fold(text), lint_by_rules(text, language=language), matcher(language)
    concepts = [
        f"  {name}: {folded.text[a:b]}" for name, a, b in found.concepts(found.look(folded)) if name != "NOT_NAME"
    ]
    return concepts + [f"=> {hit.code}: {hit.quote}" for hit in (*result.elements, *result.defects, *result.remarks)]


def _refuse(codes: list[str]) -> None:
    unknown = [f"no code {code!r}{hint(code, rules())}" for code in codes if code not in rules()]
    if unknown:
        raise DataError("\n".join(unknown))


def main(arguments: list[str]) -> int:
    """Check one language and print every problem; `-e TEXT` explains one text instead."""
    if not arguments:
        print(__doc__)
        return 1
    language, codes = arguments[0], arguments[1:]
    if codes[:1] == ["-e"]:
        print("\n".join(explain(language, codes[1])))
        return 0
    try:
        _refuse(codes)
        checked = [e for e in examples(language) if not codes or e.code in codes]
        problems = [(e, problem) for e in checked if (problem := e.problem())]
    except DataError as error:
        print(error)
        return 1
    for doubt in () if codes else doubts(language):
        print(f"doubtful: {doubt}")
    for example, problem in problems:
        print(example.placed(problem))
    without = sorted(set(rules()) - set(load_pack(language).files) - {MIXED})
    print(f"{len(checked)} examples, {len(problems)} problems; no file for: {', '.join(without) or 'none'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
