"""Loads and cross-checks the catalogue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gdpr_assess.catalogue.applies import applies, conditions
from gdpr_assess.catalogue.schema import Control
from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError
from gdpr_assess.model import CLIENT, Intake
from gdpr_assess.yamlfile import load

CONTROLS = PACKAGE / "catalogue" / "controls"
DATA = ("catalogue", "law", "wording", "practices", "flows")
"""The parts of the package whose YAML decides results; the fingerprint covers them."""


@dataclass(frozen=True)
class Catalogue:
    """All controls by id, in order, with a fingerprint of every data file that decides results."""

    controls: dict[str, Control]
    fingerprint: str

    def applicable(self, intake: Intake) -> dict[str, bool | None]:
        """Return for each control whether it applies to this client; None where the profile does not say."""
        known = conditions(intake)
        return {
            control.id: applies(control.binds, control.applies_when.all, control.applies_when.any, known)
            for control in self.controls.values()
        }


def scopes(control: Control, intake: Intake) -> list[str]:
    """Return the scopes in which a control is asked: the client, or each of its sites, processors or systems."""
    found = {
        "client": [],
        "site": [f"site:{site.id}" for site in intake.sites],
        "processor": [f"processor:{p.id}" for p in intake.partners if p.role in {"processor", "sub_processor"}],
        "system": [f"system:{system.id}" for system in intake.systems],
    }[control.scope]
    return found or [CLIENT]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for part in DATA:
        for path in sorted((PACKAGE / part).rglob("*.yaml")):
            if "text" not in path.relative_to(PACKAGE).parts:
                digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _check(controls: dict[str, Control], paths: dict[str, Path]) -> None:
    problems = [
        f"{paths[c.id]}:1: remedy.depends_on: {other} is not in the catalogue"
        for c in controls.values()
        for other in c.remedy.depends_on
        if other not in controls
    ]
    if problems:
        raise DataError("\n".join(problems))


@cache
def load_catalogue() -> Catalogue:
    """Load all controls; raises DataError with every `file:line: problem` when a file is wrong."""
    controls: dict[str, Control] = {}
    paths: dict[str, Path] = {}
    for path in sorted(CONTROLS.rglob("*.yaml")):
        control = load(path, Control)
        if control.id != path.stem or control.domain != path.parent.name:
            raise DataError(f"{path}:1: id {control.id} does not match the file's name or folder")
        controls[control.id], paths[control.id] = control, path
    _check(controls, paths)
    return Catalogue(controls, _fingerprint())
