"""Looks into nested records: a value along names, a list of objects, text out of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(style|script)\b", re.IGNORECASE)
_UNSEEN_END = {name: re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE) for name in ("style", "script")}
_LINK, _HREF = re.compile(r"<a\b([^<>]*)>", re.IGNORECASE), re.compile(r'\bhref="([^"]*)"', re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def inner(record: Any, *names: str) -> Any:
    """Return the value along names; None where anything on the way is missing."""
    value = record
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list; anything else gives nothing."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


def text_at(record: Any, *names: str) -> str | None:
    """Return a scalar along names as text; None for objects, lists and empty texts."""
    value = inner(record, *names)
    if value is None or isinstance(value, (dict, list)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "") or None


def first_of(*texts: str | None) -> str | None:
    """Return the first text that there is."""
    return next((text for text in texts if text), None)


def from_html(text: str | None) -> str | None:
    """Return what a reader of an HTML text sees; links keep their address, because a notice may be no more than one."""
    if text is None or "<" not in text:
        return text
    linked = _LINK.sub(_address, _without_unseen(text))
    lines = unescape(_TAG.sub(" ", _BREAK.sub("\n", linked))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines))) or None


def _address(link: re.Match[str]) -> str:
    found = _HREF.search(link[1])
    return f" {found[1]} " if found else link[0]


def _without_unseen(text: str) -> str:
    """Return HTML without styles and scripts; one that never ends stays, and each part is looked at once."""
    parts, at = list[str](), 0
    while (start := _UNSEEN.search(text, at)) and (end := _UNSEEN_END[start[1].lower()].search(text, start.end())):
        parts.append(text[at : start.start()])
        at = end.end()
    return " ".join([*parts, text[at:]])
