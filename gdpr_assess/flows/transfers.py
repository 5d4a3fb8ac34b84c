"""Rules: does what leaves the EEA leave on a valid ground (GDPR Chapter V)?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import PEOPLE, Transfer, World
from gdpr_assess.law import adequate, eea, iso
from gdpr_assess.model import CLIENT, System


def transfer_seen(world: World, transfer: Transfer, **more: object) -> Seen:
    """Return what a rule saw at the flow of a transfer, with the words that every such message needs."""
    flow = transfer.flow
    params = {
        "flow": flow.id,
        "exporter": world.name(transfer.exporter.org),
        "importer": world.name(transfer.importer.org),
        "land": transfer.land,
        "tool": flow.transfer_tool,
    }
    return Seen(f"flow:{flow.id}", f"flows/{flow.id}", params | more)


def _bare(transfer: Transfer) -> bool:
    return transfer.protection in {"none", "out_of_scope"}


def no_tool(world: World) -> Iterator[Seen]:
    """Report a transfer to an unprotected country for which the client says that there is no tool."""
    for transfer in world.transfers:
        if _bare(transfer) and transfer.flow.transfer_tool == "none" and not transfer.onward:
            yield transfer_seen(world, transfer)


def tool_not_stated(world: World) -> Iterator[Seen]:
    """Report a transfer to an unprotected country whose tool is left open."""
    for transfer in world.transfers:
        if _bare(transfer) and transfer.flow.transfer_tool is None and not transfer.onward:
            yield transfer_seen(world, transfer)


def onward_no_tool(world: World) -> Iterator[Seen]:
    """Report that a recipient in a third country passes data on to an unprotected country without a tool."""
    for transfer in world.transfers:
        if transfer.onward and _bare(transfer) and transfer.flow.transfer_tool in {None, "none"}:
            seen = transfer_seen(world, transfer)
            stated = transfer.flow.transfer_tool == "none"
            yield seen if stated else Seen(seen.subject, seen.at, seen.params, severity="medium")


def adequacy_not_in_force(world: World) -> Iterator[Seen]:
    """Report a transfer that relies on an adequacy decision which that country does not have at the day."""
    for transfer in world.transfers:
        if transfer.flow.transfer_tool == "adequacy" and transfer.protection == "none":
            yield transfer_seen(world, transfer, on=world.as_of.isoformat())


def adequacy_out_of_scope(world: World) -> Iterator[Seen]:
    """Report reliance on a decision that does not cover this recipient (Canada beyond PIPEDA, US off the list)."""
    for transfer in world.transfers:
        if transfer.flow.transfer_tool == "adequacy" and transfer.protection == "out_of_scope":
            yield transfer_seen(world, transfer)


def adequacy_scope_ask(world: World) -> Iterator[Seen]:
    """Ask whether a recipient in Canada or the US meets the condition of the adequacy decision that is relied on."""
    for transfer in world.transfers:
        relied = transfer.flow.transfer_tool in {None, "none", "adequacy"}
        if relied and transfer.protection == "scope_unknown":
            yield transfer_seen(world, transfer)


def collection_abroad_ask(world: World) -> Iterator[Seen]:
    """Ask about customers who give their data to a partner in an unprotected country, for which no tool is named."""
    secured = {t.importer.org for t in world.transfers if t.flow.transfer_tool not in {None, "none"}}
    for flow in world.intake.flows:
        ends = world.ends(flow)
        if ends is None or flow.kind != "collection" or flow.transfer_tool not in {None, "none"}:
            continue
        people, target = ends
        land, protection = world.weakest(target)
        if people.org == PEOPLE and target.org in world.partners and target.org not in secured and protection != "safe":
            params = {"flow": flow.id, "importer": target.name, "land": land}
            yield Seen(f"flow:{flow.id}", f"flows/{flow.id}", params)


def remote_access_not_mapped(world: World) -> Iterator[Seen]:
    """Report access to a system from an unprotected country for which no flow is declared."""
    for system in world.intake.systems:
        for land in sorted({iso(land) for land in system.access_countries}):
            if adequate(land, world.as_of) is not True and not _mapped(world, system, land):
                params = {"system": system.id, "name": system.name, "land": land}
                yield Seen(f"system:{system.id}#{land}", f"systems/{system.id}", params)


def _mapped(world: World, system: System, land: str) -> bool:
    if system.operator == CLIENT and any(
        site.operator == CLIENT and iso(site.country) == land for site in world.intake.sites
    ):
        return True  # the client's own people: no other organisation receives anything; same_company_abroad asks
    near = {system.id, system.operator}
    for flow in world.intake.flows:
        ends = world.ends(flow)
        if ends is None or flow.kind == "deletion" or not near & {flow.source, flow.target}:
            continue
        if any(end.id not in near and end.org != PEOPLE and land in end.lands for end in ends):
            return True
    return land in (world.spots[system.operator].lands if system.operator in world.spots else ())


def hosting_unknown(world: World) -> Iterator[Seen]:
    """Ask in which country a system lies when that is left open."""
    for system in world.intake.systems:
        if system.hosting_country is None and system.in_use is not False:
            yield Seen(f"system:{system.id}", f"systems/{system.id}", {"system": system.id, "name": system.name})


def same_company_abroad(world: World) -> Iterator[Seen]:
    """Ask whether the client's own site in a third country is a company of its own: then its access is a transfer."""
    for site in world.intake.sites:
        abroad = iso(site.country) != iso(world.profile.main_country)
        if site.operator == CLIENT and abroad and adequate(site.country, world.as_of) is not True:
            params = {"site": site.id, "name": site.name, "land": iso(site.country)}
            yield Seen(f"site:{site.id}", f"sites/{site.id}", params)


def site_abroad_ask(world: World) -> Iterator[Seen]:
    """Ask what a partner's site in an unprotected country sees (at night, say) when no flow goes there."""
    touched = {end for flow in world.intake.flows if flow.kind != "deletion" for end in (flow.source, flow.target)}
    for site in world.intake.sites:
        land, partner = iso(site.country), world.partners.get(site.operator)
        if partner is None or site.id in touched or adequate(land, world.as_of) is True:
            continue
        if partner.id not in touched or iso(partner.country) != land:
            params = {"site": site.id, "name": site.name, "land": land, "partner": partner.name}
            yield Seen(f"site:{site.id}", f"sites/{site.id}", params)


def foreign_owner(world: World) -> Iterator[Seen]:
    """Ask about a processor in the EEA whose parent company sits in a third country that may order access."""
    for partner in world.intake.partners:
        inside = iso(partner.country) in eea() and partner.role in {"processor", "sub_processor"}
        if inside and partner.parent_country and adequate(partner.parent_country, world.as_of) is not True:
            params = {"partner": partner.id, "name": partner.name, "land": iso(partner.parent_country)}
            yield Seen(f"partner:{partner.id}", f"partners/{partner.id}", params, scope=f"processor:{partner.id}")
