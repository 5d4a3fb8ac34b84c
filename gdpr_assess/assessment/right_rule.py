"""The form of a rule about rights by system: a flow rule that says what a right needs and which checks test it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from gdpr_assess.flows.rule import Example, Rule
from gdpr_assess.model import CheckResult, Right
from gdpr_assess.practices import Handled
from gdpr_assess.yamlfile import load

FOLDER = Path(__file__).parent / "right_rules"
Capability = Literal[
    "found", "copy", "machine_readable", "correct", "delete", "copies", "block", "opt_out", "withdraw", "informs",
    "recipients", "human_review",
]  # fmt: skip
Need = Literal["whole", "part"]
"""What the lack of a capability costs: the whole right, or a part of it."""


class RightExample(Example):
    """A small intake with what requests and checks showed, to be reported or not."""

    handled: Handled = Handled()
    checks: tuple[CheckResult, ...] = ()


class RightRule(Rule):
    """A rule about rights; with a `right`, it is the one of that right: what it needs, and the checks that test it."""

    right: Right | None = None
    needs: dict[Capability, Need] = Field(default_factory=dict)
    tested_by: tuple[str, ...] = ()
    triggers: tuple[RightExample, ...] = Field(min_length=1)
    sound: tuple[RightExample, ...] = Field(min_length=1)


OF_RIGHT: dict[Right, str] = {
    "inform": "RIGHT_INFORM",
    "access": "RIGHT_ACCESS",
    "rectify": "RIGHT_RECTIFY",
    "erase": "RIGHT_ERASE",
    "restrict": "RIGHT_RESTRICT",
    "port": "RIGHT_PORT",
    "object": "RIGHT_OBJECT",
    "withdraw": "RIGHT_WITHDRAW",
    "human_review": "RIGHT_HUMAN_REVIEW",
}
"""The rule of each right, in the order in which rights are shown."""


@cache
def right_rule(code: str) -> RightRule:
    """Return a rule's data; raises DataError when its file is wrong."""
    return load(FOLDER / f"{code}.yaml", RightRule)


def rule_of(right: Right) -> RightRule:
    """Return the rule of a right."""
    return right_rule(OF_RIGHT[right])
