"""The wordings in a vendor's JSON export, record by record: however long the file is, one record is in memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from gdpr_assess.practices.readers.encoding import encoding_of
from gdpr_assess.practices.readers.json_records import Buffer
from gdpr_assess.practices.readers.source import Unreadable
from gdpr_assess.wording.exported import Held, exports, held

_SPACE = " \t\r\n\ufeff\x1e"
_LONGEST_NUMBER = 400
"""Characters that are read ahead, so that a number is never cut."""


class Record(NamedTuple):
    """A record and the name of the list it stands in; `counts` unless it is what is left of an envelope."""

    within: str
    value: Any
    counts: bool = True


def records(stream: TextIO) -> Iterator[Record]:
    """Yield the records of JSON: of lists, of pages around a list, of lines; raises ValueError where it is broken."""
    buffer = Buffer(stream)
    while first := buffer.skip(_SPACE + ","):
        if first == "[":
            yield from (Record("", item) for item in _items(buffer))
        elif first == "{":
            yield from _members(buffer)
        else:
            yield Record("", _value(buffer))


def _value(buffer: Buffer) -> Any:
    buffer.skip(_SPACE)
    if len(buffer.text) - buffer.at < _LONGEST_NUMBER:
        buffer.fill()
    return buffer.value()


def _items(buffer: Buffer) -> Iterator[Any]:
    buffer.at += 1
    while buffer.skip(_SPACE + ",") != "]":
        yield _value(buffer)
    buffer.at += 1


def _members(buffer: Buffer) -> Iterator[Record]:
    """Yield the records of the known lists in an object, then the rest of it."""
    rest, listed = dict[str, Any](), False
    buffer.at += 1
    while buffer.skip(_SPACE + ",") != "}":
        name = _value(buffer)
        if buffer.skip(_SPACE) != ":":
            raise ValueError("no value")
        buffer.at += 1
        if buffer.skip(_SPACE) == "[" and name in exports().lists:
            listed = True
            yield from (Record(name, item) for item in _items(buffer))
        else:
            rest[name] = _value(buffer)
    buffer.at += 1
    yield Record("", rest, counts=not listed or any(map(_is_records, rest.items())))


def _is_records(member: tuple[str, Any]) -> bool:
    """Tell whether a member of an envelope is a list of records; `_links` are none."""
    name, value = member
    return name != "_links" and isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Export:
    """Reads an export once; knows then what was not read."""

    def __init__(self, path: Path) -> None:
        self._path, self.at = path, 0
        self._number, self._known, self._broken = 0, False, False
        self._unread: dict[str, list[int]] = {}
        self._seen: set[tuple[str, str]] = set()

    def texts(self) -> Iterator[tuple[int, Held]]:
        """Yield the wordings, each with the number of its record; `at` says how many bytes are read."""
        try:
            with self._path.open("rb") as file, TextIOWrapper(file, encoding_of(self._path)) as stream:
                for record in records(stream):
                    self.at = file.tell()
                    yield from ((self._number + 1, item) for item in self._of(record))
                    self._number += record.counts
        except (ValueError, Unreadable):
            self._broken = True

    def _of(self, record: Record) -> Iterator[Held]:
        known = False
        for item in held(record.value, record.within):
            known = True
            problem = item.field.unread or ("" if _is_whole(item.text) else "it has halves of characters")
            if item.text and problem:
                self._count(f"{item.field.path}: {problem}")
            elif item.text and not (item.field.once and self._again(item)):
                yield item
        self._known = self._known or known
        if record.counts and not known:
            within = f"{record.within}: " if record.within else ""
            self._count(f"{within}no field in it is known to hold wordings")

    def _again(self, item: Held) -> bool:
        key = (item.field.path, item.text)
        known = key in self._seen
        self._seen.add(key)
        return known

    def _count(self, what: str) -> None:
        met = self._unread.setdefault(what, [0, self._number + 1])
        met[0] += 1

    def unread(self) -> Iterator[str]:
        """Yield which records and fields were not read, with the number of the first record of their kind."""
        for what, (count, first) in self._unread.items() if self._known else ():
            yield f"not read in {count} record(s), first in record {first}: {what}; put such texts into a table"

    def problems(self) -> Iterator[str]:
        """Yield why a file could not be read, or where it breaks off."""
        if self._broken and not self._number:
            yield "not JSON"
            return
        if not self._known:
            yield "holds no field that is known to hold wordings; put the texts into a table or JSON lines"
        if self._broken:
            yield (
                f"after record {self._number} it is cut off, no JSON, or a record is longer than 64 million characters;"
                " the rest is not read"
            )
