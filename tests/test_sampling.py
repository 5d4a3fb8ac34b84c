"""Samples: how many records, how sure the result, and the draw that anybody can repeat."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from evidence_cases import AS_OF
from hypothesis import given
from hypothesis import strategies as st
from sampling_cases import AGENT, Client

from gdpr_assess.issue import UserError
from gdpr_assess.practices import read_evidence
from gdpr_assess.practices.drawing import Wanted, _seats, draw, wanted
from gdpr_assess.practices.sampling import Part, clean_size, interval, precision_of, sample_facts, size_for, wilson

POPULATIONS = st.one_of(st.none(), st.integers(1, 50_000))
SHARES = st.floats(0.01, 0.5)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path)


# --- size and interval ------------------------------------------------------------------------------------------------


def test_known_sizes() -> None:
    assert (size_for(0.05), size_for(0.05, 1000), size_for(0.05, 100), size_for(0.1)) == (381, 276, 80, 93)
    assert wilson(5, 100) == pytest.approx((0.0215, 0.1118), abs=0.0001)
    assert wilson(2, 5, 5) == (0.4, 0.4), "all records: no doubt is left"
    assert clean_size(None, 0.05) == 73
    assert clean_size(3, 0.05) == 3


@given(population=POPULATIONS, precision=SHARES, share=st.floats(0, 1))
def test_the_size_is_the_smallest_that_is_precise_enough(
    population: int | None, precision: float, share: float
) -> None:
    size = size_for(precision, population, share)
    assert precision_of(size, population, share) <= precision
    assert size == 1 or precision_of(size - 1, population, share) > precision
    assert population is None or 1 <= size <= population


@given(population=st.integers(2, 50_000), fine=SHARES, coarse=SHARES)
def test_finer_needs_more_and_fewer_records_need_less(population: int, fine: float, coarse: float) -> None:
    fine, coarse = sorted((fine, coarse))
    assert size_for(fine, population) >= size_for(coarse, population)
    assert size_for(fine, population) <= size_for(fine, population + 1000) <= size_for(fine)


@given(st.data())
def test_the_interval_holds_the_share_and_what_was_seen(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 5000))
    decided = data.draw(st.integers(1, population))
    hits = data.draw(st.integers(0, decided))
    low, high = wilson(hits, decided, population)
    wide_low, wide_high = wilson(hits, decided)
    assert 0 <= low <= hits / decided + 1e-6
    assert hits / decided - 1e-6 <= high <= 1
    assert wide_low <= low + 1e-6
    assert high <= wide_high + 1e-6
    assert low >= hits / population - 1e-6
    assert high <= 1 - (decided - hits) / population + 1e-6
    least, most = sample_facts([Part(hits, decided, population)])["likely"]
    assert hits <= least <= most <= population - (decided - hits)


@given(st.integers(1, 200), st.integers(201, 3000))
def test_more_records_never_make_the_interval_wider(size: int, population: int) -> None:
    widths = [high - low for low, high in (wilson(0, n, population) for n in (size, size + 1))]
    assert widths[1] <= widths[0] + 1e-6


def test_samples_of_different_density_are_weighted() -> None:
    """Half of a hundred are wrong, none of ten thousand: together hardly any."""
    low, high = interval([Part(50, 100, 100), Part(0, 100, 10_000)])
    assert low < 0.01 < 0.05 > high


def test_one_population_in_two_parts_is_as_one() -> None:
    whole, parts = interval([Part(10, 100, 1000)]), interval([Part(5, 50, 500), Part(5, 50, 500)])
    assert whole == pytest.approx(parts, abs=0.001)


@pytest.mark.parametrize("precision", [0.0, -1.0, 0.9, float("nan")])
def test_no_size_for_a_precision_that_cannot_be(precision: float) -> None:
    with pytest.raises(ValueError, match="range"):
        size_for(precision)


# --- the draw ---------------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 60), min_size=1, max_size=6), st.integers(1, 120))
def test_groups_get_their_share_and_at_least_one(counts: dict[str, int], size: int) -> None:
    size = max(size, len(counts))
    seats = list(_seats(counts, size))
    assert len(seats) == min(size, sum(counts.values()))
    assert set(seats) == set(counts)
    assert all(seats.count(group) <= count for group, count in counts.items())
    assert list(_seats(counts, size + 7))[: len(seats)] == seats, "a larger draw begins with the smaller one"
    whole = sum(counts.values())
    fair = all(seats.count(group) <= len(seats) * count / whole + len(counts) for group, count in counts.items())
    assert fair


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = Client(tmp_path_factory.mktemp("drawn"), 400)
    return read_evidence(made.folder.evidence, made.intake, AS_OF)[0]


FILE = ("inputs/evidence/calls.csv",)


@given(st.integers(0, 10**9), st.integers(1, 300), st.integers(0, 90), st.sampled_from([None, "direction", "recorded"]))
def test_the_draw_is_repeatable_and_grows(exports: Any, seed: int, size: int, more: int, by: str | None) -> None:
    of = Wanted("calls", (), by)
    first, again = (draw(exports, of, FILE, "a" * 64, seed=seed, size=size) for _ in range(2))
    larger = draw(exports, of, FILE, "a" * 64, seed=seed, size=size + more)
    assert first == again
    assert len(first.rows) == len(set(first.rows)) == max(size, len(first.counts))
    assert larger.rows[: len(first.rows)] == first.rows
    assert first.population == 400


def test_the_draw_is_what_its_description_says(exports: Any) -> None:
    """Sorted by SHA-256 of seed, fingerprint and row: a person can check it with any tool."""
    marks = {row: hashlib.sha256(f"7|{'b' * 64}|{row}".encode()).hexdigest() for row in range(2, 402)}
    by_hand = sorted(marks, key=lambda row: marks[row])[:25]
    drawn = draw(exports, Wanted("calls"), FILE, "b" * 64, seed=7, size=25)
    assert [row for _, row in drawn.rows] == by_hand


def test_another_seed_or_file_draws_other_rows(exports: Any) -> None:
    draws = {
        draw(exports, Wanted("calls"), FILE, sha * 64, seed=seed, size=20).rows
        for sha, seed in itertools.product("ab", (1, 2))
    }
    assert len(draws) == 4


def test_restrictions_and_groups(exports: Any) -> None:
    of = wanted("calls", ["recorded=yes", "Country = se"], "direction")
    assert of.where == (("customer_country", "SE"), ("recorded", "yes"))
    drawn = draw(exports, of, FILE, "c" * 64, seed=1, size=10_000)
    numbers = {row - 2 for _, row in drawn.rows}
    assert numbers == {n for n in range(400) if n % 3 and n % 5}
    assert drawn.counts == {way: sum(1 for n in numbers if bool(n % 4) == (way == "outbound")) for way in drawn.counts}


@pytest.mark.parametrize(
    ("where", "by", "code"),
    [
        (["recorded"], None, "where_form"),
        (["recorder=yes"], None, "no_column"),
        (["recorded=perhaps"], None, "no_value"),
        (["purpose=markting"], None, "no_value"),
        (["customer_number=+46701740614"], None, "no_column"),
        ([], "agent", "no_column"),
        ([], "team", "no_teams"),
    ],
)
def test_choices_that_cannot_be_are_refused(client: Client, where: list[str], by: str | None, code: str) -> None:
    with pytest.raises(UserError) as caught:
        client.draw(where=tuple(where), by=by)
    assert [issue.code for issue in caught.value.issues] == [f"practices.{code}"]
    assert not list(client.folder.evidence.rglob("*.xlsx"))


def test_groups_by_team_of_the_agent(client: Client) -> None:
    staff = f"person,role,team\n{AGENT.upper()},agent,Lund\nSomebody Else,agent,Malmo\n"
    (client.folder.evidence / "staff.csv").write_text(staff, encoding="utf-8")
    path = client.draw(by="site", size=5).path
    text = " ".join(str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row if cell.value)
    assert "Lund" in text
    assert AGENT not in text
