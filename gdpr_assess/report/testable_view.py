"""What could be tested and what could not: why, and which records or statements would change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gdpr_assess.model import CheckResult
from gdpr_assess.practices.rule import Rule, rules
from gdpr_assess.report.channel_rows import Ended, channel_rows
from gdpr_assess.report.channel_view import channel_name
from gdpr_assess.report.context import Report
from gdpr_assess.report.html import Html, section, table, tag
from gdpr_assess.report.rows import CheckRow

ASKED = {
    "no_recording_retention": "recording_retention", "no_message_retention": "message_retention",
    "no_country": "country", "no_recording_rule": "recording_rule", "failed": "nothing",
}  # fmt: skip
"""Reasons whose remedy is one statement or column."""
BY_COUNTRY = frozenset({"marketing.consent", "marketing.hours", "recording.consent_before"})
"""Checks that rest on the rules of the called person's country: of some no verified one is known."""
GROUPS: tuple[tuple[Ended, ...], ...] = (
    ("exceptions", "question", "clean"), ("not_testable", "undecided"), ("no_records",),
)  # fmt: skip
"""Endings that were tested, that were not testable, and that found nothing to look at."""


def what_was_tested(report: Report) -> Html | None:
    """Return how many checks could be made, and what to hand over for the others; None without any check."""
    t, rows = report.t, report.checks
    if not rows:
        return None
    outcomes = [row.check.outcome for row in rows]
    intro = t("channels.testable_intro", ran=outcomes.count("ran"), all=len(rows),
              none=outcomes.count("not_applicable"))  # fmt: skip
    wanted: dict[tuple[str, ...], list[CheckRow]] = {}
    for row in rows:
        if row.check.outcome in {"not_testable", "failed"} or row.check.params.get("missing"):
            wanted.setdefault(tuple(asks(report, row.check)), []).append(row)
    ordered = sorted(wanted.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    heads = [t("channels.ask"), t("channels.ask_for"), t("channels.ask_channels"), t("channels.ask_why")]
    listed = table(heads, [_row(report, what, found) for what, found in ordered], t("channels.testable"))
    shown = listed if wanted else tag("p", t("channels.testable_all"))
    return section(t("channels.testable"), _channels(report), _silent(report), shown, id_="testable", intro=intro)


def _channels(report: Report) -> Html:
    """Return how many checks of each channel were made, could not be made, or found nothing to look at."""
    t = report.t
    heads = [t("report.channel"), t("channels.tested"), t.word("not_testable"), t("channels.nothing_there")]
    rows = []
    for row in channel_rows(report):
        tested, open_, nothing = (sum(row.counts.get(ended, 0) for ended in group) for group in GROUPS)
        rows.append([channel_name(report, row), *map(report.number, (tested, open_, nothing))])
    return table(heads, rows, t("channels.by_channel"))


def _silent(report: Report) -> Html | None:
    """Return which channels the client uses of which no call and no message was handed over."""
    known = rules()
    contacts = [check for check in report.run.checks
                if check.check in known and {"calls", "messages"} & set(known[check.check].needs)]  # fmt: skip
    seen = {part.channel for check in contacts for part in check.by_channel if part.population}
    silent = [report.t.word(channel) for channel in report.run.client.channels if channel not in seen]
    return tag("p", report.t("channels.silent", channels=silent), class_="ga-callout") if silent else None


def _row(report: Report, what: tuple[str, ...], found: list[CheckRow]) -> list[object]:
    t, known = report.t, [rule for row in found if (rule := rules().get(row.check.check))]
    channels = [channel for rule in known for channel in rule.channels or (None,)]
    used = [channel for channel in dict.fromkeys(channels) if channel is None or channel in report.run.client.channels]
    words = [t.word(channel) if channel else t("channels.channel_none") for channel in used]
    reasons = list(dict.fromkeys(_why(report, row) for row in found))
    return [
        tag("ul", [tag("li", one) for one in what]),
        tag("ul", [tag("li", _name(report, row)) for row in found]),
        t("report.list_comma").join(words) or "–",
        [tag("p", reason) for reason in reasons],
    ]


def _why(report: Report, row: CheckRow) -> str:
    if row.check.outcome != "ran":
        return row.reason or "–"
    return report.t("practices.missing_columns", missing=row.check.params["missing"])


def _name(report: Report, row: CheckRow) -> str:
    if row.check.outcome != "ran":
        return row.title
    return report.t("channels.ask_rest", title=row.title, count=row.check.untested)


def asks(report: Report, check: CheckResult) -> Iterator[str]:
    """Yield what to hand over so that a check can be made."""
    t, rule = report.t, rules().get(check.check)
    key = f"channels.ask_{ASKED.get(check.reason or '', check.reason)}"
    if check.reason in {"unreadable_files", "empty_files"}:
        yield t("channels.ask_again", files=list(check.params.get("lost", ())))
    elif check.reason == "undecidable" and rule:
        key = "channels.ask_filled" if check.check in BY_COUNTRY else "channels.ask_columns"
        yield t(key, columns=[_column(report, name) for name in _columns(rule)])
    elif (check.outcome == "ran" or check.reason in {"missing_tables", "missing_columns"}) and rule:
        yield from _lacking(report, check, rule)
    else:
        yield t(key) if t.has(key) else t("channels.ask_nothing")


def _lacking(report: Report, check: CheckResult, rule: Rule) -> Iterator[str]:
    missing: dict[str, list[str]] = {}
    for name in check.params.get("missing", ()):
        table_name, _, column = str(name).partition(".")
        missing.setdefault(table_name, []).extend([column] if column else _needed(rule).get(table_name, ()))
    for table_name, columns in missing.items():
        words = [_column(report, column) for column in dict.fromkeys(columns)]
        name = report.t(f"forms.table_{table_name}")
        key = "channels.ask_table" if words else "channels.ask_table_whole"
        yield report.t(key, table=name, columns=words)


def _needed(rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """Return the columns that a rule reads, by table."""
    return {**rule.needs, **rule.one_of, **rule.lookups}


def _columns(rule: Rule) -> list[str]:
    return list(dict.fromkeys(column for columns in _needed(rule).values() for column in columns))


def _column(report: Report, column: str) -> str:
    key = f"mapping.is_{column}"
    return f"{report.t(key)} ({column})" if report.t.has(key) else column
