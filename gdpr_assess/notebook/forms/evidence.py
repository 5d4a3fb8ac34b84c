"""The exports: what lies in inputs/evidence and was recognised, its index, and a first run of the checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as w

from gdpr_assess import practices, wording
from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.model import Intake
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.fields import Field, TextField
from gdpr_assess.notebook.forms.preview import Preview, preview
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.save import button
from gdpr_assess.notebook.forms.typed import Typed
from gdpr_assess.notebook.forms.wording import FileField, files_below
from gdpr_assess.practices.exports import Exports
from gdpr_assess.practices.mapping import MAP_NAME
from gdpr_assess.report.check_table import check_table
from gdpr_assess.report.html import Html, section, table, tag

SMALL = 20_000_000
"""Exports of so many bytes are checked at once; larger ones when asked for."""


class EvidenceForm(RowsForm):
    """The Evidence sheet; a new entry takes the first file that has none yet."""

    def __init__(self, client: OpenClient) -> None:
        super().__init__(client, "evidence")

    def make_fields(self) -> dict[str, Field]:
        """Return the fields, with the files that are there offered."""
        made = super().make_fields()
        plain = made["file"]
        assert isinstance(plain, TextField)
        return made | {"file": FileField(plain, self.client.folder.evidence)}

    def new_entry(self) -> Typed:
        """Start with the first file that has no entry."""
        known = {entry.get("file") for entry in self.entries} | {MAP_NAME}
        free = [name for name in files_below(self.client.folder.evidence) if name not in known]
        return {"file": free[0]} if free else {}


class EvidencePreview(Preview):
    """What was handed over and recognised (`files`), and what the checks say to it; large exports wait for a click."""

    name = "records"

    def __init__(self, client: OpenClient) -> None:
        self.files, self._known = w.HTML(), ""
        t = texts(client.lang)
        self.check_button = button(t("forms.check"), t("forms.check", "hint"), "check-records")
        self.check_button.on_click(lambda _: self.work())
        super().__init__(client)
        self.widget.children = (self.html, self.check_button)

    def show(self) -> None:
        """Work it out where something it rests on has changed and the exports are small."""
        known = self._rests_on()
        if known != self._known and self._size() <= SMALL:
            self.work()

    def work(self) -> None:
        """Read the exports and run the checks."""
        self._known = self._rests_on()
        super().show()

    def _paths(self) -> list[Path]:
        folder = self.client.folder.evidence
        return [folder / name for name in files_below(folder)]

    def _size(self) -> int:
        return sum(path.stat().st_size for path in self._paths())

    def _rests_on(self) -> str:
        """Return a mark of everything but the answers: those say nothing about records."""
        stats = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in self._paths()]
        intake = self.client.intake
        return f"{stats} {intake.model_dump_json(exclude={'answers'})}" if intake else "-"

    def parts(self, intake: Intake, today: date) -> Any:
        """Return the results of the checks; the files as recognised go into their own place."""
        folder = self.client.folder
        read, _, _ = wording.assess(intake, folder, today)
        exports, issues = practices.read_evidence(folder.evidence, intake, today)
        seen = {item.wording: item.result for item in read}
        checks, found = practices.run_checks(exports, intake, today, seen, wording.lint)
        self.files.value = self._files(exports, issues)
        return check_table(self.report(preview(intake, today, found, checks=checks)))

    def _form(self, form: str) -> str:
        """Return the name of a format; vendors' products are called what they are called."""
        key = f"forms.form_{form}"
        return self.t(key) if self.t.has(key) else form.replace("_", " ").title()

    def _files(self, exports: Exports, issues: list[Issue]) -> Html:
        t = self.t
        heads = [t(f"forms.file_{name}") for name in ("name", "read_as", "format", "rows", "extracted", "indexed")]
        rows = [
            [
                tag("code", fact["file"]),
                t(f"forms.table_{fact['table']}"),
                self._form(fact["format"]),
                fact["rows"],
                "–" if fact["extracted_at_default"] else str(fact["extracted_at"])[:10],
                t.word("yes" if fact["indexed"] else "no"),
            ]
            for fact in exports.facts
        ]
        listed = table(heads, rows, t("forms.records")) if rows else tag("p", t("forms.no_files"), class_="ga-empty")
        return section(t("forms.records"), listed, self.issues(issues), id_="records",
                       intro=t("forms.records", "intro"))  # fmt: skip
