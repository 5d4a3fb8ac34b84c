"""Drawn sheets that people damaged, by slip or on purpose: a placed issue, never a crash, never a wrong figure."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sampling_cases import Client, answer

from gdpr_assess.lang.sentences import issue_sentence
from gdpr_assess.practices.drawn_layout import HEADING_ROW, QUESTION


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path)


def cell_of(path: Path, question: str, number: int) -> str:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == QUESTION + question)
    return f"{get_column_letter(column)}{HEADING_ROW + number}"


@pytest.mark.parametrize("typed", ["perhaps", "=1+1", '=HYPERLINK("http://x")', "ye", "是的吧", "x" * 30_000, "123456"])
def test_a_wrong_cell_is_placed_and_not_tested(client: Client, typed: str) -> None:
    path = client.draw(size=10).path
    answer(path, call_announced=lambda n: typed if n == 3 else "Yes")
    results, codes = client.seen()
    assert codes == {"sample_cell"}
    (issue,) = client.issues
    assert (issue.place.cell, issue.place.sheet) == (cell_of(path, "call_announced", 3), "Answers")
    assert typed not in issue_sentence(issue, "en") + issue_sentence(issue, "zh")
    assert (results["call_announced"].exceptions, results["call_announced"].untested) == (0, 1)


def test_many_wrong_cells_are_counted(client: Client) -> None:
    answer(client.draw(size=80).path, call_announced="hm", call_card_data="No")
    _, codes = client.seen()
    assert codes == {"sample_cell", "sample_cells"}
    assert len(client.issues) == 51


@pytest.mark.parametrize("typed", [" YES ", "yes", "是", "Ｙｅｓ", "Ja", "sì", "Kyllä", "ΝΑΙ"])
def test_an_answer_is_understood_however_it_is_typed(client: Client, typed: str) -> None:
    answer(client.draw(size=10).path, call_announced=typed)
    results, codes = client.seen()
    assert codes == set()
    assert results["call_announced"].untested == 0


def method_cell(path: Path, key: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[1].iter_rows(min_row=2):
        if row[0].value == key:
            row[3].value = value
    book.save(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [("table", '"staff"'), ("table", "calls"), ("sha256", "7"), ("seed", '"one"'), ("size", "-1"), ("size", "1e400"),
     ("where", '[["agent","x"]]'), ("where", "7"), ("by", "[]"), ("population", "[" * 20_000), ("drawn_on", '"soon"')],
)  # fmt: skip
def test_a_changed_method_is_said_and_nothing_is_counted(client: Client, key: str, value: str) -> None:
    path = client.draw(size=10).path
    answer(path, call_announced="No")
    method_cell(path, key, value)
    assert client.seen() == ({}, {"sample_no_method"})


def test_a_larger_population_written_in_is_not_believed(client: Client) -> None:
    path = client.draw(size=10).path
    answer(path, call_announced="No")
    method_cell(path, "population", "1000000")
    results, codes = client.seen()
    assert codes == {"sample_population"}
    assert results["call_announced"].params["sample"]["of"] == 300


def test_rows_without_their_number_and_doubled_rows_are_said(client: Client) -> None:
    path = client.draw(size=10).path
    answer(path, call_announced="Yes", call_card_data="No")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "row")
    sheet.cell(HEADING_ROW + 1, column).value = "many"
    sheet.cell(HEADING_ROW + 2, column).value = sheet.cell(HEADING_ROW + 3, column).value
    book.save(path)
    results, codes = client.seen()
    assert codes == {"sample_row", "sample_row_twice", "sample_rows_missing"}
    assert (results["call_announced"].population, results["call_announced"].untested) == (10, 2)


def test_a_method_without_rows_and_columns_of_unknown_questions(client: Client) -> None:
    path = client.draw(size=10).path
    answer(path, call_announced="Yes")
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][1]:
        if cell.value == QUESTION + "call_card_data":
            cell.value = QUESTION + "call_horoscope"
    book.save(path)
    assert client.seen()[1] == {"sample_column"}
    del book[book.sheetnames[1]]
    book.save(path)
    assert client.seen() == ({}, {"sample_no_method"})
