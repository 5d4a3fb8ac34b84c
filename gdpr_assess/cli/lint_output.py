"""What `gdpr-assess lint` gives back: text for reading, JSON lines for programs, a workbook for colleagues."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from gdpr_assess.cli.lint_input import Line
from gdpr_assess.lang import Texts, texts
from gdpr_assess.lang.formatting import country_name, language_name
from gdpr_assess.masking import MASK
from gdpr_assess.model import Defect, Hit, Intake, Lack, LintLine, LintResult
from gdpr_assess.report.words import citation, law_of
from gdpr_assess.wording import Known, suggest
from gdpr_assess.wording.dated import OUTDATED
from gdpr_assess.wording.linter import Replaced, examine

MAX_CELL = 32_000
T = TypeVar("T", bound=Hit)


class Output(Protocol):
    """Takes one result after the other."""

    def add(self, line: Line, result: LintResult) -> None:
        """Take the result of one text."""
        ...

    def close(self) -> None:
        """Finish."""
        ...


def without_words(line: Line, result: LintResult) -> tuple[Line, LintResult]:
    """Return a text and its result with every word masked; the offsets still lead to the words."""

    def masked(hit: T) -> T:
        bare = MASK * len(hit.quote)
        said = {"message": hit.message.replace(hit.quote, bare)} if isinstance(hit, Defect) and hit.quote else {}
        return hit.model_copy(update={"quote": bare} | said)

    update = {
        name: tuple(map(masked, getattr(result, name))) for name in ("elements", "defects", "remarks", "doubtful")
    }
    return line.model_copy(update={"text": MASK * len(line.text)}), result.model_copy(update=update)


class AsJson:
    """One JSON object per text, on standard output."""

    def add(self, line: Line, result: LintResult) -> None:
        """Write the result of one text."""
        out = LintLine(id=line.id, **{name: getattr(result, name) for name in LintResult.model_fields})
        sys.stdout.write(packed(out) + "\n")

    def close(self) -> None:
        """Nothing is left to do."""


def packed(line: LintLine) -> str:
    """Return a result as a line; keys that are only there in special cases are left out otherwise."""
    data = line.model_dump(mode="json")
    ordered = {"id": data.pop("id"), **data}
    for name in ("not_analysed", "parts_not_analysed", "remarks", "doubtful", "lacking"):
        if not ordered[name]:
            del ordered[name]
    for hit in (*ordered["elements"], *ordered["defects"], *ordered.get("remarks", ()), *ordered.get("doubtful", ())):
        for name in ("likely_by", "unverified"):
            if not hit.get(name):
                hit.pop(name, None)
    return json.dumps(ordered, ensure_ascii=False)


class AsText:
    """For reading on a terminal; with `advise` also what to change, and a compliant text filled from an intake."""

    def __init__(self, lang: str, *, advise: bool, intake: Intake | None = None) -> None:
        self._say, self._advise, self._intake = texts(lang), advise, intake

    def add(self, line: Line, result: LintResult) -> None:
        """Print the result of one text."""
        say = self._say
        if result.not_analysed:
            click.echo(f"{line.id}: {_not_analysed(result, say)}")
            return
        click.echo(f"{line.id}: {result.language}, defects: {len(result.defects)}")
        for defect in (*result.defects, *result.remarks):
            self._defect(line, defect)
        for part in _unread(line.text, result, say):
            click.echo(f"  {part}")
        for unsure in _unsure(result, say):
            click.echo(f"  {unsure}")
        for lack in _lacks(result, say):
            click.echo(f"  {lack}")
        if self._advise:
            self._suggest(line, result)

    def _defect(self, line: Line, defect: Defect) -> None:
        say = self._say
        place, title = _place(line.text, defect.start), _title(defect, say)
        click.echo(f"  {place}  {say.word(defect.severity)}  {title}")
        click.echo(f"      “{defect.quote}”  ({'; '.join(law_of(defect.code, defect.articles, say))})")
        click.echo(f"      {defect.message}")
        click.echo(f"      → {defect.fix}")

    def _suggest(self, line: Line, result: LintResult) -> None:
        """Print the changes and, beside the text as given, the compliant one; both need the kind of the text."""
        say = self._say
        about = suggest.wanted(line.text, result, line.country, line.basis, date.today())
        if about is None or about.language not in suggest.languages():
            click.echo(f"  {say('wording_lint.no_suggestion')}")
            return
        facts = suggest.known(self._intake, about) if self._intake else suggest.Facts()
        changes = list(suggest.changes(result, about, facts, _replaced(line, result)))
        for change in changes:
            title = say(f"wording.{change.code}", "title")
            words = f" “{line.text[change.start : change.end]}”" if change.start is not None else ""
            put = f" → “{change.text}”" if change.text else ""
            click.echo(f"  {title}: {say(f'report.advice_{change.do}')}{words}{put}")
        compliant = suggest.suggest(about, facts)
        for key, text in (("before", line.text), ("after", compliant.text)) if changes else ():
            click.echo(f"  {say(f'report.advice_{key}')}:")
            click.echo("".join(f"    {row}\n" for row in text.strip().splitlines()), nl=False)
        if changes and compliant.note:
            click.echo(f"  {compliant.note}")

    def close(self) -> None:
        """Nothing is left to do."""


def _replaced(line: Line, result: LintResult) -> Replaced:
    """Return what replaced the outdated names in a text, by place."""
    if all(defect.code not in OUTDATED for defect in result.defects):
        return {}
    return examine(line.text, Known(result.language, result.kind, line.country, line.basis))[1]


def _named(codes: Iterable[str], say: Texts) -> str:
    """Return the names of codes, each once."""
    return "; ".join(say(f"wording.{code}", "title") for code in dict.fromkeys(codes))


def _lacks(result: LintResult, say: Texts) -> Iterator[str]:
    """Yield what a text lacks, each with its law, and what it would lack if what is not known were so."""
    for lack in sorted(result.lacking, key=lambda lack: bool(lack.asks)):
        yield say(f"wording_lint.{'depends' if lack.asks else 'missing'}", missing=_lack(lack, say))


def _lack(lack: Lack, say: Texts) -> str:
    """Return the name of what is lacking, with the articles, and the law of the country with where it was read."""
    law = [country_name(lack.law.country, say.lang), lack.law.read] if lack.law else []
    articles = ", ".join(citation(article, say) for article in lack.articles)
    return f"{say(f'wording.{lack.code}', 'title')} ({'; '.join(filter(None, [articles, *law]))})"


def _not_analysed(result: LintResult, say: Texts) -> str | None:
    """Return why a text was not analysed, and its language where that is known."""
    language = next((part.language for part in result.parts_not_analysed), None)
    return result.not_analysed and say(f"wording.not_analysed.{result.not_analysed}", language=language)


def _unread(text: str, result: LintResult, say: Texts) -> Iterator[str]:
    """Yield the places of parts that were not analysed, with their languages."""
    for part in result.parts_not_analysed:
        name = language_name(part.language, say.lang) if part.language else None
        yield f"{_place(text, part.start)}  {say('wording_lint.part', language=name)}"


def _unsure(result: LintResult, say: Texts) -> Iterator[str]:
    """Yield what a text probably says, and what is doubtful in it, where there is any."""
    if result.likely:
        yield say("wording_lint.probable", probable=_named((hit.code for hit in result.likely), say))
    if result.doubtful:
        yield say("wording_lint.doubtful", doubtful=_named((hit.code for hit in result.doubtful), say))


def _title(defect: Defect, say: Texts) -> str:
    """Return the name of a defect; of one that is to be confirmed, it says so."""
    name = say(f"wording.{defect.code}", "title")
    return say("wording_lint.perhaps", defect=name) if defect.asks else name


def _place(text: str, start: int) -> str:
    """Return line and column of an offset, both counted from 1."""
    return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


class AsWorkbook:
    """A workbook with one sheet of findings and one of all texts."""

    def __init__(self, path: Path, lang: str) -> None:
        self._path, self._say = path, texts(lang)
        self._book = Workbook(write_only=True)
        self._findings = self._sheet("findings", (24, 12, 28, 10, 40, 22, 60, 60))
        self._texts = self._sheet("texts", (24, 12, 22, 80, 40, 40, 30))

    def _sheet(self, name: str, widths: tuple[int, ...]) -> Any:
        sheet = self._book.create_sheet(self._say(f"wording_lint.sheet_{name}"))
        sheet.freeze_panes = "A2"
        for number, width in enumerate(widths):
            sheet.column_dimensions[chr(ord("A") + number)].width = width
        heads = self._say(f"wording_lint.columns_{name}").split("|")
        self._append(sheet, heads, bold=True)
        return sheet

    def _append(self, sheet: Any, values: list[str], *, bold: bool = False) -> None:
        """Add a row of texts: nothing in it is ever taken for a formula."""
        row = []
        for value in values:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub(" ", value)[:MAX_CELL])
            cell.data_type = "s"
            cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
            row.append(cell)
        sheet.append(row)

    def add(self, line: Line, result: LintResult) -> None:
        """Add the rows of one text."""
        say = self._say
        language = language_name(result.language, say.lang) if result.language else ""
        for defect in (*result.defects, *result.remarks):
            title = _title(defect, say)
            law = "\n".join(law_of(defect.code, defect.articles, say))
            self._append(self._findings, [line.id, language, title, say.word(defect.severity), defect.quote, law,
                                          defect.message, defect.fix])  # fmt: skip
        self._append(self._texts, [
            line.id, language, say.word(result.kind) if result.kind else "", line.text,
            self._elements(result), "\n".join(_lacks(result, say)),
            _not_analysed(result, say) or "\n".join([str(len(result.defects)), *_unread(line.text, result, say)]),
        ])  # fmt: skip

    def _elements(self, result: LintResult) -> str:
        """Return what a text says, and what it probably says."""
        sure = _named((hit.code for hit in result.elements if not hit.likely_by), self._say)
        return "\n".join([sure, *_unsure(result, self._say)])

    def close(self) -> None:
        """Save the workbook and say where."""
        self._book.save(self._path)
        click.echo(str(self._path))
