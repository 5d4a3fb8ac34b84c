"""What sample clients say they can do with one person's data, system by system: the Rights sheet."""

from __future__ import annotations

from typing import Any

from gdpr_assess.model import RightsHandling

SOUND: dict[str, Any] = {
    "found_by": ("phone", "email", "customer_number"), "export": "open_format", "correct": "yes", "delete": "yes",
    "copies": "yes", "block": "yes", "opt_out": "yes", "withdraw": "yes", "informs": "yes",
    "tells_recipients": "yes", "automated": False, "owner": "it", "done_by": "client", "asked_after_days": 1,
    "days": 6,
}  # fmt: skip


def handled(system: str, **different: Any) -> RightsHandling:
    """Return a row in which everything works, but for what is different."""
    return RightsHandling.model_validate({"system": system} | SOUND | different)
