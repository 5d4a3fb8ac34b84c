"""Values inside sentences, in the reader's language: `{when:date}`, `{land:country}`, `{rate:percent}` ..."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def locale(lang: str) -> Locale:
    """Return the Babel locale of a language of the product."""
    return Locale.parse(LOCALES.get(lang, lang))


def country_name(code: str, lang: str) -> str:
    """Return the name of a country by ISO 3166 code (UK is taken as GB), or the code itself if unknown."""
    return str(locale(lang).territories.get({"UK": "GB"}.get(code, code), code))


def language_name(code: str, lang: str) -> str:
    """Return the name of a language by ISO 639 code, or the code itself if unknown."""
    return str(locale(lang).languages.get(code, code))


def show_date(value: date | datetime | str, lang: str) -> str:
    """Return a date (or moment) as people write it in that language; ISO texts are understood."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return format_datetime(value, "medium", locale=locale(lang))
    return format_date(value, "medium", locale=locale(lang))


def show_number(value: float, lang: str) -> str:
    """Return a number with the language's separators."""
    return format_decimal(value, locale=locale(lang))


def show_percent(value: float, lang: str) -> str:
    """Return a share between 0 and 1 as a percentage with one digit."""
    return format_percent(value, "#,##0.#\u202f%" if lang not in {"en", "zh"} else "#,##0.#%", locale=locale(lang))


class Sentence(string.Formatter):
    """Formats a text's `{name:spec}` fields; `word` looks up the reader's word for a value of ours.

    `untested` says how many records could not be tested, and nothing where there are none; `element` names what a
    wording can say.
    """

    def __init__(
        self, lang: str, word: Callable[[str], str], untested: Callable[[int], str] = str,
        element: Callable[[str], str] = str,
    ) -> None:  # fmt: skip
        self._forms: Mapping[str, Callable[[Any], str]] = {
            "": str,
            "date": lambda v: show_date(v, lang),
            "number": lambda v: show_number(v, lang),
            "percent": lambda v: show_percent(v, lang),
            "country": lambda v: country_name(str(v), lang),
            "language": lambda v: language_name(str(v), lang),
            "word": lambda v: word(str(v)),
            "untested": untested,
            "element": lambda v: element(str(v)),
        }
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one value; a list becomes an enumeration; None becomes a dash. Raises KeyError on a wrong spec."""
        form = self._forms[format_spec]
        if value is None:
            return "–"
        if isinstance(value, list | tuple):
            return format_list([form(item) for item in value], locale=locale(self._lang)) if value else "–"
        return form(value)
