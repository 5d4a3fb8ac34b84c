"""Training and the roster: courses before access, refreshers, repeats after a failure, agents nobody knows."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.case import Case, Records, judged, later
from gdpr_assess.practices.exports import AS_OF, FILE
from gdpr_assess.practices.policy import FOLLOWUP_DAYS, pass_mark, refresh_days
from gdpr_assess.practices.readers.typed import ROW

PERSON = "_person"


def person(name: str) -> pl.Expr:
    """Return a person's name in the form in which it is matched; an empty one matches nobody."""
    folded = pl.col(name).str.strip_chars().str.to_lowercase()
    return pl.when(folded != "").then(folded)


def _passed(case: Case) -> pl.Expr:
    by_score = pl.col("score") >= pass_mark(case.intake.profile)
    return pl.when(pl.col("passed").is_not_null()).then(pl.col("passed")).otherwise(by_score)


def _courses(case: Case) -> pl.LazyFrame:
    """Return courses that were (or may have been) on data protection and passed, by person."""
    training = case.records("training")
    on_it = pl.col("topic") == "data_protection"  # null where nobody says what a course was about
    rows = training.rows.with_columns(person("person").alias(PERSON), ok=_passed(case) & on_it)
    kept = rows.filter(pl.col(PERSON).is_not_null(), pl.col("ok").fill_null(value=True))
    return kept.select(PERSON, "ok", "completed_at", "completed_at~day")


def _any(rows: pl.LazyFrame, pairs: pl.LazyFrame, holds: pl.Expr) -> pl.LazyFrame:
    """Add `held`: whether some pair holds; null where none does and one cannot be decided."""
    return with_held(rows, pairs.select(FILE, ROW, held=holds), [FILE, ROW])


def with_held(rows: pl.LazyFrame, pairs: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """Add `held`: whether some pair of the same keys has it; null where none has and one cannot be decided."""
    told = pairs.group_by(keys).agg(pl.col("held").any(ignore_nulls=False), met=pl.lit(value=True))
    whole = rows.join(told, on=keys, how="left")
    return whole.with_columns(held=pl.when(pl.col("met").is_null()).then(False).otherwise(pl.col("held")))


def before_access(case: Case) -> pl.LazyFrame:
    """People with access: had they passed a course on data protection by then?"""
    staff = case.records("staff")
    rows = staff.rows.with_columns(person("person").alias(PERSON))
    pairs = rows.select(FILE, ROW, PERSON, "access_from", "access_from~day").join(_courses(case), on=PERSON)
    too_late = later(
        pl.col("completed_at"), pl.col("completed_at~day"), pl.col("access_from"), pl.col("access_from~day"), case.zone
    )
    whole = _any(rows, pairs, pl.when(pl.col("ok")).then(~too_late))
    return judged(whole, staff.filled("access_from"), ~pl.col("held"))


def at_work(staff: Records) -> pl.Expr:
    """Tell whether a person had not left at the extraction; a list without leaving dates names those at work."""
    left = ~staff.after("left_at", AS_OF)
    return (
        pl.when(pl.col("left_at").is_null() & (~staff.there("left_at") | staff.known("left_at")))
        .then(True)
        .otherwise(~left)
    )


def refresh(case: Case) -> pl.LazyFrame:
    """People at work for longer than the period: is their last course recent enough?"""
    profile = case.intake.profile
    staff = case.records("staff")
    days = refresh_days(profile)
    rows = staff.rows.with_columns(person("person").alias(PERSON), seen=staff.day(AS_OF))
    lead = days if profile.team_lead_refresh_days is None else profile.team_lead_refresh_days
    is_lead = (pl.col("role") == "team_lead").fill_null(value=False)
    rows = rows.with_columns(oldest=pl.col("seen") - pl.duration(days=pl.when(is_lead).then(lead).otherwise(days)))
    pairs = rows.select(FILE, ROW, PERSON, "oldest", "seen").join(_courses(case), on=PERSON)
    done = pl.col("completed_at").dt.convert_time_zone(case.zone).dt.date()
    whole = _any(rows, pairs, pl.when(pl.col("ok")).then((done >= pl.col("oldest")) & (done <= pl.col("seen"))))
    member = at_work(staff) & staff.days_after(AS_OF, "access_from", days)
    return judged(whole, member, ~pl.col("held"))


def failed_followup(case: Case) -> pl.LazyFrame:
    """Failed courses on data protection: was the course passed soon after?"""
    training = case.records("training")
    rows = training.rows.with_columns(
        person("person").alias(PERSON),
        person("course").alias("_course"),
        ok=_passed(case),
        day=training.day("completed_at"),
    )
    passed = rows.filter(pl.col("ok").fill_null(value=True)).select(PERSON, "_course", "ok", again=pl.col("day"))
    pairs = rows.select(FILE, ROW, PERSON, "_course", "day").join(passed, on=[PERSON, "_course"])
    in_time = (pl.col("again") >= pl.col("day")) & ((pl.col("again") - pl.col("day")).dt.total_days() <= FOLLOWUP_DAYS)
    whole = _any(rows, pairs, pl.when(pl.col("ok")).then(in_time).otherwise(pl.when(~in_time).then(False)))
    closed = training.days_after(AS_OF, "completed_at", FOLLOWUP_DAYS)
    return judged(whole, (pl.col("topic") == "data_protection") & ~pl.col("ok") & closed, ~pl.col("held"))


def roster(case: Case) -> pl.LazyFrame:
    """Everybody who talked to customers, once each: are they on the staff list?"""
    found = [
        case.records(table).rows.select(FILE, ROW, person("agent").alias(PERSON))
        for table in ("calls", "messages")
        if case.exports[table].has("agent")
    ]
    if not found:
        case.require("calls" if case.given("calls") else "messages", "agent")
    places = pl.concat(found).drop_nulls(PERSON).group_by(PERSON, FILE).agg(pl.col(ROW).min())
    agents = places.sort(FILE, ROW).group_by(PERSON, maintain_order=True).first()
    staff = (
        case.records("staff")
        .rows.select(person("person").alias(PERSON))
        .drop_nulls()
        .unique()
        .with_columns(listed=True)
    )
    rows = agents.join(staff, on=PERSON, how="left")
    return judged(rows, pl.lit(value=True), pl.col("listed").is_null())
