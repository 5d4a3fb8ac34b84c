"""Vendors' records that need more than a renaming of columns: each gives rows of one or more canonical tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gdpr_assess.practices.readers import amazon_connect, zendesk_talk

Rows = Iterator[tuple[str, dict[str, str | None]]]


@dataclass(frozen=True)
class Nested:
    """A vendor's record: how its keys look, which columns it fills, and its rows; `zone` is that of its plain times."""

    vendor: str
    needs: frozenset[str]
    fills: dict[str, tuple[str, ...]]
    rows: Callable[[dict[str, Any]], Rows]
    verified: bool
    zone: str = "UTC"


NESTED: tuple[Nested, ...] = (
    Nested("amazon_connect", amazon_connect.NEEDS, amazon_connect.FILLS, amazon_connect.rows, verified=True),
    Nested(
        "zendesk_talk_calls", zendesk_talk.CALL_NEEDS, zendesk_talk.CALL_FILLS, zendesk_talk.call_rows, verified=False
    ),
    Nested(
        "zendesk_voice_comments",
        zendesk_talk.COMMENT_NEEDS,
        zendesk_talk.COMMENT_FILLS,
        zendesk_talk.comment_rows,
        verified=True,
    ),
    Nested("zendesk_talk_legs", zendesk_talk.LEG_NEEDS, {}, lambda _: iter(()), verified=False),
)


def nested_of(keys: frozenset[str]) -> Nested | None:
    """Return the vendor whose record has these keys (dotted names for nested ones)."""
    return next((vendor for vendor in NESTED if vendor.needs <= keys), None)
