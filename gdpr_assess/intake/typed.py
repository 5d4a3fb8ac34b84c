"""From a cell as typed to a value of the model: strict about values, generous about how they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from pathlib import PurePosixPath
from typing import Any

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.words import choices, fold, lookup, split, word
from gdpr_assess.issue import nearest

SHOWN_VALUES = 8
"""So many allowed values are listed in an issue."""
MAX_TEXT = 32_767
"""Excel holds no more characters in a cell."""
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
"""Day, month, year with dots, as in German, Polish or Finnish; slashes are ambiguous and refused."""
_ID = re.compile(r"\w[\w.\-]{0,39}")
_RESERVED = frozenset({"client", "people"})


@dataclass(frozen=True)
class Wrong:
    """Why a cell cannot be taken: an issue code and its params."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


def _shown(raw: Raw) -> str:
    return raw.text if len(raw.text) <= 60 else raw.text[:57] + "..."


def _not_allowed(found: str, allowed: dict[str, str]) -> Wrong:
    words = list(allowed.values())
    close = nearest(found, words) or nearest(found, list(allowed))
    more = max(0, len(words) - SHOWN_VALUES)
    params = {"found": found[:60], "allowed": words[:SHOWN_VALUES], "more": more, "nearest": close}
    return Wrong("bad_value_of_many" if more else "bad_value", params)


def _choice(raw: Raw, column: Column, lang: str) -> Any:
    text = {True: "yes", False: "no"}[raw.value] if raw.kind == "b" else raw.text
    value = lookup(column).get(fold(text))
    if value is None and column.kind == "language":
        value = lookup(column).get(fold(re.split("[-_]", text)[0])) if re.fullmatch(r"\w{2,3}[-_]\w+", text) else None
    return _not_allowed(text, choices(column, lang)) if value is None else value


def _bool(raw: Raw, column: Column, lang: str) -> Any:
    value = _choice(raw, column, lang)
    return value if isinstance(value, Wrong) else value == "yes"


def _number(raw: Raw, column: Column) -> Any:
    value = raw.value
    if raw.kind == "s":
        try:
            value = float(unicodedata.normalize("NFKC", value).strip())
        except ValueError:
            return Wrong("bad_number", {"found": _shown(raw)})
    if raw.kind not in ("s", "n") or not isfinite(value):
        return Wrong("bad_number", {"found": _shown(raw)})
    if column.kind == "int" and value != int(value):
        return Wrong("not_whole", {"found": _shown(raw)})
    wrong = _out_of_range(value, column)
    if wrong:
        return Wrong(wrong[0], {"found": _shown(raw), "limit": wrong[1]})
    return int(value) if column.kind == "int" else float(value)


def _out_of_range(value: float, column: Column) -> tuple[str, float] | None:
    if column.least is not None and value < column.least:
        return "too_small", column.least
    if column.above is not None and value <= column.above:
        return "not_above", column.above
    return ("too_big", column.most) if column.most is not None and value > column.most else None


def _date(raw: Raw) -> Any:
    text = unicodedata.normalize("NFKC", raw.text) if raw.kind == "s" else ""
    try:
        if match := _DATE.fullmatch(text):
            return date(*(int(part) for part in match.groups()))
        if match := _DAY_FIRST.fullmatch(text):
            return date(*(int(part) for part in reversed(match.groups())))
        if raw.kind == "d":
            return datetime.fromisoformat(raw.value).date()
    except ValueError:
        pass
    return Wrong("bad_date", {"found": _shown(raw)})


def _moment(raw: Raw) -> Any:
    if raw.kind in "ds":
        try:
            return datetime.fromisoformat(unicodedata.normalize("NFKC", raw.text))
        except ValueError:
            day = _date(raw)
            if isinstance(day, date):
                return datetime(day.year, day.month, day.day)
    return Wrong("bad_moment", {"found": _shown(raw)})


def _id(raw: Raw) -> Any:
    text = unicodedata.normalize("NFKC", raw.text)
    if not _ID.fullmatch(text):
        return Wrong("bad_id", {"found": _shown(raw)})
    return Wrong("reserved_id", {"found": text}) if text.casefold() in _RESERVED else text


def _file(raw: Raw) -> Any:
    path = PurePosixPath(raw.text.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or ":" in raw.text or not path.parts
    control = any(unicodedata.category(char) == "Cc" for char in raw.text)
    return Wrong("file_outside", {"found": _shown(raw)}) if outside or control else path.as_posix()


def _control(raw: Raw) -> Any:
    return unicodedata.normalize("NFKC", raw.text).upper()


def _scope(raw: Raw, column: Column, lang: str) -> Any:
    """`client`, or `site:ID`, `processor:ID`, `system:ID`; spaces and the width of the colon do not matter."""
    text = unicodedata.normalize("NFKC", raw.text)
    if lookup(column).get(fold(text)):
        return "client"
    what, colon, name = (part.strip() for part in text.partition(":"))
    if what.casefold() in ("site", "processor", "system") and colon and name:
        return f"{what.casefold()}:{name}"
    examples = [word(column, "client", lang), "site:ID", "processor:ID", "system:ID"]
    return _not_allowed(text, {example: example for example in examples})


def _ref(raw: Raw, column: Column) -> Any:
    text = unicodedata.normalize("NFKC", raw.text)
    return lookup(column).get(fold(text), text)


def _text(raw: Raw) -> Any:
    return raw.value[:10] if raw.kind == "d" and raw.value.endswith("T00:00:00") else raw.text


_ALONE: dict[str, Callable[[Raw], Any]] = {
    "date": _date,
    "moment": _moment,
    "id": _id,
    "file": _file,
    "control": _control,
}


def _one(raw: Raw, column: Column, lang: str) -> Any:
    match column.kind:
        case "choice" | "country" | "language" | "report_language" | "time_zone":
            return _choice(raw, column, lang)
        case "bool":
            return _bool(raw, column, lang)
        case "scope":
            return _scope(raw, column, lang)
        case "int" | "float":
            return _number(raw, column)
        case "ref":
            return _ref(raw, column)
    return _ALONE.get(column.kind, _text)(raw)


def value_of(raw: Raw, column: Column, lang: str) -> Any:
    """Return the value in a cell (a list where the column holds several), or Wrong; `lang` is that of the answers."""
    if raw.kind == "f":
        return Wrong("formula", {"found": _shown(raw)})
    if raw.kind == "e":
        return Wrong("cell_error", {"found": _shown(raw)})
    if not column.many:
        return _one(raw, column, lang)
    values: list[Any] = []
    for part in split(raw.text):
        value = _one(Raw("s", part), column, lang)
        if isinstance(value, Wrong):
            return value
        values += [] if value in values else [value]
    return values
