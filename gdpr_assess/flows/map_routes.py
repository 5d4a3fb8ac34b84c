"""How the lines of the flow map run: between the boxes, never over one, each on a track of its own.

A line leaves a box sideways into the gutter beside its column, follows a corridor between two rows where it must pass
other columns, and enters its target from the side. Gutters and corridors are as wide as the tracks in them need.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

from gdpr_assess.flows.map_grid import Box

BOX_W, BOX_H = 1.9, 0.62
PORT, TRACK, LABEL, GAP, SHIFT = 0.18, 0.09, 0.46, 0.12, 0.05
Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""x, y, width, height"""


@dataclass(frozen=True)
class Link:
    """One line: all flows from one box to another."""

    source: Box
    target: Box
    flows: tuple[str, ...]
    mark: str
    thickness: float = 1.0
    locked: bool = False


@dataclass
class _Plan:
    """The way of a line in terms of gutters (g is left of column g) and corridors (k is above row k)."""

    leave: int
    enter: int
    corridor: int | None
    ports: dict[str, float] = field(default_factory=dict)
    tracks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """Coordinates in inches, y upwards: boxes as areas, lines as points from source to target."""

    boxes: dict[str, Area]
    lines: list[list[Point]]
    gutters: list[tuple[float, float]]
    size: tuple[float, float]


def _plan(link: Link) -> _Plan:
    a, b = link.source, link.target
    leave = a.col + 1 if b.col >= a.col else a.col
    enter = b.col if b.col > a.col else b.col + 1
    if leave == enter:
        return _Plan(leave, enter, None)
    return _Plan(leave, enter, b.row if a.row < b.row else b.row + 1)


def _place_ports(links: list[Link], plans: list[_Plan]) -> dict[tuple[str, int], int]:
    """Spread the ends of lines over the sides of the boxes, ordered by where they lead; returns how many per side."""
    sides: dict[tuple[str, int], list[tuple[tuple[int, int, int], int, str]]] = defaultdict(list)
    for number, (link, plan) in enumerate(zip(links, plans, strict=True)):
        a, b = link.source, link.target
        sides[a.spot.id, plan.leave].append(((b.row, b.col, number), number, "leave"))
        sides[b.spot.id, plan.enter].append(((a.row, a.col, number), number, "enter"))
    for ends in sides.values():
        for index, (_, number, end) in enumerate(sorted(ends)):
            plans[number].ports[end] = (index + 1) / (len(ends) + 1)
    return {side: len(ends) for side, ends in sides.items()}


def _first_fit(segments: list[tuple[float, float, int, str]], plans: list[_Plan]) -> int:
    """Give each stretch the first track on which it meets no other; returns how many tracks are needed."""
    ends: list[float] = []
    for low, high, number, name in sorted(segments):
        track = next((i for i, end in enumerate(ends) if end < low), len(ends))
        if track == len(ends):
            ends.append(high)
        ends[track] = high
        plans[number].tracks[name] = track
    return len(ends)


def _choose_tracks(links: list[Link], plans: list[_Plan], columns: int, rows: int) -> tuple[list[int], list[int]]:
    gutters: dict[int, list[tuple[float, float, int, str]]] = defaultdict(list)
    corridors: dict[int, list[tuple[float, float, int, str]]] = defaultdict(list)
    for number, (link, plan) in enumerate(zip(links, plans, strict=True)):
        start = link.source.row + plan.ports["leave"]
        end = link.target.row + plan.ports["enter"]
        if plan.corridor is None:
            gutters[plan.leave].append((min(start, end), max(start, end), number, "leave"))
            continue
        bend = float(plan.corridor)
        gutters[plan.leave].append((min(start, bend), max(start, bend), number, "leave"))
        gutters[plan.enter].append((min(bend, end), max(bend, end), number, "enter"))
        across = sorted((float(plan.leave), float(plan.enter)))
        corridors[plan.corridor].append((across[0], across[1], number, "across"))
    return (
        [_first_fit(gutters[g], plans) for g in range(columns + 1)],
        [_first_fit(corridors[k], plans) for k in range(rows + 1)],
    )


