"""Every reported example is found however its text arrives: capitals, lost accents, markup, wraps, other letters."""

import html
import re
import unicodedata
from collections.abc import Callable

import pytest

from gdpr_assess.wording import LANGUAGES, Known, lint_many
from gdpr_assess.wording.check import Example, examples

UMLAUTS = {
    "de": {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    "da": {"æ": "ae", "ø": "oe", "å": "aa"},
    "sv": {"å": "aa", "ä": "ae", "ö": "oe"},
    "fi": {"ä": "ae", "ö": "oe"},
}
LATIN_RUN = re.compile(r"[!-~]+|.", re.DOTALL)
CYRILLIC, LATIN = str.maketrans("aceopxACEOPXTHBMK", "асеорхАСЕОРХТНВМК"), str.maketrans("αορυικΑΟΡΕΙΚ", "aopuikAOPEIK")


def _without_accents(text: str, language: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _wrapped(text: str, language: str) -> str:
    if language == "zh":
        return _broken(text, 12)
    words, lines = text.split(" "), [""]
    for word in words:
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) < 34 else [lines[-1], word]
    return "\n".join(lines)


def _broken(text: str, width: int) -> str:
    """Break a Chinese text after so many characters, anywhere but in Latin words and addresses."""
    lines = [""]
    for piece in LATIN_RUN.findall(text):
        lines[-1:] = [lines[-1] + piece] if len(lines[-1] + piece) <= width else [lines[-1], piece]
    return "\n".join(lines).strip("\n")


def _umlauts_spelled(text: str, language: str) -> str:
    for letter, spelled in UMLAUTS[language].items():
        text = text.replace(letter, spelled).replace(letter.upper(), spelled.title())
    return text


def _lookalikes(text: str, language: str) -> str:
    """Put a letter of another alphabet into each word of five letters or more, but not into addresses."""
    changed = []
    for word in text.split(" "):
        other = word.translate(LATIN if language == "el" else CYRILLIC)
        places = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b] if word.isalpha() else []
        at = places[0] if places and len(word) > 4 else len(word)
        changed.append(word[:at] + other[at : at + 1] + word[at + 1 :])
    return " ".join(changed)


FORMS: dict[str, Callable[[str, str], str]] = {
    "upper_case": lambda text, language: text.upper(),
    "no_accents": _without_accents,
    "nfd": lambda text, language: unicodedata.normalize("NFD", text),
    "soft_hyphens": lambda text, language: "".join(c + "\u00ad" if c.isalpha() else c for c in text),
    "zero_width": lambda text, language: "\u200b".join(text),
    "wrapped": _wrapped,
    "wrapped_wide": lambda text, language: _broken(text, 20),
    "markup": lambda text, language: f"<b>{text[: len(text) // 2]}</b>{text[len(text) // 2 :]}",
    "entities": lambda text, language: "".join(
        f"&#{ord(c)};" if c.isalpha() and not c.isascii() else html.escape(c, quote=True) for c in text
    ),
    "full_width": lambda text, language: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "umlauts_spelled": _umlauts_spelled,
    "lookalikes": _lookalikes,
    "no_break_blanks": lambda text, language: text.replace(" ", "\u00a0"),
    "double_blanks": lambda text, language: text.replace(" ", "  "),
}
CASES = [
    (language, form)
    for language in LANGUAGES
    for form in FORMS
    if (form != "umlauts_spelled" or language in UMLAUTS)
    and (form != "wrapped_wide" or language == "zh")
    and (language != "zh" or form != "lookalikes")
]


def _reported(language: str) -> list[Example]:
    return [item for item in examples(language) if item.spans]


def _known(item: Example) -> Known:
    case = item.case
    return Known(item.language, case.kind, case.country, case.basis, case.on, likely=False)


@pytest.mark.parametrize(("language", "form"), CASES)
def test_reported_examples_are_found_however_they_arrive(language, form):
    chosen = _reported(language)
    texts = [FORMS[form](item.case.text, language) for item in chosen]
    results = lint_many((text, _known(item)) for text, item in zip(texts, chosen, strict=True))
    lost = []
    for item, text, result in zip(chosen, texts, results, strict=True):
        codes = {hit.code for hit in (*result.elements, *result.defects, *result.remarks)}
        if item.code not in codes:
            lost.append(f"{item.code}: {text}")
        assert form != "lookalikes" or text == item.case.text or "mixed_letters" in codes, text
    allowed = len(chosen) // 50 if form == "umlauts_spelled" else 0
    assert len(lost) <= allowed, f"{len(lost)} of {len(chosen)}\n" + "\n".join(lost)
