"""Stored mail: an mbox of many messages, or one .eml. Each mail is a row; no address or text leaves the tables.

A mail of ours to several people outside is one row for each of them, all with the number of the mail: each was
contacted. The ids of the further rows are the mail's with a number behind it, so that none passes for a repetition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from email.errors import CloseBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from gdpr_assess.practices.domains import freemail
from gdpr_assess.practices.readers.mail_text import text_of
from gdpr_assess.practices.readers.source import Cell, Hints, Problems, Row, Source

MAX_MAIL = 64_000_000
MAX_LINE = 4_000_000
MAX_HEADER = 10_000
"""Characters of a header that are decoded: the parser takes minutes over a long one."""
ENOUGH, SHARE = 5, 0.9
"""A domain is taken for the company's own where it takes part in so large a share of at least so many mails."""
HEADER = [
    "Message-ID", "Thread", "Date", "Direction", "Customer", "Agent", "Subject", "Body", "List-Unsubscribe", "From",
    "To", "X-Mailer", "Precedence",
]  # fmt: skip
_FROM_LINE = re.compile(rb"^From \S.*\d{1,2}:\d{2}")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):(?: |\t|\r?$)")
_KNOWN = frozenset(
    b"from to cc date subject message-id received mime-version return-path delivered-to reply-to content-type".split()
)
_CERTAIN = frozenset((b"from", b"received", b"return-path"))
_BROKEN = (ValueError, TypeError, IndexError, LookupError, AttributeError, UnicodeError)
"""What the standard parsers raise on headers that are none."""
_RECIPIENTS, _DELIVERED = ("To", "Cc", "Bcc"), ("Delivered-To", "X-Original-To")


def looks_like_mail(head: bytes, _: Path) -> bool:
    """Tell whether a file begins as an mbox or as the headers of one mail."""
    lines = head[:16_384].lstrip(b"\xef\xbb\xbf\r\n").split(b"\n")
    if _FROM_LINE.match(lines[0]):
        lines = lines[1:]
    names = set()
    for line in lines:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        match = _FIELD.match(line)
        if match is None:
            return False
        names.add(match[1].lower())
    return len(names & _KNOWN) >= 3 and bool(names & _CERTAIN)


def open_mails(path: Path, _encoding: str | None, _scratch: Path, hints: Hints) -> list[Source]:
    """Open stored mail; each part of a mail says its own encoding."""
    return [Mails(path, hints.own_domains)]


class Mails:
    """The mails of one file; the number of a row is that of the mail."""

    form, format = "mail", "mail"
    sheet: str | None = None

    def __init__(self, path: Path, own_domains: frozenset[str] = frozenset()) -> None:
        self._path, self._own = path, own_domains
        self.header = list(HEADER)
        self.problems = Problems()
        self.bad_rows = 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield every mail with the wanted cells."""
        self.problems, self.bad_rows = Problems(), 0
        own = self._own or self._seen_everywhere()
        if not own:
            self.problems.add("mail_side", count=0, warning=True)
        parser = BytesParser()
        for number, raw in self._raw():
            if raw is None:
                self.bad_rows += 1
                self.problems.add("mail_too_long", number)
                continue
            try:
                message = parser.parsebytes(raw)
                copies = copies_of(message, own)
            except RecursionError:
                self.bad_rows += 1
                self.problems.add("mail_broken", number)
                continue
            if _is_cut(message, raw):
                self.problems.add("mail_cut", number, warning=True)
            for cells in copies:
                yield number, [cells.get(name) for name in wanted]

    def _raw(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield number and bytes of every mail; None where it is longer than MAX_MAIL."""
        number, size, parts, blank = 0, 0, list[bytes](), True
        with self._path.open("rb") as stream:
            first = stream.readline(MAX_LINE).removeprefix(b"\xef\xbb\xbf")
            many = bool(_FROM_LINE.match(first))
            if not many:
                number, size, parts = 1, len(first), [first]
            else:
                number = 1
            while line := stream.readline(MAX_LINE):
                if many and blank and _FROM_LINE.match(line):
                    yield number, b"".join(parts) if size <= MAX_MAIL else None
                    number, size, parts, blank = number + 1, 0, [], True
                    continue
                blank = not line.strip()
                size += len(line)
                if size <= MAX_MAIL:
                    parts.append(line[1:] if many and line[:1] == b">" and re.match(rb">+From ", line) else line)
        if size:
            yield number, b"".join(parts) if size <= MAX_MAIL else None

    def _seen_everywhere(self) -> frozenset[str]:
        """Return the one domain that takes part in nearly every mail, or nothing."""
        counts, total, parser = Counter[str](), 0, BytesHeaderParser()
        for _, raw in self._raw():
            if raw is not None:
                total += 1
                head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
                message = parser.parsebytes(head)
                sides = [*addresses(message, ("From",)), *addresses(message, (*_RECIPIENTS, *_DELIVERED))]
                counts.update({domain_of(address) for address in sides} - {""})
        often = [name for name, count in counts.items() if total >= ENOUGH and count >= SHARE * total]
        found = [name for name in often if name not in freemail()]
        return frozenset(found) if len(found) == 1 else frozenset()


