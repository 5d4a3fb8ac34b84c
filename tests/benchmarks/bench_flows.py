"""How fast the three assessments are: `make benchmark` prints seconds and rates on this machine, and asserts no time.

Measured are the flow rules on a client of 500 systems and 3,000 flows (one process, one core; the aim is less than
5 seconds), the wording linter on 5,000 short messages with the language given and detected, and the reading and
checking of an export of 50,000 calls. What is measured is generated here from fixed seeds, so that figures of
different days compare; each is the best of `ROUNDS`. Asserted is only that the work was done at all.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeVar

import pytest

from gdpr_assess import flows, practices, wording
from gdpr_assess.model import Evidence, Flow, Intake, Partner, Profile, System
from gdpr_assess.practices.tables import TABLES

AS_OF = date(2026, 9, 30)
ROUNDS = 3
SYSTEMS, FLOWS, MESSAGES, CALLS = 500, 3_000, 5_000, 50_000
LANDS = ("DE", "FR", "SE", "PH", "IN", "US", "GB", "CN", "TN", "CA")
PROFILE = Profile(
    client_name="Benchmark",
    main_country="DE",
    roles=("controller", "processor"),
    eu_establishments=("DE",),
    countries_served=("DE", "FR", "SE"),
    channels=("phone", "email", "chat"),
    services=("inbound_support", "outbound_sales"),
    recording_retention_days=30,
    records_calls=True,
    monitors_agents=True,
    special_categories=False,
    home_working=True,
)
ENGLISH = (
    "Calls are recorded for training, order {n}.",
    "If you stay on the line you agree to the recording of case {n}.",
    "We keep your order {n} for 24 months and you may withdraw consent at any time.",
    "Reply STOP to hear no more about offer {n}.",
    "Your data may be shared with partners for ticket {n}.",
    "Thanks, parcel {n} arrives tomorrow between nine and noon.",
)
CHINESE = (
    "本次通话将被录音，订单{n}。",
    "如您继续通话，即视为同意对{n}号事项录音。",
    "我们将订单{n}的信息保存24个月，您可以随时撤回同意。",
    "回复TD退订{n}号优惠信息。",
    "您的{n}号工单信息可能会与合作伙伴共享。",
    "谢谢，包裹{n}明天上午送达。",
)
T = TypeVar("T")


def best(work: Callable[[], T]) -> tuple[float, T]:
    """Return the shortest time of `ROUNDS` rounds in seconds, and what the work gave."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        given = work()
        times.append(perf_counter() - start)
    return min(times), given


def say(what: str, seconds: float, count: int) -> None:
    """Print a figure, and how busy the machine is otherwise."""
    busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    print(f"\n{what}: {seconds:.2f} s, {count / seconds:,.0f} per second ({busy})", end="")


def large_client() -> Intake:
    """Return a client with many partners, systems and flows, about half of them with something missing."""
    pick = Random(30)
    partners = [
        Partner(id=f"P{n}", name=f"Partner {n}", country=pick.choice(LANDS), contract=pick.choice([True, False, None]),
                role="sub_processor" if n % 3 == 2 else "processor", engaged_by=f"P{n - 1}" if n % 3 == 2 else "client")
        for n in range(60)
    ]  # fmt: skip
    systems = [
        System(id=f"Y{n}", name=f"System {n}", kind=pick.choice(["crm", "recording", "email", "telephony"]),
               operator=pick.choice(["client", *(partner.id for partner in partners)]),
               hosting_country=pick.choice([*LANDS, None]), access_countries=tuple(pick.sample(LANDS, 2)),
               retention_days=pick.choice([None, 20, 400]), deletion=pick.choice([None, "none", "automatic"]),
               data_categories=tuple(pick.sample(["contract", "card", "call_recording"], 2)),
               access_logs=pick.choice([True, False, None]), mfa=pick.choice([True, False, None]),
               encrypted_transit=True, encrypted_rest=pick.choice([True, False, None]))
        for n in range(SYSTEMS)
    ]  # fmt: skip
    ends = ["people", "client", *(item.id for item in [*partners, *systems])]
    moved = [
        Flow(id=f"F{n}", source=pick.choice(ends), target=pick.choice(ends),
             kind=pick.choice(["collection", "storage", "disclosure", "remote_access"]),
             purpose=pick.choice(["service", "marketing", "quality"]),
             on_behalf_of=pick.choice([None, "client", "P1"]), retention_days=pick.choice([None, 10, 90]),
             data_categories=tuple(pick.sample(["identity", "contact", "health", "call_recording"], 2)),
             legal_basis=pick.choice([None, "contract", "legitimate_interest"]),
             transfer_tool=pick.choice([None, "none", "scc_module_2", "scc_module_3", "adequacy", "bcr"]),
             tia_date=pick.choice([None, date(2023, 1, 1), date(2026, 3, 1)]), encrypted=pick.choice([True, None]))
        for n in range(FLOWS)
    ]  # fmt: skip
    return Intake(profile=PROFILE, partners=tuple(partners), systems=tuple(systems), flows=tuple(moved))


