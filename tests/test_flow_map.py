"""The flow map: nothing overlaps, every flow is there, both languages are drawn and described."""

from __future__ import annotations

import io
from datetime import date
from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties, findfont

from gdpr_assess.flows import assess, describe_map, draw_map
from gdpr_assess.flows.map import _cut, _lines, _links, _wide, _world, marks
from gdpr_assess.flows.map_grid import arrange
from gdpr_assess.flows.map_lines import safeguarded, thickness, volume_of
from gdpr_assess.flows.map_routes import Area, Drawing, Point, route
from gdpr_assess.flows.rule import EXAMPLE_PROFILE
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.lang.fonts import use_fonts
from gdpr_assess.model import Assessment, Finding, Flow, Intake, ReviewDecision

DAY = date(2026, 9, 30)
LANDS = ["DE", "FR", "IE", "US", "IN", "PH", "GB", "CH", "SE"]


def _run(intake: Intake) -> Assessment:
    return Assessment(
        package_version="0",
        catalogue_fingerprint="0",
        inputs=(),
        as_of=DAY,
        client=intake.profile,
        sites=intake.sites,
        partners=intake.partners,
        systems=intake.systems,
        flows=intake.flows,
        findings=tuple(assess(intake, DAY)),
    )


def _client(systems: int, flows: int) -> Assessment:
    ids = ["people", "client", "P0", "P1", "P2", "P3"] + [f"S{i}" for i in range(systems)]
    partners = [
        {"id": f"P{i}", "name": f"Partner Telephone Services {i} GmbH", "country": LANDS[2 * i], "role": "processor"}
        for i in range(4)
    ]
    rows = [
        {
            "id": f"S{i}",
            "name": f"客户管理系统全球版本 {i}",
            "kind": "crm",
            "operator": f"P{i % 4}" if i % 3 else "client",
        }
        | {"hosting_country": LANDS[i % 9]}
        for i in range(systems)
    ]
    ends = [(ids[(i * 3) % 6], ids[(i * 7 + 2) % len(ids)]) for i in range(flows)]
    moves = [
        {"id": f"F{i}", "source": a, "target": b, "kind": "disclosure", "purpose": "service"}
        for i, (a, b) in enumerate(ends)
        if a != b
    ]
    intake = {"profile": EXAMPLE_PROFILE, "partners": partners, "systems": rows, "flows": moves}
    return _run(Intake.model_validate(intake))


def _drawing(run: Assessment) -> Drawing:
    world = _world(run)
    boxes, _ = arrange(world)
    return route(boxes, _links(run, world, boxes))


def _apart(a: Area, b: Area) -> bool:
    return a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]


def _inside(start: Point, end: Point, area: Area) -> bool:
    """Tell whether a straight stretch runs through the inner part of a box."""
    x, y, width, height = area
    low, high = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return low[0] < x + width - 0.01 and low[1] > x + 0.01 and high[0] < y + height - 0.01 and high[1] > y + 0.01


@pytest.mark.parametrize(("systems", "flows"), [(0, 0), (3, 4), (10, 15), (40, 90)])
def test_boxes_never_overlap_and_no_line_runs_through_one(systems: int, flows: int) -> None:
    drawing = _drawing(_client(systems, flows))
    assert all(_apart(a, b) for a, b in combinations(drawing.boxes.values(), 2))
    for line in drawing.lines:
        for start, end in pairwise(line):
            assert start[0] == end[0] or start[1] == end[1]
            assert not [name for name, area in drawing.boxes.items() if _inside(start, end, area)]


