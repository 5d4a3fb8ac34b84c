"""`gdpr-assess sample`: draws records of an export for listening or reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from gdpr_assess import pipeline
from gdpr_assess.cli.shown import Client, as_of_option, counted, lang_option
from gdpr_assess.practices.questions import SAMPLED
from gdpr_assess.practices.sampler import MOST, Request, Sampler
from gdpr_assess.practices.sampling import COARSEST, FINEST
from gdpr_assess.workspace import ClientFolder


class Share(click.ParamType[float]):
    """A share such as 5%, 5 % or 0.05."""

    name = "PERCENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share as a number between 0 and 1; what cannot be asked for is a usage error."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        try:
            share = float(text.rstrip("% ").replace(",", ".")) / (100 if text.endswith("%") else 1)
        except ValueError:
            self.fail(f"{value!r} is no share; write for example 5%", param, ctx)
        if not FINEST <= share <= COARSEST:
            self.fail(f"{value!r} is not between {FINEST:.1%} and {COARSEST:.0%}; write for example 5%", param, ctx)
        return share


@click.command()
@click.argument("folder", metavar="DIR", type=Client())
@click.argument("file", metavar="FILE")
@click.option("--table", type=click.Choice(SAMPLED), help="Which records, where the file holds both.")
@click.option("--size", type=click.IntRange(1, MOST), help="How many records.")
@click.option(
    "--precision", type=Share(), help="Draw as many as this precision needs, e.g. 5% [default: 5% without --size]."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another number, other records.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="Only these records; may be given several times.")
@click.option("--by", metavar="COLUMN", help="In groups: channel, direction, country, purpose, team ...")
@click.option("--question", "asked", multiple=True, metavar="NAME", help="Ask only this; may be given several times.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Workbook [default: in inputs/evidence/samples]."
)
@lang_option
@as_of_option
def sample(
    folder: ClientFolder, file: str, table: str | None, size: int | None, precision: float | None, seed: int,
    where: tuple[str, ...], by: str | None, asked: tuple[str, ...], output: Path | None, lang: str | None,
    as_of: date | None,
) -> None:  # fmt: skip
    """Draw calls or messages of an export into a workbook for listening or reading.

    FILE lies below inputs/evidence. The same file, seed and choices give the same records anywhere, and a larger draw
    begins with the records of a smaller one. Fill the workbook in where it lies: the next assessment reads it as
    evidence and says what it means for all records.

    \b
    Examples:
      gdpr-assess sample clients/acme calls.csv --size 100 --where recorded=yes
      gdpr-assess sample clients/acme calls.csv --precision 5% --seed 7 --by direction
      gdpr-assess sample clients/acme mails.csv --table messages --size 60 --lang zh
    """
    if size is not None and precision is not None:
        raise click.UsageError("give either --size or --precision")
    said, _ = pipeline.read_inputs(folder)
    request = Request(file, table, size, precision, seed, where, by, asked, output)
    made = Sampler(folder, said, as_of or date.today()).write(request, lang or said.profile.report_language)
    click.echo(f"Drew {made.rows} of {counted(made.population, 'record')}, seed {seed}")
    click.echo(f"  precise to ±{made.precision:.1%} (95 %, for a share near one half)")
    if made.carried:
        click.echo(f"  answers taken over from earlier sheets: {counted(made.carried, 'record')}")
    click.echo(f"  written: {made.path}")
    if not made.path.resolve().is_relative_to(folder.evidence.resolve()):
        click.echo(f"  when it is filled in, put it into {folder.evidence}")
