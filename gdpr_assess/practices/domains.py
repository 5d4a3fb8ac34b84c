"""Mail domains in the exports: of staff, and of organisations that get many messages. Never an address."""

from __future__ import annotations

from functools import cache

import polars as pl

from gdpr_assess.installed import PACKAGE
from gdpr_assess.practices.exports import FILE, Exports
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.yamlfile import raw

MESSAGES, EACH = 20, 10
"""An organisation's mailbox gets at least so many messages, and at least so many per address: customers do not."""
_DOMAIN = r"^[^@\s]+@((?:[a-z0-9-]+\.)+[a-z]{2,})$"


@cache
def freemail() -> frozenset[str]:
    """Return domains at which anybody may have an address: they name no organisation."""
    return frozenset(raw(PACKAGE / "practices" / "freemail.yaml")["domains"])


def _domain(address: str) -> pl.Expr:
    return pl.col(address).str.strip_chars().str.to_lowercase().str.extract(_DOMAIN)


def staff_domains(exports: Exports) -> pl.LazyFrame:
    """Return one row for each person among agents and staff whose name in the exports is an address."""
    named = [("calls", "agent"), ("messages", "agent"), ("staff", "person")]
    people = pl.concat([exports[table].rows.select(FILE, ROW, person=column) for table, column in named])
    places = people.drop_nulls("person").group_by("person", FILE).agg(pl.col(ROW).min())
    once = places.sort(FILE, ROW).unique("person", keep="first", maintain_order=True)
    return once.select(FILE, ROW, value=_domain("person"), stated=pl.lit(value=True))


def recipient_domains(exports: Exports) -> pl.LazyFrame:
    """Return the outbound e-mails, `value` being the domain where it is that of an organisation's few mailboxes."""
    sent = exports["messages"].rows.filter(
        (pl.col("direction") == "outbound") & (pl.col("channel") == "email") & pl.col("customer_address").is_not_null()
    )
    mails = sent.with_columns(_domain("customer_address").alias("domain"))
    counted = mails.group_by("domain").agg(pl.len().alias("mails"), pl.col("customer_address").n_unique().alias("of"))
    many = (pl.col("mails") >= MESSAGES) & (pl.col("mails") >= EACH * pl.col("of"))
    few = exports.collect(counted.filter(many & ~pl.col("domain").is_in(sorted(freemail()))))
    found = few["domain"].drop_nulls().sort().to_list()
    value = pl.when(pl.col("domain").is_in(found)).then("domain").otherwise(pl.lit(""))
    return mails.select(FILE, ROW, value=value, stated=pl.lit(value=True))
