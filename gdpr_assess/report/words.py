"""Words for what has no text of its own: places, scopes, citations, findings, controls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gdpr_assess.lang import Texts
from gdpr_assess.lang.sentences import place_text
from gdpr_assess.law import decided
from gdpr_assess.model import CLIENT, Assessment, Place
from gdpr_assess.wording.pack import rules

WORDED = frozenset(["activity", "role", "data_subjects", "categories", "legal_basis", "art9_condition", "security"])
"""Columns of the register that hold our values; what stands in the others is the client's own."""
_RECITAL = re.compile(r"(?:GDPR )?[Rr]ecital (\d{1,3})")
_ARTICLE = re.compile(r"(?:(?P<act>UK GDPR|GDPR) )?(?:Art\.? ?)?(?P<number>\d{1,2})(?P<parts>(?:\([0-9a-z]+\))*)")


def places_text(places: Iterable[Place], t: Texts) -> tuple[str, ...]:
    """Return places file by file, with their rows as ranges: `calls.csv · rows 2–9, 14`."""
    by_file: dict[tuple[str, str | None], list[int]] = {}
    others: dict[str, None] = {}
    for place in places:
        if place.row is None or place.cell:
            others[place_text(place, t)] = None
        else:
            by_file.setdefault((place.file, place.sheet), []).append(place.row)
    grouped = [
        " · ".join(part for part in (file, sheet, t("report.place_rows", rows=ranges(rows))) if part)
        for (file, sheet), rows in by_file.items()
    ]
    return (*grouped, *others)


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order, neighbours joined: `2–4, 9`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def citation(article: str, t: Texts) -> str:
    """Return a citation in the reader's form: `6(1)(a)` becomes "Art. 6(1)(a) GDPR"; other law stays as cited."""
    recital = _RECITAL.fullmatch(article.strip())
    if recital is not None:
        return t("report.citation_recital", number=recital[1])
    match = _ARTICLE.fullmatch(article.strip())
    if match is None:
        return article
    act = match["act"] or "GDPR"
    if t.lang != "zh":
        return t("report.citation", act=act, article=f"{match['number']}{match['parts']}")
    units = ("第{}款", "第({})项")
    parts = re.findall(r"\(([0-9a-z]+)\)", match["parts"])
    levels = [units[0 if part.isdigit() else 1].format(part) for part in parts]
    return t("report.citation", act=act, article=match["number"]) + "".join(levels)


def scope_name(scope: str, run: Assessment, t: Texts) -> str:
    """Return what a scope stands for: the client, or the name of a site, processor or system."""
    if scope == CLIENT:
        return t("report.scope_client")
    key = scope.partition(":")[2]
    return names(run).get(key, key)


def names(run: Assessment) -> dict[str, str]:
    """Return the name of each site, partner and system by its id."""
    found = {site.id: site.name for site in run.sites}
    found |= {partner.id: partner.name for partner in run.partners}
    return found | {system.id: system.name for system in run.systems}


def control_text(control: str, field: str, t: Texts) -> str:
    """Return a text of a control; a control that this version does not know is shown by its id."""
    key = f"control.{control}"
    return t(key, field) if t.has(key) else control


def rule_text(source: str, rule: str, field: str, t: Texts, params: dict[str, Any]) -> str:
    """Return a text of a finding's rule; a rule that this version does not know says so."""
    key = f"{source}.{rule}"
    return t(key, field, **params) if t.has(key) else t("report.unknown_rule", field, rule=rule)


def element_name(code: str, t: Texts) -> str:
    """Return the name of a piece of information that a wording can hold."""
    key = f"wording.{code}"
    return t(key, "title") if t.has(key) else t.word(code)


def grounds(code: str, t: Texts) -> tuple[str, ...]:
    """Return the guidelines and decisions behind a rule of the linter; what nobody has read says so."""
    rule = rules().get(code)
    if rule is None:
        return ()
    memory = f" ({t('wording_lint.memory')})"
    said = [support.says + memory * (support.status == "memory") for support in rule.support]
    for case in (decided()[name] for name in rule.cases):
        said.append(f"{case.authority} {case.reference or case.party} ({case.when})" + memory * (not case.verified))
    return tuple(said)


def law_of(code: str, articles: Iterable[str], t: Texts) -> tuple[str, ...]:
    """Return why a rule of the linter matters: articles, then guidelines and decisions."""
    return (*(citation(article, t) for article in articles), *grounds(code, t))


def register_head(key: str, t: Texts) -> str:
    """Return the head of a column of the register of processing."""
    name = f"report.register_{key}"
    return t(name) if t.has(name) else t.word(key)


def register_cell(key: str, value: Any, t: Texts) -> str | int | float | None:
    """Return a value of the register of processing in words; lists stand under each other."""
    if isinstance(value, list | tuple):
        return "\n".join(str(register_cell(key, item, t)) for item in value)
    if isinstance(value, dict):
        return t("report.register_transfer", **{"country": None, "recipient": None, "tool": None, **value})
    return own_word(value, t) if isinstance(value, str) and key in WORDED else value


def own_word(value: str, t: Texts) -> str:
    """Return the word for a value that only the register knows, or else the common word for it."""
    key = f"report.value_{value}"
    return t(key) if t.has(key) else t.word(value)
