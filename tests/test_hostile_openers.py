"""Archives, mail, chats, JSON and workbooks that are broken or made to harm: said where, in seconds, never a crash."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import datetime
from pathlib import Path
from time import monotonic

import openpyxl
import pytest
from evidence_cases import AS_OF, intake
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gdpr_assess.issue import Issue
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.practices import Exports, read_evidence
from gdpr_assess.practices.readers.within import from_html

QUICK = 10.0
"""Seconds that a hostile file may take on a busy machine; what grows with the square takes minutes."""
CSV = b"call_id,started_at,transcript\n1,2026-01-01,a\n"
HEAD = (
    b"From: a@shop.example\nTo: b@x.example\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nSubject: s\n"
    b"Message-ID: <1@x.example>\n"
)
FROM = b"From a@shop.example Mon Jan  5 10:00:00 2026\n"
CHAT = "13/02/2026, 10:00 - Anna: grün\n13/02/2026, 10:01 - Bo: grün\n".encode()
CALL = b'{"call_id": "1", "started_at": "2026-01-01", "agent": "x"}'


def read(folder: Path, name: str, content: bytes) -> tuple[Exports, dict[str, Issue]]:
    (folder / name).write_bytes(content)
    began = monotonic()
    exports, issues = read_evidence(folder, intake(), AS_OF)
    assert monotonic() - began < QUICK
    assert all(issue_text(issue, "en") for issue in issues)
    return exports, {issue.code.removeprefix("practices."): issue for issue in issues}


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("_", "."), content)
    return held.getvalue()


def nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + b"".join(parts) + b"Content-Type: text/plain\n\nhello\n"


def typed(kind: bytes, text: bytes) -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\n\n" + text


PLACED: dict[str, tuple[str, bytes, str, int | None, str | None]] = {
    "archive in an archive": ("a.zip", zipped(inner_zip=zipped(calls_csv=CSV)), "archive_unopened", None, "inner.zip"),
    "archive beside exports": (
        "a.zip", zipped(calls_csv=CSV, inner_zip=zipped(staff_csv=CSV)), "archive_unopened", None, "inner.zip"
    ),
    "archive under another name": ("a.zip", zipped(a_csv=zipped(a_csv=CSV)), "archive_unopened", None, "a.csv"),
    "workbook in an archive": ("a.zip", zipped(calls_csv=CSV, s_xlsx=b"PK"), "archive_unopened", None, "s.xlsx"),
    "cut archive": ("a.zip", zipped(calls_csv=CSV * 9)[:-30], "archive_damaged", None, None),
    "binary in an archive": ("a.zip", zipped(a_csv=random.Random(1).randbytes(3000)), "not_text", None, "a.csv"),
    "thousand parts within each other": ("m.eml", nested(1000), "mail_broken", 1, None),
    "thousand mails within each other": (
        "m.eml", HEAD + b"Content-Type: message/rfc822\n\n" * 1000, "mail_broken", 1, None
    ),
    "mailbox cut in a header": ("m.mbox", FROM + HEAD + b"\nhi\n\n" + FROM + HEAD[:40], "mail_cut", 2, None),
    "mailbox cut in a part": ("m.mbox", FROM + nested(1), "mail_cut", 1, None),
    "mailbox without mail": ("m.mbox", FROM, "not_recognised", None, None),
    "date that is none": ("m.eml", HEAD.replace(b"2026", b"9" * 30) + b"\nx", "bad_time", 1, None),
    "chat in two encodings": (
        "c.txt", CHAT + "13/02/2026, 10:02 - Bo: grün\n".encode("cp1252"), "row_encoding", 3, None
    ),
    "chat that turns binary": ("c.txt", CHAT + random.Random(1).randbytes(9000), "not_text", None, None),
    "json in two encodings": (
        "calls.json",
        b"[" + b",\n".join(CALL.replace(b"x", "ü".encode(code)) for code in ("utf-8", "utf-8", "cp1252")) + b"]",
        "row_encoding", 3, None,
    ),
    "half a character in json": (
        "calls.json", b"[" + CALL + b"," + CALL.replace(b"x", b"\\ud800") + b"]", "row_encoding", 2, None
    ),
    "half a character in a json line": (
        "calls.jsonl", CALL + b"\n" + CALL.replace(b"x", b"\\ud800") + b"\n", "row_encoding", 2, None
    ),
    "long cut json": ("calls.json", b"[" + CALL + b',{"call_id":"' + b"x" * 10_000_000, "json_truncated", 2, None),
    "nul in json": ("calls.json", b"[" + CALL + b"," + CALL.replace(b"x", b"\0") + b"]", "json_truncated", 2, None),
}  # fmt: skip


@pytest.mark.parametrize("case", PLACED, ids=lambda name: name)
def test_broken_file_is_a_placed_issue(case: str, tmp_path: Path) -> None:
    name, content, code, row, sheet = PLACED[case]
    _, found = read(tmp_path, name, content)
    assert code in found, found
    place = found[code].place
    assert (place.file, place.row, place.sheet) == (f"inputs/evidence/{name}", row, sheet)


SLOW = {
    "charset for domains": typed(b"text/plain; charset=punycode", b"a" * 1_000_000),
    "encoded words": HEAD.replace(b" s\n", b" " + b"=?utf-8?q?a?= " * 80_000 + b"\n") + b"\nx",
    "open words": HEAD.replace(b" s\n", b" " + b"=?utf-8?q?" * 80_000 + b"\n") + b"\nx",
}


@pytest.mark.parametrize("case", SLOW, ids=lambda name: name)
def test_a_mail_made_to_take_long_is_read_quickly(case: str, tmp_path: Path) -> None:
    assert read(tmp_path, "m.eml", SLOW[case])[0]["messages"].frame.height == 1


def test_a_message_of_many_lines_is_read_quickly(tmp_path: Path) -> None:
    assert read(tmp_path, "c.txt", CHAT + b"y\n" * 200_000)[0]["messages"].frame.height == 2


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a href="', "<script>", "<style ", "<br ", "</p ", '<a href="" ', "&#x"]
)
def test_html_that_never_ends_is_read_quickly(piece: str) -> None:
    began = monotonic()
    assert from_html("seen " + piece * 200_000) is not None
    assert from_html("seen <a " + 'href="" ' * 100_000) is not None
    assert monotonic() - began < QUICK


def test_html_keeps_what_is_seen() -> None:
    marked = '<style>p{}</style >A<SCRIPT>x<b></script> b<br/><a class="c" href="https://x.example">here</a><style>'
    assert from_html(marked) == "A b\nhttps://x.example here"


def test_dates_since_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["call_id", "started_at"])  # type: ignore[union-attr]
    book.active.append(["1", datetime(2026, 9, 1, 10, 30)])  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    frame = read(tmp_path, "calls.xlsx", held.getvalue())[0]["calls"].frame
    assert f"{frame['started_at'][0]:%Y-%m-%d}" == "2026-09-01"


VALID = {
    "a.zip": zipped(calls_csv=CSV, staff_json=CALL),
    "m.mbox": FROM + typed(b"multipart/mixed; boundary=b", b"--b\n\nhello\n--b--\n\n") + FROM + HEAD + b"\nx\n",
    "m.eml": typed(b"text/html; charset=utf-8", b'<p>a<a href="x">b</a></p>'),
    "c.txt": CHAT,
    "calls.json": b'{"calls": [' + CALL + b"," + CALL + b'], "next": null}',
    "calls.jsonl": CALL + b"\n" + CALL + b"\n",
    "calls.csv": CSV,
}


@pytest.mark.parametrize("name", VALID)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(data=st.data())
def test_changed_files_are_read_or_said(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(VALID[name])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    exports, issues = read(tmp_path, name, bytes(content))
    given_rows = any(table.given for table in exports.tables.values())
    assert given_rows or any(issue.level == "error" for issue in issues.values())


def test_entities_behind_a_long_comment_are_refused(tmp_path: Path) -> None:
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["call_id", "started_at"])  # type: ignore[union-attr]
    book.save(held)
    bomb = b"<?xml version='1.0'?><!--" + b"x" * 5000 + b"--><!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"
    made = io.BytesIO()
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else source.read(name))
    assert "workbook_damaged" in read(tmp_path, "calls.xlsx", made.getvalue())[1]
