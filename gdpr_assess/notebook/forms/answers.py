"""The answers by area: each question with the company's answer, the evidence for it and its date."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.intake.layout import sheet
from gdpr_assess.intake.words import choices
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.model import CLIENT, Intake
from gdpr_assess.notebook.forms.client import OpenClient, Outcome
from gdpr_assess.notebook.forms.fields import TextField
from gdpr_assess.notebook.forms.save import SaveBar, button
from gdpr_assess.notebook.forms.typed import Mistake, Typed
from gdpr_assess.report.context import DOMAINS
from gdpr_assess.report.html import join, tag

PER_PAGE = 12
SAID = ("evidence", "evidence_date", "reason", "comment")
Key = tuple[str, str]


class Question:
    """One control in one scope: the question, the answer's buttons, and what goes with the answer."""

    def __init__(self, key: Key, about: str, lang: str) -> None:
        self.key, self.about, self._columns, t = key, about, sheet("answers"), texts(lang)
        control, scope = key
        answer = self._columns.column("answer")
        options = [(shown, value) for value, shown in choices(answer, lang).items()]
        self.answer = w.RadioButtons(
            options=[*options, (t("forms.no_answer"), "")], value="", orientation="horizontal",
            description=t(answer.text, "label"), tooltip=t(f"control.{control}", "question"),
        )  # fmt: skip
        self.answer.add_class("field-answers-answer")
        self.fields = {name: TextField(self._columns.column(name), lang) for name in SAID}
        grid = w.Box([item.widget for item in self.fields.values()])
        grid.add_class("ga-grid")
        self.widget = w.VBox([w.HTML(self._head(about, lang)), self.answer, grid])
        self.widget.add_class("ga-question")
        self.widget.add_class(f"question-{control}-{scope}".replace(":", "-"))

    def _head(self, about: str, lang: str) -> str:
        t, name = texts(lang), f"control.{self.key[0]}"
        return join(
            [
                tag("h4", tag("code", self.key[0]), " ", t(name, "title"), f" · {about}" if about else None),
                tag("p", t(name, "question")),
                tag("p", tag("i", t("forms.shows")), " ", t(name, "evidence"), class_="ga-where"),
            ]
        )

    @property
    def typed(self) -> Typed:
        """The answer as typed; nothing where nothing is said."""
        given = {"answer": str(self.answer.value), **{name: item.text for name, item in self.fields.items()}}
        given = {name: text for name, text in given.items() if text}
        return {"control": self.key[0], "scope": self.key[1], **given} if given else {}

    def fill(self, entry: Typed) -> None:
        """Show an answer."""
        self.answer.value = entry.get("answer", "")
        for name, item in self.fields.items():
            item.text = entry.get(name, "")
            item.mark([])

    def mark(self, mistakes: list[Mistake], lang: str) -> None:
        """Show what is wrong, at the field where there is one, else at the reason."""
        told: dict[str, list[str]] = {}
        for mistake in mistakes:
            name = mistake.field if mistake.field in self.fields else "reason"
            told.setdefault(name or "reason", []).append(issue_text(mistake.issue, lang))
        for name, item in self.fields.items():
            item.mark(told.get(name, []))


