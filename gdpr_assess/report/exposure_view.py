"""What a fine could be measured by: the range, each step with its source, circumstances, and real decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdpr_assess.report.context import Report
from gdpr_assess.report.exposure_cases import decisions
from gdpr_assess.report.html import Html, chip, join, section, table, tag
from gdpr_assess.report.law_text import source_list
from gdpr_assess.report.words import citation, control_text

Json = Mapping[str, Any]
AMOUNTS = ("low", "high", "maximum")
ACTS = {"EUR": "GDPR", "GBP": "UK GDPR"}


def money(report: Report, amount: float, currency: str) -> str:
    """Return an amount as the reader writes it."""
    t, key = report.t, f"exposure.money_{currency}"
    return t(key, amount=amount) if t.has(key) else t("exposure.money", amount=amount, currency=currency)


def exposure_view(report: Report) -> Html | None:
    """Return the section on fines, or None for a run that holds nothing about them."""
    known, t = report.run.exposure, report.t
    if "infringements" not in known:
        return None
    unknown = tag("p", t("exposure.no_turnover"), class_="ga-callout") if known.get("turnover_eur") is None else None
    uk = known.get("uk")
    orders = [
        _order(report, known, "exposure.range_eu" if uk else "exposure.range") if known.get("maxima") else None,
        _order(report, uk, "exposure.range_uk", uk=True) if uk else None,
    ]
    return section(
        t("exposure.title"),
        unknown,
        *orders,
        _charged(report, known.get("infringements", ())),
        _circumstances(report, known.get("circumstances", ())),
        decisions(report, known),
        _sources(report, known),
        id_="exposure",
        intro=t("exposure.intro"),
    )


def _order(report: Report, order: Json, label: str, *, uk: bool = False) -> Html:
    t, found = report.t, order.get("range")
    title = t("exposure.steps_uk", document=order.get("document")) if uk else t("exposure.steps")
    if not found:
        return join([tag("p", t("exposure.nothing_found")), _maxima(report, order["maxima"])])
    listed = [
        tag("p", t("exposure.document", document=order["document"])) if not uk else None,
        tag("ol", [_step(report, step) for step in order["steps"]], class_="ga-steps"),
    ]
    opened = tag("details", tag("summary", title), *listed, open=not uk)
    return join([_tiles(report, found, t(label)), _mark(report, order, uk), opened])


def _tiles(report: Report, found: Json, label: str) -> Html:
    t, currency = report.t, found["currency"]
    low, high, top = (money(report, found[key], currency) for key in AMOUNTS)
    tiles = [
        (t("exposure.span", low=low, high=high), label, t("exposure.range_note")),
        (top, t("exposure.maximum"), t("exposure.maximum_note", tier=found["tier"])),
    ]
    shown = [tag("li", tag("strong", value), tag("span", name), tag("small", note), class_="ga-tile ga-money")
             for value, name, note in tiles]  # fmt: skip
    return tag("ul", shown, class_="ga-tiles ga-two")


def _mark(report: Report, order: Json, uk: bool) -> Html | None:
    if order["range"]["status"] == "verified":
        return None
    if uk:
        low, high = order["rate"]
        return tag("p", report.t("exposure.uk_marked", low=low, high=high), class_="ga-callout")
    return tag("p", report.t("exposure.marked"), class_="ga-callout")


def _maxima(report: Report, maxima: Iterable[Json]) -> Html:
    t = report.t
    rows = [[citation(one["articles"][0], t), money(report, one["maximum"], one["currency"])] for one in maxima]
    return table([t("exposure.tier"), t("exposure.maximum")], rows, t("exposure.maximum"))


def _step(report: Report, step: Json) -> Html:
    t, name, params = report.t, step["step"], step["params"]
    currency = params.get("currency", "EUR")
    said = dict(params)
    if "turnover" in params:
        amounts = [money(report, amount, currency) for amount in dict.fromkeys(params["turnover"])]
        said["turnover"] = amounts[0] if len(amounts) == 1 else t("exposure.span", low=amounts[0], high=amounts[1])
    others = params.get("others")
    return tag(
        "li",
        tag("strong", t(f"exposure.step_{name}")),
        chip(t("exposure.memory"), "medium") if step["status"] == "memory" else None,
        chip(t("exposure.own_rule"), "low") if name == "seriousness" else None,
        tag("p", t(f"exposure.says_{name}", **said), " ", t("exposure.others", others=others) if others else None),
        tag("ul", [tag("li", _row(report, name, row, currency)) for row in step["tiers"]]) if step["tiers"] else None,
        tag("small", t("exposure.law_of_step", article=step["article"], act=ACTS[currency]), " · ",
            t("exposure.sources", sources=", ".join(step["sources"]) or "–"), class_="ga-where"),
    )  # fmt: skip


def _row(report: Report, name: str, row: Json, currency: str) -> str:
    t, said = report.t, dict(row)
    said["tier"] = citation(f"{ACTS[currency]} {row['tier']}", t)
    if name != "seriousness":
        said |= {key: money(report, row[key], currency) for key in AMOUNTS if key in row}
    if "band" in row:
        said["band"] = t.word(row["band"])
        said["control"] = control_text(row["control"], "title", t)
    if "percent" in row:
        said["percent_low"], said["percent_high"] = row["percent"]
        said["band"] = _size_band(report, row, currency)
    return t(f"exposure.row_{name}", **said)


def _size_band(report: Report, row: Json, currency: str) -> str:
    above = money(report, row["above"], currency)
    if row["up_to"] is None:
        return report.t("exposure.size_above", above=above)
    return report.t("exposure.size_between", above=above, up_to=money(report, row["up_to"], currency))


def _charged(report: Report, found: Iterable[Json]) -> Html | None:
    t = report.t
    rows = [
        [
            join([tag("b", control_text(one["control"], "title", t)), " ", tag("small", one["control"])]),
            t("report.list_comma").join(citation(article, t) for article in one["articles"]),
            citation(one["highest"], t) if one["highest"] else t("exposure.tier_none"),
            join([chip(t.word(one["seriousness"]), one["seriousness"]), " ", t.word(one["method"])]),
        ]
        for one in found
    ]
    if not rows:
        return None
    heads = [t("report.control"), t("report.articles"), t("exposure.tier"), t("exposure.seriousness")]
    listed = table(heads, rows, t("exposure.infringements"))
    opener = t("report.show_all", total=len(rows))
    return join([tag("h3", t("exposure.infringements")), tag("details", tag("summary", opener), listed)])


def _circumstances(report: Report, facts: Iterable[Json]) -> Html | None:
    t, by_way = report.t, {way: [fact for fact in facts if fact["direction"] == way] for way in ("up", "down", "open")}
    if not any(by_way.values()):
        return None
    parts = [
        tag("div", tag("h4", t(f"exposure.way_{way}")), tag("ul", [tag("li", _fact(report, fact)) for fact in listed]))
        for way, listed in by_way.items()
        if listed
    ]
    return join([tag("h3", t("exposure.circumstances")), tag("div", parts, class_="ga-columns")])


def _fact(report: Report, fact: Json) -> Html:
    t = report.t
    said = t(f"exposure.fact_{fact['fact']}", count=fact["count"])
    note = citation(fact["article"], t) + (f"; {t('exposure.in_band')}" if fact["in_band"] else "")
    return join([said, " ", tag("small", f"({note})")])


def _sources(report: Report, known: Json) -> Html | None:
    orders = [known, known.get("uk") or {}]
    ids = {source for order in orders for step in order.get("steps", ()) for source in step["sources"]}
    ids |= {source for name in ("cases", "no_fine") for case in known.get(name, ()) for source in case["sources"]}
    return source_list(report, sorted(ids), report.t("exposure.sources_title")) if ids else None
