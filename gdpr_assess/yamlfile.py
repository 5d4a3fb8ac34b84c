"""The only YAML reader: YAML 1.2 scalars, no duplicate keys, no aliases, pydantic model -> problems with file:line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from gdpr_assess.issue import DataError, Issue, nearest
from gdpr_assess.model import Place

T = TypeVar("T", bound=BaseModel)
Path_ = tuple[str | int, ...]
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = re.compile(r"[\[{]|[-?] [-?]")
MAX_BYTES = 2_000_000
MAX_DEPTH = 100


class _Problem(Exception):
    def __init__(self, line: int, text: str) -> None:
        self.line, self.text = line, text


def _scalar(node: yaml.ScalarNode) -> Any:
    value = str(node.value)
    if node.style:  # quoted or block scalar
        return value
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _INT.fullmatch(value):
        return int(value)
    return float(value) if _FLOAT.fullmatch(value) else value


def _build(node: yaml.Node, at: Path_, lines: dict[Path_, int], seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    lines[at] = line
    if len(at) > MAX_DEPTH:
        raise _Problem(line, "nested too deeply")
    if id(node) in seen:
        raise _Problem(line, "aliases are not allowed")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*at, i), lines, seen) for i, child in enumerate(node.value)]
    result: dict[Any, Any] = {}
    for key_node, child in node.value:
        key = _scalar(key_node)
        if key in result:
            raise _Problem(key_node.start_mark.line + 1, f"key {key!r} stands twice")
        result[key] = _build(child, (*at, key), lines, seen)
    return result


def _refuse_deep(text: str) -> None:
    # The parser's C code recurses and would crash the process; its event stream does not.
    if sum(1 for _ in _NESTING.finditer(text)) <= MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _Problem(event.start_mark.line + 1 if event.start_mark else 1, "nested too deeply")


def parse(text: str) -> tuple[Any, dict[Path_, int]]:
    """Return the data of a YAML text and the line of each entry; raises ValueError(`line: problem`)."""
    if len(text) > MAX_BYTES:
        raise ValueError("1: file is too large")
    lines: dict[Path_, int] = {}
    try:
        _refuse_deep(text)
        node = yaml.compose(text, Loader=_LOADER)
        return (None if node is None else _build(node, (), lines, set())), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ValueError(f"{mark.line + 1 if mark else 1}: {error.problem or 'not YAML'}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"1: {str(error).splitlines()[0]}") from None
    except _Problem as error:
        raise ValueError(f"{error.line}: {error.text}") from None


def _line_of(loc: tuple[str | int, ...], lines: dict[Path_, int]) -> int:
    for end in range(len(loc), -1, -1):
        if loc[:end] in lines:
            return lines[loc[:end]]
    return 1


def _problems(error: ValidationError, model: type[BaseModel], lines: dict[Path_, int]) -> list[tuple[int, str]]:
    found = []
    for item in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in item["loc"])
        text = f"{where}: {item['msg']}" if where else item["msg"]
        if item["type"] == "extra_forbidden":
            close = nearest(str(item["loc"][-1]), model.model_fields)
            text = f"{where}: unknown key" + (f", did you mean {close!r}?" if close else "")
        found.append((_line_of(tuple(item["loc"]), lines), text))
    return found


def read(path: Path, model: type[T], shown: str | None = None) -> tuple[T | None, list[Issue]]:
    """Read a user's YAML file into `model`; every mistake becomes an issue with its line."""
    name = shown or str(path)
    try:
        data, lines = parse(path.read_text(encoding="utf-8"))
        return model.model_validate(data if data is not None else {}), []
    except UnicodeDecodeError:
        return None, [Issue(code="files.yaml_not_utf8", place=Place(file=name))]
    except ValidationError as error:
        problems = _problems(error, model, lines)
    except ValueError as error:
        line, _, problem = str(error).partition(": ")
        problems = [(int(line), problem)]
    return None, [
        Issue(code="files.yaml_invalid", place=Place(file=name, row=line), params={"problem": problem})
        for line, problem in problems
    ]


def load(path: Path, model: type[T]) -> T:
    """Read one of our own YAML files; raises DataError listing every `file:line: problem`."""
    value, issues = read(path, model)
    if value is None:
        raise DataError(
            "\n".join(f"{i.place.file}:{i.place.row or 1}: {i.params.get('problem', i.code)}" for i in issues)
        )
    return value


@cache
def raw(path: Path) -> Any:
    """Return the plain data of one of our own YAML files (cached; do not change it); raises DataError."""
    try:
        return parse(path.read_text(encoding="utf-8"))[0]
    except ValueError as error:
        raise DataError(f"{path}:{error}") from None
