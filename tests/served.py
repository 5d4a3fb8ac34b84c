"""A dashboard server in a process of its own, as `gdpr-assess serve` starts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START = """
import sys
sys.modules["rfc3987_syntax"] = None
from pathlib import Path
from gdpr_assess.notebook.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]), token="secret", drafts=sys.argv[3] == "drafts")
"""


@contextmanager
def served(root: Path, port: int, *, drafts: bool) -> Iterator[str]:
    """Serve a folder; gives the address without its token."""
    arguments = [sys.executable, "-c", START, str(root), str(port), "drafts" if drafts else "published"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        yield line.split("/?token=")[0].split()[-1]
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
