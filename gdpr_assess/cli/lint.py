"""`gdpr-assess lint`: the wording linter alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, Any, get_args

import click
from pydantic import ConfigDict, ValidationError

from gdpr_assess import wording
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.model import LegalBasis, LintLine, LintResult, Noun, Severity, WordingKind

RANK: dict[str, int] = {"low": 0, "medium": 1, "high": 2}


class Line(Noun):
    """One input line of `--format jsonl`; further keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    text: str
    language: str | None = None
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None


def _parsed(raw: str) -> Line | str:
    """Return the line, or what is wrong with it."""
    try:
        data: Any = json.loads(raw)
        if isinstance(data, dict) and isinstance(data.get("id"), int):
            data["id"] = str(data["id"])
        return Line.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'line'}: {first['msg']}"
    except (json.JSONDecodeError, RecursionError):
        return "not a JSON object"


def _json_lines(stream: IO[str], name: str) -> Iterator[Line | str]:
    for number, raw in enumerate(stream, start=1):
        if raw.strip():
            line = _parsed(raw)
            yield f"{name}:{number}: {line}" if isinstance(line, str) else line


def _lines(files: tuple[str, ...], as_json: bool) -> Iterator[Line | str]:
    """Yield the texts, and a message for each line that is none."""
    for name in files or ("-",):
        try:
            with click.open_file(name, encoding="utf-8-sig") as stream:
                if name.endswith(".jsonl") or (name == "-" and as_json):
                    yield from _json_lines(stream, name)
                else:
                    yield Line(id=name, text=stream.read())
        except UnicodeDecodeError:
            raise click.ClickException(f"{name}: not UTF-8 text") from None
        except OSError as error:
            raise click.ClickException(f"{name}: {error.strerror}") from None


def _print_text(line: Line, result: LintResult, lang: str) -> None:
    say = texts(lang)
    if result.not_analysed:
        click.echo(f"{line.id}: {say(f'wording.not_analysed.{result.not_analysed}')}")
        return
    click.echo(f"{line.id}: {result.language}, defects: {len(result.defects)}")
    for defect in (*result.defects, *result.remarks):
        number = line.text.count("\n", 0, defect.start) + 1
        column = defect.start - (line.text.rfind("\n", 0, defect.start) + 1) + 1
        click.echo(f"  {number}:{column}  {say.word(defect.severity)}  {say(f'wording.{defect.code}', 'title')}")
        click.echo(f"      “{defect.quote}”  ({', '.join(defect.articles)})")
        click.echo(f"      {defect.message}")
        click.echo(f"      → {defect.fix}")
    if result.missing:
        missing = "; ".join(say(f"wording.{code}", "title") for code in result.missing)
        click.echo(f"  {say('wording_lint.missing', missing=missing)}")


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--lang", "language", metavar="L", help="Language of the texts [default: detected].")
@click.option("--kind", type=click.Choice(get_args(WordingKind)), help="What the texts are used for.")
@click.option("--country", metavar="CC", help="Country of the people addressed (ISO code).")
@click.option("--basis", type=click.Choice(get_args(LegalBasis)), help="Legal basis the texts rest on.")
@click.option("--report-lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the messages.")
@click.option("--fail-on", type=click.Choice(list(RANK)), help="Exit code 1 at a defect of this severity or above.")
@click.pass_context
def lint(
    ctx: click.Context, files: tuple[str, ...], form: str, language: str | None, kind: WordingKind | None,
    country: str | None, basis: LegalBasis | None, report_lang: str, fail_on: Severity | None,
) -> None:  # fmt: skip
    """Check announcements, scripts, consent texts and notices.

    Text files hold one text each; .jsonl files (and standard input with --format jsonl) hold one object per line:
    {"id", "text"} and optionally "language", "kind", "country", "basis". A line that is wrong is named, the others are
    checked all the same, and the exit code is 1.

    \b
    Examples:
      gdpr-assess lint announcement.txt --kind recording_notice
      gdpr-assess lint --format jsonl < texts.jsonl > results.jsonl
      gdpr-assess lint scripts/*.txt --fail-on high
    """
    worst, bad = -1, 0
    for line in _lines(files, form == "jsonl"):
        if isinstance(line, str):
            click.echo(f"error: {line}", err=True)
            bad += 1
            continue
        result = wording.lint(
            line.text, language=line.language or language, kind=line.kind or kind, country=line.country or country,
            basis=line.basis or basis, lang=report_lang,
        )  # fmt: skip
        worst = max([worst, *(RANK[defect.severity] for defect in result.defects)])
        if form == "jsonl":
            out = LintLine(id=line.id, **{name: getattr(result, name) for name in LintResult.model_fields})
            sys.stdout.write(_packed(out) + "\n")
        else:
            _print_text(line, result, report_lang)
    ctx.exit(1 if bad or (fail_on and worst >= RANK[fail_on]) else 0)


def _packed(line: LintLine) -> str:
    data = line.model_dump(mode="json")
    ordered = {"id": data.pop("id"), **data}
    for name in ("not_analysed", "remarks"):
        if not ordered[name]:
            del ordered[name]
    return json.dumps(ordered, ensure_ascii=False)
