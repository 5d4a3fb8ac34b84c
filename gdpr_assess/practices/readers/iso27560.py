"""Consent records after ISO/IEC TS 27560: one consent per purpose, its state from the record's events.

The specification fixes elements, not one JSON form: the usual names in snake_case are read, and what a record says in
another form is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.json_records import as_text

NEEDS = frozenset({"record_id", "pii_principal_id", "schema_version"})
FILLS: dict[str, tuple[str, ...]] = {
    "consents": (
        "consent_id", "customer_id", "purpose", "status", "captured_at", "method", "wording_id", "source",
        "withdrawn_at", "expires_at",
    )
}  # fmt: skip
SOURCE = "the elements of the specification as a public guide lists them; no real record was seen"
_PURPOSES = {
    "marketing": "marketing",
    "directmarketing": "marketing",
    "advertising": "marketing",
    "personalisation": "profiling",
    "personalization": "profiling",
    "profiling": "profiling",
    "recording": "recording",
    "callrecording": "recording",
    "sharing": "sharing",
    "survey": "survey",
}
_GIVEN = ("given", "granted", "explicitly given", "explicit", "implied", "active", "valid", "renewed", "confirmed")
_REFUSED = ("refused", "denied", "declined", "rejected")
_WITHDRAWN = ("withdrawn", "revoked", "terminated")
_STATES = dict.fromkeys(_GIVEN, "granted") | dict.fromkeys(_REFUSED, "refused") | dict.fromkeys(_WITHDRAWN, "withdrawn")


def rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield the consents of a record."""
    processing = _dicts(record.get("pii_processing")) or [record]
    events = _dicts(record.get("events")) or _dicts(record.get("event"))
    number = 0
    for part in processing:
        for purpose in _purposes(part):
            number += 1
            known = _of_events(_dicts(purpose.get("events")) or _dicts(purpose.get("event")) or events)
            yield (
                "consents",
                {
                    "consent_id": f"{as_text(record.get('record_id'))}#{number}",
                    "customer_id": as_text(record.get("pii_principal_id")),
                    "purpose": _purpose(purpose),
                    "method": _text(purpose.get("collection_method") or part.get("collection_method")),
                    "wording_id": _text(part.get("privacy_notice")),
                    "source": _text(purpose.get("service") or part.get("service")),
                    **known,
                },
            )


def _dicts(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]


def _purposes(part: dict[str, Any]) -> list[dict[str, Any]]:
    value = part.get("purposes", part.get("purpose"))
    listed = value if isinstance(value, list) else [value]
    return [item if isinstance(item, dict) else {"purpose": item} for item in listed if item]


def _text(value: Any) -> str | None:
    """Return a text, or the identifier of an object that stands for one."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("id", "identifier", "reference", "version") if key in value), None)
    return as_text(value) if not isinstance(value, list) else None


def _plain(value: Any) -> str:
    """Return the last part of a term (`dpv:Marketing`, a web address) without capitals and spaces."""
    text = str(value or "").strip().casefold().replace("#", "/").replace(":", "/").rpartition("/")[2]
    return text.replace("_", " ").replace("-", " ")


def _purpose(purpose: dict[str, Any]) -> str | None:
    said = (_plain(purpose.get(key)).replace(" ", "") for key in ("purpose_type", "purpose", "name", "id"))
    return next((_PURPOSES[word] for word in said if word in _PURPOSES), None)


def _state(event: dict[str, Any]) -> str | None:
    said = (_plain(event.get(key)).removeprefix("consent ") for key in ("event_state", "state", "event_type", "type"))
    return next((_STATES[word] for word in said if word in _STATES), None)


def _of_events(events: list[dict[str, Any]]) -> dict[str, str | None]:
    """Return status and times; the last event holds where events are dated, the last listed where they are not."""
    timed = [(as_text(event.get("event_time") or event.get("time")), _state(event), event) for event in events]
    timed = sorted((item for item in timed if item[1]), key=lambda item: item[0] or "")
    given = next((item for item in reversed(timed) if item[1] == "granted"), None)
    last = timed[-1] if timed else None
    until = as_text(given[2].get("validity_duration") or given[2].get("valid_until")) if given else None
    first = given or last
    return {
        "status": last[1] if last else None,
        "captured_at": first[0] if first and first[1] != "withdrawn" else None,
        "withdrawn_at": last[0] if last and last[1] == "withdrawn" else None,
        "expires_at": until if until and until[:1].isdigit() else None,
    }
