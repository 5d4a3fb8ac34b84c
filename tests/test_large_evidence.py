"""Large exports: read in slices and judged batch by batch, with the same results as in memory, and no trace left."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from evidence_cases import AS_OF, index, intake, read, seen_elements, write

from gdpr_assess.model import Intake, Wording
from gdpr_assess.practices import Exports, observed, read_evidence, run_checks
from gdpr_assess.practices import whole as whole_table
from gdpr_assess.practices.readers import slices
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.special_terms import TERMS, _packs, _possible
from gdpr_assess.practices.text_reader import TextReader, without_numbers
from gdpr_assess.yamlfile import raw

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import made_exports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports of 400 calls and 400 messages; some calls stand twice, some are from after the extraction."""
    made = tmp_path_factory.mktemp("exports")
    made_exports.make(made, 400, 400)
    calls = (made / "calls.csv").read_text(encoding="utf-8").splitlines()
    plain = [line for line in calls if line.count(",") == 20 and '"' not in line]
    again = [line.replace("resolved", "open") for line in plain[5:30:3]]
    late = [line.replace("2025-", "2027-") for line in plain[40:44]]
    (made / "calls.csv").write_text("\n".join([*calls, *again, *late]) + "\n", encoding="utf-8")
    return made


def said(folder: Path) -> Intake:
    names = sorted(path.name for path in folder.glob("*.csv"))
    return intake(
        index(*names),
        (Wording(id="W1", kind="consent_request"),),
        recording_retention_days=30,
        message_retention_days=90,
    )


def everything(folder: Path) -> tuple[list[str], list[Any]]:
    """Return the issues, then all facts, results, findings and sightings."""
    client = said(folder)
    exports, issues = read_evidence(folder, client, AS_OF)
    results, findings = run_checks(exports, client, AS_OF, {}, seen_elements)  # type: ignore[arg-type]
    seen = observed(exports, AS_OF)
    return sorted(issue.model_dump_json() for issue in issues), [exports.facts, results, findings, seen]


def scratch_folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("gdpr-assess-*"))


