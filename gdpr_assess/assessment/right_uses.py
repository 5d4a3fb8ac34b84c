"""Whether a right applies to a system: what the flows say of bases and purposes, and what else decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gdpr_assess.flows.world import World
from gdpr_assess.model import Flow, LegalBasis, Right, RightsHandling, System

Applies = tuple[bool | None, str | None]
"""Whether a right applies (None: it depends on what is not said), and the reason where it does not, or may not."""
YES: Applies = (True, None)
PORTABLE: frozenset[LegalBasis] = frozenset(["consent", "contract"])
OPPOSABLE: frozenset[LegalBasis] = frozenset(["legitimate_interest", "public_task"])


@dataclass(frozen=True)
class Uses:
    """One system with the flows into it (`given`) and all that touch it (`flows`), and what is said of its rights."""

    system: System
    given: tuple[Flow, ...]
    flows: tuple[Flow, ...]
    row: RightsHandling
    automated: bool | None
    duty: bool | None
    """Whether the client itself owes the right: None where it may work for somebody else."""

    @property
    def bases(self) -> frozenset[LegalBasis]:
        """The bases on which data come in."""
        return frozenset(flow.legal_basis for flow in self.given if flow.legal_basis)

    @property
    def all_bases(self) -> frozenset[LegalBasis]:
        """The bases of everything that comes in or goes out."""
        return frozenset(flow.legal_basis for flow in self.flows if flow.legal_basis)

    @property
    def open(self) -> bool:
        """Whether a flow, or even every flow, is missing its basis."""
        return not self.given or any(flow.legal_basis is None for flow in self.given)


def uses_of(world: World, system: System) -> Uses:
    """Return what is known of the uses of a system."""
    moving = tuple(flow for flow in world.intake.flows if flow.kind != "deletion")
    given = tuple(flow for flow in moving if flow.target == system.id)
    flows = tuple(flow for flow in moving if system.id in (flow.target, flow.source))
    rows = {row.system: row for row in world.intake.rights}
    row = rows.get(system.id, RightsHandling(system=system.id))
    automated = False if row.automated is None and world.profile.automated_decisions is False else row.automated
    return Uses(system, given, flows, row, automated, _duty(world, flows))


def _duty(world: World, flows: tuple[Flow, ...]) -> bool | None:
    """Tell whether the client decides on the data in a system, at least on some of them."""
    decided = {world.decides(flow) for flow in flows}
    if not decided:
        return None if world.is_controller and world.is_processor else world.is_controller
    return True if True in decided else None if None in decided else False


def applies(right: Right, uses: Uses) -> Applies:
    """Tell whether a right of customers applies to a system."""
    if uses.system.data_categories == ("agent_data",):
        return False, "agents_only"
    return _WHERE[right](uses) if right in _WHERE else YES


def _erase(uses: Uses) -> Applies:
    return (False, "kept_by_law") if uses.bases == {"legal_obligation"} and not uses.open else YES


def _by_basis(found: bool, uses: Uses, reason: str) -> Applies:
    return YES if found else (None, "basis_not_said") if uses.open else (False, reason)


def _port(uses: Uses) -> Applies:
    return _by_basis(bool(uses.bases & PORTABLE), uses, "no_consent_or_contract")


def _object(uses: Uses) -> Applies:
    marketing = any(flow.purpose == "marketing" for flow in uses.flows)
    return _by_basis(marketing or bool(uses.all_bases & OPPOSABLE), uses, "no_interest_or_marketing")


def _withdraw(uses: Uses) -> Applies:
    return _by_basis("consent" in uses.all_bases, uses, "no_consent")


def _human_review(uses: Uses) -> Applies:
    known: dict[bool | None, Applies] = {False: (False, "no_machine_decides"), None: (None, "machine_not_said")}
    return known.get(uses.automated, YES)


_WHERE: dict[Right, Callable[[Uses], Applies]] = {
    "erase": _erase,
    "port": _port,
    "object": _object,
    "withdraw": _withdraw,
    "human_review": _human_review,
}
"""Rights that do not apply everywhere."""
