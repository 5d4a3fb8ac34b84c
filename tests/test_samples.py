"""Every sample client: exactly the planted faults are found, where they were planted, and nothing else."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pytest

from data_samples.generator.__main__ import CLIENTS
from data_samples.generator.files import SAMPLES, write
from gdpr_assess.model import Assessment, CheckResult, Finding, finding_id
from gdpr_assess.pipeline import assess_client
from gdpr_assess.workspace import ClientFolder
from gdpr_assess.yamlfile import raw

AS_OF = date(2026, 9, 30)
KEPT = 100
"""How many places a check keeps."""
NAMES = sorted(CLIENTS)
CLEAN = "clean_energy_supplier"
Pair = tuple[str, str]


@cache
def run(name: str) -> Assessment:
    return assess_client(ClientFolder(SAMPLES / name), AS_OF)


@cache
def planted(name: str) -> dict[str, Any]:
    return raw(SAMPLES / name / "PLANTED.yaml")


def faults(name: str, source: str | None = None) -> list[dict[str, Any]]:
    return [fault for fault in planted(name)["faults"] if source in (None, fault["source"])]


def told(finding: Finding) -> str:
    place = finding.place
    where = f"{place.file} {place.sheet or ''} {place.row or ''} {place.span or ''}"
    return f"{finding.source} {finding.rule} {finding.scope} {where} {finding.params.get('wording', '')}"


def numbers(text: object) -> list[int]:
    """The row numbers of "3, 7-9"."""
    if isinstance(text, list):
        return text
    ends = [part.strip().partition("-")[::2] for part in str(text).split(",")]
    return [number for first, last in ends for number in range(int(first), int(last or first) + 1)]


def check_of(name: str, rule: str) -> CheckResult:
    (found,) = (check for check in run(name).checks if check.check == rule)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_planted_faults_are_found(name: str) -> None:
    expected = {finding_id(fault["rule"], fault["subject"]): fault for fault in faults(name)}
    found = {finding.id: finding for finding in run(name).findings}
    assert len(expected) == len(faults(name)), "a fault is planted twice"
    unplanted = sorted(told(finding) for id_, finding in found.items() if id_ not in expected)
    missed = sorted(f"{fault['rule']} {fault['subject']}" for id_, fault in expected.items() if id_ not in found)
    assert (unplanted, missed) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_each_fault_says_what_it_is_and_where(name: str) -> None:
    found = {finding.id: finding for finding in run(name).findings}
    for fault in faults(name):
        finding = found[finding_id(fault["rule"], fault["subject"])]
        assert fault["what"].strip().endswith("."), fault["subject"]
        assert fault["source"] == finding.source
        assert fault["where"]["file"] == finding.place.file, fault["subject"]


@pytest.mark.parametrize("name", NAMES)
def test_checks_count_the_planted_exceptions_at_their_rows(name: str) -> None:
    for fault in faults(name, "practices"):
        check = check_of(name, fault["rule"])
        assert (fault["rule"], check.exceptions) == (fault["rule"], fault["exceptions"])
        rows = [place.row for place in check.places]
        assert rows == numbers(fault["where"].get("rows", rows))[:KEPT], fault["rule"]


@pytest.mark.parametrize("name", NAMES)
def test_checks_without_a_planted_fault_are_clean(name: str) -> None:
    meant = {fault["rule"] for fault in faults(name, "practices")}
    assert {check.check for check in run(name).checks if check.exceptions} <= meant
    assert [check.check for check in run(name).checks if check.outcome == "failed"] == []


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_planted_claims_are_contradicted(name: str) -> None:
    expected = {(item["control"], item["scope"]) for item in planted(name)["contradictions"]}
    assert {(v.control, v.scope) for v in run(name).verdicts if v.contradicted} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_planted_verdicts_are_given(name: str) -> None:
    given = {(v.control, v.scope): v.verdict for v in run(name).verdicts}
    expected = {(item["control"], item["scope"]): item["verdict"] for item in planted(name).get("verdicts", [])}
    assert {key: given.get(key) for key in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_read_without_an_error(name: str) -> None:
    assert [issue for issue in run(name).issues if issue.level == "error"] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != CLEAN])
def test_faults_lie_in_all_three_assessments(name: str) -> None:
    assert {fault["source"] for fault in faults(name)} >= {"flows", "wording", "practices"}
    assert len(faults(name)) >= 10


def test_the_clean_client_has_no_gap_above_low() -> None:
    assert [gap for gap in run(CLEAN).gaps if gap.severity != "low"] == []
    assert [verdict for verdict in run(CLEAN).verdicts if verdict.contradicted] == []


def content(path: Path) -> object:
    """What a file holds: the parts of a workbook in canonical XML, as openpyxl writes them differently with lxml."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with ZipFile(path) as book:
        return {part: canonicalize(book.read(part)) for part in book.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_is_what_the_generator_writes(name: str, tmp_path: Path) -> None:
    write(CLIENTS[name](), tmp_path)
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    stale = [path.as_posix() for path in made if content(tmp_path / path) != content(SAMPLES / path)]
    assert stale == [], "write them anew: python -m data_samples.generator"
