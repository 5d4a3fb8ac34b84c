"""The linter: text in; elements, defects and what is missing out, at offsets into the text as given."""

from __future__ import annotations

from datetime import date

from gdpr_assess.lang import texts
from gdpr_assess.model import Defect, Hit, LegalBasis, LintResult, WordingKind
from gdpr_assess.wording.dated import outdated
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.kinds import lacking
from gdpr_assess.wording.language import detect
from gdpr_assess.wording.match import matcher
from gdpr_assess.wording.pack import languages, rules
from gdpr_assess.wording.windows import Context, merged


def lint(
    text: str,
    *,
    language: str | None = None,
    kind: WordingKind | None = None,
    country: str | None = None,
    basis: LegalBasis | None = None,
    on: date | None = None,
    lang: str = "en",
) -> LintResult:
    """Check one text; `country` is that of the person addressed, `on` the date that decides which law is outdated."""
    language = language or detect(text)
    if language not in languages():
        return LintResult(language=None, kind=kind, not_analysed="no_pack" if language else "unknown_language")
    folded = fold(text)
    found = matcher(language)
    seen = merged(found.scan(folded, Context(kind, basis)) + outdated(folded, found, country, on))
    placed = [(place.code, *folded.span(place.start, place.end)) for place in seen]
    elements = tuple(_hit(text, *place) for place in placed if rules()[place[0]].kind == "element")
    defects = tuple(_defect(text, *place, lang) for place in placed if rules()[place[0]].kind == "defect")
    missing = None
    if kind is not None:
        missing = tuple(duty.any[0] for duty in lacking(kind, {element.code for element in elements}, basis))
    return LintResult(language=language, kind=kind, elements=elements, defects=defects, missing=missing)


def _hit(text: str, code: str, start: int, end: int) -> Hit:
    return Hit(code=code, start=start, end=end, quote=text[start:end])


def _defect(text: str, code: str, start: int, end: int, lang: str) -> Defect:
    rule, say, quote = rules()[code], texts(lang), text[start:end]
    key = f"wording.{code}"
    return Defect(
        code=code,
        start=start,
        end=end,
        quote=quote,
        severity=rule.severity,
        articles=rule.articles,
        message=say(key, "message", quote=quote),
        fix=say(key, "fix", quote=quote),
    )


