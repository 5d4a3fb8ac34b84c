"""How many rows a second are read and checked, and the most memory taken: for several sizes, each in a child process.

    python tests/benchmarks/scale.py 50000 500000 5000000 [--folder FOLDER]

For each size as many calls as messages are made (made_exports.py), read and checked. A child process prints for each
check its seconds (by the clock, and of its own processor time: on a busy machine they differ), the rows of its
population in a second, and the most memory held until then. Exports stay in FOLDER and are used again; without one they
are removed. Set TMPDIR where the scratch files shall lie: on a disk, since a TMPDIR in memory would count as memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import made_exports

from gdpr_assess import practices, wording
from gdpr_assess.model import Evidence, Intake, Profile, Wording
from gdpr_assess.practices import CHECKS
from gdpr_assess.practices.case import Case
from gdpr_assess.practices.run import run_check

AS_OF = date(2026, 9, 30)
PROFILE = Profile(
    client_name="Example",
    main_country="DE",
    roles=("controller",),
    countries_served=("DE", "SE"),
    channels=("phone", "email"),
    services=("inbound_support", "outbound_sales"),
    time_zone="Europe/Berlin",
    recording_retention_days=90,
    message_retention_days=300,
)


def intake(folder: Path) -> Intake:
    """Return an intake whose index names the made exports."""
    names = sorted(path.name for path in folder.glob("*.csv"))
    index = tuple(
        Evidence(file=name, extracted_at=datetime(2026, 9, 30, 12), basis="census", time_zone="Europe/Berlin")
        for name in names
    )
    return Intake(profile=PROFILE, evidence=index, wordings=(Wording(id="W1", kind="consent_request"),))


def held() -> str:
    """Return the most memory held until now by this process and by its largest helper, in MB."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, helpers = (resource.getrusage(who).ru_maxrss // 1024 for who in both)
    return f"{own:,} MB" + (f" (+ {helpers:,} MB each helper)" if helpers else "")


def measure(folder: Path) -> None:
    """Read and check one folder, and print the figures."""
    said, begin = intake(folder), now()
    exports, _ = practices.read_evidence(folder, said, AS_OF)
    rows = {name: table.height for name, table in exports.tables.items()}
    total = sum(rows.values())
    line("reading", total, begin)
    said_of = {"W1": wording.lint("You agree that we call you with offers.", kind="consent_request")}
    case = Case(exports, said, AS_OF, said_of, wording.lint_by_rules)
    for name, check in CHECKS.items():
        start = now()
        result = run_check(name, check, case)
        if result.outcome == "ran":
            line(name, result.population, start)
        else:
            print(f"{name:32} {result.outcome} {result.reason}", flush=True)
    looks = {
        "observed": lambda: practices.observed(exports, AS_OF),
        "personal data in free text": lambda: practices.survey(exports),
        "consents that hold": lambda: practices.reconsent(exports, said, AS_OF, said_of),
        "requests as handled": lambda: practices.handled(exports, said, AS_OF),
    }
    for name, look in looks.items():
        start = now()
        look()
        line(name, total, start)
    line("all", total, begin)


def now() -> tuple[float, float]:
    """Return the time, and the processor's seconds spent by this process and by helpers that have ended."""
    spent = os.times()
    return perf_counter(), spent.user + spent.system + spent.children_user + spent.children_system


def line(what: str, count: int, start: tuple[float, float]) -> None:
    """Print what was done since `start`."""
    seconds, busy = (later - before for later, before in zip(now(), start, strict=True))
    rate = count / seconds if seconds else 0
    print(
        f"{what:28} {count:>11,} rows {seconds:>8.2f} s {busy:>8.2f} s CPU {rate:>11,.0f} rows/s  {held()}", flush=True
    )


def run(size: int, folder: Path) -> None:
    """Make exports of a size unless they are there, and measure them in a child process."""
    place = folder / str(size)
    if not (place / "training.csv").is_file():
        made_exports.make(place, size, size)
    busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"\n{size:,} calls and {size:,} messages ({busy})", flush=True)
    subprocess.run([sys.executable, __file__, "--measure", str(place)], check=True)


def main() -> None:
    """Measure every size that is asked for."""
    parser = argparse.ArgumentParser(description="Rows per second and memory of reading and checking exports.")
    parser.add_argument("sizes", type=int, nargs="*", default=[50_000, 500_000])
    parser.add_argument("--folder", type=Path, help="where the exports are made and kept")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure)
        return
    with tempfile.TemporaryDirectory() as made:
        for size in given.sizes:
            run(size, given.folder or Path(made))


if __name__ == "__main__":
    main()
