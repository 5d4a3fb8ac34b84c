"""Exports of vendors as the linter reads them: the fields that hold wordings, what is said not to be read, the bar."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from gdpr_assess.cli import main
from gdpr_assess.cli.lint_export import Export, records
from gdpr_assess.cli.lint_input import RecordLine, lines
from gdpr_assess.cli.lint_progress import Bar
from gdpr_assess.practices.readers.json_records import CHUNK
from gdpr_assess.wording.exported import export_fields, held

THEIRS = "My card number is on the letter, signed Kim Example."
MACRO = {"url": "https://nordlux.zendesk.com/api/v2/macros/25.json", "id": 25, "title": "Refund", "active": True,
         "actions": [{"field": "status", "value": "solved"},
                     {"field": "comment_value", "value": ["channel:all", "We store your data."]},
                     {"field": "comment_value_html", "value": "<p>We store <b>your</b> data.</p>"}],
         "restriction": None}  # fmt: skip
TRIGGER = {
    "id": 33,
    "title": "Received",
    "conditions": {"all": [], "any": []},
    "actions": [
        {"field": "notification_user", "value": ["requester_id", "Your request", "Calls are recorded."]},
        {"field": "notification_target", "value": ["32322", "Ticket {{ticket.id}}"]},
        {"field": "notification_sms_user", "value": ["requester_id", "7", "We got it."]},
        {"field": "notification_webhook", "value": ["01GK8E6", '{"text": "We will call you"}']},
    ],
}
ARTICLE = {"id": 35436, "url": "https://nordlux.zendesk.com/api/v2/help_center/en-us/articles/35436.json",
           "section_id": 98838, "source_locale": "en-us", "locale": "en-us", "draft": False,
           "title": "Data", "body": "<p>We record.</p>"}  # fmt: skip
VARIANTS = {"name": "Notice", "variants": [{"id": 23, "content": "We record.", "locale_id": 125, "active": True}]}
TICKET = {"id": 1, "requester_id": 5, "submitter_id": 5, "subject": "Card", "description": THEIRS}
COMMENTS = [
    {"id": 1274, "type": "Comment", "body": "We record.", "public": True, "author_id": 1},
    {"id": 1275, "type": "Comment", "body": "He is rude.", "plain_body": "He is rude.", "public": False},
]


def part(author: str, body: str | None, kind: str = "comment") -> dict[str, Any]:
    return {"type": "conversation_part", "id": "9", "part_type": kind, "body": body,
            "author": {"type": author, "id": "7", "name": "Kim Example"}}  # fmt: skip


TALK = {"type": "conversation", "id": "367", "source": {
            "type": "conversation", "delivered_as": "customer_initiated", "body": THEIRS, "author": {"type": "user"}},
        "conversation_parts": {"type": "conversation_part.list", "total_count": 5, "conversation_parts": [
            part("user", THEIRS), part("admin", "<p>We record.</p>"), part("bot", "May we call?"),
            part("admin", "He is rude.", "note"), part("admin", None, "assignment")]}}  # fmt: skip
HELP = {
    "type": "article",
    "id": "55",
    "title": "Data",
    "description": "",
    "body": "<p>We record.</p>",
    "translated_content": {
        "type": "article_translated_content",
        "sv": {"type": "article_content", "title": "Uppgifter", "body": "<p>Vi spelar in.</p>"},
    },
}
FORM = {"id": "f", "formType": "hubspot", "name": "Offers",
        "fieldGroups": [{"groupType": "default_group", "richTextType": "text", "richText": "<p>We use your data.</p>",
                         "fields": [{"fieldType": "email", "name": "email", "label": "E-mail"},
                                    {"fieldType": "single_checkbox", "name": "ok", "label": "I agree"}]}],
        "configuration": {"language": "en", "postSubmitAction": {"type": "thank_you", "value": "Thank you."}},
        "legalConsentOptions": {"type": "explicit_consent_to_process", "privacyText": "We keep it.",
                                "communicationConsentText": "We may write.", "consentToProcessText": "May we?",
                                "communicationsCheckboxes": [{"label": "Yes, offers", "required": True,
                                                              "subscriptionTypeId": 1}]}}  # fmt: skip
EMAIL = {"id": "e", "name": "June", "subject": "Offers", "from": {"fromName": "Nordlux"}, "content": {
    "plainTextVersion": "", "widgets": {"module-0": {"body": {"html": "<p>Sign out here.</p>"}},
                                        "preview_text": {"body": {"value": "New lamps"}}}}}  # fmt: skip
MEMBER = {"id": "m", "email_address": "kim@example.com", "status": "subscribed", "marketing_permissions": [
    {"marketing_permission_id": "666b66", "text": "Email", "enabled": True}]}  # fmt: skip
CAMPAIGN = {"id": "c", "settings": {"subject_line": "Offers", "preview_text": "New lamps", "title": "June"}}
CONTENT = {"html": "<p>Hello</p>", "plain_text": "Hello", "archive_html": "<p>Hello</p>", "_links": []}
VARIATE = {"variate_contents": [{"content_label": "green", "plain_text": "", "html": "<p>Hello</p>"}], "_links": []}
SIGN_UP = {
    "header": {"image_url": "", "text": "Nordlux"},
    "contents": [{"section": "signup_message", "value": "Join us"}],
}
PAGES = {"type": "pages", "page": 1, "total_pages": 1}


@pytest.mark.parametrize(
    ("export", "wanted"),
    [
        ({"macros": [MACRO], "count": 1}, ["We store your data."] * 2),
        ({"macro": MACRO}, ["We store your data."] * 2),
        ({"triggers": [TRIGGER]}, ["Your request", "Calls are recorded.", "Ticket {{ticket.id}}", "We got it."]),
        ({"automations": [MACRO]}, ["We store your data."] * 2),
        ({"articles": [ARTICLE], "page": 1}, ["Data", "We record."]),
        ({"items": [VARIANTS]}, ["We record."]),
        ({"comments": COMMENTS}, ["We record."]),
        ([TALK], ["We record.", "May we call?"]),
        ({"type": "list", "pages": PAGES, "data": [HELP]}, ["Data", "We record.", "Uppgifter", "Vi spelar in."]),
        ({"results": [FORM]}, ["We use your data.", "I agree", "Thank you.", "We keep it.", "We may write.", "May we?",
                               "Yes, offers"]),
        ({"results": [EMAIL]}, ["Offers", "Sign out here.", "New lamps"]),
        ({"members": [MEMBER, MEMBER], "list_id": "1", "_links": [{"rel": "self"}]}, ["Email"]),
        ({"campaigns": [CAMPAIGN], "total_items": 1}, ["Offers", "New lamps"]),
        (CONTENT, ["Hello"]),
        (VARIATE, ["Hello"]),
        ({"signup_forms": [SIGN_UP], "list_id": "1"}, ["Nordlux", "Join us"]),
    ],
)  # fmt: skip
def test_the_wordings_of_an_export_are_read(tmp_path: Path, export: Any, wanted: list[str]) -> None:
    path = written(tmp_path, export)
    reading = Export(path)
    assert [item.text for _, item in reading.texts()] == wanted
    assert [problem for problem in reading.problems() if "webhook" not in problem] == []
    assert [item.text for _, item in Export(written(tmp_path, export, "\n")).texts()] == wanted


def written(folder: Path, export: Any, after: str = "") -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(export, indent=None if after else 2) + after, encoding="utf-8")
    return path


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lint", *arguments])


def test_kinds_are_known_where_they_are_certain_and_each_field_stands_once(tmp_path: Path) -> None:
    old = {"legalConsentOptions": {"explicitConsentToProcess": {
        "consentToProcessText": "May we?", "communicationsCheckboxes": [{"label": "Yes, offers"}]}}}  # fmt: skip
    assert [item.field.kind for item in held(old)] == ["consent_request", "consent_request"]
    result = lint(str(written(tmp_path, {"results": [FORM]})), "--format", "jsonl", "--lang", "en")
    kinds = [json.loads(line)["kind"] for line in result.stdout.splitlines()]
    assert kinds == [None] * 3 + ["message_notice"] + ["consent_request"] * 3
    said = [field.model_dump_json() for field in export_fields()]
    assert len(set(said)) == len(said)


def test_words_of_conversations_are_not_said_and_those_of_customers_not_read(tmp_path: Path) -> None:
    stay = "If you stay on the line, you agree to the recording."
    talk = TALK | {"conversation_parts": {"conversation_parts": [part("admin", stay), part("user", THEIRS)]}}
    result = lint(str(written(tmp_path, {"conversations": [talk]})), "--format", "jsonl", "--lang", "en")
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["id"].endswith("export.json#1:conversations.conversation_parts.conversation_parts[0].body")
    assert json.loads(line)["defects"]
    assert not [word for word in ("on the line", "card", "Kim") if word in result.output]


@pytest.mark.parametrize(
    ("export", "said"),
    [
        ({"tickets": [TICKET], "comments": COMMENTS}, "in 1 record(s), first in record 1: description: it may"),
        ({"triggers": [MACRO, TRIGGER]}, "in 1 record(s), first in record 2: actions.value.1: it is an"),
        ({"macros": [MACRO], "views": [{"id": 1}, {"id": 2}]}, "not read in 2 record(s), first in record 2: views: no"),
        ({"macros": [MACRO], "kim@example.com": [{"a": THEIRS}]}, "first in record 2: no field in it is known"),
        ([TALK, {"type": "contact", "name": "Kim Example"}], "not read in 1 record(s), first in record 2: no field"),
        ([{"type": "contact", "name": "Kim Example"}], "holds no field that is known to hold wordings"),
        ([], "holds no field that is known to hold wordings"),
    ],
)  # fmt: skip
def test_what_is_not_read_of_an_export_is_said_without_its_words(tmp_path: Path, export: Any, said: str) -> None:
    path = written(tmp_path, export)
    result = lint(str(path), "--format", "jsonl", "--lang", "en")
    assert result.exit_code == said.startswith("holds no field")
    assert f"{path}: " in result.stderr
    assert said in result.stderr
    assert "Kim" not in result.output
    assert "kim@" not in result.output


def test_names_that_no_vendor_uses_are_not_said() -> None:
    (first, *_) = held({"Kim Example": {"comments": [{"plain_body": "We record.", "public": "true"}]}})
    assert first.where == "[0].comments[0].plain_body"


def test_a_broken_export_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text(json.dumps({"macros": [MACRO, MACRO]})[:-40], encoding="utf-8")
    result = lint(str(path), "--format", "jsonl", "--lang", "en")
    assert len(result.stdout.splitlines()) == 2
    assert f"error: {path}: after record 1 it is cut off" in result.stderr
    path.write_text("We record.", encoding="utf-8")
    assert f"error: {path}: not JSON" in lint(str(path)).stderr
    path.write_text(json.dumps({"macro": {"actions": [{"field": "comment_value", "value": "\ud800"}]}}))
    assert "first in record 1: actions.value: it has halves of characters" in lint(str(path)).stderr


def test_lines_and_pages_one_after_another_are_read(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    pages = [{"stream": "macros", "data": MACRO}, {"macros": [MACRO, MACRO]}, {"macros": []}]
    path.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8-sig")
    assert [number for number, _ in Export(path).texts()] == [1, 1, 2, 2, 3, 3]


def test_only_as_much_of_an_export_is_in_memory_as_the_next_record_needs() -> None:
    stream = io.StringIO(json.dumps({"count": 40_000, "macros": [MACRO] * 40_000}))
    assert len(stream.getvalue()) > 10 * CHUNK
    assert next(records(stream)).value["id"] == "25"
    assert stream.tell() <= CHUNK


def test_a_number_at_the_end_of_what_is_in_memory_is_whole() -> None:
    for length in range(CHUNK - 12, CHUNK - 1):
        stream = io.StringIO('{"a":"' + "x" * (length - 10) + '","b":123456789,"macros":[{"c":1}]}')
        assert [record.value for record in records(stream)][-1]["b"] == "123456789"


@given(st.one_of(st.binary(max_size=200), st.text(alphabet='{}[]",:a1\\ \n', max_size=80).map(str.encode)))
def test_any_bytes_named_json_give_texts_or_problems(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_bytes(data)
        reading = Export(path)
        assert list(reading.texts()) or list(reading.problems())


def test_nesting_without_end_is_no_matter() -> None:
    assert list(held(json.loads('{"a":[' * 300 + '{"macros": 1}' + "]}" * 300))) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def some_files(folder: Path) -> tuple[str, ...]:
    written(folder, [TALK, {"macros": [MACRO]}])
    (folder / "a.csv").write_text("id,wording\n1,Wir zeichnen auf\n2,Übung\n", encoding="utf-8")
    (folder / "a.jsonl").write_text('{"id": "1", "text": "Ja"}\n{"id": 2}\n', encoding="utf-8")
    (folder / "a.txt").write_text("We record.", encoding="utf-8")
    return tuple(str(folder / name) for name in ("export.json", "a.csv", "a.jsonl", "a.txt"))


def test_the_bar_counts_the_bytes_of_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = some_files(tmp_path)
    total = sum(Path(name).stat().st_size for name in files)
    monkeypatch.setattr(sys, "stderr", Terminal())
    bar = Bar(files)
    seen = []
    for line in lines(files, False, None, bar):
        assert isinstance(line, str | RecordLine) or line.text
        seen.append(bar.read)
    assert seen == sorted(seen)
    assert seen[-1] < total
    assert len(set(seen)) > len(files)
    assert bar.read == bar.total == total
    bar.close()


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_terminal_shows_the_bar_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit):
        main(["lint", *some_files(tmp_path), "--format", form, "--lang", "de"])
    assert "0%|" in err.getvalue()
    assert "error: " in err.getvalue()
    assert "B/s" not in out.getvalue()


def test_without_a_terminal_there_is_no_bar(tmp_path: Path) -> None:
    result = lint(*some_files(tmp_path), "--lang", "de")
    assert "%|" not in result.output
    assert Bar(()).total is None
