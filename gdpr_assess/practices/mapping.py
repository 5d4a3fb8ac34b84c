"""What the columns of a file mean: by `evidence.yaml`, by a vendor's format, or because they carry our names."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from phonenumbers import SUPPORTED_REGIONS
from pydantic import Field, ValidationError, field_validator

from gdpr_assess.issue import Issue, nearest
from gdpr_assess.law import iso
from gdpr_assess.model import Noun, Place
from gdpr_assess.practices.map_mistakes import Lines, entry_mistakes, key_mistake, mistake
from gdpr_assess.practices.readers.formats import format_names, known_headers, vendor_of, vendors
from gdpr_assess.practices.readers.times import is_zone
from gdpr_assess.practices.tables import TABLES, Table
from gdpr_assess.yamlfile import parse

MAP_NAME = "evidence.yaml"
__all__ = [
    "MAP_NAME",
    "EvidenceMap",
    "FileMap",
    "canonical",
    "known_headers",
    "plain",
    "read_map",
    "vendor_of",
    "vendors",
]


class FileMap(Noun):
    """How one export is read: `columns` is our name -> the file's name, `values` is our column -> its word -> ours.

    `format` names a vendor's format and overrides what the content looks like. `country` is that of numbers which
    carry no country code.
    """

    table: str | None = None
    format: str | None = None
    sheet: str | None = None
    ignore: bool = False
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    time_zone: str | None = None
    dates: Literal["dmy", "mdy"] | None = None
    country: str | None = None
    encoding: str | None = None

    @field_validator("table")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in TABLES:
            raise ValueError("no such table")
        return value

    @field_validator("format")
    @classmethod
    def _form(cls, value: str | None) -> str | None:
        if value is not None and value not in format_names():
            raise ValueError("no such format")
        return value

    @field_validator("country")
    @classmethod
    def _land(cls, value: str | None) -> str | None:
        if value is not None and iso(value) not in SUPPORTED_REGIONS:
            raise ValueError("no such country")
        return iso(value) if value is not None else None

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str | None) -> str | None:
        if value is not None and not is_zone(value):
            raise ValueError("no such time zone")
        return value


class EvidenceMap(Noun):
    """The whole of evidence.yaml: file name (or pattern) -> how it is read."""

    files: dict[str, FileMap] = Field(default_factory=dict)

    def of(self, name: str) -> FileMap | None:
        """Return the entry for a file: the exact name first, then the first pattern that fits."""
        exact = self.files.get(name)
        return exact or next((entry for pattern, entry in self.files.items() if fnmatchcase(name, pattern)), None)

    def fits(self, pattern: str, name: str) -> bool:
        """Tell whether an entry's name or pattern means a file."""
        return pattern == name or fnmatchcase(name, pattern)


def read_map(folder: Path, shown: str) -> tuple[EvidenceMap, list[Issue]]:
    """Return evidence.yaml (empty when there is none), and its mistakes: unknown columns are named with the nearest."""
    path = folder / MAP_NAME
    if not path.is_file():
        return EvidenceMap(), []
    try:
        data, lines = parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return EvidenceMap(), [Issue(code="files.yaml_not_utf8", place=Place(file=shown))]
    except ValueError as error:
        line, _, problem = str(error).partition(": ")
        place = Place(file=shown, row=int(line))
        return EvidenceMap(), [Issue(code="files.yaml_invalid", place=place, params={"problem": problem})]
    entries, issues = _entries(data if data is not None else {}, lines, shown)
    return EvidenceMap(files=entries), issues + _column_mistakes(entries, shown)


def _entries(data: Any, lines: Lines, shown: str) -> tuple[dict[str, FileMap], list[Issue]]:
    """Return the entries of all files without their wrong keys, so that one slip does not hide the rest."""
    if not isinstance(data, dict):
        return {}, [mistake("map_form", shown, (), lines, key=MAP_NAME)]
    issues = [key_mistake(shown, (key,), lines, ["files"]) for key in data if key != "files"]
    files = data.get("files")
    if files is None:
        return {}, issues
    if not isinstance(files, dict):
        return {}, [*issues, mistake("map_form", shown, ("files",), lines, key="files")]
    entries = {}
    for name, entry in files.items():
        if isinstance(entry, dict):
            known = {str(key): value for key, value in entry.items()}
            entries[str(name)], found = _entry(known, ("files", name), lines, shown)
            issues += found
        else:
            issues.append(mistake("map_form", shown, ("files", name), lines, key=str(name)))
    return entries, issues


def _entry(entry: dict[str, Any], above: tuple[str, str], lines: Lines, shown: str) -> tuple[FileMap, list[Issue]]:
    try:
        return FileMap.model_validate(entry), []
    except ValidationError as error:
        issues = list(entry_mistakes(error, entry, above, shown, lines, list(FileMap.model_fields)))
        wrong = {item["loc"][0] for item in error.errors()}
        return FileMap.model_validate({key: value for key, value in entry.items() if key not in wrong}), issues


def _column_mistakes(entries: dict[str, FileMap], shown: str) -> list[Issue]:
    issues: list[Issue] = []
    for name, entry in entries.items():
        if entry.table is None:
            continue
        allowed = TABLES[entry.table].names
        issues += [
            Issue(
                code="practices.map_column",
                place=Place(file=shown),
                params={"file": name, "column": column, "table": entry.table, "nearest": nearest(column, allowed)},
            )
            for column in (*entry.columns, *entry.values)
            if column not in allowed
        ]
    return issues


def plain(header: str) -> str:
    """Return a header in the form in which canonical names are compared."""
    return "_".join(header.strip().casefold().replace("-", " ").split())


def canonical(header: list[str], stem: str) -> Table | None:
    """Return the table whose columns a header carries: by the file's name where that fits, else by most columns."""
    names = {plain(cell) for cell in header}
    hits = {name: len(names & set(table.names)) for name, table in TABLES.items()}
    named = next((name for name in TABLES if plain(stem).startswith(name) and hits[name]), None)
    if named:
        return TABLES[named]
    best = max(hits.values())
    leaders = [name for name, count in hits.items() if count == best]
    own = [name for name in leaders if set(TABLES[name].key[:1]) <= names]
    choice = own or leaders
    enough = best >= 3 and best * 2 >= len([name for name in names if name])
    return TABLES[choice[0]] if enough and len(choice) == 1 else None
