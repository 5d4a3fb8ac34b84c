"""A text that is edited and taken over into the client's folder: a file, and a version with its first day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import ipywidgets as w

from gdpr_assess.lang import texts
from gdpr_assess.model import Intake, Wording
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.save import SaveBar, button, said
from gdpr_assess.notebook.forms.typed import Typed, typed_noun
from gdpr_assess.report.html import Html
from gdpr_assess.wording.linter import examine
from gdpr_assess.wording.situation import known
from gdpr_assess.workspace import write_atomic

_OPEN = re.compile(r"\[[^\[\]\n]{2,}\]")
_VERSION = re.compile(r"-v(\d+)$")
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
"""What an id may hold and a file name may not: a path must never lead out of inputs/wordings."""


class TakingOver:
    """A text with what the linter sees in it; what is accepted becomes the next version of `target`, or a new text.

    `target` is the wording that the text takes the place of; where the intake has none of that id, it is a new one.
    """

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        self.target: Wording | None = None
        self.suggested = ""
        self._build()
        self.text.observe(lambda _: self.tell(), "value")
        self.again.on_click(lambda _: self.propose())
        self.accept.on_click(lambda _: self._accept())

    def _build(self) -> None:
        t = self.t
        self.text = w.Textarea(description=t("forms.suggest_text"), rows=14)
        self.text.add_class("field-suggestion-text")
        self.since = w.Text(description=t("forms.suggest_since"), value=date.today().isoformat())
        self.since.add_class("field-suggestion-since")
        self.again = button(t("forms.suggest_again"), t("forms.suggest_again", "hint"), "suggest-again")
        self.accept = button(
            t("forms.suggest_accept"), t("forms.suggest_accept", "hint"), "suggest-accept", style="primary"
        )
        self.told, self.message = w.HTML(), w.HTML()
        self.rows = w.VBox([self.text, self.told, self.since, w.HBox([self.again, self.accept])])

    def offer(self, target: Wording | None, suggested: str) -> None:
        """Put another suggestion into the field; what was edited stays where the suggestion is the same."""
        same = (target, suggested) == (self.target, self.suggested)
        self.target, self.suggested = target, suggested
        self.tell() if same else self.propose()

    def propose(self) -> None:
        """Put the suggestion as it was made into the field."""
        self.text.value = self.suggested
        self.tell()

    def tell(self) -> None:
        """Say what the linter sees in the text as it stands."""
        target, intake = self.target, self.client.intake
        self.told.value = ""
        if target and intake and self.text.value.strip():
            self.told.value = str(self._judgement(target, intake))

    def _judgement(self, target: Wording, intake: Intake) -> Html:
        t, open_ = self.t, _OPEN.findall(self.text.value)
        if open_:
            return said(t("forms.suggest_open", open=open_), "warn")
        seen = examine(self.text.value, known(target, intake, date.today()), self.client.lang)[0]
        names = [t(f"wording.{hit.code}", "title") for hit in seen.sure_defects]
        names += [t(f"wording.missing.{code}", "title") for code in seen.missing or ()]
        if names:
            return said(t("forms.suggest_lacks", names=names), "warn")
        return said(t("forms.suggest_complete"), "good")

    def _accept(self) -> None:
        if self.client.changed_on_disk:
            self.client.load()
        problem = self._refusal()
        self.message.value = said(self.t(problem), "bad") if problem else ""
        if problem is None:
            self._take_over(date.fromisoformat(self.since.value.strip()))

    def _before(self) -> Wording | None:
        """Return the version that ends, as the workbook has it; None for a new text."""
        rows = self.client.intake.wordings if self.client.intake else ()
        return next((row for row in rows if self.target and row.id == self.target.id), None)

    def _refusal(self) -> str | None:
        """Return the key of the reason why the text cannot be taken over yet."""
        if self.target is None or not self.text.value.strip():
            return "forms.suggest_empty"
        if self.client.intake is None or self.client.blocking:
            return "forms.blocked"
        if _OPEN.search(self.text.value):
            return "forms.suggest_fill"
        try:
            since = date.fromisoformat(self.since.value.strip())
        except ValueError:
            return "forms.suggest_date"
        before = self._before()
        return "forms.suggest_early" if before and before.valid_from and since <= before.valid_from else None

    def _take_over(self, since: date) -> None:
        intake, before = self.client.intake, self._before()
        assert self.target is not None
        assert intake is not None
        after = following(before, intake, since) if before else beginning(self.target, since)
        path = self.client.folder.wordings / str(after.file)
        if path.exists():
            self.message.value = said(self.t("forms.suggest_exists", file=path.name), "bad")
            return
        try:
            write_atomic(path, self.text.value)
        except OSError as error:
            self.message.value = said(f"{path.name}: {error.strerror}", "bad")
            return
        bar = SaveBar(self.client, "wordings", lambda: self._rows_with(before, after, since), lambda _: None)
        if bar.save().result != "saved":
            path.unlink()
            self.message.value = bar.message.value
            return
        self.message.value = said(self.t("forms.suggest_taken", file=str(after.file), id=after.id), "good")

    def _rows_with(self, before: Wording | None, after: Wording, since: date) -> list[Typed]:
        rows = self.client.typed["wordings"]
        if before is None:
            return [*rows, typed_noun(after)]
        last = since - timedelta(days=1)
        ended = before.model_copy(update={"valid_to": min(before.valid_to or last, last)})
        return [*(entry for entry in rows if entry.get("id") != before.id), typed_noun(ended), typed_noun(after)]


def _stem(wording: Wording) -> str:
    return _VERSION.sub("", wording.id)


def _number(wording: Wording) -> int:
    found = _VERSION.search(wording.id)
    return int(found[1]) if found else 1


def latest(intake: Intake) -> list[Wording]:
    """Return of each wording the last version: the one that a new version follows."""
    last = {_stem(row): row for row in sorted(intake.wordings, key=_number)}
    return [row for row in intake.wordings if last[_stem(row)] is row]


def following(before: Wording, intake: Intake, since: date) -> Wording:
    """Return the next version of a wording: `announcement` is followed by `announcement-v2`, kept in a file."""
    stem, taken = _stem(before), {row.id for row in intake.wordings}
    number = next(n for n in range(2, 10_000) if f"{stem}-v{n}" not in taken)
    return beginning(before.model_copy(update={"id": f"{stem}-v{number}"}), since)


def beginning(wording: Wording, since: date) -> Wording:
    """Return a wording that is kept in a file of its own and begins on a day."""
    file = f"{_NOT_IN_NAMES.sub('_', wording.id)}.txt"
    return wording.model_copy(update={"text": None, "file": file, "valid_from": since, "valid_to": None})
