"""Every term stands in an example or a sentence of its list; near misses show what is not reported, and why."""

from __future__ import annotations

import pytest

from gdpr_assess.wording import LANGUAGES
from gdpr_assess.wording.exercise import Term, idle_guards, misplaced, terms, unexercised, without_near_misses
from gdpr_assess.wording.fold import fold
from gdpr_assess.wording.pack import PACKS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_in_an_example(language: str) -> None:
    assert len(list(terms(language))) > 500
    assert misplaced(language) == []
    assert [str(term) for term in unexercised(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guard_is_needed_by_a_near_miss(language: str) -> None:
    assert [(guard.code, guard.name) for guard in idle_guards(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_clean_examples_of_every_code_are_near_misses(language: str) -> None:
    assert without_near_misses(language) == []


@pytest.mark.parametrize(
    ("text", "sentence", "stands"),
    [
        ("without (your|any) consent", "We do nothing without your consent.", True),
        ("without (your|any) consent", "We do nothing without consent.", False),
        ("thank you for calling {name}", "Thank you for calling Northgate.", True),
        ("thank you for calling {name}", "Thank you for calling today.", False),
    ],
)
def test_a_term_stands_as_the_linter_would_find_it(text: str, sentence: str, stands: bool) -> None:
    term = Term("en", PACKS / "en" / "_concepts.yaml", "SOME", text)
    assert term.stands(fold(sentence), frozenset()) is stands
