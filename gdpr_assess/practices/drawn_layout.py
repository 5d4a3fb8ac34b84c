"""How a drawn sheet is laid out: hidden names in its first row, so that it is recognised and read in any language."""

from __future__ import annotations

from typing import Literal, get_args

from gdpr_assess.intake.words import fold
from gdpr_assess.lang import LANGUAGES, Texts, texts
from gdpr_assess.practices.questions import Said
from gdpr_assess.practices.readers.typed import FALSE, TRUE

MARK, METHOD = "gdpr_assess_sample", "gdpr_assess_method"
"""First cell of the two sheets: the drawn records (running number below it), and how they were drawn."""
QUESTION = "question:"
HEADING_ROW = 4
SHOWN = ("place", "id", "at", "direction", "channel", "country", "group")
"""What stands beside the answers, so that the record can be found."""
HIDDEN = ("file_sheet", "row")
REMARK = "remark"
METHOD_VALUE = "value"
Key = Literal["table", "sha256", "file", "seed", "size", "population", "where", "by", "drawn_on"]
KEYS: tuple[Key, ...] = get_args(Key)
"""What the second sheet says in a form that is read back."""
ANSWERS: tuple[Said, ...] = get_args(Said)


def answer_word(said: Said, table: str, t: Texts) -> str:
    """Return the word for an answer; what cannot be heard in a call cannot be read in a message."""
    if said == "not_audible":
        return t("sampling.answer_not_audible" if table == "calls" else "sampling.answer_not_readable")
    return t(f"sampling.answer_{said}")


def answer_words(table: str, t: Texts) -> list[str]:
    """Return what may be answered."""
    return [answer_word(said, table, t) for said in ANSWERS]


def known_answers() -> dict[str, Said]:
    """Return every word that is understood, in every language, with what it means."""
    found: dict[str, Said] = {}
    for words, said in ((TRUE, ANSWERS[0]), (FALSE, ANSWERS[1])):
        found |= {fold(word): said for word in words if len(word) > 1 or not word.isascii()}
    for lang in LANGUAGES:
        for table in ("calls", "messages"):
            found |= {fold(answer_word(said, table, texts(lang))): said for said in ANSWERS}
    return found
