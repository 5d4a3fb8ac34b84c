"""Writes a transfer impact sheet per destination: what is known is filled in, what must be found out is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.flows.contract_points import Fact
from gdpr_assess.flows.destinations import MEASURES, QUESTIONS, Destination, LawFact, Movement, destinations
from gdpr_assess.intake import looks
from gdpr_assess.intake.layout import Column, sheet
from gdpr_assess.lang.formatting import show_date
from gdpr_assess.law import Source, sources
from gdpr_assess.report.context import Report
from gdpr_assess.report.fill_in import Entry, FillIn

FILE = "transfers.xlsx"
_WIDTHS = (9, 42, 44, 24, 46)
_MISSING = "FBE3E0"
_ANSWER: Column = sheet("answers").column("answer")
_DAY: Column = sheet("flows").column("tia_date")
_END = ("go_on", "assessed_on", "review_on", "by")


def write_transfers(report: Report, path: Path) -> Path | None:
    """Write a sheet per third country and return the path; None, and no file, where nothing leaves."""
    found = destinations(report.run)
    if not found:
        return None
    book = FillIn(report.t("register.transfers_title"), report.lang)
    _overview(report, book)
    for destination in found:
        _Sheet(report, book, destination).write()
    return book.save(path)


OVERVIEW = ("land", "flows", "importers", "status", "to_do")
"""What the overview says of each destination; the last is what is open."""


def transfer_overview(report: Report) -> list[list[str]]:
    """Return for each destination what the overview says: in the workbook and in the plan."""
    return [
        [
            report.country(item.land),
            ", ".join(movement.transfer.flow.id for movement in item.movements) or "–",
            "\n".join(dict.fromkeys(_party(report, m.transfer.importer.org) for m in item.movements)) or "–",
            _law_text(report, item.law[0]),
            "\n".join(_open(report, item)),
        ]
        for item in destinations(report.run)
    ]


def _open(report: Report, item: Destination) -> list[str]:
    """Return what was found about a destination, and what nobody has said yet."""
    t = report.t
    found = [f for movement in item.movements for f in movement.findings] + list(item.findings)
    said = list(dict.fromkeys(report.finding(finding).title for finding in found))
    if not item.safe:
        undated = [m.transfer.flow.id for m in item.movements if m.transfer.flow.tia_date is None]
        said += [t("register.open_assessment", flows=undated)] if undated else []
        asked = [code for code in (*QUESTIONS, *MEASURES) if not item.known.get(code)]
        said += [t("register.open_questions", count=len(asked))] if asked else []
    return said


def _overview(report: Report, book: FillIn) -> None:
    t = report.t
    page = book.sheet(t("register.overview"), (24, 20, 34, 34, 40))
    book.line(page, 1, t("register.transfers_title"), looks.TITLE)
    book.line(page, 2, t("register.transfers_how", client=report.run.client.client_name, on=report.run.as_of))
    book.headings(page, 4, [(t(f"register.transfers_{key}"), False) for key in OVERVIEW])
    for row, (*cells, to_do) in enumerate(transfer_overview(report), 5):
        last = Entry(to_do or t("register.nothing_found"), colour=looks.NEEDED if to_do else None)
        book.row(page, row, [*map(Entry, cells), last])
    looks.paper(page, 4, t("intake.page", page="&P", pages="&N"))


def _party(report: Report, org: str) -> str:
    partner = next((p for p in report.run.partners if p.id == org), None)
    return partner.name if partner else report.run.client.client_name


def _law_text(report: Report, fact: LawFact) -> str:
    return report.t(f"register.law_{fact.code}", **fact.params)


class _Sheet:
    """The sheet of one destination, written from top to bottom."""

    def __init__(self, report: Report, book: FillIn, destination: Destination) -> None:
        self._report, self._book, self._of = report, book, destination
        self._row = 0

    @cached_property
    def _page(self) -> Worksheet:
        return self._book.sheet(self._report.country(self._of.land), _WIDTHS)

    def write(self) -> None:
        """Write all parts."""
        t, land = self._report.t, self._report.country(self._of.land)
        self._line(t("register.transfer_title", land=land), looks.TITLE)
        run = self._report.run
        self._line(t("register.transfers_how", client=run.client.client_name, on=run.as_of))
        if self._of.safe:
            self._line(t("register.transfer_safe"))
        self._part("movements", list(self._movements()), ())
        self._part("law", [self._law(n, fact) for n, fact in enumerate(self._of.law, 1)], ())
        if not self._of.safe:
            self._part("questions", list(self._asked("question", QUESTIONS)), (3, 4))
            self._part("measures", list(self._asked("measure", MEASURES)), (3, 4))
        self._part("end", list(self._end()), (3, 4))
        looks.paper(self._page, None, t("intake.page", page="&P", pages="&N"))

    def _line(self, text: str, look: looks.Look = looks.SUBTITLE) -> None:
        self._row += 1
        self._book.line(self._page, self._row, text, look)

    def _part(self, name: str, rows: Sequence[Sequence[Entry]], filled: tuple[int, ...]) -> None:
        t = self._report.t
        self._row += 2
        self._book.section(self._page, self._row, t(f"register.part_{name}"), len(_WIDTHS))
        self._row += 1
        labels = [t(f"register.part_{name}_{number}") for number in range(1, len(_WIDTHS) + 1)]
        self._book.headings(self._page, self._row, [(label, n in filled) for n, label in enumerate(labels)])
        for entries in rows:
            self._row += 1
            self._book.row(self._page, self._row, entries)
            for letter, entry in zip("ABCDE", entries, strict=True):
                if entry.open and entry.column is not None:
                    self._book.choice(self._page, f"{letter}{self._row}", entry.column)

    def _movements(self) -> Iterator[list[Entry]]:
        for movement in self._of.movements:
            flow = movement.transfer.flow
            said = [self._report.t.word(flow.transfer_tool) if flow.transfer_tool else self._say("tool_open")]
            if movement.fitting and (flow.transfer_tool or "").startswith("scc_"):
                said.append(self._say("fitting", modules=[self._report.t.word(name) for name in movement.fitting]))
            seen = [self._report.finding(finding).title for finding in movement.findings]
            assessed = [] if self._of.safe else [self._assessed(movement)]
            yield [
                Entry(flow.id, bold=True),
                Entry("\n→ ".join((self._end_of(movement, True), self._end_of(movement, False)))),
                Entry(self._what(movement)),
                Entry("\n".join(said)),
                Entry("\n".join(assessed + seen) or None, colour=_MISSING if seen else None),
            ]
        for finding in self._of.findings:
            row = self._report.finding(finding)
            yield [Entry("–"), Entry(row.message), Entry(None), Entry(None), Entry(row.fix, colour=_MISSING)]

    def _end_of(self, movement: Movement, exporter: bool) -> str:
        spot = movement.transfer.exporter if exporter else movement.transfer.importer
        roles = movement.exporter_roles if exporter else movement.importer_roles
        words = [self._report.t.word(role) for role in roles]
        lands = [self._report.country(land) for land in spot.lands]
        return self._say("end_of", name=_party(self._report, spot.org), lands=lands, roles=words)

    def _what(self, movement: Movement) -> str:
        flow, word = movement.transfer.flow, self._report.t.word
        lines = [self._say("what", purpose=word(flow.purpose), kind=word(flow.kind, "flows.kind"))]
        lines.append("; ".join(word(category) for category in flow.data_categories) or self._say("not_stated"))
        if flow.volume_per_month is not None:
            lines.append(self._say("volume", count=flow.volume_per_month))
        return "\n".join(lines)

    def _assessed(self, movement: Movement) -> str:
        day = movement.transfer.flow.tia_date
        return self._say("assessed", on=day) if day else self._say("not_assessed")

    def _law(self, number: int, fact: LawFact) -> list[Entry]:
        source = sources().get(fact.source or "")
        where = self._read_in(fact.source, source) if source and fact.source else "–"
        text, status = _law_text(self._report, fact), self._say(f"status_{fact.status}")
        colour = looks.NEEDED if fact.status != "verified" else None
        detail = self._say("law_detail") if fact.status == "open" else None
        return [Entry(str(number)), Entry(text), Entry(detail), Entry(status, colour=colour), Entry(where)]

    def _read_in(self, name: str, source: Source) -> str:
        day = (
            [show_date(source.date, self._report.lang)] if source.date and len(source.date) == len("2026-01-01") else []
        )
        detail = self._report.t("report.list_comma").join([name, *day])
        return self._say(f"grade_{source.grade.replace('-', '_')}", detail=detail)

    def _asked(self, kind: str, codes: Sequence[str]) -> Iterator[list[Entry]]:
        for number, code in enumerate(codes, 1):
            known = "\n".join(self._known(fact) for fact in self._of.known.get(code, ()))
            asked = Entry(self._say(f"{kind}_{code}"))
            yield [
                Entry(str(number)),
                asked,
                Entry(known or self._say("unknown")),
                Entry(None, _ANSWER, True),
                _blank(),
            ]

    def _known(self, fact: Fact) -> str:
        words = {
            key: [self._report.t.word(item) for item in value] if isinstance(value, list) else value
            for key, value in fact.params.items()
        }
        return self._say(fact.code, **words)

    def _end(self) -> Iterator[list[Entry]]:
        last = max((m.transfer.flow.tia_date for m in self._of.movements if m.transfer.flow.tia_date), default=None)
        for number, code in enumerate(_END, 1):
            column = {"go_on": _ANSWER, "assessed_on": _DAY, "review_on": _DAY}.get(code)
            value = last if code == "assessed_on" else None
            said = Entry(self._say(f"end_{code}_help"))
            yield [Entry(str(number)), Entry(self._say(f"end_{code}")), said, Entry(value, column, True), _blank()]

    def _say(self, key: str, **params: object) -> str:
        return self._report.t(f"register.{key}", **params)


def _blank() -> Entry:
    return Entry(None, None, True)
