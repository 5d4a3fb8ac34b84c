"""The examples inside every pack, and the completeness of packs, rules and kinds."""

import pytest

from gdpr_assess.lang import texts
from gdpr_assess.wording import LANGUAGES
from gdpr_assess.wording.check import examples
from gdpr_assess.wording.kinds import requirements
from gdpr_assess.wording.pack import load_pack, rules

CASES = [(language, code) for language in LANGUAGES for code in load_pack(language).files]


@pytest.mark.parametrize(("language", "code"), CASES)
def test_examples_are_reported_exactly_as_marked(language, code):
    problems = [example.problem() for example in examples(language) if example.code == code]
    assert len(problems) >= 6
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_file_has_three_reported_and_three_clean_examples(language):
    for code, file in load_pack(language).files.items():
        assert len(file.examples.reported) >= 3, code
        assert len(file.examples.clean) >= 3, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_covers_at_least_18_elements_and_12_defects(language):
    kinds = [rules()[code].kind for code in load_pack(language).files]
    assert kinds.count("element") >= 18
    assert kinds.count("defect") >= 12


def test_there_are_27_elements_and_14_defects():
    kinds = [rule.kind for rule in rules().values()]
    assert (kinds.count("element"), kinds.count("defect")) == (27, 14)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_code_has_its_texts(lang):
    say = texts(lang)
    for code, rule in rules().items():
        keys = [(code, ("title", "message"))]
        keys += [(f"missing.{code}", ("title", "message", "fix"))] if rule.kind == "element" else [(code, ("fix",))]
        for key, fields in keys:
            for field in fields:
                text = say(f"wording.{key}", field, quote="x", current="y")
                assert text
                assert not text.startswith("[")


def test_every_kind_asks_for_identity_and_purpose():
    for kind, duties in requirements().items():
        first = {duty.any[0] for duty in duties}
        assert {"controller_identity", "purpose"} <= first, kind
