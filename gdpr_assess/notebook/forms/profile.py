"""The profile as a form in groups, and which controls apply to such a client."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ipywidgets as w

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.intake.layout import PROFILE_GROUPS, sheet
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.model import Intake
from gdpr_assess.notebook.forms.client import OpenClient, Outcome
from gdpr_assess.notebook.forms.fields import field
from gdpr_assess.notebook.forms.save import SaveBar
from gdpr_assess.notebook.forms.typed import Typed
from gdpr_assess.report.context import DOMAINS
from gdpr_assess.report.html import Html, join, section, table, tag


class ProfileForm:
    """Every field of the profile."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        item = sheet("profile")
        self.fields = {column.field: field(column, client.lang) for column in item.columns}
        self.bar = SaveBar(client, "profile", self.collect, self._judged)
        head = w.HTML(tag("div", tag("h2", self.t(item.text, "title")),
                          tag("p", self.t(item.text, "help"), class_="ga-intro")))  # fmt: skip
        groups = [part for name, fields in PROFILE_GROUPS.items() for part in self._group(name, fields)]
        self.widget = w.VBox([head, *groups, self.bar.widget])
        for name in ("ga", "ga-form", "form-profile"):
            self.widget.add_class(name)
        client.on_change(self._changed)
        self.fill()

    def _group(self, name: str, fields: tuple[str, ...]) -> list[Any]:
        grid = w.Box([self.fields[one].widget for one in fields])
        grid.add_class("ga-grid")
        return [w.HTML(tag("h3", self.t(f"intake.group.{name}"))), grid]

    def fill(self) -> None:
        """Show the profile as it is in the workbook."""
        entry = self.client.typed["profile"][0]
        for name, item in self.fields.items():
            item.text = entry.get(name, "")
            item.mark([])
        self._read = self._typed()

    def _typed(self) -> Typed:
        typed = {name: item.text for name, item in self.fields.items()}
        return {name: text for name, text in typed.items() if text}

    def collect(self) -> list[Typed]:
        """Return the profile as typed."""
        return [self._typed()]

    def _changed(self) -> None:
        if self._typed() == self._read:
            self.fill()

    def _judged(self, outcome: Outcome) -> None:
        if outcome.result in ("saved", "unchanged"):
            self.fill()
        told: dict[str, list[str]] = {}
        for mistake in outcome.mistakes:
            if mistake.sheet == "profile" and mistake.field:
                told.setdefault(mistake.field, []).append(issue_text(mistake.issue, self.client.lang))
        for name, item in self.fields.items():
            item.mark(told.get(name, []))


class Applicable:
    """Which controls apply, by domain; counted anew after every save."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        self.widget = w.HTML()
        self.widget.add_class("applicable")
        client.on_change(self.show)
        self.show()

    def show(self) -> None:
        """Count and show."""
        intake = self.client.intake
        body = self._table(intake) if intake else tag("p", self.t("forms.profile_first"), class_="ga-empty")
        self.widget.value = section(self.t("forms.applicable"), body, id_="applicable",
                                    intro=self.t("forms.applicable", "intro"))  # fmt: skip

    def _table(self, intake: Intake) -> Html:
        controls, t = load_catalogue().controls, self.t
        state = load_catalogue().applicable(intake)
        asked = {name: len(scopes(control, intake)) for name, control in controls.items()}
        rows = []
        for domain in sorted({control.domain for control in controls.values()}, key=DOMAINS.index):
            names = [name for name, control in controls.items() if control.domain == domain]
            count = Counter(state[name] for name in names)
            questions = sum(asked[name] for name in names if state[name] is not False)
            rows.append([t.word(domain), count[True], count[None], count[False], questions])
        heads = [t("forms.domain"), t("forms.apply"), t("forms.open"), t("forms.not_apply"), t("forms.questions")]
        total = Counter(state.values())
        lead = t("forms.applicable", "total", apply=total[True], open=total[None], total=len(controls))
        return join([tag("p", tag("b", lead)), table(heads, rows, t("forms.applicable")), self._open(state)])

    def _open(self, state: dict[str, bool | None]) -> Html | None:
        """Name the controls of which the profile does not say whether they apply."""
        waiting = [name for name, applies in state.items() if applies is None]
        if not waiting:
            return None
        items = [tag("li", tag("code", name), " ", self.t(f"control.{name}", "title")) for name in waiting]
        return tag("details", tag("summary", self.t("forms.open", "which", count=len(waiting))), tag("ul", items))
