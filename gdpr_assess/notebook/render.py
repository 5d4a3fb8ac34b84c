"""Renders a run: two notebooks by Papermill, a page that stands alone for each, and the registers.

The entry point should set `sys.modules["rfc3987_syntax"] = None` first: it saves a second at each start.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from gdpr_assess.installed import shipped
from gdpr_assess.lang import texts
from gdpr_assess.notebook.kernels import KERNEL, EncryptedManager
from gdpr_assess.notebook.page import write_page
from gdpr_assess.report.client_books import write_client_books
from gdpr_assess.report.context import Report
from gdpr_assess.report.registers import write_registers

NOTEBOOKS = ("gap_analysis", "remediation_plan")


class RenderError(Exception):
    """A cell failed; the notebook with all that was done up to there is kept at `path`."""

    def __init__(self, path: Path, cell: int, problem: str) -> None:
        self.path, self.cell, self.problem = path, cell, problem
        super().__init__(f"{path}: cell {cell} failed: {problem}")


def render(run_dir: Path, lang: str) -> list[Path]:
    """Render a run in a language into `runs/<as-of>/<lang>/` and return the files made; raises RenderError."""
    report = Report.open(run_dir, lang)
    folder = run_dir / lang
    folder.mkdir(exist_ok=True)
    made = []
    for name in NOTEBOOKS:
        notebook = folder / f"{name}.ipynb"
        execute(shipped("notebooks") / f"{name}.ipynb", notebook, lang)
        made += [notebook, write_page(notebook, lang)]
    return [*made, write_registers(report, folder / "registers.xlsx"), *write_client_books(report, folder)]


def execute(source: Path, target: Path, lang: str) -> None:
    """Run one notebook with Papermill beside its run; `run` is written as "..", so that the folder can be moved."""
    # ipykernel's debugger warns about frozen modules on every start; nobody debugs here.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    title = texts(lang)(f"report.title_{source.stem}")
    try:
        papermill.execute_notebook(
            source,
            target,
            parameters={"run": "..", "lang": lang},
            kernel_name=KERNEL,
            kernel_manager_class=EncryptedManager,
            cwd=target.parent,
            progress_bar=False,
            execution_timeout=300,
            shutdown_kernel="immediate",  # nothing is left to save when the last cell has run
        )
    except PapermillExecutionError as error:
        raise RenderError(target, error.cell_index, f"{error.ename}: {error.evalue}") from None
    notebook = nbformat.read(target, as_version=4)
    notebook.metadata["title"] = title
    notebook.metadata["gdpr_assess"] = {"lang": lang}
    notebook.metadata["papermill"] = {"parameters": notebook.metadata["papermill"]["parameters"]}
    nbformat.write(notebook, target)
