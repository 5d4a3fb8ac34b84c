"""Filled sheets held against the exports they were drawn from: is it still that file, and are these the rows drawn?

What people heard stays a fact whatever became of the export. A statement about all its records is made only where the
file is there unchanged and the rows are those that the seed draws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from gdpr_assess.issue import Issue
from gdpr_assess.practices.drawing import At, Wanted, WrongChoice, draw
from gdpr_assess.practices.drawn_read import Filled
from gdpr_assess.practices.evidence_files import FOLDER, exports_below, shown_names
from gdpr_assess.practices.exports import FILE, Exports, Fact, file_and_sheet, file_key
from gdpr_assess.practices.questions import FILLED, Said, questions
from gdpr_assess.practices.readers.typed import ROW
from gdpr_assess.practices.settle import basis_of, reconciled_of
from gdpr_assess.workspace import sha256

TABLE, FORMAT = "listening", "drawn_sheet"
"""What stands as table and format of a filled sheet among the files that were handed over."""


@dataclass(frozen=True)
class Listened:
    """All answers about one population: its size (None: no statement about it can be made), rows drawn, answers.

    Rows are places in the export or, where that is not there, in the sheet itself.
    """

    table: str
    population: int | None
    drawn: frozenset[At]
    asked: frozenset[str]
    answers: Mapping[At, Mapping[str, Said | None]]
    files: tuple[str, ...]
    channels: Mapping[At, str | None] = field(default_factory=dict)
    recorded: Mapping[str, frozenset[At]] = field(default_factory=dict)
    """By question: rows whose own columns say that all is well."""
    where: tuple[tuple[str, str], ...] = ()
    endless: bool = False
    """Whether the export is itself a sample: then nothing limits how many records there are."""
    reconciled: bool | None = None

    @property
    def answered(self) -> frozenset[str]:
        """The questions that have any answer; an empty column was not asked."""
        return frozenset(name for row in self.answers.values() for name, said in row.items() if said)


class Listening:
    """The matching of all filled sheets of a client with its exports."""

    def __init__(self, folder: Path, exports: Exports) -> None:
        self._folder, self._exports = folder, exports
        self._shas: dict[str, str] = {}
        self.issues: list[Issue] = []

    def of(self, sheets: Sequence[Filled]) -> tuple[Listened, ...]:
        """Return what was heard, population by population; sheets of one population count together."""
        groups: dict[tuple[str, Wanted], list[Filled]] = defaultdict(list)
        for sheet in sheets:
            if sheet.of is not None and sheet.asked:
                groups[sheet.sha256, Wanted(sheet.of.table, sheet.of.where)].append(sheet)
        found = [self._population(sha, of, mine) for (sha, of), mine in groups.items()]
        for sheet in sheets:
            self.issues += sheet.issues
            if sheet.of is not None and sheet.asked and sheet.blank:
                self._say(sheet, "sample_blank", warning=True)
        return tuple(one for one in found if one is not None)

    def _say(self, sheet: Filled, code: str, *, warning: bool = False, **params: Any) -> None:
        told = Filled(sheet.name, sheet.sheet)
        told.say(code, warning=warning, **params)
        self.issues += told.issues

    def _population(self, sha: str, of: Wanted, sheets: list[Filled]) -> Listened | None:
        files = self._files_of(sha, of, sheets[0].file)
        drawn, sound, population = set[At](), bool(files), 0
        for sheet in sheets:
            if not files:
                self._say(sheet, "sample_other_file", warning=True, file=sheet.file)
                continue
            mine, population, fits = self._redrawn(sheet, files)
            drawn |= mine
            sound = sound and fits
        answers = _together(sheets, files, self._say)
        if not any(said for row in answers.values() for said in row.values()):
            return None
        asked = frozenset(name for sheet in sheets for name in sheet.asked)
        facts = [fact for fact in self._exports.facts if fact["table"] == of.table and file_key(fact) in files]
        names = tuple(sorted({sheet.name for sheet in sheets}))
        rows = frozenset(drawn | set(answers))
        return Listened(
            of.table, population if sound else None, rows, asked, answers, names,
            self._channels(of.table, rows, whole=bool(files)), dict(self._recorded(of.table, asked, rows)),
            of.where, basis_of(facts) == "sample", reconciled_of(facts) if facts else None,
        )  # fmt: skip

    def _files_of(self, sha: str, of: Wanted, likely: str) -> tuple[str, ...]:
        """Return the file (and sheets) with this fingerprint that gives the table, wherever it lies now."""
        keys = self._exports[of.table].files
        by_file: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            by_file[file_and_sheet(key)[0]].append(key)
        for file in sorted(by_file, key=lambda name: (name != f"{FOLDER}/{likely}", name)):
            if self._sha(file) == sha:
                return tuple(by_file[file])
        return ()

    @cached_property
    def _paths(self) -> dict[str, Path]:
        """Every file by the name under which its rows stand in the tables."""
        paths = exports_below(self._folder)
        shown = shown_names(self._folder, paths)
        return {f"{FOLDER}/{shown[path.relative_to(self._folder).as_posix()]}": path for path in paths}

    def _sha(self, file: str) -> str:
        if file not in self._shas:
            self._shas[file] = sha256(self._paths[file]) if file in self._paths else ""
        return self._shas[file]

    def _redrawn(self, sheet: Filled, files: Sequence[str]) -> tuple[set[At], int, bool]:
        """Draw again: return the rows drawn, how many records there are, and whether the sheet holds no others."""
        assert sheet.of is not None
        try:
            again = draw(self._exports, sheet.of, files, sheet.sha256, seed=sheet.seed, size=sheet.size)
        except WrongChoice:  # the list of staff that gave the groups is no longer there
            self._say(sheet, "sample_not_repeated", warning=True)
            return set(), 0, False
        rows, mine = set(again.rows), {_at(files, at) for at in sheet.answers}
        if again.population != sheet.population:
            self._say(sheet, "sample_population", warning=True, count=again.population, stated=sheet.population)
        if mine - rows:
            self._say(sheet, "sample_not_drawn", count=len(mine - rows))
        elif rows - mine:
            self._say(sheet, "sample_rows_missing", warning=True, count=len(rows - mine))
        return rows, again.population, not mine - rows

    def _rows(self, table: str, rows: frozenset[At], *columns: str) -> pl.DataFrame:
        wanted = pl.DataFrame(sorted(rows), schema={FILE: pl.String, ROW: pl.Int64}, orient="row")
        known = self._exports[table].rows.select(FILE, ROW, *columns).join(wanted.lazy(), on=[FILE, ROW])
        return self._exports.collect(known)

    def _channels(self, table: str, rows: frozenset[At], *, whole: bool) -> dict[At, str | None]:
        if table == "calls" or not whole:
            return dict.fromkeys(rows, "phone" if table == "calls" else None)
        known = {(file, row): channel for file, row, channel in self._rows(table, rows, "channel").iter_rows()}
        return {at: known.get(at) for at in rows}

    def _recorded(self, table: str, asked: frozenset[str], rows: frozenset[At]) -> Iterator[tuple[str, frozenset[At]]]:
        """Yield for each question the rows of which the export itself says that all is well."""
        for name in sorted(asked):
            said = questions()[name].recorded
            if said and all(self._exports[table].has(column) for column in said):
                frame = self._rows(table, rows, *said)
                tests = [pl.col(c).is_not_null() if v == FILLED else pl.col(c) == v for c, v in said.items()]
                yield name, frozenset(frame.filter(*tests).select(FILE, ROW).rows())


def _at(files: Sequence[str], at: tuple[str | None, int]) -> At:
    """Return the place in the export of a row of a sheet."""
    return next((key for key in files if file_and_sheet(key)[1] == at[0]), files[0] + "\t?"), at[1]


def _together(sheets: Sequence[Filled], files: Sequence[str], say: Any) -> dict[At, dict[str, Said | None]]:
    """Return the answers of all sheets by row; what two sheets answer differently was not judged."""
    found: dict[At, dict[str, Said | None]] = {}
    for sheet in sheets:
        own = f"{sheet.name}\t{sheet.sheet}" if sheet.sheet else sheet.name
        differ = 0
        for at, row in sheet.answers.items():
            known = found.setdefault(_at(files, at) if files else (own, sheet.lines[at]), {})
            for name, said in row.items():
                before = known.get(name)
                differ += bool(said and before and said != before)
                known[name] = before if said is None else said if before in (None, said) else "not_audible"
        if differ:
            say(sheet, "sample_differs", count=differ)
    return found


def fact_of_sheet(sheet: Filled, as_of: str) -> Fact:
    """Return what a run keeps of a filled sheet, beside what it keeps of exports."""
    return {
        "file": sheet.name, "table": TABLE, "format": FORMAT, "sheet": sheet.sheet, "rows": len(sheet.answers),
        "bad_rows": 0, "extracted_at": sheet.drawn_on or as_of, "extracted_is_day": True,
        "extracted_at_default": sheet.drawn_on is None, "indexed": True, "covers": None, "filter": None,
        "stated_rows": None, "basis": "sample", "system": None, "columns": [], "missing": [], "unused": [],
        "records": len(sheet.answers), "reconciled": None, "because": [], "seen": [None, None],
    }  # fmt: skip
