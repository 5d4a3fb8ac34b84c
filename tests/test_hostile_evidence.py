"""Files that are broken or made to harm: a placed issue, never a crash, never a silent zero; nothing leaks."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from evidence_cases import AS_OF, intake, seen_elements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdpr_assess.issue import Issue
from gdpr_assess.model import Wording
from gdpr_assess.practices import TABLES, Exports, read_evidence, run_checks
from gdpr_assess.practices.run import run_check
from gdpr_assess.practices.tables import PERSONAL_KINDS

Row = list[Any]


def read(folder: Path) -> tuple[Exports, list[Issue]]:
    return read_evidence(folder, intake(), AS_OF)


def errors(folder: Path) -> dict[str, Issue]:
    return {issue.code.removeprefix("practices."): issue for issue in read(folder)[1] if issue.level == "error"}


def put(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


HEADER = b"call_id,started_at,transcript\n"
BROKEN: dict[str, tuple[str, bytes, str, int | None]] = {
    "binary with a csv name": ("calls.csv", random.Random(7).randbytes(5000), "not_text", None),
    "empty": ("calls.csv", b"", "empty", None),
    "only blanks": ("calls.csv", b"\r\n  \r\n", "empty", None),
    "long line": ("calls.csv", HEADER + b'1,2026-01-01,"' + b"x" * 10_000_000, "line_too_long", 2),
    "long first line": ("calls.csv", b"x" * 10_000_000, "line_too_long", None),
    "nul": ("calls.csv", HEADER + b"1,2026-01-01,a\n2,2026-01-01,b\0c\n", "row_nul", 3),
    "ragged": ("calls.csv", HEADER + b"1,2026-01-01,a\n2,2026-01-01\n3,2026-01-01,a,b\n", "row_ragged", 3),
    "mixed encodings": (
        "calls.csv",
        HEADER + "1,2026-01-01,zażółć\n2,2026-01-01,grün\n".encode() + "3,2026-01-01,grün\n".encode("cp1252"),
        "row_encoding",
        4,
    ),
    "header twice": ("calls.csv", b"call_id,agent,started_at,Agent\n1,a,2026-01-01,b\n", "header_twice", 1),
    "truncated json": (
        "calls.json",
        b'[{"call_id": "1", "started_at": "2026-01-01", "agent": "x"}, {"call_id": "2", "sta',
        "json_truncated",
        2,
    ),
    "json of numbers": ("calls.json", b"[\n1, 2, 3]", "json_unreadable", None),
    "deep json": ("calls.json", b'[{"call_id":' + b'{"a":' * 100_000 + b"1", "json_unreadable", None),
    "bad json line": (
        "calls.jsonl",
        b'{"call_id":"1","started_at":"2026-01-01","agent":"x"}\n{"call_id":\n{"call_id":"3","started_at":"2026-01-01"}\n',
        "row_json",
        2,
    ),
    "old workbook": ("calls.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_old", None),
    "cut workbook": ("calls.xlsx", b"PK\x03\x04" + b"\1" * 600, "workbook_damaged", None),
    "unterminated quote": ("calls.csv", HEADER + b'1,2026-01-01,a\n2,2026-01-01,"b\nand so on\n', "row_quote", 3),
    "quote before rows": ("calls.csv", HEADER + b'1,2026-01-01,"a\n2,2026-01-01,b\n', "row_stray_quote", 2),
}


@pytest.mark.parametrize("case", BROKEN, ids=lambda name: name)
def test_broken_file_is_a_placed_issue(case: str, tmp_path: Path) -> None:
    name, content, code, row = BROKEN[case]
    put(tmp_path, name, content)
    found = errors(tmp_path)
    assert code in found, found
    assert found[code].place.file == f"inputs/evidence/{name}"
    assert found[code].place.row == row


def test_rows_around_a_bad_one_are_read(tmp_path: Path) -> None:
    put(tmp_path, "calls.csv", BROKEN["ragged"][1])
    exports, _ = read(tmp_path)
    assert exports["calls"].frame["call_id"].to_list() == ["1"]
    assert (exports.facts[0]["rows"], exports.facts[0]["bad_rows"], exports.facts[0]["reconciled"]) == (3, 2, False)


def workbook(path: Path, rows: list[Row], far: bool = False, title: str = "Calls") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if far:
        sheet["XFD1048576"] = "x"
    book.save(path)


def test_workbook_cells_keep_their_text(tmp_path: Path) -> None:
    import datetime as dt

    rows: list[Row] = [
        ["call_id", "started_at", "recorded", "queue"],
        ["007", dt.datetime(2026, 9, 1, 10, 30), True, 42],
        ["NA", dt.datetime(2026, 9, 2), False, 1.5],
    ]
    workbook(tmp_path / "calls.xlsx", rows)
    frame = read(tmp_path)[0]["calls"].frame
    assert frame.select("_row", "call_id", "recorded", "queue").rows() == [
        (2, "007", True, "42"),
        (3, "NA", False, "1.5"),
    ]
    assert frame["started_at~day"].to_list() == [False, True]


def test_workbook_sheets_are_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "training"  # type: ignore[union-attr]
    book.active.append(["person", "course", "topic"])  # type: ignore[union-attr]
    book.active.append(["Anna", "DP", "data_protection"])  # type: ignore[union-attr]
    staff = book.create_sheet("staff")
    staff.append(["person", "team", "mfa"])
    staff.append(["Anna", "One", "no"])
    book.create_sheet("notes").append(["hello"])
    book.save(tmp_path / "people.xlsx")
    exports, _ = read(tmp_path)
    assert (exports["training"].frame.height, exports["staff"].frame.height) == (1, 1)


def test_place_of_a_workbook_row_names_the_sheet(tmp_path: Path) -> None:
    workbook(tmp_path / "staff.xlsx", [["person", "team", "mfa"], ["Anna", "One", "no"]], title="Staff")
    exports, _ = read(tmp_path)
    results, _ = run_checks(exports, intake(), AS_OF, {}, seen_elements)  # type: ignore[arg-type]
    place = next(result for result in results if result.check == "staff.mfa").places[0]
    assert (place.file, place.sheet, place.row) == ("inputs/evidence/staff.xlsx", "Staff", 2)


def test_formulas_are_not_values(tmp_path: Path) -> None:
    workbook(
        tmp_path / "calls.xlsx",
        [["call_id", "started_at", "announced_at", "recorded"], ["1", "2026-09-01", '=HYPERLINK("http://x")', True]],
    )
    exports, issues = read(tmp_path)
    said = {issue.code: issue for issue in issues}
    assert said["practices.cell_formula"].place.row == 2
    assert exports["calls"].frame["announced_at"].to_list() == [None]
    result = check_on(exports, "recording.announced_before")
    assert (result.population, result.exceptions, result.untested) == (1, 0, 1)


def check_on(exports: Exports, name: str) -> Any:
    results, _ = run_checks(exports, intake(), AS_OF, {}, seen_elements)  # type: ignore[arg-type]
    return next(result for result in results if result.check == name)


def test_far_cell_does_not_exhaust_memory(tmp_path: Path) -> None:
    workbook(tmp_path / "calls.xlsx", [["call_id", "started_at", "recorded"], ["1", "2026-09-01", True]], far=True)
    exports, issues = read(tmp_path)
    assert exports["calls"].frame.height == 1
    assert [issue.place.row for issue in issues if issue.code == "practices.cell_far"] == [1_048_576]


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "calls.xlsx", [["call_id", "started_at"], ["1", "2026-09-01"]])
    with zipfile.ZipFile(tmp_path / "calls.xlsx", "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big.bin", b"\0" * 150_000_000)
    assert "workbook_too_heavy" in errors(tmp_path)


def test_entities_are_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["call_id", "started_at"], ["1", "2026-09-01"]])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "calls.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else source.read(name))
    (tmp_path / "a.xlsx").unlink()
    assert "workbook_damaged" in errors(tmp_path)


def test_archive_without_exports(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "calls.zip", "w") as package:
        package.writestr("calls.exe", "call_id\n1\n")
    assert "archive_without_exports" in errors(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(alphabet='{}[]":,\n\\ ae1;|\t', max_size=200).map(str.encode),
        st.binary(max_size=100).map(lambda tail: HEADER + tail),
        st.binary(max_size=100).map(lambda tail: b'[{"call_id": "1", "started_at": ' + tail),
    )
)
def test_nothing_makes_reading_break(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "calls.csv", content)
    exports, issues = read(tmp_path)
    read_any = any(table.given for table in exports.tables.values())
    assert read_any or any(issue.level == "error" for issue in issues)


def canary(table: str, column: str, row: int) -> str:
    return f"kanarie{table}{column}{row}x"


def marked_tables(folder: Path) -> set[str]:
    """Write every table with a marker in each personal column, valid values elsewhere; return the markers."""
    markers: set[str] = set()
    valid = {"time": "2026-08-01 10:00", "flag": "true", "number": "90", "country": "DE"}
    for table in TABLES.values():
        lines = [[column.name for column in table.columns]]
        for row in range(3):
            cells = []
            for column in table.columns:
                if column.kind in PERSONAL_KINDS:
                    cells.append(canary(table.name, column.name, row))
                    markers.add(cells[-1])
                else:
                    value = column.allowed[row % len(column.allowed)] if column.allowed else valid[column.kind]
                    cells.append(value if row else canary(table.name, column.name, row))
                    markers.add(cells[-1]) if not row else None
            lines.append(cells)
        lines.append([canary(table.name, "ragged", 9)])
        markers.add(lines[-1][0])
        put(folder, f"{table.name}.csv", "\n".join(",".join(line) for line in lines).encode())
    put(folder, "strange.csv", b"kanariestrange1x;kanariestrange2x\nkanariestrange3x;1\n")
    return markers | {f"kanariestrange{n}x" for n in range(1, 4)}


def test_no_value_of_a_record_leaves_the_tables(tmp_path: Path) -> None:
    markers = marked_tables(tmp_path)
    said = intake(
        wordings=(Wording(id="W1", kind="consent_request"),), recording_retention_days=10, message_retention_days=10
    )
    exports, issues = read_evidence(tmp_path, said, AS_OF)
    results, findings = run_checks(exports, said, AS_OF, {}, seen_elements)  # type: ignore[arg-type]
    assert findings
    shown = json.dumps(
        [item.model_dump(mode="json") for item in (*issues, *results, *findings)] + list(exports.facts),
        ensure_ascii=False,
    ) + repr(exports)
    assert [marker for marker in sorted(markers) if marker in shown] == []


def test_a_check_that_breaks_is_a_failed_check(tmp_path: Path) -> None:
    from gdpr_assess.practices.case import Case

    def broken(case: Case) -> Any:
        raise ValueError("kanarie")

    put(tmp_path, "staff.csv", b"person,team,mfa\nAnna,One,no\n")
    case = Case(read(tmp_path)[0], intake(), AS_OF, {}, seen_elements)  # type: ignore[arg-type]
    result = run_check("staff.mfa", broken, case)
    assert (result.outcome, result.reason, result.params["error"]) == ("failed", "failed", "ValueError")
    assert "kanarie" not in result.model_dump_json()


def test_same_files_give_the_same_results(tmp_path: Path) -> None:
    marked_tables(tmp_path)

    def once() -> str:
        exports, issues = read(tmp_path)
        results, findings = run_checks(exports, intake(), AS_OF, {}, seen_elements)  # type: ignore[arg-type]
        return json.dumps([item.model_dump(mode="json") for item in (*issues, *results, *findings)])

    assert once() == once()
