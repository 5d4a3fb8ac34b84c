"""Page 03: the compliant text for a wording, edited and taken over as its next version with a date."""

from __future__ import annotations

from datetime import date

import ipywidgets as w

from gdpr_assess import wording
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.model import WordingResult
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.taking_over import TakingOver, latest
from gdpr_assess.report.html import tag


class SuggestionForm(TakingOver):
    """A wording with its suggestion; what is accepted becomes a file and its next version in the workbook."""

    def __init__(self, client: OpenClient) -> None:
        super().__init__(client)
        t = self.t
        self._results: dict[str, WordingResult] = {}
        self.which = w.Dropdown(description=t("forms.suggest_which"))
        self.which.add_class("field-suggestion-which")
        self.which.observe(lambda _: self._picked(), "value")
        head = w.HTML(
            tag("div", tag("h2", t("forms.suggest")), tag("p", t("forms.suggest", "hint"), class_="ga-intro"))
        )
        self.rows.children = (self.which, *self.rows.children)
        self._none = w.HTML()
        self.widget = w.VBox([head, self._none, self.rows, self.message])
        for name in ("ga", "ga-form", "form-suggestion"):
            self.widget.add_class(name)
        client.on_change(self.fill, slow=True)
        self.fill()

    def fill(self) -> None:
        """Offer the last version of every wording for which there is a suggestion."""
        intake, kept = self.client.intake, self.which.value
        found = wording.assess(intake, self.client.folder, date.today())[0] if intake else []
        last = {row.id for row in latest(intake)} if intake else set()
        self._results = {result.wording: result for result in found if result.suggestion and result.wording in last}
        self.which.options = [(self._name(result), key) for key, result in self._results.items()]
        self.which.value = kept if kept in self._results else next(iter(self._results), None)
        self.rows.layout.display = "" if self._results else "none"
        self._none.value = "" if self._results else tag("p", self.t("forms.suggest_none"), class_="ga-empty")
        self._picked()

    def _name(self, result: WordingResult) -> str:
        kind = self.t.word(result.result.kind) if result.result.kind else ""
        return f"{result.wording} · {kind} · {language_name(result.result.language or '', self.client.lang)}"

    def _picked(self) -> None:
        chosen, intake = self._results.get(self.which.value or ""), self.client.intake
        row = next((row for row in intake.wordings if chosen and row.id == chosen.wording), None) if intake else None
        if chosen is None or chosen.suggestion is None or row is None:
            self.offer(None, "")
        else:
            self.offer(row.model_copy(update={"language": chosen.result.language}), chosen.suggestion.text)
