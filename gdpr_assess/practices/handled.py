"""How requests of people were really handled: the request log by right, and exports that still hold erased people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from gdpr_assess.model import Intake, LintResult, Noun, Place, Right, RightLog, WordingKind
from gdpr_assess.practices.case import BAD, IN, Case
from gdpr_assess.practices.checks.consent import withdrawal_pairs
from gdpr_assess.practices.checks.marketing import objection_pairs
from gdpr_assess.practices.checks.rights import deadline, erased_pairs
from gdpr_assess.practices.exports import AS_OF, FILE, Exports
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.settle import place

RIGHT_OF: dict[str, Right] = {
    "access": "access",
    "rectification": "rectify",
    "erasure": "erase",
    "restriction": "restrict",
    "portability": "port",
    "objection": "object",
    "withdrawal": "withdraw",
}
"""The right that a type of request claims."""
FIRST = 100
_MACHINE = r"(?i)csv|tsv|json|xml|xlsx?|ods|vcf|parquet|machine|maschinenlesbar|maskinläsbar|maszynow|机器可读"
_PEOPLE = r"(?i)pdf|paper|print|letter|post|scan|docx?|word|jpe?g|png|tiff?|brief|papier|wydruk|brev|papper|纸|打印"


class Trace(Noun):
    """An export that still shows people after they were erased, objected or withdrew: how many wishes, and where."""

    right: Right
    file: str
    count: int
    places: tuple[Place, ...] = ()


class Handled(Noun):
    """What the records show of requests; nobody's name, number or address is in it."""

    log: tuple[RightLog, ...] = ()
    traces: tuple[Trace, ...] = ()


def handled(exports: Exports, intake: Intake, as_of: date) -> Handled:
    """Return what the request log and the exports that were made afterwards show."""
    case = Case(exports, intake, as_of, {}, _no_text)
    log = tuple(_log(case)) if case.given("requests") else ()
    return Handled(log=log, traces=tuple(_traces(case)))


def _no_text(text: str, *, language: str | None = None, kind: WordingKind | None = None) -> LintResult:  # noqa: ARG001
    """Stand where a linter is expected: nothing is read here."""
    return LintResult(language=language, kind=kind)


def _log(case: Case) -> Iterator[RightLog]:
    requests = case.records("requests")
    late = deadline(case).select(FILE, ROW, late=(pl.col(IN) & pl.col(BAD)).fill_null(value=False))
    answered, still_open = requests.day("answered_at"), pl.when(pl.col("late")).then(requests.day(AS_OF))
    told = pl.col("answer_format")
    machine, people = told.str.contains(_MACHINE), told.str.contains(_PEOPLE)
    rows = requests.rows.join(late, on=[FILE, ROW], how="left").select(
        FILE,
        ROW,
        "type",
        late=pl.col("late").fill_null(value=False),
        answered=answered.is_not_null(),
        took=(pl.coalesce(answered, still_open) - requests.day("received_at")).dt.total_days(),
        known=(machine | people).fill_null(value=False),
        unreadable=(people & ~machine).fill_null(value=False),
    )
    found = case.exports.collect(rows).sort(FILE, ROW)
    for kind, right in RIGHT_OF.items():
        mine = found.filter(pl.col("type") == kind)
        if mine.height:
            yield _of_right(right, mine)


def _of_right(right: Right, mine: pl.DataFrame) -> RightLog:
    copies = mine if right == "port" else mine.clear()
    unreadable = copies.filter(pl.col("unreadable"))
    longest = mine["took"].max()
    return RightLog(
        right=right,
        requests=mine.height,
        answered=int(mine["answered"].sum()),
        late=int(mine["late"].sum()),
        longest_days=longest if isinstance(longest, int) else None,
        places=_places(mine.filter(pl.col("late"))),
        copies_known=int(copies["known"].sum()),
        unreadable_copies=unreadable.height,
        copy_places=_places(unreadable),
    )


def _places(rows: pl.DataFrame) -> tuple[Place, ...]:
    return tuple(place(key, row) for key, row in rows.head(FIRST).select(FILE, ROW).iter_rows())


def _traces(case: Case) -> Iterator[Trace]:
    contacted = case.given("calls") or case.given("messages")
    kept = (case.given("calls") and case.given("recordings")) or case.given("messages") or case.given("consents")
    if case.given("requests") and kept:
        pairs = erased_pairs(case).filter(pl.col("still"))
        yield from _by_file("erase", case.exports.collect(pairs.select("r_file", "r_row", "t_file", "t_row")))
    if case.given("requests") and contacted:
        yield from _by_file("object", _later(case, objection_pairs(case)))
    if case.given("consents") and contacted:
        yield from _by_file("withdraw", _later(case, withdrawal_pairs(case)))


def _later(case: Case, pairs: pl.LazyFrame) -> pl.DataFrame:
    where = (pl.col(FILE).alias("t_file"), pl.col(ROW).alias("t_row"))
    return case.exports.collect(pairs.filter(pl.col("later")).select("r_file", "r_row", *where))


def _by_file(right: Right, found: pl.DataFrame) -> Iterator[Trace]:
    for (key,), part in sorted(found.partition_by(["t_file"], as_dict=True).items(), key=lambda item: str(item[0])):
        rows = part["t_row"].unique().sort().head(FIRST).to_list()
        places = tuple(place(str(key), row) for row in rows)
        count = part.select("r_file", "r_row").unique().height
        yield Trace(right=right, file=places[0].file, count=count, places=places)
