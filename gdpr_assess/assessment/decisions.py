"""What people decided: looked up by finding, or by control and scope; the latest decision holds."""

from __future__ import annotations

from collections.abc import Iterable

from gdpr_assess.model import CLIENT, Decision, Finding, ReviewDecision


class Decisions:
    """The decisions in force: of several on the same thing the one with the latest date, then the last in the file."""

    def __init__(self, review: Iterable[ReviewDecision]) -> None:
        self._findings: dict[str, Decision] = {}
        self._controls: dict[tuple[str, str], Decision] = {}
        for item in sorted(review, key=lambda item: item.on):
            if item.finding is not None:
                self._findings[item.finding] = item.decision
            elif item.control is not None:
                self._controls[item.control, item.scope or CLIENT] = item.decision

    def counting(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings without those called false positives, in a stable order."""
        kept = (finding for finding in findings if self._findings.get(finding.id) != "false_positive")
        return sorted(kept, key=lambda finding: finding.id)

    def accepted(self, finding: Finding) -> bool:
        """Tell whether a person accepted the risk of a finding."""
        return self._findings.get(finding.id) == "accepted_risk"

    def on_control(self, control: str, scope: str) -> Decision | None:
        """Return the decision on a control's document (confirmed) or on the gap itself (accepted_risk)."""
        return self._controls.get((control, scope))
