"""Opens JupyterLab on a consultant's own copy of the walk-through notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gdpr_assess.installed import PACKAGE, shipped
from gdpr_assess.notebook.forms.client import ENVIRONMENT
from gdpr_assess.notebook.kernels import LARGEST_MESSAGE

WALK_THROUGH = ("01_profile", "02_data_flows", "03_consent_wording", "04_channel_practices", "05_review")
SETTINGS = PACKAGE / "notebook" / "lab_settings"
"""Nothing is fetched from outside, forms keep their place while the page is scrolled, and what is typed reaches the
kernel in the order it was typed in: over subshells, messages of two forms are handled by two threads at once."""


def copy_notebooks(to: Path) -> list[Path]:
    """Copy the walk-through notebooks into a folder; a notebook that is there already is kept as it is."""
    to.mkdir(parents=True, exist_ok=True)
    copied = []
    for name in WALK_THROUGH:
        target = to / f"{name}.ipynb"
        if not target.exists():
            shutil.copyfile(shipped("notebooks") / target.name, target)
        copied.append(target)
    return copied


def lab_command(notebooks: Path, port: int) -> list[str]:
    """Return the command that runs JupyterLab on a folder of notebooks, for this machine only."""
    return [
        sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", f"--port={port}", f"--notebook-dir={notebooks.parent}",
        "--KernelManager.transport_encryption=required", f"--LabApp.app_settings_dir={SETTINGS}", "--LabApp.news_url=",
        f"--ServerApp.tornado_settings={LARGEST_MESSAGE}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.default_url=/lab/tree/{notebooks.name}/{WALK_THROUGH[0]}.ipynb",
    ]  # fmt: skip


def open_lab(client: Path | None, *, port: int, browser: bool) -> None:
    """Run JupyterLab until it is stopped; the notebooks find the client through the environment."""
    notebooks = (client or Path.cwd()) / "notebooks"
    copy_notebooks(notebooks)
    env = os.environ | ({ENVIRONMENT: str(client)} if client else {})
    command = lab_command(notebooks, port) + ([] if browser else ["--no-browser"])
    subprocess.run(command, env=env, check=False)
