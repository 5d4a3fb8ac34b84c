"""From answers and findings to verdicts, gaps and scores. Pure: no file access."""

from gdpr_assess.assessment.exposure import exposure
from gdpr_assess.assessment.gaps import gaps
from gdpr_assess.assessment.observed import observed_findings
from gdpr_assess.assessment.scores import ALL, scores
from gdpr_assess.assessment.verdict import judge, judge_case
from gdpr_assess.assessment.verdicts import verdicts

__all__ = [
    "ALL",
    "exposure",
    "gaps",
    "judge",
    "judge_case",
    "observed_findings",
    "scores",
    "verdicts",
]
