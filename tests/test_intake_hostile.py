"""Broken and hostile workbooks: an issue that explains, in bounded time and memory, and never a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gdpr_assess.intake import blank, cells, child, read, refresh, save
from gdpr_assess.intake.preflight import preflight
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import Intake, Profile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture(scope="module")
def blank_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("blank") / "intake.xlsx"
    blank(path, "en")
    return path.read_bytes()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) if name in parts else old.read(name))  # type: ignore[arg-type]
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def only_issue(path: Path) -> str:
    result = read(path)
    assert result.intake is None
    (issue,) = result.issues
    assert issue.place.file == "inputs/intake.xlsx"
    for lang in LANGUAGES:
        assert texts(lang)("issues_intake." + issue.code.removeprefix("intake."), **issue.params)
    return issue.code.removeprefix("intake.")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"name;country\nMuster;DE\n", "not_excel"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (OLE, "old_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(content)
    assert only_issue(path) == code


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert only_issue(tmp_path / "intake.xlsx") == "missing"
    assert only_issue(tmp_path) == "missing"


def test_truncated_workbook(tmp_path: Path, blank_bytes: bytes) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(blank_bytes[: len(blank_bytes) // 2])
    assert only_issue(path) == "damaged"


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "intake.xlsx", "w") as package:
        package.writestr("content.xml", "<office/>")
    assert only_issue(tmp_path / "intake.xlsx") == "not_excel"


def test_zip_bomb_is_not_opened(tmp_path: Path, blank_bytes: bytes) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(with_parts(blank_bytes, {"xl/media/image1.png": b"\0" * 60_000_000}))
    assert path.stat().st_size < 300_000
    assert only_issue(path) == "bomb"


def test_file_above_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdpr_assess.intake.preflight.MAX_FILE", 1000)
    (tmp_path / "intake.xlsx").write_bytes(b"PK" + b"x" * 2000)
    assert only_issue(tmp_path / "intake.xlsx") == "too_large"


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
def test_xml_bomb_is_named_before_parsing(tmp_path: Path, blank_bytes: bytes, name: str) -> None:
    path = tmp_path / "intake.xlsx"
    text = part(blank_bytes, name)
    path.write_bytes(with_parts(blank_bytes, {name: f"{XML}{LAUGHS}{text[text.index('<', 5) :]}".encode()}))
    assert only_issue(path) == "entities"


def test_xml_bomb_behind_a_long_comment_is_refused_by_the_parser(tmp_path: Path, blank_bytes: bytes) -> None:
    path, name = tmp_path / "intake.xlsx", "xl/worksheets/sheet2.xml"
    bomb = f"{XML}<!--{' ' * 9000}-->{LAUGHS}{part(blank_bytes, name)}"
    path.write_bytes(with_parts(blank_bytes, {name: bomb.encode()}))
    assert preflight(path, "inputs/intake.xlsx") is None
    assert only_issue(path) == "damaged"


def test_far_cell_is_fast_and_placed(tmp_path: Path, blank_bytes: bytes) -> None:
    path = tmp_path / "intake.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(blank_bytes))
    book["Sites"]["XFD1048576"] = "stray"
    book["Flows"]["BZ5"] = "stray"
    book.save(path)
    start = time.monotonic()
    issues = read(path).issues
    assert time.monotonic() - start < 20
    beyond = [(i.place.sheet, i.place.cell) for i in issues if i.code == "intake.beyond"]
    assert beyond == [("Sites", "XFD1048576"), ("Flows", "BZ5")]


def test_row_numbers_that_go_backwards_do_no_harm(tmp_path: Path, blank_bytes: bytes) -> None:
    path, name = tmp_path / "intake.xlsx", "xl/worksheets/sheet3.xml"
    rows = '<row r="90"><c r="A90" t="n"><v>1</v></c></row><row r="7"><c r="A7" t="n"><v>1</v></c></row></sheetData>'
    path.write_bytes(with_parts(blank_bytes, {name: part(blank_bytes, name).replace("</sheetData>", rows).encode()}))
    assert "intake.required" in {issue.code for issue in read(path).issues}


def test_broken_part_is_damage_without_traceback(
    tmp_path: Path, blank_bytes: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(with_parts(blank_bytes, {"xl/styles.xml": b"<styleSheet><cellXfs>"}))
    assert only_issue(path) == "damaged"
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_reader_that_takes_too_long_is_stopped(
    tmp_path: Path, blank_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(blank_bytes)
    monkeypatch.setattr(child, "WALL_SECONDS", 0.01)
    assert only_issue(path) == "too_heavy"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space")
def test_reader_without_memory_is_an_issue(tmp_path: Path, blank_bytes: bytes) -> None:
    """Run the reader script with a limit too small for the workbook: it must fail in a way that is understood."""
    path = tmp_path / "intake.xlsx"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>{"x" * 300}{n}</v></c></row>' for n in range(100, 20_000))
    name = "xl/worksheets/sheet3.xml"
    path.write_bytes(
        with_parts(blank_bytes, {name: part(blank_bytes, name).replace("</sheetData>", rows + "</sheetData>").encode()})
    )
    script = Path(cells.__file__).read_text().replace("MEMORY, SECONDS = 1 << 30, 25", "MEMORY, SECONDS = 48 << 20, 25")
    (tmp_path / "small.py").write_text(script)
    result = subprocess.run([sys.executable, "-P", tmp_path / "small.py", path], capture_output=True, check=False)
    assert result.returncode != 0
    assert child._failed(result) == "intake.too_heavy"


def test_openpyxl_refuses_entities() -> None:
    assert openpyxl.DEFUSEDXML


def test_reader_script_runs_alone(tmp_path: Path, blank_bytes: bytes) -> None:
    """It must not import our package: that would double the time of every read."""
    path = tmp_path / "intake.xlsx"
    path.write_bytes(blank_bytes)
    assert "gdpr_assess" not in Path(cells.__file__).read_text()
    result = subprocess.run([sys.executable, "-P", cells.__file__, path], capture_output=True, check=True)
    assert json.loads(result.stdout) == json.loads(json.dumps(cells.parse(path)))


def test_unreadable_workbook_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(OLE)
    assert [issue.code for issue in refresh(path)] == ["intake.old_format"]
    profile = Profile(client_name="A", main_country="DE", roles=("controller",), countries_served=("DE",),
                      channels=("phone",), services=("surveys",))  # fmt: skip
    with pytest.raises(UserError):
        save(path, Intake(profile=profile), "en")
    assert path.read_bytes() == OLE
