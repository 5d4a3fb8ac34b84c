"""The texts that `gdpr-assess lint` is given: files of one text, JSON lines, columns of tables, fields of exports."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click
from pydantic import ConfigDict, ValidationError

from gdpr_assess.cli.lint_export import Export
from gdpr_assess.cli.lint_progress import Bar
from gdpr_assess.issue import nearest
from gdpr_assess.lang import SOURCE, texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.masking import kept_names
from gdpr_assess.model import DataFrom, LegalBasis, Noun, WordingKind
from gdpr_assess.practices.proposing import may_be_said
from gdpr_assess.practices.readers.opening import sources
from gdpr_assess.practices.readers.recognising import meaning_of, stem_of
from gdpr_assess.practices.readers.source import Source, Unreadable
from gdpr_assess.wording.exported import COLUMNS
from gdpr_assess.wording.files import SUFFIXES, read_text

TABLES = (".csv", ".tsv", ".xlsx")
KNOWN = ("id", "language", "kind", "country", "basis", "data_from")

_NO_PLAIN_TEXT = ("%PDF-", "{\\rtf")
"""What files of PDF and RTF begin with, whose texts cannot be read as they are."""


class Line(Noun):
    """One text with what is known of it; further keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    text: str
    language: str | None = None
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None
    data_from: DataFrom | None = None


class Note(str):
    """What is said of a file and is no mistake in it."""

    __slots__ = ()


class RecordLine(Line):
    """A text out of records of conversations with customers: where it is may be said, its words may not."""


def lines(files: tuple[str, ...], as_json: bool, column: str | None, bar: Bar) -> Iterator[Line | str]:
    """Yield the texts, and a message for each one that cannot be read; raises ClickException for a whole file."""
    for name in files or ("-",):
        with bar.file(name):
            yield from _standard_input(as_json, bar) if name == "-" else _file(Path(name), column, bar)


def _file(path: Path, column: str | None, bar: Bar) -> Iterator[Line | str]:
    suffix = path.suffix.lower()
    if not path.is_file():
        raise click.ClickException(f"{path}: no such file")
    if suffix == ".jsonl":
        with path.open(encoding="utf-8-sig") as stream:
            yield from _guarded(stream, str(path), bar)
    elif suffix in TABLES:
        yield from _table(path, column, bar)
    elif suffix == ".json":
        yield from _export(path, bar)
    else:
        yield _document(path)


def _standard_input(as_json: bool, bar: Bar) -> Iterator[Line | str]:
    stream = click.open_file("-", encoding="utf-8-sig")
    if as_json:
        yield from _guarded(stream, "-", bar)
        return
    try:
        yield Line(id="-", text=stream.read())
    except UnicodeDecodeError:
        raise click.ClickException("-: not UTF-8 text") from None


def _guarded(stream: IO[str], name: str, bar: Bar) -> Iterator[Line | str]:
    try:
        for number, raw in enumerate(stream, start=1):
            bar.add(raw)
            if raw.strip():
                line = parsed(raw)
                yield f"{name}:{number}: {line}" if isinstance(line, str) else line
    except UnicodeDecodeError:
        raise click.ClickException(f"{name}: not UTF-8 text") from None


def parsed(raw: str) -> Line | str:
    """Return a JSON line as a text, or what is wrong with it."""
    try:
        data: Any = json.loads(raw)
        if isinstance(data, dict) and isinstance(data.get("id"), int):
            data["id"] = str(data["id"])
        return Line.model_validate(data)
    except ValidationError as error:
        return _wrong(error, "line")
    except (json.JSONDecodeError, RecursionError):
        return "not a JSON object"


def _wrong(error: ValidationError, whole: str) -> str:
    first = error.errors(include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or whole}: {first['msg']}"


def _document(path: Path) -> Line | str:
    """Return a file as one text; one of an unknown type is read as plain text."""
    if path.suffix.lower() in SUFFIXES:
        text, issues = read_text(path, str(path))
        return Line(id=str(path), text=text) if text is not None else f"{path}: {issue_text(issues[0], SOURCE)}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path}: not UTF-8 text") from None
    if text.startswith(_NO_PLAIN_TEXT):
        raise click.ClickException(f"{path}: cannot be read; texts are {', '.join(SUFFIXES)} files")
    return Line(id=str(path), text=text)


def _table(path: Path, column: str | None, bar: Bar) -> Iterator[Line | str]:
    """Yield a text per row of a table; the columns in `KNOWN` are used."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            for source in sources(path, None, Path(scratch)):
                yield from _rows(path, source, column, bar)
        except Unreadable as problem:
            raise click.ClickException(f"{path}: cannot be read as a table ({problem.code})") from None


def _rows(path: Path, source: Source, column: str | None, bar: Bar) -> Iterator[Line | str]:
    names = {name.strip().casefold(): name for name in source.header}
    chosen = names.get(column.casefold()) if column else next((names[c] for c in COLUMNS if c in names), None)
    place = f"{path}:{kept_names([source.sheet])[source.sheet]}" if source.sheet else str(path)
    if chosen is None:
        # in a file without headings people stand in the first row
        shown = [name for name, theirs in names.items() if may_be_said(theirs.strip())]
        close = nearest(column or COLUMNS[0], shown)
        hint = f"; nearest: {close!r}" if close else ""
        listed = ", ".join(shown) or "none of its headings is known"
        raise click.ClickException(
            f"{place}: no column {column or ' or '.join(COLUMNS)!r}{hint}; name one with --column: {listed}"
        )
    meaning = meaning_of(source, stem_of(path), None)
    form = RecordLine if meaning and {"calls", "messages"} & {part.table for part in meaning.parts} else Line
    others = [name for name in KNOWN if name in names]
    whole = source.header if bar.shown and source.form == "csv" else ()  # the bytes of a workbook are packed
    for number, cells in source.rows([chosen, *(names[name] for name in others), *whole]):
        bar.add(*cells[len(others) + 1 :])
        known = {name: value for name, value in zip(others, cells[1:], strict=False) if value}
        if cells[0] and cells[0].strip():
            try:
                yield form(**{"id": f"{place}:{number}", "text": cells[0], **known})
            except ValidationError as error:
                yield f"{place}:{number}: {_wrong(error, 'row')}"
    for problem in source.problems if source.bad_rows else ():  # formulas in other columns are no matter here
        if problem.rows and not problem.warning:
            at = ", ".join(map(str, problem.rows))
            said = texts(SOURCE)(f"issues_practices.{problem.code}", count=problem.count, **problem.params)
            yield f"{place}:{at}: {said}"


def _export(path: Path, bar: Bar) -> Iterator[Line | str]:
    """Yield the wordings in a vendor's JSON export, named by file, record and field; then what was not read."""
    export = Export(path)
    for number, item in export.texts():
        bar.to(export.at)
        form = RecordLine if item.field.conversation else Line
        yield form(id=f"{path}#{number}:{item.where}", text=item.text, kind=item.field.kind)
    yield from (Note(f"{path}: {unread}") for unread in export.unread())
    yield from (f"{path}: {problem}" for problem in export.problems())
