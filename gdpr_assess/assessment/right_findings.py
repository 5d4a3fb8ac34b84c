"""What does not work of rights by system, and what records show otherwise; questions where nothing is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gdpr_assess.assessment.right_cells import CLAIMED, MONTH_DAYS
from gdpr_assess.assessment.right_rule import OF_RIGHT, RightRule, right_rule, rule_of
from gdpr_assess.assessment.rights_by_system import Handling
from gdpr_assess.assessment.seen import Seen, as_finding
from gdpr_assess.model import Effect, Finding, Right, RightCell, RightsMatrix, Severity

_MILDER: dict[Severity, Severity] = {"high": "medium", "medium": "low", "low": "low"}


@dataclass(frozen=True)
class RightSeen(Seen):
    """One thing that a rule saw; `of` is the right whose law and weight it has, if it is about one."""

    of: RightRule | None = None
    cells: tuple[tuple[str, str], ...] = ()


def right_findings(handling: Handling) -> tuple[RightsMatrix, list[Finding]]:
    """Return the matrix with the findings of each cell, and all findings."""
    seen_by = ((code, seen) for code, look in RULES.items() for seen in look(handling))
    found = [(as_finding("rights", code, right_rule(code), seen, seen.of), seen) for code, seen in seen_by]
    by_cell: dict[tuple[str, str], tuple[str, ...]] = {}
    for finding, seen in found:
        for key in seen.cells:
            by_cell[key] = (*by_cell.get(key, ()), finding.id)
    matrix = handling.matrix()
    cells = tuple(one.model_copy(update={"findings": by_cell.get(_key(one), ())}) for one in matrix.cells)
    return matrix.model_copy(update={"cells": cells}), [finding for finding, _ in found]


def _key(one: RightCell) -> tuple[str, str]:
    return one.right, one.system


def _named(handling: Handling, system: str) -> dict[str, Any]:
    return {"system": system, "name": handling.uses[system].system.name}


def _asks(handling: Handling, system: str) -> Effect | None:
    """Return that a finding only asks where the client holds the data for somebody else, who owes the right."""
    return "indicator" if handling.uses[system].duty is False else None


def _not_working(code: str) -> Callable[[Handling], Iterator[RightSeen]]:
    def look(handling: Handling) -> Iterator[RightSeen]:
        rule = right_rule(code)
        for one in handling.cells:
            if one.right != rule.right or one.status not in ("does_not_work", "works_partly"):
                continue
            lacks = [f"cap_{name}" for name, _, state in (r.partition(":") for r in one.reasons) if state != "not_said"]
            yield RightSeen(
                f"right:{one.right}@{one.system}",
                handling.intake.place(f"rights/{one.system}"),
                _named(handling, one.system) | {"lacks": lacks, "status": one.status},
                effect=_asks(handling, one.system),
                severity=rule.severity if one.status == "does_not_work" else _MILDER[rule.severity],
                cells=(_key(one),),
            )

    return look


def _against_records(handling: Handling) -> Iterator[RightSeen]:
    """Report each cell that records speak against, whatever is said there; PDF answers have a finding of their own."""
    for one in handling.cells:
        shown = [record for record in one.against if record.code != "copy_unreadable"]
        if not shown:
            continue
        params = _named(handling, one.system) | {"right": one.right, "status": one.status}
        params |= {"count": sum(record.count for record in shown), "file": shown[0].places[0].file}
        yield RightSeen(
            f"records:{one.right}@{one.system}",
            shown[0].places[0],
            params,
            of=rule_of(one.right),
            effect=_asks(handling, one.system),
            cells=(_key(one),),
        )


def _copy_unreadable(handling: Handling) -> Iterator[RightSeen]:
    log = handling.log.get("port")
    if log and log.unreadable_copies:
        claimed = tuple(_key(one) for one in handling.cells if one.right == "port" and one.status in CLAIMED)
        params = {"count": log.unreadable_copies, "total": log.requests}
        yield RightSeen("client", log.copy_places[0], params, cells=claimed if len(claimed) == 1 else ())


def _too_slow(handling: Handling) -> Iterator[RightSeen]:
    for system, days in handling.days.items():
        if days > MONTH_DAYS:
            params = _named(handling, system) | {"days": days}
            place = handling.intake.place(f"rights/{system}")
            yield RightSeen(f"system:{system}", place, params, effect=_asks(handling, system))


def _slower_than_said(handling: Handling) -> Iterator[RightSeen]:
    late = [line for line in handling.log.values() if line.late]
    most = max(handling.days.values(), default=None)
    if late and most is not None and most <= MONTH_DAYS:
        longest = max((line.longest_days for line in late if line.longest_days), default=None)
        params = {"days": most, "count": sum(line.late for line in late), "longest": longest}
        yield RightSeen("client", late[0].places[0], params | {"rights": [line.right for line in late]})


def _ask(handling: Handling) -> Iterator[RightSeen]:
    """Ask, once for the client, what can be done in systems of which it is not wholly said, and how long it takes."""
    unsaid = [one for one in handling.cells if one.status == "not_said"]
    open_ = {one.system for one in unsaid}
    systems = [
        u.system.id for u in handling.customer_systems if u.system.id in open_ or u.system.id not in handling.days
    ]
    if systems:
        rights: list[str] = [right for right in OF_RIGHT if any(one.right == right for one in unsaid)]
        rights += ["cap_days"] if any(system not in handling.days for system in systems) else []
        yield RightSeen(
            "client#rights",
            handling.intake.place(f"systems/{systems[0]}"),
            {"systems": [handling.uses[system].system.name for system in systems], "rights": rights},
        )


def _unplaced(handling: Handling) -> Iterator[RightSeen]:
    traces = [trace for trace in handling.handled.traces if trace.file not in handling.system_of]
    if traces:
        params = {"files": sorted({trace.file for trace in traces}), "rights": _once(trace.right for trace in traces)}
        yield RightSeen("client#files", traces[0].places[0], params)


def _once(rights: Iterable[Right]) -> list[Right]:
    return list(dict.fromkeys(rights))


RULES: dict[str, Callable[[Handling], Iterator[RightSeen]]] = {
    **{code: _not_working(code) for code in OF_RIGHT.values()},
    "RIGHT_AGAINST_RECORDS": _against_records,
    "RIGHT_COPY_UNREADABLE": _copy_unreadable,
    "RIGHTS_TOO_SLOW": _too_slow,
    "RIGHTS_SLOWER_THAN_SAID": _slower_than_said,
    "RIGHTS_ASK": _ask,
    "RIGHTS_FILES_ASK": _unplaced,
}
