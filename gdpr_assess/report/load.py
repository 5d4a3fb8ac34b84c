"""Reads a run: the one file that reports and dashboards know."""

from __future__ import annotations

from pathlib import Path

from gdpr_assess.model import Assessment


def load_run(run_dir: Path | str) -> Assessment:
    """Return the assessment in a run's folder; raises FileNotFoundError when there is none."""
    return Assessment.model_validate_json((Path(run_dir) / "assessment.json").read_text(encoding="utf-8"))
