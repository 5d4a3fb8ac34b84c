"""The map of data flows and what was found on it, drawn anew after every save."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdpr_assess import flows
from gdpr_assess.model import Intake
from gdpr_assess.notebook.forms.preview import Preview, preview
from gdpr_assess.report.flow_view import flow_map


class FlowPreview(Preview):
    """The map and its findings."""

    name = "flow_map"

    def parts(self, intake: Intake, today: date) -> Any:
        """Return the report's map over the flows as saved."""
        return flow_map(self.report(preview(intake, today, flows.assess(intake, today))))
