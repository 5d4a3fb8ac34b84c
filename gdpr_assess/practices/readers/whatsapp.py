"""A chat exported from WhatsApp as text, in the forms that Android and iOS write in different languages.

Lines begin with a moment in the telephone's language; a line that does not goes on with the message before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from gdpr_assess.practices.readers.encoding import encoding_of
from gdpr_assess.practices.readers.source import Cell, Hints, Problems, Row, Source
from gdpr_assess.practices.readers.times import Order

HEADER = ["Date", "Direction", "Customer", "Agent", "Author", "Text", "Chat", "WhatsApp"]
MAX_LINE, MAX_TEXT, LOOK = 1_000_000, 1_000_000, 40
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_HALVES = (
    r"[ap]\.?\s?m\.?|vorm\.?|nachm\.?|[πμ]\.?\s?μ\.?|[fe]\.?\s?m\.?|[ai]p\.?|dop\.?|odp\.?|da manhã|da tarde"
    r"|凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|午前|午後|오전|오후"
)
"""Halves of the day in the languages of telephones that count hours to twelve."""
_MOMENT = (
    r"\[?(?P<a>\d{1,4})(?P<s>[-/.])\s?(?P<b>\d{1,2})[-/.]\s?(?P<c>\d{1,4})\.?,?\s(?:\D{0,12}?\s)??"
    rf"(?P<noon>(?i:{_HALVES}))?\s?"
    rf"(?P<h>\d{{1,2}})[:.](?P<m>\d{{2}})(?:[:.](?P<sec>\d{{2}}))?(?:\s?(?P<half>(?i:{_HALVES})))?"
)
_AFTERNOON = frozenset(
    ["pm", "nachm", "μμ", "em", "ip", "odp", "datarde", "中午", "下午", "傍晚", "晚上", "午後", "오후"]
)
_LINE = re.compile(rf"^{_MOMENT}\]?(?:\s-|:)?\s(?P<rest>.*)$", re.DOTALL)
_AUTHOR = re.compile(r"^(?P<author>[^\n]{1,80}?):\s(?P<text>.*)$", re.DOTALL)
_ESCAPED = re.compile("[\udc80-\udcff]")
_NUMBER = re.compile(r"^\+?[\d\s().\-/]{6,}$")


@dataclass
class _Message:
    row: int
    moment: dict[str, str | None]
    author: str | None
    parts: list[str]
    size: int = 0

    @property
    def text(self) -> str:
        """All its lines."""
        return "\n".join(self.parts)

    def goes_on(self, line: str) -> None:
        """Take a further line; a text that is too long is cut."""
        if self.size < MAX_TEXT:
            self.parts.append(line)
            self.size += len(line) + 1


def looks_like_chat(head: bytes, _: Path) -> bool:
    """Tell whether the first lines are those of an exported chat: moments, and an author behind one of them."""
    text = head[:16_384].decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    lines = [line for line in map(_clean, text.splitlines()[:LOOK]) if line]
    found = [match for line in lines if (match := _LINE.match(line))]
    return bool(found) and _LINE.match(lines[0]) is not None and any(_AUTHOR.match(match["rest"]) for match in found)


def _clean(line: str) -> str:
    return line.translate(_MARKS).translate(_SPACES).replace("\0", "").rstrip("\r\n")


def open_chat(path: Path, encoding: str | None, _scratch: Path, hints: Hints) -> list[Source]:
    """Open an exported chat; inside an archive it is always called `_chat`, and the archive has the name."""
    name = path.parent.name if path.stem.strip("_") == "chat" else path.stem
    return [Chat(path, name, encoding, hints.dates)]


class Chat:
    """One exported chat; the number of a row is that of the line on which a message begins."""

    form, format = "whatsapp", "whatsapp"
    sheet: str | None = None

    def __init__(self, path: Path, name: str, encoding: str | None = None, dates: Order | None = None) -> None:
        self._path, self._name, self._dates = path, name, dates
        self.encoding = encoding or encoding_of(path)
        self.header = list(HEADER)
        self.problems = Problems()
        self.bad_rows = 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every message that somebody wrote; notices of the system have no author and are no messages."""
        self.problems, self.bad_rows = Problems(), 0
        order, authors = self._surveyed()
        other = _other_side(self._name, authors)
        if other is None:
            self.problems.add("chat_side", count=0, warning=True)
        for message in self._messages():
            if message.author is not None and self._is_whole(message):
                cells = self._cells(message, order, other)
                yield message.row, [cells.get(name) for name in wanted]

    def _is_whole(self, message: _Message) -> bool:
        broken = _ESCAPED.search(message.text) or _ESCAPED.search(message.author or "")
        if broken:
            self.bad_rows += 1
            self.problems.add("row_encoding", message.row)
        return not broken

    def _cells(self, message: _Message, order: Order | None, other: str | None) -> dict[str, Cell]:
        inbound = None if other is None else message.author == other
        number = other or message.author or ""
        return {
            "Date": _written(message.moment, order),
            "Direction": None if inbound is None else "inbound" if inbound else "outbound",
            "Customer": number if _NUMBER.match(number) else None,
            "Agent": message.author if inbound is False else None,
            "Author": message.author,
            "Text": message.text.strip() or None,
            "Chat": self._name,
        }

    def _surveyed(self) -> tuple[Order | None, frozenset[str]]:
        """Return the order of day and month, decided over the whole file, and who writes in it."""
        authors, moments = set[str](), list[dict[str, str | None]]()
        for message in self._messages():
            moments.append(message.moment)
            if message.author is not None:
                authors.add(message.author)
        return self._dates or order_of(moments), frozenset(authors)

    def _open(self) -> TextIO:
        errors = "surrogateescape" if self.encoding.startswith("utf-8") else "replace"
        return self._path.open(encoding=self.encoding, errors=errors, newline="")

    def _messages(self) -> Iterator[_Message]:
        held: _Message | None = None
        with self._open() as stream:
            number = 0
            while line := stream.readline(MAX_LINE):
                number += 1
                match = _LINE.match(_clean(line))
                if match is None:
                    if held is not None:
                        held.goes_on(_clean(line))
                    continue
                if held is not None:
                    yield held
                said = _AUTHOR.match(match["rest"])
                author, text = (said["author"], said["text"]) if said else (None, match["rest"])
                held = _Message(number, match.groupdict(), author, [text], len(text))
        if held is not None:
            yield held


