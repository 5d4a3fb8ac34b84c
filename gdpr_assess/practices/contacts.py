"""Marketing contacts: outbound calls and messages in one form, and the records of consent that bear on them."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.case import UNKNOWN, Case, Records, later, local_day
from gdpr_assess.practices.exports import FILE
from gdpr_assess.practices.readers.contacts import land_of
from gdpr_assess.practices.readers.typed import ROW

CONTACT, CHANNEL, AT, AT_DAY, COUNTRY, MEMBER = "contact", "channel", "at", "at~day", "country", "member"
ONE = [FILE, ROW, CONTACT, AT]
"""What tells a contact from another: a row may hold several messages, or one to several people."""
UNREADABLE = "?"
"""Stands for a channel that cannot be read: nobody can tell which contacts it covers."""
TELLS = "tells_contact"
"""Whether the row's file says whom the contact was with at all."""


def marketing_contacts(case: Case) -> pl.LazyFrame:
    """Return every call and message that is (or may be) outbound marketing, `member` three-valued."""
    parts = [_calls(case)] if case.given("calls") else []
    if case.given("messages"):
        parts.append(_messages(case))
    found = pl.concat(parts).filter(pl.col(MEMBER).fill_null(value=True))
    day = local_day(pl.col(AT), case.zone).alias("day")
    return found.with_columns(day, land_of(COUNTRY, CONTACT).alias(COUNTRY))


def _member() -> pl.Expr:
    return (pl.col("direction") == "outbound") & (pl.col("purpose") == "marketing")


def _calls(case: Case) -> pl.LazyFrame:
    calls = case.records("calls")
    return calls.rows.select(
        FILE,
        ROW,
        pl.col("customer_number").alias(CONTACT),
        pl.lit("phone").alias(CHANNEL),
        pl.col("started_at").alias(AT),
        pl.col("started_at~day").alias(AT_DAY),
        pl.col("customer_country").alias(COUNTRY),
        _member().alias(MEMBER),
        calls.known("customer_number").alias(TELLS),
        pl.lit(value=False).alias("existing"),
    )


def _messages(case: Case) -> pl.LazyFrame:
    messages = case.records("messages")
    return messages.rows.select(
        FILE,
        ROW,
        pl.col("customer_address").alias(CONTACT),
        pl.col("channel").alias(CHANNEL),
        pl.col("sent_at").alias(AT),
        pl.col("sent_at~day").alias(AT_DAY),
        pl.col("customer_country").alias(COUNTRY),
        _member().alias(MEMBER),
        messages.known("customer_address").alias(TELLS),
        pl.when(messages.known("existing_customer"))
        .then(pl.col("existing_customer").fill_null(value=False))
        .alias("existing"),
    )


def channel_of(records: Records) -> pl.Expr:
    """Return the channel of a record of consent or refusal, for `same_channel`."""
    return pl.when(records.unread("channel")).then(pl.lit(UNREADABLE)).otherwise(pl.col("channel"))


def same_channel(theirs: str, ours: str = CHANNEL) -> pl.Expr:
    """Tell whether a record of a channel covers a contact; an empty channel or `all` covers every one."""
    told = pl.col(theirs).is_null() | (pl.col(theirs) == "all") | (pl.col(theirs) == pl.col(ours))
    return pl.when(pl.col(theirs).ne_missing(UNREADABLE)).then(told)


def consents(case: Case) -> pl.LazyFrame:
    """Return the consents that are (or may be) to marketing, with columns named c_*.

    `c_purpose` is true, or null where nobody says what a consent is for; `c_end` is when a withdrawal took effect.
    """
    records = case.records("consents")
    purpose = pl.when(records.known("purpose")).then((pl.col("purpose") == "marketing").fill_null(value=False))
    rows = records.rows.with_columns(c_purpose=purpose).filter(
        pl.col("c_purpose").fill_null(value=True), pl.col("contact").is_not_null()
    )
    return rows.select(
        pl.col("contact").alias(CONTACT),
        "c_purpose",
        channel_of(records).alias("c_channel"),
        pl.col("status").alias("c_status"),
        pl.col("captured_at").alias("c_from"),
        pl.col("captured_at~day").alias("c_from~day"),
        pl.col("withdrawn_at").alias("c_end"),
        pl.col("withdrawn_at~day").alias("c_end~day"),
        pl.col("expires_at").alias("c_expires"),
        pl.col("expires_at~day").alias("c_expires~day"),
        records.unread("withdrawn_at").alias("c_end?"),
        records.unread("expires_at").alias("c_expires?"),
        pl.col(FILE).alias("c_file"),
        pl.col(ROW).alias("c_row"),
    )


