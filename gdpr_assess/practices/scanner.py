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
from gdpr_assess.practices.other_numbers import named_otherwise
from gdpr_assess.practices.special_terms import has_special, may_be_special

_CARD = re.compile(r"(?<![\d.,/+-])(?:\d[ .\-\u00a0]?){11,18}\d(?![\d/])")
_CODE_WORDS = (
    r"cvv2?|cvc2?|card verification (?:code|number|value)|card security code|kartenprüfnummer"
    r"|kod (?:cvv|cvc)|cryptogramme"
)
_DOUBTFUL_CODE_WORDS = (
    r"cid|security code|prüfziffer|prüfnummer|sicherheitscode|kod zabezpieczający|kontrollkod|säkerhetskod"
    r"|código de seguridad|codice di sicurezza|安全码|校验码"
)
_AFTER = r"(?!\w)[^\d\n]{0,25}(?<!\d)\d{3,4}(?![\d.,:/-]?\d)"
_CODE = re.compile(rf"(?<!\w)(?:{_CODE_WORDS}){_AFTER}", re.IGNORECASE)
_DOUBTFUL_CODE = re.compile(rf"(?<!\w)(?:{_DOUBTFUL_CODE_WORDS}){_AFTER}", re.IGNORECASE)
_OF_A_CARD = re.compile(
    r"\b(?:card|cards|\w*karten?|\w*kort\w*|kart[aęąy]|cartes?|tarjetas?|carta|carte|cartão|visa|mastercard|amex|rückseite"
    r"|on the back|baksida\w*|odwrocie)\b|信用卡|银行卡|卡号|卡片|背面",
    re.IGNORECASE,
)
"""Words by which a code may be that of a payment card; without one it is more often a one-time code."""
SHORTEST_CARD = 12
CARD_GATE = r"\d(?:[ .\-\x{a0}]?\d){11}|(?i)cv[vc]|cid|code|kod|ziffer|nummer|verif|cryptogramme|código|codice|码"


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
    groups = re.split(r"[ .\-\u00a0]", digits_in_groups)
    for count in range(len(groups), 0, -1):
        yield "".join(groups[:count])


def has_card(text: str) -> bool:
    """Tell whether a text holds a payment card number or a card verification code."""
    return has_card_number(text) or has_code(text)


def has_code(text: str) -> bool:
    """Tell whether a text holds a card verification code, with the words that name it.

    Words that also name one-time codes count only in a text that speaks of a card.
    """
    doubtful = _DOUBTFUL_CODE.search(text) is not None and _OF_A_CARD.search(text) is not None
    return doubtful or _CODE.search(text) is not None


def has_card_number(text: str) -> bool:
    """Tell whether a text holds a payment card number: issuer, length and checksum fit, and no other name stands by."""
    for match in _CARD.finditer(text):
        numbers = (number for number in _candidates(match.group()) if len(number) >= SHORTEST_CARD)
        fits = any(_issuer(number) and luhn.is_valid(number) for number in numbers)
        if fits and not named_otherwise(text, match.start()):
            return True
    return False


Gate = Callable[[pl.Series], pl.Series]
"""Tells of the texts of a column, cheaply, which may hold something: it may say yes too often, never too seldom."""


def shaped(pattern: str) -> Gate:
    """Return the gate for texts in which an expression is found."""
    return lambda text: text.str.contains(pattern)


def _answers(text: pl.Series, gate: Gate, asks: Callable[[str], bool]) -> pl.Series:
    passed = gate(text)
    asked = text.filter(passed.fill_null(value=False)).unique().to_list()
    hits = {item: True for item in asked if asks(item)}
    found = text.replace_strict(hits, default=False, return_dtype=pl.Boolean) if hits else passed & False
    return found.set(text.is_null(), None)


def _expression(name: str, gate: Gate, asks: Callable[[str], bool]) -> pl.Expr:
    return pl.col(name).map_batches(
        lambda text: _answers(text, gate, asks), return_dtype=pl.Boolean, is_elementwise=True
    )


def cards_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it holds card data."""
    return _expression(name, shaped(CARD_GATE), has_card)


def ids_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it holds a national identification number."""
    return _expression(name, shaped(GATE), has_national_id)


