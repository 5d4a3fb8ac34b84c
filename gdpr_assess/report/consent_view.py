"""Which consents still hold: bars by purpose, channel and country, reasons, and the rows to act on."""

from __future__ import annotations

from matplotlib.figure import Figure

from gdpr_assess.model import ConsentGroup, ConsentRows, ConsentState
from gdpr_assess.practices.checks.consent import NEEDED
from gdpr_assess.practices.reconsent import NOT_IN_USE
from gdpr_assess.report.charts import SMALL, WIDE, canvas
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, chip, section, table, tag
from gdpr_assess.report.picture import COLOURS, INK, ink_on, picture, shortened
from gdpr_assess.report.words import element_name, rule_text

SHADES: dict[ConsentState, str] = {
    "valid": COLOURS["met_tested"], "to_renew": COLOURS["met_declared"], "expired": COLOURS["partly"],
    "withdrawn": COLOURS["low"], "invalid": COLOURS["not_met"], "no_evidence": COLOURS["contradicted"],
    "undecided": COLOURS["not_assessed"],
}  # fmt: skip
FIRST_SPANS, NARROW_SHARE = 12, 0.06


def consents(report: Report) -> Html | None:
    """Return the section, or None where no consents were handed over."""
    t, groups = report.t, report.run.reconsent
    if not groups:
        return None
    heads = [t(f"report.consents_{name}") for name in ("purpose", "channel", "country")]
    heads += [
        t("report.checks_result"),
        t("report.consents_reach"),
        t("report.consents_reasons"),
        t("report.consents_rows"),
    ]
    rows = [_row(report, group) for group in groups]
    said = "; ".join(f"{_name(report, group)}: {_states(report, group)}" for group in groups)
    chart = picture(_chart(report), t("report.consents_alt", text=said), _chart(report, small=True))
    legend = tag("p", [[_key(shade), " ", t(f"report.consent_{state}"), "  "] for state, shade in SHADES.items()],
                 class_="ga-where")  # fmt: skip
    listed = table(heads, rows, t("report.consents"))
    return section(t("report.consents"), chart, legend, listed, id_="consents", intro=t("report.consents_intro"))


def _key(shade: str) -> Html:
    return tag("span", "\u00a0\u00a0\u00a0", style=f"background:{shade}", aria_hidden="true")


def _name(report: Report, group: ConsentGroup) -> str:
    t = report.t
    country = report.country(group.country) if group.country else None
    parts = [
        t.word(group.purpose) if group.purpose else None,
        t.word(group.channel) if group.channel else None,
        country,
    ]
    return " · ".join(part for part in parts if part) or t("report.consents_any")


def _states(report: Report, group: ConsentGroup) -> str:
    t = report.t
    return ", ".join(f"{t(f'report.consent_{state}')} {report.number(n)}" for state, n in group.states.items())


def _row(report: Report, group: ConsentGroup) -> list[Html | str | None]:
    t, missing = report.t, report.t("report.consents_any")
    chips = [chip(f"{t(f'report.consent_{state}')}: {report.number(n)}", "present" if state == "valid" else "missing")
             for state, n in group.states.items()]  # fmt: skip
    reasons = [tag("li", f"{_reason(report, code)}: {report.number(n)}") for code, n in group.reasons.items()]
    where = [_listed(report, row) for row in group.rows]
    return [
        t.word(group.purpose) if group.purpose else missing,
        t.word(group.channel) if group.channel else missing,
        report.country(group.country) if group.country else missing,
        tag("span", chips, class_="ga-chips"),
        t("report.consents_reach_of", reachable=group.reachable, people=group.people),
        tag("ul", reasons) if reasons else "–",
        tag("details", tag("summary", report.number(sum(row.count for row in group.rows))), tag("ul", where))
        if where else "–",
    ]  # fmt: skip


def _listed(report: Report, row: ConsentRows) -> Html:
    more = f" {report.t('report.consents_more')}" if not _short(row) else None
    return tag("li", f"{report.t(f'report.consent_{row.state}')}: ", tag("code", _where(row)), more)


def _reason(report: Report, code: str) -> str:
    """Return a defect's title, or that of the element which the wording lacks."""
    if code == NOT_IN_USE:
        return report.t("report.consent_wording_not_in_use")
    if code in NEEDED:
        return f"{report.t('report.missing')}: {element_name(code, report.t)}"
    return rule_text("wording", code, "title", report.t, {"quote": "", "current": None})


def _short(row: ConsentRows) -> bool:
    return row.whole and len(row.spans) <= FIRST_SPANS


def _where(row: ConsentRows) -> str:
    found = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in row.spans[:FIRST_SPANS])
    place = f"{row.file} [{row.sheet}]" if row.sheet else row.file
    return f"{place}: {found}"


def _chart(report: Report, *, small: bool = False) -> Figure:
    """Draw one bar per group, cut into states by share, so that small groups can be read too."""
    groups, step = report.run.reconsent, 0.52 if small else 0.36
    figure, axes = canvas(SMALL if small else WIDE, step * len(groups) + 0.2, 0.1 if small else 2.95)
    for y, group in enumerate(groups):
        left, total = 0.0, sum(group.states.values())
        for state, count in group.states.items():
            share = count / total
            axes.barh(y, share, 0.42 if small else 0.66, left, color=SHADES[state], edgecolor="white", linewidth=0.8)
            if share >= NARROW_SHARE:
                axes.text(left + share / 2, y, report.number(count), ha="center", va="center", fontsize=8,
                          color=ink_on(SHADES[state]))  # fmt: skip
            left += share
        if small:
            axes.text(0, y - 0.42, shortened(_name(report, group), 46), va="center", fontsize=9, color=INK)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(groups) - 0.5, -0.9)
    axes.set_xticks([])
    names = [shortened(_name(report, group), 36) for group in groups]
    axes.set_yticks([] if small else range(len(groups)), [] if small else names)
    return figure
