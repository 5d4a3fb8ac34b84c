"""Rights of people, system by system: what the client says it can do there, and what the matrix makes of it."""

from __future__ import annotations

from pydantic import Field

from gdpr_assess.model.values import (
    Able,
    CopyForm,
    DeleteAble,
    Noun,
    OwnerRole,
    Place,
    Right,
    RightStatus,
    SearchKey,
)


class RightsHandling(Noun):
    """What can be done with one person's data in one system, by whom and how fast; None means: not said.

    `done_by` is `client` or a partner id; `asked_after_days` pass before it is asked, `days` from then on.
    """

    system: str
    found_by: tuple[SearchKey, ...] = ()
    export: CopyForm | None = None
    correct: Able | None = None
    delete: DeleteAble | None = None
    overwritten_days: int | None = Field(None, ge=0)
    copies: Able | None = None
    block: Able | None = None
    opt_out: Able | None = None
    withdraw: Able | None = None
    informs: Able | None = None
    tells_recipients: Able | None = None
    automated: bool | None = None
    human_review: Able | None = None
    owner: OwnerRole | None = None
    done_by: str | None = None
    asked_after_days: int | None = Field(None, ge=0)
    days: int | None = Field(None, ge=0)
    comment: str | None = None

    @property
    def total_days(self) -> int | None:
        """Days from the request until it is done here, None where the days are not said."""
        return None if self.days is None else self.days + (self.asked_after_days or 0)


class RecordsAgainst(Noun):
    """Records that speak against a cell: `code` is a check or what the request log shows, `count` its records."""

    code: str
    count: int
    places: tuple[Place, ...] = ()


class RightCell(Noun):
    """One right in one system. `reasons` are the capabilities that decide, or why the right does not apply.

    `contradicted`: it is said to work, in whole or in part, and `against` shows otherwise.
    """

    right: Right
    system: str
    status: RightStatus
    reasons: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    against: tuple[RecordsAgainst, ...] = ()
    contradicted: bool = False
    findings: tuple[str, ...] = ()


class RightLog(Noun):
    """What the request log shows of one right: `late` counts answers after the limit, and open requests past it.

    `unreadable_copies` were answered with something that only people can read; `copies_known` say how at all.
    """

    right: Right
    requests: int
    answered: int = 0
    late: int = 0
    longest_days: int | None = None
    places: tuple[Place, ...] = ()
    copies_known: int = 0
    unreadable_copies: int = 0
    copy_places: tuple[Place, ...] = ()


class RightsMatrix(Noun):
    """Every right by every system. `slowest` are the systems that need the most days, of those that say how many."""

    handling: tuple[RightsHandling, ...] = ()
    cells: tuple[RightCell, ...] = ()
    log: tuple[RightLog, ...] = ()
    slowest: tuple[str, ...] = ()
    slowest_days: int | None = None
    days_not_said: tuple[str, ...] = ()
