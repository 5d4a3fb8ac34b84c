"""How to read a report: what the words mean, what it rests on, and what it is not."""

from __future__ import annotations

from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, definitions, section, table, tag
from gdpr_assess.report.rows import STATES


def about(report: Report) -> Html:
    """Return the explanations, the input files with their fingerprints, and the versions."""
    t, run = report.t, report.run
    states = definitions((t(f"report.state_{name}"), t(f"report.state_{name}_means")) for name in STATES)
    files = table(
        [t("report.file"), "SHA-256"],
        [[item.path, tag("code", item.sha256[:16])] for item in run.inputs],
        t("report.inputs"),
    )
    made = t("report.made_with", version=run.package_version, catalogue=run.catalogue_fingerprint[:12])
    return section(
        t("report.about"),
        tag("p", t("report.not_advice")),
        states,
        tag("details", tag("summary", t("report.inputs_count", total=len(run.inputs))), files),
        tag("p", made, class_="ga-where"),
        id_="about",
    )
