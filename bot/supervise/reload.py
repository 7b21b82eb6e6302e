"""Restarts rasa when somebody put another model in its place; citizens get keywords and search meanwhile.

Why this file exists: promoting a model in the console must not need a shell. It must not know who promotes.
"""

from __future__ import annotations

import time
from pathlib import Path

from bot.settings import Settings
from bot.supervise import run
from bot.supervise.watch import Watch

END_S = 10.0
"""Seconds the old rasa gets to finish its turns."""


class Reload:
    """Compares the model file with the one that was started."""

    def __init__(self, watch: Watch, settings: Settings, model: Path) -> None:
        self._watch = watch
        self._settings = settings
        self._model = model
        self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._model.stat()
        except FileNotFoundError:
            return self._seen
        return found.st_mtime_ns, found.st_ino

    def look(self) -> None:
        """Start rasa anew if its model is another one now."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        for part in [p for p in self._watch.parts if p.name == "rasa"]:
            self._watch.parts.remove(part)
            part.terminate()
            part.finish(time.monotonic() + END_S)
            run.start_rasa(self._watch, self._settings, self._model)
