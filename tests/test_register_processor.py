"""The record of a processor (Art. 30(2)): its points in order, and that edits of it come back exactly."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_cases import SLOW, noun, said
from register_cases import LIVELY, cell_of, edit, export, imported

from gdpr_assess.flows.register_layouts import layouts
from gdpr_assess.flows.register_lines import EDITABLE
from gdpr_assess.intake import save
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Flow, Intake
from gdpr_assess.report.register_book import HEADING_ROW, KEY_ROW

PROCESSOR_OWN = [key for key in layouts().processor + layouts().processor_after if layouts().columns[key].own]


@settings(SLOW, max_examples=6)
@given(
    data=st.data(),
    new=noun("flows", ["client", "P1", "P2"], {"id": "F3", "source": "CRM", "target": "S1", "kind": "disclosure"}),
)
def test_edits_of_the_processors_record_come_back_exactly(data: st.DataObject, new: Flow) -> None:
    before = said_for("P2", LIVELY)
    wanted = before.flows[2].model_copy(update={name: getattr(new, name) for name in EDITABLE})
    lang, other = data.draw(st.permutations(LANGUAGES))
    own = data.draw(st.dictionaries(st.sampled_from(PROCESSOR_OWN), st.sampled_from(["Anna, +49 1", "DMS 7"])))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(folder / "intake.xlsx", before, other)
        export(before, folder / "register.xlsx", lang, "cnil")
        stay = wanted.model_copy(update={"on_behalf_of": "P2"})  # so that it stands in the same record
        edited = before.model_copy(update={"flows": (*before.flows[:2], stay)})
        book = openpyxl.load_workbook(export(edited, folder / "edited.xlsx", lang, "cnil"))
        title = texts(lang)("register.sheet_processor")
        keys = [c.value for c in book[title][KEY_ROW] if layouts().columns[c.value].edits]
        values = {("", "F3", key): cell_of(book[title], "F3", key).value for key in keys}
        values[("", "F3", "on_behalf_of")] = wanted.on_behalf_of
        edit(folder, values | {("", "F3", key): text for key, text in own.items()}, title)
        found = imported(folder)
    assert said(found) == said(before.model_copy(update={"flows": (*before.flows[:2], wanted)}))
    assert list(found.own.get("flows/F3", {}).values()) == [own[key] for key in PROCESSOR_OWN if key in own]


def said_for(partner: str, intake: Intake) -> Intake:
    """Return an intake in which the last flow is on behalf of a partner."""
    last = intake.flows[-1].model_copy(update={"on_behalf_of": partner})
    return intake.model_copy(update={"flows": (*intake.flows[:-1], last)})


def test_a_flow_moves_to_the_processors_record_when_its_controller_is_entered(tmp_path: Path) -> None:
    folder = tmp_path
    save(folder / "intake.xlsx", LIVELY, "en")
    export(LIVELY, folder / "register.xlsx")
    edit(folder, {("", "F3", "on_behalf_of"): "p2"})
    found = imported(folder)
    assert found.flows[2].on_behalf_of == "P2"
    book = openpyxl.load_workbook(export(found, folder / "again.xlsx"))
    sheet = book["Processor record"]
    told = {key: cell_of(sheet, "F3", key).value for key in ("controller", "processing", "third_country", "security")}
    assert told == {"controller": "=Speech", "processing": "Remote access", "third_country": "Philippines: CallCo",
                    "security": None}  # fmt: skip
    assert "F3" not in [cell.value for cell in book["Controller record"]["A"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_processors_record_has_the_points_of_the_article_in_order(lang: str, tmp_path: Path) -> None:
    made = export(said_for("P1", LIVELY), tmp_path / "r.xlsx", lang)
    sheet = openpyxl.load_workbook(made)[texts(lang)("register.sheet_processor")]
    keys = [cell.value for cell in sheet[KEY_ROW]]
    points = ["controller", "controller_contact", "processing", "recipients_processors", "third_country", "security"]
    assert sorted(points, key=keys.index) == points
    assert all(sheet.cell(HEADING_ROW, index + 1).value != key for index, key in enumerate(keys))
