"""Draws records of one export into a sheet for listening or reading: what the command and notebook 04 ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from gdpr_assess.issue import Issue, UserError, nearest
from gdpr_assess.masking import masked
from gdpr_assess.model import Intake, Place
from gdpr_assess.practices.drawing import At, Wanted, WrongChoice, chosen, draw, wanted
from gdpr_assess.practices.drawn_sheet import Sheet, write_sheet
from gdpr_assess.practices.evidence import read_evidence
from gdpr_assess.practices.evidence_files import FOLDER, exports_below, plain_name, shown_names
from gdpr_assess.practices.exports import FILE, Exports, file_and_sheet
from gdpr_assess.practices.questions import SAMPLED, Said, questions_of
from gdpr_assess.practices.readers.typed import ROW, day_flag
from gdpr_assess.practices.sampling import USUAL, precision_of, size_for
from gdpr_assess.workspace import ClientFolder, sha256

SAMPLES = "samples"
"""The folder below inputs/evidence for drawn sheets: filled in there, they are found by the next assessment."""
MOST = 5_000
"""Nobody listens to more calls than this; a larger number is a slip."""
_AT = {"calls": "started_at", "messages": "sent_at"}
_ID = {"calls": ("call_id",), "messages": ("message_id", "thread_id")}
_SHOWN_ANYHOW = (None, "direction", "channel", "customer_country")
_PLAIN_ID = re.compile(r"(?=.*\d)[\w.:/#-]{1,80}")
_NUMBER_LIKE = re.compile(r"(?:00|0|\+)\d{6,14}")


@dataclass(frozen=True)
class Request:
    """What to draw: `size` rows, or as many as a precision needs; without either, as many as five points need."""

    file: str
    table: str | None = None
    size: int | None = None
    precision: float | None = None
    seed: int = 1
    where: tuple[str, ...] = ()
    by: str | None = None
    asked: tuple[str, ...] = ()
    output: Path | None = None


@dataclass(frozen=True)
class Written:
    """Where a sheet was written, how many rows of how many records it holds, and how precise that is."""

    path: Path
    rows: int
    population: int
    precision: float
    carried: int


class Sampler:
    """The drawing of one client's records."""

    def __init__(self, folder: ClientFolder, intake: Intake, as_of: date) -> None:
        self._folder, self._intake, self._as_of = folder, intake, as_of

    def write(self, asked: Request, lang: str) -> Written:
        """Draw and write the sheet; raises UserError where that is not possible, and never writes over a file."""
        path = self._path_of(asked.file)
        name = path.relative_to(self._folder.evidence).as_posix()
        shown = shown_names(self._folder.evidence, exports_below(self._folder.evidence))[name]
        exports, _ = read_evidence(self._folder.evidence, self._intake, self._as_of)
        table, files = self._table_of(exports, shown, asked)
        try:
            of = wanted(table, asked.where, asked.by)
            population = exports.collect(chosen(exports, of, files).select(pl.len())).item()
        except WrongChoice as wrong:
            raise self._refused(wrong.code, shown, **wrong.params) from None
        if not population:
            raise self._refused("sample_nothing", shown)
        size = self._size(asked, population, shown)
        sha = sha256(path)
        target = asked.output or self._target(of, shown, asked.seed, min(size, population))
        if target.exists():
            raise self._refused("sample_exists", target.as_posix(), plain=True)
        drawn = draw(exports, of, files, sha, seed=asked.seed, size=size)
        before = dict(self._before(exports, table, frozenset(drawn.rows)))
        made = Sheet(
            of=of, drawn=drawn, file=shown, sha256=sha, seed=asked.seed, drawn_on=self._as_of,
            asked=self._questions(asked, table, shown), answers=before,
            records=self._records(exports, of, drawn.rows, drawn.groups),
        )  # fmt: skip
        write_sheet(target, made, lang)
        reached = precision_of(len(drawn.rows), population)
        return Written(target, len(drawn.rows), population, reached, len(before))

    def _refused(self, code: str, file: str, *, plain: bool = False, **params: Any) -> UserError:
        place = Place(file=file if plain else f"{FOLDER}/{file}")
        return UserError([Issue(code=f"practices.{code}", place=place, params=params)])

    def _path_of(self, stated: str) -> Path:
        """Return the file that was meant: a path, or a name below inputs/evidence as it is or as it is shown."""
        below = self._folder.evidence
        paths = exports_below(below) if below.is_dir() else []
        names = {path.relative_to(below).as_posix(): path for path in paths}
        given = Path(stated)
        for path in (given, self._folder.root / given):
            if path.is_file() and path.resolve() in {known.resolve() for known in paths}:
                return next(known for known in paths if known.resolve() == path.resolve())
        shown = {kept: names[name] for name, kept in shown_names(below, paths).items()}
        found = names.get(plain_name(stated)) or shown.get(plain_name(stated))
        if found is None:
            close = nearest(plain_name(stated), shown)
            raise self._refused("sample_no_file", plain_name(stated), nearest=close)
        return found

    def _table_of(self, exports: Exports, shown: str, asked: Request) -> tuple[str, list[str]]:
        """Return the table to draw from, and the file with its sheets as named in it."""
        keys = {
            name: [key for key in exports[name].files if file_and_sheet(key)[0] == f"{FOLDER}/{shown}"]
            for name in SAMPLED
        }
        given = [name for name in SAMPLED if keys[name] and asked.table in (None, name)]
        if not given:
            raise self._refused("sample_no_table", shown)
        if len(given) > 1:
            raise self._refused("sample_which_table", shown, allowed=given)
        return given[0], keys[given[0]]

    def _size(self, asked: Request, population: int, shown: str) -> int:
        try:
            size = asked.size if asked.size is not None else size_for(asked.precision or USUAL, population)
        except ValueError:
            raise self._refused("sample_precision", shown) from None
        if not 0 < size <= MOST:
            raise self._refused("sample_size", shown, count=size, most=MOST)
        return size

    def _questions(self, asked: Request, table: str, shown: str) -> tuple[str, ...]:
        known = questions_of(table)
        for name in asked.asked:
            if name not in known:
                close = nearest(name, known)
                raise self._refused("sample_no_question", shown, found=name, allowed=list(known), nearest=close)
        return asked.asked or tuple(known)

    def _target(self, of: Wanted, shown: str, seed: int, size: int) -> Path:
        stem = re.sub(r"[^\w.-]+", "_", Path(shown).name.split(".")[0])
        limits = "".join(f"-{column}-{value}" for column, value in of.where) + (f"-by-{of.by}" if of.by else "")
        named = stem if of.table in stem.casefold() else f"{stem}-{of.table}"
        return self._folder.evidence / SAMPLES / f"{named}{limits}-seed{seed}-n{size}.xlsx"

    def _before(self, exports: Exports, table: str, rows: frozenset[At]) -> Iterator[tuple[At, dict[str, Said]]]:
        """Yield what earlier sheets say of the same records."""
        for one in exports.listened:
            if one.table == table:
                for at in sorted(rows & set(one.answers)):
                    said = {name: answer for name, answer in one.answers[at].items() if answer is not None}
                    if said:
                        yield at, said

    def _records(
        self, exports: Exports, of: Wanted, rows: tuple[At, ...], groups: tuple[str, ...]
    ) -> dict[At, dict[str, str]]:
        """Return what of each record helps to find it: its id and time, never a name, number or text."""
        frame = pl.DataFrame(list(rows), schema={FILE: pl.String, ROW: pl.Int64}, orient="row")
        moment = _AT[of.table]
        kept = [*_ID[of.table], moment, day_flag(moment), "direction", "customer_country"]
        kept += ["channel"] if of.table == "messages" else []
        found = exports.collect(exports[of.table].rows.select(FILE, ROW, *kept).join(frame.lazy(), on=[FILE, ROW]))
        group = dict(zip(rows, groups, strict=True)) if of.by not in _SHOWN_ANYHOW else {}
        zone, records = ZoneInfo(self._intake.profile.time_zone), {}
        for row in found.iter_rows(named=True):
            at = (row[FILE], row[ROW])
            named = {"id": next((row[name] for name in _ID[of.table] if harmless_id(row[name])), None)}
            when = row[moment].astimezone(zone) if row[moment] else None
            told = when and when.strftime("%Y-%m-%d" if row[day_flag(moment)] else "%Y-%m-%d %H:%M:%S")
            named |= {"at": told, "direction": row["direction"], "country": row["customer_country"],
                      "channel": row.get("channel"), "group": group.get(at)}  # fmt: skip
            records[at] = {key: text for key, text in named.items() if text}
        return records


def harmless_id(text: str | None) -> bool:
    """Tell whether an id is one: it has digits and no blanks, and is neither an address nor a phone number."""
    if not text or _PLAIN_ID.fullmatch(text) is None or _NUMBER_LIKE.fullmatch(text):
        return False
    return masked(text) == text
