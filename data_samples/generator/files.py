"""Writes a client folder: workbook and exports in the formats that contact centres hand over.

The wordings are written by hand in the client's folder; the generator only reads them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from data_samples.generator.records import COLUMNS, Rows
from gdpr_assess import intake
from gdpr_assess.model import Intake
from gdpr_assess.workspace import ClientFolder, write_atomic


@dataclass(frozen=True)
class Sample:
    """A sample client: what goes into its folder; `language` is that of the workbook."""

    name: str
    language: str
    said: Intake
    exports: dict[str, bytes] = field(default_factory=dict)


SAMPLES = Path(__file__).resolve().parent.parent


def wording(client: str, name: str) -> str:
    """Return a text that a sample client uses."""
    return (ClientFolder(SAMPLES / client).wordings / name).read_text(encoding="utf-8")


def csv_bytes(
    table: str, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", names: dict[str, str] | None = None
) -> bytes:
    """Return a table as CSV; `names` renames columns as the client's system would."""
    columns = COLUMNS[table].split()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([(names or {}).get(column, column) for column in columns])
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return stream.getvalue().encode(encoding)


def write(sample: Sample, root: Path = SAMPLES) -> None:
    """Write the folder of one sample client below `root`."""
    folder = ClientFolder(root / sample.name)
    for name, content in sample.exports.items():
        write_atomic(folder.evidence / name, content)
    folder.intake.unlink(missing_ok=True)  # saving takes over what people added to a workbook that is there
    intake.save(folder.intake, sample.said, sample.language)
