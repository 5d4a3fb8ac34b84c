"""A rendered notebook as one HTML file that needs nothing else: for e-mail, archives and printing."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from gdpr_assess.installed import shipped
from gdpr_assess.workspace import write_atomic

PAGE_LANGUAGES = {"zh": "zh-Hans"}


def write_page(notebook: Path, lang: str) -> Path:
    """Write the page beside its notebook and return its path."""
    exporter = HTMLExporter(
        template_name="gdpr",
        extra_template_basedirs=[str(shipped("templates") / "nbconvert")],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    resources = {"page_language": PAGE_LANGUAGES.get(lang, lang)}
    content, _ = exporter.from_notebook_node(nbformat.read(notebook, as_version=4), resources)
    target = notebook.with_suffix(".html")
    write_atomic(target, content)
    return target
