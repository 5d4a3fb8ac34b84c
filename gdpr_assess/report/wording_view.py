"""The client's own texts with what is wrong in them highlighted, and what is said or missing."""

from __future__ import annotations

from itertools import pairwise

from gdpr_assess.report.advice_view import advice
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, definitions, join, section, tag
from gdpr_assess.report.rows import LackRow, Mark, WordingRow

NO_BREAK = "\u2060"
"""Keeps the number of a mark on the line of its last letter."""


def highlighted(text: str, marks: tuple[Mark, ...]) -> Html:
    """Return the text with its marked stretches; where marks overlap, a stretch carries the numbers of all."""
    cuts = sorted({0, len(text), *(min(m.start, len(text)) for m in marks), *(min(m.end, len(text)) for m in marks)})
    parts: list[object] = []
    for start, end in pairwise(cuts):
        over = [(n, m) for n, m in enumerate(marks, 1) if m.start <= start and end <= m.end]
        piece = text[start:end]
        if not over:
            parts.append(piece)
            continue
        worst = min((m.severity for _, m in over), key=("high", "medium", "low").index)
        notes = [tag("sup", n) for n, m in over if m.end == end]
        title = " · ".join(m.title for _, m in over)
        parts.append(
            tag("mark", piece, NO_BREAK if notes else None, notes, class_=f"ga-{worst}", title=title, tabindex="0")
        )
    return tag("blockquote", parts, class_="ga-quote")


def _marks(report: Report, marks: tuple[Mark, ...]) -> Html | None:
    if not marks:
        return None
    items = [
        tag(
            "li",
            tag("b", mark.title),
            " ",
            chip(report.t.word(mark.severity), mark.severity),
            tag("p", mark.message),
            tag("p", tag("i", report.t("report.fix")), " ", mark.fix),
            tag("p", report.t("report.list_comma").join(mark.articles), class_="ga-where"),
        )
        for mark in marks
    ]
    return tag("ol", items, class_="ga-marks")


def _elements(report: Report, row: WordingRow, *, opened: bool) -> Html:
    t = report.t

    def listed(words: tuple[str, ...], kind: str) -> Html | str:
        return tag("span", [chip(word, kind) for word in words], class_="ga-chips") if words else "–"

    if row.not_analysed:
        return tag("p", t("report.not_analysed", reason=row.not_analysed), class_="ga-callout")
    missing: object = listed(tuple(lack.name for lack in row.missing), "missing")
    if row.wording.result.missing is None:
        missing = t("report.kind_unknown")
    facts = [(t("report.said"), listed(row.present, "present")), (t("report.missing"), missing)]
    if row.depends:
        facts.append((t("report.depends"), listed(tuple(lack.name for lack in row.depends), "indicator")))
    if row.probable:
        facts.insert(1, (t("report.probable"), listed(row.probable, "indicator")))
    if row.doubtful:
        facts.insert(1 + bool(row.probable), (t("report.doubtful"), listed(row.doubtful, "indicator")))
    unread = [tag("p", f"“{words}”: {why}", class_="ga-callout") for words, why in row.unread]
    return join([definitions(facts), *unread, _what_to_add(report, row, opened=opened)])


def _what_to_add(report: Report, row: WordingRow, *, opened: bool) -> Html | None:
    items = [_lack(report, lack) for lack in (*row.missing, *row.depends)]
    if not items:
        return None
    head = tag("summary", report.t("report.what_to_add"))
    return tag("details", head, tag("ul", items), id=f"add-{row.wording.wording}", open=opened)


def _lack(report: Report, lack: LackRow) -> Html:
    t = report.t
    comma = t("report.list_comma")
    instead = t("report.or_say", names=comma.join(lack.instead)) if lack.instead else None
    return tag(
        "li",
        tag("b", lack.name),
        ": ",
        lack.fix,
        [" ", instead] if instead else None,
        tag("p", comma.join(lack.law), class_="ga-where"),
    )


def _facts(report: Report, row: WordingRow) -> list[str]:
    country = report.country(row.wording.country) if row.wording.country else None
    return [fact for fact in (row.kind, row.language, country) if fact]


def _seen(report: Report, row: WordingRow, *, opened: bool = False) -> Html:
    clean = "" if row.not_analysed else report.t("report.no_defects")
    return tag(
        "div",
        tag("div", highlighted(row.wording.text, row.marks), _elements(report, row, opened=opened)),
        _marks(report, row.marks) or tag("p", clean),
        class_="ga-beside",
    )


def tried(report: Report, title: str) -> Html:
    """Return the one text of a report as all others are shown, with what is missing and suggested unfolded."""
    (row,) = report.wordings
    head = tag("h3", " · ".join([title, *_facts(report, row)]))
    shown = _seen(report, row, opened=True), advice(report, row, opened=True)
    return tag("article", head, *shown, class_="ga-wording")


def _text(report: Report, row: WordingRow) -> Html:
    return tag(
        "article",
        tag("h3", " · ".join([row.wording.wording, *_facts(report, row)])),
        tag("p", tag("code", row.where), class_="ga-where"),
        _seen(report, row),
        advice(report, row),
        id=f"wording-{row.wording.wording}",
        class_="ga-wording",
    )


def wordings(report: Report) -> Html:
    """Return every text of the client with marks, messages, and the information it gives or lacks."""
    t, rows = report.t, report.wordings
    body = join([_text(report, row) for row in rows]) or tag("p", t("report.no_wordings"))
    return section(t("report.wordings"), body, id_="wordings", intro=t("report.wordings_intro"))
