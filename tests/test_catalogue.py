"""The catalogue of controls: complete, well formed, translated, and with examples that hold."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from gdpr_assess.assessment import judge_case
from gdpr_assess.catalogue import Control, loader
from gdpr_assess.catalogue.loader import CONTROLS, load_catalogue
from gdpr_assess.catalogue.schema import Case
from gdpr_assess.issue import DataError
from gdpr_assess.lang.texts import LANGUAGES, entries, state
from gdpr_assess.yamlfile import raw

EDITOR = "# yaml-language-server: $schema=../../control.schema.json"
FILES = sorted(CONTROLS.rglob("*.yaml"))
CATALOGUE = load_catalogue().controls
ARTICLE = re.compile(r"[1-9]\d?(\(\d+\))?(\([a-z]\))?|(?!GDPR|Art)\w+ .+")
"""An article of the GDPR by number alone, or another law spelled out before its article."""

HIGH = {
    "GOV": "01 02 03 10",
    "LAW": "01 02 04 05 06 07 08 09 11",
    "TRN": "01 03 04 06 09",
    "REC": "01 02 03 04 05 06 08 09 11 12",
    "CHN": "01 03 04 08",
    "TEL": "01 02 03 05 06 07 09",
    "DSR": "01 02 06 08 12",
    "RET": "01 02 05",
    "PRO": "01 02 03 06 10 12 14",
    "XFR": "01 02 03 04",
    "SEC": "01 02 03 04 07 11",
    "BRE": "01 02 03 05 06",
    "TRA": "01",
    "AIA": "01 02 03 04 05 06",
}
"""The 76 requirements of high severity."""
CITED = {
    "BRE": "02 03 05 06 07",
    "CHN": "02 06 07 09",
    "DSR": "02 03 08",
    "LAW": "04 05 06 07 09",
    "PCI": "01 06",
    "REC": "02 03 07 08 12",
    "RET": "02",
    "SEC": "02",
    "TEL": "01 02 03 08",
    "TRA": "01 02 03 05",
    "TRN": "01 06",
}
"""The controls that checks of the records speak about."""
PACKS = ("PCI", "TCP", "HIP")


def _ids(table: dict[str, str]) -> set[str]:
    return {f"{domain}-{number}" for domain, numbers in table.items() for number in numbers.split()}


def _examples() -> list[tuple[Control, Case]]:
    return [(control, case) for control in CATALOGUE.values() for case in control.cases]


def test_every_file_is_a_control_under_its_own_name() -> None:
    assert [path.stem for path in FILES] == sorted(CATALOGUE, key=lambda control: (control[:3], control))


@pytest.mark.parametrize(("table", "count"), [(HIGH, 76), (CITED, 36)], ids=["high", "cited by checks"])
def test_required_controls_are_present(table: dict[str, str], count: int) -> None:
    wanted = _ids(table)
    assert len(wanted) == count
    assert sorted(wanted - CATALOGUE.keys()) == []


def test_required_controls_are_of_high_severity() -> None:
    assert [name for name in sorted(_ids(HIGH)) if CATALOGUE[name].severity != "high"] == []


@pytest.mark.parametrize("pack", PACKS)
def test_optional_packs_apply_only_under_their_regime(pack: str) -> None:
    condition = {"PCI": "cards", "TCP": "us_telemarketing", "HIP": "us_health"}[pack]
    controls = [control for control in CATALOGUE.values() if control.domain == pack]
    assert controls
    assert [control.id for control in controls if condition not in control.applies_when.all] == []


def test_work_never_waits_for_itself() -> None:
    graph = {control.id: control.remedy.depends_on for control in CATALOGUE.values()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(CATALOGUE)


@pytest.mark.parametrize(("control", "case"), [pytest.param(c, e, id=f"{c.id} {e.because}") for c, e in _examples()])
def test_examples_give_the_verdict_they_state(control: Control, case: Case) -> None:
    verdict = judge_case(control, case)
    assert (verdict.verdict, verdict.method) == (case.verdict, case.method)


def test_examples_of_a_control_differ() -> None:
    plain = {c.id: [case.model_dump_json(exclude={"because"}) for case in c.cases] for c in CATALOGUE.values()}
    assert [name for name, cases in plain.items() if len(set(cases)) < len(cases)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_short_ordered_and_known_to_the_editor(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == EDITOR
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 120
    assert list(raw(path)) == [field for field in Control.model_fields if field in raw(path)]


@pytest.mark.parametrize("control", CATALOGUE.values(), ids=lambda control: control.id)
def test_controls_ask_one_question_and_cite_articles(control: Control) -> None:
    assert control.question.endswith("?")
    assert control.question.count("?") == 1
    assert not control.title.endswith((".", "?"))
    assert [article for article in control.articles if not ARTICLE.fullmatch(article)] == []
    assert len(set(control.articles)) == len(control.articles)
    assert control.id not in control.remedy.depends_on


def test_source_memory_is_the_only_one_that_is_not_verified() -> None:
    sources = {source for control in CATALOGUE.values() for source in control.sources}
    assert {s.id for s in sources if s.status == "memory"} & {s.id for s in sources if s.status == "verified"} == set()


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_control_texts_are_complete_and_current(lang: str) -> None:
    found = {kind: [k for k in keys if k.startswith("control.")] for kind, keys in state(lang).items()}
    assert found == {"missing": [], "stale": [], "unknown": [], "identical": []}


def test_chinese_texts_are_chinese_and_keep_every_field() -> None:
    source = {key: entry for key, entry in entries("en").items() if key.startswith("control.")}
    chinese = entries("zh")
    assert {key for key, entry in source.items() if set(entry) != set(chinese[key]) - {"of"}} == set()
    latin = [k for k in source for f, text in chinese[k].items() if f != "of" and not re.search(r"[一-鿿]", text)]
    assert latin == []


def _catalogue_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "CONTROLS", tmp_path)
    load_catalogue.__wrapped__()


def _text() -> str:
    return (CONTROLS / "GOV" / "GOV-01.yaml").read_text(encoding="utf-8")


def test_loading_refuses_a_name_that_is_not_the_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="GOV-01 does not match"):
        _catalogue_of(tmp_path, monkeypatch, "GOV/GOV-02.yaml", _text())


def test_loading_refuses_an_unknown_dependency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _text().replace("  owner: legal", "  owner: legal\n  depends_on: [GOV-77]")
    with pytest.raises(DataError, match=r"GOV-01\.yaml:1: remedy\.depends_on: GOV-77 is not in the catalogue"):
        _catalogue_of(tmp_path, monkeypatch, "GOV/GOV-01.yaml", text)


def test_loading_points_to_the_line_of_an_unknown_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _text().replace("severity: high", "severty: high")
    line = text.splitlines().index("severty: high") + 1
    with pytest.raises(DataError, match=rf"GOV-01\.yaml:{line}: severty: unknown key, did you mean 'severity'"):
        _catalogue_of(tmp_path, monkeypatch, "GOV/GOV-01.yaml", text)