def _is_cut(message: Message, raw: bytes) -> bool:
    """Tell whether a mail ends within its headers or before its last part is closed."""
    headers_only = b"\n\n" not in raw and b"\n\r\n" not in raw
    return headers_only or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)


def domain_of(address: str) -> str:
    """Return the domain of an address in lower case, or an empty text."""
    return address.rpartition("@")[2].casefold() if "@" in address else ""


def plain_header(message: Message, name: str) -> Cell:
    """Return a header decoded and on one line; None where there is none."""
    try:
        value = str(make_header(decode_header(str(message.get(name) or "")[:MAX_HEADER])))
    except _BROKEN:
        value = str(message.get(name) or "")[:MAX_HEADER]
    return " ".join(value.replace("\0", "").split()) or None


def addresses(message: Message, names: Iterable[str]) -> list[str]:
    """Return the addresses in some headers, in order."""
    texts = [str(value) for name in names for value in message.get_all(name, [])]
    try:
        return [address for _, address in getaddresses(texts) if "@" in address]
    except _BROKEN:
        return []


def copies_of(message: Message, own: frozenset[str]) -> list[dict[str, Cell]]:
    """Return one mail as cells, once for each person outside that it went to."""
    senders = addresses(message, ("From",))
    recipients = addresses(message, _RECIPIENTS) or addresses(message, _DELIVERED)
    direction, customers = _sides(senders, recipients, own)
    cells = _cells(message, direction, senders, recipients)
    own_id = cells["Message-ID"]
    ids = [own_id and f"{own_id} {number}" if number > 1 else own_id for number in range(1, len(customers) + 1)]
    return [cells | {"Customer": one, "Message-ID": name} for one, name in zip(customers, ids, strict=True)]


def _cells(message: Message, direction: Cell, senders: list[str], recipients: list[str]) -> dict[str, Cell]:
    sent = plain_header(message, "Date")
    references = [*_ids(message, "References"), *_ids(message, "In-Reply-To"), *_ids(message, "Message-ID")]
    return {
        "Message-ID": next(iter(_ids(message, "Message-ID")), None),
        "Thread": next(iter(references), None),
        "Date": _moment(sent),
        "Direction": direction,
        "Agent": senders[0] if direction == "outbound" and senders else None,
        "Subject": plain_header(message, "Subject"),
        "Body": text_of(message),
        "List-Unsubscribe": plain_header(message, "List-Unsubscribe"),
        "From": senders[0] if senders else None,
        "To": recipients[0] if recipients else None,
        "X-Mailer": plain_header(message, "X-Mailer"),
        "Precedence": plain_header(message, "Precedence"),
    }


def _ids(message: Message, name: str) -> list[str]:
    return [part for part in re.split(r"[\s<>,]+", plain_header(message, name) or "") if part]


def _is_own(address: str, own: frozenset[str]) -> bool:
    domain = domain_of(address)
    return any(domain == name or domain.endswith(f".{name}") for name in own)


def _sides(senders: list[str], recipients: list[str], own: frozenset[str]) -> tuple[Cell, Sequence[Cell]]:
    """Return direction and customers; mail among colleagues, and mail whose sides are unknown, has neither."""
    if not own or not senders:
        return None, [None]
    if not _is_own(senders[0], own):
        return "inbound", [senders[0]]
    others = {address.casefold(): address for address in recipients if not _is_own(address, own)}
    return ("outbound", list(others.values())) if others else (None, [None])


def _moment(text: Cell) -> Cell:
    """Return a Date header as ISO; what cannot be read stays as it is and becomes an issue later."""
    try:
        return parsedate_to_datetime(text or "").isoformat() if text else None
    except (*_BROKEN, OverflowError):
        return text
