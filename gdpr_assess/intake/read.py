"""Reads the intake workbook into the model; every mistake becomes an issue at its cell, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gdpr_assess.intake.answers import fitting
from gdpr_assess.intake.child import Book, cells_of
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.locate import Found, book_language, find_sheets
from gdpr_assess.intake.profile import read_profile
from gdpr_assess.intake.rows import Row, drop_dangling, read_rows
from gdpr_assess.issue import Issue
from gdpr_assess.lang import SOURCE
from gdpr_assess.model import Intake, Place

SHOWN = "inputs/intake.xlsx"
_LISTS = tuple(sheet.name for sheet in SHEETS if sheet.name != "profile")


@dataclass(frozen=True)
class ReadResult:
    """What was read: no intake where the profile cannot decide what applies; every mistake; the workbook's language."""

    intake: Intake | None
    issues: tuple[Issue, ...]
    language: str


def said(found: dict[str, Found], lang: str) -> tuple[Intake, dict[str, list[Row]]]:
    """Return what the sheets say (unchecked: its profile is None where it is incomplete) and the rows it came from."""
    places: dict[str, Place] = {}
    profile = read_profile(found["profile"], lang, places) if "profile" in found else None
    rows = {name: read_rows(found[name], lang) for name in _LISTS if name in found}
    drop_dangling(found, rows)
    nouns = {name: tuple(row.noun for row in rows.get(name, [])) for name in _LISTS}
    if "answers" in found:
        without = Intake.model_construct(profile=profile, **nouns)
        rows["answers"] = list(fitting(found["answers"], rows["answers"], without))
        nouns["answers"] = tuple(row.noun for row in rows["answers"])
    for name, kept in rows.items():
        first = min(found[name].columns.values(), default=1)
        places |= {f"{name}/{row.key}": found[name].place(row.line.row, first) for row in kept}
    return Intake.model_construct(profile=profile, places=places, **nouns), rows


def interpret(book: Book, file: str = SHOWN) -> ReadResult:
    """Turn the cells of a workbook into an intake and issues."""
    found, _, issues = find_sheets(book, file)
    lang = book_language(found)
    intake, _ = said(found, lang)
    for name in ("profile", *_LISTS):
        issues += found[name].issues if name in found else []
    return ReadResult(intake if intake.profile is not None else None, tuple(issues), lang)


def read(path: Path, shown: str = SHOWN) -> ReadResult:
    """Read a workbook in a process of its own; a file that cannot be read is an issue too."""
    book, issue = cells_of(path, shown)
    if issue:
        return ReadResult(None, (issue,), SOURCE)
    return interpret(book or {"sheets": []}, shown)
