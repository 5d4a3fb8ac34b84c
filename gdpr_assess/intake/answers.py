"""Holds the answers against the catalogue and the profile: does the control exist, is it asked in that scope."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.intake.locate import Found
from gdpr_assess.intake.rows import Row
from gdpr_assess.issue import nearest
from gdpr_assess.model import CLIENT, Answer, Intake


def known_scopes(intake: Intake) -> list[str]:
    """Return every scope that this client has."""
    sites = [f"site:{site.id}" for site in intake.sites]
    partners = [f"processor:{partner.id}" for partner in intake.partners]
    return [CLIENT, *sites, *partners, *(f"system:{system.id}" for system in intake.systems)]


def _fits(found: Found, row: Row, answer: Answer, intake: Intake, typed: list[str]) -> bool:
    controls, number = load_catalogue().controls, row.line.row
    if answer.control not in controls:
        close = nearest(answer.control, controls)
        found.problem("unknown_control", number, found.column_of("control"), found=answer.control[:60], nearest=close)
        return False
    known = known_scopes(intake)
    if answer.scope not in known and answer.scope.partition(":")[2] in typed:
        found.problem("refers_to_left_out", number, found.column_of("scope"), "warning",
                      field=found.labels["scope"], found=answer.scope)  # fmt: skip
        return False
    if answer.scope not in known:
        close = nearest(answer.scope, known)
        found.problem("unknown_scope", number, found.column_of("scope"), found=answer.scope[:60], nearest=close)
        return False
    asked = scopes(controls[answer.control], intake)
    if answer.scope not in asked:
        found.problem("scope_not_asked", number, found.column_of("scope"), "warning",
                      control=answer.control, found=answer.scope, asked=asked[:8])  # fmt: skip
    if answer.answer == "not_applicable" and not answer.reason:
        found.problem("reason_missing", number, found.column_of("reason"), "warning", control=answer.control)
    return True


def _spelt(row: Row, intake: Intake) -> Row:
    """Return the row with its scope in the spelling of the id it names."""
    answer = row.noun
    assert isinstance(answer, Answer)
    scope = {name.casefold(): name for name in known_scopes(intake)}.get(answer.scope.casefold(), answer.scope)
    return Row(row.line, answer.model_copy(update={"scope": scope}), f"{answer.control}/{scope}")


def fitting(found: Found, rows: list[Row], intake: Intake, typed: list[str]) -> Iterator[Row]:
    """Yield the answers that fit; one that says nothing is none, and the first of two for one scope stands.

    `typed` are all ids in the workbook, also those of rows that were left out.
    """
    seen: dict[str, int] = {}
    for row in (_spelt(row, intake) for row in rows):
        answer = row.noun
        assert isinstance(answer, Answer)
        if answer == Answer(control=answer.control, scope=answer.scope):
            continue
        if row.key in seen:
            found.problem("answer_twice", row.line.row, found.column_of("control"), found=row.key, first=seen[row.key])
            continue
        seen[row.key] = row.line.row
        if _fits(found, row, answer, intake, typed):
            yield row
