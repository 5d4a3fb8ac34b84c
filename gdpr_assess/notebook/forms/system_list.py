"""A list of systems as CSV: columns known by heading, rows judged as the form's are, compared with what is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gdpr_assess.intake.cells import MAX_ROWS
from gdpr_assess.intake.layout import SHEETS, sheet
from gdpr_assess.intake.words import field_labels, fold, split
from gdpr_assess.issue import Issue, nearest
from gdpr_assess.lang import texts
from gdpr_assess.model import Place, System
from gdpr_assess.notebook.forms.typed import Mistake, Sheets, Typed, columns_of, judge, typed_noun
from gdpr_assess.practices.readers.delimited import Delimited
from gdpr_assess.practices.readers.source import Problem, Unreadable

MOST_BYTES = 20_000_000
_KEPT = ("profile", "sites", "partners")
"""What a row of the list may be at odds with: ids that are taken, operators that it names."""
_TRUTH = {"true": "yes", "false": "no"}
"""How spreadsheets write yes and no into CSV."""


@dataclass(frozen=True)
class Listed:
    """A row that is right: the entry as typed, and the fields that the list itself says."""

    row: int
    entry: Typed
    given: tuple[str, ...]


@dataclass(frozen=True)
class SystemList:
    """What a file says: its right rows, every mistake, how many rows were left out, and headings that are not ours."""

    file: str
    rows: tuple[Listed, ...] = ()
    issues: tuple[Issue, ...] = ()
    left_out: int = 0
    not_ours: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True)
class Difference:
    """A row whose id is there already: where it stands in the form, and old and new text by field."""

    at: int
    fields: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Comparison:
    """The rows of a list against the entries of the form: new ones, differing ones, and how many say nothing new."""

    new: tuple[Typed, ...] = ()
    different: tuple[Difference, ...] = ()
    same: int = 0

    def merged(self, entries: Sequence[Typed], *, replace: bool) -> list[Typed]:
        """Return the entries with the new ones; with `replace`, what the list says takes the place of what differs."""
        merged = [dict(entry) for entry in entries]
        for found in self.different if replace else ():
            merged[found.at] |= {name: new for name, (_, new) in found.fields.items()}
        return merged + [dict(entry) for entry in self.new]


def compare(rows: Sequence[Listed], entries: Sequence[Typed]) -> Comparison:
    """Compare a list with the form by id; cells that the list leaves empty say nothing."""
    known = {_plain_id(entry): at for at, entry in enumerate(entries)}
    new, different, same = list[Typed](), list[Difference](), 0
    for row in rows:
        at = known.get(_plain_id(row.entry))
        if at is None:
            new.append(row.entry)
            continue
        pairs = {name: (entries[at].get(name, ""), row.entry[name]) for name in row.given if name != "id"}
        changed = {name: pair for name, pair in pairs.items() if not _alike(name, *pair)}
        different += [Difference(at, changed)] if changed else []
        same += not changed
    return Comparison(tuple(new), tuple(different), same)


def _alike(name: str, old: str, new: str) -> bool:
    """Tell whether two texts say the same; several values in a cell have no order."""
    return old == new or (sheet("systems").column(name).many and set(split(old)) == set(split(new)))


def _plain_id(entry: Mapping[str, str]) -> str:
    return unicodedata.normalize("NFKC", entry.get("id", "")).strip().casefold()


def read_list(path: Path, shown: str, sheets: Sheets, lang: str) -> SystemList:
    """Read a file; `shown` is its name in messages, `sheets` the intake as typed that its rows must fit."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return _refused(shown, "intake.too_large", size=path.stat().st_size // 1_000_000,
                            most=MOST_BYTES // 1_000_000)  # fmt: skip
        source = Delimited(path, frozenset(field_labels("systems")))
        return _rows(source, shown, sheets, lang)
    except Unreadable as error:
        part = "forms" if error.code == "not_text" else "practices"
        return _refused(shown, f"{part}.{error.code}", **error.params)
    except OSError:
        return _refused(shown, "practices.not_readable")


