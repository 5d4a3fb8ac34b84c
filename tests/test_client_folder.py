"""The client folder: what is read, what is fingerprinted, and writes that never leave half a file."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest

from gdpr_assess.issue import UserError
from gdpr_assess.lang.sentences import issue_sentence
from gdpr_assess.workspace import ClientFolder, client_folders, load_run, os_problem, write_atomic


def test_fingerprints_cover_every_input_but_lock_files(tmp_path: Path) -> None:
    folder = ClientFolder(tmp_path)
    write_atomic(folder.intake, b"x")
    write_atomic(folder.evidence / "calls.csv", "a,b\n")
    write_atomic(folder.inputs / "~$intake.xlsx", b"lock")
    assert [file.path for file in folder.fingerprints()] == ["inputs/evidence/calls.csv", "inputs/intake.xlsx"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "review.yaml"
    write_atomic(target, "old")

    def full(self: Path, other: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["review.yaml"]


def test_a_refused_write_names_the_file_that_was_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, other: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space") as error:
        write_atomic(tmp_path / "review.yaml", "new")
    assert os_problem(error.value) == f"{tmp_path / 'review.yaml'}: No space left on device"
    assert os_problem(OSError("ports are in use")) == "ports are in use"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff\xfe", b"[" * 10_000, b"null"])
def test_a_damaged_run_is_one_placed_mistake(tmp_path: Path, content: bytes, lang: str) -> None:
    path = tmp_path / "assessment.json"
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        load_run(tmp_path)
    (issue,) = error.value.issues
    assert (issue.code, issue.place.file) == ("files.run_damaged", path.as_posix())
    assert issue.params["problem"] in issue_sentence(issue, lang)


def test_runs_are_listed_by_date_and_other_folders_ignored(tmp_path: Path) -> None:
    folder = ClientFolder(tmp_path)
    for name in ("2026-09-30", "2026-06-30", "draft", "20260101"):
        write_atomic(folder.runs / name / "assessment.json", "{}")
    assert folder.run_dates() == [date(2026, 6, 30), date(2026, 9, 30)]


def test_clients_are_found_by_their_workbook(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_atomic(ClientFolder(tmp_path / name).intake, b"")
    (tmp_path / "notes").mkdir()
    assert [folder.root.name for folder in client_folders(tmp_path)] == ["a", "b"]
