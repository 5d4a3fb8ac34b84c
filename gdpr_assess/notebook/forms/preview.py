"""A first look while the intake is being filled: the report's own views over what is saved so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import ipywidgets as w

from gdpr_assess import __version__
from gdpr_assess.lang import texts
from gdpr_assess.masking import masked_intake
from gdpr_assess.model import Assessment, CheckResult, Finding, Intake, WordingResult
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import issues_shown
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, join, section, tag


def preview(
    intake: Intake,
    as_of: date,
    findings: Sequence[Finding] = (),
    wordings: Sequence[WordingResult] = (),
    checks: Sequence[CheckResult] = (),
) -> Assessment:
    """Return what an assessment would hold as far as one part of it goes; without verdicts, gaps and plan."""
    kept = masked_intake(intake)
    return Assessment(
        package_version=__version__,
        catalogue_fingerprint="",
        inputs=(),
        as_of=as_of,
        client=kept.profile,
        answers=kept.answers,
        sites=kept.sites,
        partners=kept.partners,
        systems=kept.systems,
        flows=kept.flows,
        wordings=tuple(wordings),
        findings=tuple(findings),
        checks=tuple(checks),
    )


class Preview:
    """A part of the report that follows the forms: shown anew after every load and save."""

    name = ""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        self.html = w.HTML()
        self.widget = w.VBox([self.html])
        self.widget.add_class("ga-form")
        self.widget.add_class(f"preview-{self.name}")
        client.on_change(self.show, slow=True)
        self.show()

    def show(self) -> None:
        """Work the part out from what is saved, and show it."""
        self.html.value = str(self._shown())

    def _shown(self) -> Html:
        intake = self.client.intake
        if intake is None:
            text = tag("p", self.t("forms.profile_first"), class_="ga-empty")
            return section(self.t(f"forms.{self.name}"), text, id_=self.name)
        return join(self.parts(intake, date.today()))

    def parts(self, intake: Intake, today: date) -> Any:
        """Return the parts of the report to be shown."""
        raise NotImplementedError

    def report(self, run: Assessment) -> Report:
        """Return a run as this reader sees it."""
        return Report(run, self.client.lang)

    def issues(self, issues: Sequence[Any]) -> Html | None:
        """Return the mistakes met on the way, or None when there are none."""
        return issues_shown(self.t("forms.met"), tuple(issues), self.client.lang) if issues else None
