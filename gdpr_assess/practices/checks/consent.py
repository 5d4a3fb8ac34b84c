"""Records of consent: evidence, the wording they rest on, withdrawal and expiry."""

from __future__ import annotations

import polars as pl

from gdpr_assess.model import LintResult
from gdpr_assess.practices.case import Case, judged
from gdpr_assess.practices.checks.marketing import any_of, hit
from gdpr_assess.practices.contacts import CONTACT, channel_of, contacts_after, marketing_contacts
from gdpr_assess.practices.exports import FILE
from gdpr_assess.practices.policy import grace_hours
from gdpr_assess.practices.readers.typed import ROW

INVALID = (
    "silence_as_consent", "preticked", "bundled_consent", "conditional_consent", "compelled_consent", "vague_purpose",
    "unnamed_third_parties",
)  # fmt: skip
NEEDED = ("controller_identity", "purpose", "right_withdraw_consent")
REASONS = "_reasons"


def evidence(case: Case) -> pl.LazyFrame:
    """Consents: can who, when, how and which wording be shown?"""
    consents = case.records("consents")
    member = pl.col("status").is_in(["granted", "withdrawn"])
    nobody = consents.empty("customer_id") & consents.empty("contact")
    bad = nobody | consents.empty("captured_at") | consents.empty("method") | consents.empty("wording_id")
    return judged(consents.rows, member, bad, channel())


def channel() -> pl.Expr:
    """Return the channel of a consent; an empty one and `all` name none."""
    return pl.when(pl.col("channel") != "all").then(pl.col("channel"))


def unknown_wording(case: Case) -> pl.LazyFrame:
    """Consents with a wording: is that wording known?"""
    consents = case.records("consents")
    known = [wording.id for wording in case.intake.wordings]
    return judged(consents.rows, consents.filled("wording_id"), ~pl.col("wording_id").is_in(known), channel())


def faults(result: LintResult) -> tuple[str, ...] | None:
    """Return why consent given to this wording is not valid; None where that cannot be told for sure."""
    if result.not_analysed:
        return None
    sure = {hit.code for hit in result.sure}
    unsure = {hit.code for hit in (*result.elements, *result.defects, *result.doubtful)} - sure
    found = (*sorted(sure.intersection(INVALID)), *(code for code in NEEDED if code not in sure | unsure))
    return None if not found and unsure.intersection((*INVALID, *NEEDED)) else found


def wording_valid(case: Case) -> pl.LazyFrame:
    """Granted consents whose wording is known: is that wording good enough for a valid consent?"""
    consents = case.records("consents")
    known = sorted(wording.id for wording in case.intake.wordings)
    by_wording = {wording: faults(case.wordings[wording]) for wording in known if wording in case.wordings}
    wrong = {wording: bool(found) for wording, found in by_wording.items() if found is not None}
    reasons = {wording: list(found) for wording, found in by_wording.items() if found}
    table = pl.DataFrame(
        {"wording_id": list(reasons), REASONS: list(reasons.values())},
        schema={"wording_id": pl.String, REASONS: pl.List(pl.String)},
    )
    rows = consents.rows.join(table.lazy(), on="wording_id", how="left")
    member = (pl.col("status") == "granted") & pl.when(consents.known("wording_id")).then(
        pl.col("wording_id").is_in(known).fill_null(value=False)
    )
    bad = pl.col("wording_id").replace_strict(wrong, default=None, return_dtype=pl.Boolean)
    return judged(rows, member, bad, channel(), **{REASONS: pl.col(REASONS)})


def _contacted(case: Case, since: str, hours: int) -> pl.LazyFrame:
    """Return consents with a marketing contact after `since`, and no later consent in between."""
    consents = case.records("consents")
    pairs = _pairs(case, since, hours)
    whole = consents.rows.join(
        any_of(pairs, ["r_file", "r_row"]), left_on=[FILE, ROW], right_on=["r_file", "r_row"], how="left"
    )
    member = consents.filled(since) & (pl.col("purpose") == "marketing")
    return judged(whole, member, pl.when(consents.known("contact")).then(hit()), channel())


def _pairs(case: Case, since: str, hours: int) -> pl.LazyFrame:
    consents = case.records("consents")
    refusals = consents.rows.filter(pl.col("contact").is_not_null() & pl.col(since).is_not_null()).select(
        pl.col("contact").alias(CONTACT),
        channel_of(consents).alias("r_channel"),
        pl.col("purpose").alias("r_purpose"),
        pl.col(since).alias("since"),
        pl.col(f"{since}~day").alias("since~day"),
        pl.col(FILE).alias("r_file"),
        pl.col(ROW).alias("r_row"),
    )
    return contacts_after(case, refusals, "since", marketing_contacts(case), hours=hours)


def withdrawal_pairs(case: Case) -> pl.LazyFrame:
    """Return each withdrawn consent to marketing (r_*) with each marketing contact after it."""
    return _pairs(case, "withdrawn_at", grace_hours(case.intake.profile)).filter(pl.col("r_purpose") == "marketing")


def withdrawal_honoured(case: Case) -> pl.LazyFrame:
    """Withdrawn consents to marketing: was the person contacted again?"""
    return _contacted(case, "withdrawn_at", grace_hours(case.intake.profile))


def expired_in_use(case: Case) -> pl.LazyFrame:
    """Consents to marketing with an end: was the person contacted after it?"""
    return _contacted(case, "expires_at", 0)
