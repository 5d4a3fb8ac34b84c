"""Reads the intake workbook into the model; every mistake becomes an issue at its cell, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gdpr_assess.intake.answers import fitting
from gdpr_assess.intake.child import Book, cells_of
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.locate import Found, book_language, find_sheets
from gdpr_assess.intake.profile import read_profile
from gdpr_assess.intake.rows import ID_SHEETS, Row, drop_dangling, own_cells, read_rows, typed_ids
from gdpr_assess.issue import Issue
from gdpr_assess.lang import SOURCE
from gdpr_assess.model import Intake, Noun, Place, Profile

SHOWN = "inputs/intake.xlsx"
_LISTS = tuple(sheet.name for sheet in SHEETS if sheet.name != "profile")


@dataclass(frozen=True)
class ReadResult:
    """What was read: no intake where the profile cannot decide what applies; every mistake; the workbook's language."""

    intake: Intake | None
    issues: tuple[Issue, ...]
    language: str


def unchecked(profile: Profile | None, nouns: Mapping[str, Sequence[Noun]]) -> Intake:
    """Return an intake for asking what it says of sites, partners and systems; the profile may be missing."""
    values: dict[str, Any] = {"profile": profile, **{name: tuple(nouns.get(name, ())) for name in _LISTS}}
    return Intake.model_construct(**values)


def said(found: dict[str, Found], lang: str) -> tuple[Intake, dict[str, list[Row]]]:
    """Return what the sheets say (unchecked: its profile is None where it is incomplete) and the rows it came from."""
    places: dict[str, Place] = {}
    profile = read_profile(found["profile"], lang, places) if "profile" in found else None
    rows = {name: read_rows(found[name], lang) for name in _LISTS if name in found}
    drop_dangling(found, rows)
    nouns: dict[str, Sequence[Noun]] = {name: [row.noun for row in rows.get(name, [])] for name in _LISTS}
    if "answers" in found:
        typed = [name for part in ID_SHEETS if part in found for name in typed_ids(found[part])]
        rows["answers"] = list(fitting(found["answers"], rows["answers"], unchecked(profile, nouns), typed))
        nouns["answers"] = [row.noun for row in rows["answers"]]
    for name, kept in rows.items():
        first = min(found[name].columns.values(), default=1)
        places |= {f"{name}/{row.key}": found[name].place(row.line.row, first) for row in kept}
    own = {f"{name}/{row.key}": own_cells(row.line) for name, kept in rows.items() for row in kept if row.line.extra}
    return unchecked(profile, nouns).model_copy(update={"places": places, "own": own}), rows


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
