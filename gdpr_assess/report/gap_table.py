"""The gaps: filters, one row per gap, and behind each row everything that led to it and what to do."""

from __future__ import annotations

from gdpr_assess.model import ReviewDecision
from gdpr_assess.report.check_table import place_list, rate_text
from gdpr_assess.report.context import SEVERITIES, Report
from gdpr_assess.report.filters import choice, filter_bar, tick
from gdpr_assess.report.html import Html, chip, definitions, join, section, tag
from gdpr_assess.report.law_text import article_list
from gdpr_assess.report.rows import CheckRow, FindingRow, GapRow


def gap_table(report: Report) -> Html:
    """Return the filterable list of gaps, the greatest risk first."""
    t, gaps = report.t, report.gaps
    if not gaps:
        return section(t("report.gaps"), tag("p", t("report.no_gaps")), id_="gaps")
    bar = filter_bar(
        report,
        "gap-list",
        len(gaps),
        choice(report, "domain", t("report.domain"), sorted((g.domain, g.domain_name) for g in gaps)),
        choice(report, "severity", t("report.severity"), [(s, t.word(s)) for s in SEVERITIES]),
        choice(report, "verdict", t("report.verdict"), [(v, t.word(v)) for v in ("not_met", "partly")]),
        tick(t("report.only_contradicted"), "contradicted"),
    )
    heads = tag(
        "div",
        [tag("span", t(f"report.{key}")) for key in ("control", "domain", "severity", "verdict")],
        class_="ga-heads",
        aria_hidden="true",
    )
    rows = tag("div", [_row(report, gap) for gap in gaps], id="gap-list", class_="ga-list")
    empty = tag("p", t("report.filter_empty"), class_="ga-empty", hidden=True)
    improvements = sum(gap.improvement for gap in gaps)
    intro = t("report.gaps_intro")
    if improvements:
        intro += " " + t("report.gaps_improvements", count=improvements, total=len(gaps))
    return section(t("report.gaps"), bar, heads, rows, empty, id_="gaps", intro=intro)


def _row(report: Report, gap: GapRow) -> Html:
    t = report.t
    scope = None if gap.scope == "client" else tag("small", gap.scope_name)
    marks = [
        chip(t("report.contradicted_short"), "contradicted") if gap.contradicted else None,
        chip(t("report.applies_after_all"), "contradicted") if gap.applicability_contradicted else None,
        chip(t("report.improvement"), "improvement") if gap.improvement else None,
        chip(t("report.accepted"), "accepted") if gap.accepted else None,
    ]
    summary = tag(
        "summary",
        tag("span", tag("b", gap.title), scope, class_="ga-name"),
        tag("span", gap.domain_name, class_="ga-domain"),
        tag("span", chip(t.word(gap.severity), gap.severity)),
        tag("span", chip(t.word(gap.verdict), gap.verdict), marks),
    )
    return tag(
        "details",
        summary,
        tag("div", _drill_down(report, gap), class_="ga-detail"),
        id=gap.anchor,
        class_="ga-row",
        data_domain=gap.domain,
        data_severity=gap.severity,
        data_verdict=gap.verdict,
        data_contradicted="yes" if gap.contradicted else "no",
    )


def _drill_down(report: Report, gap: GapRow) -> Html:
    t = report.t
    said = gap.claimed or t("report.no_answer")
    answer = join([said, tag("br"), tag("q", gap.comment)]) if gap.comment else said
    return join(
        [
            definitions(
                [
                    (t("report.question"), gap.question),
                    (t("report.answer"), answer),
                    (t("report.basis_of_verdict"), t.word(gap.method) if gap.method else "–"),
                    (t("report.evidence_expected"), gap.asked_evidence),
                    (t("report.articles"), article_list(report, gap.articles)),
                ]
            ),
            _evidence(report, gap),
            _decision(report, gap.decision),
            _remedy(report, gap),
        ]
    )


def _evidence(report: Report, gap: GapRow) -> Html:
    t = report.t
    checks = {row.check.check: row for row in gap.checks}
    seen = [finding_item(report, row, checks.pop(row.finding.rule, None)) for row in gap.findings]
    others = [tag("li", tag("b", row.title), " · ", rate_text(report, row.check)) for row in checks.values()]
    listed = tag("ul", seen, others, class_="ga-findings") if seen or others else tag("p", t("report.no_evidence"))
    return join([tag("h4", t("report.what_was_seen")), listed])


def finding_item(report: Report, row: FindingRow, check: CheckRow | None = None) -> Html:
    """Return one finding as a list item: what was seen, where (all places of its check, if given), what to do,
    and what people decided about it.
    """
    t = report.t
    return tag(
        "li",
        chip(t.word(row.finding.severity), row.finding.severity),
        tag("b", row.title),
        chip(t("report.only_asks"), "indicator") if row.finding.effect == "indicator" else None,
        tag("p", row.message),
        place_list(check.places if check else (row.where,)),
        tag("p", tag("i", t("report.fix")), " ", row.fix),
        _decision(report, row.decision),
    )


def _decision(report: Report, made: ReviewDecision | None) -> Html | None:
    if made is None:
        return None
    word = report.t.word(made.decision)
    said = report.t("report.decided", decision=word, by=made.by, on=made.on, reason=made.reason)
    return tag("p", said, class_="ga-decision")


def _remedy(report: Report, gap: GapRow) -> Html:
    t = report.t
    days = t("report.days", days=gap.effort_days) if gap.effort_days is not None else None
    return join(
        [
            tag("h4", t("report.remedy")),
            tag("p", gap.remedy),
            definitions(
                [
                    (t("report.owner"), gap.owner),
                    (t("report.effort"), days),
                    (t("report.due"), report.date(gap.due) if gap.due else None),
                ]
            ),
        ]
    )
