"""For translators: write into each translated entry the fingerprint of the English text it was made from."""

from __future__ import annotations

import re
from pathlib import Path

from gdpr_assess.lang.texts import CONTROL_TEXT, SOURCE, TEXT, entries, fingerprint
from gdpr_assess.workspace import write_atomic

_KEY = re.compile(r"^([\w.-]+):(.*)$")


def stamp_file(path: Path, area: str) -> int:
    """Set `of:` of every entry of one file that has a source text; returns how many. Entries are block mappings."""
    source, done, lines = entries(SOURCE), 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _KEY.match(line)
        if match is None:
            if not line.startswith("  of:"):
                lines.append(line)
            continue
        lines.append(line)
        key = f"{area}.{match[1]}"
        if key in source and not match[2].strip():
            lines.append(f'  of: "{fingerprint(source[key])}"')
            done += 1
    write_atomic(path, "\n".join(lines) + "\n")
    return done


def stamp(lang: str, only: str | None = None) -> int:
    """Stamp every entry of a language (or of the one area or control domain `only`); returns how many."""
    done = 0
    for path in sorted((TEXT / lang).glob("*.yaml")):
        done += stamp_file(path, path.stem) if only in (None, path.stem) else 0
    for path in sorted((CONTROL_TEXT / lang).glob("*.yaml")):
        done += stamp_file(path, "control") if only in (None, path.stem) else 0
    return done
