"""A form for a sheet with many entries: the list of entries, and below it the fields of the one that is chosen."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from gdpr_assess.intake.layout import Column, sheet
from gdpr_assess.intake.words import choices, fold, lookup
from gdpr_assess.lang import texts
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.notebook.forms.client import OpenClient, Outcome
from gdpr_assess.notebook.forms.fields import Field, field
from gdpr_assess.notebook.forms.save import SaveBar, button
from gdpr_assess.notebook.forms.typed import Typed, columns_of, typed_value
from gdpr_assess.report.html import tag

SUMMARY = {
    "sites": ("id", "name", "country"),
    "partners": ("id", "name", "role", "country"),
    "systems": ("id", "name", "kind", "hosting_country"),
    "flows": ("id", "source", "target", "kind", "purpose"),
    "rights": ("system", "export", "delete", "days"),
    "wordings": ("id", "kind", "language", "file"),
    "evidence": ("file", "extracted_at", "basis"),
}
"""The fields by which an entry is known in the list."""
REFERRED = ("sites", "partners", "systems")
"""Sheets whose ids stand in other sheets: an id that is saved stays."""
PREFIX = {"sites": "S", "partners": "P", "systems": "Y", "flows": "F", "wordings": "W"}


def in_words(entry: Typed, column: Column, lang: str) -> str:
    """Return what was typed in one field, as a reader's word where it is a value of ours."""
    typed = entry.get(column.field, "")
    if column.kind == "moment":
        return typed[:16]
    value = lookup(column).get(fold(typed), typed) if typed and column.kind != "time_zone" else typed
    return choices(column, lang).get(value, typed)


