"""A file by its content: workbook, JSON or delimited text, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from gdpr_assess.practices.mapping import known_headers
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.readers.encoding import encoding_of, sample
from gdpr_assess.practices.readers.json_records import JsonRecords
from gdpr_assess.practices.readers.source import Source, Unreadable
from gdpr_assess.practices.readers.workbook import sheets

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sources(path: Path, encoding: str | None, scratch: Path) -> list[Source]:
    """Open a file; a workbook gives one source per sheet. Raises Unreadable."""
    head = sample(path)
    if not head.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if head.startswith(_OLE):
        raise Unreadable("workbook_old")
    if head.startswith(b"PK\x03\x04"):
        return list(sheets(path, scratch))
    try:
        if _starts_as_json(head, encoding or encoding_of(path)):
            return [JsonRecords(path, encoding)]
        return [Delimited(path, known_headers(), encoding)]
    except (UnicodeError, LookupError):
        raise Unreadable("bad_encoding") from None


def _starts_as_json(head: bytes, encoding: str) -> bool:
    text = head[:2048].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    return text.startswith(("{", "[{", "[ {", "[\n", "[\r\n", "[]"))
