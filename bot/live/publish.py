"""One publication: the change on top of what is in force, through a gate, in one transaction.

Why this file exists: whoever publishes (console, schedule, import, rollback) goes through here, so the
gate cannot be forgotten and a killed process leaves the old release. It must not know forms or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.live import texts
from bot.live.source import LiveContent
from content.dump import record_text
from content.find import Library
from content.yamltext import YamlError, read
from store import content_records
from store.content_records import Change
from store.database import Connection, Database
from store.errors import Conflict

TRIES = 3
"""How often another publication may come in between: two people pressing at once is one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as it shall be. ``base`` is the version it was made from (0: shipped), None to not ask."""

    kind: str
    key: str
    path: str
    city: str
    title: str
    value: Any
    author: str
    approver: str
    note: str = ""
    base: int | None = None


class Blocked(Exception):
    """The gate said no; ``reasons`` are sentences for staff."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = tuple(reasons)


Judge = Callable[[Mapping[str, str], Sequence[Wanted]], Library]
"""Gives the library of the texts with the changes, or raises Blocked."""
Also = Callable[[Connection, int], None]
"""What else belongs into the same transaction, with the release number."""


def publish(
    database: Database, live: LiveContent, wanted: Sequence[Wanted], judge: Judge, at: float,
    also: Also = lambda _connection, _number: None,
) -> int:  # fmt: skip
    """Publish records together; gives the release number, which this process serves from now on.

    Raises:
        Blocked: by the gate.
        Conflict: a record has a newer version than the one it was made from.
    """
    for _ in range(TRIES):
        with database.read() as connection:
            seen, stored = content_records.release(connection), content_records.files(connection)
            versions = content_records.version_counts(connection)
        for each in wanted:
            if each.base is not None and versions.get((each.kind, each.key), 0) != each.base:
                raise Conflict("这条内容在您修改期间已有新版本")
        new = with_changes(stored, wanted)
        library = judge(new, wanted)
        try:
            number = _write(database, seen, stored, new, wanted, at, _noted(library, at, also))
        except Conflict:
            continue
        live.adopt(number, library)
        return number
    raise Conflict("这会儿有人在接连发布，请过一会儿再试")


def _noted(library: Library, at: float, also: Also) -> Also:
    def both(connection: Connection, number: int) -> None:
        content_records.note_release(connection, library.version, number, at)
        also(connection, number)

    return both


def with_changes(stored: Mapping[str, str], wanted: Sequence[Wanted]) -> dict[str, str]:
    """The files with the records in their place.

    Raises:
        Blocked: a record cannot be written into its file.
    """
    new = dict(stored)
    for path in dict.fromkeys(each.path for each in wanted):
        here = [(each.kind, each.key, each.value) for each in wanted if each.path == path]
        try:
            new[path] = texts.put_all(new.get(path) or texts.begun(path), here)
        except YamlError as error:
            raise Blocked([str(error)]) from error
    return new


def _write(
    database: Database, seen: int, stored: Mapping[str, str], new: Mapping[str, str],
    wanted: Sequence[Wanted], at: float, also: Also,
) -> int:  # fmt: skip
    with database.write() as connection:
        number = content_records.next_release(connection, seen, at)
        changed = {path: text for path, text in new.items() if stored.get(path) != text}
        content_records.put_files(connection, changed, at)
        for change in _changes(wanted, stored):
            content_records.publish(connection, change, number, at)
        also(connection, number)
    return number


def _changes(wanted: Sequence[Wanted], stored: Mapping[str, str]) -> Iterator[Change]:
    read_once = {path: read(stored.get(path, "")) for path in {each.path for each in wanted}}
    for each in wanted:
        before: Any = texts.said(read_once[each.path], each.kind, each.key)
        yield Change(
            each.path, each.kind, each.key, each.title, each.city, record_text(each.value),
            "" if before is None else record_text(before), texts.fingerprint(before), each.author,
            each.approver, each.note,
        )  # fmt: skip
