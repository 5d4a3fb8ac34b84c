"""A row of filters above a list; templates/report.js does the filtering, in the dashboard and in the saved page."""

from __future__ import annotations

from collections.abc import Iterable

from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, tag

Choices = Iterable[tuple[str, str]]


def choice(report: Report, name: str, label: str, options: Choices) -> Html:
    """Return a drop-down that keeps the rows whose `data-<name>` is the chosen value."""
    shown = [tag("option", report.t("report.filter_all"), value="")]
    shown += [tag("option", word, value=value) for value, word in dict(options).items()]
    return tag("label", tag("span", label), tag("select", shown, data_filter=name))


def tick(label: str, name: str) -> Html:
    """Return a box that, when ticked, keeps the rows whose `data-<name>` is yes."""
    return tag("label", tag("input", type="checkbox", data_filter=name), tag("span", label), class_="ga-tick")


def filter_bar(report: Report, target: str, total: int, *controls: Html, folded: bool = True) -> Html:
    """Return the filters for the element with id `target`, with a text search, a count and a reset button.

    `folded` adds a button that opens all rows that are shown, or closes them again.
    """
    t = report.t
    search = tag(
        "label",
        tag("span", t("report.filter_text")),
        tag("input", type="search", data_filter="text", placeholder=t("report.filter_text_hint")),
    )
    count = t("report.filter_count", shown="{shown}", total=total)
    return tag(
        "form",
        *controls,
        search,
        tag("button", t("report.filter_reset"), type="reset"),
        _opener(report) if folded else None,
        tag("output", count.replace("{shown}", str(total)), data_count=count, aria_live="polite"),
        class_="ga-filter",
        data_target=target,
        aria_label=t("report.filter_label"),
    )


def _opener(report: Report) -> Html:
    opened, closed = report.t("report.open_all"), report.t("report.close_all")
    return tag("button", opened, type="button", data_opens=opened, data_closes=closed)
