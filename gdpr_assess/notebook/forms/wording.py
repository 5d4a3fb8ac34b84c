"""The client's texts: typed, pasted or taken from a file, and marked as the linter reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as w

from gdpr_assess import wording
from gdpr_assess.model import Intake
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.fields import Field, TextField
from gdpr_assess.notebook.forms.preview import Preview, preview
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.save import said
from gdpr_assess.notebook.forms.upload import Loaded, Upload, keep
from gdpr_assess.report.html import tag
from gdpr_assess.report.wording_view import wordings


def files_below(folder: Path) -> list[str]:
    """Return the names of the files in a folder and below, without hidden files and lock files."""
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    shown = (path for path in paths if path.is_file() and not path.name.startswith((".", "~$")))
    return [path.relative_to(folder).as_posix() for path in shown]


class FileField(Field):
    """The name of a file; those that are in the folder are offered."""

    def __init__(self, plain: TextField, folder: Path) -> None:
        self._folder = folder
        super().__init__(plain.column, plain.lang, w.Combobox(description=plain.control.description))
        self.offer()

    def offer(self) -> None:
        """Offer the files that are there now."""
        self.control.options = tuple(files_below(self._folder))


class WordingForm(RowsForm):
    """The Wordings sheet; its files are those below inputs/wordings."""

    def __init__(self, client: OpenClient) -> None:
        super().__init__(client, "wordings")
        self.upload = Upload(client.lang, self.bring, several=True)
        head, *rest = self.widget.children
        self.widget.children = (head, self.upload.widget, *rest)

    def bring(self, files: list[Loaded]) -> None:
        """Keep files below inputs/wordings and start an entry for each; what they are is still to be said."""
        if self.client.intake is None:
            self.upload.message.value = said(self.t("forms.profile_first"), "warn")
            return
        kept = keep(files, self.client.folder.wordings)
        for name in kept.added:
            self.add()
            self.fields["file"].text = name
        self._keep()
        self._show(len(self.entries) - len(kept.added) if kept.added else self._at)
        self.upload.message.value = kept.told(self.lang)
        if kept.added:
            self.client.tell_slow()

    def make_fields(self) -> dict[str, Field]:
        """Return the fields, with the files that are there offered."""
        made = super().make_fields()
        plain = made["file"]
        assert isinstance(plain, TextField)
        return made | {"file": FileField(plain, self.client.folder.wordings)}


class WordingPreview(Preview):
    """Every text with elements and defects marked."""

    name = "marked"

    def parts(self, intake: Intake, today: date) -> Any:
        """Return the report's view of the texts as saved."""
        read, found, issues = wording.assess(intake, self.client.folder, today)
        return [
            tag("div", self.issues(issues), class_="ga"),
            wordings(self.report(preview(intake, today, found, read))),
        ]
