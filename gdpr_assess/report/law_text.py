"""Articles with their titles."""

from __future__ import annotations

from collections.abc import Iterable

from gdpr_assess.law import article, sources
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, tag
from gdpr_assess.report.words import citation


def article_list(report: Report, articles: tuple[str, ...]) -> Html | None:
    """Return the articles with their titles as a list, or None when there are none."""
    if not articles:
        return None
    items = [
        tag(
            "li", citation(cited, report.t), tag("small", " ", title) if (title := _title(cited, report.lang)) else None
        )
        for cited in articles
    ]
    return tag("ul", items, class_="ga-articles")


def _title(cited: str, lang: str) -> str | None:
    known = article(cited)
    return known.titles.get(lang) if known else None


def source_list(report: Report, ids: Iterable[str], title: str) -> Html:
    """Return where facts were read, folded under a title; what is marked by its number above is named here."""
    items = [
        tag("li", tag("b", key), ": ", source.title, " ", tag("small", source.address) if source.address else None)
        for key in ids
        if (source := sources().get(key))
    ]
    return tag("details", tag("summary", title, f" ({report.number(len(items))})"), tag("ul", items, class_="ga-where"))
