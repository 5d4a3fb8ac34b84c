"""From text columns to a canonical table: each value in its type, what cannot be read marked and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from gdpr_assess.issue import nearest
from gdpr_assess.law import iso
from gdpr_assess.practices.readers.contacts import UNDECIDED, contacts, phones, rounded
from gdpr_assess.practices.readers.source import SHOWN_ROWS, Problems
from gdpr_assess.practices.readers.times import Order, moments, order_of
from gdpr_assess.practices.tables import Column, Table
from gdpr_assess.yamlfile import raw

NOT_READ = "\ufffd"
"""What a reader puts where a cell holds something that is no value (a formula, an error of the sheet)."""
ROW, UNREAD, UPDATED = "_row", "_unread", "_updated"
AUTHOR, CUSTOMER, OPENING = "_author", "_customer", "_opening"
"""What readers give to link records: the ids of the writer and of the customer; whether it came with a ticket."""
_WITH_CODE = r"^\s*(?i:tel:|sip:|sms:|whatsapp:)?\s*(?:\+|00)"
_YES_NO: dict[str, str] = raw(Path(__file__).parents[1] / "yes_no.yaml")
TRUE, FALSE = _YES_NO["yes"].split(), _YES_NO["no"].split()
_SAME = {
    "direction": {"in": "inbound", "incoming": "inbound", "out": "outbound", "outgoing": "outbound"},
    "channel": {
        "voice": "phone",
        "call": "phone",
        "telephone": "phone",
        "e_mail": "email",
        "mail": "email",
        "any": "all",
    },
    "type": {"delete": "erasure", "deletion": "erasure", "export": "access"},
    "outcome": {"completed": "done", "partial": "partly", "rejected": "refused", "denied": "refused"},
}


@dataclass(frozen=True)
class Reading:
    """How the values of one file are to be understood; `assumed`: nobody stated the zone of its times.

    `region_assumed`: nobody stated the country of numbers without a country code, so it is the client's.
    """

    zone: str
    client_zone: str
    region: str | None = None
    assumed: bool = False
    order: Order | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    region_assumed: bool = False
    unix: frozenset[str] | None = None
    """Columns of Unix times, where that and the order of dates were decided over a whole file beforehand."""


def day_flag(name: str) -> str:
    """Return the name of the column that marks times written as a bare day."""
    return f"{name}~day"


def typed(text: pl.DataFrame, table: Table, reading: Reading, problems: Problems) -> pl.DataFrame:
    """Return the canonical table of `text` (canonical names, `_row`), with `_unread` bits and `~day` flags."""
    present = [column for column in table.columns if column.name in text.columns]
    order = _order(text, present, reading, problems)
    lands = _lands(text["customer_country"]) if "customer_country" in text.columns else None
    columns: list[pl.Series] = [text[ROW]]
    unread = pl.Series(UNREAD, [0], dtype=pl.UInt32).new_from_index(0, len(text))
    for column in table.columns:
        if column.name not in text.columns:
            columns += _absent(column, len(text))
            continue
        made, wrong, naive = _column(text[column.name], column, reading, order, lands)
        if naive and reading.assumed:
            problems.add("zone_assumed", count=0, warning=True, zone=reading.zone)
        columns += made
        if column.kind in ("phone", "contact") and reading.region_assumed and lands is None:
            _report_assumed(text, made[0], reading, problems)
        for code, bad in wrong.items():
            if bad.any():
                unread = unread + bad.cast(pl.UInt32) * table.bit(column.name)
                _report(code, text, column, bad, problems)
    return pl.DataFrame([*columns, unread.alias(UNREAD)])


def _order(text: pl.DataFrame, present: list[Column], reading: Reading, problems: Problems) -> Order | None:
    if reading.order is not None or reading.unix is not None:
        return reading.order
    found = order_of(text[column.name] for column in present if column.kind == "time")
    if found in ("ambiguous", "conflict"):
        problems.add(f"dates_{found}")
        return None
    return found  # type: ignore[return-value]


def _absent(column: Column, height: int) -> list[pl.Series]:
    made = [pl.Series(column.name, [None], dtype=column.stored).new_from_index(0, height)]
    if column.kind == "time":
        made.append(pl.Series(day_flag(column.name), [False]).new_from_index(0, height))
    return made


def _column(
    raw: pl.Series, column: Column, reading: Reading, order: Order | None, lands: pl.Series | None
) -> tuple[list[pl.Series], dict[str, pl.Series], bool]:
    """Return a column in its type (with its flags), the rows that cannot be read by what is wrong, and naive times."""
    text = raw.str.strip_chars()
    text = text.set((text == "").fill_null(value=False), None)
    given = reading.values.get(column.name)
    if given and column.kind in ("choice", "flag"):
        text = in_our_words(text, given)
    if column.kind == "time":
        unix = None if reading.unix is None else column.name in reading.unix
        frame = moments(text, reading.zone, reading.client_zone, order, unix)
        return (
            [frame["at"].alias(column.name), frame["is_day"].alias(day_flag(column.name))],
            {"bad_time": frame["unread"]},
            bool(frame["naive"].any()),
        )
    value = _value(text, column, reading, lands).alias(column.name)
    if column.kind not in ("phone", "contact", "text", "id", "person"):
        return [value], {f"bad_{column.kind}": text.is_not_null() & value.is_null()}, False
    wrong = {"bad_cell": (text == NOT_READ).fill_null(value=False)}
    if column.kind in ("phone", "contact"):
        lost, undecided = rounded(text), (value == UNDECIDED).fill_null(value=False)
        wrong |= {"number_rounded": lost, "number_undecided": undecided}
        value = value.set(lost | undecided, None)
    return [value], wrong, False


def in_our_words(text: pl.Series, given: Mapping[str, str]) -> pl.Series:
    """Return the words that stand for those of the file; `word*` is any that begins so, an empty text is nothing."""
    text = _folded(text)
    words = {_plain(key): value for key, value in given.items() if not key.endswith("*")}
    found = text.replace(words)
    for key, value in given.items():
        if key.endswith("*"):
            fits = (text.str.starts_with(_plain(key[:-1])) & ~text.is_in(list(words))).fill_null(value=False)
            found, text = found.set(fits, value), text.set(fits, None)
    return found.set((found == "").fill_null(value=False), None)


def _value(text: pl.Series, column: Column, reading: Reading, lands: pl.Series | None) -> pl.Series:
    match column.kind:
        case "flag":
            return _folded(text).replace_strict(
                dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False), default=None, return_dtype=pl.Boolean
            )
        case "number":
            return text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        case "choice":
            known = {value: value for value in column.allowed} | _SAME.get(column.name, {})
            return _folded(text).replace_strict(known, default=None, return_dtype=pl.String)
        case "phone":
            return phones(text, lands, reading.region)
        case "contact":
            return contacts(text, lands, reading.region)
        case "country":
            return _lands(text)
        case _:
            return text.set((text == NOT_READ).fill_null(value=False), None)


def _plain(text: str) -> str:
    return "_".join(text.strip().casefold().replace("-", " ").split())


def _folded(text: pl.Series) -> pl.Series:
    return text.str.strip_chars().str.to_lowercase().str.replace_all(r"[\s\-]+", "_")


def _lands(text: pl.Series) -> pl.Series:
    codes = text.str.strip_chars().str.to_uppercase()
    codes = codes.set(~codes.str.contains(r"^[A-Z]{2}$").fill_null(value=True), None)
    return codes.replace({code: iso(code) for code in ("UK", "EL")})


def _report(code: str, text: pl.DataFrame, column: Column, bad: pl.Series, problems: Problems) -> None:
    rows = text.filter(bad)
    wrong = rows[column.name]
    close = _close(wrong, column) if column.kind == "choice" else None
    details = {"column": column.name, "allowed": list(column.allowed)} if column.allowed else {"column": column.name}
    if close:
        details["nearest"] = close
    for row in rows[ROW].head(SHOWN_ROWS).to_list():
        problems.add(code, row, count=0, **details)
    problems.add(code, count=rows.height, **details)


def _report_assumed(text: pl.DataFrame, made: pl.Series, reading: Reading, problems: Problems) -> None:
    """Say how many numbers were taken for the client's country because they carry no country code."""
    digits = "+" + text[made.name].str.replace_all(r"\D", "")
    written = text[made.name].str.contains(_WITH_CODE).fill_null(value=True) | (digits == made).fill_null(value=False)
    assumed = text.filter(~written & made.str.starts_with("+").fill_null(value=False))[ROW]
    for row in assumed.head(SHOWN_ROWS):
        problems.add("numbers_assumed", row, count=0, warning=True, column=made.name, country=reading.region)
    if len(assumed):
        problems.add("numbers_assumed", count=len(assumed), warning=True, column=made.name, country=reading.region)


def _close(wrong: pl.Series, column: Column) -> str | None:
    """Return the allowed value most like the most frequent wrong one; the wrong one itself may name a person."""
    common = wrong.drop_nulls().value_counts(sort=True)
    return nearest(str(common.item(0, 0))[:40], column.allowed) if common.height else None
