"""Breaches: told to the authority, to the controller, to people, and written down."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.case import Case, Records, judged
from gdpr_assess.practices.exports import AS_OF
from gdpr_assess.practices.policy import INDICATOR_HOURS

AUTHORITY_HOURS = 72


def _told_late(incidents: Records, told: str, hours: int) -> pl.Expr:
    return incidents.empty(told) | incidents.after(told, "aware_at", hours)


def _closed(incidents: Records, told: str, hours: int) -> pl.Expr:
    """Tell whether the case can be judged: it was told, or the time for it is over."""
    return incidents.filled(told) | incidents.after(AS_OF, "aware_at", hours)


def notified_72h(case: Case) -> pl.LazyFrame:
    """Breaches with a risk: was the authority told within 72 hours?"""
    incidents = case.records("incidents")
    member = (pl.col("client_role") == "controller") & pl.col("personal_data") & (pl.col("risk") != "none")
    member = member & _closed(incidents, "authority_notified_at", AUTHORITY_HOURS)
    return judged(incidents.rows, member, _told_late(incidents, "authority_notified_at", AUTHORITY_HOURS))


def controller_told(case: Case) -> pl.LazyFrame:
    """Breaches at a processor: was the controller told within the time agreed?"""
    incidents = case.records("incidents")
    declared = case.intake.profile.incident_report_hours
    hours = INDICATOR_HOURS if declared is None else declared
    member = (pl.col("client_role") == "processor") & pl.col("personal_data")
    member = member & _closed(incidents, "controller_notified_at", hours)
    return judged(incidents.rows, member, _told_late(incidents, "controller_notified_at", hours))


def people_informed(case: Case) -> pl.LazyFrame:
    """Breaches with a high risk: were the people told?"""
    incidents = case.records("incidents")
    member = (pl.col("client_role") == "controller") & pl.col("personal_data") & (pl.col("risk") == "high")
    return judged(incidents.rows, member, incidents.empty("people_informed_at"))


def documented(case: Case) -> pl.LazyFrame:
    """Breaches: are they documented?"""
    return judged(case.records("incidents").rows, pl.col("personal_data"), ~pl.col("documented"))
