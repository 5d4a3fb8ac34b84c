"""Reads a run: the one file that reports and dashboards know."""

from gdpr_assess.workspace import load_run

__all__ = ["load_run"]
