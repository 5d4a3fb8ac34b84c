"""The wording linter: what a text says to the people whose data it is about, what it lacks, what is wrong with it."""

from gdpr_assess.wording.assess import assess, assess_text
from gdpr_assess.wording.known import Known
from gdpr_assess.wording.linter import lint, lint_by_rules, lint_many
from gdpr_assess.wording.pack import languages

LANGUAGES = languages()
"""Languages that have a pack."""

__all__ = ["LANGUAGES", "Known", "assess", "assess_text", "lint", "lint_by_rules", "lint_many"]
