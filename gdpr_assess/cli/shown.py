"""What several commands print: issues, summaries, and the options they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from gdpr_assess.issue import Issue, nearest
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.lang.sentences import issue_sentence
from gdpr_assess.model import Assessment, RunIssue
from gdpr_assess.workspace import ClientFolder

AnyCommand = Callable[..., Any]
GDPR_APPLIES = date(2018, 5, 25)
DAYS_AHEAD = 31


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; a wrong form is a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date of the form YYYY-MM-DD", param, ctx)


class AssessmentDay(Day):
    """A date at which an assessment makes sense."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; one before the GDPR applied or far in the future is a usage error."""
        day, last = super().convert(value, param, ctx), date.today() + timedelta(days=DAYS_AHEAD)
        if not GDPR_APPLIES <= day <= last:
            self.fail(f"{day} is not between {GDPR_APPLIES} (the GDPR applies) and {last} (a month ahead)", param, ctx)
        return day


class Nearest(click.Choice[str]):
    """One of some names; a wrong one is told with the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is allowed, and what may have been meant."""
        close = nearest(str(value), self.choices)
        meant = f" Did you mean {close!r}?" if close else ""
        return super().get_invalid_choice_message(value, ctx) + meant


class Client(click.ParamType[ClientFolder]):
    """A client folder."""

    name = "DIR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ClientFolder:
        """Return the folder's paths; whether it holds anything is the command's question."""
        return value if isinstance(value, ClientFolder) else ClientFolder(Path(value).resolve())


def as_of_option(command: AnyCommand) -> AnyCommand:
    """Add `--as-of`; today where it is not given."""
    return click.option("--as-of", type=AssessmentDay(), default=None, help="Date of the assessment [default: today].")(
        command
    )


def lang_option(command: AnyCommand) -> AnyCommand:
    """Add `--lang`."""
    return click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language [default: the client's].")(
        command
    )


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def show_issues(issues: Sequence[Issue | RunIssue], lang: str = "en") -> None:
    """Print every issue, errors first, on standard error."""
    for issue in sorted(issues, key=lambda i: i.level):
        click.echo(f"{issue.level}: {issue_sentence(issue, lang)}", err=True)


def show_files(files: Sequence[Mapping[str, Any]]) -> None:
    """Print how each export was understood; `format` in evidence.yaml overrides it."""
    for fact in files:
        sheet = f" ({fact['sheet']})" if fact["sheet"] else ""
        rows = counted(fact["rows"], "row")
        click.echo(f"read: {fact['file']}{sheet}: {fact['table']}, format {fact['format']}, {rows}")


def left_out(errors: int) -> str:
    """Return how many entries an assessment did without."""
    return counted(errors, "entry with errors was left out", "entries with errors were left out")


def show_summary(result: Assessment, path: Path) -> None:
    """Print what an assessment came to."""
    count = Counter(verdict.verdict for verdict in result.verdicts)
    gaps = Counter(gap.severity for gap in result.gaps if not gap.improvement)
    contradicted = sum(verdict.contradicted for verdict in result.verdicts)
    click.echo(f"{result.client.client_name}, as of {result.as_of}: {len(result.verdicts)} verdicts")
    click.echo(
        f"  met {count['met']}, partly {count['partly']}, not met {count['not_met']}, not assessed"
        f" {count['not_assessed']}, not applicable {count['not_applicable']}"
    )
    click.echo(
        f"  gaps: {gaps['high']} high, {gaps['medium']} medium, {gaps['low']} low;"
        f" claimed but contradicted by evidence: {contradicted}"
    )
    click.echo(f"  findings {len(result.findings)}, checks {len(result.checks)}, actions {len(result.actions)}")
    errors = sum(issue.level == "error" for issue in result.issues)
    if errors:
        click.echo(f"  {left_out(errors)}: see `gdpr-assess check`")
    click.echo(f"  written: {path}")
