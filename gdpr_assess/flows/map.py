"""The flow map: a picture of who has the data and where they go, and the same in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

from gdpr_assess.flows.map_grid import Box, LaneSpan, arrange
from gdpr_assess.flows.map_lines import (
    COLOURS,
    MARKS,
    STYLES,
    draw_line,
    handles,
    safeguarded,
    thickness,
    volume_of,
)
from gdpr_assess.flows.map_routes import Drawing, Link, route
from gdpr_assess.flows.world import World
from gdpr_assess.lang import Texts, texts
from gdpr_assess.lang.fonts import use_fonts
from gdpr_assess.lang.formatting import country_name
from gdpr_assess.model import Assessment, Finding, Flow, Intake

FRAMES = {"sound": 1.2, "question": 1.6, "problem": 1.6, "serious": 2.6}
"""How thick the frame of a box is."""
FACES = {"people": "#ffffff", "client": "#173f5f", "site": "#dcebf7", "partner": "#f3e6d8", "system": "#ffffff"}
LANE_FACES = {"people": "#f4f4f4", "eea": "#eaf3ec", "uk": "#eef1f8", "adequate": "#f6f3e4", "third": "#f8ebe9"}
HEAD, FOOT, MARGIN = 1.0, 0.95, 0.15
INK = "#1d1d1f"


def _world(run: Assessment) -> World:
    parts = {"sites": run.sites, "partners": run.partners, "systems": run.systems, "flows": run.flows}
    return World(Intake(profile=run.client, **parts), run.as_of)


def _mark(finding: Finding) -> str:
    if finding.effect != "violation":
        return "question"
    return "serious" if finding.severity == "high" else "problem"


def marks(run: Assessment) -> dict[str, str]:
    """Return the worst mark of every flow, site, partner and system that a flow finding is about.

    What a person called a false positive does not colour the map.
    """
    dismissed = {d.finding for d in run.review if d.decision == "false_positive"}
    found: dict[str, str] = {}
    for finding in run.findings:
        if finding.source != "flows" or finding.id in dismissed:
            continue
        about = next((finding.params[k] for k in ("flow", "system", "partner", "site") if k in finding.params), None)
        if about is not None:
            found[about] = max(found.get(about, "sound"), _mark(finding), key=MARKS.index)
    return found


def _links(run: Assessment, world: World, boxes: dict[str, Box]) -> list[Link]:
    by_pair: dict[tuple[str, str], list[Flow]] = {}
    for flow in run.flows:
        if world.ends(flow) is not None and flow.source != flow.target:
            by_pair.setdefault((flow.source, flow.target), []).append(flow)
    found, safe = marks(run), safeguarded(world)
    return [
        Link(
            boxes[a],
            boxes[b],
            tuple(flow.id for flow in flows),
            max((found.get(flow.id, "sound") for flow in flows), key=MARKS.index),
            thickness(volume_of(flows)),
            locked=all(flow.id in safe for flow in flows),
        )
        for (a, b), flows in by_pair.items()
    ]


def _wide(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut(text: str, width: int) -> str:
    """Shorten a text to a number of half-width columns."""
    used = 0
    for index, char in enumerate(text):
        used += _wide(char)
        if used > width:
            return text[: max(0, index - 1)].rstrip() + "…"
    return text


def _lines(text: str, width: int = 23) -> list[str]:
    """Break a name into at most two lines."""
    if sum(map(_wide, text)) <= width:
        return [text]
    head = ""
    for part in text.replace("-", "- ").split(" ") if " " in text or "-" in text else list(text):
        joined = f"{head} {part}".strip() if " " in text else head + part
        if sum(map(_wide, joined)) > width:
            break
        head = joined
    rest = text[len(head) :].strip() if head and text.startswith(head) else text
    return [head, _cut(rest, width)] if head else [_cut(text, width)]


def _label(box: Box, say: Texts) -> tuple[list[str], str]:
    spot = box.spot
    if spot.kind == "people":
        return [say("flows.people")], ""
    kind = say("flows.client" if spot.kind == "client" else f"flows.kind_{spot.kind}")
    place = country_name(box.land, say.lang) if box.land else ""
    ident = "" if spot.kind == "client" else f"{spot.id} · "
    return _lines(spot.name), _cut(f"{ident}{kind} · {place}", 30)


def _draw_lanes(axes: Axes, spans: list[LaneSpan], drawing: Drawing, say: Texts) -> None:
    height = drawing.size[1]
    middles = [x + width / 2 for x, width in drawing.gutters]
    for span in spans:
        left = 0.0 if span is spans[0] else middles[span.first]
        right = drawing.size[0] if span is spans[-1] else middles[span.last + 1]
        axes.add_patch(
            Rectangle(
                (left, 0), right - left, height + 0.42, facecolor=LANE_FACES[span.lane], edgecolor="#ffffff", lw=3
            )
        )
        text = say(f"flows.lane_{span.lane}")
        axes.text((left + right) / 2, height + 0.16, text, ha="center", va="center", fontsize=11, color=INK)


def _draw_box(axes: Axes, box: Box, at: tuple[float, float, float, float], mark: str | None, say: Texts) -> None:
    x, y, width, height = at
    edge = COLOURS[mark] if mark else "#6e6e73"
    axes.add_patch(
        FancyBboxPatch(
            (x + 0.03, y + 0.03),
            width - 0.06,
            height - 0.06,
            boxstyle=f"round,pad=0,rounding_size={0.14 if box.spot.kind == 'system' else 0.03}",
            facecolor=FACES[box.spot.kind],
            edgecolor=edge,
            linewidth=FRAMES[mark] + 0.4 if mark else 0.9,
            linestyle=STYLES[mark] if mark else "-",
            zorder=3,
        )
    )
    names, below = _label(box, say)
    colour = "#ffffff" if box.spot.kind == "client" else INK
    text = "\n".join(names)
    axes.text(
        x + width / 2,
        y + height / 2 + (0.09 if below else 0),
        text,
        ha="center",
        va="center",
        fontsize=8.5,
        color=colour,
        zorder=4,
        linespacing=1.05,
    )
    if below:
        drop = 0.15 if len(names) == 1 else 0.2
        axes.text(
            x + width / 2, y + height / 2 - drop, below, ha="center", va="center", fontsize=7, color=colour, zorder=4
        )


def _legend(figure: Figure, say: Texts) -> None:
    kinds = [
        Patch(facecolor=FACES[kind], edgecolor="#6e6e73", label=say(f"flows.kind_{kind}"))
        for kind in ("site", "partner", "system")
    ]
    figure.legend(
        handles=handles(say) + kinds,
        loc="lower center",
        ncols=4,
        fontsize=8,
        frameon=False,
        title=say("flows.legend"),
        title_fontsize=8,
    )


def draw_map(run: Assessment, lang: str) -> Figure:
    """Draw people, client, sites, partners and systems in lanes by region, and the flows between them."""
    use_fonts()
    say, world = texts(lang), _world(run)
    boxes, spans = arrange(world)
    links = _links(run, world, boxes)
    drawing = route(boxes, links)
    width, height = drawing.size[0] + 2 * MARGIN, drawing.size[1] + HEAD + FOOT
    figure = Figure(figsize=(width, height), facecolor="#ffffff")
    axes = figure.add_axes((MARGIN / width, FOOT / height, drawing.size[0] / width, (drawing.size[1] + 0.45) / height))
    axes.set_xlim(0, drawing.size[0])
    axes.set_ylim(0, drawing.size[1] + 0.45)
    axes.set_axis_off()
    _draw_lanes(axes, spans, drawing, say)
    for link, points in zip(links, drawing.lines, strict=True):
        draw_line(axes, link, points)
    found = marks(run)
    for name, box in boxes.items():
        _draw_box(axes, box, drawing.boxes[name], found.get(name), say)
    title = say("flows.map_title", client=run.client.client_name, on=run.as_of.isoformat())
    figure.text(MARGIN / width, 1 - 0.3 / height, title, fontsize=14, color=INK, va="center")
    _legend(figure, say)
    return figure


def _sentences(run: Assessment, lang: str) -> Iterator[str]:
    say, world = texts(lang), _world(run)
    if not run.flows:
        yield say("flows.no_flows")
        return
    boxes, spans = arrange(world)
    found, safe = marks(run), safeguarded(world)
    of_flow = [found.get(flow.id, "sound") for flow in run.flows]
    counts = {mark: of_flow.count(mark) for mark in MARKS}
    yield say("flows.describe", flows=len(run.flows), spots=len(boxes), **counts)
    names = {name: say("flows.people") if box.spot.kind == "people" else box.spot.name for name, box in boxes.items()}
    for span in spans:
        inside = [names[name] for name, box in boxes.items() if box.lane == span.lane]
        yield say("flows.describe_lane", lane=say(f"flows.lane_{span.lane}"), names=inside)
    for flow, mark in zip(run.flows, of_flow, strict=True):
        ends = {"source": names.get(flow.source, flow.source), "target": names.get(flow.target, flow.target)}
        more = [say("flows.describe_volume", count=flow.volume_per_month)] if flow.volume_per_month is not None else []
        more += [say("flows.describe_locked")] if flow.id in safe else []
        yield say("flows.describe_flow", flow=flow.id, said=[say(f"flows.mark_{mark}"), *more], **ends)


def describe_map(run: Assessment, lang: str) -> str:
    """Return the map in words, for people who do not see it."""
    return ("" if lang == "zh" else " ").join(_sentences(run, lang))
