"""Training examples: one sentence must not teach two needs, nor be written twice.

Why this file exists: duplicates pull the classifier both ways. It reads the YAML texts of
``nlu/topics`` and must not know Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from content.model import Fault

_INTENT = re.compile(r"^\s*-?\s*intent:\s*(\S+)")
_EXAMPLE = re.compile(r"^\s*-\s+(?!intent:)(.+?)\s*$")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\{[^}]*\}|\([^)]*\))")


def duplicate_examples(texts: Mapping[str, str]) -> list[Fault]:
    """Faults for every example written before, by path and line."""
    seen: dict[str, str] = {}
    faults = []
    for path, line, intent, example in _examples(texts):
        where = f"{intent}（{path}:{line}）"
        plain = re.sub(r"[\s，。？！,.?!]", "", _ANNOTATION.sub(r"\1", example))
        if plain in seen:
            faults.append(Fault(path, line, f"例句“{example}”已写在 {seen[plain]}，请删去一处"))
        seen.setdefault(plain, where)
    return faults


def _examples(texts: Mapping[str, str]) -> Iterator[tuple[str, int, str, str]]:
    for path in sorted(texts):
        intent = ""
        for number, line in enumerate(texts[path].splitlines(), 1):
            found = _INTENT.match(line)
            if found:
                intent = found.group(1)
                continue
            example = _EXAMPLE.match(line)
            if intent and example:
                yield path, number, intent, example.group(1)
