"""The form of the Rights sheet: one entry per system; below it the matrix that follows from what is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets as w

from gdpr_assess import assessment
from gdpr_assess.masking import masked_intake
from gdpr_assess.model import Intake
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.preview import Preview, preview
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.typed import Typed
from gdpr_assess.practices import Handled
from gdpr_assess.report.rights_view import rights_matrix


class RightsForm(RowsForm):
    """The Rights sheet; a new entry takes the first system that has none yet."""

    def __init__(self, client: OpenClient) -> None:
        super().__init__(client, "rights")

    def new_entry(self) -> Typed:
        """Start with the first system that has no entry."""
        known = {entry.get("system") for entry in self.entries}
        free = [entry["id"] for entry in self.client.typed["systems"] if entry.get("id") and entry["id"] not in known]
        return {"system": free[0]} if free else {}


class RightsPreview(Preview):
    """The matrix as said; what records show of it follows in the page on records."""

    name = "rights"

    def parts(self, intake: Intake, today: date) -> Any:
        """Return the matrix."""
        matrix, found = assessment.right_findings(assessment.Handling(intake, Handled(), (), today))
        said = matrix.model_copy(update={"handling": masked_intake(intake).rights})
        run = preview(intake, today, found).model_copy(update={"rights": said})
        return rights_matrix(self.report(run), tested=False)


def rights(client: OpenClient) -> Any:
    """Return form and matrix."""
    return w.VBox([RightsForm(client).widget, RightsPreview(client).widget])
