"""Masks personal data in free text before it is kept: same length, so that offsets stay valid."""

from __future__ import annotations

import re
from typing import Any

from stdnum import iban, luhn

from gdpr_assess.model import Intake, Noun

MASK = "•"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ROLE_MAILBOX = re.compile(
    r"(?:privacy|dpo|dsb|iod|rodo|dataskydd|datenschutz|gdpr|info|support|service|kundservice|kundtjanst|kontakt|contact"
    r"|help|hello|office|bok|complaints|legal|compliance|noreply|no-reply|team|sales|care)\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)\d(?:[ ().-]*\d){7,13}(?!\w)")


def _email(match: re.Match[str]) -> str:
    return match[0] if _ROLE_MAILBOX.match(match[0]) else MASK * len(match[0])


def _iban(match: re.Match[str]) -> str:
    return MASK * len(match[0]) if iban.is_valid(match[0]) else match[0]


def _card(match: re.Match[str]) -> str:
    return MASK * len(match[0]) if luhn.is_valid(re.sub(r"\D", "", match[0])) else match[0]


def masked(text: str, *, phones: bool = True) -> str:
    """Return the text with private e-mail addresses, IBANs, payment cards and (if asked) phone numbers masked."""
    text = _EMAIL.sub(_email, text)
    text = _IBAN.sub(_iban, text)
    text = _CARD.sub(_card, text)
    return _PHONE.sub(lambda match: MASK * len(match[0]), text) if phones else text


_FREE_TEXT = {
    "answers": ("reason", "evidence", "comment"),
    "partners": ("services",),
    "systems": ("retention_rule",),
    "flows": ("remark",),
    "evidence": ("filter", "remark"),
}


def _masked_row(row: Noun, fields: tuple[str, ...]) -> Noun:
    return row.model_copy(update={name: masked(text) for name in fields if (text := getattr(row, name))})


def masked_intake(intake: Intake) -> Intake:
    """Return the intake as a run may keep it: its free-text fields masked; contacts of the client itself stay."""
    rows: dict[str, Any] = {
        part: tuple(_masked_row(row, fields) for row in getattr(intake, part)) for part, fields in _FREE_TEXT.items()
    }
    own = {key: {head: masked(text) for head, text in cells.items()} for key, cells in intake.own.items()}
    return intake.model_copy(update=rows | {"own": own})
