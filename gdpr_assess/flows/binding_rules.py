"""Rules: do binding corporate rules cover the transfer that names them (GDPR Art. 4(20), 46(2)(b), 47)?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.transfers import transfer_seen
from gdpr_assess.flows.world import Transfer, World
from gdpr_assess.model import CLIENT, Partner

Cover = Literal["covered", "outside", "open"]


def _of_other_group(partner: Partner) -> Cover:
    """Rules of another group may bind only a processor of that group, towards the controllers it works for."""
    if partner.role not in {"processor", "sub_processor"} or partner.binding_rules == "controller":
        return "outside"
    return "covered" if partner.binding_rules == "processor" else "open"


def cover(world: World, transfer: Transfer) -> Cover:
    """Tell whether rules cover what the client sends to a partner, as far as the partner sheet says."""
    partner = world.partners.get(transfer.importer.org)
    if partner is None or transfer.exporter.org != CLIENT:
        return "open"
    if partner.binding_rules == "none":
        return "outside"
    if partner.same_group is False:
        return _of_other_group(partner)
    if partner.same_group is None or partner.binding_rules is None:
        return "open"
    decides = world.decides(transfer.flow)
    fits = decides is None or (partner.binding_rules == "controller") is decides
    return "covered" if fits else "open"


def _by_cover(world: World, wanted: Cover) -> Iterator[Seen]:
    for transfer in world.transfers:
        relied = transfer.flow.transfer_tool == "bcr" and transfer.protection != "safe"
        if relied and cover(world, transfer) == wanted:
            yield transfer_seen(world, transfer)


def outside_group(world: World) -> Iterator[Seen]:
    """Report reliance on binding rules for a recipient that they do not cover."""
    return _by_cover(world, "outside")


def scope_ask(world: World) -> Iterator[Seen]:
    """Ask whether the rules that a transfer names cover this recipient and this role."""
    return _by_cover(world, "open")
