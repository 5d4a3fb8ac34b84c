"""Results by channel: a chart of how the checks ended, and behind each channel its checks, figures and first rows."""

from __future__ import annotations

from matplotlib.figure import Figure

from gdpr_assess.report.channel_rows import ENDINGS, ChannelCheck, ChannelRow, Ended, channel_rows
from gdpr_assess.report.charts import SMALL, WIDE, canvas
from gdpr_assess.report.check_table import check_row
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, section, tag
from gdpr_assess.report.picture import COLOURS, INK, ink_on, picture, shortened

SHADES: dict[Ended, str] = {
    "exceptions": COLOURS["not_met"], "question": COLOURS["low"], "clean": COLOURS["met_tested"],
    "undecided": COLOURS["partly"], "not_testable": COLOURS["not_assessed"], "no_records": "#eef1f4",
}  # fmt: skip
CHIPS: dict[Ended, str] = {
    "exceptions": "check-ran", "question": "low", "clean": "check-clean",
    "undecided": "partly", "not_testable": "check-not_testable", "no_records": "indicator",
}  # fmt: skip
TESTED: frozenset[Ended] = frozenset({"exceptions", "question", "clean", "undecided"})


def results_by_channel(report: Report) -> Html | None:
    """Return the overview and the drill-down, or None where no check was made."""
    t, rows = report.t, channel_rows(report) if report.run.checks else ()
    if not rows:
        return None
    alt = t("channels.channel_alt", text=" ".join(_alt(report, row) for row in rows))
    chart = picture(_chart(report, rows), alt, _chart(report, rows, small=True), t("channels.channel_caption"))
    listed = tag("div", [_channel(report, row) for row in rows], id="channel-list", class_="ga-list")
    intro = t("channels.by_channel_intro")
    return section(t("channels.by_channel"), _legend(report, rows), chart, listed, id_="channels", intro=intro)


def channel_name(report: Report, row: ChannelRow) -> str:
    """Return what a channel is called."""
    return report.t.word(row.channel) if row.channel else report.t("channels.channel_none")


def _state(report: Report, ended: Ended) -> str:
    return report.t(f"channels.state_{ended}")


def _alt(report: Report, row: ChannelRow) -> str:
    t = report.t
    parts = [t("channels.channel_alt_part", count=n, state=_state(report, ended)) for ended, n in row.counts.items()]
    return t("channels.channel_alt_row", channel=channel_name(report, row), parts=t("report.list_comma").join(parts))


def _legend(report: Report, rows: tuple[ChannelRow, ...]) -> Html:
    shown = [ended for ended in ENDINGS if any(ended in row.counts for row in rows)]
    items = [tag("li", tag("i", class_="ga-swatch", style=f"background:{SHADES[ended]};outline:1px solid #b9c2cc"),
                 _state(report, ended)) for ended in shown]  # fmt: skip
    return tag("ul", items, class_="ga-legend", aria_label=report.t("report.legend"))


def _channel(report: Report, row: ChannelRow) -> Html:
    t = report.t
    counts = [chip(t("channels.channel_alt_part", count=n, state=_state(report, ended)), CHIPS[ended])
              for ended, n in row.counts.items()]  # fmt: skip
    name = tag("span", tag("b", channel_name(report, row)), class_="ga-name")
    tested = [one for one in row.checks if one.ended in TESTED]
    others = _others(report, row)
    anchor = f"channel-{row.channel or 'none'}"
    detail = tag(
        "div",
        tag("div", [_check(report, anchor, one) for one in tested], class_="ga-list") if tested else None,
        tag("h4", t("channels.not_tested_here")) if others else None,
        tag("ul", others) if others else None,
        class_="ga-detail",
    )
    summary = tag("summary", name, tag("span", counts, class_="ga-chips"))
    return tag("details", summary, detail, id=anchor, class_="ga-row ga-channel")


def _check(report: Report, anchor: str, one: ChannelCheck) -> Html:
    return check_row(report, one.row, f"{anchor}-{one.row.check.check.replace('.', '-')}")


def _others(report: Report, row: ChannelRow) -> list[Html]:
    """Return the checks that were not made in a channel, together where the reason is the same."""
    t, found = report.t, dict[str, list[str]]()
    for one in row.checks:
        if one.ended in TESTED:
            continue
        check = one.row.check
        nothing = one.ended == "no_records" and row.channel is not None
        reason = t("channels.no_records_here") if nothing else one.row.reason or t.word(check.outcome)
        found.setdefault(reason, []).append(one.row.title)
    return [tag("li", tag("b", reason), " ", "; ".join(titles)) for reason, titles in found.items()]


def _chart(report: Report, rows: tuple[ChannelRow, ...], *, small: bool = False) -> Figure:
    """Draw one bar per channel, cut into how its checks ended."""
    step = 0.52 if small else 0.4
    figure, axes = canvas(SMALL if small else WIDE, step * len(rows) + 0.2, 0.1 if small else 1.9)
    most = max(len(row.checks) for row in rows)
    for y, row in enumerate(rows):
        left = 0
        for ended, count in row.counts.items():
            colour = SHADES[ended]
            axes.barh(y, count, 0.42 if small else 0.66, left, color=colour, edgecolor="white", linewidth=0.8)
            axes.text(left + count / 2, y, str(count), ha="center", va="center", fontsize=8, color=ink_on(colour))
            left += count
        if small:
            axes.text(0, y - 0.42, shortened(channel_name(report, row), 46), va="center", fontsize=9, color=INK)
    axes.set_xlim(0, most)
    axes.set_ylim(len(rows) - 0.5, -0.9 if small else -0.6)
    axes.set_xticks([])
    names = [shortened(channel_name(report, row), 22) for row in rows]
    axes.set_yticks([] if small else range(len(rows)), [] if small else names)
    return figure
