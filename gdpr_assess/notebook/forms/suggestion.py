"""Page 03: the compliant text for a wording, edited and taken over as its next version with a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

import ipywidgets as w

from gdpr_assess import wording
from gdpr_assess.lang import texts
from gdpr_assess.lang.formatting import language_name
from gdpr_assess.model import Intake, Wording, WordingResult
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import SaveBar, button, said
from gdpr_assess.notebook.forms.typed import Typed, typed_noun
from gdpr_assess.report.html import Html, tag
from gdpr_assess.workspace import write_atomic

_OPEN = re.compile(r"\[[^\[\]\n]{2,}\]")
_VERSION = re.compile(r"-v(\d+)$")
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
"""What an id may hold and a file name may not: a path must never lead out of inputs/wordings."""


class SuggestionForm:
    """A wording with its suggestion; what is accepted becomes a file and its next version in the workbook."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.lang, self.t = client, client.lang, texts(client.lang)
        t = self.t
        self._results: dict[str, WordingResult] = {}
        self.which = w.Dropdown(description=t("forms.suggest_which"))
        self.which.add_class("field-suggestion-which")
        self.text = w.Textarea(description=t("forms.suggest_text"), rows=14)
        self.text.add_class("field-suggestion-text")
        self.since = w.Text(description=t("forms.suggest_since"), value=date.today().isoformat())
        self.since.add_class("field-suggestion-since")
        self.again = button(t("forms.suggest_again"), t("forms.suggest_again", "hint"), "suggest-again")
        self.accept = button(
            t("forms.suggest_accept"), t("forms.suggest_accept", "hint"), "suggest-accept", style="primary"
        )
        self.told, self.message = w.HTML(), w.HTML()
        self.which.observe(lambda _: self.propose(), "value")
        self.text.observe(lambda _: self._tell(), "value")
        self.again.on_click(lambda _: self.propose())
        self.accept.on_click(lambda _: self._accept())
        head = w.HTML(
            tag("div", tag("h2", t("forms.suggest")), tag("p", t("forms.suggest", "hint"), class_="ga-intro"))
        )
        self._rows = w.VBox([self.which, self.text, self.told, self.since, w.HBox([self.again, self.accept])])
        self._none = w.HTML()
        self.widget = w.VBox([head, self._none, self._rows, self.message])
        for name in ("ga", "ga-form", "form-suggestion"):
            self.widget.add_class(name)
        client.on_change(self.fill, slow=True)
        self.fill()

    def fill(self) -> None:
        """Offer every wording for which there is a suggestion."""
        intake, kept = self.client.intake, self.which.value
        found = wording.assess(intake, self.client.folder, date.today())[0] if intake else []
        self._results = {result.wording: result for result in found if result.suggestion}
        self.which.options = [(self._name(result), key) for key, result in self._results.items()]
        self.which.value = kept if kept in self._results else next(iter(self._results), None)
        self._rows.layout.display = "" if self._results else "none"
        self._none.value = "" if self._results else tag("p", self.t("forms.suggest_none"), class_="ga-empty")
        self.propose()

    def _name(self, result: WordingResult) -> str:
        kind = self.t.word(result.result.kind) if result.result.kind else ""
        return f"{result.wording} · {kind} · {language_name(result.result.language or '', self.lang)}"

    @property
    def _chosen(self) -> WordingResult | None:
        return self._results.get(self.which.value or "")

    def propose(self) -> None:
        """Put the suggestion as filled from the intake into the field."""
        chosen = self._chosen
        self.text.value = chosen.suggestion.text if chosen and chosen.suggestion else ""
        self._tell()

    def _tell(self) -> None:
        """Say what the linter sees in the text as it stands."""
        self.told.value = str(self._judgement()) if self._chosen else ""

    def _judgement(self) -> Html:
        t, chosen = self.t, self._chosen
        assert chosen is not None
        seen = wording.lint(
            self.text.value, language=chosen.result.language, kind=chosen.result.kind, country=chosen.country,
            basis=self._row(chosen.wording).basis, lang=self.lang,
        )  # fmt: skip
        open_ = _OPEN.findall(self.text.value)
        names = [t(f"wording.{hit.code}", "title") for hit in seen.sure_defects]
        names += [t(f"wording.missing.{code}", "title") for code in seen.missing or ()]
        if open_:
            return said(t("forms.suggest_open", open=open_), "warn")
        if names:
            return said(t("forms.suggest_lacks", names=names), "warn")
        return said(t("forms.suggest_complete"), "good")

    def _row(self, key: str) -> Wording:
        intake = self.client.intake
        assert intake is not None
        return next(row for row in intake.wordings if row.id == key)

    def _accept(self) -> None:
        problem = self._refusal()
        self.message.value = said(self.t(problem), "bad") if problem else ""
        if problem is None:
            self._take_over(date.fromisoformat(self.since.value.strip()))

    def _refusal(self) -> str | None:
        """Return the key of the reason why the text cannot be taken over yet."""
        if self._chosen is None or not self.text.value.strip():
            return "forms.suggest_empty"
        if _OPEN.search(self.text.value):
            return "forms.suggest_fill"
        try:
            since = date.fromisoformat(self.since.value.strip())
        except ValueError:
            return "forms.suggest_date"
        before = self._row(self._chosen.wording).valid_from
        return "forms.suggest_early" if before and since <= before else None

    def _take_over(self, since: date) -> None:
        assert self._chosen is not None
        assert self.client.intake is not None
        before = self._row(self._chosen.wording)
        after = following(before, self.client.intake, since)
        path = self.client.folder.wordings / str(after.file)
        if path.exists():
            self.message.value = said(self.t("forms.suggest_exists", file=path.name), "bad")
            return
        write_atomic(path, self.text.value)
        bar = SaveBar(self.client, "wordings", lambda: self._rows_with(before, after, since), lambda _: None)
        outcome = bar.save()
        if outcome.result != "saved":
            path.unlink()
            self.message.value = bar.message.value
            return
        self.message.value = said(self.t("forms.suggest_taken", file=str(after.file), id=after.id), "good")

    def _rows_with(self, before: Wording, after: Wording, since: date) -> list[Typed]:
        ended = before.model_copy(update={"valid_to": since - timedelta(days=1)})
        kept = [entry for entry in self.client.typed["wordings"] if entry.get("id") != before.id]
        return [*kept, typed_noun(ended), typed_noun(after)]


def following(before: Wording, intake: Intake, since: date) -> Wording:
    """Return the next version of a wording: `announcement` is followed by `announcement-v2`, kept in a file."""
    stem, taken = _VERSION.sub("", before.id), {row.id for row in intake.wordings}
    number = next(n for n in range(2, 10_000) if f"{stem}-v{n}" not in taken)
    name = f"{stem}-v{number}"
    return before.model_copy(
        update={
            "id": name,
            "text": None,
            "file": f"{_NOT_IN_NAMES.sub('_', name)}.txt",
            "valid_from": since,
            "valid_to": None,
        }
    )
