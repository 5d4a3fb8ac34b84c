"""Every right by every system: what is said, held against request log, exports and checks. No file access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gdpr_assess.assessment.right_cells import cell
from gdpr_assess.assessment.right_rule import OF_RIGHT, rule_of
from gdpr_assess.assessment.right_uses import Uses, uses_of
from gdpr_assess.flows.world import World
from gdpr_assess.model import CheckResult, Intake, Place, RecordsAgainst, Right, RightCell, RightLog, RightsMatrix
from gdpr_assess.practices import Handled

UNREADABLE = "copy_unreadable"
"""Code of answers in the log that only people can read; other codes are names of checks, or `..._not_heeded`."""
FOLDER = "inputs/evidence/"


@dataclass(frozen=True)
class Handling:
    """What is said of rights, and what requests and checks show of them."""

    intake: Intake
    handled: Handled
    checks: Sequence[CheckResult]
    as_of: date

    @cached_property
    def uses(self) -> dict[str, Uses]:
        """The uses of every system by its id."""
        world = World(self.intake, self.as_of)
        return {system.id: uses_of(world, system) for system in self.intake.systems}

    @cached_property
    def log(self) -> dict[Right, RightLog]:
        """What the request log shows of each right."""
        return {line.right: line for line in self.handled.log}

    @cached_property
    def system_of(self) -> dict[str, str]:
        """The system that each file was exported from, as far as the Evidence sheet says."""
        return {_full(entry.file): entry.system for entry in self.intake.evidence if entry.system}

    @cached_property
    def cells(self) -> tuple[RightCell, ...]:
        """Every cell, system by system."""
        return tuple(cell(right, uses, self._against(right, uses)) for uses in self.uses.values() for right in OF_RIGHT)

    def _against(self, right: Right, uses: Uses) -> Iterator[RecordsAgainst]:
        system = uses.system.id
        for trace in self.handled.traces:
            if trace.right == right and self.system_of.get(trace.file) == system:
                yield RecordsAgainst(code=f"{right}_not_heeded", count=trace.count, places=trace.places)
        log = self.log.get(right)
        if log and log.unreadable_copies and self._only_export(system):
            yield RecordsAgainst(code=UNREADABLE, count=log.unreadable_copies, places=log.copy_places)
        for check in self.checks:
            if check.check in rule_of(right).tested_by and check.effect == "violation":
                places = self._from(system, check.places)
                if places:
                    yield RecordsAgainst(code=check.check, count=len(places), places=places)

    def _only_export(self, system: str) -> bool:
        """Tell whether a system is the only one said to export copies: the log names none."""
        return [uses.system.id for uses in self.uses.values() if uses.row.export == "open_format"] == [system]

    def _from(self, system: str, places: Sequence[Place]) -> tuple[Place, ...]:
        return tuple(place for place in places if self.system_of.get(place.file) == system)

    @cached_property
    def customer_systems(self) -> tuple[Uses, ...]:
        """The systems to which rights of customers apply at all."""
        outside = {one.system for one in self.cells if one.reasons == ("agents_only",)}
        return tuple(uses for uses in self.uses.values() if uses.system.id not in outside)

    @cached_property
    def days(self) -> dict[str, int]:
        """The days that each system needs, of those that say so."""
        found = {uses.system.id: uses.row.total_days for uses in self.customer_systems}
        return {system: days for system, days in found.items() if days is not None}

    def matrix(self) -> RightsMatrix:
        """Return the matrix; the findings are put into its cells by whoever makes them."""
        most = max(self.days.values(), default=None)
        return RightsMatrix(
            handling=self.intake.rights,
            cells=self.cells,
            log=tuple(self.log[right] for right in OF_RIGHT if right in self.log),
            slowest=tuple(system for system, days in self.days.items() if days == most),
            slowest_days=most,
            days_not_said=tuple(uses.system.id for uses in self.customer_systems if uses.system.id not in self.days),
        )


def _full(name: str) -> str:
    plain = name.strip().replace("\\", "/").removeprefix(FOLDER).removeprefix("evidence/")
    return f"{FOLDER}{plain}"
