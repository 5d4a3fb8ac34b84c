"""The linter: text in; elements, defects and what is missing out, at offsets into the text as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gdpr_assess.lang import texts
from gdpr_assess.law import Superseded
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
    return examine(text, Known(language, kind, country, basis, on), lang)[0]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text beside its words."""

    language: str | None = None
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None
    on: date | None = None


Replaced = dict[tuple[int, int], Superseded]
"""Outdated names by their place in the text."""


def examine(text: str, known: Known, lang: str = "en") -> tuple[LintResult, Replaced]:
    """Check one text and tell, for every outdated name in it, what replaced it."""
    language = known.language.lower().split("-")[0] if known.language else detect(text)
    if language not in languages():
        reason = "no_pack" if language else "unknown_language"
        return LintResult(language=None, kind=known.kind, not_analysed=reason), {}
    found = matcher(language)
    look = found.look(folded := fold(text))
    old = {place.seen: place.entry for place in outdated(look, found, known.country, known.on)}
    seen = merged(found.scan(look, Context(known.kind, known.basis)) + list(old))
    hits = [(_hit(text, place.code, *folded.span(place.start, place.end)), old.get(place)) for place in seen]
    elements = tuple(hit for hit, _ in hits if rules()[hit.code].kind == "element")
    defects = tuple(_defect(hit, entry, lang) for hit, entry in hits if rules()[hit.code].kind == "defect")
    remarks = tuple(_defect(hit, None, lang) for hit, _ in hits if rules()[hit.code].kind == "remark")
    result = LintResult(
        language=language,
        kind=known.kind,
        elements=elements,
        defects=defects,
        remarks=remarks,
        missing=_missing(elements, known),
    )
    return result, {(hit.start, hit.end): entry for hit, entry in hits if entry is not None}


def _missing(elements: tuple[Hit, ...], known: Known) -> tuple[str, ...] | None:
    if known.kind is None:
        return None
    seen = {element.code for element in elements}
    return tuple(duty.any[0] for duty in lacking(known.kind, seen, known.basis, known.country, known.on))


def _hit(text: str, code: str, start: int, end: int) -> Hit:
    return Hit(code=code, start=start, end=end, quote=text[start:end])


def _defect(hit: Hit, entry: Superseded | None, lang: str) -> Defect:
    current = entry.current if entry else None
    rule, say, key = rules()[hit.code], texts(lang), f"wording.{hit.code}"
    return Defect(
        **hit.model_dump(),
        severity=rule.severity,
        articles=rule.articles,
        message=say(key, "message", quote=hit.quote, current=current),
        fix=say(key, "fix", quote=hit.quote, current=current),
    )
