"""The only YAML reader: YAML 1.2 scalars, no duplicate keys, no aliases, pydantic model -> problems with file:line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from gdpr_assess.issue import DataError, Issue, nearest
from gdpr_assess.model import Place

T = TypeVar("T", bound=BaseModel)
Path_ = tuple[str | int, ...]
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = re.compile(r"[\[{]|[-?] [-?]")
_NOT_UTF8 = "the file is not saved as UTF-8"
_YAML_MEANS = {
    "found character that cannot start any token": "a tab, or a text that begins with a sign and needs quotes",
    "mapping values are not allowed in this context": "a text with `: ` needs quotes, or the indentation is wrong",
    "found unexpected end of stream": "a quote is never closed",
    "found undefined alias": "a text that begins with `*` needs quotes",
    "did not find expected alphabetic or numeric character": "a text that begins with `*` or `&` needs quotes",
    "found unknown escape character": "write `\\\\` for one `\\` between double quotes",
    "did not find expected '-' indicator": "here or above a quote is missing, or the indentation is wrong",
    "did not find expected key": "here or above a quote is missing, or the indentation is wrong",
    "did not find expected <document start>": "above, the indentation is wrong",
    "could not find expected ':'": "here or above a `:` is missing, or the indentation is wrong",
}
_MEANS = {
    "missing": "must be given",
    "string_type": "must be a text; put it between quotes",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must have keys",
    "too_short": "must have more entries",
}
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
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Problem(line, "a key must be a plain name; a text that begins with `[` or `{` needs quotes")
        key = _scalar(key_node)
        if key in result:
            raise _Problem(line, f"key {key!r} stands twice")
        result[key] = _build(child, (*at, key), lines, seen)
        lines[*at, key] = line
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
        raise ValueError(_unreadable(error)) from None
    except yaml.YAMLError as error:
        line = text.encode()[: getattr(error, "position", 0)].count(b"\n") + 1
        raise ValueError(f"{line}: {str(error).splitlines()[0]}") from None
    except _Problem as error:
        raise ValueError(f"{error.line}: {error.text}") from None


def _unreadable(error: yaml.MarkedYAMLError) -> str:
    problem, quoted = error.problem or "not YAML", "quoted" in (error.context or "")
    mark = (quoted and error.context_mark) or error.problem_mark or error.context_mark
    means = f" ({_YAML_MEANS[problem]})" if problem in _YAML_MEANS else ""
    return f"{mark.line + 1 if mark else 1}: {problem}{means}"


def _line_of(loc: Path_, lines: dict[Path_, int]) -> int:
    for end in range(len(loc), -1, -1):
        if loc[:end] in lines:
            return lines[loc[:end]]
    return 1


def _problems(
    error: ValidationError, model: type[BaseModel], data: Any, lines: dict[Path_, int]
) -> list[tuple[int, str]]:
    found = []
    for item in error.errors(include_url=False):
        place = _place(item["loc"], model, data)
        if place is not None and not _follows(item):
            at, form = place
            where, text = ".".join(str(part) for part in at), _meant(item, form)
            found.append((_line_of(at, lines), f"{where}: {text}" if where else text))
    return sorted(found, key=itemgetter(0))


def _follows(item: ErrorDetails) -> bool:
    """Tell whether a list is said to be too short only because its entries are wrong."""
    return item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]


def _place(loc: Path_, form: Any, data: Any) -> tuple[Path_, Any] | None:
    """Return where in the data a mistake is, and the form wanted there; None for the branch that was not meant.

    Between the keys, pydantic names the branch of a union; that of an unknown key is the form that has no such key.
    """
    at: list[str | int] = []
    for part in loc:
        branches = _branches(form)
        if len(branches) > 1:
            form = next((branch for branch in branches if getattr(branch, "__name__", "") == part), None)
            if isinstance(data, dict) != _has_keys(form) and any(_has_keys(branch) for branch in branches):
                return None
        elif part != "[key]":
            at.append(part)
            form = _inside(branches[0], part)
            data = data.get(part) if isinstance(data, dict) else _item(data, part)
    return tuple(at), form


def _item(data: Any, part: str | int) -> Any:
    return data[part] if isinstance(data, list) and isinstance(part, int) else None


def _branches(form: Any) -> list[Any]:
    if get_origin(form) is Annotated:
        return _branches(get_args(form)[0])
    if _is_model(form) and issubclass(form, RootModel):
        return _branches(form.model_fields["root"].annotation)
    if get_origin(form) in {Union, UnionType}:
        return [branch for one in get_args(form) if one is not NoneType for branch in _branches(one)]
    return [form]


def _is_model(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _has_keys(form: Any) -> bool:
    return _is_model(form) or get_origin(form) in {dict, Mapping}


def _keys(model: Any) -> dict[str, Any]:
    """Return the form of each key of a model."""
    fields = model.model_fields if _is_model(model) else {}
    return {field.alias or name: field.annotation for name, field in fields.items()}


def _inside(form: Any, part: str | int) -> Any:
    if _is_model(form):
        return _keys(form).get(str(part), form)
    inner = [one for one in get_args(form) if one is not ...]
    several = get_origin(form) is tuple and len(inner) > 1
    return inner[part if several and isinstance(part, int) else -1] if inner else None


def _meant(item: ErrorDetails, form: Any) -> str:
    """Return a mistake in plain words, with what is allowed and the nearest of that."""
    kind, found = item["type"], str(item["input"])
    if kind == "extra_forbidden":
        quotes = "; a text with `: ` needs quotes" if isinstance(item["input"], str) else ""
        return f"unknown key{hint(str(item['loc'][-1]), _keys(form)) or _allowed(_keys(form)) + quotes}"
    if kind in {"literal_error", "enum"}:
        values = re.findall(r"'([^']*)'", item["ctx"]["expected"])
        return f"{found!r} is not allowed{hint(found, values)}{_allowed(values)}"
    if kind == "model_type":
        return f"must have keys{_allowed(_keys(form))}"
    if kind.startswith("date_"):
        return f"{found!r} is not a date such as 2026-09-30"
    return _MEANS.get(kind, item["msg"])


def _allowed(names: Iterable[str]) -> str:
    return f" (allowed: {', '.join(names)})"


def hint(name: str, allowed: Iterable[str]) -> str:
    """Return the question whether the nearest allowed name was meant; nothing when none is near."""
    close = nearest(name, allowed)
    return f", did you mean {close!r}?" if close else ""


def _broken_line(error: UnicodeDecodeError) -> int:
    return error.object.count(b"\n", 0, error.start) + 1


def read(path: Path, model: type[T], shown: str | None = None) -> tuple[T | None, list[Issue]]:
    """Read a user's YAML file into `model`; every mistake becomes an issue with its line."""
    name = shown or str(path)
    try:
        data, lines = parse(path.read_text(encoding="utf-8"))
        return model.model_validate(data if data is not None else {}), []
    except UnicodeDecodeError as error:
        return None, [Issue(code="files.yaml_not_utf8", place=Place(file=name, row=_broken_line(error)))]
    except ValidationError as error:
        problems = _problems(error, model, data, lines)
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
            "\n".join(f"{i.place.file}:{i.place.row or 1}: {i.params.get('problem', _NOT_UTF8)}" for i in issues)
        )
    return value


@cache
def raw(path: Path) -> Any:
    """Return the plain data of one of our own YAML files (cached; do not change it); raises DataError."""
    try:
        return parse(path.read_text(encoding="utf-8"))[0]
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:{_broken_line(error)}: {_NOT_UTF8}") from None
    except ValueError as error:
        raise DataError(f"{path}:{error}") from None
