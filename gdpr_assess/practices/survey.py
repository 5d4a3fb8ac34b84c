"""Which personal data lie in free text: counts and places by kind, column and channel. No value leaves this file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from gdpr_assess.model import PersonalData, PersonalKind, Place
from gdpr_assess.practices.exports import FILE, Exports, file_and_sheet
from gdpr_assess.practices.national_ids import COLUMN_CHECKS, GATE, countries_of
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.scanner import (
    ACCOUNT_GATE,
    CARD_GATE,
    NUMBER_END,
    PHONE_GATE,
    Gate,
    has_account,
    has_address,
    has_card_number,
    has_code,
    has_phone,
    numbers_in,
    shaped,
)
from gdpr_assess.practices.special_terms import categories_of, may_be_special

FREE: dict[str, tuple[str, ...]] = {
    "calls": ("transcript", "disposition", "campaign"),
    "messages": ("subject", "text"),
    "requests": ("reason",),
    "suppressions": ("reason",),
    "consents": ("source",),
}
"""Columns in which people write freely."""
KEYS: dict[str, tuple[str, ...]] = {"consents": ("customer_id",), "calls": ("call_id",), "messages": ("thread_id",)}
"""Columns of identifiers: in them a share decides, not a label."""
SHARE, FEW, SAMPLE, SHOWN = 0.5, 20, 20_000, 20
OFTEN = 0.05
"""A number in at least this share of the outbound messages is the company's own."""
FIRST_ROWS, MOST_VALUES = 200_000, 2_000
"""Whether a column holds national numbers is told by so many distinct values of so many rows."""
Hits = tuple[PersonalKind, str | None]


def _yes(kind: PersonalKind, asks: Callable[[str], bool]) -> Callable[[str], Iterator[Hits]]:
    def hits(text: str) -> Iterator[Hits]:
        if asks(text):
            yield kind, None

    return hits


Scan = tuple[Gate, Callable[[str], Iterator[Hits]]]
_SCANS: tuple[Scan, ...] = (
    (shaped(ACCOUNT_GATE), _yes("iban", has_account)),
    (shaped(CARD_GATE), _yes("card", has_card_number)),
    (shaped(CARD_GATE), _yes("card_code", has_code)),
    (shaped(GATE), lambda text: (("national_id", land) for land in countries_of(text))),
    (may_be_special, lambda text: (("special", name) for name in categories_of(text))),
)
"""What a column is searched for: the gate that sends most texts home at once, then the look at the others."""


def _scans(own: frozenset[str]) -> tuple[Scan, ...]:
    """Return all searches; the client's own addresses, domains and numbers are no finding."""
    return (
        (shaped("@"), _yes("email", lambda text: has_address(text, own))),
        (shaped(PHONE_GATE), _yes("phone", lambda text: has_phone(text, own))),
        *_SCANS,
    )


@dataclass
class _Found:
    """The rows in which one kind was seen, by channel."""

    counts: Counter[str | None] = field(default_factory=Counter)
    places: dict[str | None, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, channel: str | None, place: Place) -> None:
        """Count one row."""
        self.counts[channel] += 1
        if len(self.places[channel]) < SHOWN:
            self.places[channel].append(place)


def company_numbers(exports: Exports) -> frozenset[str]:
    """Return the numbers of the company itself: it calls from them, or writes them in many messages to others."""
    calls, messages = exports["calls"].rows, exports["messages"].rows
    from_calls = exports.collect(calls.select("company_number").drop_nulls().unique())["company_number"]
    sent = messages.filter(pl.col("direction") == "outbound").select("text").drop_nulls().head(SAMPLE)
    texts = exports.collect(sent)["text"].to_list()
    written = Counter(number for text in texts for number in numbers_in(text))
    often = {number for number, count in written.items() if count >= max(FEW, len(texts) * OFTEN)}
    for rows, column in ((calls, "customer_number"), (messages, "customer_address")):
        ends = rows.select(end=pl.col(column).str.tail(NUMBER_END)).filter(pl.col("end").is_in(sorted(often)))
        often -= set(exports.collect(ends.unique())["end"].to_list()) if often else set()
    return frozenset([*from_calls, *often])


