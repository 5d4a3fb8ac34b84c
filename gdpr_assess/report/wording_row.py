"""One of the client's texts in the reader's words: marks, what it says, what it lacks."""

from __future__ import annotations

from typing import Any

from gdpr_assess.lang import Texts
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.lang.sentences import place_text
from gdpr_assess.model import Assessment, Defect, LintResult, WordingResult
from gdpr_assess.report.rows import Mark, WordingRow
from gdpr_assess.report.words import citation, element_name, missing_fix, rule_text


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
        missing=tuple((element_name(code, t), missing_fix(code, t)) for code in result.missing or ()),
        not_analysed=t(f"report.not_analysed_{result.not_analysed}") if result.not_analysed else None,
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
        articles=tuple(citation(article, t) for article in defect.articles),
    )


def _params_at(wording: WordingResult, defect: Defect, run: Assessment) -> dict[str, Any]:
    """Return the params of the finding that was made of a defect."""
    if defect.likely_by:
        return {"element": defect.code, "words": defect.likely_by}
    at = wording.place.model_copy(update={"span": (defect.start, defect.end)})
    found = (f for f in run.findings if f.source == "wording" and f.rule == defect.code and f.place == at)
    return next((finding.params for finding in found), {})
