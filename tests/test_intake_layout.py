"""The look and the words of the intake workbook, per language."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from intake_cases import errors

from gdpr_assess import model
from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.catalogue.schema import Domain
from gdpr_assess.installed import shipped
from gdpr_assess.intake import blank, templates
from gdpr_assess.intake.cells import parse
from gdpr_assess.intake.layout import PROFILE_GROUPS, SHEETS, sheet
from gdpr_assess.intake.read import interpret
from gdpr_assess.intake.words import SEPARATORS, choices, fold
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.lang.texts import state
from gdpr_assess.model import Intake, Profile


def test_same_content_gives_same_bytes(tmp_path: Path) -> None:
    one, two = templates(tmp_path / "one"), templates(tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.name for path in one] == ["intake.en.xlsx", "intake.zh.xlsx"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shipped_template_is_current(lang: str, tmp_path: Path) -> None:
    """Names of countries come from Babel and may change with it: the hidden sheet of lists is not compared."""
    blank(tmp_path / "new.xlsx", lang)
    kept, new = parse(shipped("templates") / f"intake.{lang}.xlsx")["sheets"], parse(tmp_path / "new.xlsx")["sheets"]
    assert kept[:-1] == new[:-1], "run: python -m gdpr_assess.intake templates"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_blank_asks_every_control_and_misses_only_the_required(lang: str, tmp_path: Path) -> None:
    blank(tmp_path / "i.xlsx", lang)
    result = interpret(parse(tmp_path / "i.xlsx"))
    needed = [column for column in sheet("profile").columns if column.required]
    assert result.intake is None
    assert [code for _, _, code in errors(result)] == ["required"] * len(needed) == ["required"] * 6
    book = openpyxl.load_workbook(tmp_path / "i.xlsx")
    asked = [
        row[0] for row in book[texts(lang)("intake.sheet.answers", "title")].iter_rows(min_row=5, values_only=True)
    ]
    assert sorted(asked) == sorted(load_catalogue().controls)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_limits_and_print_layout(lang: str, tmp_path: Path) -> None:
    blank(tmp_path / "i.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "i.xlsx")
    lists = book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    for worksheet in book.worksheets[1:-1]:
        assert worksheet.page_setup.orientation == "landscape"
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert worksheet.print_title_rows == "$4:$4"
        assert worksheet.freeze_panes is not None
        for check in worksheet.data_validations.dataValidation:
            assert len(check.prompt or "") <= 255
            assert len(check.promptTitle or "") <= 32
            if check.type == "list":
                words = [cell.value for row in lists[check.formula1.split("!")[1].replace("$", "")] for cell in row]
                assert all(words)
    answers = book.worksheets[-2]
    options = next(c for c in answers.data_validations.dataValidation if c.type == "list")
    words = [row[0].value for row in lists[options.formula1.split("!")[1].replace("$", "")]]
    assert words == [texts(lang).word(value) for value in get_args(model.AnswerValue)]


def test_layout_covers_the_model() -> None:
    assert sorted(field for group in PROFILE_GROUPS.values() for field in group) == sorted(Profile.model_fields)
    for item in SHEETS:
        assert {c.field for c in item.columns if c.kind != "shown"} == set(item.model.model_fields)
    assert set(Intake.model_fields) - {"places", "own"} == {item.name for item in SHEETS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_a_column_are_unambiguous(lang: str) -> None:
    for item in SHEETS:
        labels = [fold(texts(lang)(column.text, "label")) for column in item.columns]
        assert len(set(labels)) == len(labels)
        for column in item.columns:
            words = [fold(word) for word in choices(column, lang).values()]
            assert len(set(words)) == len(words), column
            assert not [word for word in words if column.many and SEPARATORS.search(word)]


def test_every_value_has_a_word_in_every_language() -> None:
    literals = [item for item in vars(model.values).values() if get_args(item) and all(map(str, get_args(item)))]
    values = {value for literal in literals for value in get_args(literal) if isinstance(value, str)}
    values |= {value for item in SHEETS for column in item.columns for value in column.allowed}
    values |= {*get_args(Domain), "yes", "no", "client", "people"}
    assert len(values) > 100
    missing = [value for value in sorted(values) if not texts("en").has(f"values.{value}")]
    assert missing == []


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_texts_of_the_intake_are_complete(lang: str) -> None:
    areas = ("intake.", "values.", "issues_intake.")
    wrong = {what: [key for key in keys if key.startswith(areas)] for what, keys in state(lang).items()}
    assert wrong == {"missing": [], "stale": [], "unknown": [], "identical": []}