def _refused(shown: str, code: str, **params: object) -> SystemList:
    return SystemList(shown, issues=(Issue(code=code, place=Place(file=shown), params=params),))


def _rows(source: Delimited, shown: str, sheets: Sheets, lang: str) -> SystemList:
    fields, issues, not_ours = _headings(source.header, shown, lang)
    lines = []
    for row, cells in source.rows(source.header):
        if row > MAX_ROWS:
            issues.append(Issue(code="intake.beyond", place=Place(file=shown, row=row)))
            break
        lines.append((row, {name: _typed(name, cells[at]) for at, name in fields.items() if (cells[at] or "").strip()}))
    lines = [(row, entry) for row, entry in lines if entry]
    issues += [_unread(problem, shown) for problem in source.problems]
    rows: tuple[Listed, ...] = ()
    if not any(issue.code == "intake.column_missing" for issue in issues):
        rows, wrong = _judged(lines, shown, sheets, lang)
        issues += wrong
    return SystemList(shown, rows, tuple(issues), len(lines) - len(rows) + source.bad_rows, not_ours,
                      source.encoding, source.delimiter)  # fmt: skip


def _typed(name: str, cell: str | None) -> str:
    text = (cell or "").strip()
    return _TRUTH.get(text.casefold(), text) if sheet("systems").column(name).kind == "bool" else text


def _headings(header: list[str], shown: str, lang: str) -> tuple[dict[int, str], list[Issue], tuple[str, ...]]:
    """Return the field of each column, what is wrong with the headings, and those that are not ours."""
    labels, fields = field_labels("systems"), dict[int, str]()
    place, issues, not_ours = Place(file=shown, row=1), list[Issue](), list[str]()
    for at, heading in enumerate(header):
        name = labels.get(fold(heading))
        if name is None:
            not_ours += [heading] if heading else []
        elif name in fields.values():
            issues.append(Issue(code="intake.column_twice", place=place, params={"label": heading}))
        else:
            fields[at] = name
    for column in columns_of("systems"):
        if column.required and column.field not in fields.values():
            label = texts(lang)(column.text, "label")
            params = {"label": label, "nearest": nearest(label, not_ours)}
            issues.append(Issue(code="intake.column_missing", place=place, params=params))
    return fields, issues, tuple(not_ours)


def _unread(problem: Problem, shown: str) -> Issue:
    row = problem.rows[0] if problem.rows else None
    params = {**problem.params, "count": problem.count}
    return Issue(code=f"practices.{problem.code}", place=Place(file=shown, row=row), params=params)


def _judged(
    lines: list[tuple[int, Typed]], shown: str, sheets: Sheets, lang: str
) -> tuple[tuple[Listed, ...], list[Issue]]:
    """Return the right rows in the spelling of the workbook, and the mistakes of the others at their rows."""
    others = {item.name: sheets[item.name] if item.name in _KEPT else [] for item in SHEETS}
    intake, mistakes = judge({**others, "systems": [entry for _, entry in lines]}, lang)
    ours = [mistake for mistake in mistakes if mistake.sheet == "systems" and mistake.index is not None]
    wrong = {mistake.index for mistake in ours if mistake.issue.level == "error"}
    read = {_plain_id({"id": system.id}): system for system in (intake.systems if intake else ())}
    rows = [
        _listed(row, entry, read[_plain_id(entry)])
        for index, (row, entry) in enumerate(lines)
        if index not in wrong and _plain_id(entry) in read
    ]
    return tuple(rows), [_at_row(mistake, lines, shown) for mistake in ours]


def _listed(row: int, entry: Typed, system: System) -> Listed:
    typed = typed_noun(system)
    return Listed(row, typed, tuple(name for name in entry if name in typed))


def _at_row(mistake: Mistake, lines: list[tuple[int, Typed]], shown: str) -> Issue:
    issue, params = mistake.issue, dict(mistake.issue.params)
    if issue.code == "intake.twice":
        params["first"] = lines[params["first"] - 1][0]
    place = Place(file=shown, row=lines[mistake.index or 0][0])
    return issue.model_copy(update={"place": place, "params": params})
