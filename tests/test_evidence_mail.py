# ruff: noqa: E501  (messages are easier to read on one line)
"""Stored mail, exported chats and archives of exports: who wrote to whom, when, and what is refused."""

from __future__ import annotations

import io
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import polars as pl
import pytest
from evidence_cases import AS_OF, intake
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdpr_assess.issue import Issue
from gdpr_assess.lang.sentences import issue_text
from gdpr_assess.practices import Exports, read_evidence
from gdpr_assess.practices.readers import archive
from gdpr_assess.practices.readers.mail import looks_like_mail
from gdpr_assess.practices.readers.whatsapp import looks_like_chat

REAL = Path(__file__).parent / "data" / "exports_consent"
OWN = "privacy@shop.example"


def of(folder: Path, **profile: object) -> tuple[Exports, list[Issue]]:
    return read_evidence(folder, intake(**profile), AS_OF)


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code.removeprefix("practices.") for issue in issues}


def put(folder: Path, name: str, content: bytes | str) -> None:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def messages(exports: Exports, *columns: str) -> list[tuple[object, ...]]:
    frame = exports["messages"].frame.with_columns(pl.col("sent_at").dt.strftime("%Y-%m-%d %H:%M"))
    return frame.select(columns).rows()


def mail(sender: str, to: str, text: str = "Hello", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, headers.pop("subject", "Grüße")
    made["Date"] = headers.pop("date", "Tue, 05 May 2026 10:00:00 +0200")
    made["Message-ID"] = headers.pop("id", "<1@shop.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def mbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From x@y Tue May  5 10:00:00 2026\n" + one.replace(b"\nFrom ", b"\n>From ") + b"\n" for one in mails
    )


def test_a_mailbox_with_own_domains(tmp_path: Path) -> None:
    put(tmp_path, "box.mbox", mbox(
        mail("Anna <Anna@kund.se>", "help@shop.example", "Hi\n\nFrom here on I object.", id="<a@kund.se>"),
        mail("Help <help@mail.shop.example>", "anna@kund.se, bo@kund.se", id="<b@shop.example>", In_Reply_To="<a@kund.se>", List_Unsubscribe="<mailto:u@shop.example>"),
        mail("a@shop.example", "b@shop.example", id="<c@shop.example>").replace(b"Date: ", b"Date: soon\nX-Date: "),
    ))  # fmt: skip
    exports, issues = of(tmp_path, privacy_contact=OWN)
    assert messages(exports, "_row", "message_id", "thread_id", "direction", "customer_address", "agent") == [
        (1, "a@kund.se", "a@kund.se", "inbound", "anna@kund.se", None),
        (2, "b@shop.example", "a@kund.se", "outbound", "anna@kund.se", "help@mail.shop.example"),
        (2, "b@shop.example 2", "a@kund.se", "outbound", "bo@kund.se", "help@mail.shop.example"),
        (3, "c@shop.example", "c@shop.example", None, None, None),
    ]
    assert messages(exports, "sent_at", "channel", "subject", "text", "unsubscribe_header")[:2] == [
        ("2026-05-05 08:00", "email", "Grüße", "Hi\n\nFrom here on I object.", None),
        ("2026-05-05 08:00", "email", "Grüße", "Hello", "<mailto:u@shop.example>"),
    ]
    assert "bad_time" in codes(issues)
    shown = " ".join(issue_text(issue, "en") for issue in issues)
    assert not [word for word in ("kund.se", "Anna", "object") if word in shown]


def test_the_own_domain_is_the_one_in_nearly_every_mail(tmp_path: Path) -> None:
    put(tmp_path, "box", mbox(*(mail(f"p{n}@c{n}.se", "help@shop.example", id=f"<{n}@x>") for n in range(6))))
    exports, issues = of(tmp_path)
    assert messages(exports, "direction") == [("inbound",)] * 6
    assert "mail_side" not in codes(issues)
    put(tmp_path, "box", mbox(mail("a@b.se", "c@d.se")))
    exports, issues = of(tmp_path)
    assert messages(exports, "direction", "customer_address") == [(None, None)]
    assert "mail_side" in codes(issues)


def test_one_mail_with_html_and_attachment(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "shop@shop.example", "a@kund.se", "Tue, 05 May 2026 10:00:00 +0000"
    made["Subject"] = "News"
    made.set_content(
        '<style>p {}</style><p>Caf&eacute;</p><p>Leave: <a href="https://x.example/leave">here</a></p>', subtype="html"
    )
    made.add_attachment(b"4111 1111 1111 1111", maintype="text", subtype="plain", filename="cards.txt")
    put(tmp_path, "news.eml", made.as_bytes())
    exports, _ = of(tmp_path, dpo_contact=OWN)
    ((text, direction),) = messages(exports, "text", "direction")
    assert (str(text).split("\n")[0], direction) == ("Café", "outbound")
    assert "https://x.example/leave" in str(text)
    assert "4111" not in str(text)


def test_mail_in_old_encodings_is_read(tmp_path: Path) -> None:
    head = b"From: a@kund.se\r\nTo: b@shop.example\r\nDate: Tue, 5 May 2026 10:00:00 +0200\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\nf\xfcr Sie\r\n"
    put(tmp_path, "a.eml", head)
    put(
        tmp_path,
        "b.eml",
        head.replace(b"windows-1252", b"no-such-thing").replace(b"=?iso-8859-1?Q?Gr=FC=DFe?=", b"=?broken?Q?x"),
    )
    exports, _ = of(tmp_path, dpo_contact=OWN)
    assert messages(exports, "text") == [("für Sie",), ("für Sie",)]
    assert messages(exports, "subject")[0] == ("Grüße",)


def test_tables_are_no_mail_and_no_chat() -> None:
    somewhere = Path("x")
    for head in (b"from,to,subject,date\na,b,c,d\n", b"From: x\nTo: y\n", b"call_id\n1\n", b"", b"files:\n  a: 1\n"):
        assert not looks_like_mail(head, somewhere)
        assert not looks_like_chat(head, somewhere)
    assert looks_like_mail(mail("a@b.se", "c@d.se"), somewhere)


LINES = (REAL / "whatsapp_variants.txt").read_text().splitlines()


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        (LINES[1], "2018-06-23 11:55"), (LINES[5], "2018-06-13 19:25"), (LINES[6], "2018-06-13 19:25"),
        (LINES[7], "2018-06-13 19:25"), (LINES[8], "2018-06-13 19:25"), (LINES[10], "2018-06-13 19:25"),
        ("2026年5月1日", None), ("[2026/5/1 下午3:04:05] 客户: 你好", "2026-05-01 13:04"),
        ("\u200e[13.06.18, 21:25:15] \u202aa\u202c: \u200em", "2018-06-13 19:25"),
    ],
)  # fmt: skip
def test_forms_of_telephones(line: str, moment: str | None, tmp_path: Path) -> None:
    put(tmp_path, "chat.txt", line + "\n")
    exports, _ = of(tmp_path)
    assert [sent for (sent,) in messages(exports, "sent_at")] == ([moment] if moment else [])


