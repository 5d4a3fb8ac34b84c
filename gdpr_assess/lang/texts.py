"""Texts by key: `lang/text/<lang>/<area>.yaml`, the control texts of the catalogue, and what is stale or missing."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError
from gdpr_assess.lang.formatting import Sentence
from gdpr_assess.yamlfile import raw

SOURCE = "en"
LANGUAGES = ("en", "zh")
"""Languages in which the product speaks; a language is a folder below lang/text and catalogue/text."""
FALLBACK_MARK = "[en] "
TEXT = PACKAGE / "lang" / "text"
CONTROLS = PACKAGE / "catalogue" / "controls"
CONTROL_TEXT = PACKAGE / "catalogue" / "text"
CONTROL_FIELDS = ("title", "question", "evidence", "remedy")
"""The parts of a control that are translated; `remedy` is the remedy's action."""

Entry = dict[str, str]


def fingerprint(entry: Entry) -> str:
    """Return the short fingerprint of a source entry; a translation carries the one it was made from."""
    packed = json.dumps({k: v for k, v in entry.items() if k != "of"}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()[:6]


def _entries(path: Path) -> dict[str, Entry]:
    data: dict[str, Any] = raw(path) or {}
    return {key: value if isinstance(value, dict) else {"text": str(value)} for key, value in data.items()}


def _control_source() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted(CONTROLS.rglob("*.yaml")):
        data = raw(path)
        found[f"control.{data['id']}"] = {
            "title": data["title"],
            "question": data["question"],
            "evidence": data["evidence"],
            "remedy": data["remedy"]["action"],
        }
    return found


@cache
def entries(lang: str) -> dict[str, Entry]:
    """Return every entry of a language by key `area.KEY`; raises DataError when the language has no folder."""
    if not (TEXT / lang).is_dir():
        raise DataError(f"{TEXT / lang}: no texts for language {lang!r}")
    found: dict[str, Entry] = {}
    for path in sorted((TEXT / lang).glob("*.yaml")):
        found.update({f"{path.stem}.{key}": entry for key, entry in _entries(path).items()})
    if lang == SOURCE:
        return found | _control_source()
    for path in sorted((CONTROL_TEXT / lang).glob("*.yaml")):
        found.update({f"control.{key}": entry for key, entry in _entries(path).items()})
    return found


def is_current(key: str, lang: str) -> bool:
    """Tell whether the translation was made from today's source text."""
    translated = entries(lang).get(key)
    return translated is not None and translated.get("of") == fingerprint(entries(SOURCE)[key])


def state(lang: str) -> dict[str, list[str]]:
    """Return the keys that are `missing`, `stale`, `unknown` (no such source) or left `identical` in a language."""
    source, target = entries(SOURCE), entries(lang)
    both = source.keys() & target.keys()
    return {
        "missing": sorted(source.keys() - target.keys()),
        "stale": sorted(key for key in both if not is_current(key, lang)),
        "unknown": sorted(target.keys() - source.keys()),
        "identical": sorted(
            key
            for key in both
            for field, text in source[key].items()
            if text == target[key].get(field) and len(text.split()) > 3
        ),
    }


class Texts:
    """The texts of one language; what is missing or stale comes in English behind a visible mark."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._own = entries(lang)
        self._source = entries(SOURCE)
        self._sentence = Sentence(lang, self.word, self._untested, lambda code: self(f"wording.{code}", "title"))

    def has(self, key: str) -> bool:
        """Tell whether a key exists."""
        return key in self._source

    def __call__(self, key: str, field: str = "text", /, **params: Any) -> str:
        """Return the text of `key` with its params filled in; raises KeyError for a key or field that is not there."""
        if self.lang == SOURCE or (is_current(key, self.lang) and field in self._own[key]):
            return self._sentence.vformat(self._own[key][field], (), params)
        return FALLBACK_MARK + self._sentence.vformat(self._source[key][field], (), params)

    def _untested(self, count: int) -> str:
        return self("values.untested_more", count=count) if count else ""

    def word(self, value: str, field: str = "") -> str:
        """Return the reader's word for one of our values (area `values`), or the value itself for free text.

        `field` (e.g. `flows.kind`) tells apart values that mean different things in different fields.
        """
        for key in (f"values.{field}.{value}", f"values.{value}"):
            if key in self._source:
                return self(key)
        return value


@cache
def texts(lang: str) -> Texts:
    """Return the texts of a language; raises DataError for a language the product does not speak."""
    return Texts(lang)
