"""Real decisions of authorities and courts beside the client's case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdpr_assess.lang.formatting import show_date, show_number
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, join, table, tag

Json = Mapping[str, Any]


def decisions(report: Report, known: Json) -> Html | None:
    """Return the fined cases as a table and the decisions without a fine as a list; None where there are none."""
    t = report.t
    fined, others = known.get("cases", ()), known.get("no_fine", ())
    if not fined:
        return None
    heads = [t(f"exposure.{key}") for key in ("case", "amount", "facts", "alike", "became")]
    rows = [
        [
            _who(report, one),
            tag("span", _amount(report, one), class_="ga-amount"),
            _about(report, one),
            _alike(report, one),
            _became(report, one),
        ]
        for one in fined
    ]
    return join(
        [
            tag("h3", t("exposure.cases")),
            tag("p", t("exposure.cases_intro")),
            table(heads, rows, t("exposure.cases")),
            _without(report, others),
        ]
    )


def _who(report: Report, case: Json) -> Html:
    when = case["when"]
    shown = show_date(when, report.lang) if len(when) == len("2026-01-01") else when
    place = f"{report.country(case['country'])}, {case['authority']}, {shown}"
    return join([tag("b", case["party"]), tag("br"), tag("small", place, _reference(case))])


def _reference(case: Json) -> str:
    return f" ({case['reference']})" if case["reference"] else ""


def _amount(report: Report, case: Json) -> str:
    if case["amount"] is None:
        return report.t("exposure.no_amount")
    return f"{show_number(case['amount'], report.lang)} {case['currency']}"


def _about(report: Report, case: Json) -> str:
    key = f"cases.{case['id']}"
    return report.t(key) if report.t.has(key) else "–"


def _alike(report: Report, case: Json) -> str:
    t = report.t
    parts = []
    if case["shared_domains"]:
        domains = t("report.list_comma").join(t.word(domain) for domain in case["shared_domains"])
        parts.append(t("exposure.alike_domains", domains=domains))
    if case["shared_articles"]:
        parts.append(t("exposure.alike_articles", articles=t("report.list_comma").join(case["shared_articles"])))
    if case["same_country"]:
        parts.append(t("exposure.alike_country"))
    return "; ".join(parts) or "–"


def _became(report: Report, case: Json) -> Html:
    t = report.t
    parts = t("report.list_comma").join(t(f"exposure.part_{part}") for part in case["unread"])
    return join(
        [
            t(f"exposure.outcome_{case['outcome']}"),
            join([tag("br"), tag("small", t("exposure.unread", parts=parts))]) if parts else None,
            join([" ", chip(t("exposure.memory"), "medium")]) if case["status"] == "memory" else None,
        ]
    )


def _without(report: Report, others: Iterable[Json]) -> Html | None:
    items = [
        tag(
            "li",
            _about(report, one),
            " ",
            tag("small", f"{report.country(one['country'])}, {one['authority']}, {one['when'][:4]}", _reference(one)),
            join([" ", chip(report.t("exposure.memory"), "medium")]) if one["status"] == "memory" else None,
        )
        for one in others
    ]
    return join([tag("h4", report.t("exposure.no_fine")), tag("ul", items)]) if items else None
