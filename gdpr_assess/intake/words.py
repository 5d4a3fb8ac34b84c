"""The words of the workbook: what a cell may hold in each language, and the way back from a word to our value."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from gdpr_assess import law
from gdpr_assess.intake.layout import SHEETS, Column, sheet
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.lang.formatting import locale

SEPARATORS = re.compile(r"[;,、；，\n]")
BOOL = ("yes", "no")
_NOT_COUNTRIES = re.compile("AC|CP|CQ|DG|EA|EU|EZ|IC|QO|TA|UN|XA|XB|ZZ")
_ALIASES = {"uk": "GB", "el": "GR", "usa": "US", "great britain": "GB", "香港": "HK", "澳门": "MO"}
_USUAL_LANGUAGES = re.compile("bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|is|it|lt|lv|mt|nb|nl|pl|pt|ro|sk|sl|sv|zh")
_USUAL_COUNTRIES = re.compile("|".join(sorted(law.countries())))
_USUAL_ZONES = (
    "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Budapest",
    "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Lisbon", "Europe/London", "Europe/Luxembourg",
    "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Sofia",
    "Europe/Stockholm", "Europe/Tallinn", "Europe/Vienna", "Europe/Vilnius", "Europe/Warsaw", "Europe/Zagreb",
    "Europe/Zurich", "America/Chicago", "America/Los_Angeles", "America/Managua", "America/La_Paz",
    "America/New_York", "America/Toronto", "Asia/Kolkata", "Asia/Manila", "Asia/Shanghai", "Asia/Tokyo", "UTC",
)  # fmt: skip


def fold(text: str) -> str:
    """Return a word in the form in which words are compared: width, case, spacing and a final asterisk ignored."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ").rstrip(" *:：")
    return " ".join(plain.split())


def word(column: Column, value: str, lang: str) -> str:
    """Return the reader's word for a value; `collection` of a flow means something else than that of a service."""
    return texts(lang).word(value, f"{column.sheet}.{column.field}")


def _by_name(names: dict[str, str], first: re.Pattern[str]) -> dict[str, str]:
    """Order by name, usual ones first; GB 18030 puts common Chinese characters into the order of their sound."""
    order = sorted(names, key=lambda code: (not first.fullmatch(code), names[code].encode("gb18030")))
    return {code: names[code] for code in order}


@cache
def countries(lang: str) -> dict[str, str]:
    """Return the countries by ISO 3166 code with their names, those of the EEA, the UK and Switzerland first."""
    names = {
        code: str(name)
        for code, name in locale(lang).territories.items()
        if len(code) == 2 and code.isalpha() and not _NOT_COUNTRIES.fullmatch(code)
    }
    return _by_name(names, _USUAL_COUNTRIES)


@cache
def languages(lang: str) -> dict[str, str]:
    """Return the languages by ISO 639 code with their names, those of Europe and Chinese first."""
    names = {code: str(name) for code, name in locale(lang).languages.items() if len(code) in (2, 3) and code.isalpha()}
    two = {code: name for code, name in names.items() if len(code) == 2 or code == "fil"}
    return _by_name(two, _USUAL_LANGUAGES)


def choices(column: Column, lang: str) -> dict[str, str]:
    """Return what may be chosen in a column: our value -> the word shown; empty where people write freely."""
    if column.kind == "country":
        return countries(lang)
    if column.kind == "language":
        return languages(lang)
    if column.kind == "report_language":
        return {code: languages(lang)[code] for code in LANGUAGES}
    if column.kind == "time_zone":
        return {zone: zone for zone in _USUAL_ZONES}
    values = {"choice": column.allowed, "bool": BOOL}.get(column.kind, ())
    if column.kind in ("ref", "scope"):
        values = tuple(name for name in column.refs or ("client",) if name in ("people", "client"))
    return {value: word(column, value, lang) for value in values}


@cache
def lookup(column: Column) -> dict[str, str]:
    """Return our value for every word accepted in a column: codes, and the words of every product language."""
    if column.kind == "time_zone":
        return {fold(zone): zone for zone in sorted(available_timezones())}
    found = {fold(name): code for lang in LANGUAGES for code, name in choices(column, lang).items()}
    found |= {fold(code): code for code in choices(column, "en")}
    return found | (_ALIASES if column.kind == "country" else {})


@cache
def field_labels(name: str) -> dict[str, str]:
    """Return the field of a sheet for every label accepted as its heading: field names and labels of all languages."""
    columns = sheet(name).columns
    found = {fold(texts(lang)(column.text, "label")): column.field for lang in LANGUAGES for column in columns}
    return found | {fold(column.field): column.field for column in columns}


@cache
def sheet_titles() -> dict[str, str]:
    """Return the name of a sheet of ours for every title accepted."""
    names = ("guide", *(item.name for item in SHEETS), "lists")
    found = {fold(texts(lang)(f"intake.sheet.{name}", "title")): name for lang in LANGUAGES for name in names}
    return found | {name: name for name in names}


def split(text: str) -> list[str]:
    """Return the values of a cell that may hold several."""
    return [part.strip() for part in SEPARATORS.split(text) if part.strip()]
