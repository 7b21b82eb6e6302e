"""What operators copied or read out, with the content version, so that it can be shown later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from store.tables import CopiedText, CopyRecord

C: Any = CopyRecord.__table__
X: Any = CopiedText.__table__
KEPT_S = 180 * 86400.0
"""Half a year: how long a caller may come back to what was said (no citizen's data in it)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One use of a text. ``voice`` is chat | copy | spoken; ``text`` the words as copied."""

    user: str
    answer_id: str
    content_version: str
    voice: str
    text: str


def remember(connection: Connection, copy: Copy, at: float) -> None:
    """Add one copy and keep its words."""
    named = hashlib.sha256(copy.text.encode()).hexdigest()
    known = connection.execute(select(X.c.hash).where(X.c.hash == named)).scalar()
    if known is None:
        connection.execute(X.insert(), {"hash": named, "text": copy.text})
    row = {"user": copy.user, "answer_id": copy.answer_id, "content_version": copy.content_version}
    connection.execute(C.insert(), {**row, "voice": copy.voice, "text_hash": named, "at": at})


def uses(connection: Connection, since: float) -> dict[str, int]:
    """Answer id to how often it was used since then."""
    query = select(C.c.answer_id, func.count()).where(C.c.at >= since).group_by(C.c.answer_id)
    return {str(answer): int(count) for answer, count in connection.execute(query)}


def between(connection: Connection, start: float, end: float, user: str = "", limit: int = 500) -> list[Any]:
    """Copies in a span of time, newest first; of one operator where named."""
    where = [C.c.at >= start, C.c.at < end, *([C.c.user == user] if user else [])]
    with_words = C.outerjoin(X, X.c.hash == C.c.text_hash)
    query = select(C, X.c.text).select_from(with_words).where(*where).order_by(C.c.id.desc()).limit(limit)
    return list(connection.execute(query))


def forget(connection: Connection, before: float) -> int:
    """Delete what is older, and words nobody points to any more; gives how many copies."""
    gone = int(connection.execute(delete(C).where(C.c.at < before)).rowcount)
    if gone:
        connection.execute(delete(X).where(X.c.hash.not_in(select(C.c.text_hash))))
    return gone
