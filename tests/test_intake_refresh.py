"""A refresh of the intake workbook marks what applies and loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import LINES, SLOW, SMALL, errors, said, small_workbook

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.loader import scopes
from gdpr_assess.intake import refresh, save
from gdpr_assess.intake.cells import parse
from gdpr_assess.intake.read import interpret
from gdpr_assess.model import Partner


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    (tmp_path / "intake.xlsx").write_bytes(small_workbook())
    return tmp_path / "intake.xlsx"


ANYTHING = st.one_of(LINES, st.sampled_from(["yes", "maybe", "=1+1", "是"]), st.integers(0, 10**6))


TYPED = st.one_of(
    st.tuples(st.sampled_from("AGJ"), st.integers(5, 60), LINES.filter(lambda text: text.casefold() != "no")),
    st.tuples(st.sampled_from("HIKLM"), st.integers(5, 60), ANYTHING),
)


@settings(SLOW, max_examples=8)
@given(typed=st.lists(TYPED, max_size=25, unique_by=lambda item: item[:2]))
def test_refresh_keeps_everything_typed_into_answers(typed: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "i.xlsx"
    path.write_bytes(small_workbook())
    book = openpyxl.load_workbook(path)
    for letter, row, value in typed:
        book["Answers"][f"{letter}{row}"] = value
    book.save(path)
    before = interpret(parse(path))
    refresh(path)
    after = interpret(parse(path))
    assert said(after.intake)["answers"] == said(before.intake)["answers"]
    assert len(errors(after)) == len(errors(before))
    cells = [cell.value for row in openpyxl.load_workbook(path)["Answers"].iter_rows() for cell in row]
    missing = [value for _, _, value in typed if value not in cells and str(value) not in cells]
    assert missing == []


def test_refresh_marks_what_applies_and_adds_a_row_per_scope(filled: Path) -> None:
    controls = load_catalogue().controls.values()
    partner = Partner(id="P2", name="Second", country="IN", role="sub_processor", engaged_by="P1")
    book = openpyxl.load_workbook(filled)
    for column, value in enumerate(("P2", "Second", "India", "Sub-processor", "P1"), 1):
        book["Partners"].cell(6, column).value = value
    book["Partners"]["P4"], book["Partners"]["P6"] = "Owner", "Anna"
    book["Partners"]["A8"], book["Partners"]["D8"] = "P3", "no idea"
    book["Profile"].append([None, "A question of ours", "42"])
    book.create_sheet("Internal notes")["B2"] = "keep me"
    book.save(filled)
    issues = refresh(filled, "zh")
    assert [(i.place.sheet, i.place.cell, i.code) for i in issues] == [
        ("概况", "C60", "intake.unknown_field"),
        ("合作方", "D7", "intake.bad_value"),
        ("合作方", "B7", "intake.required"),
        ("合作方", "C7", "intake.required"),
    ]
    result = interpret(parse(filled))
    assert result.intake is not None
    assert result.language == "zh"
    assert result.intake.partners == (*SMALL.partners, partner)
    book = openpyxl.load_workbook(filled)
    assert (book["合作方"]["P4"].value, book["合作方"]["P6"].value) == ("Owner", "Anna")
    assert (book["合作方"]["A7"].value, book["合作方"]["D7"].value) == ("P3", "no idea")
    assert book["Internal notes"]["B2"].value == "keep me"
    rows = [list(row[:6]) for row in book["问卷"].iter_rows(min_row=5, values_only=True)]
    asked = sum(len(scopes(control, result.intake)) for control in controls)
    assert len(rows) == asked
    assert {row[5] for row in rows} <= {"是", "否", "待定"}
    applicable = load_catalogue().applicable(result.intake)
    words = {True: "是", False: "否", None: "待定"}
    assert all(row[5] == words[applicable[row[0]]] for row in rows)
    per_processor = [control.id for control in controls if control.scope == "processor"]
    assert {row[4] for row in rows if row[0] in per_processor} == {"processor:P1", "processor:P2"}


def test_saving_over_a_workbook_keeps_what_could_not_be_read(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Systems"]["A7"], book["Systems"]["B7"] = "X9", "Unknown thing"
    book["Profile"]["C11"] = "about 30"
    book["Sites"]["H4"], book["Sites"]["H5"] = "Note", "ask Maria"
    book.save(filled)
    changed = SMALL.model_copy(update={"systems": (), "flows": ()})
    save(filled, changed, "en")
    book = openpyxl.load_workbook(filled)
    assert [cell.value for cell in book["Systems"]["A"][4:6]] == ["X9", None]
    assert book["Profile"]["C11"].value == "about 30"
    assert (book["Sites"]["H4"].value, book["Sites"]["H5"].value) == ("Note", "ask Maria")
