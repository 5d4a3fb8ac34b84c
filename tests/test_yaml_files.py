"""YAML files: YAML 1.2 values, and every mistake named with file, line and the nearest valid key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from gdpr_assess.issue import DataError
from gdpr_assess.yamlfile import load, parse, read


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str
    articles: list[str] = []
    weight: float = 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("null", None), ("012", 12), ("1:30", "1:30"),
        ("1.5", 1.5), ("2026-09-30", "2026-09-30"), ('"5"', "5"), ("'null'", "null"),
    ],
)  # fmt: skip
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    assert parse(f"key: {text}")[0] == {"key": value}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\n", "2: key 'a' stands twice"),
        ("a: &x 1\nb: *x\n", "1: aliases are not allowed"),
        ("a: [1\n", "2: did not find expected ',' or ']'"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("[", r"\[").replace("]", r"\]")):
        parse(text)


@pytest.mark.parametrize("text", ["[" * 90_000 + "]" * 90_000, "- " * 90_000, "? " * 90_000, "{a: " * 90_000])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        parse(text)


def test_unknown_key_names_the_nearest_one(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text("code: A\n\nartikles: ['5']\n")
    value, issues = read(path, Rule, shown="rule.yaml")
    assert value is None
    assert [(i.place.file, i.place.row, i.params["problem"]) for i in issues] == [
        ("rule.yaml", 3, "artikles: unknown key, did you mean 'articles'?")
    ]


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text("articles: 5\nweight: heavy\n")
    with pytest.raises(DataError) as error:
        load(path, Rule)
    assert len(str(error.value).splitlines()) == 3


def test_a_file_that_is_not_utf8_is_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_bytes("code: Größe".encode("latin-1"))
    assert [issue.code for issue in read(path, Rule)[1]] == ["files.yaml_not_utf8"]
