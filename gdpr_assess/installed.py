"""Where the files that travel with the package are: one function knows both the wheel and the source tree."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `notebooks`, `templates` or `data_samples`, as installed or as checked out."""
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name
