"""A ZIP of exports: its tables, records, mails and chats, each as if it lay in the folder; never more than allowed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from gdpr_assess.practices.readers.source import Problems, Row, Source, Unreadable

MAX_CONTENT, RATIO_FROM, MAX_RATIO, MAX_ENTRIES = 8_000_000_000, 100_000_000, 150, 2_000
TEXTS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".eml", ".mbox")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
UNOPENED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".xlsx", ".xlsm", ".xls", ".ods")
"""What may hold exports but is not opened inside an archive: it is said, never passed over."""
CHUNK = 1 << 20
Open = Callable[[Path], list[Source]]
_UNSAFE = re.compile(r"[^\w .()+-]")


class Lost:
    """A file of the archive that cannot be read, with the reason."""

    form = "zip"

    def __init__(self, name: str, broken: Unreadable) -> None:
        self.header: list[str] = []
        self.sheet: str | None = name
        self.broken = broken
        self.problems = Problems()
        self.bad_rows = 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row]:  # noqa: ARG002  (the form of every source)
        """Yield nothing."""
        yield from ()


def is_archive(head: bytes, path: Path) -> bool:
    """Tell whether a file is a ZIP that is no workbook."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as package:
            return not {"xl/workbook.xml", "[Content_Types].xml"} & set(package.namelist())
    except _DAMAGED:
        return path.suffix.lower() == ".zip"


def members(path: Path, scratch: Path, opened: Open) -> list[Source]:
    """Unpack what may be an export and open each. Raises Unreadable."""
    found: list[Source] = []
    try:
        with zipfile.ZipFile(path) as package:
            entries = _allowed(package)
            short = Counter(PurePosixPath(entry.filename).name for entry in entries)
            left = MAX_CONTENT
            for number, entry in enumerate(entries):
                if PurePosixPath(entry.filename).suffix.lower() in UNOPENED:
                    found.append(Lost(entry.filename, Unreadable("archive_unopened")))
                    continue
                target = _place(scratch / f"{number:04}" / path.stem, entry.filename)
                left -= _unpack(package, entry, target, left)
                base = PurePosixPath(entry.filename).name
                found += _opened(target, base if short[base] == 1 else entry.filename, opened)
    except _DAMAGED:
        raise Unreadable("archive_damaged") from None
    if not found:
        raise Unreadable("archive_without_exports")
    return found


def _allowed(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries that may be exports, by name; raises Unreadable for what is no fair archive."""
    everything = package.infolist()
    total, packed = sum(e.file_size for e in everything), sum(e.compress_size for e in everything)
    if any(entry.flag_bits & 1 for entry in everything):
        raise Unreadable("archive_password")
    if len(everything) > MAX_ENTRIES or total > MAX_CONTENT or (total > RATIO_FROM and total > packed * MAX_RATIO):
        raise Unreadable("archive_too_heavy")
    names = [entry.filename for entry in everything]
    if len(set(names)) != len(names):
        raise Unreadable("archive_damaged")
    return sorted((entry for entry in everything if _may_be_export(entry)), key=lambda entry: entry.filename)


def _may_be_export(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in TEXTS + UNOPENED


def _place(folder: Path, name: str) -> Path:
    """Return where an entry is unpacked: a folder of ours, since a name in an archive may lead anywhere."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (_UNSAFE.sub("_", PurePosixPath(name).name)[-100:].lstrip(".") or "file")


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write an entry under a name of ours; what the archive says of its size is not believed."""
    size = 0
    with package.open(entry) as stream, target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left or (size > RATIO_FROM and size > (entry.compress_size or 1) * MAX_RATIO):
                raise Unreadable("archive_too_heavy")
            out.write(chunk)
    return size


def _opened(target: Path, name: str, opened: Open) -> list[Source]:
    try:
        with target.open("rb") as stream:
            if stream.read(4) == b"PK\x03\x04":  # an archive may hold itself, under any name
                raise Unreadable("archive_unopened")
        found = opened(target)
    except Unreadable as error:
        return [Lost(name, error)]
    for source in found:
        source.sheet = name
    return found
