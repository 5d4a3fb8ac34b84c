"""The command line where disk, date or decisions are not as they should be: one message with its place."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from example_run import example_run

from gdpr_assess.cli import main
from gdpr_assess.installed import shipped
from gdpr_assess.workspace import ClientFolder, write_atomic

DAY = "2026-09-30"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> ClientFolder:
    """Return a copy of the clean sample client with a run."""
    folder = ClientFolder(tmp_path_factory.mktemp("clients") / "clean")
    shutil.copytree(shipped("data_samples") / "clean_energy_supplier" / "inputs", folder.inputs)
    write_atomic(folder.runs / DAY / "assessment.json", example_run().model_dump_json(by_alias=True))
    return folder


# --- what the disk may hold -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["report"], ["review"], ["publish", "--by", "A"]])
@pytest.mark.parametrize("share", [0, 0.5])
def test_a_damaged_run_is_one_message(clean: ClientFolder, tmp_path: Path, words: list[str], share: float) -> None:
    folder = ClientFolder(tmp_path / "clean")
    shutil.copytree(clean.root, folder.root)
    path = folder.runs / DAY / "assessment.json"
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    result = run(words[0], folder.root, *words[1:])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.output.count("\n") == 1
    assert path.as_posix() in result.output
    assert not (path.parent / "published.json").exists()


def test_a_file_in_the_place_of_the_runs_is_named(clean: ClientFolder, tmp_path: Path) -> None:
    folder = ClientFolder(tmp_path / "clean")
    shutil.copytree(clean.inputs, folder.inputs)
    folder.runs.write_text("not a folder", encoding="utf-8")
    for words in (["assess", folder.root], ["batch", tmp_path]):
        result = run(*words, "--as-of", DAY)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert f"{folder.runs / DAY}: Not a directory" in result.output


@pytest.mark.parametrize(
    "words", [["publish", "--by", "A"], ["review", "--document", "TRA-01", "--reason", "r", "--by", "A"], ["report"]]
)
def test_a_full_disk_is_one_message(
    clean: ClientFolder, tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    shutil.copytree(clean.root, tmp_path / "clean")
    monkeypatch.setattr(Path, "replace", full)
    monkeypatch.setattr("gdpr_assess.notebook.render.execute", full)
    result = run(words[0], tmp_path / "clean", *words[1:])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("error: /")
    assert result.output.endswith(": No space left on device\n")
    assert result.output.count("\n") == 1


INTERRUPTED = """
import sys
class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == "gdpr_assess.pipeline":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from gdpr_assess.cli import main
"""


def test_an_interrupted_start_says_so_only() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", "Aborted!")


# --- dates, decisions and languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "code"), [(31, 1), (32, 2)])
def test_a_date_far_ahead_is_wrong_usage(tmp_path: Path, days: int, code: int) -> None:
    day = date.today() + timedelta(days=days)
    assert run("assess", tmp_path, "--as-of", day.isoformat()).exit_code == code


@pytest.mark.parametrize(("day", "code"), [("2018-05-25", 1), ("2018-05-24", 2), ("0001-01-01", 2)])
def test_a_date_before_the_law_is_wrong_usage(tmp_path: Path, day: str, code: int) -> None:
    result = run("assess", tmp_path, "--as-of", day)
    assert result.exit_code == code
    assert ("is not between 2018-05-25" in result.output) == (code == 2)


def test_an_export_from_after_the_date_is_a_warning(clean: ClientFolder) -> None:
    early, late = (run("check", clean.root, "--as-of", day, "--lang", "en").stderr for day in ("2026-06-30", DAY))
    assert "warning: inputs/evidence/calls.csv: The file was extracted on 28 Sept 2026" in early
    assert "The file was extracted" not in late


def test_a_decision_without_its_finding_is_listed_and_open_findings_are_counted(
    clean: ClientFolder, tmp_path: Path
) -> None:
    folder = ClientFolder(tmp_path / "clean")
    shutil.copytree(clean.inputs, folder.inputs)
    run("review", folder.root, "--finding", "0123456789ab", "--reason", "r", "--by", "A")
    checked = run("check", folder.root, "--as-of", DAY, "--lang", "en")
    assert checked.exit_code == 0
    assert "warning: inputs/review.yaml: Decision on finding 0123456789ab" in checked.stderr
    assessed = run("assess", folder.root, "--as-of", DAY)
    assert "Decision on finding 0123456789ab" in assessed.stderr
    path = folder.runs / DAY / "assessment.json"
    assert "review.no_finding" in {issue["code"] for issue in json.loads(path.read_bytes())["issues"]}
    findings = example_run().findings
    write_atomic(path, example_run().model_dump_json(by_alias=True))
    assert (
        f"{len(findings) - 1} of {len(findings)} findings without a decision"
        in run("publish", folder.root, "--as-of", DAY, "--by", "A").output
    )


def test_check_speaks_the_language_of_the_workbook(tmp_path: Path) -> None:
    run("init", tmp_path / "zh", "--lang", "zh")
    own, asked = run("check", tmp_path / "zh").stderr, run("check", tmp_path / "zh", "--lang", "en").stderr
    assert own == run("check", tmp_path / "zh", "--lang", "zh").stderr
    assert own != asked


def test_numbers_and_missing_dates_read_well(tmp_path: Path) -> None:
    checked = run("check", tmp_path / "nobody")
    assert "1 error, 0 warnings" in checked.output
    assert "There is no assessment yet." in run("report", tmp_path).output
    assert f"There is no assessment {DAY}." in run("report", tmp_path, "--as-of", DAY).output
