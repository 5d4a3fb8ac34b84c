"""How far `gdpr-assess lint` has read, shown on a terminal."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from tqdm import tqdm


class Bar:
    """A bar of the bytes of all files, on standard error and only where that is a terminal."""

    def __init__(self, files: tuple[str, ...]) -> None:
        sizes = [_size(name) for name in files or ("-",)]
        self.total = None if None in sizes else sum(size or 0 for size in sizes)
        self._bar = tqdm(total=self.total, unit="B", unit_scale=True, leave=False, disable=None)
        self.shown = not self._bar.disable
        self._texts = self._start = self._size = 0

    @property
    def read(self) -> int:
        """How many bytes are read, of all files."""
        return int(self._bar.n)

    @contextmanager
    def file(self, name: str) -> Iterator[None]:
        """Read one file: at its end all of it is counted."""
        self._start, self._size = self._start + self._size, _size(name) or 0
        yield
        self.to(self._size)

    def to(self, position: int) -> None:
        """Say how many bytes of the file are read."""
        here = self._start + (min(position, self._size) if self._size else position)
        self._bar.update(max(here - self.read, 0))

    def add(self, *read: str | None) -> None:
        """Say what was read since the last time."""
        if self.shown:
            self.to(self.read - self._start + sum(len((text or "").encode()) + 1 for text in read))

    @contextmanager
    def aside(self, stream: TextIO) -> Iterator[None]:
        """Print to a stream: where that is the terminal too, the bar makes way."""
        if self.shown and stream.isatty():
            with tqdm.external_write_mode():
                yield
        else:
            yield

    def text(self) -> None:
        """Count a text."""
        self._texts += 1
        if self.shown:
            self._bar.set_postfix(texts=self._texts, refresh=False)

    def say(self, message: str) -> None:
        """Print an error or a note."""
        with self.aside(sys.stderr):
            click.echo(message, err=True)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


def _size(name: str) -> int | None:
    """Return the bytes of a file, or of standard input where that is a file; None where nobody knows."""
    if name != "-":
        return Path(name).stat().st_size if Path(name).is_file() else 0
    try:
        found = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
