"""Authorities and laws that have been replaced: who says that they were is not told to put today's name."""

from __future__ import annotations

from datetime import date

import pytest

from gdpr_assess.wording import lint
from gdpr_assess.wording.dated import OUTDATED

HISTORIC = {
    "en": ("IMY, which replaced Datainspektionen in 2021, is our authority.", "IMY (ex Datainspektionen)"),
    "de": (
        "IMY, die frühere Datainspektionen",
        "IMY, die 2021 aus der Datainspektionen hervorging",
        "Wir stützen uns nicht auf das Privacy Shield.",
        "Das TTDSG heißt seit Mai 2024 TDDDG.",
        "Nach dem Ende des Privacy Shield nutzen wir Standardvertragsklauseln.",
    ),
    "fr": ("IMY (ex-Datainspektionen)",),
    "es": ("IMY, antes Datainspektionen", "IMY (antigua Datainspektionen)"),
    "sv": ("IMY som ersatte Datainspektionen",),
    "da": ("Datatilsynet (før Registertilsynet)",),
    "fi": ("IMY (ent. Datainspektionen)",),
    "cs": ("IMY (do roku 2020 Datainspektionen)",),
    "zh": ("IMY（原Datainspektionen）",),
}
CURRENT = {
    "en": "You can complain to the Datainspektionen.",
    "de": "Beschweren können Sie sich bei der Datainspektionen.",
    "fr": "Réclamations auprès de la Datainspektionen.",
    "es": "Puede reclamar ante la Datainspektionen.",
    "sv": "Du kan klaga hos Datainspektionen.",
    "da": "Du kan klage til Registertilsynet.",
    "fi": "Voit valittaa: Datainspektionen.",
    "cs": "Stížnost podejte u Datainspektionen.",
    "zh": "您可以向Datainspektionen投诉。",
}


def outdated(text: str, language: str) -> list[str]:
    seen = lint(text, language=language, on=date(2026, 11, 23))
    return [defect.quote for defect in seen.defects if defect.code in OUTDATED]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one, texts in HISTORIC.items() for text in texts])
def test_a_historic_mention_is_no_mistake(language: str, text: str) -> None:
    assert outdated(text, language) == []


@pytest.mark.parametrize(("language", "text"), CURRENT.items())
def test_a_name_used_as_if_it_were_todays_is_told(language: str, text: str) -> None:
    assert len(outdated(text, language)) == 1
