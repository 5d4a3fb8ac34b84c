"""The intake: one Excel workbook per client, generated per language, read back strictly, with every mistake placed."""

from gdpr_assess.intake.read import ReadResult, read
from gdpr_assess.intake.write import blank, refresh, save, templates

__all__ = ["ReadResult", "blank", "read", "refresh", "save", "templates"]
