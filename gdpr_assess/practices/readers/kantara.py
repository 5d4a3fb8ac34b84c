"""Consent receipts of the Kantara Initiative (v1.1): one consent for each purpose that a receipt says was agreed to.

A receipt names the policy, not the wording a person saw, and no withdrawal: both have to come from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gdpr_assess.practices.readers.json_records import as_text

NEEDS = frozenset({"consentReceiptID", "consentTimestamp", "piiPrincipalId"})
FILLS: dict[str, tuple[str, ...]] = {
    "consents": ("consent_id", "customer_id", "purpose", "status", "captured_at", "method", "source")
}
SOURCE = "the example record of the specification's repository"
_CATEGORIES = {"5": "profiling", "6": "marketing", "7": "marketing", "9": "sharing", "10": "sharing", "11": "sharing"}
"""Numbers of the specification's purpose categories and what they are here; the others are none of our purposes."""
_AGREED = frozenset({"EXPLICIT", "IMPLICIT"})
_NUMBER = re.compile(r"\s*(\d{1,2})\b")


def rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield the consents of a receipt; purposes that rest on something else (type N/A) give none."""
    receipt = as_text(record.get("consentReceiptID"))
    for number, (service, purpose) in enumerate(_purposes(record), 1):
        if str(purpose.get("consentType")).upper() in _AGREED:
            yield (
                "consents",
                {
                    "consent_id": f"{receipt}#{number}" if receipt else None,
                    "customer_id": as_text(record.get("piiPrincipalId")),
                    "purpose": _purpose(purpose),
                    "status": "granted",
                    "captured_at": as_text(record.get("consentTimestamp")),
                    "method": as_text(record.get("collectionMethod")),
                    "source": service,
                },
            )


def _purposes(record: dict[str, Any]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    for service in _dicts(record.get("services")):
        for purpose in _dicts(service.get("purposes")):
            yield as_text(service.get("service")), purpose


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _purpose(purpose: dict[str, Any]) -> str | None:
    listed = purpose.get("purposeCategory")
    found = (_NUMBER.match(str(item)) for item in (listed if isinstance(listed, list) else [listed]))
    return next((_CATEGORIES[match[1]] for match in found if match and match[1] in _CATEGORIES), None)
