"""Contacts in one form, so that they can be matched: numbers as E.164, e-mail addresses trimmed and lower case."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
import polars as pl

_E164 = r"^\+[1-9]\d{6,14}$"
_PREFIX = r"^'?(?i:tel:|sip:|sms:|whatsapp:)"
_CODES = "|".join(str(code) for code in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
_WITH_ZERO = rf"^\+(?:{_CODES})0"
"""The national zero behind a country code, as in +49 (0)30: it belongs to the number in few countries only."""
_ROUNDED = r"^\s*\d(?:[.,]\d+)?[eE]\+?\d{1,3}\s*$"
_MOBILE = phonenumbers.PhoneNumberType.MOBILE
UNDECIDED = "\ufffd+"
"""Stands for a number that may begin with its country code or be a national one."""
_SHARED = frozenset(code for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if len(regions) > 1)
_LONE = {
    f"+{code}": regions[0]
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
    if len(regions) == 1 and regions[0] != "001"
}


@lru_cache(maxsize=200_000)
def phone(text: str, region: str | None) -> str | None:
    """Return a number as E.164; None where it is none (anonymous callers, words) or its country is unknown.

    UNDECIDED where it may as well begin with the country code as be a national number.
    """
    code = str(phonenumbers.country_code_for_region(region)) if region else ""
    if code and text.isascii() and text.isdigit() and text.startswith(code):
        return _without_plus(text, code)
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return _written(number)


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _written(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _without_plus(text: str, code: str) -> str:
    """Read digits that begin like the country code: the valid reading wins, of two valid ones the mobile number."""
    readings = [number for number in (_parsed(f"+{text}", None), _parsed(f"+{code}{text}", None)) if number]
    valid = {_written(number): number for number in readings if phonenumbers.is_valid_number(number)}
    mobile = [text for text, number in valid.items() if phonenumbers.number_type(number) == _MOBILE]
    for found in (list(valid), mobile):
        if len(found) == 1:
            return found[0]
    return UNDECIDED


def _each(values: pl.DataFrame, region: str | None) -> pl.Series:
    known = values.unique()
    found = [phone(text, land or region) for text, land in known.iter_rows()]
    known = known.with_columns(pl.Series("e164", found, dtype=pl.String))
    return values.join(known, on=values.columns, how="left", nulls_equal=True, maintain_order="left")["e164"]


def phones(text: pl.Series, lands: pl.Series | None, region: str | None) -> pl.Series:
    """Return a column of numbers as E.164; `lands` is the country of each row's person, `region` the client's."""
    plain = text.str.strip_chars().str.replace(_PREFIX, "").str.replace(r"^00", "+").str.replace_all(r"[\s().\-/]", "")
    ready = (plain.str.contains(_E164) & ~plain.str.contains(_WITH_ZERO)).fill_null(value=False)
    if ready.all():
        return plain
    rest = pl.DataFrame(
        {"text": plain, "land": lands if lands is not None else pl.Series([None] * len(plain), dtype=pl.String)}
    )
    rest = rest.filter(~ready & plain.is_not_null())
    found = _each(rest, region)
    found = pl.select(pl.coalesce(found, rest["text"].set(~rest["text"].str.contains(_E164), None))).to_series()
    where = pl.Series(range(len(plain))).filter(~ready & plain.is_not_null())
    return plain.scatter(where, found)


def contacts(text: pl.Series, lands: pl.Series | None, region: str | None) -> pl.Series:
    """Return a column of e-mail addresses, numbers and other handles, each in its own common form."""
    folded = text.str.strip_chars().str.replace(r"^(?i:mailto:)", "").str.to_lowercase()
    numeric = folded.str.contains(r"^(?:tel:|sms:|whatsapp:)?\+?[\d\s().\-/]{5,}$").fill_null(value=False)
    if not numeric.any():
        return folded
    numbers = phones(folded.set(~numeric, None), lands, region)
    return numbers.zip_with(numbers.is_not_null(), folded)


def rounded(text: pl.Series) -> pl.Series:
    """Tell which cells hold a number that a spreadsheet has rounded (4,91510E+11): its last digits are lost."""
    return text.str.contains(_ROUNDED).fill_null(value=False)


def region_of(numbers: pl.Series) -> pl.Series:
    """Return the country of each E.164 number, or null."""
    unique = numbers.drop_nulls().unique()
    unique = unique.filter(unique.str.starts_with("+"))
    found = {text: _region(text) for text in unique.to_list()}
    return numbers.replace_strict(found, default=None, return_dtype=pl.String)


def land_of(stated: str, number: str) -> pl.Expr:
    """Return the country that a row states, else that of its number."""
    asked = pl.when(pl.col(stated).is_null() & pl.col(number).str.starts_with("+")).then(pl.col(number))
    by_code = [
        asked.str.slice(0, width).replace_strict(
            {code: land for code, land in _LONE.items() if len(code) == width}, default=None, return_dtype=pl.String
        )
        for width in (2, 3, 4)
    ]
    shared = pl.when(pl.all_horizontal(land.is_null() for land in by_code)).then(asked)
    looked_up = shared.map_batches(region_of, return_dtype=pl.String, is_elementwise=True)
    return pl.coalesce(pl.col(stated), *by_code, looked_up)


@lru_cache(maxsize=200_000)
def _region(text: str) -> str | None:
    for width in (2, 3, 4):
        if (land := _LONE.get(text[:width])) is not None:
            return land
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return None
