"""Which workbook, written beside the report, already does part of an action's work."""

from __future__ import annotations

from collections.abc import Iterable

from gdpr_assess.flows.contract_points import Checklist, contract_points
from gdpr_assess.flows.destinations import destinations
from gdpr_assess.lang import Texts
from gdpr_assess.model import Assessment

TRANSFERS = frozenset(["XFR-02", "XFR-03", "XFR-04"])
RECORD = frozenset(["GOV-05", "GOV-06", "XFR-01"])


def prepared(controls: Iterable[str], run: Assessment, t: Texts) -> list[str]:
    """Return a sentence for each workbook that helps with some controls and has something in it."""
    wanted = set(controls)
    contracts = {control for point in contract_points() for control in point.controls}
    helps = {
        "transfers": bool(wanted & TRANSFERS) and bool(destinations(run)),
        "contracts": bool(wanted & contracts) and bool(Checklist(run).partners()),
        "register": bool(wanted & RECORD) and bool(run.register_),
    }
    return [t(f"register.plan_{name}") for name, does in helps.items() if does]
