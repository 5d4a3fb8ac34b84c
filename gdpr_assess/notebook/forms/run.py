"""The assessment itself: run it for a date, see what came of it, and sign it off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import ipywidgets as w

from gdpr_assess import pipeline, review
from gdpr_assess.issue import UserError
from gdpr_assess.lang import texts
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.report.context import Report
from gdpr_assess.report.headline import headline, input_issues, not_assessed
from gdpr_assess.report.html import Html, join, section, tag


class Runs:
    """The assessments of a client, and the one that the page shows (the latest, at first)."""

    def __init__(self, client: OpenClient) -> None:
        self.client = client
        dates = client.folder.run_dates()
        self.shown: date | None = dates[-1] if dates else None
        self._listeners: list[Callable[[], None]] = []
        self._load()

    def _load(self) -> None:
        folder, shown = self.client.folder, self.shown
        self.report: Report | None = Report.open(folder.run(shown), self.client.lang) if shown else None

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call a listener after every assessment."""
        self._listeners.append(listener)

    def assess(self, as_of: date, step: Callable[[str], None]) -> None:
        """Assess the client as its files are now, and show that run; raises UserError."""
        folder = self.client.folder
        pipeline.save(folder, pipeline.assess_client(folder, as_of, step))
        self.shown = as_of
        self._load()
        for listener in self._listeners:
            listener()


class RunForm:
    """The date, the button, the progress, and the headline of what came of it."""

    def __init__(self, runs: Runs) -> None:
        self.runs, self.t = runs, texts(runs.client.lang)
        t = self.t
        latest = runs.shown or date.today()
        self.as_of = w.Text(description=t("forms.as_of"), value=latest.isoformat(), placeholder="2026-09-30",
                            tooltip=t("forms.as_of", "help"))  # fmt: skip
        self.as_of.add_class("field-run-as_of")
        self.assess_button = button(t("forms.assess"), t("forms.assess", "hint"), "assess", style="primary")
        self.assess_button.on_click(lambda _: self.assess())
        self.bar = w.IntProgress(max=len(pipeline.STEPS), layout=w.Layout(display="none"))
        self.message, self._summary, self._failure = w.HTML(), w.HTML(), w.Output()
        head = w.HTML(tag("div", tag("h2", t("forms.run")), tag("p", t("forms.run", "intro"), class_="ga-intro")))
        form = w.VBox([head, self.as_of, self.assess_button, self.bar, self.message, self._failure])
        for name in ("ga", "ga-form", "form-run"):
            form.add_class(name)
        self.widget = w.VBox([form, self._summary])
        self.show()

    def _step(self, name: str) -> None:
        self.bar.value += 1
        self.bar.description = self.t(f"forms.step_{name}")

    def assess(self) -> None:
        """Run the assessment for the date that was typed."""
        try:
            as_of = date.fromisoformat(self.as_of.value.strip())
        except ValueError:
            self.message.value = said(self.t("forms.bad_date", found=self.as_of.value[:40]), "bad")
            return
        self.assess_button.disabled, self.bar.value, self.bar.layout.display = True, 0, ""
        self.message.value = ""
        self._failure.clear_output()
        try:
            with self._failure:
                self._run(as_of)
        finally:
            self.assess_button.disabled, self.bar.layout.display = False, "none"

    def _run(self, as_of: date) -> None:
        try:
            self.runs.assess(as_of, self._step)
        except UserError as error:
            self.message.value = issues_shown(self.t("forms.not_assessed"), error.issues, self.runs.client.lang)
            return
        folder, t = self.runs.client.folder, self.t
        path = folder.name_of(folder.run(as_of)) + "/assessment.json"
        self.message.value = said(t("forms.assessed", on=as_of, path=path), "good")
        self.show()

    def show(self) -> None:
        """Show the headline of the run that is shown."""
        report = self.runs.report
        self._summary.value = str(self._headline(report)) if report else ""

    def _headline(self, report: Report) -> Html:
        t, run = self.t, report.run
        text = t("forms.of_run", on=run.as_of, findings=len(run.findings), checks=len(run.checks),
                 actions=len(run.actions))  # fmt: skip
        lead = section(t("forms.result"), tag("p", text), id_="result")
        return join([lead, input_issues(report), headline(report), not_assessed(report)])


class SignOff:
    """Name and button that freeze the run that is shown."""

    def __init__(self, runs: Runs) -> None:
        self.runs, self.t = runs, texts(runs.client.lang)
        t = self.t
        self.by = w.Text(description=t("forms.by"), tooltip=t("forms.by", "help"))
        self.by.add_class("field-publish-by")
        self.sign_button = button(t("forms.sign"), t("forms.sign", "hint"), "publish", style="primary")
        self.sign_button.on_click(lambda _: self.sign())
        self._state, self.message = w.HTML(), w.HTML()
        head = w.HTML(tag("div", tag("h2", t("forms.sign_off")), tag("p", t("forms.sign_off", "intro"),
                                                                     class_="ga-intro")))  # fmt: skip
        self.widget = w.VBox([head, self._state, self.by, self.sign_button, self.message])
        for name in ("ga", "ga-form", "form-publish"):
            self.widget.add_class(name)
        runs.on_change(self.show)
        self.show()

    def show(self) -> None:
        """Show which run would be signed, or by whom it was."""
        shown, t = self.runs.shown, self.t
        signed = review.publication(self.runs.client.folder, shown) if shown else None
        if shown is None:
            text = t("forms.nothing_to_sign")
        elif signed:
            text = t("forms.signed", as_of=shown, by=signed.by, on=signed.on)
        else:
            text = t("forms.draft", as_of=shown)
        self._state.value = tag("p", tag("b", text))
        self.by.disabled = self.sign_button.disabled = shown is None or signed is not None
        self.message.value = ""

    def sign(self) -> None:
        """Sign the run off with the name that was typed."""
        shown = self.runs.shown
        if shown is None:
            return
        try:
            review.publish(self.runs.client.folder, shown, self.by.value, date.today())
        except UserError as error:
            self.message.value = issues_shown(self.t("forms.not_signed"), error.issues, self.runs.client.lang)
            return
        self.show()
