"""`gdpr-assess`: parses, calls, prints."""

from __future__ import annotations

import sys

# jsonschema compiles a large grammar at import only to check IRIs, which no Jupyter schema uses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from gdpr_assess.cli.main import main  # noqa: E402

__all__ = ["main"]
