"""An intake as places and organisations: who holds the data, in which country, and which flows leave for where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from gdpr_assess.law import adequacy, adequate, eea, iso
from gdpr_assess.model import CLIENT, Flow, Intake, Partner, System

PEOPLE = "people"
Protection = Literal["safe", "out_of_scope", "scope_unknown", "none"]


@dataclass(frozen=True)
class Spot:
    """One end of a flow: `org` runs it (`people`, `client` or a partner id), the data lie or are seen in `lands`."""

    id: str
    kind: Literal["people", "client", "site", "partner", "system"]
    name: str
    org: str
    lands: tuple[str, ...]


@dataclass(frozen=True)
class Transfer:
    """A flow from one organisation to another outside the EEA; `land` is the country that is least protected."""

    flow: Flow
    exporter: Spot
    importer: Spot
    land: str
    protection: Protection
    onward: bool


class World:
    """The intake with everything that the rules look up; `as_of` is the day at which the law is read."""

    def __init__(self, intake: Intake, as_of: date) -> None:
        self.intake, self.profile, self.as_of = intake, intake.profile, as_of
        self.partners: dict[str, Partner] = {partner.id: partner for partner in intake.partners}
        self.systems: dict[str, System] = {system.id: system for system in intake.systems}

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Every possible end of a flow by id."""
        p = self.profile
        found = {
            PEOPLE: Spot(PEOPLE, "people", PEOPLE, PEOPLE, tuple(iso(land) for land in p.countries_served)),
            CLIENT: Spot(CLIENT, "client", p.client_name, CLIENT, (iso(p.main_country),)),
        }
        for site in self.intake.sites:
            found[site.id] = Spot(site.id, "site", site.name, site.operator, (iso(site.country),))
        for partner in self.intake.partners:
            found[partner.id] = Spot(partner.id, "partner", partner.name, partner.id, (iso(partner.country),))
        for system in self.intake.systems:
            found[system.id] = Spot(system.id, "system", system.name, system.operator, self._system_lands(system))
        return found

    def _system_lands(self, system: System) -> tuple[str, ...]:
        operator = self.partners.get(system.operator)
        seat = operator.country if operator else self.profile.main_country
        lands = [system.hosting_country or seat] + ([operator.country] if operator else [])
        return tuple(dict.fromkeys(iso(land) for land in lands))

    def ends(self, flow: Flow) -> tuple[Spot, Spot] | None:
        """Return source and target of a flow, or None when one is not in the intake (the reader reports that)."""
        source, target = self.spots.get(flow.source), self.spots.get(flow.target)
        return (source, target) if source and target else None

    def protection(self, land: str, org: str) -> Protection:
        """Tell whether data with an organisation in a country are protected by the EEA or an adequacy decision."""
        safe = adequate(land, self.as_of)
        if safe is not None:
            return "safe" if safe else "none"
        partner, decision = self.partners.get(org), adequacy(land, self.as_of)
        if partner is None or decision is None or iso(partner.country) != land:
            return "scope_unknown"
        met = partner.pipeda_covered if decision.condition == "pipeda" else partner.dpf_listed
        return "scope_unknown" if met is None else "safe" if met else "out_of_scope"

    def weakest(self, spot: Spot) -> tuple[str, Protection]:
        """Return the least protected country of an end and how it is protected."""
        order: tuple[Protection, ...] = ("none", "out_of_scope", "scope_unknown", "safe")
        rated = [(land, self.protection(land, spot.org)) for land in spot.lands]
        return min(rated, key=lambda pair: order.index(pair[1]))

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """Every flow to another organisation in a third country, safe or not.

        What people give directly is no transfer (nobody exports), nor is what stays within one organisation.
        """
        return tuple(self._transfers())

    def _transfers(self) -> Iterator[Transfer]:
        for flow in self.intake.flows:
            ends = self.ends(flow)
            if ends is None or flow.kind == "deletion" or PEOPLE in (ends[0].org, ends[1].org):
                continue
            exporter, importer = ends
            if flow.kind == "remote_access" and self.inside_eea(importer) and not self.inside_eea(exporter):
                exporter, importer = importer, exporter  # who looks in receives, whichever way the row was written
            if exporter.org == importer.org or self.inside_eea(importer):
                continue
            land, protection = self.weakest(importer)
            yield Transfer(flow, exporter, importer, land, protection, self._is_onward(exporter))

    def _is_onward(self, exporter: Spot) -> bool:
        return exporter.org in self.partners and not self.inside_eea(exporter)

    def inside_eea(self, spot: Spot) -> bool:
        """Tell whether all data of an end stay in the EEA."""
        return all(land in eea() for land in spot.lands)

    @property
    def serves_eea(self) -> bool:
        """Whether people in the EEA are served."""
        return any(iso(land) in eea() for land in self.profile.countries_served)

    @property
    def is_controller(self) -> bool:
        """Whether the client decides on purposes, alone or with others."""
        return bool({"controller", "joint_controller"} & set(self.profile.roles))

    @property
    def is_processor(self) -> bool:
        """Whether the client also works on behalf of others: then a basis may be their business."""
        return "processor" in self.profile.roles

    def decides(self, flow: Flow) -> bool | None:
        """Tell whether the client is the controller of a flow, as stated or by its roles; None: it may be either."""
        if flow.on_behalf_of is not None:
            return flow.on_behalf_of == CLIENT
        return None if self.is_controller and self.is_processor else self.is_controller

    def name(self, org: str) -> str:
        """Return the name of an organisation by `client` or partner id."""
        spot = self.spots.get(org)
        return spot.name if spot else org
