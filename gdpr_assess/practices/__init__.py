"""Channel practices: the client's own records, read into canonical tables and tested, each record for itself."""

from gdpr_assess.practices.checks.registry import CHECKS
from gdpr_assess.practices.evidence import read_evidence
from gdpr_assess.practices.evidence_files import FOLDER
from gdpr_assess.practices.exports import Exports
from gdpr_assess.practices.handled import Handled, handled
from gdpr_assess.practices.observed import Observed, Sighting, observed
from gdpr_assess.practices.reconsent import reconsent
from gdpr_assess.practices.rule import rules
from gdpr_assess.practices.run import run_checks
from gdpr_assess.practices.survey import survey
from gdpr_assess.practices.tables import TABLES

__all__ = [
    "CHECKS",
    "FOLDER",
    "TABLES",
    "Exports",
    "Handled",
    "Observed",
    "Sighting",
    "handled",
    "observed",
    "read_evidence",
    "reconsent",
    "rules",
    "run_checks",
    "survey",
]
