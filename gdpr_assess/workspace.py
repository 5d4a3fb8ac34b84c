"""The client folder: its paths, fingerprints of its files, and writes that never leave half a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gdpr_assess.model import InputFile


@dataclass(frozen=True)
class ClientFolder:
    """Paths of one client; `root` need not exist yet."""

    root: Path

    @property
    def inputs(self) -> Path:
        """What the client and the consultant hand in; an assessment never writes here."""
        return self.root / "inputs"

    @property
    def intake(self) -> Path:
        """The intake workbook."""
        return self.inputs / "intake.xlsx"

    @property
    def wordings(self) -> Path:
        """Texts that the Wordings sheet names by file."""
        return self.inputs / "wordings"

    @property
    def evidence(self) -> Path:
        """Exports as they came, and `evidence.yaml`."""
        return self.inputs / "evidence"

    @property
    def review(self) -> Path:
        """Decisions of people on findings and documents."""
        return self.inputs / "review.yaml"

    @property
    def runs(self) -> Path:
        """One folder per assessment."""
        return self.root / "runs"

    def run(self, as_of: date) -> Path:
        """Return the folder of the assessment at a date."""
        return self.runs / as_of.isoformat()

    def run_dates(self) -> list[date]:
        """Return the dates of all assessments, oldest first."""
        found = []
        for path in self.runs.glob("*/assessment.json"):
            try:
                found.append(date.fromisoformat(path.parent.name))
            except ValueError:
                continue
        return sorted(found)

    def name_of(self, path: Path) -> str:
        """Return a path as shown to people: relative to the client folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def input_files(self) -> Iterator[Path]:
        """Yield every input file in a stable order; editors' lock files and hidden files are left out."""
        for path in sorted(self.inputs.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~$")):
                yield path

    def fingerprints(self) -> tuple[InputFile, ...]:
        """Return name and SHA-256 of every input file."""
        return tuple(InputFile(path=self.name_of(path), sha256=sha256(path)) for path in self.input_files())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old or the new content, never a part; creates its folder."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def client_folders(root: Path) -> list[ClientFolder]:
    """Return every client folder at or below `root` (a folder with an intake workbook), by name."""
    return [ClientFolder(path.parent.parent) for path in sorted(root.rglob("inputs/intake.xlsx"))]
