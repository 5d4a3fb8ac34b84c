"""Commands for one client folder: init, refresh, check, review, publish."""

from __future__ import annotations

from datetime import date
from typing import get_args

import click

from gdpr_assess import intake, pipeline
from gdpr_assess import review as reviewing
from gdpr_assess.cli.shown import Client, Day, as_of_option, counted, show_files, show_issues
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.lang.sentences import finding_sentence
from gdpr_assess.model import CLIENT, Decision, ReviewDecision
from gdpr_assess.report import load_run
from gdpr_assess.workspace import ClientFolder


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the workbook.")
def init(folder: ClientFolder, lang: str) -> None:
    """Make a client folder with a blank intake workbook.

    \b
    Example: gdpr-assess init clients/acme --lang zh
    """
    if folder.intake.exists():
        raise click.UsageError(f"{folder.intake} exists already; nothing was changed")
    for path in (folder.wordings, folder.evidence):
        path.mkdir(parents=True, exist_ok=True)
    intake.blank(folder.intake, lang)
    click.echo(f"Fill in {folder.intake}, put texts into {folder.wordings} and exports into {folder.evidence}.")
    click.echo(f"Then: gdpr-assess check {folder.root}")


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Change the language of the workbook.")
def refresh(folder: ClientFolder, lang: str | None) -> None:
    """Mark in the workbook which controls apply and add the rows that sites, processors and systems need.

    Every answer is kept.

    \b
    Example: gdpr-assess refresh clients/acme
    """
    pipeline.need_intake(folder)
    issues = intake.refresh(folder.intake, lang)
    show_issues(issues)
    click.echo(f"Refreshed {folder.intake}")


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language [default: the workbook's].")
@as_of_option
@click.pass_context
def check(ctx: click.Context, folder: ClientFolder, lang: str | None, as_of: date | None) -> None:
    """Read all inputs and print every mistake: file, sheet, cell or row, what was found, what is allowed.

    Of each export it says which table it is and in which format it was read. Ends with exit code 1 if there is any
    error; warnings alone do not count.

    \b
    Example: gdpr-assess check clients/acme
    """
    checked = pipeline.check_client(folder, as_of or date.today())
    show_issues(checked.issues, lang or checked.language)
    show_files(checked.files)
    errors = sum(issue.level == "error" for issue in checked.issues)
    warnings = len(checked.issues) - errors
    click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')} in {folder.root}")
    ctx.exit(1 if errors else 0)


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@as_of_option
@click.option("--finding", metavar="ID", help="The finding to decide on, as listed.")
@click.option("--document", metavar="CONTROL[@SCOPE]", help="A control whose document was read and is in order.")
@click.option("--decision", type=click.Choice(get_args(Decision)), default="confirmed", show_default=True)
@click.option("--reason", help="Why; needed with a decision.")
@click.option("--by", metavar="NAME", help="Who decides; needed with a decision.")
@click.option("--on", type=Day(), default=None, help="When it was decided [default: today].")
def review(
    folder: ClientFolder, as_of: date | None, finding: str | None, document: str | None, decision: Decision,
    reason: str | None, by: str | None, on: date | None,
) -> None:  # fmt: skip
    """List the findings of a run with the decisions on them, or set a decision.

    A decision stays with its finding in later runs and never deletes it.

    \b
    Examples:
      gdpr-assess review clients/acme
      gdpr-assess review clients/acme --finding 3f9a1c77d0e2 --decision false_positive \\
          --reason "test line, not used for customers" --by "A. Consultant"
      gdpr-assess review clients/acme --document TRA-01 --reason "certificates seen" --by "A. Consultant"
    """
    if finding is None and document is None:
        _list_findings(folder, as_of)
        return
    if not reason or not by:
        raise click.UsageError("a decision needs --reason and --by")
    control, _, scope = (document or "").partition("@")
    made = ReviewDecision(
        finding=finding, control=control or None, scope=(scope or CLIENT) if control else None, decision=decision,
        reason=reason, by=by, on=on or date.today(),
    )  # fmt: skip
    reviewing.set_decision(folder, made)
    click.echo(f"Noted in {folder.review}; it takes effect at the next assessment.")


def _list_findings(folder: ClientFolder, as_of: date | None) -> None:
    run = load_run(pipeline.run_folder(folder, as_of))
    decided = {item.finding: item for item in run.review if item.finding}
    for item in run.findings:
        made = decided.get(item.id)
        note = f"  [{made.decision}: {made.reason}, {made.by}, {made.on}]" if made else ""
        click.echo(f"{item.id}  {item.severity:<6}  {item.rule}  {finding_sentence(item, 'title', 'en')}{note}")
    click.echo(f"{counted(len(run.findings), 'finding')}, {len(decided)} decided")


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@as_of_option
@click.option("--by", metavar="NAME", required=True, help="Who signs the run off.")
def publish(folder: ClientFolder, as_of: date | None, by: str) -> None:
    """Sign a run off: it is frozen with name, date and hash, and only then served to clients.

    \b
    Example: gdpr-assess publish clients/acme --as-of 2026-09-30 --by "A. Consultant"
    """
    run = pipeline.run_folder(folder, as_of)
    reviewing.publish(folder, date.fromisoformat(run.name), by, date.today())
    result = load_run(run)
    undecided = {item.id for item in result.findings} - {item.finding for item in result.review}
    click.echo(f"Published {run}")
    click.echo(f"  {len(undecided)} of {counted(len(result.findings), 'finding')} without a decision")
