"""The form of a rule that holds what was declared against what was seen: that of a flow rule, with more to look at."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from gdpr_assess.flows.rule import Example, Rule
from gdpr_assess.practices import Observed
from gdpr_assess.yamlfile import load

FOLDER = Path(__file__).parent / "rules"


class ObservedExample(Example):
    """A small intake (its wordings are linted) with what the exports show, to be reported or not."""

    observed: Observed = Observed()


class ObservedRule(Rule):
    """A flow rule whose examples say what was observed."""

    triggers: tuple[ObservedExample, ...] = Field(min_length=1)
    sound: tuple[ObservedExample, ...] = Field(min_length=1)


@cache
def observed_rule(code: str) -> ObservedRule:
    """Return a rule's data; raises DataError when its file is wrong."""
    return load(FOLDER / f"{code}.yaml", ObservedRule)
