from __future__ import annotations

import ast

import nbformat
import pytest

from gdpr_assess.installed import shipped
from gdpr_assess.notebook.render import NOTEBOOKS

ALL = sorted(shipped("notebooks").glob("*.ipynb"))
FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.Lambda, ast.With)


def code(path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_notebooks_are_thin(path) -> None:
    cells = code(path)
    lines = [line for cell in cells for line in cell.source.splitlines() if line.strip() and line.strip()[0] != "#"]
    assert len(cells) <= 10
    assert len(lines) <= 40
    nodes = [node for cell in cells for node in ast.walk(ast.parse(cell.source))]
    assert not [node for node in nodes if isinstance(node, FORBIDDEN)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= {"gdpr_assess"}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_notebooks_carry_no_outputs_and_nothing_of_the_machine(path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in code(path) if cell.outputs or cell.execution_count]
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert notebook.metadata["kernelspec"]["name"] == "python3"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameters_are_literals(name: str) -> None:
    tagged = [
        cell for cell in code(shipped("notebooks") / f"{name}.ipynb") if "parameters" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 1
    statements = ast.parse(tagged[0].source).body
    assert all(isinstance(one, ast.Assign) and ast.literal_eval(one.value) is not None for one in statements)
    assert [one.targets[0].id for one in statements] == ["run", "lang"]
