"""Read the flight recorders of this machine and give the work of dead processes back.

Why this file exists: app and worker both do this at their start and every second, with the same rules:
first what was handed to the network counts as given, then the rest is free for somebody else.
"""

from __future__ import annotations

from pathlib import Path

from bot import journal
from bot.identity import is_alive
from store import outbox, recovery
from store.database import Connection
from store.lane import Lane


def dead_journals(folder: Path) -> list[tuple[str, Path]]:
    """Owner and file of the journals of dead processes of this machine."""
    return [(owner, path) for owner, path in journal.journals(folder) if is_alive(owner) is False]


def absorb(lane: Lane, folder: Path, at: float) -> int:
    """Write what dead processes noted into the database and drop their journals; gives how many there were.

    Raises:
        StoreUnavailable: the database does not take it now; the journals stay.
    """
    dead = dead_journals(folder)
    for owner, path in dead:
        noted = journal.read(path)

        def write(connection: Connection, noted: journal.Noted = noted, owner: str = owner) -> None:
            recovery.mark_given(connection, noted.given, at)
            outbox.mark_handed(connection, noted.sent, at)
            outbox.requeue(connection, owner)
            recovery.leave(connection, owner)

        lane.call(write)
        path.unlink(missing_ok=True)
    return len(dead)


def given_by_living(folder: Path) -> set[int]:
    """Inbox ids that living processes have given but may not have marked yet."""
    return set().union(*(journal.read(path).given for _, path in journal.journals(folder)))


def free_lost_senders(lane: Lane, at: float, lease_s: float) -> None:
    """Give back texts taken by senders that no longer beat, also those of other machines."""
    beats = lane.call(recovery.heartbeats)
    for owner in lane.call(outbox.senders):
        alive = is_alive(owner)
        if alive is False or (alive is None and at - beats.get(owner, 0.0) > lease_s):
            lane.call(lambda c, o=owner: outbox.requeue(c, o))  # type: ignore[misc]
