"""Answers of a sample client: yes to everything that applies, but where the client says something else."""

from __future__ import annotations

from datetime import date

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.model import Answer, Intake

Said = dict[str, Answer]


def no(control: str, comment: str | None = None, scope: str = "client") -> Answer:
    """Return the answer no."""
    return Answer(control=control, scope=scope, answer="no", comment=comment)


def partly(control: str, comment: str | None = None, scope: str = "client") -> Answer:
    """Return the answer partly."""
    return Answer(control=control, scope=scope, answer="partly", comment=comment)


def unknown(control: str, scope: str = "client") -> Answer:
    """Return the answer "do not know"."""
    return Answer(control=control, scope=scope, answer="do_not_know")


def yes(control: str, evidence: str, on: date, comment: str | None = None, scope: str = "client") -> Answer:
    """Return the answer yes with a document."""
    return Answer(control=control, scope=scope, answer="yes", evidence=evidence, evidence_date=on, comment=comment)


def with_answers(intake: Intake, *different: Answer) -> Intake:
    """Return the intake with an answer for every control that applies; those given replace a plain yes."""
    catalogue = load_catalogue()
    given = {(answer.control, answer.scope): answer for answer in different}
    applicable = catalogue.applicable(intake)
    for control in catalogue.controls.values():
        for scope in scopes(control, intake):
            key = (control.id, scope)
            answer = "yes" if applicable[control.id] is not False else None
            given.setdefault(key, Answer(control=control.id, scope=scope, answer=answer))
    ordered = sorted(given.values(), key=lambda answer: (list(catalogue.controls).index(answer.control), answer.scope))
    return intake.model_copy(update={"answers": tuple(ordered)})
