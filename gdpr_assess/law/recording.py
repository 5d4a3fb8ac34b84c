"""Whether the law of a person's country wants them to be asked before a call is recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from gdpr_assess.law import country
from gdpr_assess.law.model import Dated, Fact, Recording
from gdpr_assess.model import Purpose


@dataclass(frozen=True)
class Ruling:
    """Whether callers must be asked (None: it depends on what is not known), and the fact that says so."""

    needed: bool | None
    fact: Fact[Any]


def asking(code: str, purposes: Collection[Purpose], on: date | None) -> Ruling | None:
    """Return what the law of a country says on a day (None: the latest) of recordings for some purposes.

    None where we hold no law. Source: `recording` of the countries, with what was read or is known from memory alone.
    """
    land = country(code)
    rule = _on(land.recording.party_rule, on) if land else None
    if land is None or rule is None:
        return None
    if rule.value == "all_party":
        return Ruling(True, rule)
    if rule.value in ("one_party", "inform"):
        return Ruling(False, rule)
    return _by_purpose(land.recording, purposes, on) or Ruling(None, rule)


def _by_purpose(recording: Recording, purposes: Collection[Purpose], on: date | None) -> Ruling | None:
    asked, told = _on(recording.consent_for, on), _on(recording.notice_for, on)
    if asked and any(purpose in asked.value for purpose in purposes):
        return Ruling(True, asked)
    if told and all(purpose in told.value for purpose in purposes or get_args(Purpose)):
        return Ruling(False, told)
    return None


def _on(dated: Dated[Any] | None, on: date | None) -> Fact[Any] | None:
    return None if dated is None else dated.on(on) if on else dated.versions[-1]
