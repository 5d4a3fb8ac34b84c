"""The sentences for issues and findings in the reader's language."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from gdpr_assess.lang.texts import Texts, texts
from gdpr_assess.model import Finding, Place


class Placed(Protocol):
    """An issue, fresh or as kept in a run."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> Place: ...  # noqa: D102
    @property
    def params(self) -> dict[str, Any]: ...  # noqa: D102


def place_text(place: Place, t: Texts) -> str:
    """Return a place as readers see it: file, sheet and cell, row."""
    cell = f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.sheet or place.cell
    row = t("report.place_row", row=place.row) if place.row is not None and not place.cell else None
    return " · ".join(part for part in (place.file, cell, row) if part)


def issue_text(issue: Placed, lang: str) -> str:
    """Return what is wrong, with the nearest valid value where one is known."""
    part, _, code = issue.code.partition(".")
    near = issue.params.get("nearest")
    hint = texts(lang)("issues_files.nearest", nearest=near) if near else ""
    return texts(lang)(f"issues_{part}.{code}", **issue.params) + hint


def issue_sentence(issue: Placed, lang: str) -> str:
    """Return `place: what is wrong` for an issue."""
    return f"{place_text(issue.place, texts(lang))}: {issue_text(issue, lang)}"


def finding_sentence(finding: Finding, field: Literal["title", "message", "fix"], lang: str) -> str:
    """Return one of the texts of a finding."""
    return texts(lang)(f"{finding.source}.{finding.told_as}", field, **finding.params)
