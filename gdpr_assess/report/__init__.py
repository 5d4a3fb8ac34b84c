"""What readers see of a run: views, charts and registers, all from `runs/<as-of>/assessment.json` alone."""

from gdpr_assess.report.load import load_run

__all__ = ["load_run"]
