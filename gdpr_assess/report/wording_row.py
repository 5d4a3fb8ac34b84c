"""One of the client's texts in the reader's words: marks, what it says, what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.lang import Texts
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.lang.sentences import place_text
from gdpr_assess.model import Assessment, Defect, Lack, LintResult, WordingResult
from gdpr_assess.report.rows import LackRow, Mark, WordingRow
from gdpr_assess.report.words import element_name, law_of, rule_text

MOST_SHOWN = 90
"""So many characters are shown of a part that was not analysed."""


def wording_row(wording: WordingResult, run: Assessment, t: Texts) -> WordingRow:
    """Return a text with its marks in the order in which they stand."""
    result = wording.result
    ordered = sorted((*result.defects, *result.remarks), key=lambda defect: (defect.start, defect.end, defect.code))
    return WordingRow(
        wording=wording,
        kind=t.word(result.kind) if result.kind else None,
        language=language_name(result.language, t.lang) if result.language else None,
        where=place_text(wording.place, t),
        marks=tuple(_mark(wording, defect, run, t) for defect in ordered),
        present=_names(result, t),
        probable=tuple(name for name in _names(result, t, likely=True) if name not in _names(result, t)),
        doubtful=tuple(dict.fromkeys(element_name(hit.code, t) for hit in result.doubtful)),
        missing=tuple(_lack(lack, t) for lack in result.lacking if not lack.asks),
        depends=tuple(_lack(lack, t) for lack in result.lacking if lack.asks),
        not_analysed=_not_analysed(result, t),
        unread=() if result.not_analysed else tuple(_unread(wording.text, result, t)),
    )


def _not_analysed(result: LintResult, t: Texts) -> str | None:
    language = next((part.language for part in result.parts_not_analysed), None)
    return result.not_analysed and t(f"report.not_analysed_{result.not_analysed}", language=language)


def _unread(text: str, result: LintResult, t: Texts) -> Iterator[tuple[str, str]]:
    """Yield the words of each part that was not analysed, and why it was not."""
    for part in result.parts_not_analysed:
        words = " ".join(text[part.start : part.end].split())
        shown = words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
        yield shown, t("report.part_not_analysed", language=part.language)


def _lack(lack: Lack, t: Texts) -> LackRow:
    """Return what a text lacks in words; where what is not known decides, what to find out."""
    law = {"land": lack.law.country, "law": lack.law.read} if lack.law else {"land": None, "law": None}
    key = f"wording.depends.{lack.asks}" if lack.asks else f"wording.missing.{lack.code}"
    return LackRow(
        name=element_name(lack.code, t),
        law=law_of(lack.code, lack.citations, t),
        fix=t(key, "message" if lack.asks else "fix", element=lack.code, **law),
        instead=tuple(element_name(code, t) for code in lack.instead),
    )


def _names(result: LintResult, t: Texts, *, likely: bool = False) -> tuple[str, ...]:
    """Return what a text says, each once: what rules found, or what is only likely."""
    return tuple(dict.fromkeys(element_name(hit.code, t) for hit in result.elements if bool(hit.likely_by) == likely))


def _mark(wording: WordingResult, defect: Defect, run: Assessment, t: Texts) -> Mark:
    params = {"current": None} | _params_at(wording, defect, run) | {"quote": defect.quote}

    def say(field: str) -> str:
        return rule_text("wording", defect.told_as, field, t, params)

    return Mark(
        start=defect.start,
        end=defect.end,
        code=defect.code,
        severity=defect.severity,
        title=say("title"),
        message=say("message"),
        fix=say("fix"),
        articles=law_of(defect.code, defect.articles, t),
    )


def _params_at(wording: WordingResult, defect: Defect, run: Assessment) -> dict[str, Any]:
    """Return the params of the finding that was made of a defect."""
    if defect.likely_by:
        return {"element": defect.code, "words": defect.likely_by}
    at = wording.place.model_copy(update={"span": (defect.start, defect.end)})
    found = (f for f in run.findings if f.source == "wording" and f.rule == defect.code and f.place == at)
    return next((finding.params for finding in found), {})
