"""Access of people: none after they left, and never without a second factor."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.case import Case, judged, later
from gdpr_assess.practices.checks.training import PERSON, at_work, person, with_held
from gdpr_assess.practices.exports import FILE
from gdpr_assess.practices.readers.typed import ROW

LEFT_HOURS = 24


def left_active(case: Case) -> pl.LazyFrame:
    """People who left: did anything happen under their name more than a day later?"""
    staff = case.records("staff")
    rows = staff.rows.with_columns(person("person").alias(PERSON))
    pairs = rows.select(FILE, ROW, PERSON, "left_at", "left_at~day").drop_nulls([PERSON, "left_at"])
    pairs = pairs.join(pl.concat(_activity(case)), on=PERSON)
    late = later(
        pl.col("at"), pl.col("at~day"), pl.col("left_at"), pl.col("left_at~day"), case.zone, LEFT_HOURS
    ) & pl.col("counts")
    whole = with_held(rows, pairs.select(FILE, ROW, held=late), [FILE, ROW])
    return judged(whole, staff.filled("left_at"), pl.col("held"))


def _activity(case: Case) -> list[pl.LazyFrame]:
    found = []
    if case.given("calls"):
        rows = case.records("calls").rows
        found.append(
            rows.select(
                person("agent").alias(PERSON),
                pl.col("started_at").alias("at"),
                pl.col("started_at~day").alias("at~day"),
                counts=pl.lit(value=True),
            )
        )
    if case.given("messages"):
        rows = case.records("messages").rows
        outbound = pl.col("direction") == "outbound"
        found.append(
            rows.select(
                person("agent").alias(PERSON),
                pl.col("sent_at").alias("at"),
                pl.col("sent_at~day").alias("at~day"),
                counts=outbound,
            )
        )
    return found


def mfa(case: Case) -> pl.LazyFrame:
    """People at work: do they sign in with a second factor?"""
    staff = case.records("staff")
    return judged(staff.rows, at_work(staff), ~pl.col("mfa"))
