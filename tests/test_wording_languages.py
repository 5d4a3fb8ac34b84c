"""Texts in languages without a pack are said to be not analysed; texts in two languages are read by part."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from gdpr_assess.wording import lint
from gdpr_assess.wording.language import NOT_LATIN, PRODUCT, detect
from gdpr_assess.wording.tongues import SHORTEST, parts
from gdpr_assess.yamlfile import raw

TEXTS = Path(__file__).parent / "wordings"
OTHERS = raw(TEXTS / "other_languages.yaml")
ENGLISH = "Thank you for calling the town library. Calls may be recorded for training purposes."
ALIKE = {language: group for group in ({"hr", "sr", "bs"}, {"no", "nn"}) for language in group}
"""Languages that short texts do not tell apart; none has a pack."""


def announcement(language: str) -> str:
    """Return the first sentences of a labelled text."""
    texts = (json.loads(line)["text"] for line in (TEXTS / f"{language}.jsonl").read_text("utf-8").splitlines())
    return next(text for text in texts if len(text) > 120 or (language == "zh" and len(text) > 40))


@pytest.mark.parametrize("language", OTHERS)
def test_texts_in_other_languages_are_not_analysed(language: str) -> None:
    for text in OTHERS[language]:
        result = lint(text)
        assert (result.language, result.not_analysed, result.elements) == (None, "no_pack", ()), text


FAR = ("hu", "tr", "hr", "lt", "sq", "ru", "ja", "ko", "ar")
"""Languages that are taken for no other where a language with a pack is given for them."""


@pytest.mark.parametrize("language", FAR)
def test_a_language_that_is_said_but_is_not_that_of_the_text_is_not_believed(language: str) -> None:
    for text in (text for text in OTHERS[language] if len(text) >= SHORTEST or NOT_LATIN.search(text)):
        result = lint(text, language="en")
        (part,) = result.parts_not_analysed
        assert (result.not_analysed, part.start, part.end) == ("no_pack", 0, len(text))
        assert part.language in ALIKE.get(language, {language})


@pytest.mark.parametrize("language", PRODUCT)
def test_a_text_in_a_language_with_a_pack_is_read_as_what_it_is(language: str) -> None:
    other = "pl" if language != "pl" else "sv"
    assert lint(announcement(language), language=other).language == language
    assert lint(announcement(language), language=language).language == language


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("glue", ["\n", "\n\n", " / ", " "])
def test_parts_in_other_languages_are_said_with_their_place(language: str, glue: str) -> None:
    for foreign in OTHERS[language]:
        text = ENGLISH + glue + foreign
        result = lint(text)
        assert result.language == "en"
        assert [hit.code for hit in result.elements].count("recording_stated") == 1
        found = result.parts_not_analysed
        assert text[found[0].start : found[-1].end].strip() == foreign
        assert {part.language for part in found} <= ALIKE.get(language, {language})


@pytest.mark.parametrize("language", PRODUCT)
def test_texts_in_two_languages_are_read_by_part(language: str) -> None:
    for first, second in permutations(PRODUCT, 2):
        if first == language:
            for glue in ("\n", "\n\n", " / ", " "):
                text = announcement(first) + glue + announcement(second)
                found = parts(text, detect(text))
                assert [part.language for part in found] == [first, second], text
                assert text[found[1].start :] == announcement(second)
