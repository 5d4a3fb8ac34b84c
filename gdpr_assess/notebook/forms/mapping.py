"""Page 04: says which column of an unknown export is which, shows what would be read, and keeps it in evidence.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as w

from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.model import Place
from gdpr_assess.notebook.forms import mapped_file
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.mapped_file import Sheet, proposal, sheets_of
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.notebook.forms.wording import files_below
from gdpr_assess.practices.map_writing import write_entry
from gdpr_assess.practices.mapping import MAP_NAME, FileMap
from gdpr_assess.practices.proposing import (
    Look,
    closed_words,
    fits,
    has_headings,
    is_heading,
    may_be_a_name,
    propose_values,
)
from gdpr_assess.practices.readers.source import Unreadable
from gdpr_assess.practices.readers.times import is_zone
from gdpr_assess.practices.tables import TABLES, Column
from gdpr_assess.report.html import Html, join, table, tag

SMALL = 20_000_000
"""Files of so many bytes are opened to see whether they are recognised; larger ones only when chosen."""


class MappingForm:
    """Proposes a mapping, lets people change it, and writes it; no cell that may name a person is shown."""

    def __init__(self, client: OpenClient) -> None:
        self.client, self.t = client, texts(client.lang)
        self.sheets: tuple[Sheet, ...] = ()
        self.said, self._mark = FileMap(), ""
        self.columns: dict[str, Any] = {}
        self.values: dict[tuple[str, str], Any] = {}
        self._build()
        self._known = ""
        client.on_change(self.refresh, slow=True)
        self.refresh()

    def _build(self) -> None:
        t = self.t
        self.file = w.Dropdown(description=t("mapping.file"))
        self.look_button = button(t("mapping.look"), t("mapping.look", "hint"), "look-mapping")
        self.look_button.on_click(lambda _: self.look())
        self.sheet, self.table = w.Dropdown(description=t("mapping.sheet")), w.Dropdown(description=t("mapping.table"))
        self.table.options = [(t(f"forms.table_{name}"), name) for name in TABLES]
        self.zone = w.Text(description=t("mapping.zone"), tooltip=t("mapping.zone", "help"))
        orders = [(t(f"mapping.dates_{order or 'none'}"), order) for order in ("", "dmy", "mdy")]
        self.dates = w.Dropdown(description=t("mapping.dates"), options=orders)
        self._columns, self._values = w.VBox([]), w.VBox([])
        self._columns.add_class("ga-grid")
        self._values.add_class("ga-grid")
        self.preview, self.message = w.HTML(), w.HTML()
        self.keep_button = button(t("mapping.keep"), t("mapping.keep", "hint"), "keep-mapping", style="primary")
        self.keep_button.on_click(lambda _: self.keep())
        for name, part in (("file", self.file), ("sheet", self.sheet), ("table", self.table), ("zone", self.zone)):
            part.add_class(f"mapping-{name}")
        self.sheet.observe(lambda _: self._propose(), "value")
        self.table.observe(lambda _: self._propose(self.table.value), "value")
        head = w.HTML(tag("div", tag("h2", t("mapping.mapping")), tag("p", t("mapping.mapping", "intro"),
                                                                      class_="ga-intro")))  # fmt: skip
        self._body = w.VBox([self.sheet, self.table, self._columns, self._values, self.zone, self.dates, self.preview,
                             self.keep_button])  # fmt: skip
        self.widget = w.VBox([head, self.file, self.look_button, self._body, self.message])
        for name in ("ga", "ga-form", "form-mapping"):
            self.widget.add_class(name)

    @property
    def _folder(self) -> Any:
        return self.client.folder.evidence

    def refresh(self) -> None:
        """Offer the files that are there now, the unknown ones first."""
        names = [name for name in files_below(self._folder) if name != MAP_NAME]
        stats = [(name, (self._folder / name).stat().st_mtime_ns) for name in names]
        known = f"{stats} {mapped_file.mark_of(self._folder)}"
        if known == self._known:
            return
        self._known = known
        self.file.options = mapped_file.offered(self._folder, names, SMALL)
        self.file.value = next(iter(self.file.options), None)
        self.look_button.disabled = not self.file.options
        self._body.layout.display = "none"
        self.message.value = "" if self.file.options else tag("p", self.t("forms.no_files"), class_="ga-empty")

    def look(self) -> None:
        """Open the chosen file and propose a mapping for it."""
        name, self.message.value = self.file.value, ""
        self._mark, self.said = mapped_file.mark_of(self._folder), mapped_file.entry_of(self._folder, name)
        try:
            self.sheets = sheets_of(self._folder / name, self.said.encoding)
        except Unreadable as error:
            place = Place(file=f"inputs/evidence/{name}", row=error.row)
            issue = Issue(code=f"practices.{error.code}", place=place, params=error.params)
            self.message.value = issues_shown(self.t("forms.met"), (issue,), self.client.lang)
            self._body.layout.display = "none"
            return
        unknown = [number for number, sheet in enumerate(self.sheets) if not sheet.recognised]
        self.sheet.options = [(sheet.name or name, number) for number, sheet in enumerate(self.sheets)]
        self.sheet.value = next(iter(unknown), 0)
        self.sheet.layout.display = "" if len(self.sheets) > 1 else "none"
        self.zone.value, self.dates.value = self.said.time_zone or "", self.said.dates or ""
        self._body.layout.display = ""
        self._propose()

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[self.sheet.value or 0]

    def _propose(self, chosen: str | None = None) -> None:
        """Fill the choices from what is proposed for the table (the likeliest, where none is chosen)."""
        if not self.sheets or self.sheet.value is None:
            return
        entry = proposal(self._sheet, self.file.value, self.said, chosen)
        if self.table.value != entry.table:
            self.table.value = entry.table  # asks again, with the table chosen
            return
        options = [
            (self.t("mapping.column_none"), ""),
            *((self._name(look.header), look.header) for look in self._sheet.looks),
        ]
        self.columns = {column.name: self._choice(column, entry, options) for column in self._table.columns}
        self._columns.children = tuple(self.columns.values())
        self.values = {}
        self._words()

    @property
    def _table(self) -> Any:
        return TABLES[str(self.table.value)]

    def _name(self, header: str) -> str:
        """Return a heading; one that looks like a value may be a person's, in a file without headings."""
        named = is_heading(header) and has_headings(look.header for look in self._sheet.looks)
        return header if named else self.t("mapping.not_named", number=self._sheet.position(header))

    def _choice(self, column: Column, entry: FileMap, options: list[tuple[str, str]]) -> Any:
        given = entry.columns.get(column.name, "")
        fixed = [(f"= {self.t.word(value)}", f"${value}") for value in column.allowed]
        other = [] if given in [value for _, value in (*options, *fixed)] else [(given, given)]
        made = w.Dropdown(
            description=self.t(f"mapping.is_{column.name}"), options=[*options, *fixed, *other], value=given
        )
        made.add_class(f"map-{column.name}")
        made.observe(lambda _: self._words(), "value")
        return made

    def _words(self) -> None:
        """Ask for the words of closed lists, and show what would be read."""
        before = {key: choice.value for key, choice in self.values.items()}
        self.values = {}
        for column, look in self._mapped():
            likely = self._known_words(column, look)
            for number, word in enumerate(closed_words(look, column), start=1):
                given = before.get((column.name, word), likely.get(word, ""))
                shown = self.t("mapping.word_hidden", number=number) if may_be_a_name(word) else word
                self.values[column.name, word] = self._word(column, shown, given)
        self._values.children = tuple(self.values.values())
        self._show()

    def _mapped(self) -> Iterator[tuple[Column, Look]]:
        """Yield our columns of closed lists with the looks of the file's columns chosen for them."""
        for ours, choice in self.columns.items():
            column = self._table.column(ours)
            if choice.value and not choice.value.startswith("$") and column.kind in ("choice", "flag"):
                yield column, self._sheet.look(choice.value)

    def _known_words(self, column: Column, look: Look) -> dict[str, str]:
        """Return what the words of a column mean: as evidence.yaml says, else as the lists of words propose."""
        given = self.said.values.get(column.name) if self.said.table in (None, self.table.value) else None
        return dict(given) if given else propose_values(look, column)

    def _word(self, column: Column, word: str, given: str) -> Any:
        allowed = column.allowed or ("true", "false")
        shown = {"true": "yes", "false": "no"}
        options = [
            (self.t("mapping.word_none"), ""),
            *((self.t.word(shown.get(value, value)), value) for value in allowed),
        ]
        text = self.t("mapping.words_of", word=word, column=self.t(f"mapping.is_{column.name}"))
        return w.Dropdown(description=text, options=options, value=given if given in allowed else "")

    def entry(self) -> FileMap:
        """Return the entry as the form says it now; what the form does not ask is kept from evidence.yaml."""
        columns = {ours: choice.value for ours, choice in self.columns.items() if choice.value}
        asked = {ours for ours, _ in self.values}
        values = {
            column.name: self._known_words(column, look) for column, look in self._mapped() if column.name not in asked
        }
        for (ours, word), choice in self.values.items():
            values.setdefault(ours, {}).update({word: choice.value} if choice.value else {})
        values = {ours: words for ours, words in values.items() if words}
        sheet = self._sheet.name if len(self.sheets) > 1 else self.said.sheet
        return self.said.model_copy(update={
            "format": None, "table": self.table.value, "columns": columns, "values": values, "sheet": sheet,
            "ignore": False, "time_zone": self.zone.value.strip() or None, "dates": self.dates.value or None,
        })  # fmt: skip

    def _show(self) -> None:
        t, entry = self.t, self.entry()
        rows, wrong = list[list[Any]](), list[Html]()
        heads = [t(f"mapping.head_{name}") for name in ("ours", "theirs", "filled", "empty", "distinct", "kinds")]
        for ours, theirs in entry.columns.items():
            name = t(f"mapping.is_{ours}") if t.has(f"mapping.is_{ours}") else ours
            if theirs.startswith("$"):
                rows.append([name, f"= {t.word(theirs[1:])}", "–", "–", "–", "–"])
                continue
            look = self._sheet.look(theirs)
            kinds = "; ".join(
                t("mapping.kind", kind=t(f"mapping.kind_{kind}"), count=n) for kind, n in look.kinds.items()
            )
            rows.append([name, self._name(theirs), look.filled, look.empty, look.distinct, kinds or "–"])
            if ours in self._table.names and not fits(look, self._table.column(ours)):
                wrong.append(said(t("mapping.does_not_fit", header=self._name(theirs), column=name), "warn"))
        unused = [self._name(look.header) for look in self._sheet.looks if look.header not in entry.columns.values()]
        missing = [t(f"mapping.is_{name}") for name in self._table.names if name not in entry.columns]
        self.preview.value = str(join([
            tag("h3", t("mapping.preview")),
            table(heads, rows, t("mapping.preview")) if rows else None,
            *wrong,
            self._listed("missing", missing),
            self._listed("unused", unused),
        ]))  # fmt: skip

    def _listed(self, key: str, names: list[str]) -> Html | None:
        return tag("p", self.t(f"mapping.{key}", names=names), class_="ga-help") if names else None

    def keep(self) -> None:
        """Write the entry; nothing is written over what changed meanwhile or cannot be read."""
        t, entry = self.t, self.entry()
        if not entry.columns:
            self.message.value = said(t("mapping.nothing_mapped"), "bad")
        elif entry.time_zone and not is_zone(entry.time_zone):
            self.message.value = said(t("mapping.bad_zone", zone=entry.time_zone[:60]), "bad")
        elif mapped_file.mark_of(self._folder) != self._mark:
            self.message.value = said(t("mapping.changed"), "warn")
        else:
            self._write(entry)

    def _write(self, entry: FileMap) -> None:
        try:
            write_entry(self._folder / MAP_NAME, self.file.value, entry)
        except (ValueError, PermissionError) as error:
            line = str(error).partition(":")[0]
            self.message.value = said(self.t("mapping.not_kept", line=line if line.isdigit() else "1"), "bad")
            return
        self.client.tell_slow()
        self.refresh()
        self.message.value = said(self.t("mapping.kept"), "good")
