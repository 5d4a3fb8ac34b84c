"""Reads a client's wording files: plain text, Markdown, HTML and e-mail (as people see it), Word documents."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import Any

from charset_normalizer import from_bytes
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from gdpr_assess.issue import Issue
from gdpr_assess.model import Place

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".eml")
MAX_BYTES = 2_000_000
MAX_CONTENT = 50_000_000
"""Bytes that the parts of a Word document may have together when unpacked."""
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "td", "table", "section", "article", "header", "footer", "blockquote")
)
_HEADINGS = re.compile(r"h[1-6]")
_HIDDEN = frozenset(("script", "style", "head", "template"))


def _breaks_line(tag: str) -> bool:
    return tag in _BLOCKS or _HEADINGS.fullmatch(tag) is not None


class _Visible(HTMLParser):
    """Collects what a reader of a page sees; block elements become line breaks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "input":
            given = {name for name, _ in attrs}
            self.parts.append("[x] " if "checked" in given else "[ ] ")
        elif _breaks_line(tag):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if _breaks_line(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(f"|{data}|".split())[1:-1])  # a blank at either end parts words


def visible(page: str) -> str:
    """Return what a reader of a page sees, a line per block; a box is `[ ]` or `[x]`."""
    parser = _Visible()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return None if best is None else str(best)


def read_text(path: Path, shown: str) -> tuple[str | None, list[Issue]]:
    """Return the text of a wording file, or None with the reason as an issue."""
    if not path.is_file():
        return _bad(shown, "file_missing", file=path.name)
    with path.open("rb") as stream:
        return text_in(stream.read(MAX_BYTES + 1), path.name, shown)


def _bad(shown: str, code: str, **params: Any) -> tuple[None, list[Issue]]:
    return None, [Issue(code=f"wording.{code}", place=Place(file=shown), params=dict(params))]


def text_in(data: bytes, name: str, shown: str) -> tuple[str | None, list[Issue]]:
    """Return the text in the bytes of a file of some name, or None with the reason as an issue."""
    bad, suffix = partial(_bad, shown), PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        return bad("file_type", found=suffix, allowed=list(SUFFIXES))
    if len(data) > MAX_BYTES:
        return bad("file_too_large", limit=MAX_BYTES // 1_000_000)
    try:
        text = _document(data) if suffix == ".docx" else _mail(data) if suffix == ".eml" else _decoded(data)
    except _DAMAGED:
        return bad("file_damaged")
    if text is None:
        return bad("file_encoding")
    text = visible(text) if suffix in {".html", ".htm"} else text.replace("\r\n", "\n")
    return (text, []) if text.strip() else bad("file_empty")


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, PackageNotFoundError, XMLSyntaxError)
_PIECES = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}


def _document(data: bytes) -> str:
    """Return the text of a Word document with headers, footers, tables and check boxes; raises ValueError."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > MAX_CONTENT:
            raise ValueError("unpacks to too much")
    document = Document(io.BytesIO(data))
    parts = [part for section in document.sections for part in (section.header, section.footer)]
    roots = [document.element.body, *(part._element for part in parts if not part.is_linked_to_previous)]
    lines = ("".join(_pieces(paragraph)) for root in roots for paragraph in root.iter(qn("w:p")))
    return "\n".join(line for line in lines if line.strip())


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(*_PIECES):
        yield _PIECES[element.tag] or element.text or ""


def _mail(data: bytes) -> str:
    """Return the body of a mail: the plain part, or else what is seen of the HTML part."""
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except LookupError:  # a charset that does not exist
        content = _decoded(bytes(body.get_payload(decode=True) or b"")) or ""
    return visible(content) if body.get_content_type() == "text/html" else content
