"""Drop-down lists and input checks: the lists stand on a hidden sheet, since Excel allows only short lists in place."""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gdpr_assess.intake.cell_out import put_text
from gdpr_assess.intake.content import Content
from gdpr_assess.intake.layout import Column
from gdpr_assess.intake.words import choices
from gdpr_assess.lang import texts

_STRICT = ("choice", "bool", "report_language")
_PROMPT, _TITLE = 255, 32


class Offered:
    """The hidden sheet of lists; equal lists are written once."""

    def __init__(self, sheet: Worksheet, content: Content, lang: str) -> None:
        self._sheet, self._lang, self._t = sheet, lang, texts(lang)
        self._ranges: dict[tuple[str, ...], str] = {}
        self._ids = {
            name: [entry.cells["id"] for entry in content.rows[name] if isinstance(entry.cells.get("id"), str)]
            for name in ("sites", "partners", "systems")
        }
        sheet.sheet_state = "hidden"

    def _words(self, column: Column) -> tuple[str, ...]:
        ids = [item for name in column.refs for item in self._ids.get(name, [])]
        return (*choices(column, self._lang).values(), *ids)

    def _range(self, words: tuple[str, ...]) -> str:
        if words not in self._ranges:
            number = len(self._ranges) + 1
            for row, item in enumerate(words, 1):
                put_text(self._sheet.cell(row, number), item)
            letter = get_column_letter(number)
            self._ranges[words] = f"{quote_sheetname(self._sheet.title)}!${letter}$1:${letter}${len(words)}"
        return self._ranges[words]

    def hint(self, column: Column) -> str:
        """Return what may be entered, as far as it is short enough to be said."""
        values = choices(column, self._lang)
        if column.kind != "choice" or not values:
            return ""
        lead = self._t("intake.choose_many" if column.many else "intake.choose_from")
        return f"{lead} {'; '.join(values.values())}"

    def check(self, column: Column) -> DataValidation | None:
        """Return the check of a column's cells, or None where people write freely."""
        words = self._words(column) if column.kind != "scope" else ()
        if words:
            strict = column.kind in _STRICT and not column.many
            check = DataValidation(type="list", formula1=self._range(words), allow_blank=True)
            check.showErrorMessage, check.error = strict, self._t("intake.entry_choose")
        elif column.kind in ("int", "float"):
            check = self._number(column)
        else:
            return None
        check.errorTitle = self._t("intake.entry_wrong")[:_TITLE]
        if column.many and column.sheet != "profile":
            check.promptTitle = self._t(column.text, "label")[:_TITLE]
            check.prompt = self._prompt(column)
            check.showInputMessage = True
        return check

    def _prompt(self, column: Column) -> str:
        text = self.hint(column) or self._t("intake.guide.rule_many")
        return text if len(text) <= _PROMPT else text[: _PROMPT - 3].rsplit(";", 1)[0] + "; …"

    def _number(self, column: Column) -> DataValidation:
        low = column.least if column.above is None else column.above
        check = DataValidation(type="whole" if column.kind == "int" else "decimal", formula1=f"{low or 0:g}")
        check.operator = "greaterThan" if column.above is not None else "greaterThanOrEqual"
        if column.most is not None:
            check.operator, check.formula2 = "between", f"{column.most:g}"
        check.allow_blank = True
        check.showErrorMessage, check.error = True, self._t("intake.entry_number")
        return check
