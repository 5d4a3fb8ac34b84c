"""Claims contradicted by records: the client's own words on the left, what its records show on the right."""

from __future__ import annotations

from gdpr_assess.model import Finding
from gdpr_assess.report.check_table import check_anchor, place_list
from gdpr_assess.report.context import SEVERITIES, Report
from gdpr_assess.report.html import Html, chip, join, section, tag
from gdpr_assess.report.rows import CheckRow, FindingRow, GapRow

RECORDS = "inputs/evidence/"
MOST, FILES = 6, 3


def from_records(finding: Finding) -> bool:
    """Tell whether a finding rests on the client's records and speaks against its answer."""
    shown = finding.source == "practices" or finding.place.file.startswith(RECORDS)
    return shown and finding.effect != "indicator"


def contradicted(report: Report) -> list[tuple[GapRow, tuple[FindingRow, ...]]]:
    """Return every claim that records contradict with what they show, the greatest risk first."""
    pairs = [
        (gap, tuple(sorted((row for row in gap.findings if from_records(row.finding)), key=_grave)))
        for gap in report.gaps
        if gap.contradicted
    ]
    return [(gap, shown) for gap, shown in pairs if shown]


def _grave(row: FindingRow) -> int:
    return SEVERITIES.index(row.finding.severity)


def claims(report: Report, *, linked: bool = True) -> Html:
    """Return the section; `linked` where the page also lists the gaps."""
    t = report.t
    items = [_claim(report, gap, shown, linked=linked) for gap, shown in contradicted(report)]
    if not items:
        asked = any(answer.answer for answer in report.run.answers) and any(
            check.outcome == "ran" for check in report.run.checks
        )
        said = t("channels.claims_none" if asked else "channels.claims_without")
        return section(t("channels.claims"), tag("p", said), id_="claims")
    more = t("report.show_more", more=len(items) - MOST)
    rest = tag("details", tag("summary", more), items[MOST:], id="more-claims") if len(items) > MOST else None
    return section(t("channels.claims"), items[:MOST], rest, id_="claims", intro=t("channels.claims_intro"))


def _claim(report: Report, gap: GapRow, shown: tuple[FindingRow, ...], *, linked: bool) -> Html:
    t = report.t
    checks = {row.check.check: row for row in report.checks}
    link = tag("p", tag("a", t("channels.to_gap"), href=f"#{gap.anchor}")) if linked else None
    said = tag(
        "div",
        tag("h4", t("channels.claim")),
        tag("p", gap.question, f" ({gap.scope_name})" if gap.scope != "client" else None),
        tag("p", tag("b", gap.claimed or "–"), join([": ", tag("q", gap.comment)]) if gap.comment else None),
        link,
    )
    listed = [_shown(report, row, checks.get(row.finding.rule)) for row in shown]
    seen = tag("div", tag("h4", t("channels.records_show")), tag("ul", listed, class_="ga-findings"))
    head = tag("h3", gap.title)
    return tag("div", head, tag("div", said, seen, class_="ga-against"), class_="ga-claim")


def _shown(report: Report, row: FindingRow, check: CheckRow | None) -> Html:
    """Return one thing that the records show: a sentence with figures, its severity, the first places, a link."""
    t, places = report.t, check.places if check else (row.where,)
    rest = len(places) - FILES
    return tag(
        "li",
        tag("p", chip(t.word(row.finding.severity), row.finding.severity), row.message),
        place_list(tuple(_first(place) for place in places[:FILES])),
        tag("p", t("channels.more_places", count=rest)) if rest > 0 else None,
        tag("a", t("channels.to_check"), href=f"#{check_anchor(check.check)}") if check else None,
    )


def _first(place: str, width: int = 90) -> str:
    """Return a place without the tail of a long list of rows."""
    if len(place) <= width:
        return place
    return place[:width].rpartition(", ")[0] + ", …"
