"""Texts from the reader's computer: read first, then kept below inputs/wordings under a clean name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import ipywidgets as w

from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.notebook.forms.save import issues_shown, said
from gdpr_assess.report.html import Html, join, tag
from gdpr_assess.wording.files import MAX_BYTES, SUFFIXES, text_in
from gdpr_assess.workspace import os_problem, write_atomic

MOST_LETTERS = 60
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d", re.IGNORECASE)
"""Names that Windows keeps for itself."""


class Loaded(NamedTuple):
    """A file as it was chosen: the name that it has on the reader's computer, and its bytes."""

    name: str
    data: bytes

    def text(self) -> tuple[str | None, list[Issue]]:
        """Return its text, or None with the reason as an issue."""
        return text_in(self.data, self.name, self.name)


class Upload:
    """A button that takes files of texts; `taken` gets them, and the widget forgets them."""

    def __init__(self, lang: str, taken: Callable[[list[Loaded]], None], *, several: bool) -> None:
        t, self._taken = texts(lang), taken
        label = t("forms.upload" if several else "forms.upload_one")
        self.control = w.FileUpload(accept=",".join(SUFFIXES), multiple=several, description=label)
        self.control.add_class("upload-wordings")
        self.control.observe(self._chosen, "value")
        limits = {"allowed": list(SUFFIXES), "limit": MAX_BYTES // 1_000_000}
        help_ = t("forms.upload", "help", **limits) if several else t("notebook.trial_file", **limits)
        self.message = w.HTML()
        self.widget = w.VBox([self.control, w.HTML(tag("span", help_, class_="ga-help")), self.message])
        self.widget.add_class("ga-upload")

    def _chosen(self, change: dict[str, Any]) -> None:
        if change["new"]:
            files = [Loaded(str(file["name"]), bytes(file["content"])) for file in change["new"]]
            self.control.value = ()  # a saved notebook must not carry the files
            self._taken(files)


class Kept(NamedTuple):
    """What came of files: names below inputs/wordings, names of files that were there already, and refusals."""

    added: list[str]
    there: list[str]
    refused: list[Issue]
    problems: list[str]

    def told(self, lang: str) -> Html:
        """Return all of it in words."""
        t = texts(lang)
        return join([
            said(t("forms.uploaded", names=self.added), "good") if self.added else None,
            said(t("forms.upload_there", names=self.there), "warn") if self.there else None,
            issues_shown(t("forms.upload_refused"), tuple(self.refused), lang) if self.refused else None,
            [said(problem, "bad") for problem in self.problems],
        ])  # fmt: skip


def keep(files: list[Loaded], folder: Path) -> Kept:
    """Put files that can be read into a folder; none that is there is ever overwritten."""
    kept = Kept([], [], [], [])
    for file in files:
        text, issues = file.text()
        if text is None:
            kept.refused.extend(issues)
            continue
        name = clean_name(file.name)
        if _same(folder / name, file.data):
            kept.there.append(name)
            continue
        path = _free(folder, name)
        try:
            write_atomic(path, file.data)
        except OSError as error:
            kept.problems.append(os_problem(error))
        else:
            kept.added.append(path.name)
    return kept


def clean_name(given: str) -> str:
    """Return a name that is one on every system: no folder, nothing hidden, nothing to be quoted."""
    name = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/"))
    stem = _NOT_IN_NAMES.sub("_", name.stem).strip("_")[:MOST_LETTERS] or "text"
    return f"{'text_' if _DEVICES.fullmatch(stem) else ''}{stem}{name.suffix.lower()}"


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _free(folder: Path, name: str) -> Path:
    """Return a path that no file has, not even one whose name differs in capital letters only."""
    taken = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
    stem, suffix = Path(name).stem, Path(name).suffix
    numbered = (f"{stem}-{number}{suffix}" for number in range(2, 10_000))
    return folder / next(one for one in (name, *numbered) if one.casefold() not in taken)
