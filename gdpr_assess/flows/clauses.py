"""Rules: do the clauses, rules or derogations that a transfer names fit it (GDPR Art. 46, 49; UK tools)?"""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.transfers import transfer_seen
from gdpr_assess.flows.world import Spot, Transfer, World
from gdpr_assess.law import iso
from gdpr_assess.model import CLIENT, Flow

MODULES = {
    ("controller", "controller"): "scc_module_1",
    ("controller", "processor"): "scc_module_2",
    ("processor", "processor"): "scc_module_3",
    ("processor", "controller"): "scc_module_4",
}
ASSESSED = {"scc_module_1", "scc_module_2", "scc_module_3", "bcr", "uk_idta", "uk_addendum"}
TIA_DAYS = 730


def _roles(world: World, flow: Flow, spot: Spot) -> set[str]:
    if spot.org == CLIENT:
        decides = world.decides(flow)
        return {"controller", "processor"} if decides is None else {"controller" if decides else "processor"}
    partner = world.partners.get(spot.org)
    if partner is None or partner.role == "representative":
        return set()
    return {"processor" if partner.role in {"processor", "sub_processor"} else "controller"}


def fitting_modules(world: World, transfer: Transfer) -> set[str]:
    """Return the modules of the standard clauses that fit the roles of exporter and importer."""
    exporters, importers = (_roles(world, transfer.flow, end) for end in (transfer.exporter, transfer.importer))
    importer = world.partners.get(transfer.importer.org)
    if importer is not None and importer.role == "sub_processor":
        exporters |= {"processor"}  # its contract is with a processor, whoever sends the data
    if importer is not None and importer.engaged_by == CLIENT and world.decides(transfer.flow) is not False:
        exporters |= {"controller"}  # its contract is with the client, whoever sends the data
    return {MODULES[pair] for pair in MODULES if pair[0] in exporters and pair[1] in importers}


def wrong_module(world: World) -> Iterator[Seen]:
    """Report standard clauses whose module does not fit the roles of exporter and importer."""
    for transfer in world.transfers:
        tool, fitting = transfer.flow.transfer_tool or "", fitting_modules(world, transfer)
        if tool.startswith("scc_") and transfer.protection != "safe" and fitting and tool not in fitting:
            yield transfer_seen(world, transfer, fitting=sorted(fitting))


def importer_under_gdpr(world: World) -> Iterator[Seen]:
    """Ask counsel where the importer is the client itself, caught by Art. 3(2): the clauses are not made for that."""
    for transfer in world.transfers:
        scc = (transfer.flow.transfer_tool or "").startswith("scc_")
        if scc and transfer.importer.org == CLIENT and world.serves_eea:
            yield transfer_seen(world, transfer)


def _needs_assessment(transfer: Transfer) -> bool:
    return transfer.flow.transfer_tool in ASSESSED and transfer.protection != "safe"


def tia_missing(world: World) -> Iterator[Seen]:
    """Report clauses or binding rules without an assessment of the destination's law and practice."""
    for transfer in world.transfers:
        day = transfer.flow.tia_date
        if _needs_assessment(transfer) and (day is None or day > world.as_of):
            yield transfer_seen(world, transfer)


def tia_old(world: World) -> Iterator[Seen]:
    """Report an assessment that has not been looked at for two years."""
    for transfer in world.transfers:
        day = transfer.flow.tia_date
        if _needs_assessment(transfer) and day is not None and (world.as_of - day).days > TIA_DAYS:
            yield transfer_seen(world, transfer, on=day.isoformat())


def derogation_routine(world: World) -> Iterator[Seen]:
    """Report a derogation of Art. 49 as the ground of a standing flow."""
    for transfer in world.transfers:
        if transfer.flow.transfer_tool == "derogation" and transfer.protection != "safe":
            yield transfer_seen(world, transfer)


def uk_export_eu_clauses(world: World) -> Iterator[Seen]:
    """Report an export from the United Kingdom that rests on the EU's clauses alone."""
    for transfer in world.transfers:
        scc = (transfer.flow.transfer_tool or "").startswith("scc_")
        if scc and "GB" in transfer.exporter.lands and transfer.protection != "safe":
            yield transfer_seen(world, transfer)


def eu_export_uk_clauses(world: World) -> Iterator[Seen]:
    """Report an export of EU data that rests on the British agreement alone."""
    for transfer in world.transfers:
        outside_uk = "GB" not in transfer.exporter.lands
        alone = transfer.flow.transfer_tool == "uk_idta" and transfer.protection != "safe"
        if alone and outside_uk and world.serves_eea:
            yield transfer_seen(world, transfer)


def uk_people_eu_clauses(world: World) -> Iterator[Seen]:
    """Ask, once for the client, whether data of people in the UK travel on the EU's clauses alone."""
    if "GB" not in {iso(land) for land in world.profile.countries_served}:
        return
    flows = [
        transfer.flow.id
        for transfer in world.transfers
        if (transfer.flow.transfer_tool or "").startswith("scc_")
        and transfer.protection != "safe"
        and "GB" not in transfer.exporter.lands
    ]
    if flows:
        yield Seen("client#uk_tool", f"flows/{flows[0]}", {"flows": flows})
