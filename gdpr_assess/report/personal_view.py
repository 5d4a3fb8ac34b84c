"""Personal data found in free text: kind, column and channel, how many records, and where. Never the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdpr_assess.lang.sentences import place_text
from gdpr_assess.model import PersonalData
from gdpr_assess.practices.survey import FREE
from gdpr_assess.report.check_table import place_list
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, section, table, tag

GRAVE = ("card", "card_code", "special", "national_id", "iban", "phone", "email")
"""Kinds from the gravest to the lightest, the order in which they are shown."""


def personal_data(report: Report) -> Html:
    """Return what was found in free text, the gravest kinds first."""
    t = report.t
    found = sorted(report.run.personal_data, key=lambda item: (GRAVE.index(item.kind), -item.hits, item.table))
    if not found:
        files = len({fact["file"] for fact in report.run.evidence if _free(fact)})
        said = t("report.personal_none", count=files) if files else t("report.personal_no_text")
        return section(t("report.personal"), tag("p", said), id_="personal-data")
    heads = [t(f"report.personal_{name}") for name in ("kind", "column", "channel", "hits", "places")]
    rows = [[_kind(report, item), _column(item), _channel(report, item), _hits(report, item), _places(report, item)]
            for item in found]  # fmt: skip
    return section(
        t("report.personal"),
        table(heads, rows, t("report.personal")),
        id_="personal-data",
        intro=t("report.personal_intro"),
    )


def _free(fact: Mapping[str, Any]) -> bool:
    """Tell whether a file has a column in which people write freely."""
    free = FREE.get(str(fact.get("table")), ())
    return bool(fact.get("rows")) and any(column in free for column in fact.get("columns", ()))


def _kind(report: Report, item: PersonalData) -> Html:
    t = report.t
    name = t(f"report.personal_{item.kind}")
    if item.kind == "special":
        name = f"{name}: {t(f'report.special_{item.detail}')}"
    elif item.detail:
        name = f"{name} ({report.country(item.detail)})"
    return tag("b", name)


def _column(item: PersonalData) -> Html:
    return tag("code", f"{item.table}.{item.column}")


def _channel(report: Report, item: PersonalData) -> str:
    return report.t.word(item.channel) if item.channel else "–"


def _hits(report: Report, item: PersonalData) -> str:
    key = "report.personal_whole" if item.whole_column else "report.personal_count"
    return report.t(key, hits=item.hits, records=item.records, share=item.hits / item.records if item.records else 0)


def _places(report: Report, item: PersonalData) -> Html | None:
    shown = tuple(place_text(place, report.t) for place in item.places)
    listed = place_list(shown)
    return (
        tag("details", tag("summary", report.t("report.personal_first", count=len(shown))), listed) if listed else None
    )
