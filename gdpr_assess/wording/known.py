"""What is known of a text beside its words, and of the client whose text it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict, Unpack, get_args

from gdpr_assess.model import DataFrom, LegalBasis, Purpose, WordingKind

KINDS = get_args(WordingKind)
Fact = Literal[
    "from_person", "from_elsewhere", "dpo", "representative", "third_country", "automated", "marketing", "first_contact"
]


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts on which it depends what a text must say; None: not known.

    Whoever writes to or calls customer service gives data: unless it is said otherwise, Art. 13 applies.
    """

    from_person: bool | None = True
    from_elsewhere: bool | None = None
    dpo: bool | None = None
    representative: bool | None = None
    third_country: bool | None = None
    automated: bool | None = None
    marketing: bool | None = None
    first_contact: bool | None = None
    recorded_for: frozenset[Purpose] = frozenset()

    def holds(self, fact: Fact) -> bool | None:
        """Tell whether a fact is so; None: not known."""
        found: bool | None = getattr(self, fact)
        return found


UNKNOWN = Situation()
"""Nothing is known of the client."""


class Given(TypedDict, total=False):
    """What may be said of a text; `data_from`: Art. 13 applies to data from the person, Art. 14 to others."""

    language: str | None
    kind: WordingKind | None
    country: str | None
    basis: LegalBasis | None
    on: date | None
    data_from: DataFrom | None


def _origin(data_from: DataFrom | None) -> Situation:
    """Return what is known of a client where only the origin of the data is said (Art. 13 or Art. 14)."""
    if data_from is None:
        return UNKNOWN
    return Situation(from_person=data_from != "elsewhere", from_elsewhere=data_from != "person")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text beside its words.

    `likely` asks also for what no rule finds but the text makes likely, where the kind or `PRIVATE` things tell that it
    is about privacy, and whether what rules find is doubtful.
    """

    language: str | None = None
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None
    on: date | None = None
    likely: bool = True
    situation: Situation = UNKNOWN

    def __post_init__(self) -> None:
        """Raise ValueError for a kind that does not exist."""
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"no kind {self.kind!r}, but one of: {', '.join(KINDS)}")


def told(**given: Unpack[Given]) -> Known:
    """Return what is said of a text as `Known`; raises ValueError for a kind that does not exist."""
    return Known(
        given.get("language"),
        given.get("kind"),
        given.get("country"),
        given.get("basis"),
        given.get("on"),
        situation=_origin(given.get("data_from")),
    )


ANYTHING = Known()
"""What is known when nothing is known beside the words."""
