"""The compliant text beside the client's own, and what to change finding by finding."""

from __future__ import annotations

import re

from gdpr_assess.lang.formatting import show_date
from gdpr_assess.model import Change
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, join, tag
from gdpr_assess.report.rows import WordingRow
from gdpr_assess.report.words import element_name, rule_text

_OPEN = re.compile(r"(\[[^\[\]\n]{2,}\])")


def advice(report: Report, row: WordingRow, *, opened: bool = False) -> Html | None:
    """Return changes and the suggested text, folded away unless `opened`; None where the language has no template."""
    suggestion, t = row.wording.suggestion, report.t
    if suggestion is None or not (row.marks or row.missing):
        return None
    checked = t(
        "report.advice_checked", on=show_date(suggestion.reviewed, t.lang),
        countries=[report.country(code) for code in suggestion.countries], sources=list(suggestion.sources),
    )  # fmt: skip
    notes = [t("report.advice_open")] if suggestion.open else []
    notes += [t("report.advice_confirm")] if suggestion.confirm else []
    before = [tag("h4", t("report.advice_before")), tag("blockquote", row.wording.text, class_="ga-quote")]
    after = [tag("h4", t("report.advice_after")), tag("blockquote", _filled(suggestion.text), class_="ga-quote")]
    after += [tag("p", suggestion.note, class_="ga-callout")] if suggestion.note else []
    return tag(
        "details",
        tag("summary", t("report.advice")),
        _changes(report, row),
        tag("div", tag("div", before), tag("div", after, lang=suggestion.language), class_="ga-halves"),
        [tag("p", note, class_="ga-callout") for note in notes],
        tag("p", checked, class_="ga-where"),
        id=f"advice-{row.wording.wording}",
        class_="ga-advice",
        open=opened,
    )


def _filled(text: str) -> Html:
    """Return the text with what could not be filled marked."""
    parts = [tag("mark", piece, class_="ga-low") if _OPEN.fullmatch(piece) else piece for piece in _OPEN.split(text)]
    return join(parts)


def _changes(report: Report, row: WordingRow) -> Html | None:
    """Return the changes; passages to be added are told once, with all that they give."""
    placed = [tag("li", _placed(report, row, change)) for change in row.wording.changes if change.do != "add"]
    added: dict[str | None, list[str]] = {}
    for change in row.wording.changes:
        if change.do == "add":
            added.setdefault(change.text, []).append(element_name(change.code, report.t))
    placed += [tag("li", _told(report, names, "add", None, text)) for text, names in added.items()]
    return tag("ul", placed, class_="ga-changes") if placed else None


def _placed(report: Report, row: WordingRow, change: Change) -> Html:
    name = rule_text("wording", change.code, "title", report.t, {"quote": "", "current": None})
    return _told(report, [name], change.do, row.wording.text[change.start : change.end], change.text)


def _told(report: Report, names: list[str], do: str, words: str | None, text: str | None) -> Html:
    head = tag("b", report.t("report.list_comma").join(names)), ": ", report.t(f"report.advice_{do}"), " "
    return join([*head, tag("del", words) if words else None, " ", tag("ins", text) if text else None])
