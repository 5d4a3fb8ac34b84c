"""The lines of the map: thickness by volume, colour by what was found, a lock where a flow is safeguarded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from gdpr_assess.flows.map_routes import Link
from gdpr_assess.flows.world import World
from gdpr_assess.lang import Texts
from gdpr_assess.model import Flow

MARKS = ("sound", "question", "problem", "serious")
COLOURS = {"sound": "#2e7d32", "question": "#9a7b00", "problem": "#c2570c", "serious": "#b3261e"}
STYLES: dict[str, Literal["-", ":", "--"]] = {"sound": "-", "question": ":", "problem": "--", "serious": "-"}
VOLUMES = ((1_000, 1.0), (10_000, 1.9), (100_000, 3.0), (None, 4.4))
"""Up to how many records a month (None: more), and how thick the line is; an unknown volume is the thinnest."""
LOCK_COLOUR = "#1f4e79"
_SHACKLE = [(-0.5, 0.0), (-0.5, 1.3), (0.5, 1.3), (0.5, 0.0), (0.25, 0.0), (0.25, 0.95), (-0.25, 0.95), (-0.25, 0.0)]
_BODY = [(-0.8, 0.0), (0.8, 0.0), (0.8, -1.2), (-0.8, -1.2), (-0.8, 0.0)]
LOCK = Path(
    [*_BODY, *_SHACKLE, _SHACKLE[0]],
    [
        *(Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY),
        *(Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY),
    ],
)


def thickness(volume: int | None) -> float:
    """Return how thick a line is for a number of records a month."""
    return next(width for most, width in VOLUMES if most is None or (volume or 0) <= most)


def safeguarded(world: World) -> frozenset[str]:
    """Return the flows that are sent encrypted and, where they leave for a third country, rest on a tool."""
    bare = {
        transfer.flow.id
        for transfer in world.transfers
        if transfer.protection != "safe" and transfer.flow.transfer_tool in (None, "none", "adequacy")
    }
    return frozenset(flow.id for flow in world.intake.flows if flow.encrypted and flow.id not in bare)


def volume_of(flows: Iterable[Flow]) -> int | None:
    """Return how many records a month some flows carry together, None where none of them says."""
    known = [flow.volume_per_month for flow in flows if flow.volume_per_month is not None]
    return sum(known) if known else None


def draw_line(axes: Axes, link: Link, points: list[tuple[float, float]]) -> None:
    """Draw one line with the flows it stands for, and its lock."""
    colour = COLOURS[link.mark]
    axes.add_patch(
        FancyArrowPatch(
            path=Path(points),
            arrowstyle="-|>",
            mutation_scale=9 + link.thickness,
            color=colour,
            linestyle=STYLES[link.mark],
            linewidth=link.thickness,
            joinstyle="round",
            capstyle="butt",
            zorder=2,
        )
    )
    x, y = points[-1]
    from_left = points[-2][0] < x
    label = ", ".join(link.flows) if len(link.flows) <= 2 else f"{link.flows[0]} +{len(link.flows) - 1}"
    axes.text(
        x - 0.13 if from_left else x + 0.13,
        y,
        label,
        ha="right" if from_left else "left",
        va="center",
        fontsize=7,
        color=colour,
        zorder=5,
        bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.6, "alpha": 0.92},
    )
    if link.locked:
        _draw_lock(axes, points)


def _draw_lock(axes: Axes, points: list[tuple[float, float]]) -> None:
    (x, y), (next_x, _) = points[0], points[1]
    at = x + 0.11 if next_x >= x else x - 0.11
    for marker, size, face in (("s", 60, "#ffffff"), (LOCK, 45, LOCK_COLOUR)):
        axes.scatter([at], [y], s=size, marker=marker, color=face, linewidths=0, zorder=6)


def handles(say: Texts) -> list[Line2D]:
    """Return what the legend says of lines: colours, thicknesses, the lock."""
    found = [
        Line2D([], [], color=COLOURS[m], linestyle=STYLES[m], linewidth=2, label=say(f"flows.mark_{m}"))
        for m in reversed(MARKS)
    ]
    limits = [most for most, _ in VOLUMES]
    for (most, width), least in zip(VOLUMES, [None, *limits], strict=False):
        key = "most" if least is None else "more" if most is None else "between"
        label = say(f"flows.volume_{key}", least=least, most=most)
        found.append(Line2D([], [], color="#6e6e73", linewidth=width, label=label))
    lock = {"marker": LOCK, "color": LOCK_COLOUR, "markersize": 8, "linestyle": "", "markeredgewidth": 0}
    return [*found, Line2D([], [], label=say("flows.locked"), **lock)]  # type: ignore[arg-type]