def test_all_real_lines_are_messages_but_the_systems_own(tmp_path: Path) -> None:
    shutil.copy(REAL / "whatsapp_variants.txt", tmp_path / "chat.txt")
    exports, issues = of(tmp_path)
    assert messages(exports, "_row", "text")[:3] == [(2, "one\ntwo"), (4, "m"), (5, "m")]
    assert exports["messages"].frame.height == 11
    assert {"dates_conflict", "chat_side"} <= codes(issues)


def test_day_and_month_are_decided_by_the_whole_chat(tmp_path: Path) -> None:
    put(tmp_path, "chat.txt", "3/6/26, 1:55 p.m. - a: m\n4/13/26, 1:55 p.m. - a: m\n")
    assert messages(of(tmp_path)[0], "sent_at") == [("2026-03-06 12:55",), ("2026-04-13 11:55",)]
    put(tmp_path, "chat.txt", "3/11/25, 13:55 - a: m\n4/2/26, 13:55 - a: m\n1/5/26, 13:55 - b: m\n")
    assert messages(of(tmp_path)[0], "sent_at")[0] == ("2025-11-03 12:55",)  # by the run of time: month first runs back
    put(tmp_path, "chat.txt", "3/4/26, 13:55 - a: m\n")
    exports, issues = of(tmp_path)
    assert (messages(exports, "sent_at"), "dates_ambiguous" in codes(issues)) == ([(None,)], True)
    put(tmp_path, "evidence.yaml", "files: {chat.txt: {dates: mdy}}\n")
    assert messages(of(tmp_path)[0], "sent_at") == [("2026-03-04 12:55",)]


