"""Reads the evidence folder: every file, recognised by content, into canonical tables; nothing leaves unsaid."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from gdpr_assess.issue import Issue
from gdpr_assess.law import iso
from gdpr_assess.model import Evidence, Intake, Place
from gdpr_assess.practices.exports import (
    AS_OF,
    AS_OF_DAY,
    FILE,
    EvidenceTable,
    Exports,
    Fact,
    absent,
    file_and_sheet,
    file_key,
    schema_of,
)
from gdpr_assess.practices.lost import Losses, stated_differently
from gdpr_assess.practices.map_mistakes import unknown_files
from gdpr_assess.practices.mapping import MAP_NAME, EvidenceMap, FileMap, plain, read_map
from gdpr_assess.practices.readers.opening import sources
from gdpr_assess.practices.readers.recognising import frames, meaning_of, stem_of, without_doubles
from gdpr_assess.practices.readers.source import Problem, Problems, Source, Unreadable
from gdpr_assess.practices.readers.times import is_zone
from gdpr_assess.practices.readers.typed import UPDATED, Reading, typed
from gdpr_assess.practices.reconcile import reconciled
from gdpr_assess.practices.records import FORM, current
from gdpr_assess.practices.tables import MOMENT, TABLES

FOLDER = "inputs/evidence"
Part = tuple[str, pl.DataFrame, Fact]


class FolderReading:
    """The reading of one client's folder: what it needs to know, and what it finds."""

    def __init__(self, folder: Path, intake: Intake, as_of: date) -> None:
        self._folder, self._as_of = folder, as_of
        self._profile = intake.profile
        self._index = {_name(entry.file): entry for entry in intake.evidence}
        self._intake = intake
        self._seen: set[str] = set()
        self.issues: list[Issue] = []
        self._map = EvidenceMap()
        self._losses = Losses()

    def read(self) -> Exports:
        """Read everything and return the tables."""
        parts: list[Part] = []
        if self._folder.is_dir():
            self._map, issues = read_map(self._folder, f"{FOLDER}/{MAP_NAME}")
            self.issues += issues
            for path in sorted(self._folder.rglob("*")):
                if path.is_file() and path.name != MAP_NAME and not path.name.startswith((".", "~$")):
                    parts += self._file(path)
            there = sorted(self._seen)
            unfound = [name for name in self._map.files if not any(self._map.fits(name, file) for file in there)]
            self.issues += unknown_files(self._map.files, unfound, there, f"{FOLDER}/{MAP_NAME}")
        self._missing()
        self._losses.emptied((table, frame.height, fact) for table, frame, fact in parts)
        exports = self._together(parts)
        self._compare(exports.facts)
        return exports

    def _compare(self, facts: Iterable[Fact]) -> None:
        for file, read, stated in stated_differently(list(facts)):
            code, name = ("rows_differ" if read else "rows_none"), file.removeprefix(f"{FOLDER}/")
            self._say(code, name, warning=read > 0, count=read, stated=stated)

    def _missing(self) -> None:
        for number, entry in enumerate(self._intake.evidence):
            if _name(entry.file) not in self._seen:
                place = self._intake.place(f"evidence/{number}")
                self.issues.append(Issue(code="practices.file_missing", place=place, params={"file": entry.file}))

    def _file(self, path: Path) -> list[Part]:
        name = path.relative_to(self._folder).as_posix()
        self._seen.add(name)
        given = self._map.of(name)
        if given is not None and given.ignore:
            self._say("file_ignored", name, warning=True)
            return []
        entry = self._index.get(name)
        found: list[Part] = []
        try:
            with tempfile.TemporaryDirectory() as scratch:
                opened = sources(path, given.encoding if given else None, Path(scratch))
                found = [part for source in opened for part in self._source(source, path, name, given, entry)]
        except Unreadable as error:
            self._say(error.code, name, row=error.row, **error.params)
        except OSError:
            self._say("not_readable", name)
        file = f"{FOLDER}/{name}"
        if not found:
            self._losses.unread(file, stem_of(path), given)
            if not any(issue.place.file == file and issue.level == "error" for issue in self.issues):
                self._say("not_recognised", name)
        elif entry is None:
            self._say("not_indexed", name, warning=True)
        return found

    def _source(
        self, source: Source, path: Path, name: str, given: FileMap | None, entry: Evidence | None
    ) -> list[Part]:
        use = given if given is None or given.sheet in (None, source.sheet) else None
        meaning = meaning_of(source, stem_of(path), use)
        if meaning is None:
            return []
        if meaning.nested is not None and not meaning.columns:
            self._say("not_useful", name, format=meaning.form)
            return []
        for column in without_doubles(source, meaning):
            self._say("header_twice", name, row=1, column=column)
        for column in sorted(_absent_in(source, use)):
            self._say("map_absent", name, row=1, column=column)
        reading = self._reading(name, entry, use, meaning.zone, meaning.values)
        parts = []
        for table, text in frames(source, meaning).items():
            problems = Problems()
            frame = self._typed(text, table, reading, problems)
            self._problems([*source.problems, *problems], name, source.sheet)
            fact = self._fact(name, table, meaning.form, source, frame, entry)
            present = [column for column in TABLES[table].names if column in text.columns]
            missing = [column for column in TABLES[table].names if column not in text.columns]
            fact |= {"columns": present, "missing": missing, "unused": _harmless(meaning.unused)}
            parts.append((table, frame, fact))
        return parts

    def _typed(self, text: pl.DataFrame, table: str, reading: Reading, problems: Problems) -> pl.DataFrame:
        frame = typed(text, TABLES[table], reading, problems)
        updated = (
            text[UPDATED]
            if UPDATED in text.columns
            else pl.Series(UPDATED, [None], dtype=pl.String).new_from_index(0, len(text))
        )
        return frame.with_columns(updated)

    def _reading(
        self,
        name: str,
        entry: Evidence | None,
        given: FileMap | None,
        zone: str | None,
        values: dict[str, dict[str, str]],
    ) -> Reading:
        stated = (entry.time_zone if entry else None) or (given.time_zone if given else None) or zone
        client = self._profile.time_zone
        if stated is not None and not is_zone(stated):
            self._say("bad_zone", name, zone=stated)
            stated = None
        order = given.dates if given else None
        region = iso(self._profile.main_country)
        return Reading(stated or client, client, region, stated is None, order, values)

    def _fact(
        self, name: str, table: str, form: str, source: Source, frame: pl.DataFrame, entry: Evidence | None
    ) -> Fact:
        extracted, is_day = self._extracted(entry)
        return {
            "file": f"{FOLDER}/{name}",
            "table": table,
            "format": form,
            "sheet": source.sheet,
            "rows": frame.height + source.bad_rows,
            "bad_rows": source.bad_rows,
            "extracted_at": extracted.date().isoformat() if is_day else extracted.isoformat(),
            "extracted_is_day": is_day,
            "extracted_at_default": entry is None or entry.extracted_at is None,
            "indexed": entry is not None,
            "covers": _period(entry),
            "filter": entry.filter if entry else None,
            "stated_rows": entry.stated_rows if entry else None,
            "basis": entry.basis if entry else None,
        }

    def _extracted(self, entry: Evidence | None) -> tuple[datetime, bool]:
        zone = ZoneInfo(self._profile.time_zone)
        moment = entry.extracted_at if entry else None
        if moment is None:
            return datetime.combine(self._as_of, time(), zone), True
        is_day = moment.time() == time() and moment.tzinfo is None
        local = (
            ZoneInfo(entry.time_zone) if entry and entry.time_zone and is_zone(entry.time_zone) and not is_day else zone
        )
        return (moment if moment.tzinfo else moment.replace(tzinfo=local)), is_day

    def _together(self, parts: list[Part]) -> Exports:
        tables: dict[str, EvidenceTable] = {}
        facts: list[Fact] = []
        records: dict[str, int] = {}
        heights: dict[str, int] = {}
        for _, _, fact in parts:  # a nested export fills several tables; its total is that of the fullest
            records[file_key(fact)] = max(records.get(file_key(fact), 0), fact["rows"])
        for name, table in TABLES.items():
            mine = [(frame, fact) for part, frame, fact in parts if part == name]
            if not mine:
                tables[name] = absent(table)
                continue
            whole = pl.concat([self._marked(frame, fact) for frame, fact in mine])
            kept, problems = current(whole, table, self._profile.time_zone)
            for file, found in problems:
                whole_name, sheet = file_and_sheet(file)
                self._problems(found, whole_name.removeprefix(f"{FOLDER}/"), sheet)
            for frame, fact in mine:
                total = records[file_key(fact)]
                facts.append(fact | reconciled(frame, table, fact | {"rows": total}, self._profile.time_zone))
            present = {
                column: frozenset(file_key(fact) for _, fact in mine if column in fact["columns"])
                for column in table.names
            }
            files = tuple(file_key(fact) for _, fact in mine)
            tables[name] = EvidenceTable(table, kept.select(list(schema_of(table))), present, files)
            heights[name] = whole.height
        return Exports(tables, tuple(facts), self._losses.of(tables, heights))

    def _marked(self, frame: pl.DataFrame, fact: Fact) -> pl.DataFrame:
        moment = datetime.fromisoformat(fact["extracted_at"])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self._profile.time_zone))
        return frame.with_columns(
            pl.lit(file_key(fact)).alias(FILE),
            pl.lit(moment.astimezone(UTC)).cast(MOMENT).alias(AS_OF),
            pl.lit(bool(fact["extracted_is_day"])).alias(AS_OF_DAY),
            pl.lit(fact["format"]).alias(FORM),
        )

    def _problems(self, found: Iterable[Problem], name: str, sheet: str | None) -> None:
        for problem in found:
            details = {"count": problem.count, "rows": problem.rows} if problem.count or problem.rows else {}
            row = problem.rows[0] if problem.rows else None
            self._say(problem.code, name, row=row, sheet=sheet, warning=problem.warning, **problem.params, **details)

    def _say(
        self,
        code: str,
        name: str,
        *,
        row: int | None = None,
        sheet: str | None = None,
        warning: bool = False,
        **params: Any,
    ) -> None:
        place = Place(file=f"{FOLDER}/{name}", sheet=sheet, row=row)
        level = "warning" if warning else "error"
        self.issues.append(Issue(code=f"practices.{code}", place=place, params=params, level=level))


def _name(stated: str) -> str:
    return stated.strip().replace("\\", "/").removeprefix(f"{FOLDER}/").removeprefix("evidence/")


def _period(entry: Evidence | None) -> list[str | None] | None:
    if entry is None or (entry.covers_from is None and entry.covers_to is None):
        return None
    return [day.isoformat() if day else None for day in (entry.covers_from, entry.covers_to)]


def _absent_in(source: Source, given: FileMap | None) -> set[str]:
    names = set(source.header)
    return (
        {theirs for theirs in given.columns.values() if theirs not in names and theirs[:1] != "$"} if given else set()
    )


def _harmless(headers: list[str]) -> list[str]:
    """Return headers that are plainly names of columns; a file without a header would show a person's data here."""
    return sorted({name for name in headers if 0 < len(name) <= 40 and plain(name).replace("_", "").isalpha()})


def read_evidence(folder: Path, intake: Intake, as_of: date) -> tuple[Exports, list[Issue]]:
    """Return the tables of everything in the evidence folder, and every issue met on the way."""
    reading = FolderReading(folder, intake, as_of)
    exports = reading.read()
    return exports, reading.issues
