"""Try a text in the gap analysis: marked as the client's own, and taken over into the client's folder (live only)."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import ipywidgets as w

from gdpr_assess.issue import Issue
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.model import Intake, Wording, WordingResult
from gdpr_assess.notebook.forms.client import READ_ONLY, OpenClient
from gdpr_assess.notebook.forms.fields import field
from gdpr_assess.notebook.forms.opening import Part, forms_style
from gdpr_assess.notebook.forms.preview import preview
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.notebook.forms.taking_over import TakingOver, latest
from gdpr_assess.notebook.forms.typed import columns_of
from gdpr_assess.notebook.forms.upload import Loaded, Upload
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import join, section, tag
from gdpr_assess.report.wording_view import tried
from gdpr_assess.wording import assess_text
from gdpr_assess.wording.files import MAX_BYTES
from gdpr_assess.workspace import ClientFolder

FIELDS = ("kind", "language", "country")
NEW = ""
"""Stands for a new text among the versions that a text may follow."""


class Trial:
    """A text pasted or loaded, what the linter says to it, and its way into the client's folder.

    Nothing of the folder is read before the first text is checked: a saved report keeps nothing of it.
    """

    def __init__(self, report: Report, folder: ClientFolder) -> None:
        self.report, self.folder, self.t = report, folder, report.t
        t = self.t
        self.upload = Upload(report.lang, self._loaded, several=False)
        self.text = w.Textarea(description=t("notebook.trial_text"), rows=8, continuous_update=False)
        self.text.add_class("field-trial-text")
        columns = [column for column in columns_of("wordings") if column.field in FIELDS]
        self.fields = {column.field: field(column, report.lang) for column in columns}
        self.check_button = button(
            t("notebook.trial_check"), t("notebook.trial_check", "hint"), "check-trial", style="primary"
        )
        self.check_button.on_click(lambda _: self.check())
        self.message, self.shown, self.below = w.HTML(), w.HTML(), w.VBox([])
        self._choice = w.VBox([])
        self.taking: TakingOver | None = None
        self.which = w.Dropdown(description=t("notebook.trial_as"))
        self.which.add_class("field-trial-as")
        self.which.observe(lambda _: self._aim(), "value")
        self.widget = self._laid_out()

    def _laid_out(self) -> Any:
        t = self.t
        title = section(t("notebook.trial"), id_="trial", intro=t("notebook.trial", "intro"))
        grid = w.Box([item.widget for item in self.fields.values()])
        grid.add_class("ga-grid")
        head = w.HTML(join([forms_style(), title]))
        parts = [head, self.upload.widget, self.text, grid, self.check_button, self.message, self.shown, self.below]
        box = w.VBox(parts)
        for name in ("ga", "ga-form", "ga-live", "form-trial"):
            box.add_class(name)
        return box

    def _loaded(self, files: list[Loaded]) -> None:
        text, issues = files[0].text()
        self.text.value = text or self.text.value
        self.upload.message.value = (
            self._refused(issues) if issues else said(self.t("notebook.trial_loaded", name=files[0].name), "good")
        )

    def _refused(self, issues: list[Issue]) -> str:
        return issues_shown(self.t("notebook.trial_refused"), tuple(issues), self.report.lang)

    @cached_property
    def client(self) -> OpenClient | None:
        """The client's folder where it may be written to and holds an intake without mistakes."""
        places = (self.folder.intake, self.folder.inputs)
        if (
            os.environ.get(READ_ONLY)
            or not self.folder.intake.is_file()
            or not all(os.access(place, os.R_OK | os.W_OK) for place in places)
        ):
            return None
        client = OpenClient(self.folder, self.report.lang)
        return None if client.intake is None or client.blocking else client

    @property
    def intake(self) -> Intake:
        """What is known of the client: the intake as it is now, or else what the run holds of it."""
        if self.client and self.client.intake:
            return self.client.intake
        run = self.report.run
        return Intake(profile=run.client, sites=run.sites, partners=run.partners, systems=run.systems, flows=run.flows)

    def check(self) -> None:
        """Show what is said, missing and wrong in the text as it stands, with the compliant one beside it."""
        problem = self._problem()
        self.message.value = said(self.t(problem or "notebook.trial_checking"), "warn")
        if problem:
            return
        self.check_button.disabled = True
        try:
            self._mark(self._wording(), date.today())
        finally:
            self.check_button.disabled, self.message.value = False, ""

    def _mark(self, wording: Wording, today: date) -> None:
        if self.client and self.client.changed_on_disk:
            del self.client
        result, found = assess_text(wording, self.intake, today)
        report = Report(preview(self.intake, today, found, [result]), self.report.lang)
        self.shown.value = str(tag("div", tried(report, self.t("notebook.trial_yours")), class_="ga"))
        self._offer(wording, result)

    def _problem(self) -> str | None:
        """Return the key of the reason why the text cannot be checked yet."""
        if not self.text.value.strip():
            return "notebook.trial_empty"
        if not self.fields["kind"].text:
            return "notebook.trial_kind"
        return "notebook.trial_long" if len(self.text.value.encode()) > MAX_BYTES else None

    def _wording(self) -> Wording:
        given = {name: item.text or None for name, item in self.fields.items()}
        return Wording.model_validate({"id": "tried", "text": self.text.value, **given})

    def _offer(self, wording: Wording, result: WordingResult) -> None:
        """Offer the suggestion, or the text itself where nothing is wrong with it, for taking over."""
        if self.client is None:
            self.below.children = (w.HTML(tag("p", self.t("notebook.trial_elsewhere"), class_="ga-callout")),)
            return
        wrong = result.result.defects or result.result.missing
        text = result.suggestion.text if result.suggestion and wrong else wording.text or ""
        self._new = wording.model_copy(update={"language": result.result.language or wording.language})
        if self.taking is None or self.taking.client is not self.client:
            self._open(self.client)
        self._list()
        self._aim(text)
        self._choice.layout.display = ""

    def _open(self, client: OpenClient) -> None:
        self.taking = TakingOver(client)
        client.on_change(self._taken, slow=True)
        t = self.t
        head = tag("div", tag("h3", t("notebook.trial_take")), tag("p", t("notebook.trial_take", "intro")))
        self._choice.children = (self.which, self.taking.rows)
        self.below.children = (w.HTML(head), self._choice, self.taking.message)

    def _list(self) -> None:
        """List the client's texts of the same kind and language: the new text may be the next version of each."""
        rows = [row for row in latest(self.intake) if row.kind == self._new.kind]
        rows = [row for row in rows if row.language in (None, self._new.language)]
        named = [(self.t("notebook.trial_next", name=self._name(row)), row.id) for row in rows]
        self.which.options = [(self.t("notebook.trial_new"), NEW), *named]
        self.which.value = NEW

    def _name(self, row: Wording) -> str:
        parts = (row.id, self.t.word(row.kind), language_name(row.language, self.report.lang) if row.language else "")
        return " · ".join(part for part in parts if part)

    def _aim(self, text: str | None = None) -> None:
        """Take the text as a version of the wording chosen, or as a new one; `text` is another suggestion."""
        if self.taking:
            chosen = next((row for row in self.intake.wordings if row.id == self.which.value), None)
            target = chosen.model_copy(update={"language": self._new.language}) if chosen else self._free()
            if text is not None:
                self.taking.offer(target, text)
            self.taking.target = target
            self.taking.tell()

    def _free(self) -> Wording:
        """Return the text as a new one, under an id that is free."""
        taken = {row.id for row in self.intake.wordings}
        return self._new.model_copy(update={"id": next(f"W{n}" for n in range(1, 100_000) if f"W{n}" not in taken)})

    def _taken(self) -> None:
        """Once a text is taken over, there is nothing left to take over until the next is checked."""
        self._aim("")
        self._choice.layout.display = "none"


def try_a_text(report: Report, run: Path | str) -> Part:
    """Return the panel; `run` is the folder of the run, and the client's folder is the one around its runs."""
    return Part("try a text", Trial(report, ClientFolder(Path(run).resolve().parent.parent)).widget)
