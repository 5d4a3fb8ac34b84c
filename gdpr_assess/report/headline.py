"""The first page: who, when, what is wrong with the input, how it stands, what was not assessed."""

from __future__ import annotations

from collections import Counter

from gdpr_assess.report.charts import score_chart
from gdpr_assess.report.check_table import rate_text
from gdpr_assess.report.context import SEVERITIES, Report
from gdpr_assess.report.html import Html, chip, definitions, join, section, table, tag
from gdpr_assess.report.picture import picture
from gdpr_assess.report.rows import STATES, GapRow
from gdpr_assess.report.words import control_text, scope_name

MOST_CONTRADICTIONS, MOST_LINES = 6, 3


def opening(report: Report, title: str) -> Html:
    """Return the head of a page: title, client, date, roles and countries."""
    client, t = report.run.client, report.t
    facts = [
        (t("report.as_of"), report.date(report.run.as_of)),
        (t("report.roles"), t("report.list_comma").join(t.word(role) for role in client.roles)),
        (t("report.main_country"), report.country(client.main_country)),
        (t("report.countries_served"), t("report.list_comma").join(map(report.country, client.countries_served))),
        (t("report.channels"), t("report.list_comma").join(t.word(channel) for channel in client.channels)),
    ]
    head = tag("header", tag("p", title, class_="ga-kicker"), tag("h1", client.client_name), definitions(facts))
    return tag("div", head, class_="ga ga-opening", lang=report.lang)


def input_issues(report: Report) -> Html:
    """Return the mistakes in the client's files, or nothing when there are none."""
    t, issues = report.t, report.issues
    if not issues:
        return Html("")
    rows = [[chip(t(f"report.level_{i.level}"), i.level), i.text, tag("code", i.where)] for i in issues]
    heads = [t("report.level"), t("report.issue"), t("report.place")]
    errors = sum(issue.level == "error" for issue in issues)
    intro = t("report.issues_intro", errors=errors, warnings=len(issues) - errors)
    intro += " " + t("report.issues_left_out") if errors else ""
    listed = table(heads, rows, t("report.issues"))
    if len(issues) > 12:
        listed = tag("details", tag("summary", t("report.show_all", total=len(issues))), listed)
    return section(t("report.issues"), listed, id_="issues", intro=intro)


def _tile(value: str, label: str, kind: str, note: str | None = None) -> Html:
    return tag(
        "li",
        tag("strong", value),
        tag("span", label),
        tag("small", note) if note else None,
        class_=f"ga-tile ga-{kind}",
    )


def _tiles(report: Report) -> Html:
    t, gaps = report.t, report.gaps
    overall = report.run.scores.get("all")
    score = "–" if overall is None or overall.score is None else f"{overall.score:.0f}"
    severities = Counter(gap.severity for gap in gaps if not gap.improvement)
    counts = sum((Counter(row.counts) for row in report.domains), Counter())
    total = sum(row.total for row in report.domains)
    tiles = [_tile(score, t("report.score"), "score", t("report.score_note"))]
    tiles += [
        _tile(str(severities[name]), t(f"report.gaps_{name}"), name, None if name != "high" else t("report.gaps_note"))
        for name in SEVERITIES
    ]
    tiles += [
        _tile(str(counts["contradicted"]), t("report.contradicted"), "contradicted", t("report.contradicted_note")),
        _tile(
            str(counts["not_assessed"]),
            t("report.not_assessed"),
            "not_assessed",
            t("report.not_assessed_note", total=total),
        ),
    ]
    return tag("ul", tiles, class_="ga-tiles")


def legend(report: Report) -> Html:
    """Return what the colours of the states mean."""
    items = [tag("li", tag("i", class_=f"ga-swatch ga-{s}"), report.t(f"report.state_{s}")) for s in STATES]
    return tag("ul", items, class_="ga-legend", aria_label=report.t("report.legend"))


def _score_alt(report: Report) -> str:
    t = report.t
    parts = [
        t(
            "report.score_alt_row",
            domain=row.name,
            score="–" if row.score is None else f"{row.score:.0f}",
            parts=t("report.list_comma").join(
                f"{t(f'report.state_{name}')} {row.counts[name]}" for name in STATES if row.counts[name]
            ),
        )
        for row in report.domains
    ]
    return t("report.score_alt") + " " + " ".join(parts)


