"""Mistakes in the intake workbook: each is placed, says what is allowed, and all come at once."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_cases import errors, small_cells, small_workbook, with_cell

from gdpr_assess.installed import PACKAGE
from gdpr_assess.intake import read
from gdpr_assess.intake.cells import parse
from gdpr_assess.intake.layout import sheet
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.read import interpret
from gdpr_assess.intake.typed import value_of
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.lang.texts import entries


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    (tmp_path / "intake.xlsx").write_bytes(small_workbook())
    return tmp_path / "intake.xlsx"


MISTAKES: list[tuple[str, str, Any, list[tuple[str, str | None, str]]]] = [
    ("Profile", "C7", "Germoney", [("Profile", "C7", "bad_value_of_many")]),
    ("Profile", "C6", None, [("Profile", "C6", "required")]),
    ("Profile", "C19", "phone; telex", [("Profile", "C19", "bad_value")]),
    ("Profile", "C11", "many", [("Profile", "C11", "bad_number")]),
    ("Profile", "C11", 10.5, [("Profile", "C11", "not_whole")]),
    ("Profile", "C11", -1, [("Profile", "C11", "too_small")]),
    ("Profile", "C11", "=1+1", [("Profile", "C11", "formula")]),
    ("Profile", "C11", True, [("Profile", "C11", "bad_number")]),
    ("Profile", "C11", "#REF!", [("Profile", "C11", "cell_error")]),
    ("Profile", "C15", "Mars/Base", [("Profile", "C15", "bad_value_of_many")]),
    ("Profile", "C70", "a stray entry", [("Profile", "C70", "unknown_field")]),
    ("Profile", "B14", "Name of the company", [("Profile", "C14", "field_twice")]),
    ("Sites", "A5", "S 1", [("Sites", "A5", "bad_id")]),
    ("Sites", "A5", "client", [("Sites", "A5", "reserved_id")]),
    ("Sites", "A5", "CRM", [("Systems", "A5", "id_twice")]),
    ("Sites", "B5", None, [("Sites", "B5", "required")]),
    ("Sites", "D5", "P9", [("Sites", "D5", "unknown_ref")]),
    ("Sites", "G5", "perhaps", [("Sites", "G5", "bad_value")]),
    ("Partners", "I5", 45000, [("Partners", "I5", "bad_date")]),
    ("Partners", "I5", "12/31/2024", [("Partners", "I5", "bad_date")]),
    ("Systems", "C5", "tiketing", [("Systems", "C5", "bad_value_of_many")]),
    ("Flows", "C5", "CRM2", [("Flows", "C5", "unknown_ref")]),
    ("Flows", "K5", "2026-02-30", [("Flows", "K5", "bad_date")]),
    ("Flows", "F5", "S1", [("Flows", "F5", "unknown_ref")]),
    ("Wordings", "H5", None, [("Wordings", "H5", "text_or_file")]),
    ("Wordings", "I5", "a.txt", [("Wordings", "H5", "text_and_file")]),
    ("Evidence", "A5", "../../etc/passwd", [("Evidence", "A5", "file_outside")]),
    ("Evidence", "A5", "C:\\calls.csv", [("Evidence", "A5", "file_outside")]),
    ("Evidence", "B5", "soon", [("Evidence", "A5", "required"), ("Evidence", "B5", "bad_moment")]),
    ("Answers", "A5", "GOV-1", [("Answers", "A5", "unknown_control")]),
    ("Answers", "E5", "site:S9", [("Answers", "E5", "unknown_scope")]),
    ("Answers", "E5", "everywhere", [("Answers", "E5", "bad_value")]),
    ("Answers", "G5", "maybe", [("Answers", "G5", "bad_value")]),
]


@pytest.mark.parametrize(("title", "cell", "value", "expected"), MISTAKES)
def test_each_mistake_is_placed(title: str, cell: str, value: Any, expected: list[tuple[str, str | None, str]]) -> None:
    result = interpret(with_cell(small_cells(), title, cell, value))
    assert sorted(errors(result)) == sorted(expected)
    for issue in result.issues:
        for lang in LANGUAGES:
            assert texts(lang)("issues_intake." + issue.code.removeprefix("intake."), **issue.params)


def test_all_mistakes_at_once_and_rows_with_errors_are_left_out(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Partners"]["D5"] = "processr"
    book["Systems"]["C5"] = "ticketing desk"
    book["Profile"]["C14"] = "Klingon"
    book.save(filled)
    result = interpret(parse(filled))
    assert errors(result) == [
        ("Profile", "C14", "bad_value"),
        ("Partners", "D5", "bad_value"),
        ("Systems", "C5", "bad_value_of_many"),
    ]
    left_out = [i.place.cell for i in result.issues if i.code == "intake.refers_to_left_out"]
    assert left_out == ["D5", "C5"]
    assert result.intake is not None
    assert (result.intake.sites, result.intake.partners, result.intake.flows) == ((), (), ())
    role = next(issue for issue in result.issues if issue.place.sheet == "Partners")
    assert (role.params["field"], role.params["found"], role.params["nearest"]) == ("Role", "processr", "Processor")
    assert role.params["allowed"][:2] == ["Processor", "Sub-processor"]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("main_country", "UK", "GB"),
        ("main_country", "德国", "DE"),
        ("main_country", "germany ", "DE"),
        ("languages_served", "de-AT、英语; FR", ("de", "en", "fr")),
        ("channels", "电话，E-mail;sms", ("phone", "email", "sms")),
        ("records_calls", "是", True),
        ("records_calls", "NO", False),
        ("records_calls", True, True),
        ("plan_start", "2026年10月1日", date(2026, 10, 1)),
        ("plan_start", datetime(2026, 10, 1, 9, 30), date(2026, 10, 1)),
        ("headcount", "１２", 12),
        ("turnover_eur", "1.5e6", 1_500_000.0),
        ("client_name", 3000, "3000"),
        ("client_name", "=HYPERLINK", None),
    ],
)
def test_values_in_any_language_and_form(field: str, typed: Any, value: Any) -> None:
    place = interpret(small_cells()).intake.place(f"profile/{field}")  # type: ignore[union-attr]
    intake = interpret(with_cell(small_cells(), "Profile", str(place.cell), typed)).intake
    assert (getattr(intake.profile, field) if intake else None) == value


def test_workbook_that_counts_days_from_1904(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["Partners"]["I5"] = date(2024, 3, 1)
    book.save(filled)
    intake = interpret(parse(filled)).intake
    assert intake is not None
    assert intake.partners[0].contract_date == date(2024, 3, 1)


def test_issues_are_plain_data(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Sites"]["C5"] = "Atlantis"
    book.save(filled)
    (issue, *_) = read(filled).issues
    assert json.loads(issue.model_dump_json())["place"]["cell"] == "C5"


def test_answers_about_a_row_left_out_are_a_warning() -> None:
    book = with_cell(with_cell(small_cells(), "Systems", "C5", "no such kind"), "Answers", "E5", "system:CRM")
    result = interpret(book)
    assert errors(result) == [("Systems", "C5", "bad_value_of_many")]
    assert ("Answers", "E5") in [
        (i.place.sheet, i.place.cell) for i in result.issues if i.code == "intake.refers_to_left_out"
    ]


def test_same_id_twice_in_a_sheet() -> None:
    book = with_cell(with_cell(small_cells(), "Evidence", "A5", "calls.csv"), "Evidence", "A9", "Calls.csv")
    result = interpret(book)
    assert errors(result) == [("Evidence", "A9", "twice")]
    assert result.issues[0].params == {"field": "File", "found": "Calls.csv", "first": 5}


def test_every_issue_has_a_text_and_every_text_an_issue() -> None:
    source = "".join(path.read_text() for path in sorted((PACKAGE / "intake").glob("*.py")))
    codes = {key.removeprefix("issues_intake.") for key in entries("en") if key.startswith("issues_intake.")}
    used = set(re.findall(r'(?:problem|Wrong)\(\s*"(\w+)"', source)) | set(re.findall(r'code="intake\.(\w+)"', source))
    assert used <= codes
    assert [code for code in sorted(codes) if f'"{code}"' not in source and f'"intake.{code}"' not in source] == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-09-30", date(2026, 9, 30)), ("30.9.2026", date(2026, 9, 30)), ("01. 12. 2026", date(2026, 12, 1)),
     ("2026年9月30日", date(2026, 9, 30))],
)  # fmt: skip
def test_dates_typed_as_text_are_understood_where_they_are_unambiguous(typed: str, day: date) -> None:
    assert value_of(Raw("s", typed), sheet("partners").column("contract_date"), "en") == day
