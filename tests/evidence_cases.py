"""Small evidence folders written by hand, for the tests of readers and checks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from gdpr_assess.issue import Issue
from gdpr_assess.model import ChannelResult, CheckResult, Evidence, Hit, Intake, LintResult, Profile, Wording
from gdpr_assess.practices import Exports, read_evidence
from gdpr_assess.practices.case import Case
from gdpr_assess.practices.checks.registry import CHECKS
from gdpr_assess.practices.run import run_check

AS_OF = date(2026, 9, 30)
EXTRACTED = datetime(2026, 9, 30, 12, 0)


def profile(**changes: Any) -> Profile:
    known: dict[str, Any] = {
        "client_name": "Example",
        "main_country": "SE",
        "roles": ("controller",),
        "countries_served": ("SE", "DE"),
        "channels": ("phone", "email"),
        "services": ("inbound_support",),
        "time_zone": "Europe/Stockholm",
    }
    return Profile(**(known | changes))


def intake(files: tuple[Evidence, ...] = (), wordings: tuple[Wording, ...] = (), **changes: Any) -> Intake:
    return Intake(profile=profile(**changes), evidence=files, wordings=wordings)


def index(*names: str, **changes: Any) -> tuple[Evidence, ...]:
    known: dict[str, Any] = {"extracted_at": EXTRACTED, "basis": "census", "time_zone": "Europe/Stockholm"}
    return tuple(Evidence(file=name, **(known | changes)) for name in names)


def write(folder: Path, **tables: str) -> None:
    """Write tables given as lines of cells parted by `|`; the first line is the header."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        lines = [",".join(f'"{cell.strip()}"' for cell in line.split("|")) for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def seen_elements(text: str, *, language: str | None = None, kind: str | None = None) -> LintResult:
    """Stand in for the linter: every word of a text is an element; a text in `??` has no language."""
    if text == "??":
        return LintResult(language=None, not_analysed="unknown_language")
    return LintResult(language="en", elements=tuple(Hit(code=word, start=0, end=1, quote="x") for word in text.split()))


def check(
    folder: Path, name: str, *, wordings: dict[str, LintResult] | None = None, said: Intake | None = None, **tables: str
) -> CheckResult:
    """Return the result of one check on tables."""
    exports, _ = read(folder, said, **tables)
    said = said or intake()
    case = Case(exports, said, AS_OF, wordings or {}, seen_elements)  # type: ignore[arg-type]
    return run_check(name, CHECKS[name], case)


def read(folder: Path, said: Intake | None = None, **tables: str) -> tuple[Exports, list[Issue]]:
    """Write tables and read them as evidence, extracted at noon of the as-of date."""
    write(folder, **tables)
    said = said or intake()
    named = Intake(profile=said.profile, wordings=said.wordings, evidence=index(*(f"{table}.csv" for table in tables)))
    return read_evidence(folder, named, AS_OF)


def rows(result: CheckResult | ChannelResult) -> list[int | None]:
    return [place.row for place in result.places]


def counts(result: CheckResult) -> tuple[str, int, int, int]:
    return result.outcome, result.population, result.exceptions, result.untested
