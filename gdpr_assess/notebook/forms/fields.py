"""One field of a form for each kind of column; a field holds text as typed, as a cell of the workbook does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.words import choices, fold, lookup, split, word
from gdpr_assess.lang import texts
from gdpr_assess.report.html import tag

Options = Callable[[Column], dict[str, str]]
"""Returns what a reference may name: id -> what is shown."""


class Field:
    """A control with its explanation and, if need be, what is wrong; `text` is what was typed."""

    def __init__(self, column: Column, lang: str, control: Any) -> None:
        self.column, self.lang, self.control = column, lang, control
        t = texts(lang)
        self.help = t(column.text, "help")
        self._note = w.HTML(tag("span", self.help, class_="ga-help"))
        self._wrong = w.HTML()
        self.widget = w.VBox([control, self._note, self._wrong])
        self.widget.add_class("ga-field")
        self.widget.add_class(f"field-{column.sheet}-{column.field}")

    @property
    def text(self) -> str:
        """What was typed."""
        return str(self.control.value or "").strip()

    @text.setter
    def text(self, typed: str) -> None:
        self.control.value = typed

    def offer(self) -> None:
        """Offer what can be chosen now; most fields have nothing to offer."""

    def mark(self, messages: list[str]) -> None:
        """Show what is wrong with the entry, or that nothing is."""
        self._wrong.value = tag("span", " ".join(messages), class_="ga-wrong", role="alert") if messages else ""
        if messages:
            self.widget.add_class("ga-has-mistake")
        else:
            self.widget.remove_class("ga-has-mistake")


def _label(column: Column, lang: str) -> str:
    label = texts(lang)(column.text, "label")
    return f"{label} *" if column.required else label


class TextField(Field):
    """Free text, numbers and dates: anything may be typed, so that nothing gets lost before it is judged."""

    def __init__(self, column: Column, lang: str) -> None:
        make = w.Textarea if column.kind == "long" else w.Text
        hint = {"date": "2026-09-30", "moment": "2026-09-30 14:05"}.get(column.kind, "")
        super().__init__(column, lang, make(description=_label(column, lang), placeholder=hint))


class FindField(Field):
    """One of a long list that is not closed: typing finds, and anything else is judged like any text."""

    def __init__(self, column: Column, lang: str) -> None:
        offered = tuple(choices(column, lang).values())
        super().__init__(column, lang, w.Combobox(description=_label(column, lang), options=offered))


class ChoiceField(Field):
    """One of a closed set; `more` offers the ids that a reference may name."""

    def __init__(self, column: Column, lang: str, more: Options | None = None) -> None:
        self._more = more
        super().__init__(column, lang, w.Dropdown(description=_label(column, lang)))
        self.offer()

    def offer(self) -> None:
        """Offer what can be chosen now; what was chosen stays."""
        offered = choices(self.column, self.lang) | (self._more(self.column) if self._more else {})
        kept = self.control.value or ""
        if kept and kept not in offered:
            offered[kept] = kept
        self.control.options = [("–", ""), *((shown, value) for value, shown in offered.items())]
        self.control.value = kept

    @property
    def text(self) -> str:
        """The value that was chosen."""
        return str(self.control.value or "")

    @text.setter
    def text(self, typed: str) -> None:
        if typed not in [value for _, value in self.control.options]:
            self.control.options = [*self.control.options, (typed, typed)]
        self.control.value = typed


class YesNoField(Field):
    """Yes, no, or not said."""

    def __init__(self, column: Column, lang: str) -> None:
        t = texts(lang)
        options = [(word(column, "yes", lang), "yes"), (word(column, "no", lang), "no"), (t("forms.not_said"), "")]
        control = w.RadioButtons(description=_label(column, lang), options=options, value="", orientation="horizontal")
        super().__init__(column, lang, control)

    @property
    def text(self) -> str:
        """`yes`, `no` or nothing."""
        return str(self.control.value)

    @text.setter
    def text(self, typed: str) -> None:
        self.control.value = lookup(self.column).get(fold(typed), "") if typed else ""


class TicksField(Field):
    """Several of a short closed set, each with a box to tick."""

    def __init__(self, column: Column, lang: str) -> None:
        self._order: list[str] = []
        self.boxes = {
            value: w.Checkbox(description=shown, indent=False) for value, shown in choices(column, lang).items()
        }
        for value, box in self.boxes.items():
            box.add_class(f"tick-{value}")
        ticks = w.Box(list(self.boxes.values()))
        ticks.add_class("ga-ticks")
        label = w.HTML(tag("span", _label(column, lang), class_="ga-label"))
        super().__init__(column, lang, w.VBox([label, ticks]))

    @property
    def text(self) -> str:
        """The values that are ticked, in the order in which they were given."""
        order = list(dict.fromkeys([*self._order, *self.boxes]))
        return "; ".join(value for value in order if self.boxes[value].value)

    @text.setter
    def text(self, typed: str) -> None:
        ticked = [lookup(self.column).get(fold(part)) for part in split(typed)]
        self._order = [value for value in ticked if value]
        for value, box in self.boxes.items():
            box.value = value in ticked


class SeveralField(Field):
    """Several of a long list: those chosen stand above a box that finds the next; a click takes one away."""

    def __init__(self, column: Column, lang: str) -> None:
        self._names, self._chosen = choices(column, lang), list[str]()
        self.adder = w.Combobox(
            description=_label(column, lang),
            options=tuple(self._names.values()),
            placeholder=texts(lang)("forms.add_one"),
            continuous_update=False,
        )
        self.adder.observe(self._added, "value")
        self.chips = w.Box([])
        self.chips.add_class("ga-chosen")
        super().__init__(column, lang, w.VBox([self.adder, self.chips]))

    def _added(self, change: dict[str, Any]) -> None:
        values = [lookup(self.column).get(fold(part)) for part in split(change["new"])]
        if values and all(values):
            self._show([*self._chosen, *(value for value in values if value)])
            self.adder.value = ""

    def _show(self, values: list[str]) -> None:
        self._chosen = list(dict.fromkeys(values))
        self.chips.children = [self._chip(value) for value in self._chosen]

    def _chip(self, value: str) -> Any:
        shown = self._names.get(value, value)
        chip = w.Button(description=f"{shown} ×", tooltip=texts(self.lang)("forms.take_away", name=shown))
        chip.on_click(lambda _: self._show([kept for kept in self._chosen if kept != value]))
        return chip

    @property
    def text(self) -> str:
        """The values chosen, and what was typed but is not on the list."""
        return "; ".join([*self._chosen, *([self.adder.value.strip()] if self.adder.value.strip() else [])])

    @text.setter
    def text(self, typed: str) -> None:
        known = {part: lookup(self.column).get(fold(part)) for part in split(typed)}
        self.adder.value = "; ".join(part for part, value in known.items() if value is None)
        self._show([value for value in known.values() if value])


def field(column: Column, lang: str, more: Options | None = None) -> Field:
    """Return the field that fits a column; `more` says what references may name."""
    if column.many:
        if column.kind == "choice":
            return TicksField(column, lang)
        return SeveralField(column, lang) if choices(column, lang) else TextField(column, lang)
    if column.kind == "bool":
        return YesNoField(column, lang)
    if column.kind == "time_zone":
        return FindField(column, lang)
    closed = column.kind == "ref" or bool(choices(column, lang))
    return ChoiceField(column, lang, more) if closed else TextField(column, lang)