def order_of(moments: Sequence[dict[str, str | None]]) -> Order | None:
    """Return day or month first: a number above 12 decides, else the order in which the moments do not run back."""
    pairs = [(int(m["a"] or 0), int(m["b"] or 0)) for m in moments if len(m["a"] or "") < 3]
    day_first, month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if day_first or not pairs:
        return None
    fitting: list[Order] = [order for order in ("dmy", "mdy") if _runs_forward(moments, order)]
    return fitting[0] if len(fitting) == 1 else None


def _runs_forward(moments: Sequence[dict[str, str | None]], order: Order) -> bool:
    written = [_written(moment, order) or "" for moment in moments]
    return all(before <= after for before, after in pairwise(written))


def _written(moment: dict[str, str | None], order: Order | None) -> str:
    """Return a moment as ISO where the order is decided, else as it stands, for the file's dates to be decided."""
    first, second, third = (moment[name] or "" for name in "abc")
    hour = int(moment["h"] or 0)
    if half := re.sub(r"[.\s]", "", moment["half"] or moment["noon"] or "").casefold():
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    clock = f"{hour:02}:{moment['m']}:{moment['sec'] or '00'}"
    if len(first) > 2:
        return f"{first}-{second:0>2}-{third:0>2} {clock}"
    if order is None:
        return f"{first}/{second}/{third} {clock}"
    year = third if len(third) == 4 else f"20{third}"
    day, month = (first, second) if order == "dmy" else (second, first)
    return f"{year}-{month:0>2}-{day:0>2} {clock}"


def _other_side(name: str, authors: frozenset[str]) -> str | None:
    """Return the author whose name stands in the file's name: that is whom the exporting telephone wrote with.

    In every language the name is "WhatsApp", the words for a chat, and the other side's name.
    """
    title = _clean(name).strip()
    if "whatsapp" not in title.casefold() or len(authors) > 2:
        return None
    named = [author for author in authors if re.search(rf"(?<![^\W_]){re.escape(author)}(?![^\W_])", title)]
    named = named or [author for author in authors if f"与{author}的" in title or f"與{author}的" in title]
    longest = [author for author in named if not any(author in other for other in named if other != author)]
    return longest[0] if len(longest) == 1 else None
