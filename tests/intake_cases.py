"""Intakes, workbooks and changed cells for the tests of the intake."""

from __future__ import annotations

import io
import json
import string
import tempfile
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.intake import save
from gdpr_assess.intake.cells import parse
from gdpr_assess.intake.layout import Column, sheet
from gdpr_assess.intake.words import SEPARATORS, choices
from gdpr_assess.model import Answer, Flow, Intake, Partner, Profile, Site, System, Wording

SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # an example takes a second: shrinking would take minutes
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30)
LINES = WORDS.map(str.strip).filter(bool)
IDS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
ITEMS = LINES.filter(lambda text: not SEPARATORS.search(text))
DATES = st.dates(date(1890, 1, 1), date(2100, 1, 1))
MOMENTS = st.datetimes(datetime(1890, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
FILES = st.sampled_from(["calls.csv", "export/messages 2026.xlsx", "文本.txt", "-x.csv", "=y.csv"])
SMALL = Intake(
    profile=Profile(
        client_name="Muster GmbH",
        main_country="DE",
        roles=("controller",),
        countries_served=("DE", "AT"),
        channels=("phone", "email"),
        services=("inbound_support",),
    ),
    sites=(Site(id="S1", name="Manila", country="PH", operator="P1"),),
    partners=(Partner(id="P1", name="CallCo", country="PH", role="processor"),),
    systems=(System(id="CRM", name="Desk", kind="ticketing", hosting_country="DE"),),
    flows=(Flow(id="F1", source="people", target="CRM", kind="collection", purpose="service"),),
    wordings=(Wording(id="W1", kind="recording_notice", text="This call is recorded."),),
    answers=(Answer(control="GOV-01", answer="yes", comment="since 2024"),),
)


def values_of(column: Column, refs: list[str]) -> st.SearchStrategy[Any]:
    if column.kind in ("choice", "country", "language", "report_language", "time_zone"):
        return st.sampled_from(list(choices(column, "en")))
    numbers = {"int": st.integers, "float": lambda a, b: st.integers(a, b).map(lambda number: number / 4)}
    if column.kind in numbers:
        return numbers[column.kind](int(column.least or 0) + 1, int(column.most or 40_000))
    simple = {"bool": st.booleans(), "date": DATES, "moment": MOMENTS, "file": FILES, "ref": st.sampled_from(refs)}
    return simple.get(column.kind, ITEMS if column.many else LINES)


@st.composite
def noun(draw: st.DrawFn, name: str, refs: list[str], fixed: dict[str, Any]) -> Any:
    values = dict(fixed)
    for column in sheet(name).columns:
        if column.kind == "shown" or column.field in values:
            continue
        value = values_of(column, refs)
        if column.many:
            value = st.lists(value, unique=True, min_size=int(column.required), max_size=3).map(tuple)
        if column.required or draw(st.booleans()):
            values[column.field] = draw(value)
    for first, last in (("valid_from", "valid_to"), ("covers_from", "covers_to")):
        if first in values and last in values:
            values[first], values[last] = sorted((values[first], values[last]))
    return sheet(name).model.model_validate(values)


@st.composite
def flows(draw: st.DrawFn, ends: list[str], owners: list[str], key: str) -> Any:
    principal = draw(st.sampled_from([None, *owners]))
    return draw(noun("flows", ends, {"id": key, "on_behalf_of": principal}))


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    ids = draw(st.lists(IDS, unique_by=str.casefold, min_size=6, max_size=6).filter(lambda i: "client" not in i))
    site, *partners, system = ids[:4]
    owners, ends = ["client", *partners], ["people", "client", *ids[:4]]
    parts: dict[str, Any] = {
        "profile": draw(noun("profile", [], {})),
        "sites": (draw(noun("sites", owners, {"id": site})),),
        "partners": tuple(draw(noun("partners", owners, {"id": item})) for item in partners),
        "systems": (draw(noun("systems", owners, {"id": system})),),
        "flows": tuple(draw(flows(ends, owners, item)) for item in ids[4:]),
        "wordings": (
            draw(noun("wordings", [], {"id": "W1", "text": draw(LINES), "file": None})),
            draw(noun("wordings", [], {"id": "W2", "text": None})),
        ),
        "rights": (draw(noun("rights", owners, {"system": system})),),
        "evidence": (draw(noun("evidence", [system], {"file": "a.csv"})),),
    }
    parts["wordings"] = tuple(w for w in parts["wordings"] if w.text or w.file)
    intake = Intake.model_validate(parts)
    asked = [(c.id, scope) for c in load_catalogue().controls.values() for scope in scopes(c, intake)]
    chosen = draw(st.lists(st.sampled_from(asked), unique=True, max_size=4))
    answers = [draw(noun("answers", [], {"control": c, "scope": s, "comment": draw(LINES)})) for c, s in chosen]
    return intake.model_copy(update={"answers": tuple(answers)})


def said(intake: Intake | None) -> dict[str, Any]:
    assert intake is not None
    data = intake.model_dump()
    data["answers"] = sorted(data["answers"], key=lambda answer: (answer["control"], answer["scope"]))
    return data


def errors(result: Any) -> list[tuple[str | None, str | None, str]]:
    return [(i.place.sheet, i.place.cell, i.code.removeprefix("intake.")) for i in result.issues if i.level == "error"]


@cache
def small_workbook() -> bytes:
    """Return the workbook of SMALL; writing it takes a while, so it is written once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "intake.xlsx"
        save(path, SMALL, "en")
        return path.read_bytes()


@cache
def small_cells() -> dict[str, Any]:
    """Return the cells of the workbook of SMALL; `with_cell` makes changed copies."""
    return parse(io.BytesIO(small_workbook()))


def with_cell(book: dict[str, Any], title: str, cell: str, value: Any) -> dict[str, Any]:
    """Return the cells of a workbook with one typed anew, as the reader process would report it."""
    book = json.loads(json.dumps(book))
    letter, row = coordinate_from_string(cell)
    column, rows = column_index_from_string(letter), next(s["rows"] for s in book["sheets"] if s["name"] == title)
    line = next((cells for number, cells in rows if number == row), None)
    if line is None:
        rows.append((row, line := []))
    line[:] = [item for item in line if item[0] != column]
    kinds = {bool: "b", int: "n", float: "n", str: "s", date: "d", datetime: "d"}
    kind = "f" if str(value).startswith("=") else "e" if value == "#REF!" else kinds.get(type(value))
    if kind:
        line.append((column, kind, value.isoformat() if kind == "d" else value))
    return {"sheets": book["sheets"]}
