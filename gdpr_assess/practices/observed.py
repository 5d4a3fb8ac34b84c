"""What the exports show of countries, channels and systems, counted: to be held against what the client declared."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
from babel import Locale

from gdpr_assess.law import iso
from gdpr_assess.model import Noun, Place
from gdpr_assess.practices.domains import recipient_domains, staff_domains
from gdpr_assess.practices.exports import FILE, Exports, file_and_sheet
from gdpr_assess.practices.readers.contacts import region_of
from gdpr_assess.practices.readers.typed import ROW

VENDORS = {
    "amazon_connect": "Amazon Connect",
    "five9": "Five9",
    "twilio": "Twilio",
    "zendesk": "Zendesk",
}
"""Beginnings of the formats' names and whose system writes them."""
_SAME_STATE = {"GG": "GB", "JE": "GB", "IM": "GB", "AX": "FI", "SJ": "NO", "VA": "IT"}
"""Numbers that only a closer look tells from their neighbour's: the prefix alone does not prove the territory."""
FEW = 5
"""Numbers that are looked up for each beginning: some may be no valid number."""
_NAMES_IN = ("en", "zh", "sv", "de", "pl")
_NOT_CLEAR = frozenset(["NA", "georgia"])
"""Also read as "not available" and as a state of the US."""


class Sighting(Noun):
    """One value with how many records show it, out of how many, and the first of them.

    `stated` counts the records that say it themselves; for the others it follows from the number's prefix.
    """

    value: str
    count: int
    total: int
    stated: int
    place: Place


class Observed(Noun):
    """Countries of customers, staff and stored recordings, channels, vendors whose exports were read, mail domains."""

    customers: tuple[Sighting, ...] = ()
    agents: tuple[Sighting, ...] = ()
    channels: tuple[Sighting, ...] = ()
    locations: tuple[Sighting, ...] = ()
    vendors: tuple[Sighting, ...] = ()
    staff_domains: tuple[Sighting, ...] = ()
    recipient_domains: tuple[Sighting, ...] = ()


def observed(exports: Exports, as_of: date) -> Observed:
    """Return what the exports show; nobody's name, number or address is in it."""
    return Observed(
        customers=_sightings(_customers(exports)),
        agents=_sightings(_agents(exports, as_of)),
        channels=_sightings(_channels(exports)),
        locations=_sightings(_locations(exports)),
        vendors=_vendors(exports),
        staff_domains=_sightings(staff_domains(exports)),
        recipient_domains=tuple(one for one in _sightings(recipient_domains(exports)) if one.value),
    )


def _sightings(rows: pl.DataFrame) -> tuple[Sighting, ...]:
    """Count the values of `value`; `stated` says whether a row says it itself."""
    known = rows.drop_nulls("value")
    counted = known.sort(FILE, ROW).group_by("value").agg(pl.len(), pl.col("stated").sum(), pl.first(FILE, ROW))
    return tuple(
        Sighting(value=value, count=count, total=known.height, stated=stated, place=_place(file, row))
        for value, count, stated, file, row in counted.sort("value").iter_rows()
    )


def _place(key: str, row: int | None) -> Place:
    file, sheet = file_and_sheet(key)
    return Place(file=file, sheet=sheet, row=row)


def _values(frame: pl.DataFrame, value: pl.Expr | pl.Series) -> pl.DataFrame:
    return frame.select(FILE, ROW, value.alias("value"), pl.lit(value=True).alias("stated"))


def _customers(exports: Exports) -> pl.DataFrame:
    contacts = [("calls", "customer_number"), ("messages", "customer_address")]
    rows = [exports[table].frame.select(FILE, ROW, "customer_country", contact=name) for table, name in contacts]
    found = pl.concat(rows)
    stated = pl.col("customer_country").is_not_null()
    lands = _prefix_lands(found.select(pl.when(~stated).then("contact"))["contact"])
    return found.select(FILE, ROW, pl.coalesce("customer_country", lands).alias("value"), stated.alias("stated"))


def _prefix_lands(contacts: pl.Series) -> pl.Series:
    """Return the country of each number by its first digits, looking up only a few numbers of each beginning."""
    start = contacts.str.extract(r"^(\+\d{4})").alias("start")
    few = pl.DataFrame([contacts.alias("number"), start]).drop_nulls().unique(maintain_order=True)
    few = few.group_by("start", maintain_order=True).head(FEW)
    told = few.with_columns(region_of(few["number"]).replace(_SAME_STATE).alias("land")).drop_nulls("land")
    lands = told.unique("start", keep="first", maintain_order=True).select("start", "land")
    return start.to_frame().join(lands, on="start", how="left", maintain_order="left")["land"]


def _agents(exports: Exports, as_of: date) -> pl.DataFrame:
    """Return one row for each person on the staff list who is there on the day."""
    left = pl.col("left_at").dt.date() <= as_of
    later = pl.col("access_from").dt.date() > as_of
    there = exports["staff"].frame.filter(~left.fill_null(value=False), ~later.fill_null(value=False))
    people = there.sort(FILE, ROW).unique(["person", "country"], keep="first", maintain_order=True)
    return _values(people, pl.col("country"))


def _channels(exports: Exports) -> pl.DataFrame:
    calls = _values(exports["calls"].frame, pl.lit("phone"))
    return pl.concat([calls, _values(exports["messages"].frame, pl.col("channel"))])


def _locations(exports: Exports) -> pl.DataFrame:
    kept = exports["recordings"].frame.filter(pl.col("state").ne_missing("deleted"), pl.col("deleted_at").is_null())
    lands = pl.Series("value", [clear_country(text) for text in kept["location"]], dtype=pl.String)
    return _values(kept, lands)


def clear_country(text: str | None) -> str | None:
    """Return the country that a free text is the code or the name of; None for anything less clear."""
    plain = (text or "").strip()
    return None if plain in _NOT_CLEAR else _country_names().get(plain if len(plain) == 2 else plain.casefold())


@cache
def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _NAMES_IN:
        lands = {code: name for code, name in Locale(language).territories.items() if len(code) == 2}
        names |= {name.casefold(): code for code, name in lands.items()} | {code: code for code in lands}
    return {name: iso(code) for name, code in names.items() if name not in _NOT_CLEAR and code not in ("EU", "ZZ")}


def _vendors(exports: Exports) -> tuple[Sighting, ...]:
    first: dict[str, Place] = {}
    rows: dict[str, int] = {}
    for fact in sorted(exports.facts, key=lambda fact: (fact["file"], fact["table"])):
        vendor = next((name for start, name in VENDORS.items() if str(fact["format"]).startswith(start)), None)
        if vendor is not None:
            first.setdefault(vendor, Place(file=fact["file"], sheet=fact["sheet"]))
            rows[vendor] = max(rows.get(vendor, 0), fact["rows"])
    return tuple(
        Sighting(value=vendor, count=rows[vendor], total=rows[vendor], stated=rows[vendor], place=first[vendor])
        for vendor in sorted(first)
    )
