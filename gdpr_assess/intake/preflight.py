"""A look at a workbook before it is parsed: cheap, and able to say what is wrong with it in plain words."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from gdpr_assess.issue import Issue
from gdpr_assess.model import Place

MAX_FILE, MAX_CONTENT, MAX_ENTRIES = 20_000_000, 200_000_000, 2_000
RATIO_FROM, MAX_RATIO = 20_000_000, 120
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_DECLARATIONS = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le"))


def _megabytes(size: int) -> int:
    return round(size / 1_000_000)


def _ole(path: Path) -> str:
    """Office wraps an encrypted workbook into the container of the old format; its directory names the package."""
    return "intake.password" if _ENCRYPTED in path.read_bytes() else "intake.old_format"


def _entries(package: zipfile.ZipFile) -> tuple[str, dict[str, object]] | None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    total, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if not set(names) >= _NEEDED:
        return "intake.not_excel", {}
    if any(entry.flag_bits & 1 for entry in entries):
        return "intake.password", {}
    if len(names) > MAX_ENTRIES or len(set(names)) != len(names):
        return "intake.damaged", {}
    if total > MAX_CONTENT or (total > RATIO_FROM and total > packed * MAX_RATIO):
        return "intake.bomb", {"size": _megabytes(total)}
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with package.open(entry) as stream:
                start = stream.read(4096)
            if any(word in start for word in _DECLARATIONS):
                return "intake.entities", {"part": entry.filename}
    return None


def _trouble(path: Path) -> tuple[str, dict[str, object]] | None:
    if not path.is_file():
        return "intake.missing", {}
    size = path.stat().st_size
    if size > MAX_FILE:
        return "intake.too_large", {"size": _megabytes(size), "most": _megabytes(MAX_FILE)}
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic == _OLE:
        return _ole(path), {}
    if not magic.startswith(b"PK"):
        return ("intake.empty_file" if not size else "intake.not_excel"), {}
    with zipfile.ZipFile(path) as package:
        return _entries(package)


def preflight(path: Path, shown: str) -> Issue | None:
    """Return what forbids parsing this file, or None."""
    try:
        found = _trouble(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        found = ("intake.damaged", {})
    except OSError:
        found = ("intake.not_readable", {})
    return Issue(code=found[0], place=Place(file=shown), params=found[1]) if found else None
