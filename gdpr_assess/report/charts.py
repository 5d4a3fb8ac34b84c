"""The charts: how each domain stands, and the plan over time."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_skeleton
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gdpr_assess.lang.fonts import use_fonts
from gdpr_assess.lang.formatting import locale
from gdpr_assess.report.context import Report
from gdpr_assess.report.picture import COLOURS, INK, LINE, MUTED, RULE, ink_on, shortened
from gdpr_assess.report.rows import STATES, ActionRow, DomainRow

MONTH_INCHES = 0.42
WIDE, SMALL = 9.2, 4.3
"""Widths in inches; letters keep their size, so a narrow screen gets a chart of its own."""


def _day(moment: date) -> int:
    """Return a date as matplotlib counts it: days since 1970."""
    return moment.toordinal() - date(1970, 1, 1).toordinal()


def canvas(width: float, height: float, left: float, right: float = 0.55, top: float = 0.1) -> tuple[Figure, Axes]:
    """Return a figure of a size in inches with bare axes in it, at these margins."""
    use_fonts()
    figure = Figure(figsize=(width, height))
    bottom = 0.1
    axes = figure.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=INK, labelsize=9)
    return figure, axes


def score_chart(report: Report, *, small: bool = False) -> Figure:
    """Draw one bar per domain, cut into states, with the score at its end."""
    rows = report.domains
    step = 0.52 if small else 0.36
    figure, axes = canvas(SMALL if small else WIDE, step * max(len(rows), 1) + 0.4, 0.1 if small else 2.95)
    most = max((row.total for row in rows), default=1)
    axes.text(most * 1.045, -0.8, report.t("report.score_short"), va="center", ha="center", fontsize=8, color=MUTED)
    for y, row in enumerate(rows):
        _domain_bar(axes, y, row, height=0.42 if small else 0.66)
        score = "–" if row.score is None else f"{row.score:.0f}"
        axes.text(most * 1.045, y, score, va="center", ha="center", fontsize=10, weight="bold", color=INK)
        if small:
            axes.text(0, y - 0.42, shortened(row.name, 46), va="center", fontsize=9, color=INK)
    axes.set_xlim(0, most)
    axes.set_ylim(len(rows) - 0.5, -1.0)
    axes.set_xticks([])
    axes.set_yticks([] if small else range(len(rows)), [] if small else [shortened(r.name, 36) for r in rows])
    return figure


def _domain_bar(axes: Axes, y: int, row: DomainRow, height: float) -> None:
    left = 0
    for name in STATES:
        count = row.counts[name]
        if not count:
            continue
        axes.barh(y, count, height, left, color=COLOURS[name], edgecolor="white", linewidth=0.8)
        axes.text(left + count / 2, y, str(count), ha="center", va="center", fontsize=8, color=ink_on(COLOURS[name]))
        left += count


def plan_chart(report: Report, actions: tuple[ActionRow, ...], *, small: bool = False) -> Figure:
    """Draw the plan: one bar per action from start to due date, with lines from what it waits for."""
    step, left = (0.5, 0.12) if small else (0.31, 3.5)
    figure, axes = canvas(SMALL if small else WIDE, step * len(actions) + 0.65, left, right=0.3, top=0.52)
    for y, action in enumerate(actions):
        start, days = _day(action.start), (action.due - action.start).days + 1
        axes.barh(y, days, 0.36 if small else 0.6, start, align="center", color=COLOURS["plan"])
        if small:
            label = shortened(f"{action.number}  {action.title}", 50)
            axes.text(0, y - 0.4, label, va="center", fontsize=8, color=INK, transform=axes.get_yaxis_transform())
    if not small:
        _waits(axes, actions)
    _months(axes, actions, report, (SMALL if small else WIDE) - left - 0.3)
    axes.set_ylim(len(actions) - 0.5, -0.8 if small else -0.6)
    labels = [] if small else [shortened(f"{a.number}  {a.title}", 46) for a in actions]
    axes.set_yticks([] if small else range(len(actions)), labels)
    return figure


def _waits(axes: Axes, actions: tuple[ActionRow, ...]) -> None:
    at = {action.number: y for y, action in enumerate(actions)}
    for y, action in enumerate(actions):
        for other in action.after:
            if other in at:
                before = _day(actions[at[other]].due) + 1
                x = max(_day(action.start), before)
                axes.plot([before, before, x], [at[other], y, y], color=LINE, linewidth=0.7, zorder=0)


def _months(axes: Axes, actions: tuple[ActionRow, ...], report: Report, plot_width: float) -> None:
    first = min(action.start for action in actions)
    last = max(action.due for action in actions) + timedelta(days=2)
    starts = month_starts(first, last)
    left, inches = _day(first), plot_width / max((last - first).days, 1)
    spots: list[tuple[int, date]] = []
    for month in starts:
        at = max(_day(month), left)
        if not spots or (at - spots[-1][0]) * inches >= MONTH_INCHES:
            spots.append((at, month))
    if len(spots) > 1 and (spots[1][0] - left) * inches < MONTH_INCHES * 1.5 and first.day > 15:
        spots.pop(0)
    names = [
        format_skeleton("MMM", month, locale=locale(report.lang))
        + (f"\n{month.year}" if _says_year(spots, n) else "\n")
        for n, (_, month) in enumerate(spots)
    ]
    axes.set_xlim(left, _day(last))
    axes.xaxis.tick_top()
    axes.set_xticks([at for at, _ in spots], names, ha="left")
    axes.tick_params(axis="x", labelsize=8, colors=MUTED)
    for month in starts[1:]:
        axes.axvline(_day(month), color=RULE, linewidth=0.8, zorder=-1)


def _says_year(spots: list[tuple[int, date]], number: int) -> bool:
    return number == 0 or spots[number][1].year != spots[number - 1][1].year


def month_starts(first: date, last: date) -> list[date]:
    """Return the first day of each month from that of `first` to `last`."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found
