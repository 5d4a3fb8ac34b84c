"""Precision and recall of the packs on the labelled texts of the repository."""

import json
from pathlib import Path

import pytest

from gdpr_assess.wording.measure import Tally, main, measure

TEXTS = sorted((Path(__file__).parent / "wordings").glob("*.jsonl"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_defects_and_elements_are_found_and_few_are_invented(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    report = measure(rows)
    for group in ("element", "defect"):
        tally = report.groups["all", group]
        said = f"{group} {tally}\n" + "\n".join(report.differences)
        assert tally.right >= 0.95 * (tally.right + tally.false), said
        assert tally.right >= 0.92 * (tally.right + tally.missed), said


def test_a_tally_counts_right_false_and_missed():
    tally = Tally()
    tally.add({"a", "b"}, {"b", "c"})
    assert (tally.right, tally.false, tally.missed) == (1, 1, 1)
    assert "P 0.500  R 0.500" in str(tally)


def test_the_command_prints_each_language_and_code(capsys):
    assert main([str(TEXTS[0]), "-v"]) == 0
    printed = capsys.readouterr().out
    assert "controller_identity" in printed
    assert "all  defect" in printed.replace("  ", " ").replace("all ", "all  ")
