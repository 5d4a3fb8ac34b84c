"""The documentation keeps its word: every command is in the README with the help it promises, every code has texts."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gdpr_assess.cli import main
from gdpr_assess.installed import PACKAGE
from gdpr_assess.lang.texts import entries

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
MAKEFILE = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_in_the_readme_and_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert re.search(r"Examples?:", shown.output), "no example in the help"
    assert f"gdpr-assess {name}" in README


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"gdpr-assess(?:\.exe)? ([a-z]+)\b", README))
    assert named <= set(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_has_a_help_text(name: str) -> None:
    options = [p for p in main.commands[name].params if isinstance(p, click.Option)]
    undocumented = [p.name for p in options if not p.help and not isinstance(p.type, click.Choice)]
    assert undocumented == []


def test_every_make_target_of_the_readme_exists() -> None:
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


@pytest.mark.parametrize(
    ("area", "folder"), [("flows", "flows/rules"), ("wording", "wording/rules"), ("practices", "practices/rules")]
)
def test_every_rule_is_explained_to_the_client(area: str, folder: str) -> None:
    codes = {path.stem for path in (PACKAGE / folder).glob("[!_]*.yaml")}
    assert codes
    texts = entries("en")
    said = {code: texts.get(f"{area}.{code}", {}) | texts.get(f"{area}.missing.{code}", {}) for code in codes}
    missing = {code for code in codes if not {"title", "message", "fix"} <= said[code].keys()}
    assert missing == set()


def test_every_folder_of_the_readme_exists() -> None:
    for name in re.findall(r"^\| (.+?) \|", README, re.MULTILINE)[2:]:
        for folder in re.findall(r"`([\w/]+)`", name):
            root = PACKAGE.parent
            assert (root / folder).is_dir() or (PACKAGE / folder).is_dir(), folder
