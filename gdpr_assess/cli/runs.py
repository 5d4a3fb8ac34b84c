"""Commands that make and render runs: assess, report, batch."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from tqdm import tqdm

from gdpr_assess import pipeline
from gdpr_assess.cli.shown import Client, as_of_option, lang_option, left_out, show_issues, show_summary
from gdpr_assess.workspace import ClientFolder, client_folders

SHOWN_WARNINGS = ("review.no_finding", "files.as_of_before_extraction")
"""What `assess` says although nothing was left out: the decision or the date was probably meant otherwise."""


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@as_of_option
def assess(folder: ClientFolder, as_of: date | None) -> None:
    """Assess a client: writes runs/<as-of>/assessment.json and prints a summary.

    Entries with errors are left out, counted and listed first in the report. Refuses (exit code 1) a workbook that
    cannot be read and a profile that cannot decide what applies.

    \b
    Example: gdpr-assess assess clients/acme --as-of 2026-09-30
    """
    with tqdm(total=len(pipeline.STEPS), leave=False, disable=None) as bar:

        def step(name: str) -> None:
            bar.set_description(name)
            bar.update()

        result = pipeline.assess_client(folder, as_of or date.today(), step)
    path = pipeline.save(folder, result)
    show_issues([issue for issue in result.issues if issue.level == "error" or issue.code in SHOWN_WARNINGS])
    show_summary(result, path)


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@lang_option
@as_of_option
def report(folder: ClientFolder, lang: str | None, as_of: date | None) -> None:
    """Render a run: two notebooks, one self-contained HTML page for each, and the Excel registers.

    \b
    Example: gdpr-assess report clients/acme --lang zh
    """
    from gdpr_assess.notebook.render import RenderError, render

    run = pipeline.run_folder(folder, as_of)
    try:
        made = render(run, lang or pipeline.report_language(run))
    except RenderError as error:
        raise click.ClickException(str(error)) from None
    for path in made:
        click.echo(path)


@click.command()
@click.argument("root", metavar="ROOT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@lang_option
@as_of_option
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Clients at the same time.")
@click.pass_context
def batch(ctx: click.Context, root: Path, lang: str | None, as_of: date | None, workers: int) -> None:
    """Assess and render every client folder below ROOT; a client that fails stops nobody else.

    Ends with exit code 1 if any client failed.

    \b
    Example: gdpr-assess batch clients --as-of 2026-09-30 --workers 2
    """
    from gdpr_assess.notebook.batch import run_batch

    folders = client_folders(root.resolve())
    failed = 0
    with tqdm(total=len(folders), unit="client", disable=None) as bar:
        for done in run_batch(folders, as_of or date.today(), lang, workers):
            bar.update()
            note = f"  ({left_out(done.errors)})" if done.errors else ""
            tqdm.write(f"{'failed' if done.problem else 'done'}  {done.folder}{note}")
            if done.problem:
                failed += 1
                tqdm.write(f"        {done.problem}")
    click.echo(f"{len(folders) - failed} of {len(folders)} clients done, {failed} failed")
    ctx.exit(1 if failed else 0)
