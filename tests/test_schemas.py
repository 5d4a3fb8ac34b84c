"""The contracts with other programs: the exported JSON Schemas are those of the models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gdpr_assess.schemas import FILES, schema_text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_schema_files_are_those_of_the_models(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == schema_text(FILES[path]), "run `make schemas`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_schema_files_are_valid_json_schemas(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
