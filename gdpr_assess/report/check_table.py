"""The checks of records: how many were looked at, how many were wrong, how sure that is, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdpr_assess.model import CheckResult
from gdpr_assess.report.context import Report
from gdpr_assess.report.filters import choice, filter_bar, tick
from gdpr_assess.report.html import Html, chip, definitions, section, table, tag
from gdpr_assess.report.rows import CheckRow

OUTCOMES = ("ran", "not_testable", "not_applicable", "failed")


def rate_text(report: Report, check: CheckResult) -> str:
    """Return the result of a check in one line: exceptions, records, rate, interval."""
    t = report.t
    if check.outcome != "ran":
        return t.word(check.outcome)
    decided = check.population - check.untested
    parts = [t("report.rate", exceptions=check.exceptions, decided=decided, rate=check.rate)]
    if check.ci95 is not None:
        parts.append(t("report.interval", low=check.ci95[0], high=check.ci95[1]))
    if check.untested:
        parts.append(t("report.rate_untested", untested=check.untested))
    return t("report.list_comma").join(parts)


def place_list(places: tuple[str, ...]) -> Html | None:
    """Return places as a list, or None when there are none."""
    return tag("ul", [tag("li", tag("code", place)) for place in places], class_="ga-places") if places else None


def check_table(report: Report) -> Html:
    """Return every check with population, exceptions, rate, interval and places."""
    t, rows = report.t, report.checks
    if not rows:
        return section(t("report.checks"), tag("p", t("report.no_checks")), id_="checks")
    bar = filter_bar(
        report,
        "check-list",
        len(rows),
        choice(report, "outcome", t("report.outcome"), [(o, t.word(o)) for o in OUTCOMES]),
        tick(t("report.only_exceptions"), "exceptions"),
    )
    listed = tag("div", [_row(report, row) for row in rows], id="check-list", class_="ga-list")
    empty = tag("p", t("report.filter_empty"), class_="ga-empty", hidden=True)
    return section(t("report.checks"), bar, listed, empty, id_="checks", intro=t("report.checks_intro"))


def _row(report: Report, row: CheckRow) -> Html:
    check, t = row.check, report.t
    ran = check.outcome == "ran"
    kind = "clean" if ran and not check.exceptions else check.outcome
    word = t("report.clean") if kind == "clean" else t("report.exceptions_found") if ran else t.word(check.outcome)
    summary = tag(
        "summary",
        tag("span", tag("b", row.title), class_="ga-name"),
        tag("span", _meter(check) if ran else None, class_="ga-meter-cell"),
        tag("span", rate_text(report, check) if ran else None),
        tag("span", chip(word, f"check-{kind}")),
    )
    return tag(
        "details",
        summary,
        tag("div", _detail(report, row), class_="ga-detail"),
        id="check-" + check.check.replace(".", "-") + (f"-{check.channel}" if check.channel else ""),
        class_="ga-row ga-check",
        data_outcome=check.outcome,
        data_exceptions="yes" if check.exceptions else "no",
    )


def _meter(check: CheckResult) -> Html:
    """A bar from 0 to 100 % with the interval as a lighter band; the numbers stand beside it in words."""
    rate = 100 * (check.rate or 0)
    band = None
    if check.ci95:
        low, high = (100 * value for value in check.ci95)
        band = tag("i", class_="ga-band", style=f"left:{low:.1f}%;width:{max(high - low, 0.5):.1f}%")
    bar = tag("i", class_="ga-rate", style=f"width:{max(rate, 0.8) if check.exceptions else 0:.1f}%")
    return tag("span", band, bar, class_="ga-meter", aria_hidden="true")


def _detail(report: Report, row: CheckRow) -> Html:
    check, t = row.check, report.t
    proven = None if check.reconciled is None else t("report.complete" if check.reconciled else "report.incomplete")
    facts = [
        (t("report.reason"), row.reason),
        (t("report.population"), report.number(check.population)),
        (t("report.exceptions"), report.number(check.exceptions)),
        (t("report.untested"), report.number(check.untested)),
        (t("report.basis"), t.word(check.basis) if check.basis else None),
        (t("report.completeness"), proven),
        (t("report.effect"), t(f"report.effect_{check.effect}")),
    ]
    channels = check.params.get("by_channel", {})
    return tag(
        "div",
        tag("p", row.said) if row.said else None,
        definitions(facts),
        _by_channel(report, channels) if len(channels) > 1 else None,
        _assumed(report, check.params.get("assumed", ())),
        tag("h4", t("report.places")) if row.places else None,
        tag("p", t("report.places_first")) if len(check.places) < check.exceptions else None,
        place_list(row.places),
    )


def _by_channel(report: Report, channels: Mapping[str, Mapping[str, int]]) -> Html:
    t = report.t
    counted = ("population", "exceptions", "untested")
    heads = [t(f"report.{key}") for key in ("channel", *counted)]
    rows = [
        [t.word(channel), *(report.number(counts.get(key)) for key in counted)] for channel, counts in channels.items()
    ]
    return table(heads, rows, t("report.by_channel"))


def _assumed(report: Report, columns: Sequence[str]) -> Html | None:
    if not columns:
        return None
    return tag("p", report.t("report.assumed"), " ", tag("code", ", ".join(columns)))
