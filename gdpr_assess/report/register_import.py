"""Takes edits of the register back into the intake: all of them, or none where one cannot be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gdpr_assess import intake
from gdpr_assess.flows.register_layouts import heading_of
from gdpr_assess.intake.typed import Wrong, value_of
from gdpr_assess.issue import Issue, UserError, nearest
from gdpr_assess.masking import MASK, masked
from gdpr_assess.model import CLIENT, Intake, Noun
from gdpr_assess.report.register_read import Change, read_changes, sheet_of


@dataclass
class _Edits:
    """New values by sheet and entry, new texts of the client's own columns, and what stands against them.

    `lang` is the language of the intake, `shown` that of the register.
    """

    intake: Intake
    lang: str
    shown: str
    fields: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def problem(self, change: Change, code: str, level: str = "error", **params: Any) -> None:
        """Note why a change cannot be taken over."""
        area = code if "." in code else f"register.{code}"
        params = {"field": change.head.label} | params
        self.issues.append(
            Issue.model_validate({"code": area, "place": change.place, "level": level, "params": params})
        )


def import_register(path: Path, target: Path) -> tuple[int, list[Issue]]:
    """Write the edits of a register workbook into an intake workbook; return how many cells changed, and warnings.

    Raises UserError, and writes nothing, where an edit cannot be taken over.
    """
    read = intake.read(target)
    if read.intake is None:
        raise UserError(read.issues)
    reading = read_changes(path)
    edits = _Edits(read.intake, read.language, reading.language, issues=reading.issues)
    for change in reading.changes:
        _take(change, edits)
    if any(issue.level == "error" for issue in edits.issues):
        raise UserError(edits.issues)
    changed = applied(read.intake, edits.fields, edits.own)
    if changed != read.intake:
        intake.save(target, changed, read.language)
    return sum(map(len, edits.fields.values())) + sum(map(len, edits.own.values())), edits.issues


def applied(said: Intake, fields: dict[tuple[str, str], dict[str, Any]], own: dict[str, dict[str, str]]) -> Intake:
    """Return an intake with new values of its entries and of the client's own columns."""
    parts = {
        sheet: tuple(_changed(noun, fields.get((sheet, noun.id), {})) for noun in getattr(said, sheet))
        for sheet in ("partners", "systems", "flows")
    }
    kept = {key: said.own.get(key, {}) | own.get(key, {}) for key in {**said.own, **own}}
    return said.model_copy(update={**parts, "own": kept})


def _changed(noun: Noun, values: dict[str, Any]) -> Noun:
    return type(noun).model_validate(noun.model_dump() | values) if values else noun


def _take(change: Change, edits: _Edits) -> None:
    if not change.head.open or change.row.startswith("("):
        edits.problem(change, "no_flow" if change.row.startswith("(") else "read_only", "error")
    elif MASK in change.new.text:
        edits.problem(change, "masked")
    elif change.head.column is None:
        _take_own(change, edits)
    else:
        _take_value(change, edits)


def _ids(change: Change, edits: _Edits) -> Sequence[Any]:
    """Return the entries of the intake that a row speaks for; one that is gone meanwhile is an issue."""
    sheet = sheet_of(change.table)
    known = {noun.id: noun for noun in getattr(edits.intake, sheet)}
    names = [name.strip() for name in change.row.split(",")] if sheet == "flows" else [change.row]
    for name in names:
        if name not in known:
            edits.problem(change, "entry_gone", found=name)
    return [known[name] for name in names if name in known]


def _take_own(change: Change, edits: _Edits) -> None:
    sheet = sheet_of(change.table)
    new = change.new.value[:10] if change.new.kind == "d" else change.new.text
    for noun in _ids(change, edits):
        key = f"{sheet}/{noun.id}"
        cells = edits.intake.own.get(key, {})
        heading = heading_of(change.head.key, cells, edits.lang)
        now = cells.get(heading)
        if now is not None and change.old.text not in (now, masked(now)) and now != new:
            edits.problem(change, "changed_meanwhile", found=noun.id)
        if (now or "") != new:
            edits.own.setdefault(key, {})[heading] = new


def _take_value(change: Change, edits: _Edits) -> None:
    column = change.head.column
    assert column is not None
    value = value_of(change.new, column, edits.shown) if change.new.text else () if column.many else None
    if isinstance(value, Wrong):
        edits.problem(change, f"intake.{value.code}", **value.params)
        return
    if value is None and column.required:
        edits.problem(change, "intake.required")
        return
    new = tuple(value) if isinstance(value, list) else value
    if column.kind == "ref" and new is not None:
        new = _resolved(str(new), change, edits)
        if new is None:
            return
    old = value_of(change.old, column, edits.lang) if change.old.text else () if column.many else None
    if not isinstance(old, Wrong) and _same(old, new):
        return  # typed anew in another form, or in another order
    for noun in _ids(change, edits):
        now = getattr(noun, column.field)
        if not _same(old, now) and now != new:
            edits.problem(change, "changed_meanwhile", found=noun.id)
        if now != new:
            edits.fields.setdefault((sheet_of(change.table), noun.id), {})[column.field] = new


def _resolved(ref: str, change: Change, edits: _Edits) -> str | None:
    """Return the partner (or the client) that a reference names in whatever case; None with an issue noted."""
    known = {name.casefold(): name for name in (CLIENT, *(partner.id for partner in edits.intake.partners))}
    if ref.casefold() not in known:
        edits.problem(change, "intake.unknown_ref", found=ref[:60], nearest=nearest(ref, list(known.values())))
    return known.get(ref.casefold())


def _same(written: Any, now: Any) -> bool:
    """Tell whether the intake still says what was written; a run keeps free text masked, and order does not matter."""
    if isinstance(written, list | tuple) and isinstance(now, tuple):
        return set(written) == set(now)
    return written == now or (isinstance(now, str) and written == masked(now).strip())
