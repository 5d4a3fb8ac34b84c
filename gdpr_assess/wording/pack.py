"""Loads rules and packs and cross-checks them; every mistake is said with file, line and the nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from gdpr_assess.installed import PACKAGE
from gdpr_assess.issue import DataError
from gdpr_assess.law import countries, country, decided, sources, superseded
from gdpr_assess.wording.fold import fold_chars
from gdpr_assess.wording.schema import Case, Examples, PackFile, Pattern, Rule, Vocabulary, WordLists
from gdpr_assess.wording.terms import Literal, Shape, parse
from gdpr_assess.yamlfile import hint as hint
from gdpr_assess.yamlfile import load
from gdpr_assess.yamlfile import parse as read

T = TypeVar("T")
WORDING = PACKAGE / "wording"
RULES = WORDING / "rules"
PACKS = WORDING / "packs"
SAID = "_said.yaml"
"""The file of a pack with sentences that show its words."""
WORDS = ("_concepts.yaml", SAID)
"""The files of a pack that belong to no code."""
SPECIAL = ("IGNORE", "NOT_NAME", "HISTORIC")
"""Word lists that the engine itself reads."""


@dataclass(frozen=True)
class Pack:
    """Everything a language brings: compiled terms per concept, and its file per code."""

    language: str
    terms: dict[str, tuple[Literal | Shape, ...]]
    files: dict[str, PackFile]

    def usual(self) -> str:
        """Return the clean examples with blanks around words and signs, to tell common words from rare ones."""
        examples = (case for file in self.files.values() for case in file.examples.clean)
        texts = (fold_chars(case if isinstance(case, str) else case.text) for case in examples)
        return re.sub(r"([^\w\s])|\s+", r" \1 ", " ".join(["", *texts, ""]))

    def patterns(self, code: str) -> Iterator[Pattern]:
        """Yield the patterns of a code: the shared ones, the language's own, and the one of its direct terms."""
        file = self.files.get(code)
        for pattern in rules()[code].patterns if file is None or file.shared else ():
            if self.language not in pattern.not_languages and pattern.languages in ((), (self.language,)):
                yield pattern
        if file is not None:
            yield from file.patterns
            if file.report:
                yield Pattern(all=(f"@{code}",))


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by code; raises DataError."""
    found = {path.stem: load(path, Rule) for path in sorted(RULES.glob("*.yaml")) if path.stem != "_concepts"}
    problems = []
    for code, rule in found.items():
        path = RULES / f"{code}.yaml"
        problems += [*_unknown(path, rule.patterns, set(vocabulary()), set(found)), *_unread(path, rule)]
    return _or_raise(found, problems)


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Return every shared concept with the concepts that it hides."""
    path = RULES / "_concepts.yaml"
    found = {name: concept.shadows for name, concept in load(path, Vocabulary).root.items()}
    unknown = [name for shadows in found.values() for name in shadows if name not in found]
    return _or_raise(found, [located(path, name, f"unknown concept {name}{hint(name, found)}") for name in unknown])


@cache
def meanings() -> dict[str, str]:
    """Return what belongs in the word list of each shared concept."""
    return {name: concept.means for name, concept in load(RULES / "_concepts.yaml", Vocabulary).root.items()}


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a pack."""
    found = (path.parent.name for path in PACKS.glob("*/_concepts.yaml"))
    return tuple(sorted(name for name in found if name != "_any"))


@cache
def load_pack(language: str) -> Pack:
    """Load the pack of a language; raises DataError listing every problem."""
    folder = PACKS / language
    if not (folder / "_concepts.yaml").is_file():
        raise DataError(f"no language {language!r}{hint(language, languages())}")
    lists = dict(load(folder / "_concepts.yaml", WordLists).root)
    if not lists:
        raise DataError(f"{folder / '_concepts.yaml'}:1: the file is empty")
    for name, terms in load(PACKS / "_any" / "_concepts.yaml", WordLists).root.items():
        lists[name] = (*terms, *lists.get(name, ()))
    files = _files(folder)
    problems, owners = [], dict.fromkeys(lists, folder / "_concepts.yaml")
    for code, file in files.items():
        path = folder / f"{code}.yaml"
        if code not in rules():
            problems.append(f"{path}:1: no rule {code!r}{hint(code, rules())}")
        for name, terms in file.concepts.items():
            if name in lists or name in vocabulary():
                problems.append(located(path, name, f"concept {name} has its word list in _concepts.yaml"))
            lists[name], owners[name] = terms, path
    for code, file in files.items():
        problems += _unknown(folder / f"{code}.yaml", file.patterns, {*vocabulary(), *lists}, set(rules()))
        problems += _nowhere(folder / f"{code}.yaml", file.examples)
        for name, mark in OWN.items():
            lists[f"@{code}{mark}"], owners[f"@{code}{mark}"] = getattr(file, name), folder / f"{code}.yaml"
    problems += [] if problems else _unused(owners, files)  # what is misspelt there seems unused here
    compiled = {name: _compiled(terms, language, owners[name], problems) for name, terms in lists.items()}
    return _or_raise(Pack(language, compiled, files), problems)


def _files(folder: Path) -> dict[str, PackFile]:
    found, problems = {}, []
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if path.suffix == ".yml" or (path.stem[0] == "_" and path.name not in WORDS):
            meant = hint(path.name, (*WORDS, *(f"{code}.yaml" for code in rules())))
            problems.append(f"{path}:1: no file of this name is read{meant}")
        elif path.name not in WORDS:
            try:
                found[path.stem] = load(path, PackFile)
            except DataError as error:
                problems.append(str(error))
    return _or_raise(found, problems)


OWN = {"report": "", "unless": "!", "unless_near": "<"}
"""The lists of a code's file that are no concepts, with the sign that the matcher knows them by."""


