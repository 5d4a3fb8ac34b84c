"""Writes the intake workbook: blank, from an intake, or anew from a filled one. Same content, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

from gdpr_assess.intake.child import cells_of
from gdpr_assess.intake.content import Content, Entry, keep_the_rest, of_intake, of_workbook
from gdpr_assess.intake.guide import write_guide
from gdpr_assess.intake.layout import SHEETS
from gdpr_assess.intake.locate import book_language, find_sheets
from gdpr_assess.intake.offered import Offered
from gdpr_assess.intake.question_rows import question_rows
from gdpr_assess.intake.read import SHOWN, interpret, said, unchecked
from gdpr_assess.intake.sheets_out import write_other, write_profile, write_table
from gdpr_assess.intake.words import fold, sheet_titles
from gdpr_assess.issue import Issue, UserError
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Intake, Profile
from gdpr_assess.workspace import write_atomic

_STAMP = (2000, 1, 1, 0, 0, 0)
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_START = {"time_zone": Profile.model_fields["time_zone"].default}


def _free_title(title: str, taken: list[str]) -> str:
    """Return a title that is neither ours nor taken; a second `Sites` of a user becomes `Sites 2`."""
    number, free = 2, title
    while fold(free) in sheet_titles() or free in taken:
        free, number = f"{title[:27]} {number}", number + 1
    return free


def _workbook(content: Content, lang: str) -> Workbook:
    t, book = texts(lang), Workbook()
    guide = book.active
    assert guide is not None
    guide.title = t("intake.sheet.guide", "title")
    write_guide(guide, lang)
    sheets = {item.name: book.create_sheet(t(item.text, "title")) for item in SHEETS}
    lists = book.create_sheet(t("intake.sheet.lists", "title"))
    offered = Offered(lists, content, lang)
    for item in SHEETS:
        write = write_profile if item.name == "profile" else write_table
        write(sheets[item.name], item, content, offered, lang)
    for data in content.others:
        write_other(book.create_sheet(_free_title(data["name"], book.sheetnames)), data["rows"])
    book.properties.title = t("intake.workbook.title")
    book.properties.creator = "gdpr-assess"
    return book


def stable(data: bytes) -> bytes:
    """Take the time of writing out of a workbook, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _DATE.sub(rb"\g<1>2000-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(entry.filename, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return out.getvalue()


def _write(path: Path, content: Content, lang: str) -> None:
    out = io.BytesIO()
    _workbook(content, lang).save(out)
    write_atomic(path, stable(out.getvalue()))


def blank(path: Path, lang: str) -> None:
    """Write a workbook to be filled, with every control of the catalogue."""
    content = Content()
    content.profile = {name: Entry({"value": value}) for name, value in (_START | {"report_language": lang}).items()}
    content.rows["answers"] = question_rows([], unchecked(None, {}), lang)
    _write(path, content, lang)


def save(path: Path, intake: Intake, lang: str) -> None:
    """Write an intake; of a workbook already there, what its intake could not hold is kept (see `keep_the_rest`).

    Raises UserError when a text is too long for a cell, or when the existing workbook cannot be read.
    """
    content = of_intake(intake)
    if path.exists():
        book, issue = cells_of(path, SHOWN)
        if book is None:
            raise UserError([issue] if issue else [])
        found, others, _ = find_sheets(book, SHOWN)
        old_lang = book_language(found)
        _, rows = said(found, old_lang)
        keep_the_rest(content, found, of_workbook(found, others, old_lang), rows)
    content.rows["answers"] = question_rows(content.rows["answers"], intake, lang)
    _write(path, content, lang)


def refresh(path: Path, lang: str | None = None) -> list[Issue]:
    """Write a filled workbook anew: what applies, a row per scope, today's layout, `lang` if given; keeps all texts.

    Returns the issues of the workbook; one that cannot be read is left as it is.
    """
    book, issue = cells_of(path, SHOWN)
    if book is None:
        return [issue] if issue else []
    found, others, _ = find_sheets(book, SHOWN)
    now = book_language(found)
    content = of_workbook(found, others, now)
    intake, _ = said(found, now)
    content.rows["answers"] = question_rows(content.rows["answers"], intake, lang or now)
    _write(path, content, lang or now)
    after, issue = cells_of(path, SHOWN)
    return list(interpret(after, SHOWN).issues) if after else [issue] if issue else []


def templates(folder: Path) -> list[Path]:
    """Write the blank workbook of every language of the product and return the files."""
    paths = [folder / f"intake.{lang}.xlsx" for lang in LANGUAGES]
    for path, lang in zip(paths, LANGUAGES, strict=True):
        blank(path, lang)
    return paths
