"""The shipped files with staff's changes on top, and where both changed the same record.

Why this file exists: an update of the program brings new files; records nobody touched follow it,
touched ones stay, and what needs a decision is listed. It must not know databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.live import texts
from content.yamltext import YamlError, read
from store.content_records import Edited


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record changed both here and in the shipped files; ``shipped`` is the fingerprint of the latter."""

    kind: str
    key: str
    path: str
    reason: str
    shipped: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Texts by path, and what staff have to look at."""

    texts: dict[str, str]
    conflicts: tuple[Conflict, ...]


def merge(shipped: Mapping[str, str], edits: Iterable[Edited]) -> Merged:
    """Put every edit onto the shipped files; without edits they come back byte for byte."""
    result = dict(shipped)
    conflicts = []
    for edit in edits:
        try:
            before = texts.fingerprint(texts.value(shipped.get(edit.path, ""), edit.kind, edit.key))
            result[edit.path] = texts.put(result.get(edit.path, ""), edit.kind, edit.key, read(edit.yaml))
        except YamlError as error:
            conflicts.append(Conflict(edit.kind, edit.key, edit.path, str(error), ""))
            continue
        if before != edit.baseline:
            gone = "新版本里没有这一条了" if not before else "新版本也改了这一条"
            conflicts.append(Conflict(edit.kind, edit.key, edit.path, gone, before))
    return Merged(result, tuple(conflicts))
