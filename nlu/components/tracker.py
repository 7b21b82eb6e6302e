"""ForgetfulTrackerStore: Rasa keeps nothing; the conversation is ours and lies in the database.

Why this file exists: a tracker makes every turn dearer than the one before, and keeps what people
said. Here each turn starts from a tracker that is already listening, which also spares Rasa's
session-start action.
"""

from __future__ import annotations

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(TrackerStore):
    """Every sender is new, nothing is saved."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """A listening tracker without history."""
        tracker = self.init_tracker(sender_id)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Nothing."""

    async def keys(self) -> Iterable[str]:
        """No sender is kept."""
        return ()
