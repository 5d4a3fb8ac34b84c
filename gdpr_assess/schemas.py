"""Exports the JSON Schemas that other programs rely on: the assessment, the linter's lines, a control."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from gdpr_assess.catalogue.schema import Control
from gdpr_assess.installed import PACKAGE
from gdpr_assess.model import Assessment, LintLine
from gdpr_assess.workspace import write_atomic

FILES: dict[Path, type[BaseModel]] = {
    PACKAGE / "contract" / "assessment.schema.json": Assessment,
    PACKAGE / "contract" / "lint.schema.json": LintLine,
    PACKAGE / "catalogue" / "control.schema.json": Control,
}


def schema_text(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model as text."""
    return json.dumps(model.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"


def export() -> None:
    """Write all schema files."""
    for path, model in FILES.items():
        write_atomic(path, schema_text(model))


if __name__ == "__main__":
    export()