def test_the_sides_of_a_chat_follow_from_its_name_or_the_map(tmp_path: Path) -> None:
    lines = "13/04/2026, 10:00 - +46 70 123 45 67: hi\n13/04/2026, 10:01 - Shop: hello\n"
    put(tmp_path, "WhatsApp Chat with +46 70 123 45 67.txt", lines)
    exports, issues = of(tmp_path)
    assert messages(exports, "direction", "customer_address", "agent") == [
        ("inbound", "+46701234567", None), ("outbound", "+46701234567", "Shop"),
    ]  # fmt: skip
    assert "chat_side" not in codes(issues)
    (tmp_path / "WhatsApp Chat with +46 70 123 45 67.txt").rename(tmp_path / "chat.txt")
    put(
        tmp_path,
        "evidence.yaml",
        "files:\n  chat.txt:\n    columns: {direction: Author}\n    values: {direction: {Shop: outbound, '+46 70 123 45 67': inbound}}\n",
    )
    assert messages(of(tmp_path)[0], "direction") == [("inbound",), ("outbound",)]


def zipped(path: Path, **files: bytes | str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/", 1).replace("_dot_", "."), content)


def test_an_audience_archive(tmp_path: Path) -> None:
    zipped(tmp_path / "audience.zip", **{
        "subscribed_members_export_1.csv": (REAL / "subscribed_members_export.csv").read_bytes(),
        "unsubscribed_members_export_1.csv": "Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,EUID,UNSUB_TIME\nx@x.se,2,,2025-01-01 10:00:00,1,e,2026-01-01 10:00:00\n",
        "cleaned_members_export_1.csv": "Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,EUID,CLEAN_TIME\ny@x.se,2,,2025-01-01 10:00:00,2,f,2026-01-01 10:00:00\n",
        "broken.json": "{",
        "photo.jpg": b"\xff\xd8",
    })  # fmt: skip
    exports, issues = of(tmp_path)
    found = exports["consents"].frame.select("contact", "status").rows()
    assert sorted(found, key=str) == [
        ("b.mwangi@hathaway.edu", "granted"),
        ("m.white@student.hathaway.edu", "granted"),
        ("x@x.se", "withdrawn"),
        ("y@x.se", None),
    ]
    assert {fact["sheet"] for fact in exports.facts} == {
        f"{kind}_members_export_1.csv" for kind in ("subscribed", "unsubscribed", "cleaned")
    }
    broken = next(issue for issue in issues if issue.place.sheet == "broken.json")
    assert broken.code == "practices.json_unreadable"


def test_a_chat_in_an_archive_is_named_by_it(tmp_path: Path) -> None:
    zipped(
        tmp_path / "WhatsApp Chat - Anna.zip",
        **{"_chat.txt": "[13.04.26, 10:00:00] Anna: hi\n[13.04.26, 10:01:00] Shop: yes\n"},
    )
    assert messages(of(tmp_path)[0], "direction", "thread_id") == [
        ("inbound", "WhatsApp Chat - Anna"), ("outbound", "WhatsApp Chat - Anna"),
    ]  # fmt: skip


def test_archives_that_are_no_fair_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "bomb.zip", **{"calls.csv": "call_id,started_at\n" + "0," * 60_000_000})
    assert "archive_too_heavy" in codes(of(tmp_path)[1])
    (tmp_path / "bomb.zip").unlink()
    zipped(tmp_path / "a.zip", **{"../../calls.csv": "call_id,started_at\n1,2026-01-01\n"})
    exports, _ = of(tmp_path)
    assert exports["calls"].frame.height == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]
    monkeypatch.setattr(archive, "MAX_ENTRIES", 1)
    zipped(tmp_path / "a.zip", a_dot_csv="x", b_dot_csv="y")
    assert "archive_too_heavy" in codes(of(tmp_path)[1])


def test_damaged_and_locked_archives(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("calls.csv", "call_id,started_at\n1,2026-01-01\n")
    whole = held.getvalue()
    put(tmp_path, "a.zip", whole.replace(b"1,2026-01-01", b"9,2026-01-01"))
    assert "archive_damaged" in codes(of(tmp_path)[1])
    locked = bytearray(whole)
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    put(tmp_path, "a.zip", bytes(locked))
    assert "archive_password" in codes(of(tmp_path)[1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=200).map(lambda tail: b"From: a@b.se\nTo: c@d.se\nDate: x\n" + tail),
        st.binary(max_size=200).map(
            lambda tail: b"From a@b Tue May  5 10:00:00 2026\nFrom: a@b.se\nTo: <@,\nDate: x\n" + tail
        ),
        st.text(alphabet="0123/., :-[]ab\n\u200e", max_size=120).map(
            lambda tail: f"3/4/26, 10:00 - a: b\n{tail}".encode()
        ),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
    )
)
def test_anything_that_begins_so_is_read_or_said(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "file", content)
    exports, issues = of(tmp_path)
    assert exports["messages"].given or issues
    for issue in issues:
        assert issue_text(issue, "en")
