"""Requests of people: answered in time, refusals with a reason, erasures that really happened."""

from __future__ import annotations

import polars as pl

from gdpr_assess.law.deadlines import answer_due
from gdpr_assess.practices.case import UNKNOWN, Case, Records, judged, local_day
from gdpr_assess.practices.checks.recording import still_there
from gdpr_assess.practices.exports import AS_OF, AS_OF_DAY, FILE
from gdpr_assess.practices.readers.typed import ROW

TIMED = ("access", "rectification", "erasure", "restriction", "portability", "objection")
FROM_IDENTITY = "_from_identity"
_ERASED = (pl.col("type") == "erasure") & (pl.col("outcome") == "done")
_WHERE = (pl.col(FILE).alias("t_file"), pl.col(ROW).alias("t_row"))


def deadline(case: Case) -> pl.LazyFrame:
    """Requests answered, or whose limit has passed: was the answer in time?"""
    requests = case.records("requests")
    country = case.intake.profile.main_country
    rows = _with_limits(requests, country, "received_at", "due")
    rows = _with_limits(requests, country, "identity_verified_at", "due_id", rows)
    answered, seen = requests.day("answered_at"), requests.day(AS_OF)
    limit = _limit(requests)
    # without the columns of an extension only the longest limit proves that an answer was late
    told = requests.known("extension_notified_at")
    moment = pl.coalesce(answered, seen)
    late = (
        pl.when(~requests.known("answered_at"))
        .then(UNKNOWN)
        .when(told)
        .then(moment > limit)
        .when(moment > pl.col("due3"))
        .then(True)
        .when(moment <= pl.col("due"))
        .then(False)
    )
    has_answer = requests.filled("answered_at")
    member = pl.col("type").is_in(TIMED) & (has_answer | late)
    after_identity = moment > pl.max_horizontal(limit, pl.col("due_id"))
    return judged(rows.lazy(), member, late, pl.col("channel"), **{FROM_IDENTITY: after_identity & late})


def _limit(requests: Records) -> pl.Expr:
    notified = requests.day("extension_notified_at") <= pl.col("due")
    stated = pl.when(requests.empty("extended_until").fill_null(value=True)).then(pl.col("due3"))
    until = pl.max_horizontal(
        pl.col("due"), pl.min_horizontal(stated.otherwise(requests.day("extended_until")), pl.col("due3"))
    )
    return pl.when(notified.fill_null(value=False)).then(until).otherwise(pl.col("due"))


def _with_limits(
    requests: Records, country: str, since: str, name: str, rows: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Add the last day to answer after one month (`name`) and after three (`name` + 3), counted from a local day."""
    frame = requests.source.frame if rows is None else rows
    frame = frame.with_columns(requests.day(since).alias("_since"))
    days = frame["_since"].drop_nulls().unique().sort()
    limits = pl.DataFrame(
        {
            "_since": days,
            name: pl.Series([answer_due(day, country, 1) for day in days], dtype=pl.Date),
            f"{name}3": pl.Series([answer_due(day, country, 3) for day in days], dtype=pl.Date),
        }
    )
    return frame.join(limits, on="_since", how="left").drop("_since")


def reasoned_refusal(case: Case) -> pl.LazyFrame:
    """Requests refused in whole or part: is there a reason?"""
    requests = case.records("requests")
    return judged(
        requests.rows, pl.col("outcome").is_in(["refused", "partly"]), requests.empty("reason"), pl.col("channel")
    )


def erasure_done(case: Case) -> pl.LazyFrame:
    """Erasures said to be done: does the person still occur in an export made afterwards?"""
    requests = case.records("requests")
    rows = requests.rows
    pairs, still = erased_pairs(case), pl.col("still")
    by_request = pairs.group_by("r_file", "r_row").agg(
        hit=still.any(ignore_nulls=False),
        met=pl.lit(value=True),
    )
    whole = rows.join(by_request, left_on=[FILE, ROW], right_on=["r_file", "r_row"], how="left")
    found = pl.when(pl.col("met").is_null()).then(False).otherwise(pl.col("hit"))
    bad = pl.when(requests.known("contact") & requests.filled("answered_at")).then(found)
    return judged(whole, _ERASED, bad, pl.col("channel"))


def erased_pairs(case: Case) -> pl.LazyFrame:
    """Return each erasure said to be done (r_*) with each trace of that person (t_*): is it `still` there later?"""
    asked = (
        case.records("requests")
        .rows.filter(_ERASED & pl.col("contact").is_not_null())
        .select(
            "contact", pl.col("answered_at").alias("done"), pl.col(FILE).alias("r_file"), pl.col(ROW).alias("r_row")
        )
    )
    contacts = asked.select("contact").unique()
    pairs = asked.join(pl.concat(_traces(case, contacts)), on="contact")
    seen_after = (
        pl.when(pl.col(AS_OF_DAY))
        .then(local_day(pl.col(AS_OF), case.zone) > local_day(pl.col("done"), case.zone))
        .otherwise(pl.col(AS_OF) > pl.col("done"))
    )
    return pairs.with_columns(still=(pl.col("at") < pl.col("done")) & seen_after & pl.col("kept"))


def _traces(case: Case, contacts: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Return where people still occur: contact, when it was made, when the file was extracted, whether it is kept."""
    found = []
    if case.given("calls") and case.given("recordings"):
        recordings = case.records("recordings")
        kept = recordings.rows.filter(pl.col("call_id").is_not_null()).select(
            "call_id", AS_OF, AS_OF_DAY, *_WHERE, kept=still_there(recordings)
        )
        calls = case.records("calls").rows.select(
            "call_id", pl.col("customer_number").alias("contact"), at=pl.col("started_at")
        )
        calls = calls.join(contacts, on="contact", how="semi")
        found.append(
            calls.join(kept, on="call_id").select("contact", "at", AS_OF, AS_OF_DAY, "t_file", "t_row", "kept")
        )
    if case.given("messages"):
        rows = case.records("messages").rows
        found.append(
            rows.select(
                pl.col("customer_address").alias("contact"),
                pl.col("sent_at").alias("at"),
                AS_OF,
                AS_OF_DAY,
                *_WHERE,
                kept=pl.lit(value=True),
            )
        )
    if case.given("consents"):
        rows = case.records("consents").rows
        granted = pl.col("status") == "granted"
        found.append(rows.select("contact", pl.col("captured_at").alias("at"), AS_OF, AS_OF_DAY, *_WHERE, kept=granted))
    return found
