"""Writes all sample clients into data_samples: `python -m data_samples.generator [NAME ...]`."""

from __future__ import annotations

import sys

from data_samples.generator import clean
from data_samples.generator.files import write

CLIENTS = {clean.NAME: clean.sample}


def main(names: list[str]) -> None:
    """Write the named clients, or all."""
    for name in names or CLIENTS:
        write(CLIENTS[name]())


if __name__ == "__main__":
    main(sys.argv[1:])
