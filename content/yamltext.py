"""YAML text in, plain values out, fast; line numbers only when somebody has to be told.

Why this file exists: it fences the YAML library. PyYAML's libyaml loader is in both environments
(ruamel.yaml 0.19 has no C loader without an extra package) and reads all content in under a
second. It must not know what the values mean.

YAML 1.2 reading of plain words: only true/false are booleans, yes/no/on/off stay words; numbers
with colons stay words; numbers with a point become ``Decimal`` so that figures keep their digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml  # type: ignore[import-untyped]

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SKIPPED_TAGS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class YamlError(ValueError):
    """The text is no YAML, or a mapping names a key twice. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Loader(_BASE):  # type: ignore[misc]
    """libyaml's safe loader with YAML 1.2 scalars and no repeated keys."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, regexp) for tag, regexp in pairs if tag not in _SKIPPED_TAGS]
        for first, pairs in _BASE.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, _deep: bool = False) -> dict[Any, Any]:
        """A dict; a key written twice is an error, not a silent overwrite."""
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int, bool)):
                raise YamlError(key_node.start_mark.line + 1, "键必须是一个词，含特殊字符的文字请加引号")
            if key in found:
                raise YamlError(key_node.start_mark.line + 1, f"键 {key} 写了两次，请删去一个")
            found[key] = self.construct_object(value_node, deep=True)
        return found


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)
_Loader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node))
)
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


def read(text: str) -> Any:
    """The values of one YAML document (None where it is empty).

    Raises:
        YamlError: with the line, in Chinese for staff.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader's subclass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(line, f"YAML 写法有误（{error.problem}），请检查缩进、冒号和引号") from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, f"YAML 写法有误：{error}") from error


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Line (from 1) of the value at ``path``, or of the nearest ancestor that exists."""
    node = _composed(text)
    line = 1
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def line_span(text: str, path: Sequence[str | int]) -> tuple[int, int, int]:
    """First line, line after the last (both from 0) and indent of the entry at ``path``.

    Raises:
        KeyError: where the text has nothing there.
    """
    node = _composed(text)
    for step in path:
        start, found = _entry(node, step)
        node = found
    lines = text.splitlines()
    # a block's end mark stands at the next entry, any other end mark on its own last line
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    last = node.end_mark.line + (0 if block else 1)
    while last > start.line + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return start.line, last, len(lines[start.line]) - len(lines[start.line].lstrip())


def _entry(node: Any, step: str | int) -> tuple[Any, Any]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark, value
    raise KeyError(step)


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """The nodes of the text asked for last: faults come file by file."""
    try:
        return yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError):
        return None


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    try:
        mark, value = _entry(node, step)
    except KeyError:
        return None
    return mark.line + 1, value