def messages(forms: tuple[str, ...]) -> list[str]:
    """Return short messages, no two alike."""
    return [forms[n % len(forms)].format(n=70_000 + n) for n in range(MESSAGES)]


def calls(path: Path) -> None:
    """Write an export of calls: most recorded after consent, some without; every twentieth with a transcript."""
    pick, start = Random(31), datetime(2026, 7, 1, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, TABLES["calls"].names, restval="")
        writer.writeheader()
        for n in range(CALLS):
            at = start + timedelta(seconds=150 * n)
            consent = pick.choice(["granted"] * 8 + ["refused", "none"])
            moment = [(at + timedelta(seconds=second)).isoformat() for second in (0, 20, 25, 40, 45, 400)]
            recorded = consent == "granted" or n % 50 == 0
            writer.writerow({
                "call_id": f"C{n:06}", "started_at": moment[0], "answered_at": moment[1], "announced_at": moment[2],
                "consent": consent, "consent_at": moment[3] if consent != "none" else "",
                "recorded": str(recorded).lower(), "recording_started_at": moment[4] if recorded else "",
                "recording_stopped_at": moment[5] if recorded else "", "ended_at": moment[5],
                "direction": pick.choice(["inbound", "outbound"]), "purpose": pick.choice(["service", "marketing"]),
                "customer_number": f"+4930231{n:06}", "company_number": "+493023125999", "customer_country": "DE",
                "agent": f"agent{n % 80:03}", "queue": "service", "disposition": "resolved",
                "transcript": f"The order {n} is late. I am sorry, I will look." if n % 20 == 0 else "",
            })  # fmt: skip


def test_flows_of_a_large_client() -> None:
    intake = large_client()
    seconds, found = best(lambda: flows.assess(intake, AS_OF))
    say(f"flow rules, {SYSTEMS} systems and {FLOWS:,} flows, {len(found):,} findings", seconds, FLOWS)
    assert found


@pytest.mark.parametrize("given", [True, False], ids=["language known", "language detected"])
@pytest.mark.parametrize(("language", "forms"), [("en", ENGLISH), ("zh", CHINESE)], ids=["en", "zh"])
def test_linter_on_short_messages(language: str, forms: tuple[str, ...], given: bool) -> None:
    told, batch = language if given else None, messages(forms)
    wording.lint(batch[0], language=told)  # packs are read once
    seconds, results = best(lambda: [wording.lint(text, language=told) for text in batch])
    how = "known" if given else "detected"
    right = sum(result.language == language for result in results)
    say(f"linter, {MESSAGES:,} messages ({language}, language {how}, {right:,} analysed as such)", seconds, MESSAGES)
    assert any(result.defects for result in results)


def test_reading_and_checking_calls(tmp_path: Path) -> None:
    calls(tmp_path / "calls.csv")
    index = Evidence(file="calls.csv", extracted_at=datetime(2026, 9, 30, 12), basis="census", time_zone="UTC")
    intake = Intake(profile=PROFILE, evidence=(index,))
    seconds, (exports, _) = best(lambda: practices.read_evidence(tmp_path, intake, AS_OF))
    say(f"reading {CALLS:,} calls", seconds, CALLS)
    assert exports["calls"].frame.height == CALLS
    seconds, (checks, found) = best(lambda: practices.run_checks(exports, intake, AS_OF, {}, wording.lint))
    ran = sum(check.outcome == "ran" for check in checks)
    say(f"checking {CALLS:,} calls, {ran} checks ran, {len(found)} with exceptions", seconds, CALLS)
    assert ran
    assert not [check.check for check in checks if check.outcome == "failed"]