class RowsForm:
    """The entries of one sheet; what is typed stays in the form until it is saved as a whole."""

    def __init__(self, client: OpenClient, name: str) -> None:
        self.client, self.name, self.lang = client, name, client.lang
        self.t, self.key = texts(client.lang), sheet(name).key or "id"
        self.fields = self.make_fields()
        self.bar = SaveBar(client, name, self.collect, self._judged)
        self._marks: dict[int, list[tuple[str, str]]] = {}
        self._build()
        client.on_change(self._changed)
        self.fill()

    def _build(self) -> None:
        t, name = self.t, self.name
        self.list = w.Select(rows=6, description=t("forms.entries"))
        self.list.add_class(f"list-{name}")
        self.list.observe(self._picked, "value")
        self.add_button = button(t("forms.add"), t("forms.add", "hint"), f"add-{name}")
        self.remove_button = button(t("forms.remove"), t("forms.remove", "hint"), f"remove-{name}")
        self.add_button.on_click(lambda _: self.add())
        self.remove_button.on_click(lambda _: self.remove())
        self.grid = w.Box([item.widget for item in self.fields.values()])
        self.grid.add_class("ga-grid")
        self._empty = w.HTML()
        rows = w.HBox([self.add_button, self.remove_button])
        self.widget = w.VBox([self.heading(), self.list, rows, self._empty, self.grid, self.bar.widget])
        self.widget.add_class("ga")
        self.widget.add_class("ga-form")
        self.widget.add_class(f"form-{name}")

    def make_fields(self) -> dict[str, Field]:
        """Return the field of each column."""
        return {column.field: field(column, self.lang, self._offered) for column in columns_of(self.name)}

    def heading(self) -> Any:
        """Return title and explanation of the sheet."""
        text = self.t(f"intake.sheet.{self.name}", "help")
        return w.HTML(tag("div", tag("h2", self.t(f"intake.sheet.{self.name}", "title")),
                          tag("p", text, class_="ga-intro")))  # fmt: skip

    def _offered(self, column: Column) -> dict[str, str]:
        """Return what a reference may name: entries of other sheets as saved, of this one as typed."""
        found: dict[str, str] = {}
        for part in column.refs:
            entries = self.entries if part == self.name else self.client.typed.get(part, [])
            found |= {e["id"]: f"{e['id']} · {e.get('name', '')}" for e in entries if e.get("id")}
        return found

    entries: list[Typed] = []  # noqa: RUF012  (replaced by fill; there so that fields can ask before)
    _at: int | None = None

    def fill(self) -> None:
        """Show the entries as they are in the workbook."""
        self._read = [dict(entry) for entry in self.client.typed[self.name]]
        self.entries = [dict(entry) for entry in self._read]
        self._marks = {}
        self._show(0 if self.entries else None)

    def _changed(self) -> None:
        self._keep()
        if self.entries == self._read:
            self._again()
        elif self.bar.saving or self.client.typed[self.name] == self._read:
            self._offer()
        else:
            self._merge()

    def _merge(self) -> None:
        """Take what others have saved in this sheet; entries typed here and not saved yet stay as they are."""
        before = {entry.get(self.key): entry for entry in self._read}
        self._read = [dict(entry) for entry in self.client.typed[self.name]]
        now = {entry.get(self.key): entry for entry in self._read}
        kept = [now.get(key) if before.get(key) == entry else entry
                for entry in self.entries for key in (entry.get(self.key),)]  # fmt: skip
        new = [entry for key, entry in now.items() if key not in before]
        self.entries = [dict(entry) for entry in (*filter(None, kept), *new)]
        self._show(min(self._at, len(self.entries) - 1) if self._at is not None and self.entries else None)

    def _again(self) -> None:
        """Show the workbook's entries, the same one as before."""
        at = self._at
        self.fill()
        if at is not None and at < len(self.entries):
            self._show(at)

    def _keep(self) -> None:
        """Take what stands in the fields into the entry that is shown."""
        if self._at is not None and self._at < len(self.entries):
            typed = {name: item.text for name, item in self.fields.items()}
            self.entries[self._at] = {name: text for name, text in typed.items() if text}

    def collect(self) -> list[Typed]:
        """Return all entries as typed."""
        self._keep()
        return [dict(entry) for entry in self.entries]

    def _summary(self, entry: Typed, number: int) -> str:
        columns = {column.field: column for column in columns_of(self.name)}
        parts = [in_words(entry, columns[name], self.lang) for name in SUMMARY[self.name]]
        text = " · ".join(part for part in parts if part) or self.t("forms.new_entry")
        return f"⚠ {text}" if number in self._marks else text

    def _offer(self) -> None:
        for item in self.fields.values():
            item.offer()

    def _list(self) -> None:
        self.list.unobserve(self._picked, "value")
        self.list.options = [(self._summary(entry, n), n) for n, entry in enumerate(self.entries)]
        self.list.value = self._at
        self.list.observe(self._picked, "value")

    def _show(self, at: int | None) -> None:
        """Show one entry in the fields."""
        self._at = at
        entry = self.entries[at] if at is not None else {}
        self._offer()
        for name, item in self.fields.items():
            item.text = entry.get(name, "")
            item.mark([text for field_name, text in self._marks.get(at if at is not None else -1, ())
                       if field_name == name])  # fmt: skip
        if self.name in REFERRED:
            self.fields["id"].control.disabled = entry.get("id") in [saved.get("id") for saved in self._read]
        self.grid.layout.display = "none" if at is None else ""
        self.remove_button.disabled = at is None
        self._empty.value = tag("p", self.t("forms.none_yet"), class_="ga-empty") if at is None else ""
        self._list()

    def _picked(self, change: dict[str, Any]) -> None:
        self._keep()
        self._show(change["new"])

    def pick(self, number: int) -> None:
        """Choose an entry by its position."""
        self._keep()
        self._show(number)

    def _free(self) -> str:
        """Return the next free id of the usual form."""
        taken = {e.get("id") for n in ("sites", "partners", "systems") for e in self.client.typed[n]}
        taken |= {entry.get("id") for entry in self.entries}
        return next(f"{PREFIX[self.name]}{n}" for n in range(1, 100_000) if f"{PREFIX[self.name]}{n}" not in taken)

    def new_entry(self) -> Typed:
        """Return what a new entry starts with."""
        given = {name: info.default for name, info in sheet(self.name).model.model_fields.items()}
        usual = {name: typed_value(value) for name, value in given.items() if isinstance(value, str)}
        return usual | ({"id": self._free()} if self.name in PREFIX else {})

    def add(self) -> None:
        """Start a new entry."""
        self._keep()
        self.entries.append(self.new_entry())
        self._show(len(self.entries) - 1)

    def take(self, entries: list[Typed], at: int) -> None:
        """Put entries from elsewhere in the place of all that are here and show one; saving writes them."""
        self.entries, self._marks = entries, {}
        self._show(min(at, len(entries) - 1) if entries else None)

    def remove(self) -> None:
        """Take the entry that is shown out of the form; the workbook changes when it is saved."""
        if self._at is None:
            return
        at, self._at, self._marks = self._at, None, {}
        del self.entries[at]
        self._show(min(at, len(self.entries) - 1) if self.entries else None)
        self.bar.message.value = tag("div", self.t("forms.removed"), class_="ga-said ga-said-warn", role="status")

    def _judged(self, outcome: Outcome) -> None:
        """Mark the mistakes at their fields and show the first entry that has one."""
        if outcome.result in ("saved", "unchanged"):
            self._again()
        self._marks = {}
        for mistake in outcome.mistakes:
            if mistake.sheet == self.name and mistake.index is not None:
                told = (mistake.field or self.key, issue_text(mistake.issue, self.lang))
                self._marks.setdefault(mistake.index, []).append(told)
        first = next(iter(sorted(self._marks)), self._at)
        self._show(first if first is not None and first < len(self.entries) else None)
