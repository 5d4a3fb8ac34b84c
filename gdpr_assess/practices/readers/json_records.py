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
_ENVELOPE = re.compile(
    r'"(?:calls|legs|records|data|results|items|value|rows|messages|recordings|tickets|users|consents|requests'
    r"|suppressions|training|staff|drills|incidents|spot_checks|contacts|conversations|comments|chats)"
    r'"\s*:\s*\[\s*\{'
)
Record = dict[str, Any]


class _Buffer:
    """A window over the text that grows only as far as the next value needs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self.text, self.at, self.done = stream, "", 0, False

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
                self.at = end
                return value


def _list_inside(text: str) -> int | None:
    """Return where the first object of the list inside `{"calls": [{` stands; None when the text is no envelope."""
    match = _ENVELOPE.search(text, 0, _ENVELOPE_WITHIN)
    if match is None:
        return None
    before = _STRING.sub("", text[: match.start()])
    is_top = before.count("{") - before.count("}") == 1 and before.count("[") == before.count("]")
    return match.end() - 1 if is_top else None


class JsonRecords:
    """A JSON file as a stream of objects."""

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
        with self._path.open(encoding=self.encoding, errors="replace", newline="") as stream:
            if self._one_per_line(stream):
                stream.seek(0)
                yield from self._by_line(stream)
            else:
                stream.seek(0)
                yield from self._by_value(_Buffer(stream))

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
            if isinstance(value, dict):
                yield number, value
            else:
                self._bad("row_json", number)

    def _by_value(self, buffer: _Buffer) -> Iterator[tuple[int, Record]]:
        number = 0
        listed = False
        try:
            first = buffer.skip(" \t\r\n\ufeff")
            inside = _list_inside(buffer.text) if first == "{" else None
            if first == "[" or inside is not None:
                buffer.at, listed = inside or buffer.at + 1, True
            while (character := buffer.skip(" \t\r\n,\x1e")) and not (listed and character == "]"):
                number += 1
                value = buffer.value()
                if isinstance(value, dict):
                    yield number, value
                else:
                    self._bad("row_json", number)
            if listed and not character:
                self._bad("json_truncated", number + 1)
        except ValueError:
            self._bad("json_truncated", number)

    def _bad(self, code: str, number: int) -> None:
        self.bad_rows += 1
        self.problems.add(code, max(number, 1))


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
