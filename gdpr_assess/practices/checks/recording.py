"""Recording of calls: consent and announcement before it starts, refusals, age, deletion, encryption, card data."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices import national
from gdpr_assess.practices.case import UNKNOWN, Case, NotTestableError, Records, judged
from gdpr_assess.practices.exports import AS_OF
from gdpr_assess.practices.readers.contacts import land_of
from gdpr_assess.practices.scanner import cards_in

PHONE = "phone"


def consent_before(case: Case) -> pl.LazyFrame:
    """Recorded calls for which consent is needed: was it given before the recording began?"""
    calls = case.records("calls")
    if case.intake.profile.recording_basis == "consent":
        rows, needed = calls.rows, pl.lit(value=True)
    else:
        rows, needed = _with_party_rule(case, calls), pl.col("needed")
    late = calls.after("consent_at", "recording_started_at")
    bad = calls.is_not("consent", "granted") | late
    return judged(rows, pl.col("recorded") & needed, bad, PHONE)


def _with_party_rule(case: Case, calls: Records) -> pl.LazyFrame:
    lands = land_of("customer_country", "customer_number")
    rows = calls.rows.with_columns(lands.alias("land"), _day(calls).alias("on"))
    asked = case.exports.collect(rows.select("land", "on").drop_nulls().unique()).sort("land", "on")
    if asked.is_empty() and _any_recorded(case, rows):
        raise NotTestableError("no_country")
    needed = pl.Series("needed", [national.consent_to_record(*row) for row in asked.iter_rows()], dtype=pl.Boolean)
    if not len(needed.drop_nulls()) and _any_recorded(case, rows):
        raise NotTestableError("no_recording_rule")
    return rows.join(asked.with_columns(needed).lazy(), on=["land", "on"], how="left")


def _any_recorded(case: Case, rows: pl.LazyFrame) -> bool:
    return bool(case.exports.collect(rows.select(pl.col("recorded").any())).item())


def _day(calls: Records) -> pl.Expr:
    """Return the day whose law holds: that of the call, or of the extraction where the call has none."""
    return pl.coalesce(calls.day("started_at"), calls.day("recording_started_at"), calls.day(AS_OF))


def announced_before(case: Case) -> pl.LazyFrame:
    """Recorded calls: was the recording announced before it began?"""
    calls = case.records("calls")
    late = calls.after("announced_at", "recording_started_at")
    return judged(calls.rows, pl.col("recorded"), calls.empty("announced_at") | late, PHONE)


def after_refusal(case: Case) -> pl.LazyFrame:
    """Calls whose recording was refused: did it go on, or is the recording still there?"""
    calls = case.records("calls")
    went_on = calls.after("recording_stopped_at", "consent_at")
    refused = pl.col("consent") == "refused"
    rows, kept = calls.rows.filter(refused.fill_null(value=True)), UNKNOWN
    if case.given("recordings") and case.exports["recordings"].has("call_id"):
        rows = rows.join(_kept(case), on="call_id", how="left")
        kept = pl.col("kept")
    bad = pl.col("recorded") & (went_on | kept)
    return judged(rows, refused, bad, PHONE)


def _kept(case: Case) -> pl.LazyFrame:
    recordings = case.records("recordings")
    rows = recordings.rows.filter(pl.col("call_id").is_not_null()).with_columns(there=still_there(recordings))
    return rows.group_by("call_id").agg(kept=pl.col("there").any(ignore_nulls=False))


def still_there(recordings: Records) -> pl.Expr:
    """Tell whether a recording still exists: by its state, else by whether a deletion is recorded.

    Null where the state is a word that cannot be read, as it may mean that it was deleted.
    """
    by_state = pl.col("state") != "deleted"
    by_date = recordings.empty("deleted_at")
    unclear = recordings.unread("state") & by_date.fill_null(value=True)
    return pl.when(pl.col("state").is_not_null()).then(by_state).when(unclear).then(UNKNOWN).otherwise(by_date)


def retention(case: Case) -> pl.LazyFrame:
    """Recordings still there: are they older than the declared period?"""
    days = case.intake.profile.recording_retention_days
    if days is None:
        raise NotTestableError("no_recording_retention")
    recordings = case.records("recordings")
    member = still_there(recordings) & recordings.not_marked("legal_hold")
    return judged(recordings.rows, member, recordings.days_after(AS_OF, "created_at", days), PHONE)


def deletion_overdue(case: Case) -> pl.LazyFrame:
    """Recordings that were due for deletion: were they deleted within a day?"""
    recordings = case.records("recordings")
    due = ~recordings.after("delete_due_at", AS_OF)
    member = pl.when(recordings.empty("delete_due_at")).then(False).otherwise(due) & recordings.not_marked("legal_hold")
    late = recordings.after("deleted_at", "delete_due_at", hours=24)
    return judged(recordings.rows, member, still_there(recordings) | late, PHONE)


def encrypted(case: Case) -> pl.LazyFrame:
    """Recordings still there: are they encrypted?"""
    recordings = case.records("recordings")
    return judged(recordings.rows, still_there(recordings), ~pl.col("encrypted"), PHONE)


def card_data(case: Case) -> pl.LazyFrame:
    """Calls with a transcript: does it hold a card number or a verification code?"""
    calls = case.records("calls")
    return judged(calls.rows, calls.filled("transcript"), cards_in("transcript"), PHONE)
