"""Languages: texts by key with a visible mark on fallback, and numbers and dates in the reader's form."""

from gdpr_assess.lang.texts import FALLBACK_MARK, LANGUAGES, SOURCE, Texts, texts

__all__ = ["FALLBACK_MARK", "LANGUAGES", "SOURCE", "Texts", "texts"]
