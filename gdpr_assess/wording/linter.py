"""The linter: text in; elements, defects and what is missing out, at offsets into the text as given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Unpack

from gdpr_assess.lang import texts
from gdpr_assess.law import Superseded
from gdpr_assess.model import Defect, ForeignPart, Hit, Lack, LegalBasis, LintResult, WordingKind
from gdpr_assess.wording.dated import OUTDATED, Outdated, outdated
from gdpr_assess.wording.fold import Folded, mixed_words, plain_numbers
from gdpr_assess.wording.kinds import lacking
from gdpr_assess.wording.known import ANYTHING, Given, Known, told
from gdpr_assess.wording.language import detect
from gdpr_assess.wording.likely import LikelySeen, learnt
from gdpr_assess.wording.look import Look
from gdpr_assess.wording.match import Matcher, Plan, matcher
from gdpr_assess.wording.pack import languages, rules
from gdpr_assess.wording.tongues import Part, parts
from gdpr_assess.wording.windows import Context, Seen, merged

MOST_REMEMBERED = 5_000
"""So many results are kept within one batch for texts that come again, or that come again with other long numbers."""

NOT_PRIVATE = frozenset({"controller_identity", "controller_contact", "more_information"})
"""Elements that ordinary messages rightly have."""
PRIVATE = 2
"""A text of unknown kind is about privacy if rules find so many things in it that ordinary messages do not have."""
ORDINARY: tuple[WordingKind | None, ...] = (None, "message_notice")
"""Texts of unknown kind, and messages, may have nothing to do with privacy: words alone do not make them so."""
MIXED = "mixed_letters"
"""The remark on words with letters of another script that look like the right ones; it needs no pack."""


Item = str | tuple[str, Known]
"""A text, or a text with what is known of it."""
Replaced = dict[tuple[int, int], Superseded]
"""Outdated names by their place in the text."""


def lint(text: str, *, lang: str = "en", **given: Unpack[Given]) -> LintResult:
    """Check one text; `country` is that of the person addressed, `on` the date that decides which law is outdated.

    In a text of a known kind, or in which rules find several things about privacy, what no rule finds but its words and
    concepts make likely is among the hits, and says by which words. Raises ValueError for a kind that does not exist.
    """
    return examine(text, told(**given), lang)[0]


def lint_by_rules(text: str, *, language: str | None = None, kind: WordingKind | None = None) -> LintResult:
    """Check one text by rules alone."""
    return examine(text, Known(language, kind, likely=False))[0]


def lint_many(items: Iterable[Item], *, lang: str = "en", **given: Unpack[Given]) -> Iterator[LintResult]:
    """Check many texts one after the other, as `lint` does; a text that comes with its own `Known` is taken by that.

    Raises ValueError for a kind that does not exist, when the first result is asked for.
    """
    common, remembered = told(**given), dict[Item, tuple[LintResult, Replaced]]()
    for item in items:
        text, known = item if isinstance(item, tuple) else (item, common)
        plain = plain_numbers(text)
        alike = plain if known is common else (plain, known)
        seen = remembered.get(alike)
        result = _requoted(*seen, text, lang) if seen else None
        if result is None:
            result, replaced = _examined(text, plain, known, lang)
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()
            remembered[alike] = result, replaced
        yield result


def _requoted(result: LintResult, replaced: Replaced, text: str, lang: str) -> LintResult | None:
    """Return a result for a text that differs in long numbers only, quoted from it; None if it says not the same.

    Words that speak for something likely have no places: where they are not in the text, it is read anew.
    """
    hits = (*result.elements, *result.defects, *result.remarks, *result.doubtful)
    if any(word not in text for hit in hits for word in hit.likely_by):
        return None
    if all(text[hit.start : hit.end] == hit.quote for hit in hits):
        return result

    def quoted(hit: Hit) -> Hit:
        return _hit(text, hit.code, hit.start, hit.end).model_copy(update={"likely_by": hit.likely_by})

    def defect(hit: Hit) -> Defect:
        return _defect(quoted(hit), replaced.get((hit.start, hit.end)), lang)

    return result.model_copy(
        update={
            "elements": tuple(map(quoted, result.elements)),
            "defects": tuple(map(defect, result.defects)),
            "remarks": tuple(map(defect, result.remarks)),
            "doubtful": tuple(map(quoted, result.doubtful)),
        }
    )


def examine(text: str, known: Known, lang: str = "en") -> tuple[LintResult, Replaced]:
    """Check one text and tell, for every outdated name in it, what replaced it."""
    return _examined(text, plain_numbers(text), known, lang)


def _examined(text: str, plain: str, known: Known, lang: str) -> tuple[LintResult, Replaced]:
    """Check one text; `plain` is the text as it is read."""
    language = _code(known.language) if known.language else detect(plain)
    divided = parts(plain, language)
    if divided:
        return _by_parts(text, language, divided, known, lang)
    if language not in languages():
        return _unread(text, language, known), {}
    found, doubtful = _found(text, plain, language, known)
    if found or doubtful:
        return _result(language, found, doubtful, known, lang)
    return _nothing(language, known if known.kind else ANYTHING), {}


@lru_cache(maxsize=256)
def _code(language: str) -> str:
    """Return the code of a language as it may be given: `en`, `EN` or `en-GB`."""
    return language.lower().split("-")[0]


Found = list[tuple[Hit, Superseded | None]]


def _found(text: str, plain: str, language: str, known: Known) -> tuple[Found, list[Hit]]:
    """Return what is seen in a text that is in one language, in the order of the text, and what is doubtful in it.

    `plain` is the text as it is read.
    """
    found = matcher(language)
    glance = found.glance(plain)
    read = found.read(glance)
    hits, doubtful = _by_rules(text, found, *read, known) if read else [], list[Hit]()
    others = [] if text.isascii() else [_hit(text, MIXED, *place) for place in mixed_words(text)]
    codes = {hit.code for hit, _ in hits}
    private = len(codes - NOT_PRIVATE)
    learned = learnt(language) if known.likely and (private or known.kind not in ORDINARY) else None
    if learned is not None:
        look = read[0] if read else found.look(glance)
        folded, concepts = look.folded, partial(found.concepts, look)
        judged = learned.judge(folded, concepts, codes, known.kind)
        likely = [one for one in judged.seen if not _left_to_rules(one.code, known.basis)]
        others += _by_words(text, folded, likely) if known.kind or private >= PRIVATE else []
        doubtful = [hit for hit, _ in hits if hit.code in judged.doubtful]
        hits = [pair for pair in hits if pair[0].code not in judged.doubtful]
    return _in_order([*hits, *((hit, None) for hit in others)]) if others else hits, doubtful


@lru_cache(maxsize=256)
def _left_to_rules(code: str, basis: LegalBasis | None) -> bool:
    """Tell whether rules make a difference of the legal basis for a code, which words know nothing of."""
    return any(basis in pattern.not_bases for pattern in rules()[code].patterns)


def _in_order(hits: Found) -> Found:
    return sorted(hits, key=lambda pair: _at(pair[0]))


def _at(hit: Hit) -> tuple[int, int, str]:
    return hit.start, hit.end, hit.code


def _by_rules(text: str, found: Matcher, look: Look, plan: Plan, known: Known) -> Found:
    folded, old = look.folded, outdated(look, found, known.country, known.on) if plan.replaced else []
    seen: list[Seen] = merged(found.scan(look, plan, Context(known.kind, known.basis)) + [place.seen for place in old])
    return [(_hit(text, place.code, *folded.span(place.start, place.end)), _replaced(place, old)) for place in seen]


def _by_words(text: str, folded: Folded, seen: list[LikelySeen]) -> list[Hit]:
    """Return what sentences likely say, each with the words that speak for it as they stand in the text."""
    found = []
    for one in seen:
        words = [folded.span(*place) for place in one.words]
        hit = _hit(text, one.code, *folded.span(one.start, one.end))
        found.append(hit.model_copy(update={"likely_by": tuple(text[start:end] for start, end in words)}))
    return found


def _replaced(place: Seen, old: list[Outdated]) -> Superseded | None:
    """Return the outdated name in a place, also where a phrase of the pack found more of it."""
    inside = (o.entry for o in old if o.seen.code == place.code and place.start <= o.seen.start < place.end)
    return next(inside, None)


def _by_parts(text: str, main: str | None, found: list[Part], known: Known, lang: str) -> tuple[LintResult, Replaced]:
    """Check each part with the pack of its language, with the other parts blanked out."""
    readable = sorted({part.language for part in found if part.language} & set(languages()))
    if not readable:
        return _unread(text, found[0].language or main, known), {}
    hits: Found = []
    doubtful: list[Hit] = []
    for language in readable:
        own = _only(text, language, found)
        more, doubts = _found(own, plain_numbers(own), language, known)
        hits += more
        doubtful += doubts
    sizes = {language: sum(p.end - p.start for p in found if p.language == language) for language in readable}
    first = main if main in readable else max(readable, key=lambda language: sizes[language])
    result, replaced = _result(str(first), _in_order(hits), doubtful, known, lang)
    unread = tuple(
        ForeignPart(start=p.start, end=p.end, language=p.language) for p in found if p.language not in readable
    )
    return result.model_copy(update={"parts_not_analysed": unread}), replaced


def _only(text: str, language: str, found: list[Part]) -> str:
    """Return the text with line breaks in place of all parts in other languages."""
    return "".join(
        text[part.start : part.end] if part.language == language else "\n" * (part.end - part.start) for part in found
    )


def _unread(text: str, language: str | None, known: Known) -> LintResult:
    """Return that nothing was read; the text as a whole is a part in its language where that is known."""
    if language is None:
        return LintResult(language=None, kind=known.kind, not_analysed="unknown_language")
    whole = ForeignPart(start=0, end=len(text), language=language)
    return LintResult(language=None, kind=known.kind, not_analysed="no_pack", parts_not_analysed=(whole,))


@lru_cache(maxsize=256)
def _nothing(language: str, known: Known) -> LintResult:
    lacks = _lacks((), known)
    return LintResult(language=language, kind=known.kind, missing=_missing(lacks), lacking=lacks or ())


def _result(language: str, hits: Found, doubtful: list[Hit], known: Known, lang: str) -> tuple[LintResult, Replaced]:
    elements = tuple(hit for hit, _ in hits if rules()[hit.code].kind == "element")
    lacks = _lacks((*elements, *doubtful), known)
    result = LintResult(
        language=language,
        kind=known.kind,
        elements=elements,
        defects=tuple(_defect(hit, entry, lang) for hit, entry in hits if rules()[hit.code].kind == "defect"),
        remarks=tuple(_defect(hit, None, lang) for hit, _ in hits if rules()[hit.code].kind == "remark"),
        doubtful=tuple(sorted(doubtful, key=_at)),
        missing=_missing(lacks),
        lacking=lacks or (),
    )
    return result, {(hit.start, hit.end): entry for hit, entry in hits if entry is not None}


def _lacks(seen: tuple[Hit, ...], known: Known) -> tuple[Lack, ...] | None:
    return None if known.kind is None else tuple(lack for _, lack in lacking(known, {hit.code for hit in seen}))


def _missing(lacks: tuple[Lack, ...] | None) -> tuple[str, ...] | None:
    return None if lacks is None else tuple(lack.code for lack in lacks if not lack.asks)


def _hit(text: str, code: str, start: int, end: int) -> Hit:
    return Hit(code=code, start=start, end=end, quote=text[start:end])


def _defect(hit: Hit, entry: Superseded | None, lang: str) -> Defect:
    rule, unverified = rules()[hit.code], not entry.verified if entry else hit.code in OUTDATED
    severity, articles = rule.severity, rule.articles
    seen = Defect(**hit.model_dump(), severity=severity, articles=articles, message="", fix="", unverified=unverified)
    say, params = texts(lang), {"quote": hit.quote, "current": entry.current if entry else None}
    message = say(f"wording.{seen.told_as}", "message", words=hit.likely_by, **params)
    return seen.model_copy(update={"message": message, "fix": say(f"wording.{seen.told_as}", "fix", **params)})
