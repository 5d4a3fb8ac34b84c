"""Personal data where they do not belong: cards, national numbers and special categories in free text."""

from __future__ import annotations

import polars as pl

from gdpr_assess.practices.case import Case, judged
from gdpr_assess.practices.scanner import cards_in, ids_in, special_in


def cards(case: Case) -> pl.LazyFrame:
    """Messages: do they hold a card number or a verification code?"""
    messages = case.records("messages")
    return judged(messages.rows, messages.filled("text"), cards_in("text"), pl.col("channel"))


def _texts(case: Case, found: pl.Expr) -> pl.LazyFrame:
    """Judge every transcript and message text; `found` reads the column `_text`."""
    parts = []
    for table, name, channel in (("calls", "transcript", pl.lit("phone")), ("messages", "text", pl.col("channel"))):
        if case.given(table):
            records = case.records(table)
            parts.append(judged(records.rows.with_columns(_text=pl.col(name)), records.filled(name), found, channel))
    return pl.concat(parts)


def national_id(case: Case) -> pl.LazyFrame:
    """Transcripts and messages: do they hold a national identification number?"""
    return _texts(case, ids_in("_text"))


def special(case: Case) -> pl.LazyFrame:
    """Transcripts and messages: do they say something of a special category about a person?"""
    return _texts(case, special_in("_text"))
