"""Reads a client's wording files: plain text, Markdown and HTML (as people see it)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from gdpr_assess.issue import Issue
from gdpr_assess.model import Place

SUFFIXES = (".txt", ".md", ".html", ".htm")
MAX_BYTES = 2_000_000
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
            self.parts.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _visible(page: str) -> str:
    parser = _Visible()
    parser.feed(page)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return None if best is None else str(best)


def read_text(path: Path, shown: str) -> tuple[str | None, list[Issue]]:
    """Return the text of a wording file, or None with the reason as an issue."""

    def bad(code: str, **params: Any) -> tuple[None, list[Issue]]:
        return None, [Issue(code=f"wording.{code}", place=Place(file=shown), params=dict(params))]

    if not path.is_file():
        return bad("file_missing", file=path.name)
    if path.suffix.lower() not in SUFFIXES:
        return bad("file_type", found=path.suffix, allowed=list(SUFFIXES))
    if path.stat().st_size > MAX_BYTES:
        return bad("file_too_large", limit=MAX_BYTES // 1_000_000)
    text = _decoded(path.read_bytes())
    if text is None:
        return bad("file_encoding")
    text = _visible(text) if path.suffix.lower() in {".html", ".htm"} else text.replace("\r\n", "\n")
    return (text, []) if text.strip() else bad("file_empty")
