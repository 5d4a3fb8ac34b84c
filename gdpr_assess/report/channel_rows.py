"""The checks by channel: which concern it, and how each ended there. Nothing here makes HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from gdpr_assess.model import Channel, ChannelResult, CheckResult
from gdpr_assess.practices.rule import rules
from gdpr_assess.report.context import Report
from gdpr_assess.report.rows import CheckRow
from gdpr_assess.report.words import places_text, rule_text

Ended = Literal["exceptions", "question", "clean", "undecided", "not_testable", "no_records"]
"""How a check ended in a channel; `question` is an exception that can only ask."""
ENDINGS: tuple[Ended, ...] = get_args(Ended)
CHANNELS: tuple[Channel, ...] = get_args(Channel)


@dataclass(frozen=True)
class ChannelCheck:
    """One check in one channel: `row` has the figures, the sentence and the places of that channel alone."""

    row: CheckRow
    ended: Ended


@dataclass(frozen=True)
class ChannelRow:
    """One channel (None: checks that belong to no one channel) with the checks that concern it, the worst first."""

    channel: Channel | None
    declared: bool
    checks: tuple[ChannelCheck, ...]

    @property
    def counts(self) -> dict[Ended, int]:
        """How many checks ended in which way, in the order of `ENDINGS`."""
        found = Counter(check.ended for check in self.checks)
        return {ended: found[ended] for ended in ENDINGS if found[ended]}


def channel_rows(report: Report) -> tuple[ChannelRow, ...]:
    """Return every channel that the client uses or that its records show, then what belongs to no one channel."""
    used = set(report.run.client.channels)
    seen = {part.channel for check in report.run.checks for part in check.by_channel if part.population}
    rows = [_row(report, name, declared=name in used) for name in CHANNELS if name in used | seen]
    return tuple(row for row in (*rows, _row(report, None, declared=False)) if row.checks)


def _row(report: Report, channel: Channel | None, *, declared: bool) -> ChannelRow:
    found = [_check(report, row, part) for row, part in _concerned(report, channel, declared or channel is None)]
    ordered = sorted(found, key=lambda one: (ENDINGS.index(one.ended), -(one.row.check.rate or 0), one.row.check.check))
    return ChannelRow(channel, declared, tuple(ordered))


def _concerned(report: Report, channel: Channel | None, whole: bool) -> Iterator[tuple[CheckRow, ChannelResult | None]]:
    """Yield the checks of a channel with their part of it; not `whole`: only those whose records show the channel."""
    for row in report.checks:
        rule = rules().get(row.check.check)
        tied = rule.channels if rule else ()
        part = next((one for one in row.check.by_channel if one.channel == channel), None)
        concerns = channel in tied if channel else not tied and not row.check.by_channel
        if part is not None or (whole and concerns):
            yield row, part


def _check(report: Report, row: CheckRow, part: ChannelResult | None) -> ChannelCheck:
    check = row.check
    if part is not None:
        own = check.model_copy(update={name: getattr(part, name) for name in _COUNTED} | {"by_channel": ()})
        places = places_text(part.places, report.t)
        return ChannelCheck(replace(row, check=own, said=_said(report, own), places=places), _ended(own))
    if check.outcome == "ran" and check.by_channel:
        return ChannelCheck(replace(row, said=None, places=()), "no_records")
    return ChannelCheck(row, _ended(check))


_COUNTED = ("channel", "population", "exceptions", "untested", "rate", "ci95", "places")


def _ended(check: CheckResult) -> Ended:
    if check.outcome != "ran":
        return "no_records" if check.outcome == "not_applicable" else "not_testable"
    if check.exceptions:
        return "question" if check.effect == "indicator" else "exceptions"
    return "clean" if check.population > check.untested else "undecided"


def _said(report: Report, check: CheckResult) -> str:
    """Return the sentence of a check on the records of one channel."""
    if check.population == check.untested:
        return report.t("channels.undecided_here")
    counts = {name: getattr(check, name) for name in ("population", "exceptions", "untested")}
    counts |= {"tested": check.population - check.untested, "share": check.rate}
    field = "message" if check.exceptions else "clean"
    return rule_text("practices", check.check, field, report.t, check.params | counts)
