"""The content in force in this process, never more than a second old, never half of anything.

Why this file exists: answering takes ``library`` as a plain attribute. A thread of its own compares one
number in the database and loads what is new beside the event loop; content that cannot be served never
replaces content that can.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from bot.live import merge, switches
from bot.live.switches import Switch, Switches
from bot.logging import get_logger
from content.find import Library
from content.load import ContentFaults, library_from_texts
from store import content_records, emergency
from store.database import Connection, Database
from store.errors import Conflict, StoreUnavailable

log = get_logger(__name__)
POLL_S = 0.2
"""Time between two looks: with loading (0.4 s measured) a publication is served within a second."""


class LiveContent:
    """Serves the newest release; ``prepare`` warms a library (see ``adopt``).

    Attributes:
        library: the content in force.
        switches: what is switched off or announced.
        release: its number.
        conflicts: records changed both by staff and by an update of the program.
        trouble: why the newest release is not served, "" when it is.
    """

    library: Library
    switches: Switches = switches.NONE

    def __init__(
        self, database: Database, shipped: Mapping[str, str],
        prepare: Callable[[Library], None] = lambda _library: None,
    ) -> None:  # fmt: skip
        self._database = database
        self._shipped = dict(shipped)
        self._prepare = prepare
        self._jobs: list[Callable[[], None]] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.release = 0
        self.conflicts: tuple[merge.Conflict, ...] = ()
        self.trouble = ""

    def start(self) -> None:
        """Bring the shipped files into the database, then load what is in force.

        Raises:
            ContentFaults: there is nothing that can be served.
        """
        made = self._update()
        with self._database.read() as connection:
            number, texts = content_records.release(connection), content_records.files(connection)
        self.adopt(number, made if made is not None and made.texts == texts else library_from_texts(texts))
        self.look()

    def _update(self) -> Library | None:
        """First start or a new version of the program: files follow it, staff's edits stay.

        Gives the library it put in place, if any: reading it once more would take as long again.
        """
        for _ in range(3):
            with self._database.read() as connection:
                seen, stored = content_records.release(connection), content_records.files(connection)
                merged = merge.merge(self._shipped, content_records.edited(connection))
            self.conflicts = merged.conflicts
            changed = changes(stored, merged.texts)
            if not changed:
                return None
            try:
                library = library_from_texts(merged.texts)
            except ContentFaults as faults:
                if not stored:
                    raise
                self.trouble = "程序自带的内容和这里的修改合不起来，先用原来的内容"
                log.error("shipped content does not load with the edits", faults=len(faults.faults))
                return None
            try:
                with self._database.write() as connection:
                    number = content_records.next_release(connection, seen, time.time())
                    content_records.put_files(connection, changed, time.time())
                    content_records.note_release(connection, library.version, number, time.time())
                return library
            except Conflict:  # another process of the same start was first
                continue
        return None

    def adopt(self, release: int, library: Library) -> None:
        """Serve a library from now on. The first one is prepared before; later ones beside being served.

        Preparing takes a second, in which a changed answer would still be the old one; meanwhile only a
        message that needs a search waits for its index.
        """
        first = not hasattr(self, "library")
        if first:
            self._prepare(library)
        self.library, self.release, self.trouble = library, release, ""
        if not first:
            self._prepare(library)

    def every(self, job: Callable[[], None]) -> None:
        """Run ``job`` after each look, in the same thread."""
        self._jobs.append(job)

    def look(self) -> None:
        """Compare with the database and load what is new."""
        with self._database.read() as connection:
            number = content_records.release(connection)
            self.switches = switches.of(switched(connection), time.time())
            texts = content_records.files(connection) if number != self.release else {}
        if not texts:
            return
        try:
            self.adopt(number, library_from_texts(texts))
            log.info("content reloaded", release=number, version=self.library.version)
        except ContentFaults as faults:
            self.release = number
            self.trouble = f"第 {number} 次发布的内容读不出来，还在用上一次的"
            log.error("release not served", release=number, faults=len(faults.faults))

    def run(self) -> None:
        """Look again and again until ``stop``."""
        while not self._stopping.wait(POLL_S):
            try:
                self.look()
                for job in self._jobs:
                    job()
            except StoreUnavailable as trouble:
                log.warning("content not compared", reason=trouble.reason)
            except Exception as error:  # the next look may succeed; the content in force stays
                log.error("content look failed", exc_info=error)

    def watch(self) -> None:
        """Start looking in a thread."""
        self._thread = threading.Thread(target=self.run, name="live-content", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    async def probe(self) -> tuple[str, str]:
        """State for ``/healthz``."""
        return ("degraded", self.trouble) if self.trouble else ("ok", "")


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Files that differ; "" for those that are gone."""
    gone = dict.fromkeys(set(before) - set(after), "")
    return gone | {path: text for path, text in after.items() if before.get(path) != text}


def switched(connection: Connection) -> list[Switch]:
    """The switches in the database."""
    return [
        Switch(
            kind=str(row.value.get("kind", "")), target=str(row.value.get("target", "")),
            text=str(row.value.get("text", "")), reason=row.reason, until=row.until, by=row.by, at=row.at,
        )
        for row in emergency.under(connection, switches.PREFIX)
    ]  # fmt: skip


def texts_in_force(database: Database, shipped: Mapping[str, str]) -> dict[str, str]:
    """What ``start`` would serve, without changing anything: for the command line."""
    with database.read() as connection:
        return merge.merge(shipped, content_records.edited(connection)).texts
