"""Masks personal data before they are kept: in free text (same length, so that offsets stay valid), in file names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from stdnum import iban, luhn

from gdpr_assess.model import InputFile, Intake, Noun

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
    "rights": ("comment",),
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


_NEUTRAL = frozenset(re.findall(r"\w+", """
    whatsapp chat chats czat chatt chatverlauf verlauf export exports exported discussion conversa conversation message
    messages messaggi nachrichten mensajes archive archiv backup business support service kundenservice customer mail
    mails email msg eml inbox sent outbox part teil page the txt csv zip copy new old final
"""))  # fmt: skip
"""Words in names of files and chats that name nobody."""
_ADDRESSED = re.compile(
    r"(?:chat|czat|chatt|conversation|conversa|discussion|gespräch|verlauf|transcript|聊天|对话)"
    r".*[\W_](?:with|mit|con|com|avec|met|med|z|ze|与|和|-|–)(?=[\W_])|(?:与|和).+(?:聊天|对话)",
    re.IGNORECASE,
)
_NUMBER_IN_NAME = re.compile(r"\+\d(?:[ ()._-]*\d){7,13}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NUMBERED = re.compile(r"[0-9a-f]{8,}|\d+", re.IGNORECASE)
NAMED_BY_SUBJECT = (".eml", ".msg")
"""Mails stored one by one carry their subject as their name, and that often holds a person's."""


def kept_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each path (or sheet) the name that a run may keep: parts that name a person become a kind and number.

    The number is the place among such names in alphabetical order, so that a consultant finds the file again.
    """
    listed = sorted(set(names))
    parts = {part for name in listed for part in _parts(name)}
    kinds = {part: kind for part in sorted(parts) if (kind := _kind(part)) is not None}
    kept: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for part, kind in kinds.items():
        taken[kind] += 1
        kept[part] = f"{kind} [{taken[kind]}]{_suffix(part)}"
    return {name: "/".join(kept.get(part, part) for part in _parts(name)) for name in listed}


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _suffix(part: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,7}$", part)
    return found[0].lower() if found else ""


def _kind(part: str) -> str | None:
    """Return what a name becomes that says (or may well say) who a person is; None for one that may stay."""
    suffix = _suffix(part)
    stem = part[: len(part) - len(suffix)]
    telling = [word for word in _LETTERS.findall(_NUMBERED.sub(" ", stem)) if word.casefold() not in _NEUTRAL]
    if "whatsapp" in stem.casefold() and telling:
        return "WhatsApp"
    if suffix in NAMED_BY_SUBJECT and telling:
        return "mail"
    if _ADDRESSED.search(stem) and telling:
        return "chat"
    return "file" if _EMAIL.search(stem) or _NUMBER_IN_NAME.search(stem) or _account(stem) else None


def _account(stem: str) -> bool:
    return any(iban.is_valid(found[0]) for found in _IBAN.finditer(stem.replace("_", " ")))


def kept_inputs(files: Iterable[InputFile], folder: str) -> tuple[InputFile, ...]:
    """Return the files that were read under the names that a run may keep; only those below `folder` are changed."""
    listed = tuple(files)
    below = [file.path.removeprefix(folder) for file in listed if file.path.startswith(folder)]
    kept = {f"{folder}{name}": f"{folder}{shown}" for name, shown in kept_names(below).items()}
    return tuple(file.model_copy(update={"path": kept.get(file.path, file.path)}) for file in listed)
