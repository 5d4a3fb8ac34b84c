"""Opens JupyterLab on a consultant's own copy of the walk-through notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gdpr_assess.installed import shipped

WALK_THROUGH = ("01_profile", "02_data_flows", "03_consent_wording", "04_channel_practices", "05_review")


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


def open_lab(client: Path | None, *, port: int, browser: bool) -> None:
    """Run JupyterLab until it is stopped; the notebooks find the client through GDPR_ASSESS_CLIENT."""
    notebooks = (client or Path.cwd()) / "notebooks"
    copy_notebooks(notebooks)
    env = os.environ | ({"GDPR_ASSESS_CLIENT": str(client)} if client else {})
    command = [
        sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", f"--port={port}", f"--notebook-dir={notebooks.parent}",
        "--KernelManager.transport_encryption=required", "--LabApp.news_url=", "--LabApp.check_for_updates_class="
        "jupyterlab.NeverCheckForUpdate", f"--LabApp.default_url=/lab/tree/notebooks/{WALK_THROUGH[0]}.ipynb",
    ]  # fmt: skip
    if not browser:
        command.append("--no-browser")
    subprocess.run(command, env=env, check=False)
