"""Puts people to the ids that messages and calls carry: who wrote, who was the customer, where they were reached.

Vendors keep tickets, comments and users apart. An export of comments alone does not tell an agent from a customer; with
the users (or the tickets) of the same system it does. What stays open is counted and cannot be tested.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gdpr_assess.practices.exports import Fact
from gdpr_assess.practices.readers.source import SHOWN_ROWS, Problem
from gdpr_assess.practices.readers.typed import AUTHOR, CUSTOMER, OPENING, ROW, UNREAD
from gdpr_assess.practices.stored import Rows, Stored
from gdpr_assess.practices.tables import INTERNAL, LINKS, TABLES, Table

Part = tuple[str, Rows, Fact]
Told = list[tuple[Fact, Problem]]
_FOUND = ("direction", "customer_address", "customer_number", "agent", "channel")
"""Columns that links may fill."""
_UNKNOWN = ("direction", "customer_address", "customer_number")
_BY_PHONE = ("phone", "sms", "whatsapp")


def system_of(fact: Fact) -> str:
    """Return the vendor whose ids a file uses."""
    return str(fact["format"]).partition("_")[0]


def linked(parts: Sequence[Part]) -> tuple[list[Part], Told]:
    """Return the parts that hold records, with what the link tables of the same system tell, and what stays open."""
    told: Told = []
    found: list[Part] = []
    openings = any(OPENING in frame.columns for _, frame, _ in parts)
    spoken = _threads_with_messages(parts) if openings else {}
    for table, frame, fact in parts:
        if table in LINKS:
            continue
        if isinstance(frame, Stored):  # large, and without ids of people
            found.append((table, frame, fact))
            continue
        if OPENING in frame.columns:
            frame = _without_openings(frame, spoken.get(system_of(fact)), fact, told)
        if table in ("messages", "calls") and {AUTHOR, CUSTOMER} & set(frame.columns):
            frame = _with_people(table, frame, fact, parts, told)
        found.append((table, frame, fact))
    return found, told


def _threads_with_messages(parts: Sequence[Part]) -> dict[str, pl.Series]:
    """Return by system the threads whose own messages were handed over."""
    threads: dict[str, list[pl.Series]] = {}
    for table, frame, fact in parts:
        if table == "messages" and OPENING not in frame.columns:
            threads.setdefault(system_of(fact), []).append(frame["thread_id"].drop_nulls())
    return {system: pl.concat(columns).unique() for system, columns in threads.items()}


def _without_openings(frame: pl.DataFrame, spoken: pl.Series | None, fact: Fact, told: Told) -> pl.DataFrame:
    """Leave out the messages that came with a ticket where its comments, handed over on their own, hold them too."""
    if spoken is None:
        return frame
    again = frame[OPENING].is_not_null() & frame["thread_id"].is_in(spoken.implode())
    _tell("message_twice", frame.filter(again), fact, told)
    return frame.filter(~again)


def _tell(code: str, rows: pl.DataFrame, fact: Fact, told: Told) -> None:
    if rows.height:
        told.append((fact, Problem(code, rows.height, rows[ROW].head(SHOWN_ROWS).to_list(), warning=True)))


def _links(table: str, parts: Sequence[Part], system: str) -> pl.DataFrame:
    frames = [
        frame.lazy().select(LINKS[table].names)
        for name, frame, fact in parts
        if name == table and system_of(fact) == system
    ]
    wanted = list(LINKS[table].names)
    empty = pl.DataFrame(schema={name: pl.String() for name in wanted})
    whole = pl.concat([empty, *(frame.collect() for frame in frames)])
    key = LINKS[table].key[0]
    ordered = whole.filter(pl.col(key).is_not_null())
    return ordered.group_by(key, maintain_order=True).agg(pl.exclude(key).drop_nulls().last())


def _with_people(table: str, frame: pl.DataFrame, fact: Fact, parts: Sequence[Part], told: Told) -> pl.DataFrame:
    people, threads = (_links(name, parts, system_of(fact)) for name in ("people", "threads"))
    empty = [name for name in (AUTHOR, CUSTOMER) if name not in frame.columns]
    rows = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in empty)
    if table == "messages":
        rows = _through_threads(rows, threads)
    writer = people.select(pl.col("person_id").alias(AUTHOR), pl.col("name", "side").name.prefix("w_"))
    rows = rows.join(writer, on=AUTHOR, how="left", maintain_order="left")
    rows = _directed(rows) if table == "messages" else _called(rows)
    rows = _reached(table, rows, people)
    return _settled(table, rows, fact, told).select(frame.columns)


def _through_threads(rows: pl.DataFrame, threads: pl.DataFrame) -> pl.DataFrame:
    known = threads.select("thread_id", pl.col("customer_id", "channel").name.prefix("t_"))
    joined = rows.join(known, on="thread_id", how="left", maintain_order="left")
    return joined.with_columns(
        pl.coalesce(CUSTOMER, "t_customer_id").alias(CUSTOMER), pl.coalesce("channel", "t_channel").alias("channel")
    )


def _directed(rows: pl.DataFrame) -> pl.DataFrame:
    """Fill the direction by who wrote, then the agent (by name where the users are known, else by id)."""
    by_side = pl.col("w_side").replace_strict({"agent": "outbound", "customer": "inbound"}, default=None)
    by_customer = pl.when(pl.col(AUTHOR) == pl.col(CUSTOMER)).then(pl.lit("inbound"))
    rows = rows.with_columns(pl.coalesce("direction", by_side.cast(pl.String), by_customer).alias("direction"))
    ours = (pl.col("w_side") == "agent") | pl.col("direction").is_in(["outbound", INTERNAL])
    writes = pl.when(ours.fill_null(value=False)).then(pl.coalesce("w_name", AUTHOR))
    theirs = pl.when(pl.col("direction") == "inbound").then(pl.coalesce(CUSTOMER, AUTHOR)).otherwise(pl.col(CUSTOMER))
    is_ours = pl.col("w_side").eq_missing("agent")
    return rows.with_columns(
        pl.coalesce("agent", writes).alias("agent"),
        pl.when(is_ours).then(pl.col(CUSTOMER)).otherwise(theirs).alias(CUSTOMER),
    )


def _called(rows: pl.DataFrame) -> pl.DataFrame:
    """Name the agents of calls as the users' export does, so that they can be found on the list of staff."""
    return rows.with_columns(agent=pl.coalesce("w_name", "agent"))


