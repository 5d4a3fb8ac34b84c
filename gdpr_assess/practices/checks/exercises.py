"""Drills and spot checks: every team exercised, failures followed up."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from gdpr_assess.practices.case import Case, judged
from gdpr_assess.practices.checks.training import at_work, person, with_held
from gdpr_assess.practices.exports import AS_OF, FILE
from gdpr_assess.practices.policy import FOLLOWUP_DAYS, GOOD_PRACTICE_DAYS
from gdpr_assess.practices.readers.typed import ROW

SCENARIOS = ("rights_request", "breach")


def coverage(case: Case) -> pl.LazyFrame:
    """Every team, once for rights requests and once for breaches: was there a drill within the period?"""
    staff, drills = case.records("staff"), case.records("drills")
    working = staff.rows.filter(at_work(staff).fill_null(value=False)).with_columns(person("team").alias("_team"))
    teams = (
        working.drop_nulls("_team")
        .sort(FILE, ROW)
        .group_by("_team", maintain_order=True)
        .first()
        .select(FILE, ROW, "_team")
    )
    wanted = teams.join(pl.LazyFrame({"wanted": list(SCENARIOS)}), how="cross")
    recent = drills.day("held_at") >= drills.day(AS_OF) - timedelta(days=GOOD_PRACTICE_DAYS)
    same = pl.when(~drills.unread("scenario")).then((pl.col("scenario") == pl.col("wanted")).fill_null(value=False))
    pairs = drills.rows.join(pl.LazyFrame({"wanted": list(SCENARIOS)}), how="cross")
    held = pairs.select("wanted", person("team").alias("_team"), held=recent & same)
    return judged(with_held(wanted, held, ["_team", "wanted"]), pl.lit(value=True), ~pl.col("held"))


def _followup(case: Case, table: str, since: str, channel: pl.Expr | str = "") -> pl.LazyFrame:
    records = case.records(table)
    member = (pl.col("result") == "failed") & records.days_after(AS_OF, since, FOLLOWUP_DAYS)
    late = records.days_after("followup_at", since, FOLLOWUP_DAYS)
    return judged(records.rows, member, records.empty("followup_at") | late, channel)


def drill_followup(case: Case) -> pl.LazyFrame:
    """Failed drills: was there a follow-up soon after?"""
    return _followup(case, "drills", "held_at")


def spot_check_followup(case: Case) -> pl.LazyFrame:
    """Failed spot checks: was there a follow-up soon after?"""
    return _followup(case, "spot_checks", "checked_at", pl.col("channel"))
