"""`gdpr-assess lint`: the wording linter alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import click

from gdpr_assess import intake, pipeline, wording
from gdpr_assess.cli.lint_input import Line, Note, RecordLine, lines
from gdpr_assess.cli.lint_output import AsJson, AsText, AsWorkbook, Output, without_words
from gdpr_assess.cli.lint_progress import Bar
from gdpr_assess.cli.shown import Client
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.model import DataFrom, Intake, LegalBasis, LintResult, Severity, Wording, WordingKind
from gdpr_assess.wording import Known
from gdpr_assess.wording.known import told
from gdpr_assess.wording.situation import known as known_of
from gdpr_assess.workspace import ClientFolder

RANK: dict[str, int] = {"low": 0, "medium": 1, "high": 2}


class Checked:
    """Lints line after line; counts those that could not be read, and keeps the worst severity seen."""

    def __init__(self, common: Line, lang: str, bar: Bar, *, client: Intake | None, likely: bool) -> None:
        self._common, self._lang, self._bar, self._client, self._likely = common, lang, bar, client, likely
        self.bad, self.worst = 0, -1

    def results(self, found: Iterator[Line | str]) -> Iterator[tuple[Line, LintResult]]:
        """Yield each text with its result; what cannot be read is told and counted."""
        waiting: list[Line] = []

        def texts() -> Iterator[tuple[str, Known]]:
            for line in found:
                if isinstance(line, str):
                    self._bar.say(line if isinstance(line, Note) else f"error: {line}")
                    self.bad += not isinstance(line, Note)
                else:
                    filled = self._filled(line)
                    waiting.append(filled)
                    yield line.text, self._known(filled)

        for result in wording.lint_many(texts(), lang=self._lang):
            self.worst = max([self.worst, *(RANK[defect.severity] for defect in result.defects if not defect.asks)])
            line = waiting.pop(0)
            yield without_words(line, result) if isinstance(line, RecordLine) else (line, result)

    def _filled(self, line: Line) -> Line:
        """Return a text with what is known of all where it says nothing itself."""
        names = ("language", "kind", "country", "basis", "data_from")
        return line.model_copy(update={name: getattr(line, name) or getattr(self._common, name) for name in names})

    def _known(self, line: Line) -> Known:
        """Return what is known of a text: of a text of the client also what the intake says."""
        likely = self._likely and not isinstance(line, RecordLine)
        if self._client is not None and line.kind is not None:
            wording = Wording(id=line.id, **line.model_dump(exclude={"id", "text"}))
            return replace(known_of(wording, self._client, date.today()), likely=likely)
        known = told(
            language=line.language, kind=line.kind, country=line.country, basis=line.basis, data_from=line.data_from
        )
        return replace(known, likely=likely)


def _output(form: str, target: Path | None, advise: bool, client: Intake | None, lang: str) -> Output:
    if (form == "xlsx") != (target is not None):
        raise click.UsageError("--format xlsx and --output FILE belong together")
    if advise and form != "text":
        raise click.UsageError("--fix-suggestions is for --format text")
    if target is not None and not target.parent.is_dir():
        raise click.BadParameter(f"there is no folder {target.parent}", param_hint="--output")
    if target is not None:
        return AsWorkbook(target, lang)
    if form == "jsonl":
        return AsJson()
    return AsText(lang, advise=advise, intake=client)


def _intake(client: ClientFolder) -> Intake:
    """Return what the client says; raises UserError where that cannot be read."""
    pipeline.need_intake(client)
    found = intake.read(client.intake)
    if found.intake is None:
        raise UserError(list(found.issues))
    return found.intake


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "xlsx"]), default="text", show_default=True)
@click.option("--output", "target", type=click.Path(dir_okay=False, path_type=Path), help="Workbook for --format xlsx.")
@click.option("--lang", "language", metavar="L", help="Language of the texts [default: detected].")
@click.option("--kind", type=click.Choice(get_args(WordingKind)), help="What the texts are used for.")
@click.option("--country", metavar="CC", help="Country of the people addressed (ISO code).")
@click.option("--basis", type=click.Choice(get_args(LegalBasis)), help="Legal basis the texts rest on.")
@click.option("--data-from", type=click.Choice(get_args(DataFrom)), help="Where the data come from (Art. 13 or 14).")
@click.option("--column", metavar="NAME", help="Column of a table that holds the texts [default: text, wording ...].")
@click.option(
    "--fix-suggestions", "advise", is_flag=True, help="Show the change for each finding and a compliant text."
)
@click.option("--by-rules", is_flag=True, help="Only what rules find, not what words make likely.")
@click.option(
    "--client", metavar="DIR", type=Client(),
    help="Client folder: what its intake says decides what texts must say, and fills the suggested ones.",
)  # fmt: skip
@click.option("--report-lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the messages.")
@click.option("--fail-on", type=click.Choice(list(RANK)), help="Exit code 1 at a defect of this severity or above.")
@click.pass_context
def lint(
    ctx: click.Context, files: tuple[str, ...], form: str, target: Path | None, language: str | None,
    kind: WordingKind | None, country: str | None, basis: LegalBasis | None, data_from: DataFrom | None,
    column: str | None, advise: bool, by_rules: bool, client: ClientFolder | None, report_lang: str,
    fail_on: Severity | None,
) -> None:  # fmt: skip
    """Check announcements, scripts, consent texts and notices.

    Files of text (.txt, .md, .html, .docx, .eml) hold one text each. Tables (.csv, .tsv, .xlsx) hold one per row, in
    the column named by --column; columns id, language, kind, country, basis and data_from are used. Exports (.json) are
    read in the fields that hold wordings: Zendesk macros, triggers, automations, dynamic content, articles, public
    comments and chats; Intercom articles and what the company wrote in conversations; HubSpot forms and marketing
    e-mails; Mailchimp lists, marketing permissions, sign-up forms and campaigns. Records and fields that are not read
    are named. .jsonl files (and standard input with --format jsonl) hold one object per line: {"id", "text"} and
    optionally "language", "kind", "country", "basis", "data_from". A line that is wrong is named, the others are
    checked all the same, and the exit code is 1. Of exports of calls and messages, places are given but no words: they
    are those of customers.

    \b
    Examples:
      gdpr-assess lint announcement.txt --kind recording_notice --fix-suggestions --client clients/acme
      gdpr-assess lint --format jsonl < texts.jsonl > results.jsonl
      gdpr-assess lint macros.csv --column body --format xlsx --output findings.xlsx
      gdpr-assess lint scripts/*.docx --fail-on high
    """
    said = _intake(client) if client else None
    output = _output(form, target, advise, said, report_lang)
    common = Line(id="", text="", language=language, kind=kind, country=country, basis=basis, data_from=data_from)
    with closing(Bar(files)) as bar:
        checked = Checked(common, report_lang, bar, client=said, likely=not by_rules)
        for line, result in checked.results(lines(files, form == "jsonl", column, bar)):
            bar.text()
            with bar.aside(sys.stdout):
                output.add(line, result)
    output.close()
    ctx.exit(1 if checked.bad or (fail_on and checked.worst >= RANK[fail_on]) else 0)
