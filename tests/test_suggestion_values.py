"""Compliant wordings are complete and clean for the linter whatever the client's intake fills them with."""

from __future__ import annotations

import pytest
from suggestion_values import by_slot, together
from test_suggestions import KINDS, VARIANTS, complete

from gdpr_assess.model import LegalBasis, WordingKind
from gdpr_assess.wording import lint, suggest
from gdpr_assess.wording.linter import lint_by_rules
from gdpr_assess.wording.suggest import About, Facts
from gdpr_assess.wording.suggest.fill import filled
from gdpr_assess.wording.suggest.schema import slots, template, words

BASES: dict[WordingKind, LegalBasis] = {"consent_request": "consent", "recording_notice": "legitimate_interest"}


@pytest.mark.parametrize("lang", suggest.languages())
def test_a_passage_says_what_it_is_for_with_every_value(lang: str) -> None:
    usual, terms, choices, problems = complete(lang), words(lang), by_slot(lang), list[str]()
    for kind in KINDS:
        for part in template(kind, lang).parts:
            for slot in slots(part.text) if part.gives else ():
                for value in choices.get(slot, ()):
                    text = filled(part, Facts(usual | {slot: value}), terms)
                    seen = lint_by_rules(text, language=lang, kind=kind)
                    lost = set(part.gives) - {hit.code for hit in seen.elements}
                    problems += [f"{kind}: {code} missing: {text}" for code in sorted(lost)]
                    problems += [f"{kind}: {hit.code} {hit.quote!r}: {text}" for hit in seen.defects]
    assert sorted(set(problems)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", suggest.languages())
def test_a_text_is_complete_and_clean_with_every_value(lang: str, kind: WordingKind) -> None:
    holding, problems = VARIANTS["notice"] if kind == "recording_notice" else VARIANTS["everything"], list[str]()
    for values in together(lang):
        text = suggest.suggest(About(kind, lang), Facts(complete(lang) | values, holding)).text
        seen = lint(text, language=lang, kind=kind, basis=BASES.get(kind))
        problems += [f"{code} missing: {values}" for code in seen.missing or ()]
        problems += [f"{hit.code} {hit.quote!r}: {values}" for hit in seen.defects]
    assert problems == []
