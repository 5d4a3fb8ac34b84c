"""YAML files: YAML 1.2 values, and every mistake named with file, line and the nearest valid key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from gdpr_assess.issue import DataError
from gdpr_assess.wording.schema import Kinds, PackFile
from gdpr_assess.yamlfile import load, parse, raw, read


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
        ("a:\n\t- x\n", "2: found character that cannot start any token (a tab"),
        ('a:\n  - "x\nb: 1\n', "2: found unexpected end of stream (a quote is never closed)"),
        ("a:\n  - x\n - y\n", "3: did not find expected key (here or above a quote is missing, or the indentation"),
        ("a: x: y\n", "1: mapping values are not allowed in this context (a text with `: ` needs quotes"),
        ("a: *x\n", "1: found undefined alias (a text that begins with `*` needs quotes)"),
        ("b: 1\n[[a]]: 1\n", "2: a key must be a plain name"),
        ("a: ä\nb: \x07\n", "2: unacceptable character"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
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
    path.write_bytes("weight: 1\ncode: Größe".encode("latin-1"))
    assert [(issue.code, issue.place.row) for issue in read(path, Rule)[1]] == [("files.yaml_not_utf8", 2)]
    with pytest.raises(DataError, match=r"rule\.yaml:2: the file is not saved as UTF-8"):
        load(path, Rule)
    with pytest.raises(DataError, match=r"rule\.yaml:2: the file is not saved as UTF-8"):
        raw(path)


CASE = "examples:\n  clean:\n    - "


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("examples: {reportd: [x]}", ["1: examples.reportd: unknown key, did you mean 'reported'?"]),
        ("exampels:\n  clean: [x]",
         ["1: examples: must be given", "1: exampels: unknown key, did you mean 'examples'?"]),
        ("examples:\nconcepts:\n  A: x", ["1: examples: must have keys (allowed: reported, clean)",
                                          "3: concepts.A: must be a list"]),
        (CASE + "{txt: a, text: b}", ["3: examples.clean.0.txt: unknown key, did you mean 'text'?"]),
        (CASE + "[[x]]", ["3: examples.clean.0: must be a text; put it between quotes"]),
        (CASE + "5", ["3: examples.clean.0: must be a text; put it between quotes"]),
        (CASE + "{text: a, kind: sales_scrip}",
         ["3: examples.clean.0.kind: 'sales_scrip' is not allowed, did you mean 'sales_script'? (allowed:"
          " recording_notice, consent_request, sales_script, message_notice, privacy_notice)"]),
        (CASE + "{text: a, on: 2026-13-01}", ["3: examples.clean.0.on: '2026-13-01' is not a date such as 2026-09-30"]),
        ("examples: {}\npatterns:\n  - {all: [A], wth: [x], window: txt}",
         ["3: patterns.0.window: 'txt' is not allowed, did you mean 'text'? (allowed: clause, sentence, pair, text)",
          "3: patterns.0.wth: unknown key, did you mean 'with'?"]),
        ("", ["1: examples: must be given"]),
    ],
)  # fmt: skip
def test_a_mistake_names_what_is_allowed_at_its_place(tmp_path: Path, text: str, problems: list[str]) -> None:
    path = tmp_path / "purpose.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as error:
        load(path, PackFile)
    assert str(error.value).splitlines() == [f"{path}:{problem}" for problem in problems]


def test_a_wrong_key_of_a_closed_set_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "kinds.yaml"
    path.write_text("full: []\nelsewhere: {}\nkinds:\n  sales_scrip: []\n")
    with pytest.raises(DataError, match="'sales_scrip' is not allowed, did you mean 'sales_script'"):
        load(path, Kinds)
