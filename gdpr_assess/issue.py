"""A mistake in a user's file: collected, placed, with what was found, what is allowed and the nearest valid value."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import Field

from gdpr_assess.model import Noun, Place, RunIssue


class Issue(Noun):
    """One mistake in a user's file; its sentence is rendered from `code` and `params` (lang/text/*/issues.yaml)."""

    code: str
    place: Place
    params: dict[str, Any] = Field(default_factory=dict)
    level: Literal["error", "warning"] = "error"

    def kept(self) -> RunIssue:
        """Return the form in which a run keeps it."""
        return RunIssue(code=self.code, level=self.level, place=self.place, params=self.params)


def nearest(found: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed value that looks most like what was found, or None when nothing is close."""
    by_folded = {value.casefold(): value for value in allowed}
    close = get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


class DataError(Exception):
    """Our own data (catalogue, law, packs, texts) is wrong; the message lists every `file:line: problem`."""


class UserError(Exception):
    """The user's input cannot be used; carries every issue found so far."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(f"{issue.place.file}: {issue.code}" for issue in self.issues))
