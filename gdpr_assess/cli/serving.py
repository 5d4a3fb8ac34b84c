"""Commands that open something: serve, lab, demo."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import click
from tqdm import tqdm

from gdpr_assess import pipeline, review
from gdpr_assess.cli.shown import Client, show_summary
from gdpr_assess.installed import shipped
from gdpr_assess.workspace import ClientFolder, client_folders

SAMPLES_AS_OF = date(2026, 9, 30)
"""The date at which the sample clients are assessed, so that their reports are the same every day."""


@click.command()
@click.argument("root", metavar="ROOT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), default=8866, show_default=True, help="Port.")
@click.option("--token", help="Access token [default: a new one at each start].")
@click.option("--drafts", is_flag=True, help="Also show runs that are not signed off (for the consultant).")
@click.option("--read-only", is_flag=True, help="No page changes a client's folder (for the client).")
def serve(root: Path, port: int, token: str | None, drafts: bool, read_only: bool) -> None:
    """Serve the dashboards of all published runs below ROOT on this machine.

    Everyone with the printed address sees every client below ROOT: separate access per client does not exist yet, so
    do not hand the address to several clients. In the gap analysis a text that was tried can be taken over into the
    client's folder, unless the dashboards are for reading only.

    \b
    Examples:
      gdpr-assess serve clients --port 8866
      gdpr-assess serve clients/acme --read-only
    """
    from gdpr_assess.notebook.serve import serve as start

    start(root.resolve(), port=port, token=token, drafts=drafts, read_only=read_only)


@click.command()
@click.argument("folder", metavar="[DIR]", type=Client(), required=False)
@click.option("--port", type=click.IntRange(1, 65535), default=8888, show_default=True, help="Port.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
def lab(folder: ClientFolder | None, port: int, no_browser: bool) -> None:
    """Open the walk-through notebooks in JupyterLab, for the client DIR where one is given.

    \b
    Example: gdpr-assess lab clients/acme
    """
    from gdpr_assess.notebook.lab import open_lab

    open_lab(folder.root if folder else None, port=port, browser=not no_browser)


@click.command()
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".demo"),
    show_default=True,
    help="Folder for the copies of the sample clients; it is emptied first.",
)
@click.option("--no-serve", is_flag=True, help="Stop after rendering.")
@click.option("--port", type=click.IntRange(1, 65535), default=8866, show_default=True, help="Port.")
def demo(to: Path, no_serve: bool, port: int) -> None:
    """Assess the sample clients end to end, render their reports, and serve them.

    \b
    Example: gdpr-assess demo --no-serve
    """
    from gdpr_assess.notebook.render import render
    from gdpr_assess.notebook.serve import serve as start

    if to.exists():
        shutil.rmtree(to)
    shutil.copytree(shipped("data_samples"), to, ignore=shutil.ignore_patterns("runs", "*.py", "__pycache__"))
    folders = client_folders(to.resolve())
    jobs = []
    for folder in folders:
        result = pipeline.assess_client(folder, SAMPLES_AS_OF)
        show_summary(result, pipeline.save(folder, result))
        review.publish(folder, SAMPLES_AS_OF, "demo", SAMPLES_AS_OF)
        jobs += [(folder, lang) for lang in sorted({"en", result.client.report_language})]
    for folder, lang in tqdm(jobs, desc="rendering", unit="report", disable=None):
        render(folder.run(SAMPLES_AS_OF), lang)
    click.echo(f"Reports of {len(folders)} sample clients are in {to.resolve()}")
    if not no_serve:
        start(to.resolve(), port=port)
