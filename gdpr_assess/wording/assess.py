"""Assesses a client's wordings: those of the intake, and files below inputs/wordings that the intake does not name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.issue import Issue, nearest
from gdpr_assess.masking import masked
from gdpr_assess.model import (
    Defect,
    Effect,
    Finding,
    Hit,
    Intake,
    Lack,
    LegalBasis,
    LintResult,
    Place,
    Wording,
    WordingResult,
    finding_id,
)
from gdpr_assess.wording import suggest
from gdpr_assess.wording.files import read_text
from gdpr_assess.wording.kinds import lacking
from gdpr_assess.wording.known import Known
from gdpr_assess.wording.linter import Replaced, examine
from gdpr_assess.wording.pack import rules
from gdpr_assess.wording.situation import known as known_of
from gdpr_assess.workspace import ClientFolder

H = TypeVar("H", bound=Hit)
Assessed = tuple[list[WordingResult], list[Finding], list[Issue]]


@dataclass(frozen=True)
class _Source:
    """One wording with its text, or a file that the intake does not list (`kind` is then unknown)."""

    wording: Wording | None
    id: str
    text: str
    place: Place


def assess(intake: Intake, folder: ClientFolder, as_of: date) -> Assessed:
    """Lint every wording; findings come from those in use on the day, personal data in the texts are masked."""
    results: list[WordingResult] = []
    findings: list[Finding] = []
    sources, issues = _sources(intake, folder)
    for source in sources:
        result, found = _examined(source, intake, as_of)
        results.append(result)
        findings += found
        issues += _unread(source, result)
    return results, findings, issues


def assess_text(wording: Wording, intake: Intake, as_of: date) -> tuple[WordingResult, list[Finding]]:
    """Lint one text that the intake need not hold, just as `assess` does those that it holds."""
    source = _Source(wording, wording.id, wording.text or "", Place(file=wording.id))
    return _examined(source, intake, as_of)


def _examined(source: _Source, intake: Intake, as_of: date) -> tuple[WordingResult, list[Finding]]:
    known = Known(on=as_of) if source.wording is None else known_of(source.wording, intake, as_of)
    seen, replaced = examine(source.text, known)
    result = _advised(_result(source, seen, known), replaced, intake, known.basis, as_of)
    if source.wording is not None and not _in_use(source.wording, as_of):
        return result, []
    return result, [*_defects(source, result, replaced), *_missing(source, result, known)]


def _sources(intake: Intake, folder: ClientFolder) -> tuple[list[_Source], list[Issue]]:
    sources: list[_Source] = []
    issues: list[Issue] = []
    for wording in intake.wordings:
        at = intake.place(f"wordings/{wording.id}")
        if wording.text is not None:
            sources.append(_Source(wording, wording.id, wording.text, at))
        elif wording.file is not None:
            text, problems = _read(folder, wording.file, at)
            issues += problems
            if text is not None:
                sources.append(_Source(wording, wording.id, text, Place(file=_shown(folder, wording.file))))
    named = {_shown(folder, wording.file) for wording in intake.wordings if wording.file}
    return sources + list(_unlisted(folder, named, issues)), issues


def _shown(folder: ClientFolder, name: str) -> str:
    return folder.name_of(folder.wordings / name)


def _read(folder: ClientFolder, name: str, at: Place) -> tuple[str | None, list[Issue]]:
    path = folder.wordings / name
    if not path.resolve().is_relative_to(folder.wordings.resolve()):
        return None, [Issue(code="wording.file_outside", place=at, params={"file": name})]
    if not path.is_file():
        there = [found.relative_to(folder.wordings).as_posix() for found in _files(folder)]
        params = {"file": name, "nearest": nearest(name, there)}
        return None, [Issue(code="wording.file_missing", place=at, params=params)]
    return read_text(path, _shown(folder, name))


def _files(folder: ClientFolder) -> list[Path]:
    found = (path for path in sorted(folder.wordings.rglob("*")) if path.is_file())
    return [path for path in found if not path.name.startswith((".", "~$"))]


def _unlisted(folder: ClientFolder, named: set[str], issues: list[Issue]) -> Iterator[_Source]:
    for path in _files(folder):
        shown = folder.name_of(path)
        if shown in named:
            continue
        issues.append(Issue(code="wording.file_not_listed", place=Place(file=shown), level="warning"))
        text, problems = read_text(path, shown)
        issues += problems
        if text is not None:
            yield _Source(None, path.relative_to(folder.wordings).as_posix(), text, Place(file=shown))


def _result(source: _Source, result: LintResult, known: Known) -> WordingResult:
    text = masked(source.text, phones=False)
    return WordingResult(
        wording=source.id, place=source.place, country=known.country, text=text, result=_quoted(result, text)
    )


def _advised(
    result: WordingResult, replaced: Replaced, intake: Intake, basis: LegalBasis | None, as_of: date
) -> WordingResult:
    """Add what to change, and the compliant text of the same kind, where the language has one."""
    seen = result.result
    about = suggest.wanted(result.text, seen, result.country, basis, as_of)
    if about is None or about.language not in suggest.languages():
        return result
    facts = suggest.known(intake, about)
    return result.model_copy(
        update={
            "changes": tuple(suggest.changes(seen, about, facts, replaced)),
            "suggestion": suggest.suggest(about, facts),
        }
    )


def _quoted(result: LintResult, text: str) -> LintResult:
    """Take the quotes from the masked text; offsets stay, because masking keeps the length."""
    return result.model_copy(
        update={
            "elements": tuple(_masked(hit, text) for hit in result.elements),
            "defects": tuple(_masked(hit, text) for hit in result.defects),
            "remarks": tuple(_masked(hit, text) for hit in result.remarks),
            "doubtful": tuple(_masked(hit, text) for hit in result.doubtful),
        }
    )


def _masked(hit: H, text: str) -> H:
    """Return a hit with what stands in a masked text at its place; of its telling words none that is masked."""
    quote = text[hit.start : hit.end]
    words = tuple(word for word in hit.likely_by if word in quote) or (hit.likely_by and ("…",))
    return hit.model_copy(update={"quote": quote, "likely_by": words})


def _unread(source: _Source, result: WordingResult) -> list[Issue]:
    """Return what of a text could not be analysed, and whether it is in another language than was said."""
    seen, given = result.result, source.wording.language if source.wording else None
    said: dict[str, str | None] = {}
    if seen.language and given and seen.language != given.lower().split("-")[0]:
        said = {"other_language": seen.language}
    for part in seen.parts_not_analysed:
        said["no_pack" if seen.not_analysed else "part"] = part.language
    if seen.not_analysed == "unknown_language":
        said = {"unknown_language": given}
    return [
        Issue(
            code=f"wording.{code}", place=source.place, params={"wording": source.id, "language": one}, level="warning"
        )
        for code, one in said.items()
    ]


def _in_use(wording: Wording, as_of: date) -> bool:
    begun = wording.valid_from is None or wording.valid_from <= as_of
    return begun and (wording.valid_to is None or as_of <= wording.valid_to)


def _defects(source: _Source, result: WordingResult, replaced: Replaced) -> Iterator[Finding]:
    numbers: Counter[str] = Counter()
    seen = result.result
    for defect in (*seen.sure_defects, *seen.remarks):
        entry = replaced.get((defect.start, defect.end))
        subject = f"wording:{source.id}#{numbers[defect.code]}"
        numbers[defect.code] += 1
        yield Finding(
            id=finding_id(defect.code, subject),
            source="wording",
            rule=defect.code,
            effect=_effect(defect),
            controls=_controls(defect.code),
            severity=defect.severity,
            articles=defect.articles,
            place=source.place.model_copy(update={"span": (defect.start, defect.end)}),
            params=_params(result) | {"quote": defect.quote} | ({"current": entry.current} if entry else {}),
        )

    likely = [defect for defect in seen.defects if defect.likely_by]
    doubtful = [hit for hit in seen.doubtful if rules()[hit.code].kind == "defect"]
    for rule, hits in (("likely_defect", likely), ("doubtful", doubtful)):
        for code, hit in {hit.code: hit for hit in reversed(hits)}.items():
            yield _asked(source, result, hit, rule, code, rules()[code].articles)


def _asked(
    source: _Source, result: WordingResult, hit: Hit, rule: str, code: str, articles: tuple[str, ...]
) -> Finding:
    """Return a finding that asks, once a text and code, to confirm what is only likely, or doubtful."""
    words = {"words": hit.likely_by} if hit.likely_by else {}
    return Finding(
        id=finding_id(f"{rule}.{code}", f"wording:{source.id}"),
        source="wording",
        rule=rule,
        effect="indicator",
        controls=_controls(code),
        severity=rules()[code].severity,
        articles=articles,
        place=source.place.model_copy(update={"span": (hit.start, hit.end)}),
        params=_params(result) | {"element": code, "quote": hit.quote} | words,
    )


def _effect(defect: Defect) -> Effect:
    if rules()[defect.code].kind == "remark":
        return "practice"
    return "indicator" if defect.unverified else "violation"


def _missing(source: _Source, result: WordingResult, known: Known) -> Iterator[Finding]:
    if known.kind is None or result.result.not_analysed:
        return
    uncertain = {hit.code: hit for hit in (*result.result.doubtful, *result.result.likely)}
    sure = {hit.code for hit in result.result.sure}
    for duty, lack in lacking(known, sure):
        hit = next((uncertain[other] for other in duty.any if other in uncertain), None)
        if hit:
            yield _asked(source, result, hit, "likely" if hit.likely_by else "doubtful", lack.code, lack.articles)
        else:
            yield _lacked(source, result, lack)


def _lacked(source: _Source, result: WordingResult, lack: Lack) -> Finding:
    """Return a finding on what a text lacks; one that asks where it depends on what is not known."""
    rule = f"depends.{lack.asks}" if lack.asks else f"missing.{lack.code}"
    of = f"{'depends' if lack.asks else 'missing'}.{lack.code}"
    law = {"land": lack.law.country, "law": lack.law.read} if lack.law else {}
    return Finding(
        id=finding_id(of, f"wording:{source.id}"),
        source="wording",
        rule=rule,
        effect="indicator" if lack.asks else "violation" if lack.authority == "law" else "practice",
        controls=_controls(lack.code),
        severity=rules()[lack.code].severity,
        articles=lack.articles,
        place=source.place,
        params=_params(result) | {"element": lack.code} | law,
    )


def _params(result: WordingResult) -> dict[str, str | None]:
    seen = result.result
    return {"wording": result.wording, "kind": seen.kind, "language": seen.language, "country": result.country}


def _controls(code: str) -> tuple[str, ...]:
    """Return the controls of a rule that the catalogue holds."""
    held = load_catalogue().controls
    return tuple(control for control in rules()[code].controls if control in held)