class _Frame:
    """The measured grid: where each column, row, gutter and corridor begins, in inches."""

    def __init__(self, gutters: list[int], corridors: list[int], heights: list[float]) -> None:
        self.gutter_w = [2 * LABEL + TRACK * count if count else GAP for count in gutters]
        corridor_h = [2 * GAP + TRACK * count for count in corridors]
        widths = [size for width in self.gutter_w[:-1] for size in (width, BOX_W)] + [self.gutter_w[-1]]
        rows = [size for above, row in zip(corridor_h, heights, strict=False) for size in (above, row)]
        self.heights = heights
        self.across = [0.0, *accumulate(widths)]
        self.down = [0.0, *accumulate([*rows, corridor_h[-1]])]

    @property
    def size(self) -> Point:
        """Width and height of everything."""
        return self.across[-1], self.down[-1]

    def gutter_x(self, gutter: int, track: int) -> float:
        """Return where a track of a gutter runs."""
        return self.across[2 * gutter] + LABEL + TRACK * (track + 0.5)

    def corridor_y(self, corridor: int, track: int) -> float:
        """Return where a track of a corridor runs."""
        return self.down[-1] - (self.down[2 * corridor] + GAP + TRACK * (track + 0.5))

    def place(self, box: Box, height: float) -> Area:
        """Return where a box stands: in the middle of its row."""
        middle = self.down[-1] - (self.down[2 * box.row + 1] + self.heights[box.row] / 2)
        return self.across[2 * box.col + 1], middle - height / 2, BOX_W, height


def _height(box: Box, ports: dict[tuple[str, int], int]) -> float:
    count = max(ports.get((box.spot.id, gutter), 0) for gutter in (box.col, box.col + 1))
    return max(BOX_H, PORT * (count + 1))


def _port(area: Area, box: Box, gutter: int, share: float) -> Point:
    """Return where a line touches a box; left ports sit a little lower, so that facing ones never share a line."""
    x, y, width, height = area
    left = gutter == box.col
    return (x if left else x + width), y + height * (1 - share) - (SHIFT if left else 0)


def _line(link: Link, plan: _Plan, areas: dict[str, Area], frame: _Frame) -> list[Point]:
    start = _port(areas[link.source.spot.id], link.source, plan.leave, plan.ports["leave"])
    end = _port(areas[link.target.spot.id], link.target, plan.enter, plan.ports["enter"])
    x = frame.gutter_x(plan.leave, plan.tracks["leave"])
    if plan.corridor is None:
        if abs(start[1] - end[1]) < 2 * SHIFT and link.source.col != link.target.col:
            return [start, (x, start[1]), (end[0], start[1])]
        return [start, (x, start[1]), (x, end[1]), end]
    x2, y = frame.gutter_x(plan.enter, plan.tracks["enter"]), frame.corridor_y(plan.corridor, plan.tracks["across"])
    return [start, (x, start[1]), (x, y), (x2, y), (x2, end[1]), end]


def route(boxes: dict[str, Box], links: list[Link]) -> Drawing:
    """Return where everything is drawn."""
    columns = max(box.col for box in boxes.values()) + 1
    rows = max(box.row for box in boxes.values()) + 1
    plans = [_plan(link) for link in links]
    ports = _place_ports(links, plans)
    vertical, horizontal = _choose_tracks(links, plans, columns, rows)
    heights = [max(_height(box, ports) for box in boxes.values() if box.row == row) for row in range(rows)]
    frame = _Frame(vertical, horizontal, heights)
    areas = {name: frame.place(box, _height(box, ports)) for name, box in boxes.items()}
    lines = [_line(link, plan, areas, frame) for link, plan in zip(links, plans, strict=True)]
    gutters = [(frame.across[2 * g], frame.gutter_w[g]) for g in range(columns + 1)]
    return Drawing(areas, lines, gutters, frame.size)
