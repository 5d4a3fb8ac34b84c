"""The command group and what all commands share: dates, folders, and how mistakes are shown."""

from __future__ import annotations

import errno
from typing import Any

import click

from gdpr_assess import __version__
from gdpr_assess.cli.client import check, init, publish, refresh, review
from gdpr_assess.cli.law import law
from gdpr_assess.cli.lint import lint
from gdpr_assess.cli.register import register
from gdpr_assess.cli.rules import rules
from gdpr_assess.cli.runs import assess, batch, report
from gdpr_assess.cli.sample import sample
from gdpr_assess.cli.serving import demo, lab, serve
from gdpr_assess.cli.shown import show_issues
from gdpr_assess.cli.texts import texts
from gdpr_assess.issue import UserError
from gdpr_assess.workspace import os_problem


class Program(click.Group):
    """The group; mistakes in the user's files are shown with place, refusals of the system with path: exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; UserError and OSError become messages and exit code 1."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            show_issues(error.issues)
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output went away: click's business
                raise
            click.echo(f"error: {os_problem(error)}", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a consultant needs them."""
        return list(self.commands)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gdpr-assess")
def main() -> None:
    """Assess how a customer service complies with the GDPR.

    \b
    A first client, from nothing to a dashboard:
      gdpr-assess init acme --lang en        # new client folder with a blank workbook
      gdpr-assess check acme                 # after filling it: every mistake, placed
      gdpr-assess assess acme                # runs/<today>/assessment.json and a summary
      gdpr-assess report acme                # notebooks, HTML, Excel registers
      gdpr-assess publish acme --by "N. N."  # sign off
      gdpr-assess serve .                    # dashboards in the browser
    """


for command in (
    init, refresh, check, sample, assess, review, publish, report, register, batch, serve, lab, lint, rules, law, texts,
    demo,
):  # fmt: skip
    main.add_command(command)
