"""What people heard in drawn calls and read in drawn messages, as results of checks about all records drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from gdpr_assess.model import Channel, ChannelResult, CheckResult, Effect, Intake
from gdpr_assess.practices.drawing import At
from gdpr_assess.practices.exports import Exports
from gdpr_assess.practices.listening import Listened
from gdpr_assess.practices.questions import PREFIX, Question, questions
from gdpr_assess.practices.sampling import Part, interval, sample_facts
from gdpr_assess.practices.settle import place, reconciled_of
from gdpr_assess.practices.tally import PLACES, PLACES_OF_CHANNEL

State = str
"""`exception`, `clean` or `untested`; a record to which a question does not apply has none."""


def heard(exports: Exports, intake: Intake) -> list[CheckResult]:
    """Return the result of every question that a filled sheet asks, in the order of the questions."""
    asked = {name for one in exports.listened for name in one.answered}
    return [
        _result(name, question, exports.listened, intake) for name, question in questions().items() if name in asked
    ]


def _states(name: str, right: str, one: Listened) -> dict[At, State]:
    """Return how each drawn record stands to a question; those to which it does not apply are left out."""
    found: dict[At, State] = {}
    for at in sorted(one.drawn):
        said = one.answers.get(at, {}).get(name)
        if said != "not_applicable":
            found[at] = "untested" if said in (None, "not_audible") else "clean" if said == right else "exception"
    return found


def _result(name: str, question: Question, all_listened: Sequence[Listened], intake: Intake) -> CheckResult:
    listened = [one for one in all_listened if name in one.answered]
    seen = [_states(name, question.right, one) for one in listened]
    counts = Counter(state for states in seen for state in states.values())
    decided = counts["clean"] + counts["exception"]
    exceptions = [at for states in seen for at, state in states.items() if state == "exception"]
    said_well = sum(at in one.recorded.get(name, ()) for one in listened for at in exceptions)
    parts = _parts(listened, seen)
    ran, none = bool(decided), not sum(counts.values())
    params: dict[str, Any] = {
        "files": sorted({file for one in listened for file in one.files}),
        "drawn": sum(len(one.drawn) for one in listened),
        "recorded_well": said_well,
        "where": [list(pair) for pair in sorted({pair for one in listened for pair in one.where})],
        "restricted": any(set(one.where) - set(question.within.items()) for one in listened),
    }
    proven = ran and all(one.population is not None for one in listened)
    if proven:
        params["sample"] = sample_facts(parts, whole=_whole(listened, seen))
    elif ran:
        params["unproven"] = True
    return CheckResult(
        check=PREFIX + name,
        outcome="ran" if ran else "not_applicable" if none else "not_testable",
        controls=question.controls,
        effect=_effect(question, intake),
        basis="sample",
        reconciled=reconciled_of([{"reconciled": one.reconciled} for one in listened]),
        **_figures(counts, parts if proven else None),
        places=tuple(place(*at) for at in sorted(exceptions)[:PLACES]),
        by_channel=tuple(_by_channel(listened, seen, parts if proven else None)),
        reason=None if ran else "no_records" if none else "not_listened",
        params=params,
    )


def _effect(question: Question, intake: Intake) -> Effect:
    """Return what an exception may do: without a declared consent basis, a missing consent only asks."""
    asks = question.needs_consent and intake.profile.recording_basis != "consent"
    return "indicator" if asks else question.effect


def _figures(counts: Counter[State], parts: Sequence[Part] | None) -> dict[str, Any]:
    decided = counts["clean"] + counts["exception"]
    return {
        "population": sum(counts.values()),
        "exceptions": counts["exception"],
        "untested": counts["untested"],
        "rate": round(counts["exception"] / decided, 6) if decided else None,
        "ci95": interval(parts) if decided and parts else None,
    }


def _parts(listened: Sequence[Listened], seen: Sequence[dict[At, State]]) -> list[Part]:
    """Return hits and decided records by population.

    Where a question does not apply to every record, the population is the like share of all records.
    """
    parts = []
    for one, states in zip(listened, seen, strict=True):
        counts = Counter(states.values())
        decided = counts["clean"] + counts["exception"]
        whole = None if one.endless else one.population
        if whole is not None and one.drawn:
            whole = max(len(states), round(whole * len(states) / len(one.drawn)))
        if decided:
            parts.append(Part(counts["exception"], decided, whole))
    return parts


def _whole(listened: Sequence[Listened], seen: Sequence[dict[At, State]]) -> bool:
    """Tell whether the question applied to every drawn record, so that a number of records can be named."""
    return all(len(states) == len(one.drawn) for one, states in zip(listened, seen, strict=True))


def _by_channel(
    listened: Sequence[Listened], seen: Sequence[dict[At, State]], parts: Sequence[Part] | None
) -> Iterable[ChannelResult]:
    """Yield the counts of each channel; no interval for one of several, whose share of all records is not known."""
    found: dict[str | None, Counter[State]] = {}
    places: dict[str | None, list[At]] = {}
    for one, states in zip(listened, seen, strict=True):
        for at, state in states.items():
            channel = one.channels.get(at)
            found.setdefault(channel, Counter())[state] += 1
            if state == "exception":
                places.setdefault(channel, []).append(at)
    for channel in sorted(found, key=lambda name: (name is None, name or "")):
        first = sorted(places.get(channel, []))[:PLACES_OF_CHANNEL]
        named: Channel | None = channel  # type: ignore[assignment]
        yield ChannelResult(channel=named, places=tuple(place(*at) for at in first),
                            **_figures(found[channel], parts if len(found) == 1 else None))  # fmt: skip
