"""Writes all sample clients into data_samples: `python -m data_samples.generator [NAME ...]`."""

from __future__ import annotations

import sys

from data_samples.generator import (
    bpo_eu_us,
    chinese_smart_home,
    clean,
    dach_contact_centre,
    polish_fashion,
    swedish_telesales,
)
from data_samples.generator.files import write

_CLIENTS = (chinese_smart_home, polish_fashion, dach_contact_centre, bpo_eu_us, swedish_telesales, clean)
CLIENTS = {client.NAME: client.sample for client in _CLIENTS}


def main(names: list[str]) -> None:
    """Write the named clients, or all."""
    for name in names or CLIENTS:
        write(CLIENTS[name]())


if __name__ == "__main__":
    main(sys.argv[1:])
