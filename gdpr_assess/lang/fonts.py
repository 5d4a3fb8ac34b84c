"""Fonts for charts: DejaVu with Noto Sans SC behind it, so that Chinese shows on machines without Chinese fonts."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FAMILIES = ("DejaVu Sans", "Noto Sans SC")


@cache
def use_fonts() -> tuple[str, ...]:
    """Make matplotlib draw Latin in DejaVu Sans and Chinese in Noto Sans SC; returns the families in use."""
    spec = find_spec("zhplot")  # found, not imported: the package patches matplotlib when imported
    for folder in spec.submodule_search_locations if spec and spec.submodule_search_locations else ():
        font_manager.fontManager.addfont(str(Path(folder) / "fonts" / "NotoSansSC-Regular.ttf"))
    mpl.rcParams["font.family"] = list(FAMILIES)
    return FAMILIES
