"""JSON as it comes: an array, one object per line, objects one after another, or an envelope around a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from gdpr_assess.practices.readers.encoding import encoding_of
from gdpr_assess.practices.readers.source import Cell, Problems, Row, Unreadable

CHUNK = 1 << 20
MAX_VALUE = 64 << 20
"""Longest single record in characters; an envelope is read as its list, so it may be longer."""
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_HEADER_SAMPLE = 500
_FLAT_DEPTH = 6
_ENVELOPE_WITHIN = 4096
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LISTS = (
    "calls", "legs", "records", "data", "results", "items", "value", "rows", "messages", "recordings", "tickets",
    "users", "consents", "requests", "suppressions", "training", "staff", "drills", "incidents", "spot_checks",
    "contacts", "conversations", "comments", "chats", "entities", "audit_logs", "audits",
)  # fmt: skip
_ENVELOPE = re.compile(rf'"(?:{"|".join(_LISTS)})"\s*:\s*\[\s*\{{')
_SUSPECT = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")
"""Bytes that are no UTF-8 (taken as halves of characters) or such halves written out."""
_OWN_ID = re.compile(r'"id"\s*:')
"""An object with an id of its own is a record, whatever lists it holds."""
Record = dict[str, Any]


class Buffer:
    """A window over the text that grows only as far as the next value needs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self.text, self.at, self.done = stream, "", 0, False
        self.suspect = False

    def fill(self, size: int = CHUNK) -> bool:
        """Read more; False at the end."""
        more = self._stream.read(size)
        self.text, self.at = self.text[self.at :] + more, 0
        self.done = not more
        return bool(more)

    def skip(self, characters: str) -> str:
        """Pass over `characters` and return the next one without taking it, or an empty text at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in characters:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.fill():
                return ""

    def value(self) -> Any:
        """Take one JSON value; raises ValueError when it is broken or too long."""
        size = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                if self.done or len(self.text) - self.at > MAX_VALUE or not self.fill(size):
                    raise
                size *= 2
            except RecursionError:
                raise ValueError("nested too deeply") from None
            else:
                self.suspect = _SUSPECT.search(self.text, self.at, end) is not None
                self.at = end
                return value


def _list_inside(text: str) -> int | None:
    """Return where the first object of the list inside `{"calls": [{` stands; None when the text is no envelope."""
    match = _ENVELOPE.search(text, 0, _ENVELOPE_WITHIN)
    if match is None:
        return None
    if _OWN_ID.search(text, 0, match.start()):
        return None
    before = _STRING.sub("", text[: match.start()])
    is_top = before.count("{") - before.count("}") == 1 and before.count("[") == before.count("]")
    return match.end() - 1 if is_top else None


def _unfolded(value: Any) -> list[Any]:
    """Return the records of one page (an envelope around a list), or the value itself."""
    if not isinstance(value, dict) or "id" in value:
        return [value]
    lists = [key for key in _LISTS if isinstance(value.get(key), list) and all(map(_is_dict, value[key]))]
    only = not any(isinstance(inside, list) for key, inside in value.items() if key not in lists)
    return list(value[lists[0]]) if len(lists) == 1 and only else [value]


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


class JsonRecords:
    """A JSON file as a stream of objects; pages of an interface may stand one after another."""

    form = "json"
    sheet: str | None = None

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self._path = path
        self.encoding = encoding or encoding_of(path)
        self.problems = Problems()
        self.bad_rows = 0
        names: dict[str, None] = {}
        self.first: Record = {}
        for number, record in self.records():
            self.first = self.first or record
            names.update(dict.fromkeys(flat(record)))
            if number >= _HEADER_SAMPLE:
                break
        if not names:
            raise Unreadable("json_unreadable" if self.bad_rows else "no_records")
        self.header = list(names)

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every record as the texts found at the wanted (dotted) names."""
        for number, record in self.records():
            cells = flat(record)
            yield number, [cells.get(name) for name in wanted]

    def records(self) -> Iterator[tuple[int, Record]]:
        """Yield every object with its number (of the line, or in the list), counting what is broken."""
        self.problems, self.bad_rows = Problems(), 0
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        with self._path.open(encoding=self.encoding, errors=errors, newline="") as stream:
            if self._one_per_line(stream):
                stream.seek(0)
                yield from self._by_line(stream)
            else:
                stream.seek(0)
                yield from self._by_value(Buffer(stream))

    @staticmethod
    def _one_per_line(stream: TextIO) -> bool:
        lines = [stream.readline(MAX_VALUE).strip().lstrip("\ufeff") for _ in range(3)]
        return lines[0].startswith("{") and bool(lines[1]) and any(_is_object(line) for line in lines)

    def _by_line(self, stream: TextIO) -> Iterator[tuple[int, Record]]:
        number = 0
        while line := stream.readline(MAX_VALUE):
            number += 1
            if not line.strip():
                continue
            try:
                value = _DECODER.decode(line.strip().lstrip("\ufeff"))
            except (ValueError, RecursionError):
                value = None
            for record in _unfolded(value):
                if self._is_good(record, number, suspect=_SUSPECT.search(line) is not None):
                    yield number, record

    def _by_value(self, buffer: Buffer) -> Iterator[tuple[int, Record]]:
        number = 0
        listed = False
        try:
            first = buffer.skip(" \t\r\n\ufeff")
            inside = _list_inside(buffer.text) if first == "{" else None
            if first == "[" or inside is not None:
                buffer.at, listed = inside or buffer.at + 1, True
            while character := buffer.skip(" \t\r\n,\x1e"):
                if listed and character == "]":
                    listed = False
                    _close(buffer, page=inside is not None)
                    continue
                number += 1
                values = [buffer.value()] if listed else _unfolded(buffer.value())
                for at, value in enumerate(values, number):
                    if self._is_good(value, at, suspect=buffer.suspect):
                        yield at, value
                number += max(len(values) - 1, 0)
            if listed:
                self._bad("json_truncated", number + 1)
        except ValueError:
            self._bad("json_truncated", number)

    def _is_good(self, value: Any, number: int, *, suspect: bool) -> bool:
        """Tell whether a value is a record of whole characters; count it where it is not."""
        if not isinstance(value, dict):
            self._bad("row_json", number)
        elif suspect and not _is_whole(value):
            self._bad("row_encoding", number)
        else:
            return True
        return False

    def _bad(self, code: str, number: int) -> None:
        self.bad_rows += 1
        self.problems.add(code, max(number, 1))


def _close(buffer: Buffer, *, page: bool) -> None:
    """Pass over the end of a list and, where it stood in an envelope, over the rest of that; raises ValueError."""
    buffer.at += 1
    while page and (character := buffer.skip(" \t\r\n,:")) != "}":
        if not character:
            raise ValueError("the envelope is never closed")
        buffer.value()
    buffer.at += page


def _is_whole(value: Record) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_object(line: str) -> bool:
    try:
        return isinstance(_DECODER.decode(line), dict)
    except (ValueError, RecursionError):
        return False


def flat(record: Record, depth: int = _FLAT_DEPTH) -> dict[str, Cell]:
    """Return an object as dotted names and texts; lists are left to the readers of nested formats."""
    found: dict[str, Cell] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            if depth:
                found.update({f"{key}.{name}": text for name, text in flat(value, depth - 1).items()})
        elif not isinstance(value, list):
            found[str(key)] = as_text(value)
    return found


def as_text(value: Any) -> Cell:
    """Return a JSON scalar as text; null and empty text are both None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "") or None if value is not None else None
