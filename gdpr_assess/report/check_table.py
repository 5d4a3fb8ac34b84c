"""The checks of records: how many were looked at, how many were wrong, how sure that is, and where."""

from __future__ import annotations

from collections.abc import Sequence

from gdpr_assess.model import ChannelResult, CheckResult
from gdpr_assess.report.context import Report
from gdpr_assess.report.filters import choice, filter_bar, tick
from gdpr_assess.report.html import Html, chip, definitions, section, table, tag
from gdpr_assess.report.rows import CheckRow
from gdpr_assess.report.sample_words import sample_lines

OUTCOMES = ("ran", "not_testable", "not_applicable", "failed")


def rate_text(report: Report, check: CheckResult) -> str:
    """Return the result of a check in one line: exceptions, records, rate, interval."""
    t = report.t
    if check.outcome != "ran":
        return t.word(check.outcome)
    decided = check.population - check.untested
    if not decided:
        return t("channels.only_undecided", count=check.untested)
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
    listed = tag("div", [check_row(report, row) for row in rows], id="check-list", class_="ga-list")
    empty = tag("p", t("report.filter_empty"), class_="ga-empty", hidden=True)
    return section(t("report.checks"), bar, listed, empty, id_="checks", intro=t("report.checks_intro"))


def check_anchor(check: CheckResult) -> str:
    """Return the id of a check's row on the page."""
    return "check-" + check.check.replace(".", "-")


def check_row(report: Report, row: CheckRow, anchor: str | None = None) -> Html:
    """Return one check as a line that opens to its figures and places; `anchor` is its id on the page."""
    check = row.check
    ran = check.outcome == "ran"
    word, kind = _result(report, check)
    summary = tag(
        "summary",
        tag("span", tag("b", row.title), class_="ga-name"),
        tag("span", _meter(check) if ran else None, class_="ga-meter-cell"),
        tag("span", rate_text(report, check) if ran else None),
        tag("span", chip(word, kind)),
    )
    return tag(
        "details",
        summary,
        tag("div", _detail(report, row), class_="ga-detail"),
        id=anchor or check_anchor(check),
        class_="ga-row ga-check",
        data_outcome=check.outcome,
        data_exceptions="yes" if check.exceptions else "no",
    )


def _result(report: Report, check: CheckResult) -> tuple[str, str]:
    """Return how a check ended, as a word and as the kind of its label."""
    t = report.t
    if check.outcome != "ran":
        return t.word(check.outcome), f"check-{check.outcome}"
    if check.exceptions:
        asks = check.effect == "indicator"
        return t("report.only_asks" if asks else "report.exceptions_found"), "low" if asks else "check-ran"
    undecided = check.population == check.untested
    return t("channels.undecided" if undecided else "report.clean"), "partly" if undecided else "check-clean"


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
    return tag(
        "div",
        tag("p", row.said) if row.said else None,
        [tag("p", line) for line in sample_lines(report, check)],
        definitions(facts),
        _by_channel(report, check.by_channel) if len(check.by_channel) > 1 else None,
        _assumed(report, check.params.get("assumed", ())),
        tag("h4", t("report.places")) if row.places else None,
        tag("p", t("report.places_first")) if len(check.places) < check.exceptions else None,
        place_list(row.places),
    )


def _by_channel(report: Report, parts: Sequence[ChannelResult]) -> Html:
    t = report.t
    heads = [t(f"report.{key}") for key in ("channel", "population", "exceptions", "untested", "rate_head")]
    rows = [
        [
            t.word(part.channel) if part.channel else t("channels.channel_unstated"),
            *(report.number(count) for count in (part.population, part.exceptions, part.untested)),
            report.percent(part.rate),
        ]
        for part in parts
    ]
    return table(heads, rows, t("report.by_channel"))


def _assumed(report: Report, columns: Sequence[str]) -> Html | None:
    if not columns:
        return None
    return tag("p", report.t("report.assumed"), " ", tag("code", ", ".join(columns)))