def special_in(name: str) -> pl.Expr:
    """Tell for each text of a column whether it says something of a special category about a person."""
    return _expression(name, may_be_special, has_special)


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)\d[\d ()\-./]{6,18}\d(?!\d)|(?<![\w./-])0\d{1,4}[ /\-]\d[\d \-/]{4,12}\d(?!\d)"
)
_PHONE_WORDS = (
    r"tele\w*|tel\.?|phone|mobile|call|ring\w*|rückruf|ruf\w*|anruf\w*|erreich\w*|handy|mobil\w*|whatsapp|dzwon\w*|zadzwo\w*|numerem"
    r"|appel\w*|llam\w*|chiam\w*|ligar|ligue|bel|bellen|soita\w*|soitta\w*|zavol\w*|volat|τηλ\w*|καλέσ\w*"
)
_PHONE_WORDS_ZH = "电话|手机|拨打|致电"
_SPOKEN = re.compile(
    rf"(?:(?<!\w)(?:{_PHONE_WORDS})|{_PHONE_WORDS_ZH})[^\d\n]{{0,20}}(\d[\d \-]{{6,13}}\d)(?![\d.,]?\d)", re.IGNORECASE
)
"""A number without code or separators: only words tell it from other numbers."""
PHONE_GATE = (
    r"(?:\+|00)\d[\d ()\-./]{6}|0\d{1,4}[ /\-]\d[\d \-/]{4}"
    rf"|(?i)(?:{_PHONE_WORDS}|{_PHONE_WORDS_ZH})[^\d\n]{{0,20}}\d[\d \-]{{6}}"
)
NUMBER_END = 8
"""Numbers are the same when their last digits are: the code before them may be left out."""
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})(?: \d{1,2}[.:]?\d{0,2})?")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{2,4}){3,8}(?!\w)", re.IGNORECASE)
_NRB = re.compile(r"(?<![\w.,/+-])\d{2}(?: ?\d{4}){6}(?![\d/])")
"""A Polish account number, written without its country code."""
LEAST_DIGITS = 10
"""An IBAN has at least so many digits."""
ACCOUNT_GATE = r"(?i)[A-Z]{2}\d{2}|\d{2}(?: ?\d{4}){6}"


def has_address(text: str, own: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text holds an e-mail address that is not one of one's own (or of one's own domains)."""
    found = (mail.group().casefold() for mail in _MAIL.finditer(text))
    return any(mail not in own and mail.partition("@")[2] not in own for mail in found)


def has_account(text: str) -> bool:
    """Tell whether a text holds an IBAN; only the common checksum counts, since banks' own parts vary."""
    return any(_is_account(found.group()) for found in _IBAN.finditer(text)) or any(
        iban.is_valid(f"PL{found.group()}", check_country=False) for found in _NRB.finditer(text)
    )


def _is_account(text: str) -> bool:
    enough = sum(char.isdigit() for char in text) >= LEAST_DIGITS
    return enough and iban.is_valid(text.replace("-", " "), check_country=False)


def has_phone(text: str, own: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text holds a telephone number that is not one of one's own and is no other number by name."""
    if not _PHONE.search(text) and not _SPOKEN.search(text):
        return False
    text = _CARD.sub(_blank, _IBAN.sub(_blank, text))
    found = [(match.group(), match.start()) for match in _PHONE.finditer(text)]
    found += [(match.group(1), match.start(1)) for match in _SPOKEN.finditer(text)]
    return any(_is_phone(number, own) and not named_otherwise(text, at) for number, at in found)


def numbers_in(text: str) -> set[str]:
    """Return the ends of the telephone numbers in a text, as `own` numbers are compared: never to be shown."""
    return {_end(found.group()) for found in _PHONE.finditer(text)}


def _end(number: str) -> str:
    return re.sub(r"\D", "", number)[-NUMBER_END:]


def _blank(match: re.Match[str]) -> str:
    """Return blanks for an account or card number, whose groups look like telephone numbers; other matches stay."""
    found = match.group()
    digits = re.sub(r"\D", "", found)
    whole = _is_account(found) or (_issuer(digits) and luhn.is_valid(digits))
    return " " * len(found) if whole else found


def has_personal(text: str, own: frozenset[str]) -> bool:
    """Tell whether a public text shows a contact, card, account or national number that is not the company's own."""
    return (
        has_address(text, own) or has_account(text) or has_card(text) or has_national_id(text) or has_phone(text, own)
    )


def _is_phone(text: str, own: frozenset[str]) -> bool:
    digits = re.sub(r"\D", "", text)
    known = {_end(number) for number in own if "@" not in number}
    if _end(text) in known or _DATE.fullmatch(text.strip()):
        return False
    if not text.startswith(("+", "00")):
        return 8 <= len(digits) <= 13
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse("+" + digits.removeprefix("00")))
    except phonenumbers.NumberParseException:
        return False


def personal_in(name: str, own: frozenset[str]) -> pl.Expr:
    """Tell for each text of a column whether it shows personal data that are not the company's own."""
    return _expression(name, shaped(r"[\d@]"), lambda text: has_personal(text, own))
