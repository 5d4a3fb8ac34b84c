"""Which reports there are below a folder, and which of them may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gdpr_assess import review
from gdpr_assess.issue import UserError
from gdpr_assess.lang import LANGUAGES
from gdpr_assess.notebook.render import NOTEBOOKS
from gdpr_assess.report.load import load_run
from gdpr_assess.workspace import ClientFolder, run_date


@dataclass(frozen=True)
class Shelved:
    """One rendered run: the client's name and folder, and by language and notebook its path below the root.

    `client` is None where the run cannot be read; such a run has no paths.
    """

    client: str | None
    folder: str
    as_of: date
    published: bool
    paths: dict[str, dict[str, str]]


def shelf(root: Path, *, drafts: bool = False) -> list[Shelved]:
    """Return all rendered runs below `root` by client, the newest first; those not signed off only with `drafts`."""
    found = [_shelved(root, path.parent, drafts) for path in sorted(root.rglob("runs/*/assessment.json"))]
    kept = [item for item in found if item is not None]
    return sorted(kept, key=lambda i: ((i.client or i.folder).casefold(), i.folder, -i.as_of.toordinal()))


def _shelved(root: Path, run: Path, drafts: bool) -> Shelved | None:
    folder, as_of = ClientFolder(run.parents[1]), run_date(run)
    if as_of is None:
        return None
    client, published, paths = None, False, _paths(root, run)
    try:
        published = review.is_intact(folder, as_of)
        if not (drafts or (published and paths)):
            return None
        client = load_run(run).client.client_name
    except (UserError, OSError):
        paths = {}
    name = folder.root.name if folder.root == root else folder.root.relative_to(root).as_posix()
    return Shelved(client, name, as_of, published, paths) if paths or client is None else None


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
