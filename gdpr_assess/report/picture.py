"""Figures as pictures inside the page: SVG with text drawn as paths, so that no font is needed to read it."""

from __future__ import annotations

import base64
import io
import unicodedata

import matplotlib as mpl
from matplotlib.figure import Figure

from gdpr_assess.report.html import Html, tag

INK, MUTED, LINE, RULE = "#1d2733", "#5a6675", "#9aa7b5", "#d9dee5"
COLOURS = {
    "met_tested": "#0b6e4f",
    "met_documented": "#4a9c79",
    "met_declared": "#b5dcc9",
    "partly": "#f0b43c",
    "not_met": "#c4432b",
    "contradicted": "#6b1f7c",
    "not_assessed": "#cbd1d9",
    "high": "#c4432b",
    "medium": "#f0b43c",
    "low": "#7f9db9",
    "plan": "#2f6690",
}
NARROW = "(max-width: 640px)"


def svg(figure: Figure) -> bytes:
    """Return a figure as SVG; the same figure gives the same bytes."""
    stream = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "gdpr_assess"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def data_uri(figure: Figure) -> str:
    """Return a figure as an address that holds the picture itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(figure)).decode("ascii")


def picture(wide: Figure, alt: str, narrow: Figure | None = None, caption: str | None = None) -> Html:
    """Return a figure element; on narrow screens `narrow` is shown, or the wide one scrolls sideways."""
    image = tag("img", src=data_uri(wide), alt=alt, class_=None if narrow else "ga-wide")
    if narrow:
        image = tag("picture", tag("source", media=NARROW, srcset=data_uri(narrow)), image)
    return tag("figure", tag("div", image, class_="ga-scroll"), tag("figcaption", caption) if caption else None)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return INK if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.3 else "#ffffff"


def width_of(text: str) -> int:
    """Return how many Latin letters wide a text is (a Chinese character counts two)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def shortened(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis when something was cut."""
    if width_of(text) <= width:
        return text
    kept = ""
    for char in text:
        if width_of(kept + char) > width - 1:
            break
        kept += char
    return kept.rstrip() + "…"
