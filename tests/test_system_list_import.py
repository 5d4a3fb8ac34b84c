"""Systems from a CSV list on page 02: recognised by heading, judged like typed rows, never overwritten unseen."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess import intake as workbook
from gdpr_assess.intake.layout import sheet
from gdpr_assess.intake.words import word
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Intake, Partner, Profile, System
from gdpr_assess.notebook.forms import FlowsPage
from gdpr_assess.notebook.forms.bring_systems import SystemsForm
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.system_list import Listed, SystemList, compare, read_list
from gdpr_assess.notebook.forms.typed import typed_noun, typed_sheets
from gdpr_assess.workspace import ClientFolder

CRM = System(id="CRM1", name="Kundkort", kind="crm", operator="P1", hosting_country="DE", retention_days=365)
SAVED = Intake(
    profile=Profile(
        client_name="Fjordlys",
        main_country="SE",
        roles=("controller",),
        countries_served=("SE",),
        channels=("phone",),
        services=("inbound_support",),
    ),
    partners=(Partner(id="P1", name="Moln AB", country="SE", role="processor"),),
    systems=(CRM,),
)
HEAD = "id,name,kind,hosting_country"


def listed(folder: Path, content: str | bytes, lang: str = "en") -> SystemList:
    path = folder / "systems.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_list(path, "systems.csv", typed_sheets(SAVED), lang)


def wrong(read: SystemList) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.place.row) for issue in read.issues]


@pytest.fixture
def form(tmp_path: Path) -> SystemsForm:
    client = OpenClient(ClientFolder(tmp_path), "en")
    client.create()
    workbook.save(client.folder.intake, SAVED, "en")
    client.reload()
    return SystemsForm(client)


def upload(form: SystemsForm, content: str, name: str = "systems.csv") -> None:
    stated = {"name": name, "type": "text/csv", "size": len(content), "content": content.encode()}
    form.list_form.upload.value = ({**stated, "last_modified": datetime(2026, 9, 30, tzinfo=UTC)},)


def systems(form: SystemsForm) -> tuple[System, ...]:
    result = workbook.read(form.client.folder.intake)
    assert result.intake is not None
    return result.intake.systems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("lang", [*LANGUAGES, None])
def test_columns_are_known_by_field_name_and_by_label_in_every_language(
    tmp_path: Path, lang: str | None, delimiter: str
) -> None:
    columns = sheet("systems").columns
    heads = [texts(lang)(column.text, "label") if lang else column.field for column in columns]
    row = {"id": "T1", "name": "Växel; Nord", "kind": "telephony", "hosting_country": "DE", "mfa": "TRUE"}
    row["data_categories"] = "identity; contact"
    if lang:
        row["kind"] = word(sheet("systems").column("kind"), "telephony", lang)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([heads, [row.get(column.field, "") for column in columns]])
    read = listed(tmp_path, out.getvalue())
    assert (read.issues, read.not_ours, read.delimiter) == ((), (), delimiter)
    wanted = System(id="T1", name="Växel; Nord", kind="telephony", hosting_country="DE", mfa=True,
                    data_categories=("identity", "contact"))  # fmt: skip
    assert [item.entry for item in read.rows] == [typed_noun(wanted)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_of_a_chinese_list_is_found(tmp_path: Path, encoding: str) -> None:
    kind = word(sheet("systems").column("kind"), "recording", "zh")
    read = listed(tmp_path, f"编号,名称,类型\nT1,客户服务电话录音系统,{kind}\n".encode(encoding))
    assert [item.entry for item in read.rows] == [
        {"id": "T1", "name": "客户服务电话录音系统", "kind": "recording", "operator": "client"}
    ]


def test_a_list_saved_by_an_older_excel_is_read(tmp_path: Path) -> None:
    read = listed(tmp_path, "id;name;kind\nT1;Växel für Büros;telephony\n".encode("cp1252"))
    assert [item.entry["name"] for item in read.rows] == ["Växel für Büros"]


def test_every_mistake_has_its_row_what_was_found_and_what_is_allowed(tmp_path: Path) -> None:
    text = (
        f"{HEAD},retention_days,operator\n"
        "A1,Good,crm,DE,30,P1\n"
        "\n"
        "A2,Airship,zeppelin,DE,30,client\n"
        "A1,Twice,crm,DE,30,client\n"
        "A3,,crm,Narnia,-3,client\n"
        "A4,Nobody's,crm,DE,30,P9\n"
        "P1,Taken,crm,DE,30,client\n"
        "A5,short\n"
    )
    read = listed(tmp_path, text)
    assert [item.row for item in read.rows] == [2]
    assert sorted(wrong(read), key=lambda item: (item[1] or 0, item[0])) == [
        ("intake.bad_value_of_many", 4),
        ("intake.twice", 5),
        ("intake.bad_value_of_many", 6),
        ("intake.required", 6),
        ("intake.too_small", 6),
        ("intake.unknown_ref", 7),
        ("intake.id_twice", 8),
        ("practices.row_ragged", 9),
    ]
    assert read.left_out == 6
    twice = next(issue for issue in read.issues if issue.code == "intake.twice")
    assert twice.params["first"] == 2
    airship = next(issue for issue in read.issues if issue.place.row == 4)
    assert airship.params["found"] == "zeppelin"
    assert airship.params["allowed"]
    assert {issue.place.file for issue in read.issues} == {"systems.csv"}


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["practices.no_header"]),
        (b"\x00\x01\x02PK\x03\x04" * 300, ["forms.not_text"]),
        (b"id,name\nA,B\n", ["intake.column_missing"]),
        (b"id,name,kind,ID\nA,B,crm,C\n", ["intake.column_twice"]),
        (b'id,name,kind\nA,"B,crm\n', ["practices.row_quote"]),
    ],
)
def test_a_file_that_is_no_such_list_is_said(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    assert [issue.code for issue in listed(tmp_path, content).issues] == codes


def test_a_missing_heading_names_what_may_be_meant(tmp_path: Path) -> None:
    (issue,) = listed(tmp_path, "id,name,kinds\nA,B,crm\n").issues
    assert (issue.code, issue.params["label"], issue.params["nearest"]) == ("intake.column_missing", "Kind", "kinds")


def test_columns_that_are_not_ours_are_named(tmp_path: Path) -> None:
    assert listed(tmp_path, "id,name,kind,Cost centre\nA,B,crm,77\n").not_ours == ("Cost centre",)


def test_the_preview_changes_nothing_and_taking_over_waits_for_save(form: SystemsForm) -> None:
    upload(form, f"{HEAD}\nT1,Switch,telephony,US\n")
    assert "Switch" in form.list_form.preview.value
    assert "United States" in form.list_form.preview.value
    assert [entry["id"] for entry in form.collect()] == ["CRM1"]
    form.list_form.take_button.click()
    assert [entry["id"] for entry in form.collect()] == ["CRM1", "T1"]
    assert form.fields["name"].text == "Switch"
    assert systems(form) == (CRM,)
    assert form.bar.save().result == "saved"
    assert systems(form) == (CRM, System(id="T1", name="Switch", kind="telephony", hosting_country="US"))


def test_what_was_uploaded_does_not_stay_in_the_widget(form: SystemsForm) -> None:
    upload(form, f"{HEAD}\nT1,Switch,telephony,US\n")
    assert form.list_form.upload.value == ()
    upload(form, f"{HEAD}\nT2,Other,telephony,US\n")
    assert "Other" in form.list_form.preview.value


@pytest.mark.parametrize(("replace", "country", "name"), [(False, "DE", "Kundkort"), (True, "US", "Kundkort")])
def test_an_id_that_is_there_is_listed_and_replaced_only_when_chosen(
    form: SystemsForm, replace: bool, country: str, name: str
) -> None:
    upload(form, f"{HEAD},retention_days\ncrm1,Kundkort,CRM,US,\nT1,Switch,telephony,SE,10\n")
    shown = form.list_form.preview.value
    assert [part in shown for part in ("CRM1", "Germany", "United States", "365")] == [True, True, True, False]
    form.list_form.replace.value = replace
    form.list_form.take_button.click()
    assert form.bar.save().result == "saved"
    first, second = systems(form)
    assert (first.id, first.hosting_country, first.name, first.retention_days) == ("CRM1", country, name, 365)
    assert second.id == "T1"


def test_the_same_list_again_has_nothing_to_add(form: SystemsForm) -> None:
    upload(form, f"{HEAD},operator\nCRM1,Kundkort,crm,DE,p1\n")
    assert form.list_form.take_button.disabled
    assert texts("en")("forms.list_same", count=1) in form.list_form.preview.value


def test_a_form_changed_after_the_preview_is_shown_again_before_anything_is_replaced(form: SystemsForm) -> None:
    upload(form, f"{HEAD}\nCRM1,Kundkort,crm,US\n")
    form.list_form.replace.value = True
    form.fields["hosting_country"].text = "FR"
    form.list_form.take_button.click()
    assert form.fields["hosting_country"].text == "FR"
    assert texts("en")("forms.list_moved") in form.list_form.preview.value
    assert "France" in form.list_form.preview.value
    assert not form.list_form.replace.value


def test_discarding_forgets_the_list(form: SystemsForm) -> None:
    upload(form, f"{HEAD}\nT1,Switch,telephony,US\n")
    form.list_form.drop_button.click()
    assert form.list_form.preview.value == ""
    form.list_form.take_button.click()
    assert [entry["id"] for entry in form.collect()] == ["CRM1"]


@pytest.mark.parametrize("named", ["lists/systems.csv", "inputs/lists/systems.csv", "lists\\systems.csv"])
def test_a_file_below_inputs_is_read_by_its_name(form: SystemsForm, named: str) -> None:
    path = form.client.folder.inputs / "lists" / "systems.csv"
    path.parent.mkdir()
    path.write_text(f"{HEAD}\nT1,Switch,telephony,US\n")
    form.list_form.path.value = named
    form.list_form.look_button.click()
    assert "inputs/lists/systems.csv" in form.list_form.preview.value
    assert not form.list_form.take_button.disabled


@pytest.mark.parametrize("named", ["../../secret.csv", "/etc/passwd", "", "link.csv", "nowhere.csv"])
def test_only_files_below_inputs_are_read(form: SystemsForm, named: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"{HEAD}\nT1,Secret,telephony,US\n")
    (form.client.folder.inputs / "link.csv").symlink_to(secret)
    form.list_form.path.value = named
    form.list_form.look_button.click()
    assert form.list_form.take_button.disabled
    assert "Secret" not in form.list_form.preview.value
    assert 'role="alert"' in form.list_form.preview.value


def test_what_a_list_says_is_escaped(form: SystemsForm) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    upload(form, f"{HEAD},{hostile}\n{hostile},a,{hostile},DE,1\nT1,{hostile},crm,DE,2\n", name=f"{hostile}.csv")
    assert "&lt;img" in form.list_form.preview.value
    assert "<img" not in form.list_form.preview.value


def test_a_list_waits_for_the_profile(tmp_path: Path) -> None:
    client = OpenClient(ClientFolder(tmp_path), "zh")
    client.create()
    form = SystemsForm(client)
    upload(form, f"{HEAD}\nT1,Switch,telephony,US\n")
    assert texts("zh")("forms.profile_first") in form.list_form.preview.value


def test_page_02_has_the_list(form: SystemsForm) -> None:
    page: Any = FlowsPage(form.client).systems.widget
    assert any("ga-bring" in child._dom_classes for child in page.children)


IDS = st.sampled_from(["A1", "a1", "B2", "C3"])
ENTRIES = st.lists(st.fixed_dictionaries({"id": IDS, "name": st.text("xy", min_size=1, max_size=2)}), max_size=4,
                   unique_by=lambda entry: entry["id"].casefold())  # fmt: skip


@given(ENTRIES, ENTRIES, st.booleans())
def test_taking_over_never_loses_an_entry_and_a_second_time_adds_nothing(
    entries: list[dict[str, str]], others: list[dict[str, str]], replace: bool
) -> None:
    rows = [Listed(number, entry, ("id", "name")) for number, entry in enumerate(others, 2)]
    merged = compare(rows, entries).merged(entries, replace=replace)
    assert [entry["id"] for entry in merged[: len(entries)]] == [entry["id"] for entry in entries]
    assert replace or merged[: len(entries)] == entries
    assert {entry["id"].casefold() for entry in merged} == {entry["id"].casefold() for entry in [*entries, *others]}
    again = compare(rows, merged)
    assert not again.new
    assert not (replace and again.different)
