"""Labelled texts for measuring: open ones to learn from, blind ones that are only measured, ordinary messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import TypeVar

from pydantic import ConfigDict, Field, ValidationError, field_validator

from gdpr_assess.issue import DataError, nearest
from gdpr_assess.model import LegalBasis, Noun, WordingKind
from gdpr_assess.wording.pack import rules

N = TypeVar("N", bound=Noun)
UNLABELLED = frozenset({"representative", "transfer_safeguard"})
"""Elements for which the labelled texts carry no labels."""
OTHERS = ("second", "third")
"""The folders with what other readers saw in blind texts."""
MOST_FORMS = 40
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Labelled(Noun):
    """One text with what a person saw in it: codes of elements and defects, and the words that show a defect."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    language: str
    kind: WordingKind | None = None
    country: str | None = None
    basis: LegalBasis | None = None
    text: str
    elements: tuple[str, ...]
    defects: tuple[str, ...]
    spans: dict[str, str] = Field(default_factory=dict)


class Reread(Noun):
    """What another reader, who did not know the first one's labels, saw in a blind text."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    elements: tuple[str, ...]
    defects: tuple[str, ...]

    @field_validator("elements", "defects")
    @classmethod
    def _known(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        _are_known(codes)
        return codes


def agreed(row: Labelled, others: Sequence[Reread]) -> Labelled:
    """Return a text with the codes that most of its readers saw, the first one among them."""
    readers: list[Labelled | Reread] = [row, *others]

    def most(seen: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        times = Counter(code for codes in seen for code in {*codes})
        return tuple(sorted(code for code in times if 2 * times[code] > len(readers)))

    elements, defects = most(one.elements for one in readers), most(one.defects for one in readers)
    return row.model_copy(update={"elements": elements, "defects": defects})


def _are_known(codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in rules():
            raise ValueError(f"no code {code!r}, nearest {nearest(code, rules())!r}")


class Parted(Noun):
    """One text of which every sentence is labelled by itself; `like` is the open text that it says in other words.

    `pair` marks one of two texts that were written to differ in little but what they say: such teach, but they are
    harder than texts that occur, so no limit rests on them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: WordingKind | None = None
    like: str = ""
    pair: bool = False
    sentences: tuple[tuple[str, tuple[str, ...]], ...]

    @field_validator("sentences")
    @classmethod
    def _known(cls, sentences: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        for _, codes in sentences:
            _are_known(codes)
        return sentences


class Banked(Noun):
    """A sentence written to say one thing, or (`not`) a near miss that does not say it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    text: str
    kind: WordingKind | None = None
    not_: bool = Field(default=False, alias="not")


@dataclass(frozen=True)
class Corpus:
    """The labelled texts of a folder: `<lang>.jsonl`, below it `blind` and other folders with a file each language."""

    folder: Path

    def languages(self) -> list[str]:
        """Return the languages that have any text."""
        return sorted({path.stem for path in self.folder.rglob("*") if path.suffix in (".jsonl", ".txt")})

    def open(self, language: str) -> list[Labelled]:
        """Return the texts that rules may be written after."""
        return read(self.folder / f"{language}.jsonl")

    def blind(self, language: str) -> list[Labelled]:
        """Return the texts that nobody who writes rules reads."""
        return read(self.folder / "blind" / f"{language}.jsonl")

    def fresh(self, language: str) -> list[Labelled]:
        """Return blind texts of other authors, made after the first ones had been measured many times."""
        return read(self.folder / "fresh" / f"{language}.jsonl")

    def others(self, language: str) -> dict[str, list[Reread]]:
        """Return what a second reader, and where there was one a third, saw in blind texts, by their ids."""
        found: dict[str, list[Reread]] = {}
        for folder in OTHERS:
            for row in _lines(self.folder / folder / f"{language}.jsonl", Reread):
                found.setdefault(row.id, []).append(row)
        return found

    def parted(self, language: str) -> list[Parted]:
        """Return texts labelled sentence by sentence."""
        return _lines(self.folder / "sentences" / f"{language}.jsonl", Parted)

    def bank(self, language: str) -> list[Banked]:
        """Return single sentences by what they say."""
        return _lines(self.folder / "bank" / f"{language}.jsonl", Banked)

    def background(self, language: str, *, known: bool = False) -> list[str]:
        """Return ordinary messages without privacy content; `known` ones are every second line, which may be read."""
        path = self.folder / "background" / f"{language}.txt"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        chosen = lines[1::2] if known else lines
        return list(dict.fromkeys(form for line in chosen if line.strip() for form in forms(line)))


def read(path: Path) -> list[Labelled]:
    """Read labelled texts (none where there is no file); raises DataError naming file and line."""
    rows: list[Labelled] = []
    problems: list[str] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.strip():
            row, wrong = _row(line)
            problems += [f"{path}:{number}: {problem}" for problem in wrong]
            rows += [row] if row else []
    if problems:
        raise DataError("\n".join(problems))
    return rows


def _lines(path: Path, model: type[N]) -> list[N]:
    """Read one object a line (none where there is no file); raises DataError naming file and line."""
    found: list[N] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
        try:
            found.append(model.model_validate_json(line))
        except ValidationError as error:
            raise DataError(f"{path}:{number}: {error.errors(include_input=False)[0]['msg']}") from None
    return found


def _row(line: str) -> tuple[Labelled | None, list[str]]:
    try:
        row = Labelled.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        return None, [f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"]
    return row, [*_unknown(row.elements, "element"), *_unknown(row.defects, "defect")]


def _unknown(codes: tuple[str, ...], kind: str) -> Iterator[str]:
    known = [code for code, rule in rules().items() if rule.kind == kind]
    for code in codes:
        if code not in known:
            yield f"no {kind} {code!r}, nearest {nearest(code, known)!r}"


def forms(line: str) -> Iterator[str]:
    """Yield the forms of a line such as "The {lamp|kettle} comes {today|on Monday}.", at most MOST_FORMS."""
    parts = _CHOICE.split(line.strip())
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    yield from islice(("".join(chosen) for chosen in product(*choices)), MOST_FORMS)
