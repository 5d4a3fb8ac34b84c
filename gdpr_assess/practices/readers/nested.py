"""Vendors' records that need more than a renaming of columns: each gives rows of one or more canonical tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gdpr_assess.practices.readers import (
    amazon_connect,
    freshdesk,
    genesys,
    intercom,
    iso27560,
    kantara,
    zendesk_chat,
    zendesk_support,
    zendesk_talk,
)

Rows = Iterator[tuple[str, dict[str, str | None]]]


@dataclass(frozen=True)
class Nested:
    """A vendor's record: how its keys look, which columns it fills, and its rows; `zone` is that of its plain times.

    `vendor` is the name of the format. `sometimes`: tables that count as handed over only where there are rows of them.
    `values`: our column -> its word -> ours, as in a mapping file. `source`: what it was tested on; `note`: what to
    know, and why an unverified reader is unverified.
    """

    vendor: str
    needs: frozenset[str]
    fills: dict[str, tuple[str, ...]]
    rows: Callable[[dict[str, Any]], Rows]
    verified: bool
    zone: str = "UTC"
    source: str = ""
    note: str = ""
    sometimes: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _nothing(_: dict[str, Any]) -> Rows:
    yield from ()


_AIRBYTE = "a real record from a public connector's expected test output"
_CLIENT = "example records in the repository of a public client library"
_WAREHOUSE = "real rows of the public warehouse package's test data"
NESTED: tuple[Nested, ...] = (
    Nested(
        "amazon_connect", amazon_connect.NEEDS, amazon_connect.FILLS, amazon_connect.rows, verified=True,
        source="a real contact trace record of a voice call",
        note="Consent and announcement stand in contact attributes which each client names itself: say in "
        "evidence.yaml which (columns: {consent: Attributes.name}). Contacts other than voice "
        "hold no message and are counted only.",
    ),
    Nested(
        "zendesk_talk_calls", zendesk_talk.CALL_NEEDS, zendesk_talk.CALL_FILLS, zendesk_talk.call_rows, verified=False,
        source="field names of the vendor's documentation",
        note="No real export was found. The number of the customer comes from the users' export, by customer_id.",
    ),
    Nested(
        "zendesk_voice_comments", zendesk_talk.COMMENT_NEEDS, zendesk_talk.COMMENT_FILLS, zendesk_talk.comment_rows,
        verified=True, source=_CLIENT, sometimes=frozenset({"messages"}),
    ),
    Nested(
        "zendesk_talk_legs", zendesk_talk.LEG_NEEDS, {}, _nothing, verified=False,
        source="field names of the vendor's documentation", note="Legs repeat what the list of calls says.",
    ),
    Nested(
        "zendesk_tickets", zendesk_support.TICKET_NEEDS, zendesk_support.TICKET_FILLS, zendesk_support.ticket_rows,
        verified=True, source=_AIRBYTE, values=zendesk_support.VALUES,
        note="Gives the first message of each ticket, or the comments where they stand in it. Where the comments are "
        "handed over as a file of their own too, theirs are used.",
    ),
    Nested(
        "zendesk_ticket_rows", zendesk_support.TABLE_NEEDS, zendesk_support.TICKET_FILLS, zendesk_support.table_rows,
        verified=True, source=_WAREHOUSE, values=zendesk_support.VALUES,
        note="As zendesk_tickets, as rows of a warehouse (one column per field).",
    ),
    Nested(
        "zendesk_audits", zendesk_support.AUDIT_NEEDS, zendesk_support.AUDIT_FILLS, zendesk_support.audit_rows,
        verified=True, source=_CLIENT, sometimes=frozenset({"calls"}), values=zendesk_support.VALUES,
        note="Comments with the number of their ticket. Hand over either these or the comments, not both.",
    ),
    Nested(
        "zendesk_users", zendesk_support.USER_NEEDS, zendesk_support.USER_FILLS, zendesk_support.user_rows,
        verified=True, source=_AIRBYTE, sometimes=frozenset({"staff"}),
        note="Agents and admins become staff. An account that is closed or suspended has left_at = its last change, "
        "the latest moment at which it can have been closed.",
    ),
    Nested(
        "zendesk_audit_logs", frozenset({"actor_id", "source_id", "source_type", "source_label", "action"}), {},
        _nothing, verified=True, source=_AIRBYTE, note="No check reads changes of settings and deletions.",
    ),
    Nested(
        "zendesk_chats", zendesk_chat.CHAT_NEEDS, zendesk_chat.CHAT_FILLS, zendesk_chat.chat_rows, verified=True,
        source=_CLIENT, note="Who wrote a line follows from the visitor's and the agents' names; where both are the "
        "same the direction stays open.",
    ),
    Nested(
        "freshdesk_tickets", freshdesk.TICKET_NEEDS, freshdesk.TICKET_FILLS, freshdesk.ticket_rows, verified=True,
        source=_AIRBYTE, sometimes=frozenset({"people"}), values=freshdesk.VALUES,
        note="The meaning of most source codes is from the documentation; 10 (sent by an agent) was seen in a record.",
    ),
    Nested(
        "freshdesk_conversations", freshdesk.REPLY_NEEDS, freshdesk.REPLY_FILLS, freshdesk.reply_rows, verified=True,
        source=_AIRBYTE, note="The channel is that of the ticket: hand over the tickets too.",
    ),
    Nested(
        "intercom_conversations", intercom.TALK_NEEDS, intercom.TALK_FILLS, intercom.talk_rows, verified=True,
        source=_AIRBYTE, sometimes=frozenset({"people"}), values=intercom.VALUES,
        note="Whether a message was marketing is not said. Where campaigns are marketing, say it in evidence.yaml "
        "(columns: {purpose: source.delivered_as}, values: {purpose: {campaign_initiated: marketing}}).",
    ),
    Nested(
        "intercom_contacts", intercom.CONTACT_NEEDS, intercom.CONTACT_FILLS, intercom.contact_rows, verified=True,
        source=_AIRBYTE, sometimes=frozenset({"consents", "suppressions"}),
        note="Opt-outs and the consent to text messages are bare marks: when, how and on which wording is not said.",
    ),
    Nested(
        "genesys_conversations", genesys.TALK_NEEDS, genesys.TALK_FILLS, genesys.talk_rows, verified=True,
        source="an excerpt of a real conversation detail record",
        note="Segments, wrap-up codes and attributes follow the documentation; the excerpt has none. Consent stands in "
        "participant attributes: say in evidence.yaml which (columns: {consent: attributes.name}).",
    ),
    Nested(
        "genesys_gdpr_requests", genesys.REQUEST_NEEDS, genesys.REQUEST_FILLS, genesys.request_rows, verified=False,
        source="models of the vendor's public software kit", values=genesys.REQUEST_VALUES,
        note="No real log was found. createdDate is when the request was entered, not when it was received; it becomes "
        "acknowledged_at. Where both are the same day, say it in evidence.yaml (columns: {received_at: createdDate}).",
    ),
    Nested(
        "genesys_dnc_lists", genesys.LIST_NEEDS, {}, _nothing, verified=False,
        source="models of the vendor's public software kit",
        note="Describes lists without their numbers: export the lists themselves.",
    ),
    Nested(
        "kantara_receipts", kantara.NEEDS, kantara.FILLS, kantara.rows, verified=True, source=kantara.SOURCE,
        note="A receipt names the policy, not the wording that a person saw, and tells no withdrawal.",
    ),
    Nested(
        "iso27560_records", iso27560.NEEDS, iso27560.FILLS, iso27560.rows, verified=False, source=iso27560.SOURCE,
        note="The specification fixes elements, not one JSON form; names in snake_case are read.",
    ),
    Nested(
        "hubspot_email_events", frozenset({"id", "portal_subscription_status", "requested_by", "subscriptions"}), {},
        _nothing, verified=True, source=_WAREHOUSE,
        note="Whose subscription changed is not in these rows: export the subscription statuses.",
    ),
)  # fmt: skip


def nested_of(keys: frozenset[str]) -> Nested | None:
    """Return the vendor whose record has these keys (dotted names for nested ones)."""
    return next((vendor for vendor in NESTED if vendor.needs <= keys), None)