def test_results_do_not_depend_on_the_size_of_slices(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = everything(folder)
    assert {"ran"} <= {result.outcome for result in small[1][1]}
    for code in ("row_twice", "row_after_extraction"):
        assert [code for issue in small[0] if code in issue], small[0]
    monkeypatch.setattr(slices, "ROWS", 70)
    monkeypatch.setattr(whole_table, "AT_ONCE", 5)
    assert everything(folder) == small


def test_large_tables_lie_in_files_that_go_with_the_exports(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = scratch_folders()
    monkeypatch.setattr(slices, "ROWS", 70)
    exports, _ = read_evidence(folder, said(folder), AS_OF)
    assert exports["calls"].large
    assert not exports["staff"].frame.is_empty()
    assert len(scratch_folders() - before) == 1
    del exports
    assert scratch_folders() == before


def test_an_interrupted_reading_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rows = scratch_folders(), Delimited.rows
    monkeypatch.setattr(slices, "ROWS", 70)

    def interrupted(self: Delimited, wanted: list[str]) -> Iterator[Any]:
        for number, row in enumerate(rows(self, wanted)):
            if number == 300:
                raise KeyboardInterrupt
            yield row

    monkeypatch.setattr(Delimited, "rows", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_evidence(folder, said(folder), AS_OF)
    assert scratch_folders() == before


ORDERS = {
    "decided late": ["03/04/2026", "05/06/2026", "07/08/2026", "25/08/2026"],
    "never decided": ["03/04/2026", "05/06/2026", "07/08/2026", "09/08/2026"],
    "against each other": ["13/04/2026", "05/06/2026", "07/08/2026", "08/25/2026"],
    "Unix times and others": ["1772000000", "1772000001", "1772000002", "2026-03-01 10:00"],
    "Unix times only": ["1772000000", "1772000001", "", "1772000003"],
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_form_of_times_is_decided_over_the_whole_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\n".join(f"{number} | {time}" for number, time in enumerate(ORDERS[name]))
    table = {"calls": f"call_id | started_at\n{lines}"}

    def times(exports: Exports) -> list[Any]:
        return exports["calls"].rows.sort("_row").select("started_at", "_unread").collect().rows()

    whole, issues = read(tmp_path / "whole", **table)
    monkeypatch.setattr(slices, "ROWS", 2)
    parts, met = read(tmp_path / "parts", **table)
    assert parts["calls"].large
    assert times(parts) == times(whole)
    assert {(issue.code, str(issue.params)) for issue in met} == {(issue.code, str(issue.params)) for issue in issues}


def test_wrong_words_in_many_slices_are_one_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "ROWS", 2)
    words = ["inbund", "inbund", "outbond", "inbound", "inbund", "x"]
    lines = "\n".join(f"{number} | {word}" for number, word in enumerate(words))
    _, issues = read(tmp_path, calls=f"call_id | direction\n{lines}")
    (issue,) = [issue for issue in issues if issue.code == "practices.bad_choice"]
    assert (issue.params["count"], issue.params["rows"], issue.params["nearest"]) == (5, [2, 3, 4, 6, 7], "inbound")


def test_a_broken_row_in_a_later_slice_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "ROWS", 2)
    write(tmp_path, calls="call_id | agent\n" + "\n".join(f"{number} | A" for number in range(7)))
    with (tmp_path / "calls.csv").open("a", encoding="utf-8") as stream:
        stream.write('"8","A","too many"\n')
    exports, issues = read_evidence(tmp_path, intake(index("calls.csv")), AS_OF)
    assert [(issue.code, issue.place.row) for issue in issues] == [("practices.row_ragged", 9)]
    assert exports["calls"].height == 7
    assert [(fact["rows"], fact["bad_rows"]) for fact in exports.facts] == [(8, 1)]


def test_no_pack_of_special_words_is_passed_over() -> None:
    for number, path in enumerate(sorted(TERMS.glob("*.yaml"))):
        groups = {group: terms for group, terms in raw(path).items() if group != "person"}
        for term in (term for terms in groups.values() for term in terms):
            text = f"so {term.replace('*', 'xyz')} so".casefold()
            assert not _packs()[number][0].search(text) or _packs()[number] in _possible(text), term


def test_texts_that_differ_by_a_long_number_are_asked_once() -> None:
    asked: list[str] = []

    def lint(text: str, **_: Any) -> Any:
        asked.append(text)
        return seen_elements(text)

    texts = ["order 123456 retention", "order 654321 retention", "keep 24 months", "keep 36 months"]
    answers = TextReader(lint, large=False).elements(texts)
    assert asked == ["order 999999 retention", "keep 24 months", "keep 36 months"]
    assert answers[0] == answers[1] == {"order", "999999", "retention"}
    assert without_numbers("call 0800 123 on 2026-01-02") == "call 0800 123 on 2026-01-02"


def test_first_of_equal_consents_is_the_same_in_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    consents = "\n".join(
        f"{number} | a@example.org | marketing | email | {status} | 2026-08-01 10:00 |"
        for number, status in enumerate(["granted", "refused", "granted", "refused", "granted"])
    )
    tables = {
        "consents": f"consent_id | contact | purpose | channel | status | captured_at | withdrawn_at\n{consents}",
        "messages": "message_id | sent_at | direction | purpose | channel | customer_address | customer_country\n"
        "1 | 2026-09-01 10:00 | outbound | marketing | email | a@example.org | SE",
    }

    def counted(place: Path) -> list[Any]:
        exports, _ = read(place, **tables)
        results, _ = run_checks(exports, intake(), AS_OF, {}, seen_elements)  # type: ignore[arg-type]
        return [result for result in results if result.check == "marketing.consent"]

    whole = counted(tmp_path / "whole")
    monkeypatch.setattr(slices, "ROWS", 2)
    assert counted(tmp_path / "parts") == whole
