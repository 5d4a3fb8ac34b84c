"""Where the boxes of the flow map stand: lanes by region, filled column by column."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from gdpr_assess.flows.world import Spot, World
from gdpr_assess.law import eea

Lane = Literal["people", "eea", "uk", "adequate", "third"]
LANES: tuple[Lane, ...] = ("people", "eea", "uk", "adequate", "third")
KINDS = ("people", "client", "site", "partner", "system")


@dataclass(frozen=True)
class Box:
    """A place at a column and row of the grid; rows count from the top."""

    spot: Spot
    lane: Lane
    land: str | None
    col: int
    row: int


@dataclass(frozen=True)
class LaneSpan:
    """The columns that a lane covers, both included."""

    lane: Lane
    first: int
    last: int


def lane_of(world: World, spot: Spot) -> tuple[Lane, str | None]:
    """Return the lane of a place and the country that puts it there (the least protected one)."""
    if spot.kind == "people":
        return "people", None
    land, protection = world.weakest(spot)
    if protection != "safe":
        return "third", land
    if world.inside_eea(spot):
        return "eea", land
    outside = next(place for place in spot.lands if place not in eea())
    return ("uk" if outside == "GB" else "adequate"), outside


def arrange(world: World) -> tuple[dict[str, Box], list[LaneSpan]]:
    """Place everything that is connected, and what stands alone, so that the picture is a little wider than high."""
    spots = sorted(world.spots.values(), key=lambda spot: KINDS.index(spot.kind))
    rows = max(3, math.ceil(math.sqrt(len(spots) * 1.2)))
    lanes: dict[Lane, list[tuple[Spot, str | None]]] = {lane: [] for lane in LANES}
    for spot in spots:
        lane, land = lane_of(world, spot)
        lanes[lane].append((spot, land))
    boxes: dict[str, Box] = {}
    spans: list[LaneSpan] = []
    first = 0
    for lane, members in lanes.items():
        if not members:
            continue
        columns = math.ceil(len(members) / rows)
        height = math.ceil(len(members) / columns)
        for index, (spot, land) in enumerate(members):
            boxes[spot.id] = Box(spot, lane, land, first + index // height, index % height)
        spans.append(LaneSpan(lane, first, first + columns - 1))
        first += columns
    return boxes, spans
