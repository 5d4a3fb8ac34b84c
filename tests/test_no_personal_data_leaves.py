"""No value of a client's customers leaves the exports: every output of the product is searched for made-up people."""

from __future__ import annotations

import base64
import gc
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest
from canary_client import CARD, CHAT, MAIL, NAME, PHONE, STEMS, build
from click.testing import CliRunner

from gdpr_assess.cli import main
from gdpr_assess.lang.sentences import issue_sentence
from gdpr_assess.masking import kept_names
from gdpr_assess.model import Assessment
from gdpr_assess.notebook.forms import open_practices
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.mapping import MappingForm
from gdpr_assess.notebook.index import index_page
from gdpr_assess.notebook.shelf import shelf
from gdpr_assess.practices.readers import slices
from gdpr_assess.practices.stored import Scratch
from gdpr_assess.workspace import ClientFolder, load_run

DAY = "2026-09-30"
LINTED = (
    "messages.csv", "calls.csv", "liste.csv", "names.csv", "twice.csv", "messages_lines.jsonl", "calls_broken.json",
    "broken.xlsx", "book.xlsx", "kunden.csv",
)  # fmt: skip
_SIGNS = re.compile(r"[\W_]+")
_BASE64 = re.compile(r"base64,([A-Za-z0-9+/=]{40,})")


def folded(text: str) -> str:
    """Return a text in small letters without blanks and signs."""
    return _SIGNS.sub("", text.casefold())


def readings(data: bytes) -> Iterator[str]:
    """Yield everything that can be read out of bytes: texts, members of archives, strings of JSON, pictures inside."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in package.infolist():
                yield entry.filename
                yield from readings(package.read(entry))
        return
    text = data.decode("utf-8", errors="replace")
    yield text
    if "&#" in text:
        yield unescape(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    for found in _BASE64.findall(text):
        yield from readings(base64.b64decode(found + "=" * (-len(found) % 4)))


def found_in(data: bytes | str) -> set[str]:
    """Return which canaries (by kind, never by value) can be read in an output."""
    texts = [data] if isinstance(data, str) else readings(data)
    return {kind for text in map(folded, texts) for kind, stem in STEMS.items() if stem in text}


@dataclass(frozen=True)
class Produced:
    """What a day's work on the client gave: said on the screen by command, files written, what is left in scratch."""

    folder: ClientFolder
    said: dict[str, str] = field(repr=False)
    scratch: tuple[Path, ...]
    stray: tuple[Path, ...]

    @property
    def run(self) -> Assessment:
        return load_run(self.folder.runs / DAY)

    def files(self) -> Iterator[Path]:
        """Yield every file that the product wrote."""
        yield from (path for path in sorted(self.folder.runs.rglob("*")) if path.is_file())
        yield from self.stray


@contextmanager
def descriptors(into: Path) -> Iterator[None]:
    """Catch what this process and its children write to standard output and error, past Python as well."""
    kept = [os.dup(number) for number in (1, 2)]
    with into.open("wb") as log:
        try:
            for number in (1, 2):
                os.dup2(log.fileno(), number)
            yield
        finally:
            for number, old in zip((1, 2), kept, strict=True):
                os.dup2(old, number)
                os.close(old)


def command(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), words[0]
    return result.output


