"""A rule of the wording linter in plain words: meaning, law, what must meet, and its examples."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.lang import Texts
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.law import sources
from gdpr_assess.report.words import grounds
from gdpr_assess.wording.kinds import requirements
from gdpr_assess.wording.pack import load_pack, meanings, rules
from gdpr_assess.wording.schema import Case, Pattern, Requirement

KINDS = ("element", "defect", "remark")


def overview(t: Texts) -> Iterator[str]:
    """Yield every code with its title, by kind."""
    for kind in KINDS:
        yield t(f"wording_lint.{kind}s")
        for code, rule in rules().items():
            if rule.kind == kind:
                yield f"  {code:24}{t(f'wording.{code}', 'title')}"


def coverage(languages: tuple[str, ...], t: Texts) -> Iterator[str]:
    """Yield code by language: how many examples are reported and clean, and when the rule was last reviewed."""
    yield f"{'':24}" + "".join(f"{language:>8}" for language in languages) + f"  {t('wording_lint.reviewed')}"
    for code, rule in rules().items():
        yield f"{code:24}" + "".join(f"{_count(code, name):>8}" for name in languages) + f"  {rule.reviewed}"
    yield t("wording_lint.coverage_key")


def _count(code: str, language: str) -> str:
    file = load_pack(language).files.get(code)
    return f"{len(file.examples.reported)}+{len(file.examples.clean)}" if file else "-"


def sheet(code: str, languages: tuple[str, ...], t: Texts) -> Iterator[str]:
    """Yield one rule."""
    rule = rules()[code]
    yield f"{code}: {t(f'wording.{code}', 'title')} ({t(f'wording_lint.{rule.kind}')}, {t.word(rule.severity)})"
    yield f"  {t(f'wording.{code}', 'message', quote='…', current='…')}"
    if rule.kind != "element":
        yield f"  → {t(f'wording.{code}', 'fix', quote='…', current='…')}"
    yield t("wording_lint.articles", articles=", ".join(rule.articles), controls=", ".join(rule.controls))
    if grounds(code, t):
        yield t("wording_lint.grounds", grounds="; ".join(grounds(code, t)))
    yield t("wording_lint.reviewed_on", on=rule.reviewed)
    for source in rule.sources:
        yield f"  {source.id}: {sources()[source.id].title} ({t(f'wording_lint.{source.status}')})"
    yield from _kinds(code, t)
    if rule.patterns:
        yield t("wording_lint.patterns")
        yield from (f"  {number}. {_pattern(p, t)}" for number, p in enumerate(rule.patterns, 1))
        yield from _concepts(rule.patterns, t)
    for language in languages:
        yield from _examples(code, language, t)


def _kinds(code: str, t: Texts) -> Iterator[str]:
    """Yield the kinds of text that must have an element."""
    for kind, duties in requirements().items():
        for duty in duties:
            if code in duty.any:
                where = "; ".join([t(f"wording_lint.{duty.authority}"), *_where(duty, t)])
                yield t("wording_lint.must_have", kind=t.word(kind), article=duty.article, authority=where)


def _where(duty: Requirement, t: Texts) -> Iterator[str]:
    """Yield on what it depends whether a duty applies."""
    for name, values in (("bases", duty.bases), ("not_bases", duty.not_bases)):
        if values:
            yield t(f"wording_lint.{name}", bases=list(map(t.word, values)))
    for fact in (duty.when, duty.national):
        if fact:
            yield t(f"wording_lint.when_{fact}")


def _pattern(pattern: Pattern, t: Texts) -> str:
    said = " + ".join(pattern.all)
    limits = [t(f"wording_lint.window_{pattern.window}")]
    if pattern.within:
        limits.append(t("wording_lint.within", count=pattern.within))
    if pattern.ordered:
        limits.append(t("wording_lint.ordered"))
    guards = (*pattern.none, *pattern.none_near, *pattern.nowhere)
    if guards:
        limits.append(t("wording_lint.not_with", names=", ".join(guards)))
    return f"{said}  ({', '.join(limits)})"


def _concepts(patterns: tuple[Pattern, ...], t: Texts) -> Iterator[str]:
    yield t("wording_lint.concepts")
    for name in sorted({name for pattern in patterns for name in pattern.concepts()}):
        yield f"  {name}: {meanings()[name]}"


def _examples(code: str, language: str, t: Texts) -> Iterator[str]:
    file = load_pack(language).files.get(code)
    if file is None:
        return
    yield t("wording_lint.examples", language=language_name(language, t.lang))
    for sign, examples in (("✓", file.examples.reported), ("–", file.examples.clean)):
        for example in examples:
            yield f"  {sign} {example.text if isinstance(example, Case) else example}"
