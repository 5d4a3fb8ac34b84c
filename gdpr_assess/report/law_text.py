"""Articles with their titles."""

from __future__ import annotations

from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, tag
from gdpr_assess.report.words import citation


def article_list(report: Report, articles: tuple[str, ...]) -> Html | None:
    """Return the articles as a list, or None when there are none."""
    if not articles:
        return None
    return tag("ul", [tag("li", citation(article, report.t)) for article in articles], class_="ga-articles")
