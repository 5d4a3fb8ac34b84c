"""Page 02: systems from a CSV list, looked at first, then taken into the form and saved with it like typed entries."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

import ipywidgets as w

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.locate import Raw
from gdpr_assess.intake.typed import Wrong, value_of
from gdpr_assess.issue import Issue
from gdpr_assess.lang import texts
from gdpr_assess.model import Place
from gdpr_assess.notebook.forms.client import OpenClient
from gdpr_assess.notebook.forms.rows import SUMMARY, RowsForm, in_words
from gdpr_assess.notebook.forms.save import button, issues_shown, said
from gdpr_assess.notebook.forms.system_list import Comparison, SystemList, compare, read_list
from gdpr_assess.notebook.forms.typed import Typed, columns_of
from gdpr_assess.notebook.forms.wording import files_below
from gdpr_assess.report.html import Html, join, table, tag

SUFFIXES = (".csv", ".tsv", ".txt")
MOST_ROWS = 50
"""So many entries are shown before they are taken over."""
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NOTHING = SystemList("")


class SystemsForm(RowsForm):
    """The Systems sheet, with a list to bring in."""

    def __init__(self, client: OpenClient) -> None:
        super().__init__(client, "systems")
        self.list_form = BringSystems(self)
        *above, bar = self.widget.children
        self.widget.children = (*above, self.list_form.widget, bar)


class BringSystems:
    """Reads a list, shows what it would add or change and what is wrong, and takes it into the form when told to."""

    def __init__(self, form: RowsForm) -> None:
        self.form, self.client, self.lang = form, form.client, form.client.lang
        self.t = texts(self.lang)
        self.read, self._shown = _NOTHING, Comparison()
        self._build()
        self.clear()

    def _build(self) -> None:
        t = self.t
        self.upload = w.FileUpload(accept=",".join(SUFFIXES), multiple=False, description=t("forms.list_upload"))
        self.upload.add_class("upload-systems")
        self.upload.observe(self._uploaded, "value")
        self.path = w.Combobox(description=t("forms.list_path"), placeholder="systems.csv", options=self._files())
        self.path.add_class("path-systems")
        self.look_button = button(t("forms.list_look"), t("forms.list_look", "hint"), "look-systems")
        self.look_button.on_click(lambda _: self.look())
        self.preview = w.HTML()
        self.replace = w.Checkbox(description=t("forms.list_replace"), indent=False)
        self.replace.add_class("replace-systems")
        self.take_button = button(t("forms.list_take"), t("forms.list_take", "hint"), "take-systems", style="primary")
        self.take_button.on_click(lambda _: self.take())
        self.drop_button = button(t("forms.list_drop"), t("forms.list_drop", "hint"), "drop-systems")
        self.drop_button.on_click(lambda _: self.clear())
        self._choice = w.HBox([self.take_button, self.drop_button])
        head = w.HTML(tag("div", tag("h3", t("forms.list")), tag("p", t("forms.list", "intro"), class_="ga-intro")))
        self.widget = w.VBox([head, self.upload, self.path, self.look_button, self.preview, self.replace, self._choice])
        self.widget.add_class("ga-bring")

    def _files(self) -> tuple[str, ...]:
        names = files_below(self.client.folder.inputs)
        return tuple(name for name in names if name.lower().endswith(SUFFIXES))

    def clear(self, message: str = "") -> None:
        """Forget the list that was read."""
        self.read, self._shown, self.replace.value = _NOTHING, Comparison(), False
        self.path.options = self._files()
        self.preview.value = message
        self.replace.layout.display = self._choice.layout.display = "none"

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        (file,) = change["new"]
        name = PurePosixPath(str(file["name"]).replace("\\", "/")).name or "list.csv"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.csv"
            path.write_bytes(bytes(file["content"]))
            self._look(path, name)
        self.upload.value = ()  # a saved notebook must not carry the file

    def look(self) -> None:
        """Read the file that is named below inputs/."""
        found = self._named(str(self.path.value).strip())
        if isinstance(found, Issue):
            self._present(SystemList(found.place.file, issues=(found,)))
        else:
            self._look(found, self.client.folder.name_of(found))

    def _named(self, text: str) -> Path | Issue:
        inputs = self.client.folder.inputs
        text = text.replace("\\", "/").removeprefix("inputs/")
        value = value_of(Raw("s", text), Column("systems", "file", "file"), self.lang)
        path = inputs / ("" if isinstance(value, Wrong) else value)
        if isinstance(value, Wrong) or not path.resolve().is_relative_to(inputs.resolve()):
            params = {"field": self.t("forms.list_path"), "found": text[:60]}
            return Issue(code="intake.file_outside", place=Place(file="inputs"), params=params)
        if not path.is_file():
            return Issue(code="forms.no_such_file", place=Place(file=f"inputs/{value}"))
        return path

    def _look(self, path: Path, shown: str) -> None:
        if self.client.intake is None:
            self.clear(said(self.t("forms.profile_first"), "warn"))
            return
        self._present(read_list(path, shown, self.client.typed, self.lang))

    def _present(self, read: SystemList, note: Html | None = None) -> None:
        """Show what a list would do to the form as it is now."""
        self.read, self.replace.value = read, False
        entries = self.form.collect()
        self._shown = compare(read.rows, entries)
        self.preview.value = join([note, *self._parts(entries)])
        self.replace.layout.display = "" if self._shown.different else "none"
        self._choice.layout.display = ""
        self.take_button.disabled = not (self._shown.new or self._shown.different)

    def take(self) -> None:
        """Take the list into the form; should the form differ from what was shown, show it again instead."""
        entries = self.form.collect()
        if compare(self.read.rows, entries) != self._shown:
            self._present(self.read, said(self.t("forms.list_moved"), "warn"))
            return
        replaced = len(self._shown.different) if self.replace.value else 0
        self.form.take(self._shown.merged(entries, replace=self.replace.value), len(entries))
        self.clear(said(self.t("forms.list_taken", added=len(self._shown.new), replaced=replaced), "good"))

    def _parts(self, entries: list[Typed]) -> list[Html | None]:
        read, shown, t = self.read, self._shown, self.t
        about = t("forms.list_read", file=read.file, encoding=read.encoding, rows=len(read.rows),
                  delimiter=t(f"forms.list_{_NAMES[read.delimiter]}")) if read.delimiter else ""  # fmt: skip
        left = t("forms.list_wrong", count=read.left_out) if read.left_out else t("forms.list_unread")
        return [
            tag("p", about) if about else None,
            issues_shown(left, read.issues, self.lang) if read.issues else None,
            tag("p", t("forms.list_not_ours", names=list(read.not_ours))) if read.not_ours else None,
            self._new(shown),
            self._different(shown, entries),
            tag("p", t("forms.list_same", count=shown.same)) if shown.same else None,
            tag("p", t("forms.list_nothing"), class_="ga-empty") if not (shown.new or shown.different) else None,
        ]

    def _new(self, shown: Comparison) -> Html | None:
        columns = [column for column in columns_of("systems") if column.field in SUMMARY["systems"]]
        heads = [self.t(column.text, "label") for column in columns]
        rows = [[in_words(entry, column, self.lang) for column in columns] for entry in shown.new]
        return self._table(heads, rows, self.t("forms.list_new", count=len(rows))) if rows else None

    def _different(self, shown: Comparison, entries: list[Typed]) -> Html | None:
        t, columns = self.t, {column.field: column for column in columns_of("systems")}
        heads = [t("intake.systems.id", "label"), *(t(f"forms.list_{part}") for part in ("field", "now", "then"))]
        rows = [
            [entries[found.at]["id"], t(columns[name].text, "label"), self._word(columns[name], old),
             self._word(columns[name], new)]
            for found in shown.different
            for name, (old, new) in found.fields.items()
        ]  # fmt: skip
        return self._table(heads, rows, t("forms.list_different", count=len(shown.different))) if rows else None

    def _word(self, column: Column, typed: str) -> str:
        parts = typed.split("; ") if column.many else [typed]
        return "; ".join(in_words({column.field: part}, column, self.lang) for part in parts) or "–"

    def _table(self, heads: list[str], rows: list[list[str]], caption: str) -> Html:
        more = len(rows) - MOST_ROWS
        rest = tag("p", self.t("forms.more", more=more)) if more > 0 else None
        shown = table(heads, rows[:MOST_ROWS], caption)  # its caption is for screen readers
        return join([tag("p", tag("b", caption), aria_hidden="true"), shown, rest])
