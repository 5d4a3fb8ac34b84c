"""The compliant wording: templates filled from the client's intake, and the change for each finding."""

from gdpr_assess.wording.suggest.about import About, wanted
from gdpr_assess.wording.suggest.changes import changes
from gdpr_assess.wording.suggest.facts import Facts, known
from gdpr_assess.wording.suggest.fill import suggest
from gdpr_assess.wording.suggest.schema import languages, words

__all__ = ["About", "Facts", "changes", "known", "languages", "suggest", "wanted", "words"]
