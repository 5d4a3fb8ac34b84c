"""`gdpr-assess`: parses, calls, prints."""

from __future__ import annotations

import sys

# jsonschema compiles a large grammar at import only to check IRIs, which no Jupyter schema uses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

try:
    from gdpr_assess.cli.main import main
except KeyboardInterrupt:  # the imports take a second or two; from here on click answers Ctrl+C in the same way
    sys.stderr.write("\nAborted!\n")
    raise SystemExit(1) from None

__all__ = ["main"]
