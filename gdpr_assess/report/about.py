"""How to read a report: what the words mean, what it rests on, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    read = _evidence(report)
    made = t("report.made_with", version=run.package_version, catalogue=run.catalogue_fingerprint[:12])
    return section(
        t("report.about"),
        tag("p", t("report.not_advice")),
        states,
        tag("details", tag("summary", t("report.inputs_count", total=len(run.inputs))), files),
        read,
        tag("p", made, class_="ga-where"),
        id_="about",
    )


def _evidence(report: Report) -> Html | None:
    t, facts = report.t, report.run.evidence
    if not facts:
        return None
    keys = ("file", "evidence_what", "evidence_rows", "evidence_bad_rows", "evidence_covers", "basis", "completeness")
    listed = table([t(f"report.{key}") for key in keys], [_fact(report, fact) for fact in facts], t("report.evidence"))
    return tag("details", tag("summary", t("report.evidence")), listed)


def _fact(report: Report, fact: Mapping[str, Any]) -> list[object]:
    t, known = report.t, fact.get("reconciled")
    name, (first, last) = f"report.table_{fact.get('table')}", fact.get("covers") or (None, None)
    return [
        tag("code", fact.get("file")),
        t(name) if t.has(name) else fact.get("table"),
        report.number(fact.get("rows")),
        report.number(fact.get("bad_rows")),
        t("report.evidence_period", first=first, last=last) if first or last else "–",
        t.word(fact["basis"]) if fact.get("basis") else "–",
        "–" if known is None else t("report.complete" if known else "report.incomplete"),
    ]
