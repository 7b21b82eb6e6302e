"""Live content: the files in force, the records staff changed, their versions, and the release counter.

Why this file exists: a publication is one transaction here, so a killed process leaves the old release
whole. Files are rows of kind ``file``; a record gets a row when staff first change it. It must not know
YAML or what content means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from store.errors import Conflict
from store.tables import ContentRecord, ContentRelease, ContentVersion

R: Any = ContentRecord.__table__
V: Any = ContentVersion.__table__
N: Any = ContentRelease.__table__
FILE = "file"
RELEASE = "release"
SHIPPED = "程序自带"
"""Author of the text a record had before staff changed it."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A record staff changed. ``baseline`` is the hash of the shipped text it replaces, "" for a new one;
    ``version`` counts from 1, the shipped text."""

    id: int
    path: str
    kind: str
    key: str
    yaml: str
    version: int
    baseline: str
    title: str
    updated_at: float


@dataclass(frozen=True, slots=True)
class Change:
    """One record of a publication, with the text of its file after it and what stood there before."""

    path: str
    kind: str
    key: str
    title: str
    city: str
    yaml: str
    before: str
    baseline: str
    author: str
    approver: str
    note: str


def release(connection: Connection) -> int:
    """Number of the release in force, 0 before the first start."""
    return int(connection.execute(select(N.c.number).where(N.c.id == 1)).scalar() or 0)


def next_release(connection: Connection, seen: int, at: float) -> int:
    """Count up from ``seen``.

    Raises:
        Conflict: somebody else published since.
    """
    if not seen:
        if release(connection):
            raise Conflict("内容刚被别人更新过")
        connection.execute(N.insert(), {"id": 1, "number": 1, "at": at})
        return 1
    done = connection.execute(update(N).where(N.c.id == 1, N.c.number == seen).values(number=seen + 1, at=at))
    if done.rowcount != 1:
        raise Conflict("内容刚被别人更新过")
    return seen + 1


def files(connection: Connection) -> dict[str, str]:
    """Texts in force by path."""
    query = select(R.c.path, R.c.yaml).where(R.c.kind == FILE)
    return {row.path: row.yaml for row in connection.execute(query)}


def put_files(connection: Connection, texts: Mapping[str, str], at: float) -> None:
    """Replace or add whole files; an empty text takes the file away."""
    connection.execute(R.delete().where(R.c.kind == FILE, R.c.path.in_(texts)))
    rows = [
        {"path": path, "key": "", "kind": FILE, "yaml": text, "updated_at": at}
        for path, text in texts.items()
        if text
    ]
    if rows:
        connection.execute(R.insert(), rows)


def edited(connection: Connection) -> list[Edited]:
    """Every record staff changed."""
    query = select(
        R.c.id, R.c.path, R.c.kind, R.c.key, R.c.yaml, R.c.version, R.c.baseline, R.c.title, R.c.updated_at
    ).where(R.c.kind != FILE, R.c.edited).order_by(R.c.id)  # fmt: skip
    return [Edited(*row) for row in connection.execute(query)]


def record(connection: Connection, kind: str, key: str) -> Edited | None:
    """The row of a record, None while nobody changed it."""
    query = select(
        R.c.id, R.c.path, R.c.kind, R.c.key, R.c.yaml, R.c.version, R.c.baseline, R.c.title, R.c.updated_at
    ).where(R.c.kind == kind, R.c.key == key)  # fmt: skip
    row = connection.execute(query).one_or_none()
    return Edited(*row) if row is not None else None


def publish(connection: Connection, change: Change, number: int, at: float) -> int:
    """Make a change the record's newest version in release ``number``; gives the version."""
    known = record(connection, change.kind, change.key)
    row = {"title": change.title, "yaml": change.yaml, "edited": True, "updated_at": at}
    row |= {"baseline": change.baseline if known is None else known.baseline}
    if known is None:
        first = 2 if change.before else 1
        place = {"path": change.path, "key": change.key, "kind": change.kind, "city": change.city}
        record_id = connection.execute(R.insert().returning(R.c.id), {**row, **place, "version": first})
        found, version = int(record_id.scalar_one()), first
        if change.before:
            _version(connection, found, 1, change.before, SHIPPED, SHIPPED, "", 0, 0.0)
    else:
        found, version = known.id, known.version + 1
        connection.execute(update(R).where(R.c.id == found).values(**row, version=version))
    _version(
        connection, found, version, change.yaml, change.author, change.approver, change.note, number, at
    )  # fmt: skip
    return version


def _version(
    connection: Connection, record_id: int, version: int, yaml: str, author: str, approver: str, note: str,
    number: int, at: float,
) -> None:  # fmt: skip
    row = {"record_id": record_id, "version": version, "yaml": yaml, "author": author, "approver": approver}
    connection.execute(V.insert(), {**row, "note": note, "release": number, "published_at": at})


def rebase(connection: Connection, record_id: int, baseline: str) -> None:
    """Say that the shipped text was looked at: the record now stands on this one."""
    connection.execute(update(R).where(R.c.id == record_id).values(baseline=baseline))


def versions(connection: Connection, record_id: int) -> list[Any]:
    """Versions of a record, newest first."""
    query = select(V).where(V.c.record_id == record_id).order_by(V.c.version.desc())
    return list(connection.execute(query))


def version(connection: Connection, kind: str, key: str, number: int) -> Any | None:
    """One version of a record, or None."""
    joined = V.join(R, R.c.id == V.c.record_id)
    query = select(V).select_from(joined).where(R.c.kind == kind, R.c.key == key, V.c.version == number)
    return connection.execute(query).one_or_none()


def version_counts(connection: Connection) -> dict[tuple[str, str], int]:
    """Newest version by kind and key of the records staff changed."""
    query = select(R.c.kind, R.c.key, R.c.version).where(R.c.edited)
    return {(kind, key): version for kind, key, version in connection.execute(query)}


def published_since(connection: Connection, at: float) -> int:
    """How many versions were published since a moment."""
    query = select(func.count()).select_from(V).where(V.c.published_at >= at)
    return int(connection.execute(query).scalar_one())


def note_release(connection: Connection, fingerprint: str, number: int, at: float) -> None:
    """Remember which release a version of the whole content was, so that old links find their words."""
    known = connection.execute(select(R.c.id).where(R.c.path == RELEASE, R.c.key == fingerprint)).scalar()
    if known is not None:
        connection.execute(update(R).where(R.c.id == known).values(version=number, updated_at=at))
        return
    row = {"path": RELEASE, "key": fingerprint, "kind": RELEASE, "version": number, "updated_at": at}
    connection.execute(R.insert(), row)


def at_release(connection: Connection, kind: str, key: str, fingerprint: str) -> Any | None:
    """The version of a record in an earlier release, None where it is unknown or was never changed."""
    number = connection.execute(
        select(R.c.version).where(R.c.path == RELEASE, R.c.key == fingerprint)
    ).scalar()
    if number is None:
        return None
    joined = V.join(R, R.c.id == V.c.record_id)
    query = (
        select(V)
        .select_from(joined)
        .where(R.c.kind == kind, R.c.key == key, V.c.release <= number)
        .order_by(V.c.version.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def is_release(connection: Connection, fingerprint: str) -> bool:
    """Whether a version of the whole content was ever served here."""
    query = select(R.c.id).where(R.c.path == RELEASE, R.c.key == fingerprint)
    return connection.execute(query).first() is not None
