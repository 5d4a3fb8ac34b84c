"""Fonts for charts: what matplotlib brings, and a Chinese one that travels with the package's dependencies."""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager, rcParams

CHINESE = "NotoSansSC-Regular.ttf"


@cache
def use_fonts() -> tuple[str, ...]:
    """Make charts readable in every language of the product on any machine; returns the families, first one first."""
    spec = find_spec("zhplot")
    families = ["DejaVu Sans"]
    path = Path(spec.origin).parent / "fonts" / CHINESE if spec and spec.origin else None
    if path is not None and path.is_file():
        font_manager.fontManager.addfont(path)
        families.append(font_manager.FontProperties(fname=path).get_name())
    rcParams["font.family"] = families
    rcParams["svg.fonttype"] = "path"
    # The Chinese font comes in one weight; matplotlib would say so beside every bold letter.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    return tuple(families)
