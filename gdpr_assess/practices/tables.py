"""The canonical tables of evidence: every column with its kind and, where closed, its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["text", "id", "person", "time", "flag", "number", "choice", "phone", "contact", "country"]

MOMENT = pl.Datetime("us", "UTC")
TYPES: dict[Kind, pl.DataType] = {"time": MOMENT, "flag": pl.Boolean(), "number": pl.Float64()}
"""Storage of a kind; everything else is text."""

CHANNELS = ("phone", "email", "sms", "chat", "social", "whatsapp", "post")
DIRECTIONS = ("inbound", "outbound")
INTERNAL = "internal"
"""Direction of a note among colleagues: it is kept, so its age and content count, but it is sent to nobody."""
CONTACT_PURPOSES = ("service", "marketing", "survey", "collection")
RESULTS = ("passed", "failed")
ROLES = ("agent", "team_lead", "operations", "dpo", "it", "quality", "commercial", "finance")
SCENARIOS = ("rights_request", "breach", "recording_refusal", "identity_check", "complaint")
RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection", "withdrawal", "complaint")


@dataclass(frozen=True)
class Column:
    """One canonical column; `allowed` is empty unless the values are closed."""

    name: str
    kind: Kind
    allowed: tuple[str, ...] = ()

    @property
    def stored(self) -> pl.DataType:
        """How the column is kept once read."""
        return TYPES.get(self.kind, pl.String())


@dataclass(frozen=True)
class Table:
    """One canonical table; `key` identifies a record, `dated` is the column that says when it happened."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    dated: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return a column by name; KeyError when there is none."""
        return {column.name: column for column in self.columns}[name]

    def bit(self, name: str) -> int:
        """Return the bit that marks an unreadable value of this column in `_unread`."""
        return 1 << self.names.index(name)


def _columns(text: str, choices: dict[str, tuple[str, ...]]) -> tuple[Column, ...]:
    pairs = [item.partition(":")[::2] for item in text.split()]
    return tuple(Column(name, kind or "text", choices.get(name, ())) for name, kind in pairs)  # type: ignore[arg-type]


_CALLS = """call_id:id started_at:time answered_at:time ended_at:time direction:choice customer_number:phone
company_number:phone customer_country:country agent:person queue campaign purpose:choice disposition recorded:flag
recording_started_at:time recording_stopped_at:time announced_at:time consent:choice consent_at:time transcript
wording_id:id"""
_RECORDINGS = """recording_id:id call_id:id created_at:time duration_s:number state:choice purpose:choice
legal_hold:flag delete_due_at:time deleted_at:time location encrypted:flag"""
_MESSAGES = """message_id:id thread_id:id channel:choice sent_at:time direction:choice customer_address:contact
customer_country:country agent:person subject text purpose:choice existing_customer:flag public:flag
unsubscribe_header"""
_CONSENTS = """consent_id:id customer_id:id contact:contact purpose:choice channel:choice status:choice
captured_at:time method wording_id:id source withdrawn_at:time expires_at:time"""
_SUPPRESSIONS = "contact:contact channel:choice added_at:time reason source"
_REQUESTS = """request_id:id type:choice scope:choice received_at:time acknowledged_at:time
identity_verified_at:time extended_until:time extension_notified_at:time answered_at:time outcome:choice reason
contact:contact channel:choice answer_format"""
_TRAINING = "person:person course topic:choice completed_at:time score:number passed:flag"
_STAFF = "person:person role:choice team language country:country access_from:time left_at:time mfa:flag"
_DRILLS = """drill_id:id team scenario:choice held_at:time led_by:person person:person result:choice
followup_at:time"""
_INCIDENTS = """incident_id:id client_role:choice aware_at:time personal_data:flag risk:choice
controller_notified_at:time authority_notified_at:time people_informed_at:time documented:flag"""
_SPOT_CHECKS = "check_id:id person:person channel:choice checked_at:time result:choice followup_at:time"

_ANY_CHANNEL = (*CHANNELS, "all")
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "calls",
            _columns(
                _CALLS,
                {"direction": DIRECTIONS, "purpose": CONTACT_PURPOSES, "consent": ("granted", "refused", "none")},
            ),
            ("call_id",),
            "started_at",
        ),
        Table(
            "recordings",
            _columns(
                _RECORDINGS,
                {"state": ("available", "archived", "deleted"), "purpose": ("quality", "training", "proof", "legal")},
            ),
            ("recording_id",),
            "created_at",
        ),
        Table(
            "messages",
            _columns(
                _MESSAGES, {"channel": CHANNELS, "direction": (*DIRECTIONS, INTERNAL), "purpose": CONTACT_PURPOSES}
            ),
            ("message_id",),
            "sent_at",
        ),
        Table(
            "consents",
            _columns(
                _CONSENTS,
                {
                    "purpose": ("marketing", "recording", "profiling", "sharing", "survey"),
                    "channel": _ANY_CHANNEL,
                    "status": ("granted", "refused", "withdrawn"),
                },
            ),
            ("consent_id",),
            "captured_at",
        ),
        Table("suppressions", _columns(_SUPPRESSIONS, {"channel": _ANY_CHANNEL}), (), "added_at"),
        Table(
            "requests",
            _columns(
                _REQUESTS,
                {
                    "type": RIGHTS,
                    "scope": ("marketing", "recording", "profiling", "all"),
                    "outcome": ("done", "partly", "refused", "open"),
                    "channel": CHANNELS,
                },
            ),
            ("request_id",),
            "received_at",
        ),
        Table("training", _columns(_TRAINING, {"topic": ("data_protection", "other")}), (), "completed_at"),
        Table("staff", _columns(_STAFF, {"role": ROLES})),
        Table(
            "drills",
            _columns(_DRILLS, {"scenario": SCENARIOS, "result": RESULTS}),
            ("drill_id", "person"),
            "held_at",
        ),
        Table(
            "incidents",
            _columns(_INCIDENTS, {"client_role": ("controller", "processor"), "risk": ("none", "risk", "high")}),
            ("incident_id",),
            "aware_at",
        ),
        Table(
            "spot_checks", _columns(_SPOT_CHECKS, {"channel": CHANNELS, "result": RESULTS}), ("check_id",), "checked_at"
        ),
    )
}

_PEOPLE = "person_id:id address:contact phone:phone name:person side:choice"
_THREADS = "thread_id:id customer_id:id channel:choice"
LINKS: dict[str, Table] = {
    table.name: table
    for table in (
        Table("people", _columns(_PEOPLE, {"side": ("customer", "agent")}), ("person_id",)),
        Table("threads", _columns(_THREADS, {"channel": CHANNELS}), ("thread_id",)),
    )
}
"""Tables that no check reads: they say who stands behind the ids in messages and calls of the same system."""
READ = TABLES | LINKS
"""Everything that a reader may give."""

PERSONAL_KINDS: frozenset[Kind] = frozenset({"text", "id", "person", "phone", "contact"})
"""Kinds whose values may name or identify a person: they never leave the tables."""
