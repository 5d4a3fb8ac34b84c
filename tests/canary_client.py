"""A client whose exports hold made-up people in every cell that may name one, and rows that provoke every complaint."""

from __future__ import annotations

import csv
import io
import json
import mailbox
import shutil
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from openpyxl import Workbook

from gdpr_assess import intake
from gdpr_assess.installed import shipped
from gdpr_assess.model import Evidence
from gdpr_assess.practices.tables import TABLES, Column
from gdpr_assess.workspace import ClientFolder

NAME, MAIL, PHONE = "Xantippa Quorndt", "xantippa.quorndt@zweifelquell.example", "+49 1522 3456789"
IBAN, CARD, NATIONAL = "DE89 3704 0044 0532 0130 00", "4539 5787 6362 1486", "811218-9876"
STREET, WORD, HAN = "Blaugrasweg 4711", "Mondscheinflieder", "欧阳铃兰"
TEXT = (
    f"{WORD}: {NAME}, {STREET}, {MAIL}, {PHONE}, IBAN {IBAN}, card {CARD} CVV 739, personnummer {NATIONAL}, {HAN}. "
    f"She has diabetes. Hello {NAME}, my name is {NAME} from Example AB. We record this call. You can object: {MAIL}."
)
STEMS = {
    "name": "quorndt", "first name": "xantippa", "mail domain": "zweifelquell", "phone": "15223456789",
    "iban": "370400440532013000", "card": "4539578763621486", "national id": "8112189876", "street": "blaugras",
    "free text": "mondscheinflieder", "name in Chinese": "欧阳铃兰",
}  # fmt: skip
"""What is searched for: canaries in small letters without blanks and signs, so that other ways to write them count."""
SAMPLE = "dach_contact_centre"
CHAT = f"WhatsApp Chat with {NAME}.txt"
RIGHT = {
    "id": "C{n}", "person": NAME, "phone": PHONE, "contact": MAIL, "country": "DE", "number": "1", "flag": "yes",
    "time": "2026-03-0{d} 10:15:00", "text": TEXT,
}  # fmt: skip


def cell(column: Column, number: int) -> str:
    """Return a cell: good in most rows; in every third one a canary where something else belongs."""
    if column.name == "company_number":
        return "+49 30 5550101"  # the client's own numbers are no finding
    if number % 3 == 0 and column.kind in ("time", "flag", "number", "choice", "country"):
        return TEXT if number % 2 else NAME
    if column.allowed:
        return column.allowed[number % len(column.allowed)]
    form = f"{NAME} {{n}}" if number % 5 == 0 and column.kind == "id" else RIGHT[column.kind]
    return form.format(n=number, d=1 + number % 9) if column.kind in ("id", "time") else form


def rows(table: str, count: int = 24) -> list[list[str]]:
    """Return a table with our headings and one more that is a name."""
    columns = TABLES[table].columns
    made = [[cell(column, number) for column in columns] + [TEXT] for number in range(1, count)]
    return [[*(column.name for column in columns), NAME], *made]


def as_csv(lines: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return lines as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _tables(folder: Path) -> None:
    for table in TABLES:
        text = as_csv(rows(table))
        if table == "calls":
            text += f"{NAME},too few\n" + as_csv(rows(table)[1:3]).replace(NAME, f"{NAME}\0")
        if table == "consents":
            text = as_csv(rows(table), ";") + f'1;2;3\n"{TEXT}'  # never closed
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    (folder / "requests_old.csv").write_bytes(
        as_csv(rows("requests")).encode() + f"{NAME},\xe9\xff\n".encode("latin-1")
    )
    (folder / "messages_lines.jsonl").write_text(_json_lines(), encoding="utf-8")


def _json_lines() -> str:
    header, *found = rows("messages", 12)
    lines = [json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=number % 2 == 0)
             for number, row in enumerate(found)]  # fmt: skip
    return "\n".join([*lines, json.dumps(NAME), json.dumps([PHONE]), f'{{"message_id": "{NAME}", "text": "{TEXT}'])


def _workbooks(folder: Path) -> None:
    book = Workbook()
    for title, table in (("Messages", "messages"), (f"Chat {PHONE}", "messages"), ("Staff", "staff")):
        sheet = book.create_sheet(title)
        for line in rows(table, 9):
            sheet.append(line)
        sheet.append([f'="{NAME}"'] * 5)
    sheet = book.create_sheet("Twice")
    for line in rows("calls", 5):
        sheet.append([*line, *line[:2]])
    del book["Sheet"]
    book.save(folder / "book.xlsx")
    (folder / f"staff {MAIL}.xlsx").write_bytes((folder / "book.xlsx").read_bytes())
    (folder / "broken.xlsx").write_bytes((folder / "book.xlsx").read_bytes()[:3000] + TEXT.encode())
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + TEXT.encode())


