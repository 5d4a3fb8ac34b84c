"""The drawn sheet: what it shows, how it comes back filled by people, and what it then says about all records."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from evidence_cases import index
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_cases import AGENT, CUSTOMER, Client, answer, rows_of

from gdpr_assess.catalogue import load_catalogue
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.practices.drawn_layout import ANSWERS, HEADING_ROW, QUESTION, answer_word, answer_words, known_answers
from gdpr_assess.practices.questions import PREFIX, SAMPLED, questions, questions_of
from gdpr_assess.practices.sampler import harmless_id


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path)


def everything(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


# --- the questions and the sheet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", questions())
def test_every_question_is_about_controls_and_has_texts(name: str) -> None:
    question, controls = questions()[name], load_catalogue().controls
    assert set(question.controls) <= set(controls)
    for lang in LANGUAGES:
        t = texts(lang)
        counts = {"exceptions": 1, "tested": 2, "share": 0.5, "untested": 0}
        said = [t(f"sampling.{name}"), t(f"sampling.{name}", "help")]
        said += [t(f"practices.{PREFIX}{name}", field, **counts) for field in ("title", "message", "clean", "fix")]
        assert all(said)
        assert not [text for text in said if text.startswith("[en]")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", SAMPLED)
def test_answers_are_told_apart_in_every_language(table: str, lang: str) -> None:
    words = answer_words(table, texts(lang))
    assert len(set(words)) == len(ANSWERS)
    assert len(",".join(words)) <= 255, "Excel takes no longer list"
    assert not [word for word in words if "," in word]
    assert {known_answers()[word.casefold()] for word in words} == set(ANSWERS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_names_records_and_no_person(client: Client, lang: str) -> None:
    path = client.draw(lang, where=("recorded=yes",), by="country").path
    shown = everything(path)
    assert "C-00001" in shown or "C-00" in shown
    for private in (CUSTOMER, CUSTOMER[3:], AGENT, "Astrid"):
        assert private not in shown
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == f"D{HEADING_ROW + 1}"
    (check,) = sheet.data_validations.dataValidation
    assert check.formula1 == f'"{",".join(answer_words("calls", texts(lang)))}"'
    assert {cell.value for cell in sheet[1] if str(cell.value).startswith(QUESTION)} == {
        QUESTION + name for name in questions_of("calls")
    }


def test_the_method_says_how_to_repeat(client: Client) -> None:
    made = client.draw(where=("recorded=yes",), seed=9)
    shown = everything(made.path)
    assert "gdpr-assess sample DIR calls.csv --table calls --size 40 --seed 9 --where recorded=yes" in shown
    assert (made.rows, made.population) == (40, 200)


def test_the_same_draw_gives_the_same_bytes_in_another_place(client: Client, tmp_path: Path) -> None:
    other = Client(tmp_path / "elsewhere")
    assert client.draw().path.read_bytes() == other.draw().path.read_bytes()


def test_a_sheet_is_never_written_over(client: Client) -> None:
    client.draw()
    with pytest.raises(UserError):
        client.draw()


@pytest.mark.parametrize(
    ("text", "harmless"),
    [("CA-000123", True), ("8f14e45f-ceea-467f-a0e6-2b8c", True), ("1017", True), (CUSTOMER, False),
     ("0701740614", False), ("anna@example.org", False), ("Anna Svensson 2", False), ("Anna", False), (None, False)],
)  # fmt: skip
def test_ids_that_may_name_a_person_are_left_out(text: str | None, harmless: bool) -> None:
    assert harmless_id(text) is harmless


# --- back again -------------------------------------------------------------------------------------------------------


def test_an_empty_sheet_says_nothing_but_that(client: Client) -> None:
    client.draw()
    assert client.seen() == ({}, {"sample_blank"})


def test_what_was_heard_is_a_statement_about_all_records(client: Client) -> None:
    path = client.draw(where=("recorded=yes",), size=50).path
    answer(path, call_announced=lambda n: "No" if n <= 10 else "Yes", call_card_data="No",
           call_refusal_respected=lambda n: "Yes" if n <= 5 else "Not applicable",
           call_clear_yes=lambda n: "Cannot be heard" if n <= 20 else "Yes")  # fmt: skip
    results, codes = client.seen()
    assert codes == set()
    assert set(results) == {"call_announced", "call_card_data", "call_refusal_respected", "call_clear_yes"}
    announced = results["call_announced"]
    assert (announced.population, announced.exceptions, announced.untested, announced.rate) == (50, 10, 0, 0.2)
    assert announced.basis == "sample"
    assert announced.ci95 is not None
    low, high = announced.ci95
    assert 0.1 < low < 0.2 < high < 0.32
    assert announced.params["sample"]["of"] == 200
    assert announced.params["sample"]["likely"][0] >= 10
    assert announced.params["recorded_well"] == 10, "the export says of all of them that they were announced"
    assert {place.row for place in announced.places} == set(rows_of(path)[:10])
    assert {place.file for place in announced.places} == {"inputs/evidence/calls.csv"}
    assert (results["call_refusal_respected"].population, results["call_refusal_respected"].exceptions) == (5, 0)
    assert "of" not in results["call_refusal_respected"].params["sample"], "how many refused in all is not known"
    assert (results["call_clear_yes"].untested, results["call_clear_yes"].effect) == (20, "indicator")
    assert results["call_card_data"].exceptions == 0
    assert [finding.rule for finding in client.findings if finding.rule.startswith(PREFIX)] == [
        "sampled.call_announced"
    ]


def test_a_missing_consent_only_asks_unless_recording_rests_on_it(tmp_path: Path) -> None:
    client = Client(tmp_path, recording_basis="consent")
    answer(client.draw().path, call_clear_yes="No")
    assert client.seen()[0]["call_clear_yes"].effect == "violation"


def test_all_records_judged_leave_no_doubt(tmp_path: Path) -> None:
    client = Client(tmp_path, 30)
    answer(client.draw(size=30).path, call_identity_checked=lambda n: "No" if n == 1 else "Yes")
    result = client.seen()[0]["call_identity_checked"]
    assert result.ci95 == (round(1 / 30, 6), round(1 / 30, 6))


def test_nothing_heard_is_not_tested(client: Client) -> None:
    answer(client.draw().path, call_announced="Cannot be heard", call_objection_taken="Not applicable")
    results, _ = client.seen()
    assert (results["call_announced"].outcome, results["call_announced"].reason) == ("not_testable", "not_listened")
    assert results["call_objection_taken"].outcome == "not_applicable"


@settings(max_examples=12)
@given(st.lists(st.sampled_from([*ANSWERS, None]), min_size=12, max_size=12), st.sampled_from(LANGUAGES), st.booleans())
def test_what_goes_out_comes_back(said: list[str | None], lang: str, reverse: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        client = Client(Path(folder), 60)
        path = client.draw(lang, size=12).path
        words = [answer_word(one, "calls", texts(lang)) if one else None for one in said]  # type: ignore[arg-type]
        answer(path, call_announced=lambda n: words[n - 1])
        if reverse:
            turned_round(path)
        results, codes = client.seen()
        if not any(said):
            assert codes == {"sample_blank"}
            return
        result, applies = results["call_announced"], [one for one in said if one != "not_applicable"]
        assert codes == set()
        assert result.population == len(applies)
        assert result.exceptions == said.count("no")
        assert result.untested == said.count(None) + said.count("not_audible")


def turned_round(path: Path) -> None:
    """Sort the rows the other way and swap two columns, as people do."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    for number, row in enumerate(reversed(rows), HEADING_ROW + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    for row in sheet.iter_rows():
        row[5].value, row[6].value = row[6].value, row[5].value
    book.save(path)


