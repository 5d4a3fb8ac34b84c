"""Which files of the evidence folder are exports, how they are named in the intake, and under which names a run may
keep them."""

from __future__ import annotations

from pathlib import Path

from gdpr_assess.masking import kept_names
from gdpr_assess.practices.mapping import MAP_NAME

FOLDER = "inputs/evidence"


def is_export(path: Path) -> bool:
    """Tell whether a path is a file to be read: no folder, no evidence.yaml, nothing hidden, no lock file."""
    return path.is_file() and path.name != MAP_NAME and not path.name.startswith((".", "~$"))


def exports_below(folder: Path) -> list[Path]:
    """Return every file to be read, in a stable order."""
    return [path for path in sorted(folder.rglob("*")) if is_export(path)]


def plain_name(stated: str) -> str:
    """Return the name of a file below the evidence folder, however its folder was written before it."""
    return stated.strip().replace("\\", "/").removeprefix(f"{FOLDER}/").removeprefix("evidence/")


def shown_names(folder: Path, paths: list[Path]) -> dict[str, str]:
    """Return for each file's name below the folder the one that may be shown."""
    return kept_names(path.relative_to(folder).as_posix() for path in paths)