def _without_headings(folder: Path) -> None:
    people = [[NAME, MAIL, PHONE, STREET, WORD]] * 6
    (folder / "liste.csv").write_text(as_csv(people), encoding="utf-8")
    (folder / "names.csv").write_text(as_csv([[NAME, STREET], [NAME, WORD]]), encoding="utf-8")
    (folder / "numbers.csv").write_text(f"{PHONE}\n" * 6, encoding="utf-8")
    (folder / "twice.csv").write_text(as_csv([[NAME, NAME, "call_id"], *people[:2]]), encoding="utf-8")
    calls = [[str(n), PHONE, "eingehend" if n % 2 == 0 else NAME, TEXT] for n in range(9)]
    mapped = as_csv([["Nummer", "Anrufer", "Richtung", "Bemerkung"], *calls])
    (folder / "kunden.csv").write_text(mapped, encoding="utf-8")
    (folder / "garbage.csv").write_bytes(bytes(range(256)) * 8 + TEXT.encode())
    whole = f'{{"call_id": "1", "started_at": "2026-03-01", "customer_number": "{PHONE}", "transcript": "{TEXT}"}}'
    (folder / "calls_broken.json").write_text(f'[{whole}, {{"call_id": "{NAME}', encoding="utf-8")
    (folder / "evidence.yaml").write_text(_map(), encoding="utf-8")


def _map() -> str:
    return f"""files:
  kunden.csv:
    table: calls
    columns: {{call_id: Nummer, customer_number: Anrufer, direction: Richtung}}
    values: {{direction: {{eingehend: inbound, "{NAME}": [1]}}}}
  "{CHAT}":
    columns: {{direction: Author}}
    values: {{direction: {{"{NAME}": outbond}}}}
  "Chat with {NAME}.csv": {{ignore: true}}
"""


def _chats(folder: Path) -> None:
    lines = [f"0{n}/03/2026, 10:1{n} - {NAME if n % 2 else 'Example Service'}: {TEXT}" for n in range(1, 9)]
    text = "\n".join([*lines, f"nonsense {NAME}"])
    (folder / CHAT).write_text(text, encoding="utf-8")
    (folder / f"WhatsApp Chat - {NAME}").mkdir()
    (folder / f"WhatsApp Chat - {NAME}" / "_chat.txt").write_text(
        "\n".join(f"[0{n}/03/2026, 10:1{n}:00] {NAME}: {TEXT}" for n in range(1, 9)), encoding="utf-8"
    )
    with zipfile.ZipFile(folder / "export.zip", "w") as package:
        package.writestr(CHAT, text)
        package.writestr("WhatsApp Chat with Somebody Else.txt", text)
        package.writestr(f"{NAME}/calls.csv", as_csv(rows("calls", 9)))
        package.writestr(f"Chat with {NAME}.zip", b"PK\x03\x04")


def _mails(folder: Path) -> None:
    box = mailbox.mbox(folder / "inbox.mbox")
    for number in range(6):
        box.add(_mail(number))
    box.close()
    (folder / f"Re_ Beschwerde von {NAME}.eml").write_bytes(bytes(_mail(1)))


def _mail(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{NAME} <{MAIL}>", "Service <service@alpenruf.example>"
    mail["Subject"], mail["Date"] = TEXT[:80], f"Mon, 0{number + 1} Jun 2026 10:00:00 +0200" if number else NAME
    mail["Message-ID"] = f"<{number}.{MAIL}>"
    mail.set_content(TEXT)
    return mail


def build(root: Path) -> ClientFolder:
    """Return the client: intake and texts of a sample, exports full of canaries."""
    folder = ClientFolder(root)
    shutil.copytree(shipped("data_samples") / SAMPLE / "inputs" / "wordings", folder.wordings)
    folder.evidence.mkdir(parents=True)
    for make in (_tables, _workbooks, _without_headings, _chats, _mails):
        make(folder.evidence)
    read = intake.read(shipped("data_samples") / SAMPLE / "inputs" / "intake.xlsx")
    assert read.intake is not None
    listed = [path.relative_to(folder.evidence).as_posix() for path in sorted(folder.evidence.rglob("*"))]
    index = tuple(Evidence(file=name, basis="sample", stated_rows=7, filter=f"customer {MAIL}")
                  for name in [*listed[::2], f"WhatsApp Chat with {NAME} 2.txt"])  # fmt: skip
    intake.save(folder.intake, read.intake.model_copy(update={"evidence": index}), "en")
    return folder
