"""`gdpr-assess law`: a country's rules with their sources, and which facts need review."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

import click

from gdpr_assess.cli.law_sheet import Sheet
from gdpr_assess.cli.shown import Day
from gdpr_assess.lang import LANGUAGES, SOURCE, Texts, texts
from gdpr_assess.lang.formatting import country_name
from gdpr_assess.law import iso
from gdpr_assess.law.review import to_review


def _stale(on: date, t: Texts) -> None:
    found = to_review(on)
    for file, facts in groupby(found, key=lambda fact: fact.file):
        click.echo(file)
        for fact in facts:
            click.echo(f"  {fact.key}: {t(f'law.why_{fact.why}', as_of=fact.as_of)}")
    count = Counter(fact.why for fact in found)
    counted = {why: count[why] for why in ("memory", "unread", "old", "unknown")}
    click.echo(t("law.stale", total=len(found), on=on, **counted))


@click.command()
@click.argument("country", required=False, metavar="[COUNTRY]")
@click.option("--on", "day", type=Day(), default=None, help="The day at which the rules are wanted [default: today].")
@click.option("--lang", type=click.Choice(LANGUAGES), default=SOURCE, show_default=True, help="Language of the labels.")
@click.option(
    "--stale", is_flag=True, help="List facts that need review: from memory, older than 12 months, or not found."
)
def law(country: str | None, day: date | None, lang: str, stale: bool) -> None:
    """Print a country's rules with their sources: authority, recording, marketing, transfers.

    COUNTRY is an ISO code such as DE; UK and EL are understood. Rules are held for the EEA, the United Kingdom and
    Switzerland; for other countries the adequacy decision is shown.

    \b
    Examples:
      gdpr-assess law DE
      gdpr-assess law FR --on 2026-09-01 --lang zh
      gdpr-assess law --stale
    """
    on, t = day or date.today(), texts(lang)
    if stale == (country is not None):
        raise click.UsageError("give either a COUNTRY or --stale")
    if country is None:
        _stale(on, t)
        return
    code = iso(country)
    if country_name(code, lang) == code or len(code) != len("DE"):
        raise click.BadParameter(f"{country!r} is not the ISO code of a country, such as DE", param_hint="COUNTRY")
    for line in Sheet(code, on, t).lines():
        click.echo(line)
