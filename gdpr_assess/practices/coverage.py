"""What each format allows to be tested: the checks are run on a few full records without the columns it leaves out.

`python -m gdpr_assess.practices.coverage` writes the table that stands beside the readers.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Intake, LintResult, Noun, Profile, Wording, WordingKind
from gdpr_assess.practices.case import Case
from gdpr_assess.practices.checks.registry import CHECKS
from gdpr_assess.practices.evidence import read_evidence
from gdpr_assess.practices.exports import Exports
from gdpr_assess.practices.readers.formats import FOLDER, Vendor, format_names, named
from gdpr_assess.practices.readers.nested import Nested
from gdpr_assess.practices.readers.typed import AUTHOR, CUSTOMER
from gdpr_assess.practices.rule import rules
from gdpr_assess.practices.run import run_check
from gdpr_assess.practices.settle import missing_columns
from gdpr_assess.practices.tables import TABLES
from gdpr_assess.yamlfile import load

AS_OF = date(2026, 9, 30)
SAMPLE = PACKAGE / "practices" / "coverage.yaml"
LINKED = {"messages": ("direction", "customer_address", "agent", "channel"), "calls": ("customer_number",)}
"""Columns that the exports of users and tickets of the same system add."""
_OTHER = {"people": "who stands behind an id", "threads": "whose ticket it is"}
DOCUMENT = FOLDER / "README.md"
_INTRO = """# Formats of exports

Written by `python -m gdpr_assess.practices.coverage`; do not edit. A format is recognised by its columns or keys, said
in `gdpr-assess check` and notebook 04, and overridden in `inputs/evidence/evidence.yaml` (`format: name`). Columns that
a format does not fill can come from `evidence.yaml` (`columns`; `$marketing` is that word in every row) or from another
file of the same table. Checks are named as in `practices/rules`; those that look only at tables which the format does
not fill are not listed. *In part* means: only rows which the other columns decide count, the rest is untested. A reader
that is not verified was written from a description, and says so whenever it reads a file.

## evidence.yaml

```yaml
files:
  calls-*.csv:                    # name of a file below inputs/evidence, or a pattern
    format: five9_calls           # one of the formats below; or
    table: calls                  # one of our tables, for a file of your own
    columns: {consent: Opt-in, purpose: $marketing}   # our name: the column of the file, or $ and a word for every row
    values: {consent: {Y: granted, "N*": refused, "-": ""}}  # its word: ours; N*: begins with N; "": says nothing
    time_zone: Europe/Berlin      # of times without one
    dates: dmy                    # or mdy: the order in 3/4/2026
    country: DE                   # of numbers without a country code
    sheet: Export                 # of a workbook: what follows holds for this sheet only
    encoding: cp1250              # where it is not recognised
  notes.csv: {ignore: true}
```

