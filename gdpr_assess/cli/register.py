"""The command for the record of processing: out to be edited, and back in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gdpr_assess import flows, pipeline
from gdpr_assess.cli.shown import Client, as_of_option, lang_option, show_issues
from gdpr_assess.flows.register_layouts import Layout
from gdpr_assess.report.register_book import usual_layout, write_register
from gdpr_assess.report.register_import import import_register
from gdpr_assess.report.register_tables import RegisterSource
from gdpr_assess.workspace import ClientFolder

Book = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@click.option("--export", "target", metavar="FILE", type=Book, help="Write the record of processing to this workbook.")
@click.option("--import", "source", metavar="FILE", type=Book, help="Take the edits in this workbook into the intake.")
@click.option(
    "--layout", type=click.Choice(["ico", "cnil"]), default=None, help="Order of columns [default: by country]."
)
@lang_option
@as_of_option
def register(
    folder: ClientFolder, target: Path | None, source: Path | None, layout: Layout | None, lang: str | None,
    as_of: date | None,
) -> None:  # fmt: skip
    """Export the record of processing (Art. 30) to Excel, or bring an edited one back into the intake.

    An import takes over all edits or, where one cannot be taken over, none, and says which cell it is.

    \b
    Examples:
      gdpr-assess register clients/acme --export register.xlsx --layout cnil
      gdpr-assess register clients/acme --import register.xlsx
    """
    if (target is None) == (source is None):
        raise click.UsageError("give either --export FILE or --import FILE")
    pipeline.need_intake(folder)
    if source is not None:
        _import(folder, source)
    elif target is not None:
        _export(folder, target, layout, lang, as_of or date.today())


def _import(folder: ClientFolder, source: Path) -> None:
    if not source.is_file():
        raise click.UsageError(f"there is no file {source}")
    count, issues = import_register(source, folder.intake)
    show_issues(issues)
    click.echo(f"{count} {'entry' if count == 1 else 'entries'} changed in {folder.intake}")


def _export(folder: ClientFolder, target: Path, layout: Layout | None, lang: str | None, as_of: date) -> None:
    said, issues = pipeline.read_inputs(folder)
    show_issues([issue for issue in issues if issue.level == "error"])
    profile = said.profile
    made = RegisterSource(profile, flows.register(said, as_of), said.partners, said.systems, as_of)
    path = write_register(made, target, layout or usual_layout(profile.main_country), lang or profile.report_language)
    click.echo(path or "No flow is declared: there is nothing to record yet.")
