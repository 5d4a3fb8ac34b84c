"""What the report notebooks call: one property per cell, each showing a part of the report."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from gdpr_assess.installed import shipped
from gdpr_assess.report.about import about
from gdpr_assess.report.context import Report
from gdpr_assess.report.exposure_view import exposure_view
from gdpr_assess.report.flow_view import flow_map
from gdpr_assess.report.gap_table import gap_table
from gdpr_assess.report.headline import headline, input_issues, not_assessed, opening
from gdpr_assess.report.html import Html, join
from gdpr_assess.report.plan_view import action_table, plan
from gdpr_assess.report.practices_view import practices
from gdpr_assess.report.sheets_view import prepared_sheets
from gdpr_assess.report.wording_view import wordings


class Shown:
    """A part of a report as a notebook shows it."""

    def __init__(self, html: Html, name: str) -> None:
        self._html, self._name = html, name

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def _repr_html_(self) -> str:
        return str(self._html)


def look() -> Html:
    """Return stylesheet and script; they travel in the first cell, so that every reader shows the same page."""
    templates = shipped("templates")
    style = (templates / "style.css").read_text(encoding="utf-8")
    script = (templates / "report.js").read_text(encoding="utf-8")
    return Html(f"<style>{style}</style><script>{script}</script>")


class Pages:
    """The parts of both report notebooks for one run in one language."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def _page(self, name: str, *more: Html | None) -> Shown:
        report = self.report
        return Shown(join([look(), opening(report, report.t(f"report.title_{name}")), *more]), name)

    @cached_property
    def gap_analysis(self) -> Shown:
        """The head of the gap analysis, with the look of everything below, and mistakes in the client's files."""
        return self._page("gap_analysis", input_issues(self.report))

    @cached_property
    def remediation_plan(self) -> Shown:
        """The head of the remediation plan, with the look of everything below."""
        return self._page("remediation_plan")

    @cached_property
    def issues(self) -> Shown:
        """Mistakes in the client's files."""
        return Shown(input_issues(self.report), "issues")

    @cached_property
    def headline(self) -> Shown:
        """Score by domain, gaps by severity, contradictions, and what a fine could be measured by."""
        return Shown(join([headline(self.report), exposure_view(self.report)]), "headline")

    @cached_property
    def not_assessed(self) -> Shown:
        """What was not assessed."""
        return Shown(not_assessed(self.report), "not assessed")

    @cached_property
    def gaps(self) -> Shown:
        """The gaps with filters and drill-down."""
        return Shown(gap_table(self.report), "gaps")

    @cached_property
    def wordings(self) -> Shown:
        """The client's texts with marks."""
        return Shown(wordings(self.report), "wordings")

    @cached_property
    def checks(self) -> Shown:
        """What records show: claims against them, what was handed over and tested, by channel, by check, by consent."""
        return Shown(practices(self.report), "checks")

    @cached_property
    def flows(self) -> Shown:
        """The flow map and the flows."""
        return Shown(flow_map(self.report), "flows")

    @cached_property
    def plan(self) -> Shown:
        """The plan as a Gantt chart."""
        return Shown(plan(self.report), "plan")

    @cached_property
    def actions(self) -> Shown:
        """The actions as a table."""
        return Shown(action_table(self.report), "actions")

    @cached_property
    def sheets(self) -> Shown:
        """The transfer sheets and contract checklists with what is open."""
        return Shown(prepared_sheets(self.report), "sheets")

    @cached_property
    def about(self) -> Shown:
        """How to read the report."""
        return Shown(about(self.report), "about")


def open_report(run: Path | str, lang: str) -> Pages:
    """Return the parts of a report: `run` is the folder of a run, `lang` the reader's language."""
    return Pages(Report.open(run, lang))