## Formats
"""
_SIDES = {"calls": ("customer_number", "company_number"), "messages": ("customer_address",)}
Columns = Mapping[str, tuple[str, ...]]
Fixed = Mapping[str, Mapping[str, str]]


class Sample(Noun):
    """A few records of each table, every column filled as it would be."""

    calls: list[dict[str, str]]
    recordings: list[dict[str, str]]
    messages: list[dict[str, str]]
    consents: list[dict[str, str]]
    suppressions: list[dict[str, str]]
    requests: list[dict[str, str]]
    training: list[dict[str, str]]
    staff: list[dict[str, str]]
    drills: list[dict[str, str]]


@dataclass(frozen=True)
class Coverage:
    """What a format gives: columns by table, columns that links add, and checks with the columns they miss."""

    columns: dict[str, tuple[str, ...]]
    linked: dict[str, tuple[str, ...]]
    whole: tuple[str, ...]
    partly: dict[str, tuple[str, ...]]
    untestable: dict[str, tuple[str, ...]]


def filled(form: Vendor | Nested) -> dict[str, set[str]]:
    """Return every name that a format fills, by table; links included."""
    if isinstance(form, Nested):
        return {table: set(names) for table, names in form.fills.items()}
    found: dict[str, set[str]] = {}
    for part in form.parts:
        names = {*part.columns, *part.filled, *part.proves}
        sides = _SIDES.get(part.table, ()) if {"caller", "called"} & names else ()
        found.setdefault(part.table, set()).update(names | set(sides))
    return found


def fixed(form: Vendor | Nested) -> Fixed:
    """Return by table the columns that hold one word in every row, such as the channel of stored mail."""
    parts = form.parts if isinstance(form, Vendor) else ()
    tables = Counter(part.table for part in parts)
    return {
        part.table: {ours: theirs[1:] for ours, theirs in part.columns.items() if theirs.startswith("$")}
        for part in parts
        if tables[part.table] == 1
    }


@cache
def coverage(name: str) -> Coverage:
    """Return what the format of this name gives."""
    form = named(name)
    assert form is not None
    given = filled(form) if not isinstance(form, Vendor) or form.columns else {}
    columns = {
        table.name: tuple(column for column in table.names if column in given[table.name])
        for table in TABLES.values()
        if table.name in given
    }
    linked = {
        table: tuple(name for name in LINKED.get(table, ()) if name not in names)
        for table, names in columns.items()
        if {AUTHOR, CUSTOMER} & given[table]
    }
    tables = {table: (*names, *linked.get(table, ())) for table, names in columns.items()}
    whole, partly, untestable = _tested(tables, fixed(form))
    return Coverage(columns, linked, tuple(whole), partly, untestable)


Lacking = dict[str, tuple[str, ...]]


def _tested(columns: Columns, words: Fixed | None = None) -> tuple[list[str], Lacking, Lacking]:
    """Return the checks on these tables: with all they need, decided in part, not testable.

    A check that no record of the format can fall under (chats, in stored mail) is none of these.
    """
    said = _said()
    exports = _exports(columns, said, words or {})
    case = Case(exports, said, AS_OF, {"W1": LintResult(language="en")}, _lint)
    whole: list[str] = []
    partly: Lacking = {}
    untestable: Lacking = {}
    for name, rule in rules().items():
        if not set(rule.needs) & set(columns):
            continue
        result = run_check(name, CHECKS[name], case)
        missing = tuple(column for column in missing_columns(rule, exports) if column.partition(".")[0] in columns)
        if words and result.outcome == "not_applicable":
            continue
        if result.outcome == "not_testable":
            untestable[name] = missing
        elif missing or result.untested:
            partly[name] = missing
        else:
            whole.append(name)
    return whole, partly, untestable


def _exports(columns: Columns, said: Intake, words: Fixed) -> Exports:
    """Return the sample with only these columns; where a check reads either of two tables, the other is left out."""
    beside = {table for rule in rules().values() if set(rule.needs) & set(columns) for table in rule.needs}
    sample = load(SAMPLE, Sample).model_dump(exclude=beside - set(columns))
    with tempfile.TemporaryDirectory() as scratch:
        for name, records in sample.items():
            kept = [column for column in TABLES[name].names if name not in columns or column in columns[name]]
            with (Path(scratch) / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, kept, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(record | words.get(name, {}) for record in records)
        return read_evidence(Path(scratch), said, AS_OF)[0]


def _said() -> Intake:
    """Return a client that has declared everything that a check needs to be declared."""
    profile = Profile(
        client_name="Sample", main_country="SE", roles=("controller",), countries_served=("FR",), channels=("phone",),
        services=("inbound_support",), time_zone="Europe/Stockholm", recording_basis="consent",
        recording_retention_days=90, message_retention_days=365, refresh_days=365,
    )  # fmt: skip
    return Intake(profile=profile, wordings=(Wording(id="W1", kind="consent_request", text="x"),))


def _lint(text: str, *, language: str | None = None, kind: WordingKind | None = None) -> LintResult:  # noqa: ARG001
    return LintResult(language="en")


def _cells(columns: Columns) -> str:
    return "; ".join(f"{table}: {', '.join(names)}" for table, names in columns.items() if names)


def _lacking(checks: Lacking) -> str:
    return "; ".join(f"`{name}` ({', '.join(missing)})" if missing else f"`{name}`" for name, missing in checks.items())


def section(name: str) -> list[str]:
    """Return what is said of one format."""
    form = named(name)
    assert form is not None
    found = coverage(name)
    links = {table: tuple(names) for table, names in found.linked.items() if names}
    other = sorted(set(filled(form)) - set(TABLES))
    seen = ", ".join(f"`{needed}`" for needed in sorted(form.recognise if isinstance(form, Vendor) else form.needs))
    told = {
        "Recognised by": seen,
        "Told from others by": isinstance(form, Vendor) and form.named and f"`{form.named}` in the file's name",
        "Fills": _cells(found.columns),
        "With users, contacts or tickets of the same system also": _cells(links),
        "Tells other exports of the system": ", ".join(_OTHER[table] for table in other),
        "Tested in full": ", ".join(f"`{check}`" for check in found.whole),
        "Tested in part, for want of": _lacking(found.partly),
        "not_testable, for want of": _lacking(found.untestable),
        "Verified": f"yes: {form.source}" if form.verified else f"**no**: {form.source}",
        "Note": form.note,
    }
    return [f"### {name}", "", *(f"- {head}: {text}" for head, text in told.items() if text), ""]


def document() -> str:
    """Return the table of all formats as Markdown."""
    return "\n".join([_INTRO, *(line for name in format_names() for line in section(name))]).rstrip() + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
