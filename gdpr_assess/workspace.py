"""The client folder: its paths, fingerprints of its files, its runs, and writes that never leave half a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from gdpr_assess.issue import Issue, UserError
from gdpr_assess.model import Assessment, InputFile, Place


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
            day = run_date(path.parent)
            if day is not None:
                found.append(day)
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


def run_date(run: Path) -> date | None:
    """Return the date that a run's folder is named after, or None where it is another folder."""
    try:
        day = date.fromisoformat(run.name)
    except ValueError:
        return None
    return day if day.isoformat() == run.name else None


def load_run(run_dir: Path | str) -> Assessment:
    """Return the assessment in a run's folder; raises FileNotFoundError without one, UserError where it is damaged."""
    path = Path(run_dir) / "assessment.json"
    try:
        return Assessment.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        problem = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
    raise UserError([Issue(code="files.run_damaged", place=Place(file=path.as_posix()), params={"problem": problem})])


def os_problem(error: OSError) -> str:
    """Return `path: reason` for what the system refused to do."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old or the new content, never a part; creates its folder.

    An OSError names this file, not the temporary one beside it.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _replace(path, data)
    except OSError as error:
        raise OSError(error.errno or 0, error.strerror or str(error), str(path)) from error


def _replace(path: Path, data: bytes) -> None:
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