def survey(exports: Exports, own: Iterable[str] = ()) -> tuple[PersonalData, ...]:
    """Search every free-text and identifier column of the evidence; `own` are the client's own contacts."""
    known = frozenset(contact.strip().casefold() for contact in own)
    known |= company_numbers(exports)
    known |= {contact.partition("@")[2] for contact in known if "@" in contact}
    found: list[PersonalData] = []
    for table, columns in FREE.items():
        for column in columns:
            if exports[table].has(column):
                found += _free(exports, table, column, _scans(known))
    for table, columns in KEYS.items():
        for column in columns:
            if exports[table].has(column):
                found += _identifiers(exports, table, column)
    return tuple(found)


def _free(exports: Exports, table: str, column: str, scans: tuple[Scan, ...]) -> Iterator[PersonalData]:
    rows = _rows(exports, table, column)
    population: Counter[str | None] = Counter()
    found: dict[Hits, _Found] = defaultdict(_Found)
    for batch in exports.batches(rows, SAMPLE):
        population.update(batch["channel"].to_list())
        _scan(batch, column, scans, found)
    for (kind, detail), seen in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        for channel, count in sorted(seen.counts.items(), key=lambda item: item[0] or ""):
            yield PersonalData(
                kind=kind, detail=detail, table=table, column=column, channel=channel, records=population[channel],
                hits=count, places=tuple(seen.places[channel]),
            )  # fmt: skip


def _rows(exports: Exports, table: str, column: str) -> pl.LazyFrame:
    channel = {"calls": pl.lit("phone"), "messages": pl.col("channel"), "requests": pl.col("channel")}
    named = channel.get(table, pl.lit(None, dtype=pl.String)).alias("channel")
    return exports[table].rows.filter(pl.col(column).is_not_null()).select(FILE, ROW, named, column)


def _scan(batch: pl.DataFrame, column: str, scans: tuple[Scan, ...], found: dict[Hits, _Found]) -> None:
    for gate, look in scans:
        passed = batch.filter(gate(batch[column]))
        answers = {text: tuple(dict.fromkeys(look(text))) for text in passed[column].unique().to_list()}
        for file, row, channel, text in passed.select(FILE, ROW, "channel", column).iter_rows():
            for hit in answers[text]:
                name, sheet = file_and_sheet(file)
                found[hit].add(channel, Place(file=name, sheet=sheet, row=row))


def _identifiers(exports: Exports, table: str, column: str) -> Iterator[PersonalData]:
    """Tell where identifiers are national numbers: at least half of the distinct values must pass the check."""
    first = exports[table].rows.select(column).drop_nulls().head(FIRST_ROWS)
    values = first.unique(maintain_order=True).head(MOST_VALUES).collect()[column].to_list()
    if len(values) < FEW:
        return
    shares = {land: _share(values, check) for land, check in COLUMN_CHECKS.items()}
    best = max(sorted(shares), key=lambda land: shares[land])
    if shares[best] < SHARE:
        return
    files = exports[table].rows.select(FILE, ROW, column).drop_nulls().group_by(FILE).agg(pl.col(ROW).min(), pl.len())
    for file, row, count in files.sort(FILE).collect().iter_rows():
        name, sheet = file_and_sheet(file)
        yield PersonalData(
            kind="national_id", detail=best, table=table, column=column, channel=None, records=count,
            hits=round(count * shares[best]), places=(Place(file=name, sheet=sheet, row=row),), whole_column=True,
        )  # fmt: skip


def _share(values: Iterable[str], check: Callable[[str], bool]) -> float:
    passed = [check(value) for value in values]
    return sum(passed) / len(passed)
