"""Marketing calls and messages: consent, opt-outs, permitted hours, objections."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices import national
from gdpr_assess.practices.case import Case, Records, judged
from gdpr_assess.practices.contacts import (
    CHANNEL,
    CONTACT,
    MEMBER,
    ONE,
    TELLS,
    channel_of,
    contacts_after,
    latest_consent,
    marketing_contacts,
)
from gdpr_assess.practices.exports import FILE
from gdpr_assess.practices.policy import grace_hours
from gdpr_assess.practices.readers.typed import ROW


def consent(case: Case) -> pl.LazyFrame:
    """Marketing where the person's country demands consent: was there one that held?"""
    found = national.with_regime(marketing_contacts(case), case.exports.collect)
    rows = latest_consent(case, found)
    soft = pl.col("existing") & pl.col(national.SOFT)
    return judged(rows, pl.col(MEMBER) & pl.col(national.OPT_IN), pl.col("bad_consent") & ~soft, pl.col(CHANNEL))


def suppressed(case: Case) -> pl.LazyFrame:
    """Marketing contacts: had the person opted out before?"""
    found = marketing_contacts(case)
    listed = case.records("suppressions").rows.filter(pl.col("contact").is_not_null())
    refusals = listed.select(
        pl.col("contact").alias(CONTACT),
        channel_of(case.records("suppressions")).alias("r_channel"),
        pl.col("added_at").alias("since"),
        pl.col("added_at~day").alias("since~day"),
        pl.col(FILE).alias("r_file"),
        pl.col(ROW).alias("r_row"),
    )
    pairs = contacts_after(case, refusals, "since", found, hours=grace_hours(case.intake.profile))
    hits = any_of(pairs, ONE)
    rows = found.join(hits, on=ONE, how="left", nulls_equal=True)
    return judged(rows, pl.col(MEMBER), pl.when(pl.col(TELLS)).then(hit()), pl.col(CHANNEL))


def any_of(pairs: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """Return for each key whether some pair holds: `hit` is null where none does and one cannot be decided."""
    return pairs.group_by(keys).agg(hit=pl.col("later").any(ignore_nulls=False), met=pl.lit(value=True))


def hit() -> pl.Expr:
    """Tell whether a row joined with `any_of` has a pair that holds."""
    return pl.when(pl.col("met").is_null()).then(False).otherwise(pl.col("hit"))


def hours(case: Case) -> pl.LazyFrame:
    """Marketing calls to a country with calling hours: were they within them?"""
    calls = marketing_contacts(case).filter(pl.col(CHANNEL) == "phone")
    rows = national.with_hours(calls, case.exports.collect)
    # a country without a verified rule cannot be tested
    member = pl.col(MEMBER) & pl.when(pl.col("has_hours")).then(True)
    bad = pl.when(~pl.col("at~day")).then(~pl.col(national.IN_HOURS))
    return judged(rows, member, bad, pl.col(CHANNEL))


def after_objection(case: Case) -> pl.LazyFrame:
    """Objections to marketing and withdrawals: was the person contacted again?"""
    requests = case.records("requests")
    hits = any_of(objection_pairs(case), ["r_file", "r_row"])
    whole = requests.rows.join(hits, left_on=[FILE, ROW], right_on=["r_file", "r_row"], how="left")
    return judged(whole, _objects(requests), pl.when(requests.known("contact")).then(hit()), pl.col(CHANNEL))


def _objects(requests: Records) -> pl.Expr:
    """Tell whether a request stops marketing; null where its scope cannot be read."""
    scope = pl.col("scope").is_null() | pl.col("scope").is_in(["marketing", "all"])
    return pl.col("type").is_in(["objection", "withdrawal"]) & pl.when(~requests.unread("scope")).then(scope)


def objection_pairs(case: Case) -> pl.LazyFrame:
    """Return each objection or withdrawal in the request log (r_*) with each marketing contact after it."""
    requests = case.records("requests")
    refusals = (
        requests.rows.with_columns(objects=_objects(requests))
        .filter(pl.col("objects").fill_null(value=True), pl.col("contact").is_not_null())
        .select(
            "objects",
            pl.col("contact").alias(CONTACT),
            pl.col("received_at").alias("since"),
            pl.col("received_at~day").alias("since~day"),
            pl.col(FILE).alias("r_file"),
            pl.col(ROW).alias("r_row"),
        )
    )
    grace = grace_hours(case.intake.profile)
    pairs = contacts_after(case, refusals, "since", marketing_contacts(case), hours=grace, any_channel=True)
    return pairs.with_columns(later=pl.col("later") & pl.col("objects"))
