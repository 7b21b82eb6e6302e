"""The engine for the content in force, built beside the requests and kept until the content changes.

Why this file exists: building takes seconds, a keystroke has milliseconds; while a new one is built the old
one answers. It must not know how ranking works.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.kept import kept_sense
from bot.desk.sense import Sense
from bot.services import Services
from bot.warm import tidy
from content.find import Library


class Engines:
    """Gives the engine of the library in force."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._guard = threading.Lock()
        self._engine: Engine | None = None
        self._version = ""
        self._sense: Sense | None = None
        self._needs: tuple[str, ...] = ()

    @property
    def sense(self) -> Sense | None:
        """The needs' sense, None until it is built; never waits."""
        return self._sense

    def current(self) -> Engine:
        """The engine; the first call waits until it is built, later ones never wait."""
        library = self._services.library()
        engine = self._engine
        if engine is not None and self._version == library.version:
            return engine
        if engine is None:
            with self._guard:
                return self._built(library)
        self.prepare()
        return engine

    def prepare(self) -> None:
        """Build in a thread of its own, once at a time."""
        if self._guard.acquire(blocking=False):
            threading.Thread(target=self._build_and_release, name="desk-engine", daemon=True).start()

    def _build_and_release(self) -> None:
        try:
            self._built(self._services.library())
            tidy()
        finally:
            self._guard.release()

    def _built(self, library: Library) -> Engine:
        if self._engine is not None and self._version == library.version:
            return self._engine
        if self._sense is None or not _same(self._needs, library.needs):
            self._sense = kept_sense(library, self._services.settings.state)
            self._needs = tuple(library.needs)
        engine = Engine(documents(library), self._sense)
        self._engine, self._version = engine, library.version
        return engine


def _same(known: tuple[str, ...], needs: Iterable[str]) -> bool:
    return known == tuple(needs)


def engines_of(services: Services) -> Engines:
    """The one instance of these services."""
    found: Engines = services.extras.setdefault("desk_engines", Engines(services))
    return found
