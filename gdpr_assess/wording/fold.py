"""Folding: what people write in many ways becomes one form, and every place can be traced back to the text as given.

The fast path maps character by character (offsets stay). Texts with markup, wraps, combining marks or invisible
characters take the slow path, which keeps for every folded character where it began and ended.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gdpr_assess.wording.han import SIMPLIFIED, TRADITIONAL
from gdpr_assess.wording.schema import Numbers
from gdpr_assess.yamlfile import load

NUMBERS = Path(__file__).parent / "numbers.yaml"
_RANGES = (
    *((0x41, 0x5B), (0xA0, 0x250), (0x2B0, 0x300), (0x370, 0x530), (0x1E00, 0x2190), (0x24B6, 0x24EA)),
    *((0x3000, 0x3001), (0xFF00, 0xFFF0)),
)
_SPECIAL = {
    "lłŁ": "l", "oøØœŒ": "o", "aæÆ": "a", "dđĐðÐ": "d", "tþÞ": "t", "sßẞ": "s", "iı": "i",
    "'‘’‚‛′´`ʼ‹›＇": "'", '"“”„‟«»″「」『』＂': '"', "-‐‑‒–—―−－": "-", "□☐▢◻⬜": "□",
    "☑☒✅✔✓🗹": "☑", "…": "…", "。｡": "。",
}  # fmt: skip
_SLOW = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe0f\ufeff<&\n\r\t\u2028\u2029\ufb00-\ufb06]|  ")
_INLINE = (
    "a|abbr|b|big|bdi|bdo|cite|code|del|em|font|i|ins|kbd|label|mark|o:p|q|s|small|span|strike|strong|sub|sup|u|var|wbr"
)
_BLOCK = (
    "address|article|aside|blockquote|body|br|button|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|header"
    "|hr|html|img|input|legend|li|main|meta|nav|ol|option|p|pre|section|select|table|tbody|td|textarea|tfoot|th|thead"
    "|title|tr|ul"
)
_PIECE = re.compile(
    rf"""(?P<inline></?(?:{_INLINE})(?:\s[^<>]{{0,400}})?/?>)
    |(?P<block></?(?:{_BLOCK})(?:[\s/][^<>]{{0,400}})?/?>)
    |(?P<entity>&(?:\#\d{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,30}});)
    |(?P<hyphen>(?<=\w)[-\u00ad][ \t]*\r?\n[ \t]*(?=\w))
    |(?P<break>[ \t]*[\r\n\u2028\u2029]\s*)
    |(?P<drop>[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe0f\ufeff]+)
    |(?P<blank>[ \t]{{2,}}|\t)
    |(?P<ligature>[\ufb00-\ufb06])""",
    re.VERBOSE,
)
_CJK = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_ITEM = re.compile(r"(?:[-*•▪●□☑\[(☐]|\d+[.)][ \t]*\w)")
_ASIDE = re.compile(r"\((?! ?(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,3}) ?\))")
"""A bracket that opens no numbered item, e.g. no `(2)`."""
_SENTENCE_END = frozenset(".!?。…;")
SHORT_LINE, SHORT_LINE_CJK = 25, 8
"""A line break after less than this is meant (a heading, a greeting); after more it is taken for a wrapped line."""


def _folded_char(char: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold()
    return base if len(base) == 1 else char


def _table() -> dict[int, str]:
    table = {}
    for first, last in _RANGES:
        for code in range(first, last):
            folded = _folded_char(chr(code))
            if folded != chr(code):
                table[code] = folded
    table.update({ord(old): new for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True)})
    table.update({ord(old): new for olds, new in _SPECIAL.items() for old in olds})
    return table


TABLE = _table()
_LATIN, _GREEK = "A-Za-z\u00c0-\u024f\u1e00-\u1eff", "\u0370-\u03ff\u1f00-\u1fff"
_OTHER = _GREEK + "\u0400-\u052f"
_IMITATIONS = {
    "АВЕКМНОРСТУХІЈЅԌԚԜавеєікмнопрстухѕјԁԛԝѵ": "ABEKMHOPCTYXIJSGQWabeeikmhonpctyxsjdqwv",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχωγη": "ABEZHIKMNOPTYXabeikvoptuxwyn",
}
"""Cyrillic and Greek letters that look like Latin ones."""
_TO_LATIN = str.maketrans("".join(_IMITATIONS), "".join(_IMITATIONS.values()))
_TO_GREEK = str.maketrans("ABEZHIKMNOPTYXabeiknoptuvxwymzh", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυνχωυμζη")
_MIXED = re.compile(f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]")
_LATIN_LETTER, _OTHER_LETTER, _GREEK_LETTER = (re.compile(f"[{chars}]") for chars in (_LATIN, _OTHER, _GREEK))
_WORD = re.compile(r"\w+")
_LONG_NUMBER = re.compile(r"[0-9](?<![^\W\u3400-\u9fff][0-9])(?<!&#[0-9])[0-9]{4,}(?![^\W\u3400-\u9fff])")
"""A number of an order or a telephone; terms tell numbers of one length by what telephone numbers begin with."""
_ONE_DIGIT_TELLS = "3579"
"""Whatever digit comes next, a telephone number that begins with one of these is of the same sort."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, where its length changed, the start and end of each character in the text as given."""

    text: str
    original: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the given text of a (not empty) place in the folded text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def given(self, at: int) -> str:
        """Return the character of the given text at a place of the folded text."""
        if self.starts is None or self.ends is None:
            return self.original[at]
        first = self.original[self.starts[at]]
        return first if first != "&" else html.unescape(self.original[self.starts[at] : self.ends[at]])[:1]


def in_one_script(word: str) -> str:
    """Return a word with letters of two scripts in the script of most of them, where the others imitate its letters."""
    latin, other = len(_LATIN_LETTER.findall(word)), len(_OTHER_LETTER.findall(word))
    if not latin or not other:
        return word
    changed = word.translate(_TO_LATIN if latin >= other else _TO_GREEK if _GREEK_LETTER.search(word) else {})
    left = _OTHER_LETTER if latin >= other else _LATIN_LETTER
    return word if left.search(changed) else changed


def _one_script(match: re.Match[str]) -> str:
    return in_one_script(match[0])


def has_lookalikes(text: str) -> bool:
    """Tell whether a text has words that mix scripts, e.g. a Cyrillic o inside a Latin word."""
    return not text.isascii() and bool(_OTHER_LETTER.search(text)) and bool(_MIXED.search(text))


def mixed_words(text: str) -> list[tuple[int, int]]:
    """Return where words stand in which letters of another script imitate the ones that should be there."""
    if not has_lookalikes(text):
        return []
    return [match.span() for match in _WORD.finditer(text) if _one_script(match) != match[0]]


@cache
def named_numbers() -> frozenset[str]:
    """Return the long numbers that terms name."""
    return load(NUMBERS, Numbers).root


def plain_numbers(text: str) -> str:
    """Return the text with sevens for the last digits of long numbers: texts that differ only in them become alike."""
    return _LONG_NUMBER.sub(_alike, text)


def _alike(match: re.Match[str]) -> str:
    number = match[0]
    if number in named_numbers():
        return number
    kept = 4 if number[0] == "0" else 3 if number.startswith(("400", "800")) else 2 - (number[0] in _ONE_DIGIT_TELLS)
    return number[:kept].ljust(len(number), "7")


def fold_chars(text: str) -> str:
    """Return the text folded character by character; the length stays."""
    return (_WORD.sub(_one_script, text) if has_lookalikes(text) else text).translate(TABLE)


def fold(text: str) -> Folded:
    """Fold a text; only texts with markup, wraps or invisible characters pay for an offset map."""
    folded = fold_chars(text)
    return _mapped(text, folded) if _SLOW.search(folded) else Folded(folded, text)


class _Builder:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def copy(self, text: str, start: int, end: int) -> None:
        self.parts.append(text[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def put(self, chars: str, start: int, end: int) -> None:
        self.parts.append(chars)
        self.starts.extend([start] * len(chars))
        self.ends.extend([end] * len(chars))


def _mapped(text: str, folded: str) -> Folded:
    built, at = _Builder(), 0
    for match in _PIECE.finditer(folded):
        built.copy(folded, at, match.start())
        at = match.end()
        if match.lastgroup == "drop" and "\u0300" <= match[0][0] <= "\u036f" and built.ends:
            built.ends[-1] = at  # a combining mark belongs to the letter before it
        else:
            built.put(_substitute(match, text, folded), match.start(), at)
    built.copy(folded, at, len(folded))
    joined = "".join(built.parts)
    if has_lookalikes(joined):
        joined = _WORD.sub(_one_script, joined)
    return Folded(joined, text, built.starts, built.ends)


def _substitute(match: re.Match[str], text: str, folded: str) -> str:
    kind, piece = match.lastgroup, match[0]
    if kind in {"inline", "drop"}:
        return ""
    if kind == "block":
        return "\n"
    if kind == "blank":
        return " "
    if kind in {"entity", "ligature"}:
        plain = html.unescape(text[match.start() : match.end()]) if kind == "entity" else piece
        return "".join("" if c == "\u00ad" else c for c in unicodedata.normalize("NFKC", plain)).translate(TABLE)
    if kind == "hyphen":
        return "" if text[match.end() : match.end() + 1].islower() else "-"
    return _line_break(match, text, folded)


def _line_break(match: re.Match[str], text: str, folded: str) -> str:
    begins, ends = match.span()
    before, after = folded[begins - 1 : begins], folded[ends : ends + 1]
    if not before or not after or before in _SENTENCE_END or match[0].count("\n") > 1:
        return "\n"
    han = bool(_CJK.match(before))
    if _ITEM.match(folded, ends) and not (han and _ASIDE.match(folded, ends)):
        return "\n"
    line = folded[folded.rfind("\n", 0, begins) + 1 : begins]
    if _CJK.match(after):
        return _before_han(match[0], line)
    if text[ends].isupper() and _is_short(line, han):
        return "\n"
    return "" if han and " " not in match[0] else " "


def _before_han(given: str, line: str) -> str:
    """Return what a break before a Chinese character becomes: Chinese lines are broken anywhere, without a blank."""
    han, mixed = bool(_CJK.match(line[-1])), bool(_CJK.search(line))
    goes_on = han or line[-1] == "," or (mixed and ":" not in line)
    if not goes_on or _is_short(line, mixed):
        return "\n"
    return " " if " " in given and line[-1].isalnum() and not han else ""


def _is_short(line: str, han: bool) -> bool:
    """Tell whether a line ends early; a Chinese character is as wide as two others."""
    return len(line) + len(_CJK.findall(line)) < 2 * SHORT_LINE_CJK if han else len(line) < SHORT_LINE