def test_a_larger_draw_takes_answers_over_and_counts_with_the_smaller(client: Client) -> None:
    answer(client.draw(size=20).path, call_announced=lambda n: "No" if n == 1 else "Yes")
    larger = client.draw(size=50)
    assert larger.carried == 20
    answer(larger.path, call_announced=lambda n: None if n <= 20 else "Yes")
    result = client.seen()[0]["call_announced"]
    assert (result.population, result.exceptions, result.untested) == (50, 1, 0)


def test_two_people_who_disagree_leave_it_open(client: Client) -> None:
    answer(client.draw(size=20).path, call_announced="Yes")
    answer(client.draw(size=30).path, call_announced=lambda n: "No" if n == 1 else "Yes")
    results, codes = client.seen()
    assert codes == {"sample_differs"}
    assert (results["call_announced"].exceptions, results["call_announced"].untested) == (0, 1)


def test_another_export_allows_no_statement_about_all(client: Client) -> None:
    answer(client.draw().path, call_announced=lambda n: "No" if n == 1 else "Yes", call_card_data="No")
    export = client.folder.evidence / "calls.csv"
    export.write_text(export.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    results, codes = client.seen()
    assert "sample_other_file" in codes
    assert results["call_announced"].exceptions == 1, "what was heard stays a fact"
    assert {result.ci95 for result in results.values()} == {None}
    assert results["call_announced"].params["unproven"] is True
    assert results["call_announced"].places[0].file.endswith(".xlsx")


def test_a_renamed_export_is_found_by_its_content(client: Client) -> None:
    answer(client.draw().path, call_card_data="No")
    (client.folder.evidence / "calls.csv").rename(client.folder.evidence / "calls_april.csv")
    results, codes = client.seen()
    assert codes == set()
    assert results["call_card_data"].ci95 is not None


def test_rows_picked_by_hand_allow_no_statement_about_all(client: Client) -> None:
    path = client.draw(size=10).path
    answer(path, call_card_data="No")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "row")
    free = next(row for row in range(2, 300) if row not in rows_of(path))
    sheet.cell(HEADING_ROW + 1, column).value = str(free)
    book.save(path)
    results, codes = client.seen()
    assert codes == {"sample_not_drawn"}
    assert results["call_card_data"].ci95 is None


def test_deleted_rows_are_not_tested(client: Client) -> None:
    path = client.draw(size=10).path
    answer(path, call_card_data="No")
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(HEADING_ROW + 2, 3)
    book.save(path)
    results, codes = client.seen()
    assert codes == {"sample_rows_missing"}
    assert (results["call_card_data"].population, results["call_card_data"].untested) == (10, 3)


def test_an_export_that_is_a_sample_itself_stands_for_endlessly_many(tmp_path: Path) -> None:
    client = Client(tmp_path, 60)
    answer(client.draw(size=40).path, call_identity_checked=lambda n: "No" if n <= 10 else "Yes")
    close = client.seen()[0]["call_identity_checked"].ci95
    client.intake = client.intake.model_copy(update={"evidence": index("calls.csv", basis="sample")})
    wide = client.seen()[0]["call_identity_checked"].ci95
    assert close is not None
    assert wide is not None
    assert wide[1] - wide[0] > close[1] - close[0]
