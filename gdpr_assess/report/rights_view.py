"""Rights by system: the matrix at a glance, what the request log shows, and behind each system its reasons."""

from __future__ import annotations

from collections import Counter

from gdpr_assess.model import RightCell, RightStatus
from gdpr_assess.report.check_table import place_list
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, join, section, table, tag
from gdpr_assess.report.rights_rows import (
    RIGHTS,
    SystemRow,
    against,
    how_long,
    log_parts,
    slowest,
    system_rows,
    who,
    why,
)
from gdpr_assess.report.words import citation, places_text

CHIPS: dict[RightStatus, str] = {
    "works": "present", "works_partly": "partly", "does_not_work": "not_met", "not_said": "indicator",
    "not_applicable": "none",
}  # fmt: skip
COUNTED: tuple[RightStatus, ...] = ("does_not_work", "works_partly", "not_said", "works")


def rights_matrix(report: Report, *, tested: bool = True) -> Html:
    """Return the section, empty for a run without a matrix; not `tested` where only what is said is shown."""
    t, rows = report.t, list(system_rows(report))
    if not rows:
        empty = section(t("rights.title"), tag("p", t("rights.none")), id_="rights")
        return Html("") if report.run.systems else empty
    heads = [t("rights.system"), *(t.word(right) for right in RIGHTS), t("rights.who")]
    lines: list[list[object]] = [_line(report, row) for row in rows]
    lines += [_log(report)] if report.run.rights.log else []
    matrix = table(heads, lines, t("rights.title"), class_="ga-rights")
    notes = [tag("p", text) for text in slowest(report)]
    notes += [tag("p", t("rights.log_missing"))] if tested and not report.run.rights.log else []
    notes += [tag("p", t("rights.not_yours"), class_="ga-where")] if "processor" in report.run.client.roles else []
    listed = tag("div", [_system(report, row) for row in rows], id="rights-list", class_="ga-list")
    return section(t("rights.title"), matrix, *notes, listed, id_="rights", intro=t("rights.intro"))


def _line(report: Report, row: SystemRow) -> list[object]:
    concerned = any(one.status != "not_applicable" for one in row.cells.values())
    who_long = join([who(report, row), tag("br"), how_long(report, row)]) if concerned else "–"
    return [tag("b", row.system.name), *(_cell(report, row, row.cells[right]) for right in RIGHTS), who_long]


def _cell(report: Report, row: SystemRow, one: RightCell) -> Html:
    """Return the word for a cell in its colour; the reasons are its tooltip and stand below for everybody."""
    reasons = "; ".join([*why(report, row, one), *(against(report, record) for record in one.against)])
    if one.status == "not_applicable":
        return tag("span", "–", title=reasons, aria_label=f"{report.t.word(one.status)}: {reasons}")
    return tag("span", _chips(report, one), title=reasons)


def _chips(report: Report, one: RightCell) -> list[Html]:
    t = report.t
    marked = [chip(t("rights.contradicted"), "contradicted")] if one.contradicted else []
    return [chip(t.word(one.status), CHIPS[one.status]), *marked]


def _log(report: Report) -> list[object]:
    t, known = report.t, {line.right: line for line in report.run.rights.log}
    cells: list[object] = []
    for right in RIGHTS:
        parts = log_parts(report, known[right]) if right in known else []
        cells.append(join([tag("div", chip(text, "contradicted") if bad else text) for text, bad in parts]) or "–")
    return [tag("b", t("rights.log")), *cells, ""]


def _system(report: Report, row: SystemRow) -> Html:
    t, counts = report.t, Counter(one.status for one in row.cells.values())
    chips = [chip(f"{t.word(status)}: {counts[status]}", CHIPS[status]) for status in COUNTED if counts[status]]
    differ = sum(one.contradicted for one in row.cells.values())
    chips += [chip(f"{t('rights.contradicted')}: {differ}", "contradicted")] if differ else []
    summary = tag(
        "summary", tag("span", tag("b", row.system.name), class_="ga-name"), tag("span", chips, class_="ga-chips")
    )
    said = row.handling
    split = None
    if said.asked_after_days is not None and said.days is not None:
        split = f" ({t('rights.days_split', asked=said.asked_after_days, days=said.days)})"
    lead = tag("p", who(report, row), t("report.list_comma"), how_long(report, row), split)
    comment = tag("p", f"{t('rights.comment')}: {said.comment}") if said.comment else None
    heads = [t(f"rights.{key}") for key in ("right", "said", "why", "records")]
    listed = table(heads, [_detail(report, row, row.cells[right]) for right in RIGHTS], row.system.name)
    detail = tag("div", lead, comment, listed, class_="ga-detail")
    return tag("details", summary, detail, id=f"rights-{row.system.id}", class_="ga-row ga-channel")


def _detail(report: Report, row: SystemRow, one: RightCell) -> list[object]:
    t = report.t
    articles = t("report.list_comma").join(citation(article, t) for article in one.articles)
    reasons = [tag("li", text) for text in why(report, row, one)]
    return [
        join([tag("b", t.word(one.right)), tag("br"), tag("small", articles)]),
        _chips(report, one) if one.status != "not_applicable" else t.word(one.status),
        tag("ul", reasons),
        [_record(report, one, number) for number in range(len(one.against))] or "–",
    ]


def _record(report: Report, one: RightCell, number: int) -> Html:
    record = one.against[number]
    return tag("details", tag("summary", against(report, record)), place_list(places_text(record.places, report.t)))
