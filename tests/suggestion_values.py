"""What clients' intakes fill templates with, each value alone and in the forms in which people write it."""

from __future__ import annotations

from itertools import combinations, zip_longest

from gdpr_assess.lang.formatting import country_name
from gdpr_assess.law import countries
from gdpr_assess.wording.suggest.facts import STAFF, period
from gdpr_assess.wording.suggest.schema import words

CONTACTS = (
    "privacy@nordlux.example", "www.nordlux.example/privacy", "https://nordlux.example/data", "+46 8 123 45 67",
    "0800 555 1234", "Nordlux AB, Storgatan 1, 111 22 Stockholm", "Nordlux, PO Box 1234, 1000 Brussels",
)  # fmt: skip
CONTROLLERS = ("Nordlux", "O2", "Partner Bank AG", "Müller & Söhne GmbH", "Data Protect Ltd.")
RECIPIENTS = ("Callport Ltd.", "Partner Bank AG", "Third Party Logistics Ltd., Selecta SA", "Mailbird SA, O2, Callport")
ABROAD = ("US", "IN", "GB", "PH", "MA", "ZA")
PERIODS = ((1, "day"), (3, "day"), (30, "day"), (180, "day"), (1, "year"), (10, "year"))


def by_slot(lang: str) -> dict[str, list[str]]:
    """Return the values of each slot; of kinds of data and purposes also every two."""
    terms, sep = words(lang), "、" if lang == "zh" else ", "
    purposes = list(dict.fromkeys(terms.purposes.values()))
    categories = list(dict.fromkeys(text for name, text in terms.categories.items() if name != STAFF))
    periods = [period(count, f"duration-{unit}", lang) for count, unit in PERIODS]
    return {
        "purposes": [*purposes, *map(sep.join, combinations(purposes, 2))],
        "categories": [*categories, *map(sep.join, combinations(categories, 2))],
        "interests": purposes,
        "purpose": purposes,
        "bases": list(terms.bases.values()),
        "safeguards": list(dict.fromkeys(text for name, text in terms.tools.items() if name != "none")),
        "contact": list(CONTACTS),
        "dpo": list(CONTACTS),
        "controller": list(CONTROLLERS),
        "recipients": [sep.join(names.split(", ")) for names in RECIPIENTS],
        "countries": [country_name(code, lang) for code in ABROAD],
        "retention_recording": periods,
        "retention_messages": periods,
        "authority": authorities(lang),
    }


def authorities(lang: str) -> list[str]:
    """Return the names of all authorities as texts in a language name them."""
    found = []
    for law in countries().values():
        names = law.authority.names
        fact = names.get(lang) or next((names[own] for own in law.languages if own in names), None)
        found += [fact.value] if fact else []
    return found


def together(lang: str) -> list[dict[str, str]]:
    """Return sets of values in which each single value stands once, beside the usual ones."""
    columns = {slot: listed for slot, listed in by_slot(lang).items() if slot not in ("purposes", "categories")}
    terms = words(lang)
    categories = [text for name, text in terms.categories.items() if name != STAFF]
    columns |= {"purposes": list(terms.purposes.values()), "categories": categories}
    rows = zip_longest(*columns.values())
    return [{slot: value for slot, value in zip(columns, row, strict=True) if value} for row in rows]