def written(language: str) -> Iterator[tuple[Path, str, str]]:
    """Yield every term as its author wrote it: file, list (a concept, or `<code>.report` and the like), and term."""
    folder = PACKS / language
    for name, listed in load(folder / "_concepts.yaml", WordLists).root.items():
        yield from ((folder / "_concepts.yaml", name, text) for text in listed)
    for code, file in load_pack(language).files.items():
        lists = {**{f"{code}.{name}": getattr(file, name) for name in OWN}, **file.concepts}
        for name, listed in lists.items():
            yield from ((folder / f"{code}.yaml", name, text) for text in listed)


def _compiled(terms: tuple[str, ...], language: str, path: Path, problems: list[str]) -> tuple[Literal | Shape, ...]:
    found: list[Literal | Shape] = []
    for term in terms:
        try:
            found += parse(term, language)
        except ValueError as error:
            problems.append(located(path, term, f"term {term!r}: {error}"))
    return tuple(dict.fromkeys(found))


def _unused(owners: dict[str, Path], files: dict[str, PackFile]) -> list[str]:
    used = {name for file in files.values() for pattern in file.patterns for name in pattern.concepts()}
    known = {*vocabulary(), *SPECIAL, *used, *(entry.id.upper() for entry in superseded())}
    return [
        located(path, name, f"no rule uses concept {name}{hint(name, known)}")
        for name, path in owners.items()
        if name not in known and not name.startswith("@")
    ]


def _unknown(path: Path, patterns: Iterable[Pattern], concepts: set[str], codes: set[str]) -> list[str]:
    problems = []
    for pattern in patterns:
        for name in pattern.concepts():
            if name not in concepts and name not in SPECIAL:
                problems.append(located(path, name, f"unknown concept {name}{hint(name, concepts)}"))
        for code in (*pattern.with_, *pattern.without):
            if code not in codes:
                problems.append(located(path, code, f"no rule {code!r}{hint(code, codes)}"))
        for name in (*pattern.languages, *pattern.not_languages):
            if name not in languages():
                problems.append(located(path, name, f"no language {name!r}{hint(name, languages())}"))
        for slot in pattern.span:
            if slot not in pattern.all:
                problems.append(located(path, slot, f"span {slot} is not a slot of `all`{hint(slot, pattern.all)}"))
    return problems


def _unread(path: Path, rule: Rule) -> Iterator[str]:
    """Yield the sources and decisions that a rule names and that the law data do not hold."""
    read = [*(source.id for source in rule.sources), *(s.source for s in rule.support if s.source)]
    for what, names, held in (("source", read, sources()), ("decision", rule.cases, decided())):
        yield from (located(path, name, f"no {what} {name!r}{hint(name, held)}") for name in names if name not in held)


def _nowhere(path: Path, given: Examples) -> list[str]:
    """Return the examples from a country that we do not know."""
    named = [case.country for case in (*given.reported, *given.clean) if isinstance(case, Case) and case.country]
    problems = ((name, f"no country {name!r}{hint(name, countries())}") for name in named if not country(name))
    return [located(path, name, f"{problem} (write a code such as IE)") for name, problem in problems]


def located(path: Path, needle: str, problem: str) -> str:
    """Return a problem with the file and the line where its word stands: as a key or an entry, else anywhere."""
    text = path.read_text(encoding="utf-8")
    word = re.compile(rf"(?<!\w){re.escape(needle)}")
    among = (number for number, line in enumerate(text.splitlines(), 1) if word.search(line))
    return f"{path}:{_whole(text).get(needle) or next(among, 1)}: {problem}"


@lru_cache(maxsize=8)
def _whole(text: str) -> dict[str, int]:
    """Return the first line of every key and every entry of a YAML file."""
    data, lines = read(text)
    first: dict[str, int] = {}
    for at, value in _entries(data):
        for word in (*at[-1:], value):
            if isinstance(word, str):
                first.setdefault(word, lines[at])
    return first


def _entries(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every entry of a YAML file with its place."""
    yield at, data
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from _entries(value, (*at, key))


def _or_raise(value: T, problems: list[str]) -> T:
    if problems:
        raise DataError("\n".join(dict.fromkeys(problems)))
    return value
