"""A small client of whose calls some are drawn, and what people answer about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from evidence_cases import AS_OF, index, intake

from gdpr_assess.model import CheckResult, Intake, LintResult
from gdpr_assess.practices import read_evidence, run_checks
from gdpr_assess.practices.drawn_layout import HEADING_ROW, QUESTION
from gdpr_assess.practices.questions import PREFIX
from gdpr_assess.practices.sampler import Request, Sampler, Written
from gdpr_assess.workspace import ClientFolder

SAMPLE = Path(__file__).parent.parent / "data_samples" / "swedish_telesales"
CUSTOMER, AGENT = "+46701740614", "Astrid Agent"
HEADER = "call_id,started_at,direction,customer_number,customer_country,agent,purpose,recorded,announced_at,consent\n"


def calls(count: int) -> str:
    """Return an export: two calls in three are recorded, one in five is Danish, all are said to be announced."""
    rows = [
        f"C-{n:05},2026-04-{n % 28 + 1:02}T09:00:00Z,{'outbound' if n % 4 else 'inbound'},{CUSTOMER},"
        f"{'DK' if n % 5 == 0 else 'SE'},{AGENT},{'marketing' if n % 2 else 'service'},{'true' if n % 3 else 'false'},"
        f"2026-04-{n % 28 + 1:02}T08:59:00Z,granted"
        for n in range(count)
    ]
    return HEADER + "\n".join(rows) + "\n"


def lint(text: str, **_: Any) -> LintResult:
    return LintResult(language="en")


class Client:
    """A client folder with one export of calls, what is drawn from it, and what people answer."""

    def __init__(self, root: Path, count: int = 300, *, name: str = "calls.csv", **said: Any) -> None:
        self.folder = ClientFolder(root)
        self.folder.evidence.mkdir(parents=True, exist_ok=True)
        (self.folder.evidence / name).write_text(calls(count), encoding="utf-8")
        self.intake: Intake = intake(index(name), **said)

    def draw(self, lang: str = "en", **asked: Any) -> Written:
        known: dict[str, Any] = {"file": "calls.csv", "size": 40}
        return Sampler(self.folder, self.intake, AS_OF).write(Request(**(known | asked)), lang)

    def seen(self) -> tuple[dict[str, CheckResult], set[str]]:
        exports, issues = read_evidence(self.folder.evidence, self.intake, AS_OF)
        results, self.findings = run_checks(exports, self.intake, AS_OF, {}, lint)
        self.issues = [issue for issue in issues if "sample" in issue.code]
        named = {one.check.removeprefix(PREFIX): one for one in results if one.check.startswith(PREFIX)}
        return named, {issue.code.removeprefix("practices.") for issue in self.issues}


Answer = Callable[[int], str | None]


def answer(path: Path, **answers: Answer | str) -> None:
    """Answer questions; a function gets the running number of the row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for name, said in answers.items():
        for row in range(HEADING_ROW + 1, sheet.max_row + 1):
            text = said if isinstance(said, str) else said(row - HEADING_ROW)
            sheet.cell(row, columns[QUESTION + name]).value = text
    book.save(path)


def rows_of(path: Path) -> list[int]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "row")
    return [int(sheet.cell(row, column).value) for row in range(HEADING_ROW + 1, sheet.max_row + 1)]
