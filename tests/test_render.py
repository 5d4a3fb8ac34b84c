from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from example_run import HOSTILE, save_run

from gdpr_assess.installed import shipped
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.notebook import render as rendering
from gdpr_assess.notebook.kernels import EncryptedManager, OwnKernel
from gdpr_assess.notebook.render import NOTEBOOKS, RenderError, render


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory) -> Path:
    folder = save_run(tmp_path_factory.mktemp("client with space"))
    for lang in LANGUAGES:
        render(folder, lang)
    return folder


def test_a_run_is_rendered_into_a_folder_for_each_language(run_dir: Path) -> None:
    books = {"registers.xlsx", "transfers.xlsx", "contracts.xlsx"}
    expected = books | {f"{name}{end}" for name in NOTEBOOKS for end in (".ipynb", ".html")}
    for lang in LANGUAGES:
        assert {path.name for path in (run_dir / lang).iterdir()} == expected


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_pages_stand_alone(run_dir: Path, name: str, lang: str) -> None:
    page = (run_dir / lang / f"{name}.html").read_text(encoding="utf-8")
    loaded = re.findall(r"""(?:src|href|srcset|action|url|@import)\s*[=(]?\s*["']?\s*([^"'\s>)]+)""", page)
    assert [item for item in loaded if re.match(r"(?:https?:)?//|file:", item)] == []
    assert "default-src 'none'" in page
    assert f'<html lang="{"zh-Hans" if lang == "zh" else lang}">' in page
    assert f"<title>{texts(lang)(f'report.title_{name}')}</title>" in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_pages_show_no_code_and_no_errors(run_dir: Path, name: str, lang: str) -> None:
    page = (run_dir / lang / f"{name}.html").read_text(encoding="utf-8")
    for inside in ("open_report", "Traceback", "pages.", "what_if(", HOSTILE, "ipywidgets", "[ ]:"):
        assert inside not in page


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_rendered_notebooks_can_be_moved_and_say_their_language(run_dir: Path, name: str) -> None:
    notebook = nbformat.read(run_dir / "zh" / f"{name}.ipynb", as_version=4)
    assert notebook.metadata["papermill"] == {"parameters": {"run": "..", "lang": "zh"}}
    assert notebook.metadata["gdpr_assess"] == {"lang": "zh"}
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert str(run_dir) not in nbformat.writes(notebook)


def test_plain_papermill_works_with_run_and_lang(run_dir: Path, tmp_path: Path) -> None:
    result = papermill.execute_notebook(
        shipped("notebooks") / "remediation_plan.ipynb",
        tmp_path / "out.ipynb",
        parameters={"run": str(run_dir), "lang": "zh"},
        kernel_manager_class=EncryptedManager,
        progress_bar=False,
    )
    shown = [output.data.get("text/html", "") for cell in result.cells for output in cell.get("outputs", [])]
    assert texts("zh")("report.plan") in "".join(shown)


def test_a_failing_cell_is_named_and_what_was_done_is_kept(run_dir: Path, tmp_path: Path, monkeypatch) -> None:
    broken = tmp_path / "notebooks"
    shutil.copytree(shipped("notebooks"), broken)
    notebook = nbformat.read(broken / "gap_analysis.ipynb", as_version=4)
    notebook.cells[3].source = "pages.no_such_part"
    nbformat.write(notebook, broken / "gap_analysis.ipynb")
    monkeypatch.setattr(rendering, "shipped", lambda name: broken if name == "notebooks" else shipped(name))
    copied = shutil.copytree(run_dir, tmp_path / "run", ignore=shutil.ignore_patterns("en", "zh"))
    with pytest.raises(RenderError, match="AttributeError") as caught:
        render(copied, "en")
    kept = nbformat.read(caught.value.path, as_version=4)
    assert any(output.output_type == "error" for cell in kept.cells for output in cell.get("outputs", []))
    assert any("text/html" in output.get("data", {}) for cell in kept.cells for output in cell.get("outputs", []))


def test_only_our_own_kernel_is_started_and_its_sockets_are_encrypted() -> None:
    manager = EncryptedManager(kernel_name="python3")
    assert manager.transport_encryption == "required"
    assert Path(manager.kernel_spec.argv[0]).samefile(sys.executable)
    assert list(OwnKernel().find_kernel_specs()) == ["python3"]


def test_rendering_again_gives_the_same_pages(run_dir: Path) -> None:
    """nbval runs the rendered notebooks anew and compares every output with what is stored."""
    rendered = [str(run_dir / "zh" / f"{name}.ipynb") for name in NOTEBOOKS]
    options = ["--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(run_dir), *rendered],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTEST_ADDOPTS": "", "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
    )
    assert done.returncode == 0, done.stdout[-4000:]
