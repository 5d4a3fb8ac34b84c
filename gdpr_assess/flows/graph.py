"""The intake as a graph: who is connected to whom by which flow, with the country of every node."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import networkx as nx

from gdpr_assess.flows.world import World
from gdpr_assess.model import Intake

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]

ANY_DAY = date.max
"""Nodes and edges do not depend on the law of a day."""


def graph(intake: Intake) -> Graph:
    """Return people, client, sites, partners and systems as nodes (kind, name, org, country) and flows as edges."""
    world = World(intake, ANY_DAY)
    found: Graph = nx.MultiDiGraph()
    for spot in world.spots.values():
        country = spot.lands[0] if spot.lands and spot.kind != "people" else None
        found.add_node(spot.id, kind=spot.kind, name=spot.name, org=spot.org, country=country)
    for flow in intake.flows:
        if world.ends(flow) is not None:
            found.add_edge(flow.source, flow.target, key=flow.id, flow=flow)
    return found
