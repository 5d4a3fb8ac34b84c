"""Writes the entry of one file into evidence.yaml and leaves all the rest as it is, comments included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gdpr_assess.practices.mapping import FileMap
from gdpr_assess.workspace import write_atomic
from gdpr_assess.yamlfile import parse

HEAD = "# How exports are read that are not recognised by themselves: file -> table, our column: the file's heading.\n"


def write_entry(path: Path, name: str, entry: FileMap) -> None:
    """Put the entry of a file into evidence.yaml; ValueError where the file as it is cannot be read."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    write_atomic(path, with_entry(before, name, entry))


def with_entry(text: str, name: str, entry: FileMap) -> str:
    """Return the text of evidence.yaml with one entry in place; ValueError where it cannot be read."""
    data, _ = parse(text) if text.strip() else ({}, {})
    data = data if data is not None else {}
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not (files is None or isinstance(files, dict)):
        raise ValueError("1: no mapping of files")
    said = entry.model_dump(exclude_defaults=True)
    written = _edited(text, name, said, files)
    if parse(written)[0] != {**data, "files": {**(files or {}), name: said}}:
        raise ValueError("1: the entry cannot be put in its place")
    return written


def _edited(text: str, name: str, said: dict[str, Any], files: Mapping[str, Any] | None) -> str:
    if not text.strip():
        return f"{HEAD}files:\n{_block(name, said, 2)}"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = _pair(root, "files")
    if found is None:
        return f"{_ended(text)}files:\n{_block(name, said, 2)}"
    key, value = found
    lines = _ended(text).splitlines(keepends=True)
    if not isinstance(value, yaml.MappingNode) or value.flow_style or not value.value:
        everything = "".join(_block(str(file), kept, 2) for file, kept in {**(files or {}), name: said}.items())
        first, last = key.start_mark.line, _last_line(value)
        return "".join([*lines[:first], f"files:\n{everything}", *lines[last + 1 :]])
    indent = value.value[0][0].start_mark.column
    mine = _pair(value, name)
    if mine is None:
        at = _last_line(value) + 1
        return "".join([*lines[:at], _block(name, said, indent), *lines[at:]])
    first, last = mine[0].start_mark.line, _last_line(mine[1])
    kept = [line for line in lines[first + 1 : last + 1] if line.lstrip().startswith("#")]
    return "".join([*lines[:first], *kept, _block(name, said, indent), *lines[last + 1 :]])


def _pair(node: Any, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == name), None)


def _last_line(node: yaml.Node) -> int:
    """Return the last line that a node itself fills; a block's end mark already stands on what comes after it."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    ends_before = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return int(node.end_mark.line) - ends_before


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _block(name: str, said: Any, indent: int) -> str:
    """Return an entry as lines of YAML, every name and text in quotation marks where that is needed."""
    space = " " * indent
    if not isinstance(said, dict):
        return f"{space}{_quoted(name)}: {_quoted(said)}\n"
    if not said:
        return f"{space}{_quoted(name)}: {{}}\n"
    inside = "".join(_block(str(key), value, indent + 2) for key, value in said.items())
    return f"{space}{_quoted(name)}:\n{inside}"


def _quoted(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = value.replace("_", "").replace(".", "").replace("-", "")
    is_plain = value.isascii() and plain.isalpha() and value not in ("true", "false", "null")
    return value if is_plain else json.dumps(value, ensure_ascii=False)
