"""The only place where HTML is made: everything that is not already `Html` is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "img", "input", "source", "hr", "meta", "link"})


class Html(str):
    """Text that is HTML already. Adding it to a plain string gives a plain string, which is escaped again."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def join(children: object) -> Html:
    """Return children as one piece of HTML: text escaped, None left out, lists opened up."""
    if children is None:
        return Html("")
    if isinstance(children, Html):
        return children
    if isinstance(children, str | int | float):
        return Html(escape(str(children)))
    if isinstance(children, Iterable):
        return Html("".join(join(child) for child in children))
    raise TypeError(f"not a part of a page: {type(children).__name__}")


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """Return one element; `class_` and `data_x` become `class` and `data-x`, None and False leave an attribute out."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{name}{shown}>") if name in VOID else Html(f"<{name}{shown}>{join(children)}</{name}>")


def cell(content: object, **attributes: object) -> Html:
    """Return a table cell."""
    return tag("td", content, **attributes)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], caption: str, **attributes: object) -> Html:
    """Return a table that scrolls sideways on narrow screens; on phones each cell shows its column's head."""
    heads = list(heads)
    body = [tag("tr", [cell(c, data_head=head) for head, c in zip(heads, row, strict=True)]) for row in rows]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
            tag("tbody", body),
            **attributes,
        ),
        class_="ga-scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def section(title: str, *children: object, id_: str, intro: str | None = None) -> Html:
    """Return a titled part of a page in the product's look."""
    lead = tag("p", intro, class_="ga-intro") if intro else None
    return tag(
        "section",
        tag("h2", title, id=f"{id_}-title"),
        lead,
        *children,
        class_="ga",
        id=id_,
        aria_labelledby=f"{id_}-title",
    )


def chip(text: str, kind: str) -> Html:
    """Return a small label whose colour says what kind of value it is (the word stays readable without colour)."""
    return tag("span", text, class_=f"ga-chip ga-{kind}")


def definitions(pairs: Iterable[tuple[str, object]]) -> Html:
    """Return a list of terms and what is said about them; pairs without content are left out."""
    return tag(
        "dl", [tag("div", tag("dt", term), tag("dd", content)) for term, content in pairs if content not in (None, "")]
    )
