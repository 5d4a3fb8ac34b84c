"""What the columns of a file mean: by `evidence.yaml`, by a vendor's format, or because they carry our names."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import Issue, nearest
from gdpr_assess.model import Noun, Place
from gdpr_assess.practices.tables import TABLES, Table
from gdpr_assess.yamlfile import load, read

VENDORS = PACKAGE / "practices" / "readers"
MAP_NAME = "evidence.yaml"


class FileMap(Noun):
    """How one export is read: `columns` is our name -> the file's name, `values` is our column -> its word -> ours."""

    table: str | None = None
    sheet: str | None = None
    ignore: bool = False
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    time_zone: str | None = None
    dates: Literal["dmy", "mdy"] | None = None
    encoding: str | None = None

    @field_validator("table")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in TABLES:
            close = nearest(value, TABLES)
            raise ValueError(
                f"no such table; allowed: {', '.join(TABLES)}" + (f"; did you mean {close}?" if close else "")
            )
        return value


class EvidenceMap(Noun):
    """The whole of evidence.yaml: file name (or pattern) -> how it is read."""

    files: dict[str, FileMap] = Field(default_factory=dict)

    def of(self, name: str) -> FileMap | None:
        """Return the entry for a file: the exact name first, then the first pattern that fits."""
        exact = self.files.get(name)
        return exact or next((entry for pattern, entry in self.files.items() if fnmatchcase(name, pattern)), None)


class Vendor(Noun):
    """A vendor's flat table: recognised when all of `recognise` are among the headers."""

    vendor: str
    table: str
    recognise: tuple[str, ...] = Field(min_length=2)
    columns: dict[str, str]
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    time_zone: str | None = None
    verified: bool
    source: str


def read_map(folder: Path, shown: str) -> tuple[EvidenceMap, list[Issue]]:
    """Return evidence.yaml (empty when there is none), and its mistakes: unknown columns are named with the nearest."""
    path = folder / MAP_NAME
    if not path.is_file():
        return EvidenceMap(), []
    found, issues = read(path, EvidenceMap, shown)
    if found is None:
        return EvidenceMap(), issues
    for name, entry in found.files.items():
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
    return found, issues


@cache
def vendors() -> tuple[Vendor, ...]:
    """Return every vendor's flat format."""
    return tuple(load(path, Vendor) for path in sorted(VENDORS.glob("*.yaml")))


def known_headers() -> frozenset[str]:
    """Return every header that some table or vendor uses, folded; helps to find the delimiter."""
    ours = {name for table in TABLES.values() for name in table.names}
    theirs = {name.casefold() for vendor in vendors() for name in vendor.columns.values()}
    return frozenset(ours | theirs)


def plain(header: str) -> str:
    """Return a header in the form in which canonical names are compared."""
    return "_".join(header.strip().casefold().replace("-", " ").split())


def vendor_of(header: list[str]) -> Vendor | None:
    """Return the vendor's format that a header has, the most demanding first."""
    names = set(header)
    fitting = [vendor for vendor in vendors() if set(vendor.recognise) <= names]
    return max(fitting, key=lambda vendor: len(vendor.recognise), default=None)


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