def _in_order(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Number consents by when they were given, then by place."""
    return rows.sort("c_from", "c_file", "c_row").with_row_index("c_order")


def _pair(left: str, right: str, zone: str, hours: int = 0) -> pl.Expr:
    return later(pl.col(left), pl.col(f"{left}~day"), pl.col(right), pl.col(f"{right}~day"), zone, hours)


def latest_consent(case: Case, found: pl.LazyFrame) -> pl.LazyFrame:
    """Add to each contact `bad_consent`: true where its latest consent is missing or did not hold at that moment."""
    joined = found.select(FILE, ROW, CONTACT, CHANNEL, AT, AT_DAY, "months").join(_in_order(consents(case)), on=CONTACT)
    joined = joined.with_columns(covers=same_channel("c_channel") & pl.col("c_purpose"))
    joined = joined.filter(pl.col("covers").fill_null(value=True))
    undated = joined.filter(pl.col("c_from").is_null()).select(ONE).unique().with_columns(undated=True)
    before = joined.filter(~_pair("c_from", AT, case.zone))
    newest = before.group_by(ONE).agg(pl.col("c_order").max())
    latest = before.join(newest, on=[*ONE, "c_order"], how="semi").unique([*ONE, "c_order"])
    age_limit = pl.col("c_from").dt.offset_by(pl.format("{}mo", pl.col("months").fill_null(0)))
    withdrawn = pl.when(~pl.col("c_end?")).then(pl.col("c_end").is_not_null() & _pair(AT, "c_end", case.zone))
    unknown_end = (pl.col("c_status") == "withdrawn") & pl.col("c_end").is_null()
    ended = pl.col("c_expires").is_not_null() & _pair(AT, "c_expires", case.zone)
    expired = pl.when(~pl.col("c_expires?")).then(ended) | (
        pl.col("months").is_not_null() & (local_day(pl.col(AT), case.zone) > local_day(age_limit, case.zone))
    )
    failed = (pl.col("c_status") == "refused") | withdrawn | expired
    verdict = latest.select(
        *ONE,
        pl.when(pl.col("covers") & failed)
        .then(True)
        .when(unknown_end)
        .then(UNKNOWN)
        .otherwise(pl.when(pl.col("covers")).then(failed))
        .alias("failed"),
        found=True,
    )
    result = found.join(verdict, on=ONE, how="left").join(undated, on=ONE, how="left", nulls_equal=True)
    unsure = pl.col("undated").fill_null(value=False) | pl.lit(_some_nameless(case))
    missing = pl.when(unsure).then(UNKNOWN).otherwise(True)
    bad = pl.when(pl.col("found").fill_null(value=False)).then(pl.col("failed")).otherwise(missing)
    return result.with_columns(pl.when(pl.col(TELLS)).then(bad).alias("bad_consent"))


def _some_nameless(case: Case) -> bool:
    """Tell whether some file of consents has no contacts: anybody's consent may stand there."""
    consents = case.records("consents")
    others = consents.rows.filter(~consents.there("contact"), pl.col("status").ne_missing("refused"))
    return bool(case.exports.collect(others.select(pl.len())).item())


def renewed(case: Case, pairs: pl.LazyFrame, since: str, keys: list[str]) -> pl.LazyFrame:
    """Return the keys of pairs (contact after a refusal) with consent granted after `since` and before the contact.

    `renewed` is true, or null where that cannot be told.
    """
    if not case.given("consents"):
        return pairs.select(keys).filter(False).with_columns(renewed=UNKNOWN)
    joined = pairs.join(consents(case), on=CONTACT, how="inner")
    in_force = pl.when(pl.col("c_end").is_null()).then(pl.col("c_status") == "granted").otherwise(
        ~_pair(AT, "c_end", case.zone) & (pl.col("c_status") != "refused")
    )  # fmt: skip
    granted = pl.when(~pl.col("c_end?") | (pl.col("c_status") == "refused")).then(in_force)
    covers = (
        same_channel("c_channel") & pl.col("c_purpose") & granted
        & _pair("c_from", since, case.zone) & ~_pair("c_from", AT, case.zone)
    )  # fmt: skip
    met = joined.with_columns(covers=covers).filter(pl.col("covers").fill_null(value=True))
    return met.group_by(keys).agg(renewed=pl.col("covers").any(ignore_nulls=False))


def contacts_after(
    case: Case, refusals: pl.LazyFrame, since: str, found: pl.LazyFrame, *, hours: int, any_channel: bool = False
) -> pl.LazyFrame:
    """Return pairs of a refusal (r_file, r_row, contact, `since`, r_channel) and a later marketing contact.

    `later` is three-valued: null where a time cannot be read or nobody says whether the contact was marketing. Pairs
    with renewed consent are left out.
    """
    pairs = refusals.join(found, on=CONTACT)
    covers = pl.lit(value=True) if any_channel else same_channel("r_channel")
    pairs = pairs.with_columns(later=_pair(AT, since, case.zone, hours) & pl.col(MEMBER) & covers)
    pairs = pairs.filter(pl.col("later").fill_null(value=True))
    keys = ["r_file", "r_row", *ONE]
    asked = renewed(case, pairs, since, keys).with_columns(asked=pl.lit(value=True))
    pairs = pairs.join(asked, on=keys, how="left", nulls_equal=True).filter(~pl.col("renewed").fill_null(value=False))
    return pairs.with_columns(later=pl.when(pl.col("asked").is_null()).then(pl.col("later")))
