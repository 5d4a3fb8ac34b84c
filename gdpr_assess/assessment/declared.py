"""What the intake declares of countries, channels, names and periods, read generously: only a gap is a finding."""

from __future__ import annotations

from functools import cached_property

from gdpr_assess.assessment.domain_names import named_like, own_domains, within
from gdpr_assess.assessment.notices import Subject
from gdpr_assess.law import eea, iso
from gdpr_assess.model import CLIENT, Flow, Intake, Partner, System

RECORDING, MESSAGES = frozenset(["recording", "telephony"]), frozenset(["email", "chat", "messaging", "ticketing"])


class Declared:
    """The declared side of the comparison."""

    def __init__(self, intake: Intake) -> None:
        self.intake, self._profile = intake, intake.profile
        self.served = frozenset(iso(land) for land in intake.profile.countries_served)
        self.channels = frozenset(intake.profile.channels)
        self._seats = {CLIENT: iso(intake.profile.main_country)}
        self._seats |= {partner.id: iso(partner.country) for partner in intake.partners}
        self._seats |= {site.id: iso(site.country) for site in intake.sites}

    @cached_property
    def systems(self) -> tuple[System, ...]:
        """The systems in use."""
        return tuple(system for system in self.intake.systems if system.in_use is not False)

    @cached_property
    def workplaces(self) -> frozenset[str]:
        """Countries from which people may look at data: offices, partners, declared access."""
        access = {iso(land) for system in self.systems for land in system.access_countries}
        offices = {iso(land) for land in self._profile.eu_establishments} | set(self._seats.values())
        return frozenset(access | offices | ({"GB"} if self._profile.uk_establishment else set()))

    @cached_property
    def storage(self) -> frozenset[str]:
        """Countries in which data lie: of systems, and of organisations to which data are passed."""
        hosts = {self._host(system) for system in self.systems}
        targets = {self._seats.get(flow.target) for flow in self.intake.flows if flow.kind != "remote_access"}
        return frozenset(land for land in hosts | targets if land)

    def _host(self, system: System) -> str | None:
        return iso(system.hosting_country) if system.hosting_country else self._seats.get(system.operator)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """How systems and partners are called."""
        systems = [(system.id, system.name) for system in self.intake.systems]
        partners = [(partner.id, partner.name) for partner in self.intake.partners]
        return tuple(name.casefold() for named in systems + partners for name in named)

    def knows_domain(self, domain: str) -> bool:
        """Tell whether a mail domain is that of the client, or of a declared site, system or partner."""
        return within(domain, own_domains(self._profile)) or named_like(domain, self.organisations)

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The names of the client and of everything declared that may stand for an organisation."""
        return self._profile.client_name, *self.names, *(site.name for site in self.intake.sites)

    @cached_property
    def recipients(self) -> tuple[Partner, ...]:
        """Partners that decide themselves what they do with customers' data that flow to them."""
        reached = {flow.target for flow in self.intake.flows if flow.kind == "disclosure" and not _of_staff(flow)}
        owned = {system.operator for system in self.systems if system.id in reached}
        deciding = ("controller", "joint_controller")
        return tuple(p for p in self.intake.partners if p.role in deciding and p.id in reached | owned)

    def periods(self, subject: Subject) -> frozenset[int]:
        """Return every number of days for which recordings or messages are said to be kept."""
        profile, kinds = self._profile, RECORDING if subject == "recordings" else MESSAGES
        policy = profile.recording_retention_days if subject == "recordings" else profile.message_retention_days
        of_kind = {system.id for system in self.systems if system.kind in kinds or self._holds(system, subject)}
        days = {policy} | {system.retention_days for system in self.systems if system.id in of_kind}
        days |= {flow.retention_days for flow in self.intake.flows if flow.target in of_kind}
        return frozenset(number for number in days if number is not None)

    @staticmethod
    def _holds(system: System, subject: Subject) -> bool:
        return ("call_recording" if subject == "recordings" else "message") in system.data_categories

    @cached_property
    def stored_outside(self) -> tuple[str, ...]:
        """Countries outside the EEA in which systems with customers' data lie, unless customers live there too."""
        hosts = {iso(s.hosting_country) for s in self.systems if s.hosting_country and not _of_staff(s)}
        return self._foreign(hosts)

    @cached_property
    def reached_outside(self) -> tuple[str, ...]:
        """Countries outside the EEA to which customers' data go in any way, unless customers live there too."""
        access = {iso(land) for s in self.systems if not _of_staff(s) for land in s.access_countries}
        flows = [flow for flow in self.intake.flows if flow.kind != "deletion" and not _of_staff(flow)]
        targets = {self._seats[flow.target] for flow in flows if flow.target in self._seats}
        return self._foreign(access | targets | set(self.stored_outside))

    def _foreign(self, lands: set[str]) -> tuple[str, ...]:
        return tuple(sorted(lands - eea() - self.served))


def _of_staff(held: System | Flow) -> bool:
    return set(held.data_categories) == {"agent_data"}
