"""The flow map with its findings, and the flows as a table."""

from __future__ import annotations

from gdpr_assess import flows
from gdpr_assess.model import Flow
from gdpr_assess.report.context import Report
from gdpr_assess.report.gap_table import finding_item
from gdpr_assess.report.html import Html, join, section, table, tag
from gdpr_assess.report.picture import picture
from gdpr_assess.report.words import names


def flow_map(report: Report) -> Html:
    """Return the map of data flows, what was found on it, and the flows as a table."""
    t = report.t
    if not report.run.flows:
        return section(t("report.flows"), tag("p", t("report.no_flows")), id_="flows")
    drawn = picture(flows.draw_map(report.run, report.lang), flows.describe_map(report.run, report.lang))
    seen = [finding_item(report, row) for row in report.findings if row.finding.source == "flows"]
    found = join([tag("h3", t("report.flow_findings")), tag("ul", seen, class_="ga-findings")]) if seen else None
    return section(t("report.flows"), drawn, found, _flows(report), id_="flows", intro=t("report.flows_intro"))


def _party(report: Report, key: str) -> str:
    known = {"client": report.run.client.client_name, "people": report.t("report.people"), **names(report.run)}
    return known.get(key, key)


def _flows(report: Report) -> Html:
    t = report.t
    keys = ("flow", "flow_from", "flow_to", "flow_kind", "purpose", "data", "legal_basis", "transfer_tool")
    listed = table(
        [t(f"report.{key}") for key in keys], [_flow(report, f) for f in report.run.flows], t("report.flows")
    )
    return tag("details", tag("summary", t("report.all_flows", total=len(report.run.flows))), listed)


def _flow(report: Report, flow: Flow) -> list[str]:
    t = report.t
    return [
        flow.id,
        _party(report, flow.source),
        _party(report, flow.target),
        t.word(flow.kind, "flows.kind"),
        t.word(flow.purpose),
        t("report.list_comma").join(t.word(item) for item in flow.data_categories) or "–",
        t.word(flow.legal_basis) if flow.legal_basis else "–",
        t.word(flow.transfer_tool) if flow.transfer_tool else "–",
    ]
