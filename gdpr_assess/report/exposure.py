"""The upper limits of fines: what the law allows, not what will happen."""

from __future__ import annotations

from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, join, table, tag
from gdpr_assess.report.words import citation


def exposure(report: Report) -> Html | None:
    """Return the legal maxima as a table, or None where the turnover is not known."""
    t, known = report.t, report.run.exposure
    if not known.get("maxima"):
        return None
    rows = [
        [
            citation(tier["tier"], t),
            t("report.fine_rule", fixed=tier["fixed_eur"], percent=tier["turnover_percent"]),
            t("report.euro", amount=tier["maximum_eur"]),
        ]
        for tier in known["maxima"]
    ]
    heads = [t(f"report.{key}") for key in ("fine_tier", "fine_limit", "fine_maximum")]
    year = known.get("turnover_year") or "–"
    intro = t("report.fines_intro", turnover=known["turnover_eur"], year=year)
    return join([tag("h3", t("report.fines")), tag("p", intro), table(heads, rows, t("report.fines"))])
