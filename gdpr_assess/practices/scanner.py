"""Personal data in free text: a cheap gate over the column, then shape, checksum and the words around.

Answers are yes or no per text: what was found never leaves this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
import polars as pl
from stdnum import iban, luhn

from gdpr_assess.practices.national_ids import GATE, has_national_id
from gdpr_assess.practices.special_terms import has_special

_CARD = re.compile(r"(?<![\d.,/+-])(?:\d[ \-\u00a0]?){11,18}\d(?![\d/])")
_CODE_WORDS = (
    r"cvv2?|cvc2?|cid|card verification (?:code|number|value)|card security code|security code(?: on| of)?"
    r"|prüfziffer|prüfnummer|kartenprüfnummer|sicherheitscode|kod (?:cvv|cvc|zabezpieczający)|kontrollkod|säkerhetskod"
    r"|cryptogramme|código de seguridad|codice di sicurezza|安全码|校验码|验证码"
)
_CODE = re.compile(rf"(?<!\w)(?:{_CODE_WORDS})(?!\w)[^\d\n]{{0,25}}(?<!\d)\d{{3,4}}(?![\d.,:/-]?\d)", re.IGNORECASE)
_NOT_CARD = re.compile(
    r"(?:imei|iccid|order|tracking|parcel|shipment|invoice|reference|ref\.?|ticket|case|ean|gtin|serial|ocr|kid"
    r"|bestell\w*|auftrag\w*|sendung\w*|rechnung\w*|zamówieni\w*|przesyłk\w*|faktur\w*|beställning\w*|paket\w*|订单\w*|运单\w*|快递\w*)"
    r"\W*(?:no\.?|nr\.?|number|nummer|numer|id|code|号码?)?\W*(?:is|was|ist|lautet|to|är|是|为)?\W{0,3}$",
    re.IGNORECASE,
)
_BEFORE = 30
SHORTEST_CARD = 12
CARD_GATE = r"\d(?:[ \-\x{a0}]?\d){11}|(?i)cv[vc]|cid|code|kod|ziffer|nummer|cryptogramme|código|codice|码"


def _issuer(digits: str) -> bool:
    """Tell whether an issuer gives out numbers that begin like this, of this length."""
    size, four, two = len(digits), int(digits[:4]), int(digits[:2])
    return (
        (digits[0] == "4" and size in (13, 16, 19))
        or ((51 <= two <= 55 or 2221 <= four <= 2720) and size == 16)
        or (two in (34, 37) and size == 15)
        or ((four == 6011 or 644 <= four // 10 <= 649 or two == 65) and 16 <= size <= 19)
        or ((300 <= four // 10 <= 305 or two in (36, 38, 39)) and 14 <= size <= 19)
        or (3528 <= four <= 3589 and 16 <= size <= 19)
        or (two == 62 and 16 <= size <= 19)
        or (four in (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763) and 12 <= size <= 19)
    )


def _candidates(digits_in_groups: str) -> Iterator[str]:
    """Yield the number, then what is left when the last groups belong to something else (a code, an expiry date)."""
    groups = re.split(r"[ \-\u00a0]", digits_in_groups)
    for count in range(len(groups), 0, -1):
        yield "".join(groups[:count])


def has_card(text: str) -> bool:
    """Tell whether a text holds a payment card number or a card verification code."""
    return has_card_number(text) or has_code(text)


def has_code(text: str) -> bool:
    """Tell whether a text holds a card verification code, with the words that name it."""
    return _CODE.search(text) is not None


def has_card_number(text: str) -> bool:
    """Tell whether a text holds a payment card number: issuer, length and checksum fit, and no other name stands by."""
    for match in _CARD.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        numbers = (number for number in _candidates(match.group()) if len(number) >= SHORTEST_CARD)
        if any(_issuer(number) and luhn.is_valid(number) for number in numbers) and not _NOT_CARD.search(before):
            return True
    return False


def _answers(text: pl.Series, gate: str, asks: Callable[[str], bool]) -> pl.Series:
    passed = text.str.contains(gate)
    asked = text.filter(passed.fill_null(value=False)).unique().to_list()
    hits = {item: True for item in asked if asks(item)}
    found = text.replace_strict(hits, default=False, return_dtype=pl.Boolean) if hits else passed & False
    return found.set(text.is_null(), None)


def _expression(name: str, gate: str, asks: Callable[[str], bool]) -> pl.Expr:
    return pl.col(name).map_batches(
        lambda text: _answers(text, gate, asks), return_dtype=pl.Boolean, is_elementwise=True
    )


def cards_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it holds card data."""
    return _expression(name, CARD_GATE, has_card)


def ids_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it holds a national identification number."""
    return _expression(name, GATE, has_national_id)


def special_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it says something of a special category about a person."""
    return _expression(name, r"\w", has_special)


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)\d[\d ()\-./]{6,18}\d(?!\d)|(?<![\w./-])0\d{1,4}[ /\-]\d[\d \-/]{4,12}\d(?!\d)"
)
PHONE_GATE = r"(?:\+|00)\d[\d ()\-./]{6}|0\d{1,4}[ /\-]\d[\d \-/]{4}"
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?: \d{1,2}[.:]?\d{0,2})?")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}(?!\w)")


def has_address(text: str, own: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text holds an e-mail address that is not one of one's own (or of one's own domains)."""
    found = (mail.group().casefold() for mail in _MAIL.finditer(text))
    return any(mail not in own and mail.partition("@")[2] not in own for mail in found)


def has_account(text: str) -> bool:
    """Tell whether a text holds an IBAN; only the common checksum counts, since banks' own parts vary."""
    return any(iban.is_valid(found.group(), check_country=False) for found in _IBAN.finditer(text))


def has_phone(text: str, own: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text holds a telephone number that is not one of one's own and is no other number by name."""
    if not _PHONE.search(text):
        return False
    text = _CARD.sub(_blank, _IBAN.sub(_blank, text))
    return any(
        _is_phone(found.group(), own) and not _NOT_CARD.search(text[max(0, found.start() - _BEFORE) : found.start()])
        for found in _PHONE.finditer(text)
    )


def _blank(match: re.Match[str]) -> str:
    """Return blanks for an account or card number, whose groups look like telephone numbers; other matches stay."""
    found = match.group()
    digits = re.sub(r"\D", "", found)
    whole = iban.is_valid(found, check_country=False) or (_issuer(digits) and luhn.is_valid(digits))
    return " " * len(found) if whole else found


def has_personal(text: str, own: frozenset[str]) -> bool:
    """Tell whether a public text shows a contact, card, account or national number that is not the company's own."""
    return (
        has_address(text, own) or has_account(text) or has_card(text) or has_national_id(text) or has_phone(text, own)
    )


def _is_phone(text: str, own: frozenset[str]) -> bool:
    digits = re.sub(r"\D", "", text)
    known = {re.sub(r"\D", "", number)[-8:] for number in own if not number.count("@")}
    if digits[-8:] in known or _DATE.fullmatch(text.strip()):
        return False
    if not text.startswith(("+", "00")):
        return 8 <= len(digits) <= 13
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse("+" + digits.removeprefix("00")))
    except phonenumbers.NumberParseException:
        return False


def personal_in(name: str, own: frozenset[str]) -> pl.Expr:
    """Tell for each text of a column whether it shows personal data that are not the company's own."""
    return _expression(name, r"[\d@]", lambda text: has_personal(text, own))
