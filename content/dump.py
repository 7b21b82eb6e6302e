"""Writes one record back into its YAML text, touching nothing else.

Why this file exists: the console edits records, and what it exports must be the shipped files
byte for byte wherever nobody changed anything. A record that was changed gets the canonical form
below; comments inside it are lost, all other lines stay as they are.

Canonical form: two spaces per level, keys in the order given, short lists of plain words in one line
(``[a, b]``), one item per line otherwise, texts plain where YAML reads them back as the same text
and double-quoted elsewhere, dates ISO, figures with their digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from content.yamltext import YamlError, line_span, read

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=][^\n#:,\[\]{}\"'\t]*(?<!\s)")
_FLOW_WIDTH = 100
"""Longest list written in one line, in characters."""

Path = Sequence[str | int]


def record_text(value: Any, indent: int = 0) -> str:
    """A value as canonical YAML lines ending with a line break."""
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(value))


def replace_record(text: str, path: Path, value: Any) -> str:
    """The text with the record at ``path`` (as in ``Library.origins``) replaced by ``value``.

    A record that says the same already is left as it is, byte for byte.

    Raises:
        KeyError: where the text has nothing at ``path``.
        YamlError: where the result would not read back as meant (another record uses an anchor
            of this one).
    """
    old = read(text)
    if _at(old, path) == value:
        return text
    first, last, indent = line_span(text, path)
    lines = text.splitlines(keepends=True)
    key = path[-1]
    body = record_text({key: value} if isinstance(key, str) else [value], indent)
    new = "".join([*lines[:first], body, *lines[last:]])
    if read(new) != _with(old, path, value):
        raise YamlError(first + 1, "这条记录和别的记录共用内容，请直接改文件")
    return new


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_with(each, rest, value) if index == step else each for index, each in enumerate(data)]
    return {key: _with(each, rest, value) if key == step else each for key, each in data.items()}


def _lines(value: Any) -> list[str]:
    if isinstance(value, Mapping) and value:
        return [line for key, each in value.items() for line in _keyed(_scalar(key), each)]
    if isinstance(value, (list, tuple)) and value:
        return [line for each in value for line in _item(each)]
    return [_inline(value)]


def _keyed(key: str, value: Any) -> list[str]:
    if _fits(value):
        return [f"{key}: {_inline(value)}"]
    return [f"{key}:", *(f"  {line}" for line in _lines(value))]


def _item(value: Any) -> list[str]:
    if _fits(value):
        return [f"- {_inline(value)}"]
    first, *others = _lines(value)
    return [f"- {first}", *(f"  {line}" for line in others)]


def _fits(value: Any) -> bool:
    """Whether a value goes in one line: scalars, empty things, short lists of scalars."""
    if isinstance(value, Mapping):
        return not value
    if isinstance(value, (list, tuple)):
        plain = not any(isinstance(each, (Mapping, list, tuple)) for each in value)
        return plain and len(_inline(value)) <= _FLOW_WIDTH
    return True


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_scalar(each) for each in value)}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _PLAIN.fullmatch(text) and _reads_back(text) else json.dumps(text, ensure_ascii=False)


def _reads_back(text: str) -> bool:
    try:
        return bool(read(text) == text)
    except YamlError:
        return False
