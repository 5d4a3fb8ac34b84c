"""The client folder as the forms see it: read once, judged before each save, never overwritten unseen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gdpr_assess.intake import blank, save
from gdpr_assess.intake.answers import known_scopes
from gdpr_assess.intake.child import cells_of
from gdpr_assess.intake.content import of_workbook
from gdpr_assess.intake.locate import Raw, find_sheets
from gdpr_assess.intake.read import SHOWN, interpret, said
from gdpr_assess.intake.words import fold, sheet_titles
from gdpr_assess.issue import Issue, UserError
from gdpr_assess.model import Intake, Place
from gdpr_assess.notebook.forms.typed import Mistake, Typed, judge, typed_sheets, typed_value
from gdpr_assess.workspace import ClientFolder, sha256

ENVIRONMENT = "GDPR_ASSESS_CLIENT"
READ_ONLY = "GDPR_ASSESS_READ_ONLY"
"""Set where dashboards are served to readers who may not change a client's folder."""
Result = Literal["saved", "unchanged", "wrong", "changed", "blocked"]
_SCOPED = ("sites", "partners", "systems")


@dataclass(frozen=True)
class Outcome:
    """How a save went: `changed` (on disk, meanwhile), `blocked` (by mistakes on disk), `wrong` (in the form)."""

    result: Result
    mistakes: tuple[Mistake, ...] = ()
    dropped_answers: int = 0


def client_folder(client: str) -> ClientFolder:
    """Return the client's folder: the one named, else that of the environment, else the notebook's parent folder."""
    named = client or os.environ.get(ENVIRONMENT) or ".."
    return ClientFolder(Path(named).resolve())


class OpenClient:
    """One client folder, open in a notebook for a reader of the language `lang`."""

    def __init__(self, folder: ClientFolder, lang: str) -> None:
        self.folder, self.lang = folder, lang
        self._listeners: list[Callable[[], None]] = []
        self._slow: list[Callable[[], None]] = []
        self.load()

    def load(self) -> None:
        """Read the workbook as it is on disk now."""
        self.exists = self.folder.intake.is_file()
        self.fingerprint: str | None = sha256(self.folder.intake) if self.exists else None
        self.book_lang, self.issues = self.lang, tuple[Issue, ...]()
        self.intake: Intake | None = None
        self.typed: dict[str, list[Typed]] = {"profile": [{}]}
        if self.exists:
            self._read()
        for name in ("sites", "partners", "systems", "flows", "rights", "wordings", "evidence", "answers"):
            self.typed.setdefault(name, [])

    def _read(self) -> None:
        book, issue = cells_of(self.folder.intake, SHOWN)
        if book is None:
            self.issues = (issue,) if issue else ()
            return
        result = interpret(book, SHOWN)
        self.issues, self.book_lang, self.intake = result.issues, result.language, result.intake
        found, others, _ = find_sheets(book, SHOWN)
        unchecked, _ = said(found, self.book_lang)
        self.typed = typed_sheets(unchecked)
        entries = of_workbook(found, others, self.book_lang).profile
        cells = {name: entry.cells.get("value") for name, entry in entries.items()}
        values = {name: value.text if isinstance(value, Raw) else typed_value(value) for name, value in cells.items()}
        self.typed["profile"] = [{name: text for name, text in values.items() if text}]

    @property
    def blocking(self) -> tuple[Issue, ...]:
        """Mistakes in the workbook that must be repaired there; what the profile still lacks can be given here."""
        return tuple(issue for issue in self.issues if issue.level == "error" and not _fillable(issue))

    @property
    def changed_on_disk(self) -> bool:
        """Whether the workbook is no longer the one that was read."""
        exists = self.folder.intake.is_file()
        return exists != self.exists or (exists and sha256(self.folder.intake) != self.fingerprint)

    def on_change(self, listener: Callable[[], None], *, slow: bool = False) -> None:
        """Call a listener after every load and save; a slow one only when the person has been answered."""
        (self._slow if slow else self._listeners).append(listener)

    def tell_slow(self) -> None:
        """Tell the slow listeners that the intake is another now."""
        for listener in self._slow:
            listener()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def reload(self) -> None:
        """Read the workbook again and tell all listeners."""
        self.load()
        self._tell()
        self.tell_slow()

    def create(self) -> None:
        """Make the folders and a blank workbook; a workbook that is there is left alone."""
        for path in (self.folder.wordings, self.folder.evidence):
            path.mkdir(parents=True, exist_ok=True)
        if not self.folder.intake.exists():
            blank(self.folder.intake, self.lang)
        self.reload()

    def save(self, part: str, entries: list[Typed], *, anyway: bool = False) -> Outcome:
        """Save one part of the intake; `anyway` puts it into the workbook as it is on disk now.

        Tells the quick listeners; the caller tells the slow ones once the outcome is shown.
        """
        if self.changed_on_disk:
            if not anyway:
                return Outcome("changed")
            self.load()
        if self.blocking or not self.exists:
            return Outcome("blocked", tuple(Mistake(issue) for issue in self.blocking))
        sheets = {**self.typed, part: entries}
        dropped = _drop_orphans(self.intake, sheets) if part in _SCOPED and self.intake else 0
        intake, mistakes = judge(sheets, self.lang)
        if intake is None or any(mistake.issue.level == "error" for mistake in mistakes):
            return Outcome("wrong", tuple(mistakes))
        return self._written(intake, tuple(mistake for mistake in mistakes if mistake.sheet == part), dropped)

    def _written(self, intake: Intake, warnings: tuple[Mistake, ...], dropped: int) -> Outcome:
        if self.intake and intake == self.intake.model_copy(update={"places": {}}):
            return Outcome("unchanged", warnings)
        try:
            save(self.folder.intake, intake, self.book_lang)
        except UserError as error:
            return Outcome("wrong", tuple(Mistake(issue) for issue in error.issues))
        except PermissionError:  # Windows: the workbook is open in Excel
            return Outcome("wrong", (Mistake(Issue(code="intake.not_readable", place=Place(file=SHOWN))),))
        self.fingerprint, self.issues = sha256(self.folder.intake), ()
        self.intake, self.typed = intake, typed_sheets(intake)
        self._tell()
        return Outcome("saved", warnings, dropped)


def _fillable(issue: Issue) -> bool:
    """Tell whether an issue only says that the profile is not complete yet."""
    in_profile = sheet_titles().get(fold(issue.place.sheet or "")) == "profile"
    return in_profile and issue.code == "intake.required"


def _drop_orphans(before: Intake, sheets: dict[str, list[Typed]]) -> int:
    """Leave out the answers about sites, partners and systems that were removed; return how many."""
    kept = {entry.get("id", "") for name in _SCOPED for entry in sheets[name]}
    gone = {scope for scope in known_scopes(before) if ":" in scope and scope.partition(":")[2] not in kept}
    answers = [entry for entry in sheets["answers"] if entry.get("scope") not in gone]
    dropped = len(sheets["answers"]) - len(answers)
    sheets["answers"] = answers
    return dropped
