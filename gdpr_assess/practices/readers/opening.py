"""A file by its content: workbook, JSON or delimited text, whatever its name says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gdpr_assess.practices.mapping import known_headers
from gdpr_assess.practices.readers import moodle
from gdpr_assess.practices.readers.archive import is_archive, members
from gdpr_assess.practices.readers.bare_list import BareList, is_contact
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.readers.encoding import encoding_of, sample
from gdpr_assess.practices.readers.json_records import JsonRecords
from gdpr_assess.practices.readers.mail import looks_like_mail, open_mails
from gdpr_assess.practices.readers.source import Hints, Source, Unreadable
from gdpr_assess.practices.readers.whatsapp import looks_like_chat, open_chat
from gdpr_assess.practices.readers.workbook import sheets

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Fits = Callable[[bytes, Path], bool]
Opened = Callable[[Path, str | None, Path, Hints], list[Source]]
NO_HINTS = Hints()


def _archive(path: Path, encoding: str | None, scratch: Path, hints: Hints) -> list[Source]:
    return members(path, scratch, lambda member: sources(member, encoding, member.parent, hints))


OPENERS: tuple[tuple[Fits, Opened], ...] = (
    (is_archive, _archive),
    (looks_like_mail, open_mails),
    (looks_like_chat, open_chat),
)
"""Containers and mail: whether the first bytes and the path fit, and what opens the file; asked in this order."""


def sources(path: Path, encoding: str | None, scratch: Path, hints: Hints = NO_HINTS) -> list[Source]:
    """Open a file; a workbook gives one source per sheet. Raises Unreadable."""
    head = sample(path)
    for fits, opened in OPENERS:
        if fits(head, path):
            return opened(path, encoding, scratch, hints)
    if not head.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if head.startswith(_OLE):
        raise Unreadable("workbook_old")
    if head.startswith(b"PK\x03\x04"):
        return list(sheets(path, scratch))
    try:
        if _starts_as_json(head, encoding or encoding_of(path)):
            return [JsonRecords(path, encoding)]
        found = Delimited(path, known_headers(), encoding)
        if is_contact(found.header[0]):
            return [BareList(path, known_headers(), encoding)]
        return [moodle.wrapped(found, path.name.split(".")[0])]
    except (UnicodeError, LookupError):
        raise Unreadable("bad_encoding") from None


def _starts_as_json(head: bytes, encoding: str) -> bool:
    text = head[:2048].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    return text.startswith(("{", "[{", "[ {", "[\n", "[\r\n", "[]"))