class AnswersForm:
    """The Answers sheet, one area at a time; what is typed in other areas is kept until it is saved with the rest."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.lang, self.t = client, client.lang, texts(client.lang)
        t = self.t
        self.domain = w.Dropdown(description=t("forms.domain"))
        self.domain.add_class("answers-domain")
        self.which = w.Dropdown(
            description=t("forms.which"), options=[(t(f"forms.which_{n}"), n) for n in ("apply", "unanswered", "all")]
        )
        self.which.add_class("answers-which")
        self.page = w.BoundedIntText(description=t("forms.page"), min=1, max=1, value=1)
        self.page.add_class("answers-page")
        self.next_button = button(t("forms.next_page"), t("forms.next_page", "hint"), "answers-next")
        self.next_button.on_click(lambda _: self._next())
        self.bar = SaveBar(client, "answers", self.collect, self._judged)
        self._summary, self._list = w.HTML(), w.VBox([])
        filters = w.HBox([self.domain, self.which, self.page, self.next_button])
        filters.add_class("ga-filters")
        item = sheet("answers")
        head = w.HTML(tag("div", tag("h2", t(item.text, "title")), tag("p", t(item.text, "help"), class_="ga-intro")))
        self.widget = w.VBox([head, self._summary, filters, self._list, self.bar.widget])
        for name in ("ga", "ga-form", "form-answers"):
            self.widget.add_class(name)
        self.questions: dict[Key, Question] = {}
        for control in (self.domain, self.which, self.page):
            control.observe(self._turned, "value")
        client.on_change(self._changed)
        self.fill()

    def fill(self) -> None:
        """Show the answers as they are in the workbook."""
        self._read = {(e["control"], e.get("scope", CLIENT)): dict(e) for e in self.client.typed["answers"]}
        self.entries = dict(self._read)
        self._offer()
        self._show()

    def _changed(self) -> None:
        self._keep()
        if self.entries == self._read:
            self.fill()

    def _keys(self) -> dict[Key, str]:
        """Return every question that can be asked, with the state of its control: yes, no or open."""
        intake = self.client.intake
        if intake is None:
            return {}
        catalogue = load_catalogue()
        state = {name: {True: "yes", False: "no", None: "open"}[a] for name, a in catalogue.applicable(intake).items()}
        asked = {(n, scope): state[n] for n, control in catalogue.controls.items() for scope in scopes(control, intake)}
        return asked | {key: state.get(key[0], "yes") for key in self.entries if key not in asked}

    def _offer(self) -> None:
        """Offer the areas with how many of their questions are answered."""
        states = {key: state for key, state in self._keys().items() if state != "no" or key in self.entries}
        domains = sorted({key[0][:3] for key in states}, key=DOMAINS.index)
        answered = {key for key, entry in self.entries.items() if entry.get("answer")}
        options = []
        for domain in domains:
            keys = [key for key in states if key[0].startswith(domain)]
            done = sum(key in answered for key in keys)
            options.append((f"{self.t.word(domain)}  ({done}/{len(keys)})", domain))
        kept = self.domain.value
        self.domain.unobserve(self._turned, "value")
        self.domain.options = options
        self.domain.value = kept if kept in domains else next(iter(domains), None)
        self.domain.observe(self._turned, "value")
        done = sum(key in answered for key in states)
        self._summary.value = tag("p", tag("b", self.t("forms.answered", done=done, total=len(states)))) if states \
            else tag("p", self.t("forms.profile_first"), class_="ga-empty")  # fmt: skip

    def _wanted(self) -> list[Key]:
        which = self.which.value
        keys = [(key, state) for key, state in self._keys().items() if key[0][:3] == self.domain.value]
        if which == "unanswered":
            return [key for key, state in keys if state != "no" and not self.entries.get(key, {}).get("answer")]
        return [key for key, state in keys if which == "all" or state != "no" or key in self.entries]

    def _turned(self, change: dict[str, Any]) -> None:
        self._keep()
        if change["owner"] is not self.page:
            self._first_page()
        self._show()

    def _first_page(self) -> None:
        self.page.unobserve(self._turned, "value")
        self.page.value = 1
        self.page.observe(self._turned, "value")

    def _next(self) -> None:
        self.page.value = self.page.value % self.page.max + 1

    def _show(self) -> None:
        """Show one page of the questions of one area."""
        wanted = self._wanted()
        self.page.max = max(1, -(-len(wanted) // PER_PAGE))
        few = "none" if self.page.max == 1 else ""
        self.page.layout.display = self.next_button.layout.display = few
        first = (self.page.value - 1) * PER_PAGE
        names = _names(self.client.intake) if self.client.intake else {}
        self.questions = {
            key: self._question(key, names.get(key[1], key[1]) if key[1] != CLIENT else "")
            for key in wanted[first : first + PER_PAGE]
        }
        for key, question in self.questions.items():
            question.fill(self.entries.get(key, {}))
        none = [w.HTML(tag("p", self.t("forms.no_questions"), class_="ga-empty"))] if self.domain.value else []
        self._list.children = [question.widget for question in self.questions.values()] or none

    def _question(self, key: Key, about: str) -> Question:
        """Return a question; one that is shown stays, with what is being typed into it."""
        shown = self.questions.get(key)
        return shown if shown and shown.about == about else Question(key, about, self.lang)

    def _keep(self) -> None:
        for key, question in self.questions.items():
            typed = question.typed
            if typed:
                self.entries[key] = typed
            else:
                self.entries.pop(key, None)

    def collect(self) -> list[Typed]:
        """Return all answers as typed, in the order of the catalogue."""
        self._keep()
        order = {key: number for number, key in enumerate(self._keys())}
        return [self.entries[key] for key in sorted(self.entries, key=lambda key: order.get(key, len(order)))]

    def _judged(self, outcome: Outcome) -> None:
        keys = [(e["control"], e["scope"]) for e in self.collect()]
        if outcome.result in ("saved", "unchanged"):
            self.fill()
        by_key: dict[Key, list[Mistake]] = {}
        for mistake in outcome.mistakes:
            if mistake.sheet == "answers" and mistake.index is not None and mistake.index < len(keys):
                by_key.setdefault(keys[mistake.index], []).append(mistake)
        first = next(iter(by_key), None)
        if first and outcome.result == "wrong" and first not in self.questions:
            self.which.value, self.domain.value = "all", first[0][:3]
        for key, question in self.questions.items():
            question.mark(by_key.get(key, []), self.lang)


def _names(intake: Intake) -> dict[str, str]:
    parts = (("site", intake.sites), ("processor", intake.partners), ("system", intake.systems))
    return {f"{what}:{item.id}": item.name for what, items in parts for item in items}
