"""What people decide: on findings, on documents, on gaps; each with a reason and a name, kept in inputs/review.yaml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import ipywidgets as w

from gdpr_assess import review
from gdpr_assess.issue import UserError
from gdpr_assess.lang import texts
from gdpr_assess.lang.formatting import show_date
from gdpr_assess.model import CLIENT, Answer, Decision, ReviewDecision
from gdpr_assess.notebook.forms.run import Runs
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.report.context import Report
from gdpr_assess.report.gap_table import finding_item
from gdpr_assess.report.html import Html, definitions, join, tag
from gdpr_assess.report.words import control_text


@dataclass(frozen=True)
class Subject:
    """Something to decide on: a finding, or a control in a scope; `shown` is what a person must see of it."""

    name: str
    shown: Html
    finding: str | None = None
    control: str | None = None
    scope: str | None = None

    @property
    def target(self) -> tuple[str | None, str | None, str | None]:
        """What a decision is about."""
        return (self.finding, self.control, self.scope)


class Deciding:
    """The list of subjects, the one that is chosen, and the decision on it."""

    def __init__(
        self, runs: Runs, name: str, subjects: Callable[[], list[Subject]], allowed: tuple[Decision, ...]
    ) -> None:
        self.runs, self.name, self._subjects = runs, name, subjects
        self.t = texts(runs.client.lang)
        self._build(allowed)
        runs.on_change(self.show)
        runs.client.on_change(self.show)
        self.show()

    def _build(self, allowed: tuple[Decision, ...]) -> None:
        t, name = self.t, self.name
        self.only_open = w.Checkbox(description=t("forms.only_open"), indent=False)
        self.only_open.observe(lambda _: self.show(), "value")
        self.list = w.Select(rows=8, description=t(f"forms.{name}"))
        self.list.add_class(f"list-{name}")
        self.list.observe(lambda _: self._picked(), "value")
        self.detail, self.message, self._none = w.HTML(), w.HTML(), w.HTML()
        self.decision = w.RadioButtons(
            description=t("forms.decision"), options=[(t.word(value), value) for value in allowed]
        )
        self.decision.add_class(f"field-{name}-decision")
        self.reason = w.Textarea(description=t("forms.reason"), tooltip=t("forms.reason", "help"))
        self.by = w.Text(description=t("forms.by"), tooltip=t("forms.by", "help"))
        self.reason.add_class(f"field-{name}-reason")
        self.by.add_class(f"field-{name}-by")
        self.decide_button = button(t("forms.decide"), t("forms.decide", "hint"), f"decide-{name}", style="primary")
        self.decide_button.on_click(lambda _: self.decide())
        head = w.HTML(tag("div", tag("h2", t(f"forms.{name}")), tag("p", t(f"forms.{name}", "intro"),
                                                                   class_="ga-intro")))  # fmt: skip
        self.form = w.VBox([self.detail, self.decision, self.reason, self.by, self.decide_button])
        self.widget = w.VBox([head, self.only_open, self._none, self.list, self.form, self.message])
        for one in ("ga", "ga-form", f"form-{name}"):
            self.widget.add_class(one)

    def show(self) -> None:
        """Show the subjects as they are now, the same one chosen as before."""
        decisions, issues = review.read_review(self.runs.client.folder)
        self._decided = {(d.finding, d.control, d.scope or CLIENT if d.control else None): d for d in decisions}
        self.subjects = [s for s in self._subjects() if not (self.only_open.value and s.target in self._decided)]
        self._none.value = "" if self.subjects else tag("p", self.t("forms.nothing_here"), class_="ga-empty")
        self.list.layout.display = "" if self.subjects else "none"
        kept = self.list.value
        self.list.options = [(self._line(subject), subject.target) for subject in self.subjects]
        if kept in [subject.target for subject in self.subjects]:
            self.list.value = kept
        elif self.subjects:
            self.list.value = self.subjects[0].target
        if issues:
            self.message.value = issues_shown(self.t("forms.met"), tuple(issues), self.runs.client.lang)
        self._picked()

    def _line(self, subject: Subject) -> str:
        made = self._decided.get(subject.target)
        return f"{subject.name} — {self.t.word(made.decision)}" if made else subject.name

    def _chosen(self) -> Subject | None:
        return next((subject for subject in self.subjects if subject.target == self.list.value), None)

    def _picked(self) -> None:
        subject = self._chosen()
        self.form.layout.display = "" if subject else "none"
        if subject is None:
            self.detail.value = ""
            return
        made, t = self._decided.get(subject.target), self.t
        self.detail.value = subject.shown
        offered = [value for _, value in self.decision.options]
        self.decision.value = made.decision if made and made.decision in offered else offered[0]
        self.reason.value = made.reason if made else ""
        if made:
            on = show_date(made.on, self.runs.client.lang)
            self.detail.value = join(
                [subject.shown, tag("p", t("forms.decided", decision=t.word(made.decision), by=made.by, on=on))]
            )

    def decide(self) -> None:
        """Keep the decision on the subject that is chosen."""
        subject, t = self._chosen(), self.t
        if subject is None:
            return
        if not self.reason.value.strip() or not self.by.value.strip():
            self.message.value = said(t("forms.needs_reason"), "bad")
            return
        made = ReviewDecision(
            finding=subject.finding, control=subject.control, scope=subject.scope, decision=self.decision.value,
            reason=self.reason.value.strip(), by=self.by.value.strip(), on=date.today(),
        )  # fmt: skip
        try:
            review.set_decision(self.runs.client.folder, made)
        except UserError as error:
            self.message.value = issues_shown(t("forms.not_decided"), error.issues, self.runs.client.lang)
            return
        self.show()
        self.message.value = said(t("forms.noted"), "good")


def findings(runs: Runs) -> Deciding:
    """Return the findings of the run that is shown, the gravest first."""

    def subjects() -> list[Subject]:
        report = runs.report
        if report is None:
            return []
        return [
            Subject(f"{report.t.word(row.finding.severity)} · {row.title} · {row.where}",
                    tag("ul", finding_item(report, row), class_="ga-findings"), finding=row.finding.id)
            for row in report.findings
        ]  # fmt: skip

    return Deciding(runs, "findings", subjects, get_args(Decision))


def gaps(runs: Runs) -> Deciding:
    """Return the gaps of the run that is shown; a risk that is accepted leaves the plan."""

    def shown(report: Report, gap: Any) -> Html:
        t = report.t
        facts = [(t("report.question"), gap.question), (t("report.verdict"), t.word(gap.verdict)),
                 (t("report.remedy"), gap.remedy)]  # fmt: skip
        return definitions(facts)

    def subjects() -> list[Subject]:
        report = runs.report
        rows = report.gaps if report else ()
        return [
            Subject(f"{report.t.word(gap.severity)} · {gap.title} · {gap.scope_name}", shown(report, gap),
                    control=gap.control, scope=gap.scope)
            for gap in rows if report
        ]  # fmt: skip

    return Deciding(runs, "gaps", subjects, ("accepted_risk",))


def documents(runs: Runs) -> Deciding:
    """Return the answers yes that name a document."""
    t, lang = texts(runs.client.lang), runs.client.lang

    def subject(answer: Answer) -> Subject:
        dated = show_date(answer.evidence_date, lang) if answer.evidence_date else t("forms.undated")
        facts = [
            (t("report.question"), control_text(answer.control, "question", t)),
            (t("report.evidence_expected"), control_text(answer.control, "evidence", t)),
            (t("forms.document"), f"{answer.evidence} ({dated})"),
            (t("report.answer"), answer.comment),
        ]
        name = f"{answer.control} · {control_text(answer.control, 'title', t)} · {answer.evidence}"
        return Subject(name, definitions(facts), control=answer.control, scope=answer.scope)

    def subjects() -> list[Subject]:
        intake = runs.client.intake
        return [subject(a) for a in (intake.answers if intake else ()) if a.answer == "yes" and a.evidence]

    return Deciding(runs, "documents", subjects, ("confirmed",))
