"""The mapping of unknown exports, driven in Python: what is proposed, what is shown of it, what evidence.yaml holds."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from evidence_cases import AS_OF, intake
from hypothesis import given, settings
from hypothesis import strategies as st

from gdpr_assess.lang import texts
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.mapping import MappingForm
from gdpr_assess.practices import TABLES, read_evidence
from gdpr_assess.practices.map_writing import with_entry
from gdpr_assess.practices.mapping import FileMap
from gdpr_assess.practices.proposing import CELL_WORDS, HEADERS, candidates, is_heading, propose
from gdpr_assess.workspace import ClientFolder
from gdpr_assess.yamlfile import parse, raw

LANGUAGES = ("cs", "da", "de", "el", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "zh")
GERMAN = (
    "Gesprächsnummer;Datum und Uhrzeit;Anrufrichtung;Telefonnummer;Mitarbeiter;Aufgezeichnet;Zufriedenheit\n"
    "G-1;03.04.2026 10:00;Eingehend;+49 151 12345678;Erika Musterfrau;ja;4\n"
    "G-2;13.04.2026 11:30;Ausgehend;+49 151 87654321;Max Mustermann;nein;5\n"
)
PEOPLE = ("Erika", "Musterfrau", "Mustermann", "12345678", "87654321", "+49", "G-1")


@pytest.fixture
def client(tmp_path: Path) -> OpenClient:
    opened = OpenClient(ClientFolder(tmp_path), "en")
    opened.create()
    return opened


def put(client: OpenClient, name: str, text: str) -> None:
    (client.folder.evidence / name).write_text(text, encoding="utf-8")


def looked(client: OpenClient, name: str | None = None) -> MappingForm:
    form = MappingForm(client)
    form.file.value = name or form.file.value
    form.look()
    return form


def everything_shown(form: MappingForm) -> str:
    choices = [*form.columns.values(), *form.values.values(), form.sheet, form.table, form.file]
    shown = [str(item._options_labels) + item.description for item in choices]  # what the browser gets of a choice
    return " ".join([form.preview.value, form.message.value, *shown])


def read(client: OpenClient) -> tuple[dict[str, list[dict[str, object]]], set[str]]:
    exports, issues = read_evidence(client.folder.evidence, intake(), AS_OF)
    rows = {name: exports[name].frame.to_dicts() for name in TABLES if exports[name].given}
    return rows, {issue.code.removeprefix("practices.") for issue in issues}


def test_a_german_call_list_is_proposed_kept_and_read(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    form = looked(client)
    assert form.table.value == "calls"
    assert {ours: choice.value for ours, choice in form.columns.items() if choice.value} == {
        "call_id": "Gesprächsnummer",
        "started_at": "Datum und Uhrzeit",
        "direction": "Anrufrichtung",
        "customer_number": "Telefonnummer",
        "agent": "Mitarbeiter",
        "recorded": "Aufgezeichnet",
    }
    assert form.values["direction", "Eingehend"].value == "inbound"
    form.zone.value = "Europe/Berlin"
    form.keep()
    assert texts("en")("mapping.kept") in form.message.value
    rows, codes = read(client)
    assert [(row["direction"], row["recorded"]) for row in rows["calls"]] == [("inbound", True), ("outbound", False)]
    assert rows["calls"][1]["customer_number"] == "+4915187654321"
    assert codes == {"not_indexed"}


def test_nothing_of_a_person_is_shown(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    form = looked(client)
    form.columns["direction"].value = "Mitarbeiter"  # a wrong choice must not bring names to light either
    shown = everything_shown(form)
    assert not [word for word in PEOPLE if word in shown]
    assert "phone number: 2" in shown
    put(client, "without.csv", "Erika Musterfrau 12;+49 151 12345678;03.04.2026\nMax;+49 151 87654321;04.04.2026\n")
    shown = everything_shown(looked(client, "without.csv"))
    assert not [word for word in PEOPLE if word in shown]


def test_a_choice_that_does_not_fit_is_said_and_a_fixed_value_can_be_chosen(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    form = looked(client)
    form.columns["ended_at"].value = "Mitarbeiter"
    assert "do not look like values" in form.preview.value
    form.columns["ended_at"].value = ""
    form.columns["purpose"].value = "$marketing"
    form.keep()
    assert read(client)[0]["calls"][0]["purpose"] == "marketing"


def test_keeping_leaves_other_entries_and_remarks(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    put(client, "other.csv", "a,b\n1,2\n")
    before = "# by Ann\nfiles:\n  # lunch\n  other.csv: {ignore: true}  # menu\n# end\n"
    put(client, "evidence.yaml", before)
    form = looked(client)
    assert form.file.value == "export.csv"
    form.keep()
    after = (client.folder.evidence / "evidence.yaml").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    again = looked(client, "export.csv")
    assert again.entry() == form.entry()
    again.columns["agent"].value = ""
    again.keep()
    data = parse((client.folder.evidence / "evidence.yaml").read_text(encoding="utf-8"))[0]
    assert data["files"]["other.csv"] == {"ignore": True}
    assert "agent" not in data["files"]["export.csv"]["columns"]


def test_what_changed_meanwhile_or_cannot_be_read_is_not_overwritten(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    form = looked(client)
    put(client, "evidence.yaml", "files: {x.csv: {ignore: true}}\n")
    form.keep()
    assert "changed meanwhile" in form.message.value
    put(client, "evidence.yaml", "files: [")
    form = looked(client)
    form.keep()
    assert "cannot be read" in form.message.value
    assert (client.folder.evidence / "evidence.yaml").read_text() == "files: ["


def test_a_wrong_zone_and_an_unreadable_file_are_said(client: OpenClient) -> None:
    put(client, "export.csv", GERMAN)
    form = looked(client)
    form.zone.value = "Mars/One"
    form.keep()
    assert "no time zone" in form.message.value
    (client.folder.evidence / "x.csv").write_bytes(bytes(range(1, 9)) * 200)
    assert "neither text" in looked(client, "x.csv").message.value


def test_the_sheet_of_a_workbook_that_nobody_knows_comes_first(client: OpenClient) -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.append(["call_id", "started_at", "recorded"])
    first.append(["1", "2026-09-01", "yes"])
    second = book.create_sheet("Zgody")
    second.append(["ID klienta", "E-mail", "Zgoda", "Data zgody", "Data wycofania"])
    second.append(["K1", "anna@example.pl", "udzielona", "2026-02-03", None])
    second.append(["K2", "piotr@example.pl", "wycofana", "2026-02-04", "2026-03-01"])
    book.save(client.folder.evidence / "dane.xlsx")
    form = looked(client)
    assert (form._sheet.name, form.table.value) == ("Zgody", "consents")
    assert {ours: c.value for ours, c in form.columns.items() if c.value} == {
        "customer_id": "ID klienta",
        "contact": "E-mail",
        "status": "Zgoda",
        "captured_at": "Data zgody",
        "withdrawn_at": "Data wycofania",
    }
    form.keep()
    rows, _ = read(client)
    assert [row["status"] for row in rows["consents"]] == ["granted", "withdrawn"]
    assert rows["calls"][0]["recorded"] is True


def test_json_lines_are_mapped_too(client: OpenClient) -> None:
    put(
        client,
        "x.jsonl",
        '{"编号": "1", "收到时间": "2026-05-01", "申请类型": "删除"}\n'
        '{"编号": "2", "收到时间": "2026-05-02", "申请类型": "查阅"}\n',
    )
    form = looked(client)
    form.keep()
    assert [row["type"] for row in read(client)[0]["requests"]] == ["erasure", "access"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_of_every_language_lead_to_columns(lang: str) -> None:
    listed = raw(HEADERS / f"{lang}.yaml")
    concepts = raw(HEADERS / "_concepts.yaml")
    assert set(listed) == set(concepts)
    for concept, headings in listed.items():
        for heading in headings:
            assert is_heading(heading)
            found = {column.name for table in TABLES.values() for column in candidates(heading, table)}
            assert found & set(concepts[concept]), heading
    allowed = {value for table in TABLES.values() for column in table.columns for value in column.allowed}
    assert set(raw(CELL_WORDS / f"{lang}.yaml")) <= allowed | {"true", "false"}


names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
entries = st.builds(
    FileMap,
    table=st.sampled_from(sorted(TABLES)),
    columns=st.dictionaries(names, names, max_size=3),
    values=st.dictionaries(names, st.dictionaries(names, names, min_size=1, max_size=2), max_size=2),
    dates=st.sampled_from([None, "dmy", "mdy"]),
)


@settings(deadline=None, max_examples=60)
@given(first=names, second=names, one=entries, two=entries, flow=st.booleans())
def test_entries_are_written_as_they_are_meant(first: str, second: str, one: FileMap, two: FileMap, flow: bool) -> None:
    text = with_entry("files: {}\n# tail\n" if flow else "# head\n", first, one)
    text = with_entry(text, second, two)
    data = parse(text)[0]["files"]
    assert data[second] == two.model_dump(exclude_defaults=True)
    if first != second:
        assert data[first] == one.model_dump(exclude_defaults=True)
    assert "# tail" in text if flow else "# head" in text


def test_an_empty_file_gets_no_proposal() -> None:
    assert propose([], TABLES["calls"]) == {}
