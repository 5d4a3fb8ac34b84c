"""The words of a mail: its plain text, or its HTML without the marks; attachments are left out."""

from __future__ import annotations

from email.message import Message

from gdpr_assess.practices.readers.within import from_html

_DOMAINS_ONLY = frozenset({"punycode", "idna"})
"""Codecs for names of domains: no mail is written in them, and long texts take them minutes."""


def text_of(message: Message) -> str | None:
    """Return the text a person reads."""
    plain, marked = list[str](), list[str]()
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/plain", "text/html") or _is_attached(part):
            continue
        (plain if kind == "text/plain" else marked).append(_decoded(part).replace("\0", "").replace("\r\n", "\n"))
    text = (
        "\n".join(plain) if any(item.strip() for item in plain) else "\n".join(from_html(item) or "" for item in marked)
    )
    return text.strip() or None


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition") or "").strip().casefold().startswith("attachment")


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    named = part.get_content_charset() or "utf-8"
    for charset in (named if named not in _DOMAINS_ONLY else "utf-8", "utf-8", "latin-1"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return ""
