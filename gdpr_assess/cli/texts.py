"""`gdpr-assess texts`: for translators, what is missing or out of date."""

from __future__ import annotations

import click

from gdpr_assess.lang import LANGUAGES, SOURCE
from gdpr_assess.lang.stamp import stamp
from gdpr_assess.lang.texts import entries, state


@click.command()
@click.argument("lang", type=click.Choice([lang for lang in LANGUAGES if lang != SOURCE]))
@click.option("--stamp", "area", metavar="AREA", help="Mark the texts of an area as made from today's English.")
@click.pass_context
def texts(ctx: click.Context, lang: str, area: str | None) -> None:
    """List the texts of a language that are missing, out of date, unknown or left in English.

    \b
    Examples:
      gdpr-assess texts zh
      gdpr-assess texts zh --stamp report
    """
    if area:
        click.echo(f"{stamp(lang, area)} texts stamped")
        return
    found = state(lang)
    for kind, keys in found.items():
        for key in keys:
            click.echo(f"{kind:<10} {key}")
    bad = sum(map(len, found.values()))
    click.echo(f"{len(entries(SOURCE))} texts checked, {bad} to do")
    ctx.exit(1 if bad else 0)
