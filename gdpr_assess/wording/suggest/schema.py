"""The forms of a compliant text's template and of the words that fill it, and the loader that checks them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, RootModel

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError, nearest
from gdpr_assess.law import sources
from gdpr_assess.model import DataCategory, LegalBasis, Noun, Purpose, TransferTool, WordingKind
from gdpr_assess.wording.pack import rules
from gdpr_assess.yamlfile import load

TEXTS = PACKAGE / "wording" / "suggest" / "texts"
REMEDIES = PACKAGE / "wording" / "suggest" / "remedies.yaml"
Condition = Literal[
    "recording_consent", "dpo", "representative", "third_country", "no_third_country", "consent", "legitimate_interest",
    "bought_data", "own_data", "automated", "not_automated", "email", "phone", "sms", "recipients",
    "call_consent", "several_purposes", "no_objection",
]  # fmt: skip
Slot = Literal[
    "controller", "contact", "dpo", "representative", "purposes", "purpose", "categories", "bases", "interests",
    "recipients", "countries", "safeguards", "retention_recording", "retention_messages", "authority", "privacy_page",
    "agent", "offer", "source", "consent_given",
]  # fmt: skip
SLOTS: tuple[str, ...] = get_args(Slot)
EACH: Slot = "purpose"
"""The slot of one value of several: a passage that has it stands once for each."""
NO_SAFEGUARD: tuple[TransferTool, ...] = ("none", "derogation")
"""Transfer tools that are no safeguard: Art. 49 is what is left where there is none, see Art. 13(1)(f)."""
Spoken = Literal["yes", "no"]


class Read(Noun):
    """A source that was read to check a template, and what was read there."""

    id: str
    read: str


class Part(Noun):
    """One passage: used where all of `when` and none of `unless` hold; `gives` are the elements it supplies.

    `branch` is what an agent says after a yes or after a no.
    """

    text: str
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    gives: tuple[str, ...] = ()
    branch: Spoken | None = None
    new_line: bool = False


class Template(Noun):
    """A compliant text of one kind in one language; `reviewed` is when its sources were read for `countries`.

    `read_again` is when a second reader held the finished text against the same sources.
    """

    reviewed: date
    read_again: date | None = None
    countries: tuple[str, ...] = Field(min_length=1)
    sources: tuple[Read, ...] = Field(min_length=1)
    note: str | None = None
    parts: tuple[Part, ...] = Field(min_length=1)


class Words(Noun):
    """The words of one language that fill templates; `open` is what stands in brackets where nothing is known."""

    open: dict[Slot, str]
    purposes: dict[Purpose, str]
    categories: dict[DataCategory, str]
    bases: dict[LegalBasis, str]
    tools: dict[TransferTool, str]
    branches: dict[Spoken, str]


class Remedy(Noun):
    """What to do about a defect: `replace` by the passage that gives an element, `delete`, `rename`, or `retype`."""

    do: Literal["replace", "delete", "rename", "retype"]
    by: tuple[str, ...] = ()


class Remedies(RootModel[dict[str, Remedy]]):
    """The remedy of every defect (`remedies.yaml`)."""


def languages() -> tuple[str, ...]:
    """Return the languages that have templates."""
    return tuple(sorted(path.parent.name for path in TEXTS.glob("*/_words.yaml")))


@cache
def template(kind: WordingKind, language: str) -> Template:
    """Return a template; raises DataError where it names a slot, an element or a source that does not exist."""
    path = TEXTS / language / f"{kind}.yaml"
    found = load(path, Template)
    problems = [f"{path}:{line}: {problem}" for line, problem in _problems(path, found)]
    if problems:
        raise DataError("\n".join(problems))
    return found


@cache
def words(language: str) -> Words:
    """Return the words of a language; raises DataError where a value has no word."""
    path = TEXTS / language / "_words.yaml"
    found = load(path, Words)
    safeguards = [tool for tool in get_args(TransferTool) if tool not in NO_SAFEGUARD]
    closed = {"open": SLOTS, "purposes": get_args(Purpose), "categories": get_args(DataCategory),
              "bases": get_args(LegalBasis), "tools": safeguards,
              "branches": get_args(Spoken)}  # fmt: skip
    lacking = [f"{name}.{key}" for name, keys in closed.items() for key in keys if key not in getattr(found, name)]
    if lacking:
        raise DataError(f"{path}:1: no word for {', '.join(lacking)}")
    return found


@cache
def remedies() -> dict[str, Remedy]:
    """Return the remedy of every defect; raises DataError where one has none."""
    found = load(REMEDIES, Remedies).root
    wanted = {code for code, rule in rules().items() if rule.kind != "element"}
    if wanted != found.keys():
        raise DataError(f"{REMEDIES}:1: must name exactly {', '.join(sorted(wanted))}")
    return found


def slots(text: str) -> list[str]:
    """Return the names of the slots in a passage."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def _problems(path: Path, found: Template) -> Iterator[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    elements = [code for code, rule in rules().items() if rule.kind == "element"]

    def at(needle: str) -> int:
        return next((n for n, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(needle)}\b", line)), 1)

    checks = [("slot", slots(part.text), list(SLOTS)) for part in found.parts]
    checks += [("element", list(part.gives), elements) for part in found.parts]
    checks += [("source", [read.id for read in found.sources], list(sources()))]
    for what, given, allowed in checks:
        for name in given:
            if name not in allowed:
                yield at(name), f"no {what} {name!r}, nearest {nearest(name, allowed)!r}"
