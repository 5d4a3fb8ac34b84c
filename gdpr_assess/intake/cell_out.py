"""Writes one value into one cell: text is always text, so that nothing a user typed can become a live formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.looks import Look, dress
from gdpr_assess.intake.typed import MAX_TEXT
from gdpr_assess.intake.words import choices, word
from gdpr_assess.issue import Issue, UserError
from gdpr_assess.model import Place

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIVE = frozenset("=+-@")
"""A text beginning with one of these would become a formula when a person edits the cell, but for its prefix."""
_FIRST_YEAR = 1901
"""Excel counts days from 1900 with one day too many; older dates are written as text."""
FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "text": "@", "id": "@", "file": "@", "int": "0"}


def put_text(cell: Any, text: str, look: Look | None = None) -> None:
    """Write a text as text, whatever it begins with."""
    if look:
        dress(cell, look)
    clean = _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    length = len(clean.encode("utf-16-le")) // 2
    if length > MAX_TEXT:
        place = Place(file="inputs/intake.xlsx", sheet=cell.parent.title, cell=cell.coordinate, row=cell.row)
        raise UserError([Issue(code="intake.too_long", place=place, params={"length": length, "most": MAX_TEXT})])
    cell.value = clean
    cell.data_type = "s"
    if clean[:1] in _LIVE:
        cell.quotePrefix = True


def _shown(value: Any, column: Column, lang: str) -> str:
    if column.kind == "bool":
        return word(column, "yes" if value else "no", lang)
    if column.kind in ("country", "language", "report_language"):
        return choices(column, lang).get(str(value), str(value))
    if column.kind in ("choice", "ref") or (column.kind == "scope" and value == "client"):
        return word(column, str(value), lang) if str(value) in choices(column, lang) else str(value)
    return str(value)


def put(cell: Any, column: Column, value: Any, lang: str) -> None:
    """Write a value of the model in the words of a language, or a cell as it was typed."""
    if isinstance(value, Raw):
        put_raw(cell, value)
    elif isinstance(value, list | tuple):
        put_text(cell, "; ".join(_shown(item, column, lang) for item in value))
    elif isinstance(value, datetime):
        exact = value.tzinfo is None and not value.microsecond and value.year >= _FIRST_YEAR
        _set(cell, value) if exact else put_text(cell, value.isoformat(" "))
    elif isinstance(value, date):
        _set(cell, value) if value.year >= _FIRST_YEAR else put_text(cell, value.isoformat())
    elif isinstance(value, int | float) and column.kind in ("int", "float"):
        _set(cell, value)
    elif value is not None:
        put_text(cell, _shown(value, column, lang))


def put_raw(cell: Any, raw: Raw) -> None:
    """Write a cell as it was typed; what was the user's own formula stays one."""
    if raw.kind == "d":
        try:
            cell.value = datetime.fromisoformat(raw.value)
        except ValueError:
            put_text(cell, str(raw.value))
    elif raw.kind == "s":
        put_text(cell, raw.value)
    else:
        cell.value = raw.value


def _set(cell: Any, value: Any) -> None:
    form = cell.number_format
    cell.value = value
    cell.number_format = form
