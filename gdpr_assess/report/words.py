"""Words for what has no text of its own: places, scopes, citations, findings, controls."""

from __future__ import annotations

import re
from typing import Any

from gdpr_assess.lang import Texts
from gdpr_assess.model import CLIENT, Assessment, Place

_ARTICLE = re.compile(r"(?:(?P<act>UK GDPR|GDPR) )?(?:Art\.? ?)?(?P<number>\d{1,2})(?P<parts>(?:\([0-9a-z]+\))*)")


def place_text(place: Place, t: Texts) -> str:
    """Return a place as readers see it: file, sheet and cell, row."""
    cell = f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.sheet or place.cell
    row = t("report.place_row", row=place.row) if place.row is not None and not place.cell else None
    return " · ".join(part for part in (place.file, cell, row) if part)


def citation(article: str, t: Texts) -> str:
    """Return a citation in the reader's form: `6(1)(a)` becomes "Art. 6(1)(a) GDPR"; other law stays as cited."""
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
    key = f"report.element_{code}"
    return t(key) if t.has(key) else t.word(code)


def register_head(key: str, t: Texts) -> str:
    """Return the head of a column of the register of processing."""
    name = f"report.register_{key}"
    return t(name) if t.has(name) else t.word(key)


def register_cell(value: Any, t: Texts) -> str | int | float | None:
    """Return a value of the register of processing in words; lists stand under each other."""
    if isinstance(value, list | tuple):
        return "\n".join(t.word(str(item)) for item in value)
    if isinstance(value, bool):
        return t("report.yes" if value else "report.no")
    return t.word(value) if isinstance(value, str) else value
