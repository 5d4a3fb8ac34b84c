"""Reads the evidence folder: every file, recognised by content, into canonical tables; nothing leaves unsaid."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from tqdm import tqdm

from gdpr_assess.issue import Issue
from gdpr_assess.law import iso
from gdpr_assess.masking import kept_names
from gdpr_assess.model import Evidence, Intake, Place
from gdpr_assess.practices.drawn_read import Filled, is_drawn, read_filled
from gdpr_assess.practices.evidence_files import FOLDER, exports_below, shown_names
from gdpr_assess.practices.evidence_files import plain_name as _name
from gdpr_assess.practices.exports import EvidenceTable, Exports, Fact, absent, file_and_sheet, file_key
from gdpr_assess.practices.facts import extracted, fact_of, own_domains
from gdpr_assess.practices.linking import linked
from gdpr_assess.practices.listening import Listening, fact_of_sheet
from gdpr_assess.practices.lost import Losses, stated_differently
from gdpr_assess.practices.map_mistakes import unknown_files
from gdpr_assess.practices.mapping import MAP_NAME, EvidenceMap, FileMap, read_map
from gdpr_assess.practices.readers.bare_list import BareList
from gdpr_assess.practices.readers.framing import frames
from gdpr_assess.practices.readers.large import typed_parts
from gdpr_assess.practices.readers.opening import sources
from gdpr_assess.practices.readers.recognising import Meaning, meaning_of, mistakes, stem_of, unmeant
from gdpr_assess.practices.readers.slices import Slices
from gdpr_assess.practices.readers.source import Hints, Problem, Problems, Source, Unreadable
from gdpr_assess.practices.readers.times import is_zone
from gdpr_assess.practices.readers.typed import AUTHOR, CUSTOMER, OPENING, UPDATED, Reading, typed
from gdpr_assess.practices.reconcile import reconciled
from gdpr_assess.practices.stored import Rows, Scratch, Text
from gdpr_assess.practices.tables import LINKS, READ, TABLES
from gdpr_assess.practices.whole import shown, together

Part = tuple[str, Rows, Fact]


class FolderReading:
    """The reading of one client's folder: what it needs to know, and what it finds."""

    def __init__(self, folder: Path, intake: Intake, as_of: date) -> None:
        self._folder, self._as_of = folder, as_of
        self._profile = intake.profile
        self._index = {_name(entry.file): entry for entry in intake.evidence}
        self._intake = intake
        self._zone = ZoneInfo(self._profile.time_zone)
        self._seen: set[str] = set()
        self._shown: dict[str, str] = {}
        self._sheets: dict[str, str] = {}
        self.issues: list[Issue] = []
        self._map = EvidenceMap()
        self._losses = Losses()
        self._filled: list[Filled] = []
        self._scratch = Scratch()

    def read(self) -> Exports:
        """Read everything and return the tables."""
        parts: list[Part] = []
        if self._folder.is_dir():
            self._map, issues = read_map(self._folder, f"{FOLDER}/{MAP_NAME}")
            self.issues += issues
            paths = exports_below(self._folder)
            self._shown = shown_names(self._folder, paths)
            for path in paths:
                parts += self._file(path)
            there = sorted(self._seen)
            unfound = [name for name in self._map.files if not any(self._map.fits(name, file) for file in there)]
            self.issues += unknown_files(self._map.files, unfound, there, f"{FOLDER}/{MAP_NAME}")
        self._missing()
        self._losses.emptied((table, frame.height, fact) for table, frame, fact in parts)
        exports = self._together(parts)
        self._compare(exports.facts)
        exports = self._heard(exports)
        self.issues = [self._without_names(issue) for issue in self.issues]
        return exports

    def _heard(self, exports: Exports) -> Exports:
        """Add what people heard in drawn records, held against the exports that these were drawn from."""
        if not self._filled:
            return exports
        listening = Listening(self._folder, exports)
        heard, day = listening.of(self._filled), self._as_of.isoformat()
        self.issues += listening.issues
        facts = tuple(fact_of_sheet(sheet, day) for sheet in self._filled)
        return replace(exports, facts=(*exports.facts, *facts), listened=heard)

    def _without_names(self, issue: Issue) -> Issue:
        """Return an issue that says the names of files as a run may keep them."""
        said = {key: self._kept(issue.params[key]) for key in ("file", "nearest") if issue.params.get(key)}
        return issue.model_copy(update={"params": issue.params | said})

    def _kept(self, name: str) -> str:
        return self._shown.get(_name(name)) or kept_names([name])[name]

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
        bare = False
        try:
            with tempfile.TemporaryDirectory() as scratch:
                hints = Hints(own_domains(self._profile), given.dates if given else None)
                opened = sources(path, given.encoding if given else None, Path(scratch), hints)
                self._sheets = kept_names(source.sheet for source in opened if source.sheet)
                if is_drawn(opened):
                    self._filled.append(read_filled(opened, f"{FOLDER}/{self._shown[name]}"))
                    return []
                bare = any(source.form == BareList.form for source in opened)
                found = [part for source in opened for part in self._source(source, path, name, given, entry)]
        except Unreadable as error:
            self._say(error.code, name, row=error.row, **error.params)
        except OSError:
            self._say("not_readable", name)
        file = f"{FOLDER}/{self._shown[name]}"
        if not found:
            self._losses.unread(file, stem_of(path), given)
            if not any(issue.place.file == file and _says_why(issue) for issue in self.issues):
                self._say("bare_list" if bare else "not_recognised", name)
        elif entry is None:
            self._say("not_indexed", name, warning=True)
        return found

    def _source(
        self, source: Source, path: Path, name: str, given: FileMap | None, entry: Evidence | None
    ) -> list[Part]:
        if (broken := getattr(source, "broken", None)) is not None:
            self._say(broken.code, name, row=broken.row, sheet=source.sheet, **broken.params)
            return []
        use = given if given is None or given.sheet in (None, source.sheet) else None
        meaning = meaning_of(source, stem_of(path), use)
        if meaning is None:
            if use is not None and use.format:
                self._say("format_not_fitting", name, format=use.format)
            elif (problem := unmeant(source)) is not None:
                self._problems([problem], name, source.sheet)
            return []
        self._problems(mistakes(source, meaning, use), name, source.sheet)
        for table in meaning.lost:
            self._losses.unreadable.setdefault(table, []).append(f"{FOLDER}/{self._shown[name]}")
        if not meaning.parts:
            return []
        reading = self._reading(name, entry, use, meaning.zone, meaning.values)
        parts: list[Part] = []
        slices = Slices(source)
        texts, records = self._texts(slices, meaning, name)
        self._problems(slices.problems, name, source.sheet)
        if not (records or slices.read.bad_rows or (entry and entry.stated_rows is not None)):
            self._say("no_rows", name, sheet=source.sheet, warning=True)
        for table, text in texts.items():
            problems = Problems()
            frame = self._rows(text, table, reading, problems)
            self._problems(problems, name, source.sheet)
            when = extracted(entry, self._as_of, self._zone)
            fact = fact_of(f"{FOLDER}/{self._shown[name]}", table, meaning.form, slices.read, frame.height, entry, when)
            present = [column for column in READ[table].names if column in text.columns]
            missing = [column for column in READ[table].names if column not in text.columns]
            fact |= {"columns": present, "missing": missing, "unused": len(meaning.unused)}
            fact["sheet"] = source.sheet and self._sheets[source.sheet]
            fact["records"] = records + slices.read.bad_rows
            parts.append((table, frame, fact))
        return parts

    def _texts(self, slices: Slices, meaning: Meaning, name: str) -> tuple[dict[str, Text], int]:
        """Return the text of every table of a source, and how many records were read."""
        texts: dict[str, Text] = {}
        records = 0
        with tqdm(desc=self._shown[name], unit=" rows", leave=False, disable=None, delay=2) as bar:
            for part in slices:
                tables, read = frames(part, meaning)
                for table, text in tables.items():
                    texts.setdefault(table, Text(self._scratch)).add(text)
                records += read
                bar.update(read)
        return texts, records

    def _rows(self, text: Text, table: str, reading: Reading, problems: Problems) -> Rows:
        if text.stored is None:
            assert text.frame is not None
            return self._typed(text.frame, table, reading, problems)
        made = typed_parts(
            text.stored, READ[table], reading, lambda frame, said, met: self._typed(frame, table, said, met), problems
        )
        linked_up = table in LINKS or {AUTHOR, CUSTOMER, OPENING} & set(made.columns)
        return made.lazy().collect() if linked_up else made  # links are followed in memory

    def _typed(self, text: pl.DataFrame, table: str, reading: Reading, problems: Problems) -> pl.DataFrame:
        frame = typed(text, READ[table], reading, problems)
        if UPDATED not in text.columns:
            text = text.with_columns(pl.lit(None, pl.String).alias(UPDATED))
        return frame.with_columns(text[name] for name in (UPDATED, AUTHOR, CUSTOMER, OPENING) if name in text.columns)

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
        own = given.country if given else None
        region = own or iso(self._profile.main_country)
        return Reading(stated or client, client, region, stated is None, order, values, region_assumed=own is None)

    def _together(self, parts: list[Part]) -> Exports:
        tables: dict[str, EvidenceTable] = {}
        facts: list[Fact] = []
        records: dict[str, int] = {}
        heights: dict[str, int] = {}
        for _, _, fact in parts:  # what was stated is a number of records; an export may fill several tables
            records[file_key(fact)] = max(records.get(file_key(fact), 0), fact["records"])
        links = parts
        parts, told = linked(parts)
        for fact, problem in told:
            self._problems([problem], fact["file"].removeprefix(f"{FOLDER}/"), fact["sheet"])
        for name, table in TABLES.items():
            mine = [(frame, fact) for part, frame, fact in parts if part == name]
            if not mine:
                tables[name] = absent(table)
                continue
            for frame, fact in mine:
                total = records[file_key(fact)]
                days = shown(frame, table)
                facts.append(fact | reconciled(days, table, fact | {"rows": total}, self._profile.time_zone))
            heights[name] = sum(frame.height for frame, _ in mine)
            kept, height, problems = together(mine, table, self._zone)
            for file, found in problems:
                whole_name, sheet = file_and_sheet(file)
                self._problems(found, whole_name.removeprefix(f"{FOLDER}/"), sheet)
            present = {
                column: frozenset(file_key(fact) for _, fact in mine if column in fact["columns"])
                for column in table.names
            }
            files = tuple(file_key(fact) for _, fact in mine)
            tables[name] = EvidenceTable(table, kept, present, files, height)
        facts += [fact | {"reconciled": None, "because": []} for table, _, fact in links if table in LINKS]
        return Exports(tables, tuple(facts), self._losses.of(tables, heights), self._scratch)

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
        sheet = self._sheets.get(sheet, sheet) if sheet else None
        place = Place(file=f"{FOLDER}/{self._shown.get(name, name)}", sheet=sheet, row=row)
        level = "warning" if warning else "error"
        self.issues.append(Issue(code=f"practices.{code}", place=place, params=params, level=level))


def _says_why(issue: Issue) -> bool:
    """Tell whether an issue says why nothing is read of a file."""
    return issue.level == "error" or issue.code == "practices.never_subscribed"


def read_evidence(folder: Path, intake: Intake, as_of: date) -> tuple[Exports, list[Issue]]:
    """Return the tables of everything in the evidence folder, and every issue met on the way."""
    reading = FolderReading(folder, intake, as_of)
    exports = reading.read()
    return exports, reading.issues
