"""Messages: privacy statement, chat notice, way out of marketing, age, personal data shown in public."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from gdpr_assess.practices.case import Case, NotTestableError, judged
from gdpr_assess.practices.exports import AS_OF, FILE
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.scanner import personal_in
from gdpr_assess.practices.survey import company_numbers

STATEMENT = frozenset({"more_information", "legal_basis", "retention", "dpo_contact"})
OPT_OUT = frozenset({"right_withdraw_consent", "right_objection"})
Codes = frozenset[str]


def _says(case: Case, asked: pl.Expr, question: Callable[[Codes], bool]) -> pl.Expr:
    """Tell of each row asked for whether its text answers; null where there is none or no pack for its language."""

    def answers(texts: pl.Series) -> pl.Series:
        unique = texts.drop_nulls().unique().to_list()
        seen = case.elements(unique)
        told = {text: question(codes) for text, codes in zip(unique, seen, strict=True) if codes is not None}
        return texts.replace_strict(told, default=None, return_dtype=pl.Boolean)

    text = pl.when(asked.fill_null(value=True)).then(pl.col("text"))
    return text.map_batches(answers, return_dtype=pl.Boolean, is_elementwise=True)


def privacy_statement(case: Case) -> pl.LazyFrame:
    """Outbound e-mails: does the text say anything about privacy?"""
    messages = case.records("messages")
    member = (pl.col("direction") == "outbound") & (pl.col("channel") == "email")
    says = _says(case, member, lambda codes: bool(codes & STATEMENT or _rights(codes)))
    return judged(messages.rows, member, ~says, "email")


def _rights(codes: Codes) -> bool:
    return any(code.startswith("right_") for code in codes)


def chat_notice(case: Case) -> pl.LazyFrame:
    """Chat threads with an answer: does the first one say who uses the data for what, or where to read it?"""
    case.require("messages", "thread_id", "channel", "direction")
    messages = case.records("messages")
    chat = messages.rows.filter(
        pl.col("channel") == "chat", pl.col("direction") == "outbound", messages.filled("thread_id")
    )
    when = chat.select("thread_id", "sent_at", FILE, ROW).sort("sent_at", FILE, ROW, nulls_last=True)
    first = when.unique("thread_id", keep="first", maintain_order=True).select(FILE, ROW, "sent_at")
    says = _says(case, pl.lit(value=True), _introduces)
    opening = chat.join(first, on=[FILE, ROW, "sent_at"], how="semi", nulls_equal=True)
    return judged(opening, pl.lit(value=True), ~says, "chat")


def _introduces(codes: Codes) -> bool:
    return "more_information" in codes or {"purpose", "controller_identity"} <= codes


def unsubscribe(case: Case) -> pl.LazyFrame:
    """Marketing e-mails and text messages: is there a way out?"""
    messages = case.records("messages")
    member = (
        (pl.col("direction") == "outbound")
        & pl.col("channel").is_in(["email", "sms"])
        & (pl.col("purpose") == "marketing")
    )
    says = _says(case, member, lambda codes: bool(codes & OPT_OUT))
    no_header = (pl.col("channel") == "sms") | messages.empty("unsubscribe_header")  # a text message has no headers
    return judged(messages.rows, member, ~says & no_header, pl.col("channel"))


def retention(case: Case) -> pl.LazyFrame:
    """Messages: are they older than the declared period?"""
    days = case.intake.profile.message_retention_days
    if days is None:
        raise NotTestableError("no_message_retention")
    messages = case.records("messages")
    return judged(messages.rows, pl.lit(value=True), messages.days_after(AS_OF, "sent_at", days), pl.col("channel"))


def public_data(case: Case) -> pl.LazyFrame:
    """Public answers: do they show personal data of somebody?"""
    messages = case.records("messages")
    member = (pl.col("direction") == "outbound") & pl.col("public")
    own = own_details(case)
    rows = messages.rows.with_columns(_shown=pl.when(member.fill_null(value=True)).then(pl.col("text")))
    bad = pl.when(messages.empty("text")).then(False).otherwise(personal_in("_shown", own))
    return judged(rows, member, bad, pl.col("channel"))


def own_details(case: Case) -> frozenset[str]:
    """Return what is the company's own: addresses and numbers that it names in its intake or calls from."""
    named = " ".join(case.intake.profile.contacts).casefold().split()
    return frozenset(named) | company_numbers(case.exports)
