"""The exports: what lies in inputs/evidence and was recognised, its index, and what it shows to what is claimed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as w

from gdpr_assess import assessment, practices, wording
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.lang import texts
from gdpr_assess.masking import masked_intake
from gdpr_assess.model import Assessment, Intake
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.fields import Field, TextField
from gdpr_assess.notebook.forms.preview import Preview, preview
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.save import button
from gdpr_assess.notebook.forms.typed import Typed
from gdpr_assess.notebook.forms.wording import FileField, files_below
from gdpr_assess.practices.mapping import MAP_NAME
from gdpr_assess.practices.sampler import SAMPLES
from gdpr_assess.report.handed_view import FOLDER, handed_over
from gdpr_assess.report.html import join
from gdpr_assess.report.practices_view import practices as practices_shown

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
        free = [name for name in free if not name.startswith(f"{SAMPLES}/")]
        return {"file": free[0]} if free else {}


class EvidencePreview(Preview):
    """What was handed over and recognised (`files`), and what the records show; large exports wait for a click."""

    name = "records"

    def __init__(self, client: OpenClient) -> None:
        self.files, self._known = w.HTML(), ""
        self._seen: Assessment | None = None
        t = texts(client.lang)
        self.check_button = button(t("forms.check"), t("forms.check", "hint"), "check-records")
        self.check_button.on_click(lambda _: self.work())
        super().__init__(client)
        self.widget.children = (self.html, self.check_button)

    def show(self) -> None:
        """Read the exports anew where something they rest on has changed and they are small; else judge anew."""
        if self._rests_on() == self._known:
            super().show()
        elif self._size() <= SMALL:
            self.work()

    def work(self) -> None:
        """Read the exports and run the checks."""
        self._known, self._seen = self._rests_on(), None
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
        """Return what the records show, held against the answers; the files as read go into their own place."""
        self._seen = self._seen or self._read(intake, today)
        known, catalogue = self._seen, load_catalogue()
        rests = (catalogue, intake, known.findings, known.checks, (), today)
        judged = known.model_copy(
            update={
                "answers": masked_intake(intake).answers,
                "verdicts": tuple(assessment.verdicts(*rests)),
                "gaps": tuple(assessment.gaps(*rests)),
            }
        )
        report = self.report(judged)
        elsewhere = [issue for issue in judged.issues if not issue.place.file.startswith(FOLDER)]
        self.files.value = join([handed_over(report), self.issues(elsewhere)])
        return practices_shown(report, whole=False)

    def _read(self, intake: Intake, today: date) -> Assessment:
        """Return what a run would hold of the records."""
        folder = self.client.folder
        read, _, _ = wording.assess(intake, folder, today)
        exports, issues = practices.read_evidence(folder.evidence, intake, today)
        texts_seen = {item.wording: item.result for item in read}
        checks, found = practices.run_checks(exports, intake, today, texts_seen, wording.lint_by_rules)
        found += assessment.observed_findings(intake, practices.observed(exports, today), read, today)
        handling = assessment.Handling(intake, practices.handled(exports, intake, today), checks, today)
        rights, shown = assessment.right_findings(handling)
        found += shown
        return preview(intake, today, found, checks=checks).model_copy(
            update={
                "personal_data": practices.survey(exports, intake.profile.contacts),
                "reconsent": tuple(practices.reconsent(exports, intake, today, texts_seen)),
                "evidence": exports.facts,
                "rights": rights.model_copy(update={"handling": masked_intake(intake).rights}),
                "issues": tuple(issue.kept() for issue in issues),
            }
        )
