"""The sentences for issues and findings in the reader's language."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from gdpr_assess.issue import where
from gdpr_assess.lang.texts import texts
from gdpr_assess.model import Finding, Place


class Placed(Protocol):
    """An issue, fresh or as kept in a run."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> Place: ...  # noqa: D102
    @property
    def params(self) -> dict[str, Any]: ...  # noqa: D102


def issue_sentence(issue: Placed, lang: str) -> str:
    """Return `place: what is wrong` for an issue, with the nearest valid value where one is known."""
    part, _, code = issue.code.partition(".")
    text = texts(lang)(f"issues_{part}.{code}", **issue.params)
    near = issue.params.get("nearest")
    hint = texts(lang)("issues_files.nearest", nearest=near) if near else ""
    return f"{where(issue.place)}: {text}{hint}"


def finding_sentence(finding: Finding, field: Literal["title", "message", "fix"], lang: str) -> str:
    """Return one of the texts of a finding."""
    return texts(lang)(f"{finding.source}.{finding.rule}", field, **finding.params)
