"""The foot of a form: the button that saves, what came of it, and the choice when the workbook changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import issue_sentence, issue_text
from gdpr_assess.notebook.forms.client import OpenClient, Outcome
from gdpr_assess.notebook.forms.typed import Mistake, Typed
from gdpr_assess.report.html import Html, tag

MOST_SHOWN = 12


def said(text: str, kind: str) -> Html:
    """Return a short message; `kind` is good, warn or bad."""
    return tag("div", text, class_=f"ga-said ga-said-{kind}", role="status")


def issue_list(intro: str, issues: list[str], more: str | None = None) -> Html:
    """Return a message with a list below it."""
    items = [tag("li", issue) for issue in issues]
    return tag("div", intro, tag("ul", items, tag("li", more) if more else None), class_="ga-said ga-said-bad",
               role="alert")  # fmt: skip


def issues_shown(intro: str, issues: tuple[Issue, ...], lang: str) -> Html:
    """Return issues of the workbook with their places."""
    more = len(issues) - MOST_SHOWN
    rest = texts(lang)("forms.more", more=more) if more > 0 else None
    return issue_list(intro, [issue_sentence(issue, lang) for issue in issues[:MOST_SHOWN]], rest)


def button(text: str, hint: str, name: str, *, style: str = "") -> Any:
    """Return a button; `name` is its class, so that it can be found."""
    made = w.Button(description=text, tooltip=hint, button_style=style)
    made.add_class(name)
    return made


class SaveBar:
    """Saves what `collect` returns as one part of the intake; `shown` gets the outcome to mark mistakes."""

    def __init__(
        self, client: OpenClient, part: str, collect: Callable[[], list[Typed]], shown: Callable[[Outcome], None]
    ) -> None:
        self._client, self._part, self._collect, self._shown = client, part, collect, shown
        t = texts(client.lang)
        self.save_button = button(t("forms.save"), t("forms.save", "hint"), f"save-{part}", style="primary")
        self.reload_button = button(t("forms.reload"), t("forms.reload", "hint"), f"reload-{part}")
        self.anyway_button = button(t("forms.anyway"), t("forms.anyway", "hint"), f"anyway-{part}", style="warning")
        self.message, self.saving = w.HTML(), False
        self._choice = w.HBox([self.reload_button, self.anyway_button], layout=w.Layout(display="none"))
        self.save_button.on_click(lambda _: self.save())
        self.anyway_button.on_click(lambda _: self.save(anyway=True))
        self.reload_button.on_click(lambda _: self._reload())
        self.widget = w.VBox([self.save_button, self.message, self._choice])
        self.widget.add_class("ga-savebar")

    def save(self, *, anyway: bool = False) -> Outcome:
        """Save and say what came of it."""
        self.saving = self.save_button.disabled = True
        try:
            outcome = self._client.save(self._part, self._collect(), anyway=anyway)
        finally:
            self.saving = self.save_button.disabled = False
        self._choice.layout.display = "" if outcome.result == "changed" else "none"
        self._shown(outcome)
        self.message.value = self._sentence(outcome)
        if outcome.result == "saved":
            self._client.tell_slow()
        return outcome

    def _reload(self) -> None:
        self._choice.layout.display = "none"
        self._client.reload()
        self._shown(Outcome("unchanged"))
        self.message.value = said(texts(self._client.lang)("forms.reloaded"), "good")

    def _sentence(self, outcome: Outcome) -> Html:
        t, lang = texts(self._client.lang), self._client.lang
        if outcome.result == "changed":
            return said(t("forms.changed"), "warn")
        if outcome.result == "blocked" and not outcome.mistakes:
            return said(t("forms.no_workbook_elsewhere"), "warn")
        if outcome.result == "blocked":
            return issues_shown(t("forms.blocked"), tuple(m.issue for m in outcome.mistakes), lang)
        if outcome.result == "wrong":
            return self._wrong(outcome)
        text = t(f"forms.{outcome.result}")
        if outcome.dropped_answers:
            text = f"{text} {t('forms.dropped_answers', count=outcome.dropped_answers)}"
        return said(text, "good")

    def _wrong(self, outcome: Outcome) -> Html:
        t, lang = texts(self._client.lang), self._client.lang
        errors = [mistake for mistake in outcome.mistakes if mistake.issue.level == "error"]
        if self._part != "profile" and any(mistake.sheet == "profile" for mistake in errors):
            return said(t("forms.profile_first"), "bad")
        intro = t("forms.wrong", count=len(errors))
        return issue_list(intro, [elsewhere(mistake, lang) for mistake in errors[:MOST_SHOWN]])


def elsewhere(mistake: Mistake, lang: str) -> str:
    """Return what is wrong and in which entry of which sheet."""
    text = issue_text(mistake.issue, lang)
    if mistake.sheet is None or mistake.sheet == "profile":
        return text
    t = texts(lang)
    return t("forms.in_entry", sheet=t(f"intake.sheet.{mistake.sheet}", "title"), number=(mistake.index or 0) + 1,
             text=text)  # fmt: skip
