"""The record of processing (Art. 30): what stands in it, its layouts, and that edits come back exactly."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import SLOW, SMALL, intakes, noun, said
from openpyxl.utils import get_column_letter
from register_cases import DAY, LIVELY, cell_of, edit, export, imported

from gdpr_assess.cli import main
from gdpr_assess.flows.register_layouts import layouts
from gdpr_assess.flows.register_lines import EDITABLE
from gdpr_assess.intake import read, save
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.law import decisions
from gdpr_assess.model import Flow, Intake, Profile
from gdpr_assess.report.register_book import HEADING_ROW, KEY_ROW, usual_layout, write_register
from gdpr_assess.report.register_import import import_register
from gdpr_assess.report.register_read import read_changes
from gdpr_assess.report.register_tables import RegisterSource, heads
from gdpr_assess.report.register_words import Words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "intake.xlsx", LIVELY, "en")
    export(LIVELY, tmp_path / "register.xlsx")
    return tmp_path


def refused(folder: Path) -> list[tuple[str, str | None, str | None]]:
    before = (folder / "intake.xlsx").read_bytes()
    with pytest.raises(UserError) as caught:
        import_register(folder / "register.xlsx", folder / "intake.xlsx")
    assert (folder / "intake.xlsx").read_bytes() == before
    return [(i.code, i.place.sheet, i.place.cell) for i in caught.value.issues if i.level == "error"]


def test_layouts_name_known_columns_and_every_layout_edits_everything() -> None:
    data = layouts()
    for layout in data.layouts.values():
        keys = layout.controller + layout.after
        assert set(keys) <= data.columns.keys()
        edited = {data.columns[key].edits for key in keys}
        assert {f"flows.{name}" for name in EDITABLE} <= edited
    assert len(data.layouts["ico"].controller[1:]) == 30, "the ICO's template has thirty columns"
    assert data.columns.keys() == {k for c in data.layouts.values() for k in c.controller + c.after} | set(
        data.processor
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("layout", list(layouts().layouts))
def test_workbook_speaks_the_readers_language_in_the_order_of_the_layout(
    lang: str, layout: Any, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(export(LIVELY, tmp_path / "r.xlsx", lang, layout))
    sheet = book[texts(lang)("register.sheet_controller")]
    assert [c.value for c in sheet[HEADING_ROW]] == [head.label for head in heads("controller", layout, lang)]
    assert cell_of(sheet, "F3", "transfer_tool").value == texts(lang).word("scc_module_2")
    assert texts(lang)("register.party_organisation", value="Muster GmbH (").rstrip(")") in str(sheet["A3"].value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [(("none", None), "none appointed"), ((None, None), "not stated"), (("Rep GmbH, Bonn", "none"), "Rep GmbH, Bonn")],
)
def test_the_head_of_the_record_names_a_representative_or_says_that_there_is_none(
    cells: tuple[str | None, str | None], said: str
) -> None:
    outside = {"main_country": "CN", "eu_representative": cells[0], "uk_representative": cells[1]}
    lines = Words(SMALL.profile.model_copy(update=outside), "en").party()
    assert f"Representative (Art. 27): {said}" in lines


def test_names_never_become_formulas(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "register.xlsx")["Recipients"]
    assert (cell_of(sheet, "P2", "name").data_type, cell_of(sheet, "P2", "name").value) == ("s", "=Speech")


def test_france_gets_the_layout_of_its_authority() -> None:
    assert [usual_layout(land) for land in ("FR", "GB", "DE")] == ["cnil", "ico", "ico"]


def test_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    assert export(LIVELY, tmp_path / "a.xlsx").read_bytes() == export(LIVELY, tmp_path / "b.xlsx").read_bytes()


@SLOW
@given(intake=intakes(), lang=st.sampled_from(LANGUAGES), layout=st.sampled_from(["ico", "cnil"]))
def test_what_is_exported_unchanged_changes_nothing(intake: Intake, lang: str, layout: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        reading = read_changes(export(intake, Path(name) / "r.xlsx", lang, layout))
    assert (reading.changes, reading.issues) == ([], [])


@settings(SLOW, max_examples=6)
@given(
    data=st.data(), new=noun("flows", ["client"], {"id": "F3", "source": "CRM", "target": "S1", "kind": "disclosure"})
)
def test_edits_of_a_flow_come_back_exactly(data: st.DataObject, new: Flow) -> None:
    wanted = LIVELY.flows[2].model_copy(update={name: getattr(new, name) for name in EDITABLE})
    edited = LIVELY.model_copy(update={"flows": (*LIVELY.flows[:2], wanted)})
    layout = data.draw(st.sampled_from(["ico", "cnil"]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(folder / "intake.xlsx", LIVELY, "en")
        export(LIVELY, folder / "register.xlsx", "zh", layout)
        source = openpyxl.load_workbook(export(edited, folder / "edited.xlsx", "en", layout))["Controller record"]
        keys = [c.value for c in source[KEY_ROW] if layouts().columns[c.value].edits]
        values = {("", "F3", key): cell_of(source, "F3", key).value for key in keys}
        edit(folder, values, texts("zh")("register.sheet_controller"))
        assert said(imported(folder)) == said(edited)


def test_edits_of_recipients_and_systems_come_back(folder: Path) -> None:
    safe = "Systems and security"
    edit(folder, {("Recipients", "P2", "contract"): "yes", ("Recipients", "P2", "contract_date"): date(2026, 2, 3)})
    edit(folder, {(safe, "CRM", "retention_days"): 30, (safe, "CRM", "mfa"): "Yes"})
    found = imported(folder)
    assert (found.partners[1].contract, found.partners[1].contract_date) == (True, date(2026, 2, 3))
    assert (found.systems[0].retention_days, found.systems[0].mfa) == (30, True)
    assert said(found)["answers"] == said(LIVELY)["answers"]


def test_an_edit_of_a_shared_line_reaches_all_its_flows_and_an_empty_cell_says_nothing(folder: Path) -> None:
    edit(folder, {("", "F1, F2", "retention_days"): "120", ("", "F3", "remark"): None})
    found = imported(folder)
    assert [item.retention_days for item in found.flows] == [120, 120, None]
    assert found.flows[2].remark is None


def test_columns_that_the_intake_does_not_know_are_kept_and_shown_again(folder: Path) -> None:
    edit(folder, {("", "F3", "dpia_link"): "DMS 2026/17", ("", "F3", "dpia_required"): "Yes"})
    found = imported(folder)
    assert found.own["flows/F3"] == {"DPIA: where": "DMS 2026/17", "Impact assessment (DPIA) required?": "Yes"}
    again = openpyxl.load_workbook(export(found, folder / "again.xlsx", "zh"))[texts("zh")("register.sheet_controller")]
    assert cell_of(again, "F3", "dpia_link").value == "DMS 2026/17"
    export(found, folder / "register.xlsx")
    edit(folder, {("", "F3", "dpia_link"): None})
    assert imported(folder).own["flows/F3"] == {"Impact assessment (DPIA) required?": "Yes"}


def test_rows_and_columns_may_be_moved(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Controller record"]
    sheet.insert_cols(2)
    sheet.move_range(f"A11:{get_column_letter(sheet.max_column)}11", rows=3)
    sheet.cell(14, 2).value = "ask Anna"
    book.save(folder / "register.xlsx")
    edit(folder, {("", "F3", "purpose"): "training"})
    _, issues = import_register(folder / "register.xlsx", folder / "intake.xlsx")
    assert [(i.code, i.level, i.place.cell) for i in issues] == [("register.own_column", "warning", "B14")]
    found = read(folder / "intake.xlsx").intake
    assert found is not None
    assert found.flows[2].purpose == "training"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({("", "F3", "purpose"): "fun"}, ("intake.bad_value_of_many", "C11")),
        ({("", "F3", "purpose"): None}, ("intake.required", "C11")),
        ({("", "F3", "retention_days"): -1}, ("intake.too_small", "K11")),
        ({("", "F3", "tia_date"): "soon"}, ("intake.bad_date", "AG11")),
        ({("", "F3", "on_behalf_of"): "P9"}, ("intake.unknown_ref", "AF11")),
        ({("", "F3", "remark"): "=1+1"}, ("intake.formula", "AJ11")),
        ({("", "F3", "recipients"): "nobody"}, ("register.read_only", "G11")),
        ({("", "F3", "remark"): "call ••••"}, ("register.masked", "AJ11")),
        ({("", "F3", "entry"): "F9"}, ("register.unknown_entry", "A11")),
        ({("", "F3", "entry"): None}, ("register.no_entry", "A11")),
        ({("", "F3", "entry"): "F1, F2"}, ("register.row_twice", "A11")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_placed_and_nothing_is_written(folder: Path, change: Any, expected: Any) -> None:
    good = {("", "F1, F2", "retention_days"): 5}
    edit(folder, good | change)
    code, cell = expected
    assert refused(folder) == [(code, "Controller record", cell)]


def test_what_changed_in_the_intake_meanwhile_is_not_overwritten(folder: Path) -> None:
    flows = (*LIVELY.flows[:2], LIVELY.flows[2].model_copy(update={"remark": "by day"}))
    save(folder / "intake.xlsx", LIVELY.model_copy(update={"flows": flows}), "en")
    edit(folder, {("", "F1, F2", "retention_days"): 5})
    assert imported(folder).flows[2].remark == "by day"
    edit(folder, {("", "F3", "remark"): "always"})
    assert [code for code, *_ in refused(folder)] == ["register.changed_meanwhile"]


def test_a_flow_that_is_gone_is_said(folder: Path) -> None:
    save(folder / "intake.xlsx", LIVELY, "en")
    book = openpyxl.load_workbook(folder / "intake.xlsx")
    book["Flows"].delete_rows(7)
    book.save(folder / "intake.xlsx")
    edit(folder, {("", "F3", "remark"): "always"})
    assert [code for code, *_ in refused(folder)] == ["register.entry_gone"]


def test_a_deleted_row_is_a_warning_and_keeps_its_flow(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    book["Controller record"].delete_rows(11)
    book.save(folder / "register.xlsx")
    count, issues = import_register(folder / "register.xlsx", folder / "intake.xlsx")
    assert (count, [(i.code, i.params["found"]) for i in issues]) == (0, [("register.row_gone", "F3")])


def test_another_workbook_is_refused(folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        import_register(folder / "intake.xlsx", folder / "intake.xlsx")
    assert [issue.code for issue in caught.value.issues] == ["register.not_ours"]


def test_command_exports_and_imports(folder: Path) -> None:
    client, target = folder / "client", folder / "out.xlsx"
    save(client / "inputs" / "intake.xlsx", LIVELY, "zh")
    run = CliRunner().invoke
    shown = run(main, ["register", str(client), "--export", str(target), "--layout", "cnil", "--lang", "zh"])
    assert (shown.exit_code, shown.output.strip()) == (0, str(target))
    shown = run(main, ["register", str(client), "--import", str(target)])
    assert (shown.exit_code, shown.output.startswith("0 entries")) == (0, True)
    book = openpyxl.load_workbook(target)
    cell_of(book[texts("zh")("register.sheet_controller")], "F3", "retention_days").value = 7
    book.save(target)
    shown = run(main, ["register", str(client), "--import", str(target)])
    assert (shown.exit_code, shown.output.startswith("1 entry changed")) == (0, True)
    assert run(main, ["register", str(client)]).exit_code == 2


def test_every_limited_decision_and_issue_has_its_words() -> None:
    limited = {d.place for d in decisions() if d.limits and len(d.place) == 2}
    assert {place for place in limited if not texts("en").has(f"register.law_limits_{place}")} == set()


def test_no_register_without_flows(tmp_path: Path) -> None:
    source = RegisterSource(Profile.model_validate(SMALL.profile.model_dump()), [], (), (), DAY)
    assert write_register(source, tmp_path / "r.xlsx", "ico", "en") is None
    assert not (tmp_path / "r.xlsx").exists()
