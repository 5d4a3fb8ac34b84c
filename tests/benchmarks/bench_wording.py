"""How many short messages the wording linter reads in a second, on one core: part of `make benchmark`; asserts no time.

The messages are made from the forms in messages.yaml (ordinary ones of service centres, and ones about privacy), each
with its own number, name, thing and time, as what a centre sends mostly comes from forms. A third of the ordinary forms
come close to a rule (a band that records an album, a contract without an end) and so take the long way. Counted is
processor time of this process, best of `ROUNDS` rounds on fresh messages, for several shares of messages about privacy:
as a batch (a day of a centre) with the language given and detected, where messages that differ in long numbers only are
read once; and each message by itself with the language given, where nothing is remembered of other messages but their
words: that is also what a batch of messages costs that all differ. Other programs on the machine make the figures
smaller. Alone:
`pytest tests/benchmarks/bench_wording.py -s -o python_files='bench_*.py'`.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from random import Random
from time import process_time

import pytest

from gdpr_assess import wording
from gdpr_assess.model import LintResult
from gdpr_assess.yamlfile import raw

FORMS = raw(Path(__file__).parent / "messages.yaml")
MESSAGES, ROUNDS, SHARES = 20_000, 3, (0, 2, 10)


def messages(language: str, share: int, start: int) -> list[str]:
    """Return messages of a language of which `share` per cent are about privacy, with numbers from `start` on."""
    forms, pick = FORMS[language], Random(start)
    made = []
    for number in range(start, start + MESSAGES):
        group = forms["privacy" if pick.random() * 100 < share else "ordinary"]
        filled = {name: pick.choice(forms[name]) for name in ("who", "what", "when")}
        made.append(pick.choice(group).format(n=number, **filled))
    return made


@pytest.mark.parametrize("language", FORMS)
def test_short_messages(language: str) -> None:
    list(wording.lint_many(messages(language, 50, 1_000_000)[:5_000]))  # packs and the language model are read once
    ways: dict[str, Callable[[list[str]], Iterable[LintResult]]] = {
        "known": partial(wording.lint_many, language=language),
        "detected": wording.lint_many,
        "known, each by itself": partial(map, partial(wording.lint, language=language)),
    }
    for share in SHARES:
        for how, read in ways.items():
            times, found = [], 0
            for number in range(ROUNDS):
                batch = messages(language, share, 70_000 + MESSAGES * number)
                start = process_time()
                found = sum(bool(result.elements) for result in read(batch))
                times.append(process_time() - start)
            print(f"\n{language}, {share} % about privacy, {how}: {MESSAGES / min(times):,.0f} a second", end="")
            assert found or not share
