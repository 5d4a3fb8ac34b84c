"""Which reports there are below a folder, and which of them may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gdpr_assess import review
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.notebook.render import NOTEBOOKS
from gdpr_assess.report.load import load_run
from gdpr_assess.workspace import ClientFolder


@dataclass(frozen=True)
class Shelved:
    """One rendered run: the client's name, and by language and notebook its path below the root."""

    client: str
    as_of: date
    published: bool
    paths: dict[str, dict[str, str]]


def shelf(root: Path, *, drafts: bool = False) -> list[Shelved]:
    """Return all rendered runs below `root` by client, the newest first; those not signed off only with `drafts`."""
    found = []
    for path in sorted(root.rglob("runs/*/assessment.json")):
        folder = ClientFolder(path.parents[2])
        as_of = date.fromisoformat(path.parent.name)
        published = review.is_intact(folder, as_of)
        paths = _paths(root, path.parent)
        if paths and (published or drafts):
            found.append(Shelved(load_run(path.parent).client.client_name, as_of, published, paths))
    return sorted(found, key=lambda item: (item.client.casefold(), -item.as_of.toordinal()))


def _paths(root: Path, run: Path) -> dict[str, dict[str, str]]:
    rendered = {
        lang: {
            name: (run / lang / f"{name}.ipynb").relative_to(root).as_posix()
            for name in NOTEBOOKS
            if (run / lang / f"{name}.ipynb").is_file()
        }
        for lang in LANGUAGES
    }
    return {lang: names for lang, names in rendered.items() if names}
