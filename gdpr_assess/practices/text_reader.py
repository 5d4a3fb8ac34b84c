"""Asks the wording linter for the information in many texts, on every core, and remembers the last answers."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import Protocol

from gdpr_assess.model import LintResult, WordingKind

REMEMBERED = 2_000_000
"""Texts whose answer is kept, as a digest: several checks ask for the same texts."""
MANY, AT_ONCE = 2_000, 250
"""From so many texts on, other processes are worth starting; each is given so many at a time."""
_LONG_NUMBER = re.compile(r"\d{5,}")
Codes = frozenset[str] | None


class Linter(Protocol):
    """The wording linter, handed in so that practices and wording stay siblings."""

    def __call__(self, text: str, *, language: str | None = None, kind: WordingKind | None = None) -> LintResult:
        """Return what is seen in a text."""
        ...


def without_numbers(text: str) -> str:
    """Return a text with nines for the digits of long numbers (orders, cases, telephones).

    No wording depends on which number it is, and texts that differ in nothing else are read once.
    """
    return _LONG_NUMBER.sub(lambda number: "9" * len(number[0]), text)


def codes_of(lint: Linter, text: str) -> Codes:
    """Return the codes of the information seen in a text; None where its language has no packs."""
    result = lint(text, kind="message_notice")
    return None if result.not_analysed else frozenset(hit.code for hit in result.elements)


def _helper() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


class TextReader:
    """The linter as the checks of one client use it; checks of large tables ask from several threads."""

    def __init__(self, lint: Linter, *, large: bool) -> None:
        self._lint, self._large = lint, large
        self._known: dict[bytes, Codes] = {}
        self._same: dict[Codes, Codes] = {}
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def elements(self, texts: Sequence[str]) -> list[Codes]:
        """Return for each text the codes seen in it."""
        texts = [without_numbers(text) for text in texts]
        keys = [blake2b(text.encode(), digest_size=12).digest() for text in texts]
        with self._lock:
            if len(self._known) > REMEMBERED:
                self._known = {}
            known = self._known
            new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            for key, codes in zip(new, self._read(list(new.values())), strict=True):
                known[key] = self._same.setdefault(codes, codes)
            return [known[key] for key in keys]

    def _read(self, texts: list[str]) -> list[Codes]:
        cores = os.cpu_count() or 1
        if self._large and cores > 1 and len(texts) >= MANY:
            try:
                self._pool = self._pool or ProcessPoolExecutor(cores, get_context("spawn"), _helper)
                return list(self._pool.map(partial(codes_of, self._lint), texts, chunksize=AT_ONCE))
            except BrokenProcessPool:  # a script that cannot be imported: other processes cannot start from it
                self._pool, self._large = None, False
        return [codes_of(self._lint, text) for text in texts]
