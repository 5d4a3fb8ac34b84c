"""The part on records as a whole: claims against records on top, then what lies behind them."""

from __future__ import annotations

from gdpr_assess.report.channel_view import results_by_channel
from gdpr_assess.report.check_table import check_table
from gdpr_assess.report.claims_view import claims
from gdpr_assess.report.consent_view import consents
from gdpr_assess.report.context import Report
from gdpr_assess.report.handed_view import handed_over
from gdpr_assess.report.html import Html, join
from gdpr_assess.report.personal_view import personal_data
from gdpr_assess.report.rights_view import rights_matrix
from gdpr_assess.report.testable_view import what_was_tested


def practices(report: Report, *, whole: bool = True) -> Html:
    """Return everything that records show; not `whole` where the page lists no gaps and shows the files elsewhere."""
    return join(
        [
            claims(report, linked=whole),
            handed_over(report) if whole else None,
            what_was_tested(report),
            results_by_channel(report),
            check_table(report),
            consents(report),
            personal_data(report),
            rights_matrix(report) if whole or report.run.rights.cells else None,
        ]
    )