def headline(report: Report) -> Html:
    """Return the headline: numbers, the score by domain, and the claims that evidence contradicts."""
    t = report.t
    chart = picture(score_chart(report), _score_alt(report), score_chart(report, small=True), t("report.score_caption"))
    return section(
        t("report.headline"),
        _tiles(report),
        tag("h3", t("report.score_by_domain")),
        legend(report),
        chart,
        contradictions(report),
        id_="headline",
    )


def contradictions(report: Report) -> Html | None:
    """Return what the client claims and evidence shows otherwise, or None when there is nothing."""
    t = report.t
    items = [_contradiction(report, gap) for gap in report.gaps if gap.contradicted]
    if not items:
        return None
    rest = tag("ul", items[MOST_CONTRADICTIONS:], class_="ga-contradictions")
    more = t("report.show_more", more=len(items) - MOST_CONTRADICTIONS)
    return tag(
        "div",
        tag("h3", t("report.contradictions")),
        tag("p", t("report.contradictions_intro")),
        tag("ul", items[:MOST_CONTRADICTIONS], class_="ga-contradictions"),
        tag("details", tag("summary", more), rest, id="more-contradictions")
        if len(items) > MOST_CONTRADICTIONS
        else None,
        class_="ga-callout ga-contradicted",
    )


def _contradiction(report: Report, gap: GapRow) -> Html:
    return tag(
        "li",
        tag("a", tag("strong", gap.title), href=f"#{gap.anchor}"),
        f" ({gap.scope_name})" if gap.scope != "client" else None,
        tag("br"),
        report.t("report.claimed_but", claimed=gap.claimed or "–"),
        tag("ul", [tag("li", line) for line in _evidence_lines(report, gap)]),
    )


def _evidence_lines(report: Report, gap: GapRow) -> list[Html]:
    """Return the first things that speak against a claim: findings (one of a kind), or else checks with exceptions."""
    findings = {finding.title: finding for finding in reversed(gap.findings)}
    lines = [
        join([tag("b", row.title), ": ", row.message, " ", tag("code", row.where)])
        for row in list(findings.values())[:MOST_LINES]
    ]
    return lines or [
        join([tag("b", row.title), ": ", rate_text(report, row.check)]) for row in gap.checks if row.check.exceptions
    ]


def not_assessed(report: Report) -> Html:
    """Return the controls nobody answered and the checks that could not run, so that silence is not read as good."""
    t, run = report.t, report.run
    controls = [
        [v.control, control_text(v.control, "title", t), t.word(v.control[:3]), scope_name(v.scope, run, t)]
        for v in run.verdicts
        if v.verdict == "not_assessed"
    ]
    checks = [
        [row.title, t.word(row.check.outcome), row.reason or "–"]
        for row in report.checks
        if row.check.outcome in {"not_testable", "failed"}
    ]
    heads = [t("report.control_id"), t("report.control"), t("report.domain"), t("report.scope")]
    claimed = _claimed(report)
    parts = [
        _folded(t("report.not_assessed_controls"), heads, controls, t("report.show_all", total=len(controls))),
        _folded(
            t("report.claimed_untested"),
            [*heads, t("report.reason")],
            claimed,
            t("report.show_all", total=len(claimed)),
        ),
        _folded(
            t("report.not_tested_checks"),
            [t("report.check"), t("report.outcome"), t("report.reason")],
            checks,
            t("report.show_all", total=len(checks)),
        ),
    ]
    content = join(parts) or tag("p", t("report.all_assessed"))
    return section(t("report.not_assessed_title"), content, id_="not-assessed", intro=t("report.not_assessed_intro"))


def _claimed(report: Report) -> list[list[str]]:
    """Return the controls that are met because the client says so and whose test was not possible, with why."""
    t, run = report.t, report.run
    failed = {row.check.check: row for row in report.checks if row.check.outcome in {"not_testable", "failed"}}
    return [
        [
            v.control,
            control_text(v.control, "title", t),
            t.word(v.control[:3]),
            scope_name(v.scope, run, t),
            "; ".join(f"{failed[c].title}: {failed[c].reason or '–'}" for c in v.checks if c in failed),
        ]
        for v in run.verdicts
        if v.untested
    ]


def _folded(title: str, heads: list[str], rows: list[list[str]], opener: str) -> Html | None:
    if not rows:
        return None
    listed = table(heads, rows, title)
    shown = listed if len(rows) <= 8 else tag("details", tag("summary", opener), listed)
    return join([tag("h3", title), shown])
