"""One right in one system: does it work, by what is said of the capabilities that it needs?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gdpr_assess.assessment.right_rule import Capability, RightRule, rule_of
from gdpr_assess.assessment.right_uses import Uses, applies
from gdpr_assess.model import RecordsAgainst, Right, RightCell, RightsHandling, RightStatus

MONTH_DAYS = 31
"""The longest month of Art. 12(3)."""
_SOME_KNOW = frozenset(["ticket", "call_id"])
"""Numbers that a person who asks for all data does not have for every contact."""
CLAIMED = ("works", "works_partly")


def _found(row: RightsHandling) -> str | None:
    keys = set(row.found_by)
    if not keys:
        return None
    return "yes" if keys - _SOME_KNOW - {"none"} else "partly" if keys & _SOME_KNOW else "no"


def _copy(row: RightsHandling) -> str | None:
    return row.export and ("no" if row.export == "none" else "yes")


def _machine_readable(row: RightsHandling) -> str | None:
    return row.export and ("yes" if row.export == "open_format" else "no")


def _delete(row: RightsHandling) -> str | None:
    if row.delete != "overwritten":
        return row.delete
    return None if row.overwritten_days is None else "yes" if row.overwritten_days <= MONTH_DAYS else "partly"


CAPABILITIES: dict[Capability, Callable[[RightsHandling], str | None]] = {
    "found": _found,
    "copy": _copy,
    "machine_readable": _machine_readable,
    "correct": lambda row: row.correct,
    "delete": _delete,
    "copies": lambda row: row.copies,
    "block": lambda row: row.block,
    "opt_out": lambda row: row.opt_out,
    "withdraw": lambda row: row.withdraw,
    "informs": lambda row: row.informs,
    "recipients": lambda row: row.tells_recipients,
    "human_review": lambda row: row.human_review,
}
"""How far each capability is there: yes, partly, no, or None where it is not said."""


def lacking(rule: RightRule, row: RightsHandling) -> dict[Capability, str | None]:
    """Return the capabilities that a right needs and that are not wholly there."""
    states = {name: CAPABILITIES[name](row) for name in rule.needs}
    return {name: state for name, state in states.items() if state != "yes"}


def _status(rule: RightRule, lacks: dict[Capability, str | None]) -> RightStatus:
    if any(state == "no" and rule.needs[name] == "whole" for name, state in lacks.items()):
        return "does_not_work"
    if any(state is not None for state in lacks.values()):
        return "works_partly"
    return "not_said" if lacks else "works"


def cell(right: Right, uses: Uses, against: Iterable[RecordsAgainst] = ()) -> RightCell:
    """Return one cell of the matrix; what is not said never makes it worse than not said."""
    rule = rule_of(right)
    applying, reason = applies(right, uses)
    if applying is False:
        return RightCell(right=right, system=uses.system.id, status="not_applicable", reasons=(str(reason),))
    lacks = lacking(rule, uses.row)
    status, reasons = _status(rule, lacks), [_reason(name, state) for name, state in lacks.items()]
    if applying is None and status != "works":
        status, reasons = "not_said", [str(reason)]
    shown = tuple(against)
    return RightCell(
        right=right,
        system=uses.system.id,
        status=status,
        reasons=tuple(reasons),
        articles=rule.articles,
        against=shown,
        contradicted=bool(shown) and status in CLAIMED,
    )


def _reason(name: Capability, state: str | None) -> str:
    return f"{name}:{state or 'not_said'}"
