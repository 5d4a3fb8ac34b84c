"""`gdpr-assess rules`: what the wording linter reports, rule by rule, and the trial of edited packs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gdpr_assess.cli.rule_sheet import coverage, overview, sheet
from gdpr_assess.cli.shown import Nearest
from gdpr_assess.issue import DataError, nearest
from gdpr_assess.lang import LANGUAGES, SOURCE, Texts, texts
from gdpr_assess.wording import LANGUAGES as PACKS
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.labelled import Corpus
from gdpr_assess.wording.pack import rules as all_rules
from gdpr_assess.wording.trial import Trial, attempt

TEST = "test"
MEMORY = Path(".rules_test")


@click.command()
@click.argument("code", required=False, metavar="[CODE|test]")
@click.option("--lang", "language", type=Nearest(PACKS), help="Language of the texts [default: all].")
@click.option("--coverage", "covered", is_flag=True, help="Examples per code and language, with the last review date.")
@click.option(
    "--texts", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("tests/wordings"),
    show_default=True, help="Labelled texts for `rules test`.",
)  # fmt: skip
@click.option("--report-lang", type=click.Choice(LANGUAGES), default=SOURCE, show_default=True, help="Of the messages.")
@click.pass_context
def rules(
    ctx: click.Context, code: str | None, language: str | None, covered: bool, folder: Path, report_lang: str
) -> None:
    """Show the rules of the wording linter, or try them after an edit.

    Without CODE all codes are listed; with one, what it means, the law behind it, and its examples. `rules test` runs
    every example and the labelled texts, names terms without an example, and says what changed since the last trial.

    \b
    Examples:
      gdpr-assess rules
      gdpr-assess rules silence_as_consent --lang pl
      gdpr-assess rules --coverage
      gdpr-assess rules test --lang de
    """
    t, wanted = texts(report_lang), (language,) if language else PACKS
    try:
        if code and code != TEST:
            _refuse_unknown(code)
        if code or covered:
            _read(wanted)
        if covered:
            lines = list(coverage(wanted, t))
        elif code == TEST:
            ctx.exit(0 if _try(wanted, Corpus(folder), t) else 1)
        elif code is None:
            lines = list(overview(t))
        else:
            lines = list(sheet(code, wanted, t))
        for line in lines:
            click.echo(line)
    except DataError as error:
        raise click.ClickException(str(error)) from None


def _refuse_unknown(code: str) -> None:
    if code not in all_rules():
        close = nearest(code, all_rules())
        hint = f"did you mean {close!r}?" if close else "`gdpr-assess rules` lists them all"
        raise click.BadParameter(f"no code {code!r}; {hint}", param_hint="CODE")


def _try(wanted: tuple[str, ...], corpus: Corpus, t: Texts) -> bool:
    passed = True
    for language in wanted:
        trial = attempt(language, corpus, MEMORY)
        passed = passed and trial.passed
        for line in _lines(trial, t):
            click.echo(line)
    return passed


def _read(wanted: tuple[str, ...]) -> None:
    """Read all examples first, so that every mistake in a file is said at once and alone."""
    problems = []
    for language in wanted:
        try:
            examples(language)
        except DataError as error:
            problems.append(str(error))
    if problems:
        raise DataError("\n".join(problems))


def _lines(trial: Trial, t: Texts) -> Iterator[str]:
    for example, problem in trial.problems:
        yield example.placed(problem)
    yield from trial.unshown
    yield from trial.doubts
    yield t("wording_lint.tried", language=trial.language, count=trial.examples, wrong=len(trial.problems))
    for name, group, figures in trial.figures():
        yield f"  {t(f'wording_lint.{name}_texts')}, {t(f'wording_lint.{group}s')}: {figures}"
    if trial.changes:
        yield f"  {t('wording_lint.changed')}"
        yield from (f"    {change}" for change in trial.changes)
