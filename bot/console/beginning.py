"""Records still to be written: under which id, in which file, with which fields known already.

Why this file exists: an id and a file chosen once stay for good, so they are not left to whoever types. It
must not know drafts or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from bot.console import records
from bot.console.records import Subject
from bot.live import texts
from bot.live.texts import KINDS
from content.coverage import coverage
from content.find import Library
from content.model import NATIONAL

IDS = {"facts": "{0}_figure_{1}", "contacts": "{0}_contact_{1}", "notices": "{0}-notice-{1}",
       "clauses": "{0}-add-{1}"}  # fmt: skip
"""Kinds staff may begin by themselves, and the ids of those that have no number of their own."""
_NUMBER = re.compile(r"(\d{4})\s*[〕\]】）)年]\s*第?\s*(\d+)\s*号")
"""Year and number of a notice number: 成金发〔2022〕75号, 令2020年第3号."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A record still to be written (or the one that is there already), and the fields that are known."""

    subject: Subject
    fields: Mapping[str, Any] = field(default_factory=dict)


def answer(library: Library, need: str, scope: str, on: date) -> Begun | None:
    """An answer still to be written; None for an unknown need or city, or one that exists."""
    if need not in library.needs or not _is_place(library, scope):
        return None
    key = need if scope == NATIONAL else f"{need}@{scope}"
    if key in library.answers:
        return None
    path = texts.path_for_new("answers", key, scope)
    subject = Subject("answers", key, path, scope, library.needs[need].name, None)
    return Begun(subject, {"conclusion": "", "status": "needs_verification", "checked_on": on})


def plain(library: Library, kind: str, scope: str, taken: Iterable[str]) -> Begun | None:
    """A figure or contact point; None for other kinds and places.

    Args:
        library: the content in force.
        kind: ``facts`` or ``contacts``.
        scope: a city or ``national``.
        taken: names (``kind:key``) of edits under way, whose ids are not free either.
    """
    if kind not in ("facts", "contacts") or not _is_place(library, scope):
        return None
    return Begun(_subject(kind, _free(library, kind, scope, taken), scope))


def notice(library: Library, scope: str, number: str, taken: Iterable[str]) -> Begun | None:
    """A notice under an id made of its number; the one there is where the number is known already."""
    if not _is_place(library, scope):
        return None
    known = next(
        (n for n in library.notices.values() if number and (n.scope, n.number) == (scope, number)), None
    )
    if known is not None:
        found = records.subject(library, "notices", known.id)
        return Begun(found) if found else None
    said = _NUMBER.search(number)
    key = f"{scope}-{said[1]}-{int(said[2])}" if said else ""
    if not key or key in _taken(library, "notices", taken):
        key = _free(library, "notices", key or scope, taken)
    return Begun(_subject("notices", key, scope), {"number": number} if number else {})


def clause(library: Library, notice_id: str, row: str, taken: Iterable[str]) -> Begun | None:
    """A clause of a notice, for a row of the coverage list or none; None where either is not there."""
    found = library.notices.get(notice_id)
    rows = open_rows(library, found.scope) if found else {}
    if found is None or (row and row not in rows):
        return None
    key = row or _free(library, "clauses", notice_id, taken)
    here = (
        texts.path_of(library, "clauses", c.key) for c in library.clauses.values() if c.notice_id == notice_id
    )
    path = next(here, texts.file_of_clauses(notice_id, found.scope))
    fields = {"rows": [key], **({"article": rows[row]} if row else {})}
    return Begun(Subject("clauses", key, path, found.scope, KINDS["clauses"], None), fields)


def open_rows(library: Library, scope: str = "") -> dict[str, str]:
    """Rows of the coverage list that no clause names, with their articles; ``scope`` "" means everywhere."""
    rows = (row for row in coverage(library) if row.state == "missing" and not row.clause)
    return {row.id: row.article for row in rows if scope in ("", row.city)}


def _is_place(library: Library, scope: str) -> bool:
    return scope == NATIONAL or scope in library.cities


def _subject(kind: str, key: str, scope: str) -> Subject:
    return Subject(kind, key, texts.path_for_new(kind, key, scope), scope, KINDS[kind], None)


def _taken(library: Library, kind: str, taken: Iterable[str]) -> set[str]:
    return {*texts.all_of(library, kind), *(name.partition(":")[2] for name in taken)}


def _free(library: Library, kind: str, start: str, taken: Iterable[str]) -> str:
    used = _taken(library, kind, taken)
    return next(key for n in count(1) if (key := IDS[kind].format(start, n)) not in used)
