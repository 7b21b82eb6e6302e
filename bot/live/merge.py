"""The shipped files with staff's changes on top, and where both changed the same record.

Why this file exists: an update of the program brings new files; records nobody touched follow it,
touched ones stay, and what needs a decision is listed. It must not know databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
    result, conflicts = dict(shipped), []
    by_path: dict[str, list[Edited]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    for path, here in by_path.items():
        text = shipped.get(path, "")
        data = read(text) if text else None
        result[path], refused = _with_edits(text or texts.begun(path), here)
        conflicts += refused + [found for edit in here if (found := _clash(data, edit))]
    return Merged(result, tuple(conflicts))


def _with_edits(text: str, here: list[Edited]) -> tuple[str, list[Conflict]]:
    """All edits of a file at once, one by one where that does not go."""
    try:
        return texts.put_all(text, [(e.kind, e.key, read(e.yaml)) for e in here]), []
    except YamlError:
        refused = []
    for edit in here:
        try:
            text = texts.put(text, edit.kind, edit.key, read(edit.yaml))
        except YamlError as error:
            refused.append(Conflict(edit.kind, edit.key, edit.path, str(error), ""))
    return text, refused


def _clash(shipped: Any, edit: Edited) -> Conflict | None:
    before = texts.fingerprint(texts.said(shipped, edit.kind, edit.key))
    if before == edit.baseline:
        return None
    reason = "新版本也改了这一条" if before else "新版本里没有这一条了"
    return Conflict(edit.kind, edit.key, edit.path, reason, before)
