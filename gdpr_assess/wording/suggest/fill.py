"""Fills the template of a kind and language from what is known of a client, and says what it could not fill."""

from __future__ import annotations

from gdpr_assess.model import Suggestion
from gdpr_assess.wording.suggest.about import About
from gdpr_assess.wording.suggest.facts import Facts
from gdpr_assess.wording.suggest.schema import EACH, Part, Words, slots, template, words

_ASKED_EACH = frozenset({"purpose", "consent_question", "refusal_option"})
"""What a text has to say of the recording by itself, also where it says it of something else."""


def suggest(about: About, facts: Facts) -> Suggestion:
    """Return the compliant text; a slot without a value stands in brackets and is named in `open`."""
    found, terms = template(about.kind, about.language), words(about.language)
    used = [part for part in found.parts if applies(part, facts)]
    if about.records:
        used += _recording(about.language, facts, used)
    wanted = list(dict.fromkeys(name for part in used for name in slots(part.text)))
    return Suggestion(
        kind=about.kind,
        language=about.language,
        text=_joined(used, facts, terms, about.language),
        open=tuple(name for name in wanted if name not in facts.values),
        confirm=tuple(name for name in wanted if name in facts.unsure),
        reviewed=found.reviewed,
        countries=found.countries,
        sources=tuple(read.id for read in found.sources),
        note=found.note,
    )


def _recording(language: str, facts: Facts, used: list[Part]) -> list[Part]:
    """Return the passages that ask to record, without those that say what has been said; they begin a paragraph."""
    given = {element for part in used for element in part.gives} - _ASKED_EACH
    parts = [part for part in template("recording_notice", language).parts if applies(part, facts)]
    kept = [part for part in parts if not part.gives or not given.issuperset(part.gives)]
    return [kept[0].model_copy(update={"new_line": True}), *kept[1:]]


def applies(part: Part, facts: Facts) -> bool:
    """Tell whether a passage belongs into this client's text."""
    return all(name in facts.holding for name in part.when) and not any(name in facts.holding for name in part.unless)


def filled(part: Part, facts: Facts, terms: Words) -> str:
    """Return a passage with its slots filled, once for each value where it asks for each."""
    shown = {name: facts.values.get(name, f"[{term}]") for name, term in terms.open.items()}
    each = facts.each if EACH in slots(part.text) else ()
    said = [part.text.format(**shown | {EACH: value}) for value in each or (shown[EACH],)]
    return "\n".join(said).replace("..", ".")  # a value that ends in a full stop: "Ltd."


def _joined(parts: list[Part], facts: Facts, terms: Words, language: str) -> str:
    text = ""
    for part in parts:
        passage = filled(part, facts, terms)
        if part.branch:
            text += f"\n\n{terms.branches[part.branch]}\n{passage}"
        elif part.new_line or EACH in slots(part.text):
            text += f"\n\n{passage}"
        else:
            text += ("" if language == "zh" or not text else " ") + passage
    return text.strip()
