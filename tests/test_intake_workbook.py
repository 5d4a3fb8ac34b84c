"""The intake workbook: what is written is read back, wherever it was moved."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from intake_cases import SLOW, SMALL, errors, intakes, said, small_workbook

from gdpr_assess.intake import read, save
from gdpr_assess.intake.cells import parse
from gdpr_assess.intake.layout import NAMES, sheet
from gdpr_assess.intake.read import interpret
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Intake, Wording


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    (tmp_path / "intake.xlsx").write_bytes(small_workbook())
    return tmp_path / "intake.xlsx"


@pytest.mark.parametrize("lang", LANGUAGES)
@SLOW
@given(intake=intakes())
def test_what_is_saved_is_read_back(lang: str, intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / "intake.xlsx"
    path.unlink(missing_ok=True)
    save(path, intake, lang)
    result = interpret(parse(path))
    assert errors(result) == []
    assert said(result.intake) == said(intake)
    assert result.language == lang


def test_child_process_reads_the_same(filled: Path) -> None:
    result = read(filled)
    assert result.issues == ()
    assert said(result.intake) == said(SMALL)
    assert result == interpret(parse(filled))


def test_places_point_to_rows(filled: Path) -> None:
    intake = read(filled).intake
    assert intake is not None
    assert intake.place("sites/S1").model_dump(exclude_none=True) == {
        "file": "inputs/intake.xlsx",
        "sheet": "Sites",
        "cell": "A5",
        "row": 5,
    }
    book = openpyxl.load_workbook(filled)
    name, answer = intake.place("profile/client_name"), intake.place("answers/GOV-01/client")
    assert book[str(name.sheet)][str(name.cell)].value == "Muster GmbH"
    assert book[str(answer.sheet)][str(answer.cell)].value == "GOV-01"


def test_columns_may_move_and_headings_may_be_in_another_language(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    flows, zh = book["Flows"], texts("zh")
    rows = [[cell.value for cell in row] for row in flows.iter_rows(min_row=4, max_row=5)]
    flows.delete_rows(1, flows.max_row)
    labels = {str(label).rstrip(" *"): value for label, value in zip(*rows, strict=True)}
    flows.append(["my own notes"])
    flows.append([])
    for index, column in enumerate(reversed(sheet("flows").columns), 3):
        flows.cell(4, index).value = zh(column.text, "label")
        flows.cell(8, index).value = labels[texts("en")(column.text, "label")]
    book["Sites"].title = "服务中心"
    book["Sites" if "Sites" in book else "服务中心"].insert_rows(5, 3)
    book["Profile"].insert_rows(7, 2)
    book["Profile"].insert_cols(2, 1)
    book["Systems"].insert_cols(1, 2)
    book.create_sheet("Internal notes")["A1"] = "whatever"
    book.save(filled)
    result = interpret(parse(filled))
    assert result.issues == ()
    assert said(result.intake) == said(SMALL)


def test_labels_alone_are_enough(filled: Path) -> None:
    """A user may delete the hidden field names."""
    book = openpyxl.load_workbook(filled)
    for name in NAMES[1:-1]:
        title = texts("en")(f"intake.sheet.{name}", "title")
        for row in book[title].iter_rows(
            max_row=1 if name != "profile" else None, max_col=1 if name == "profile" else None
        ):
            for cell in row:
                cell.value = None
    book.save(filled)
    result = interpret(parse(filled))
    assert result.issues == ()
    assert said(result.intake) == said(SMALL)


def test_hidden_names_help_where_a_label_was_reworded(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Sites"]["C4"] = "Land"
    book["Profile"]["B6"] = "Firma"
    book.save(filled)
    result = interpret(parse(filled))
    assert result.issues == ()
    assert said(result.intake) == said(SMALL)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+49 170", "-1", "@SUM(A1)", "#REF!", "TRUE", "2026-01-01"])
def test_text_never_becomes_a_formula(text: str, tmp_path: Path) -> None:
    wording = Wording(id="W1", kind="sales_script", text=text)
    save(tmp_path / "i.xlsx", SMALL.model_copy(update={"wordings": (wording,)}), "en")
    cell = openpyxl.load_workbook(tmp_path / "i.xlsx")["Wordings"]["H5"]
    assert (cell.data_type, cell.value) == ("s", text)
    result = interpret(parse(tmp_path / "i.xlsx"))
    assert result.intake is not None
    assert result.intake.wordings == (wording,)


def test_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    long = SMALL.model_copy(update={"wordings": (Wording(id="W1", kind="privacy_notice", text="x" * 32_768),)})
    with pytest.raises(UserError) as caught:
        save(tmp_path / "i.xlsx", long, "en")
    assert [issue.code for issue in caught.value.issues] == ["intake.too_long"]
    assert not (tmp_path / "i.xlsx").exists()
