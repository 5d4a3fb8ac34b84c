"""Rules: what Swiss law may add to a transfer. It was not read in a source, so these rules only ask."""

from __future__ import annotations

from collections.abc import Iterator

from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import Transfer, World
from gdpr_assess.law import eea, iso

SWITZERLAND = "CH"


def _swiss(world: World) -> Iterator[Transfer]:
    """Yield transfers of Swiss data: people in Switzerland are served, or the exporter sits there."""
    served = SWITZERLAND in {iso(land) for land in world.profile.countries_served}
    for transfer in world.transfers:
        onward = transfer.land != SWITZERLAND and transfer.land not in eea()
        if onward and (served or SWITZERLAND in transfer.exporter.lands):
            yield transfer


def _once(subject: str, transfers: list[Transfer]) -> Iterator[Seen]:
    if transfers:
        flows, lands = [transfer.flow.id for transfer in transfers], sorted({transfer.land for transfer in transfers})
        yield Seen(subject, f"flows/{flows[0]}", {"flows": flows, "lands": lands})


def clauses_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, whether the EU's clauses were adapted to Swiss law."""
    found = [t for t in _swiss(world) if (t.flow.transfer_tool or "").startswith("scc_") and t.protection != "safe"]
    yield from _once("client#swiss_clauses", found)


def adequacy_ask(world: World) -> Iterator[Seen]:
    """Ask, once for the client, whether countries that the EU holds to be safe are on the Swiss list too."""
    relied = (None, "none", "adequacy")
    found = [t for t in _swiss(world) if t.flow.transfer_tool in relied and t.protection == "safe"]
    yield from _once("client#swiss_adequacy", found)