def _reached(table: str, rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Fill where the customer is reached: the number for calls and text messages, else the address."""
    known = people.select(pl.col("person_id").alias(CUSTOMER), pl.col("address", "phone").name.prefix("c_"))
    rows = rows.join(known, on=CUSTOMER, how="left", maintain_order="left")
    if table == "calls":
        return rows.with_columns(pl.coalesce("customer_number", "c_phone").alias("customer_number"))
    phone = pl.col("channel").is_in(_BY_PHONE).fill_null(value=False)
    found = pl.when(phone).then(pl.col("c_phone")).otherwise(pl.coalesce("c_address", "c_phone"))
    return rows.with_columns(pl.coalesce("customer_address", found).alias("customer_address"))


def _settled(table: str, rows: pl.DataFrame, fact: Fact, told: Told) -> pl.DataFrame:
    """Say which columns the links gave; where they gave nothing the value is unknown, not empty."""
    definition = TABLES[table]
    open_ = pl.lit(value=False)
    for name in _FOUND:
        if name not in definition.names:
            continue
        if name not in fact["columns"] and rows[name].is_not_null().any():
            fact["columns"] = [column for column in definition.names if column in (*fact["columns"], name)]
            fact["missing"] = [column for column in fact["missing"] if column != name]
        if name in _UNKNOWN and name in fact["columns"]:
            rows = rows.with_columns(_unknown(name, definition))
    if table == "messages":
        open_ = pl.col("direction").is_null()
    _tell("not_linked", rows.filter(open_), fact, told)
    return rows


def _unknown(name: str, table: Table) -> pl.Expr:
    """Mark a value that no link gave as one that could not be read."""
    unread, bit = pl.col(UNREAD), table.bit(name)
    gap = pl.col(name).is_null() & ((unread & bit) == 0) & pl.col("direction").ne_missing(INTERNAL)
    return (unread + pl.when(gap).then(bit).otherwise(0)).cast(pl.UInt32).alias(UNREAD)
