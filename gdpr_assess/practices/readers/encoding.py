"""Which encoding a text file has: byte order mark, then UTF-8 as a whole, then a guess over the first part."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from gdpr_assess.practices.readers.source import Unreadable

SAMPLE = 262_144
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "gb18030", "big5", "iso8859_2", "shift_jis"]
_LATIN = {
    "cp1252": "äöüßéèêëàâçñøåæóíáúõãîïôûùœ",
    "cp1250": "ąęłńóśźżćčěšřžýáíéúůďťňőűľăîâşţđ",
}
_LATIN_LIKE = frozenset({*_LATIN, "cp1254", "cp1257", "iso8859_2"})
"""Encodings that a general detector confuses: letters that are common in one, signs inside words in the other."""
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a\x00")


SINGLE_BYTE = frozenset({*_LATIN_LIKE, "cp1251", "cp1253"})
"""Encodings in which hardly any text of more than ASCII is UTF-8 by chance."""


def sample(path: Path) -> bytes:
    """Return the first part of a file."""
    with path.open("rb") as stream:
        return stream.read(SAMPLE)


def _without_mark(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else None


def _is_binary(head: bytes) -> bool:
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > max(2, len(head) // 200) or head.count(0) > len(head) // 4


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(path: Path) -> bool:
    good = bad = 0
    with path.open("rb") as stream:
        for line in stream:
            if not line.isascii():
                try:
                    line.decode("utf-8")
                    good += 1
                except UnicodeDecodeError:
                    bad += 1
    return good > bad


def is_utf8(cell: str, encoding: str) -> bool:
    """Tell whether a text read in an older encoding is really UTF-8."""
    if cell.isascii():
        return False
    try:
        cell.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return True


def _fit(head: bytes, encoding: str) -> int:
    """Return how well an encoding fits: its common letters count for it, signs between letters against it."""
    text = head.decode(encoding, errors="replace").lower()
    common = sum(letter in _LATIN[encoding] for letter in text if letter > "\x7f")
    signs = sum(
        not sign.isalpha() and before.isalpha() and after.isalpha()
        for before, sign, after in zip(text, text[1:], text[2:], strict=False)
        if sign > "\x7f"
    )
    return common - 3 * signs


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file; raises Unreadable for what is no text."""
    head = sample(path)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _without_mark(head):
        return wide
    if _is_binary(head):
        raise Unreadable("not_text")
    if _is_utf8(path) or _mostly_utf8(path):
        return "utf-8"
    best = from_bytes(head, cp_isolation=_LEGACY).best()
    guess = best.encoding if best is not None else "cp1252"
    return max(_LATIN, key=lambda name: _fit(head, name)) if guess in _LATIN_LIKE else guess