def test_vertical_stretches_of_different_lines_never_lie_on_each_other() -> None:
    stretches = [
        (start[0], *sorted((start[1], end[1])), number)
        for number, line in enumerate(_drawing(_client(40, 90)).lines)
        for start, end in pairwise(line)
        if start[0] == end[0]
    ]
    for a, b in combinations(stretches, 2):
        assert a[3] == b[3] or abs(a[0] - b[0]) > 0.01 or a[2] < b[1] or b[2] < a[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_map_is_drawn_with_glyphs_for_every_character_and_names_fit_their_boxes(lang: str) -> None:
    figure = draw_map(_client(10, 15), lang)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # a missing glyph would be a warning, and warnings are errors here
    (axes,) = figure.axes
    width = axes.transData.transform((1.9, 0))[0] - axes.transData.transform((0, 0))[0]
    names = [text for text in axes.texts if "客户管理" in text.get_text() or "Partner" in text.get_text()]
    assert len(names) >= 14
    assert all(text.get_window_extent(canvas.get_renderer()).width < width for text in names)


def test_chinese_font_travels_with_the_package() -> None:
    assert "Noto Sans SC" in use_fonts()
    assert findfont(FontProperties(family="Noto Sans SC"), fallback_to_default=False).endswith("NotoSansSC-Regular.ttf")


def test_same_run_gives_the_same_picture() -> None:
    pictures = []
    for _ in range(2):
        stream = io.BytesIO()
        draw_map(_client(6, 8), "en").savefig(stream, format="png", metadata={"Software": None})
        pictures.append(stream.getvalue())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_description_names_every_flow_and_counts_them(lang: str) -> None:
    run = _client(10, 15)
    text = describe_map(run, lang)
    assert all(flow.id in text for flow in run.flows)
    assert str(len(run.flows)) in text
    assert "[en]" not in text


def test_description_without_flows_says_so() -> None:
    assert describe_map(_client(0, 0), "en") == "No flows have been declared."


def _finding(ident: str, **more: object) -> Finding:
    data = {
        "id": ident,
        "source": "flows",
        "rule": "R",
        "effect": "violation",
        "severity": "high",
        "controls": ["XFR-02"],
    }
    return Finding.model_validate(data | {"place": {"file": "f"}, "params": {"flow": "F1"}} | more)


def test_worst_finding_colours_a_flow_and_a_false_positive_does_not() -> None:
    worst, asked = _finding("1"), _finding("2", effect="indicator")
    run = _client(3, 4).model_copy(update={"findings": (asked, worst)})
    assert marks(run) == {"F1": "serious"}
    dismissed = ReviewDecision(finding="1", decision="false_positive", reason="read", by="A. Person", on=DAY)
    assert marks(run.model_copy(update={"review": (dismissed,)})) == {"F1": "question"}


def test_long_names_are_broken_and_cut_by_the_width_of_their_characters() -> None:
    for name in (
        "Northern Contact Outsourcing Incorporated of Toronto",
        "星云智能家居全球客户服务管理平台系统二〇二六版本",
    ):
        assert all(sum(map(_wide, line)) <= 24 for line in _lines(name))
        assert len(_lines(name)) == 2
    assert _cut("客户管理系统", 6).endswith("…")
    assert _lines("CRM") == ["CRM"]


def test_a_line_is_thicker_the_more_records_it_carries() -> None:
    widths = [thickness(volume) for volume in (None, 999, 5_000, 50_000, 5_000_000)]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4
    flows = [flow.model_copy(update={"volume_per_month": 60_000}) for flow in _client(3, 2).flows]
    assert (volume_of(flows), volume_of(_client(3, 2).flows)) == (120_000, None)


@pytest.mark.parametrize(
    ("changes", "locked"),
    [
        ({}, False),
        ({"encrypted": True}, False),
        ({"encrypted": True, "transfer_tool": "scc_module_2"}, True),
        ({"encrypted": False, "transfer_tool": "scc_module_2"}, False),
        ({"encrypted": True, "transfer_tool": "none"}, False),
        ({"encrypted": True, "target": "P0"}, True),
    ],
)
def test_a_lock_needs_encryption_and_a_tool_where_data_leave(changes: dict[str, object], locked: bool) -> None:
    flow = {"id": "F1", "source": "client", "target": "P2", "kind": "disclosure", "purpose": "service"} | changes
    run = _client(0, 0).model_copy(update={"flows": (Flow.model_validate(flow),)})
    assert ("F1" in safeguarded(_world(run))) is locked
    (link,) = _links(run, _world(run), arrange(_world(run))[0])
    assert link.locked is locked
    assert ("safeguarded" in describe_map(run, "en")) is locked


def test_locks_are_drawn_beside_their_boxes() -> None:
    run = _client(3, 4)
    locked = run.model_copy(
        update={"flows": tuple(f.model_copy(update={"encrypted": True, "transfer_tool": "bcr"}) for f in run.flows)}
    )
    assert len(draw_map(run, "en").axes[0].collections) == 0
    links = _links(locked, _world(locked), arrange(_world(locked))[0])
    assert len(draw_map(locked, "en").axes[0].collections) == 2 * len(links), "a lock and the ground it stands on"
