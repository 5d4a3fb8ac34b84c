"""From answers and findings to verdicts, gaps and scores. Pure: no file access."""

from gdpr_assess.assessment.exposure import exposure
from gdpr_assess.assessment.gaps import gaps
from gdpr_assess.assessment.observed import observed_findings
from gdpr_assess.assessment.right_findings import right_findings
from gdpr_assess.assessment.rights_by_system import Handling
from gdpr_assess.assessment.scores import ALL, scores
from gdpr_assess.assessment.verdict import judge, judge_case
from gdpr_assess.assessment.verdicts import verdicts

__all__ = [
    "ALL",
    "Handling",
    "exposure",
    "gaps",
    "judge",
    "judge_case",
    "observed_findings",
    "right_findings",
    "scores",
    "verdicts",
]
