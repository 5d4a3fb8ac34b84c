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
    "aircall": "Aircall",
    "amazon_connect": "Amazon Connect",
    "five9": "Five9",
    "freshdesk": "Freshdesk",
    "genesys": "Genesys Cloud",
    "hubspot": "HubSpot",
    "intercom": "Intercom",
    "mailchimp": "Mailchimp",
    "salesforce": "Salesforce",
    "talkdesk": "Talkdesk",
    "twilio": "Twilio",
    "whatsapp": "WhatsApp",
    "zendesk": "Zendesk",
}
"""Beginnings of the formats' names and whose system writes them."""
_SAME_STATE = {"GG": "GB", "JE": "GB", "IM": "GB", "AX": "FI", "SJ": "NO", "VA": "IT"}
"""Numbers that only a closer look tells from their neighbour's: the prefix alone does not prove the territory."""
_START = r"^(\+\d{4})"
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
        customers=_sightings(_customers(exports), exports),
        agents=_sightings(_agents(exports, as_of), exports),
        channels=_sightings(_channels(exports), exports),
        locations=_sightings(_locations(exports), exports),
        vendors=_vendors(exports),
        staff_domains=_sightings(staff_domains(exports), exports),
        recipient_domains=tuple(one for one in _sightings(recipient_domains(exports), exports) if one.value),
    )


def _sightings(rows: pl.LazyFrame, exports: Exports) -> tuple[Sighting, ...]:
    """Count the values of `value`; `stated` says whether a row says it itself."""
    by_file = rows.drop_nulls("value").group_by("value", FILE).agg(pl.len(), pl.col("stated").sum(), pl.col(ROW).min())
    known = exports.collect(by_file)
    total = int(known["len"].sum())
    sums = pl.col("len", "stated").sum()
    counted = known.sort(FILE, ROW).group_by("value", maintain_order=True).agg(sums, pl.first(FILE, ROW))
    return tuple(
        Sighting(value=value, count=count, total=total, stated=stated, place=_place(file, row))
        for value, count, stated, file, row in counted.sort("value").iter_rows()
    )


def _place(key: str, row: int | None) -> Place:
    file, sheet = file_and_sheet(key)
    return Place(file=file, sheet=sheet, row=row)


def _values(frame: pl.LazyFrame, value: pl.Expr) -> pl.LazyFrame:
    return frame.select(FILE, ROW, value.alias("value"), pl.lit(value=True).alias("stated"))


def _customers(exports: Exports) -> pl.LazyFrame:
    contacts = [("calls", "customer_number"), ("messages", "customer_address")]
    stated = pl.col("customer_country").is_not_null()
    rows = [
        exports[table].rows.select(
            FILE, ROW, "customer_country", stated=stated, contact=pl.when(~stated).then(name), order=number
        )
        for number, (table, name) in enumerate(contacts)
    ]
    found = pl.concat(rows).with_columns(start=pl.col("contact").str.extract(_START))
    known = found.join(_prefix_lands(found, exports).lazy(), on="start", how="left")
    return known.select(FILE, ROW, pl.coalesce("customer_country", "land").alias("value"), "stated")


def _prefix_lands(found: pl.LazyFrame, exports: Exports) -> pl.DataFrame:
    """Return the country of each beginning of numbers, looking up only a few numbers of each."""
    numbers = found.filter(pl.col("start").is_not_null()).group_by("start", "contact", "order", FILE)
    places = numbers.agg(pl.col(ROW).min()).sort("order", FILE, ROW)
    once = places.unique(["start", "contact"], keep="first", maintain_order=True)
    few = exports.collect(once.group_by("start", maintain_order=True).head(FEW))
    told = few.with_columns(region_of(few["contact"]).replace(_SAME_STATE).alias("land")).drop_nulls("land")
    return told.unique("start", keep="first", maintain_order=True).select("start", "land")


def _agents(exports: Exports, as_of: date) -> pl.LazyFrame:
    """Return one row for each person on the staff list who is there on the day."""
    left = pl.col("left_at").dt.date() <= as_of
    later = pl.col("access_from").dt.date() > as_of
    there = exports["staff"].rows.filter(~left.fill_null(value=False), ~later.fill_null(value=False))
    people = there.sort(FILE, ROW).unique(["person", "country"], keep="first", maintain_order=True)
    return _values(people, pl.col("country"))


def _channels(exports: Exports) -> pl.LazyFrame:
    calls = _values(exports["calls"].rows, pl.lit("phone"))
    return pl.concat([calls, _values(exports["messages"].rows, pl.col("channel"))])


def _locations(exports: Exports) -> pl.LazyFrame:
    kept = exports["recordings"].rows.filter(pl.col("state").ne_missing("deleted"), pl.col("deleted_at").is_null())
    return _values(kept, pl.col("location").map_batches(_lands_of, return_dtype=pl.String, is_elementwise=True))


def _lands_of(texts: pl.Series) -> pl.Series:
    known = {text: clear_country(text) for text in texts.drop_nulls().unique().to_list()}
    return texts.replace_strict(known, default=None, return_dtype=pl.String)


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