def counted(patch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that fills with the scratch files as they are made."""
    used, place = list[Path](), Scratch.place

    def noted(scratch: Scratch) -> Path:
        used.append(place(scratch))
        return used[-1]

    patch.setattr(Scratch, "place", noted)
    return used


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> Produced:
    """Check, assess, render, review, publish and lint the client, with everything it says and writes kept."""
    home = tmp_path_factory.mktemp("canary")
    folder = build(home / "clients" / "kunde")
    before = set(home.rglob("*"))
    scratch, log = home / "scratch", home / "descriptors.log"
    scratch.mkdir()
    with pytest.MonkeyPatch.context() as patch, descriptors(log):
        patch.setenv("TMPDIR", str(scratch))
        patch.setattr(tempfile, "tempdir", str(scratch))
        used = counted(patch)
        with patch.context() as large:
            large.setattr(slices, "ROWS", 15)  # as if every export were large: its rows lie in scratch files
            said = {"batch": command("batch", home / "clients", "--as-of", DAY, "--lang", "en")}
        said["review"] = command("review", folder.root, "--as-of", DAY)
        said["publish"] = command("publish", folder.root, "--as-of", DAY, "--by", "A. Consultant")
        said["check"] = command("check", folder.root, "--as-of", DAY)
        drawn = ("--size", "8", "--output", home / "drawn.xlsx", "--as-of", DAY)
        said["sample"] = command("sample", folder.root, "messages.csv", *drawn)
        book = home / "linted.xlsx"
        said["lint book"] = command("lint", folder.evidence / "messages.csv", "--format", "xlsx", "--output", book)
        for name in LINTED:
            said[f"lint {name}"] = command("lint", folder.evidence / name, "--format", "jsonl", "--lang", "en")
        said["lint text"] = command("lint", folder.evidence / "messages.csv", "--kind", "message_notice")
        gc.collect()
    said["descriptors"] = log.read_text(encoding="utf-8", errors="replace")
    stray = [path for path in set(home.rglob("*")) - before if path.is_file() and folder.runs not in path.parents]
    left = tuple(path for path in scratch.rglob("*") if path.is_file())
    assert used
    assert {path.parents[1] for path in used} == {scratch}
    return Produced(folder, said, left, tuple(sorted(path for path in stray if path not in {log, *left})))


def test_the_search_sees_the_canaries_where_they_are(produced: Produced) -> None:
    inputs = produced.folder.evidence
    assert found_in((inputs / "calls.csv").read_bytes()) == set(STEMS)
    assert found_in((inputs / "book.xlsx").read_bytes()) == set(STEMS)
    assert found_in((inputs / "export.zip").read_bytes()) == set(STEMS)
    assert found_in(json.dumps({"a": NAME.upper()})) == {"name", "first name"}
    assert found_in(f"data:image/svg+xml;base64,{base64.b64encode(CARD.encode() * 3).decode()}".encode()) == {"card"}
    assert found_in(b'{"a": "\\u6b27\\u9633\\u94c3\\u5170"}') == {"name in Chinese"}


def test_the_exports_were_read_and_their_mistakes_met(produced: Produced) -> None:
    run = produced.run
    assert {fact["table"] for fact in run.evidence} >= {
        "calls",
        "messages",
        "consents",
        "requests",
        "staff",
        "training",
    }
    assert {fact["format"] for fact in run.evidence} >= {"canonical", "whatsapp", "mail", "mapped"}
    codes = {issue.code for issue in run.issues}
    for code in ("bad_time", "bad_choice", "bad_flag", "bad_country", "bad_cell", "row_ragged", "row_nul", "row_quote",
                 "cell_formula", "workbook_old", "workbook_damaged", "row_json", "json_truncated", "not_recognised",
                 "header_twice", "map_text", "map_file", "file_missing", "archive_unopened"):  # fmt: skip
        assert f"practices.{code}" in codes, code
    kinds = {item.kind for item in run.personal_data}
    assert kinds == {"email", "phone", "iban", "card", "card_code", "national_id", "special"}
    assert sum(check.exceptions for check in run.checks) > 100


def test_no_file_of_a_run_holds_a_canary(produced: Produced) -> None:
    names = [path.name for path in produced.files()]
    assert {"assessment.json", "gap_analysis.ipynb", "gap_analysis.html", "remediation_plan.html", "registers.xlsx",
            "linted.xlsx", "drawn.xlsx"} <= set(names)  # fmt: skip
    for path in produced.files():
        assert found_in(path.read_bytes()) == set(), path.name
        assert found_in(path.name) == set()


def test_nothing_said_on_the_screen_holds_a_canary(produced: Produced) -> None:
    assert "WhatsApp [1]/_chat.txt" in produced.said["check"]
    assert "messages.csv:2" in produced.said["lint messages.csv"]
    for name, said in produced.said.items():
        assert found_in(said) == set(), name
    for issue in produced.run.issues:
        assert found_in(issue_sentence(issue, "zh")) == set(), issue.code


def test_nothing_is_left_in_scratch_folders(produced: Produced) -> None:
    assert [path.name for path in produced.scratch] == []


def test_the_pages_around_the_dashboards_hold_no_canary(produced: Produced) -> None:
    items = shelf(produced.folder.root.parent)
    for lang in ("en", "zh"):
        page = index_page(items, lang)
        assert "runs" in page
        assert found_in(page) == set()


def shown(widget: Any) -> Iterator[str]:
    """Yield everything that a widget and those in it show as HTML."""
    if isinstance(widget, w.HTML):
        yield widget.value
    for child in getattr(widget, "children", ()):
        yield from shown(child)


def test_the_walk_through_shows_places_and_counts_only(produced: Produced) -> None:
    page = open_practices(str(produced.folder.root), "en")
    parts = [page.records, page.checks]
    texts = [text for part in parts for text in shown(part.widget)]
    assert "WhatsApp [1]" in "".join(texts)
    for text in texts:
        assert found_in(text) == set()


def test_the_mapping_of_columns_shows_no_cell(produced: Produced) -> None:
    form = MappingForm(OpenClient(produced.folder, "en"))
    looked = 0
    for name in ("kunden.csv", "liste.csv", "names.csv"):
        form.file.value = name
        form.look()
        for table in ("calls", "messages"):
            form.table.value = table
            if name == "kunden.csv" and table == "calls":
                form.columns["direction"].value = "Richtung"
                assert ("direction", NAME) in form.values
            shown = [form.preview, form.message, *form.columns.values(), *form.values.values()]
            for text in (str(part.get_state()) for part in shown):
                looked += 1
                assert found_in(text) == set(), name
    assert looked > 50


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (CHAT, "WhatsApp [1].txt"),
        (f"WhatsApp-Chat mit {NAME}.txt", "WhatsApp [1].txt"),
        (f"与{NAME}的 WhatsApp 聊天.txt", "WhatsApp [1].txt"),
        (f"Czat WhatsApp z użytkownikiem {NAME}.zip", "WhatsApp [1].zip"),
        (f"WhatsApp Chat - {NAME}/_chat.txt", "WhatsApp [1]/_chat.txt"),
        (f"WhatsApp Chat with {PHONE}.txt", "WhatsApp [1].txt"),
        (f"AW_ Beschwerde {NAME}.eml", "mail [1].eml"),
        (f"Chat with {NAME}.json", "chat [1].json"),
        (f"export {MAIL}.csv", "file [1].csv"),
        (f"calls {PHONE}.csv", "file [1].csv"),
        ("whatsapp_export_2026-09.txt", "whatsapp_export_2026-09.txt"),
        ("mail-00017.eml", "mail-00017.eml"),
        ("zendesk_chat_2026.json", "zendesk_chat_2026.json"),
        ("export-20260930123456.csv", "export-20260930123456.csv"),
        ("calls.csv", "calls.csv"),
    ],
)
def test_a_file_name_that_names_a_person_becomes_a_kind_and_a_number(name: str, kept: str) -> None:
    assert kept_names([name]) == {name: kept}


def test_numbers_follow_the_alphabet() -> None:
    names = [
        "WhatsApp Chat with Cleo.txt",
        "WhatsApp Chat with Anna.txt",
        "calls.csv",
        "old/WhatsApp Chat with Ben.txt",
    ]
    assert kept_names(names) == {
        "WhatsApp Chat with Anna.txt": "WhatsApp [1].txt",
        "WhatsApp Chat with Cleo.txt": "WhatsApp [3].txt",
        "calls.csv": "calls.csv",
        "old/WhatsApp Chat with Ben.txt": "old/WhatsApp [2].txt",
    }
